/*
 * The install matrix and the files of scenarios as facts: what they say of the
 * profile, and whether its rollbacks lead back.
 */
#include "fact/computed.h"
#include "fact/contract/contract_facts.h"

#include <string.h>

static struct fact text_fact(const struct clause_text *text)
{
	if (!text->text)
		return (struct fact){.state = FACT_ABSENT};
	return fact_placed(fact_text(text->text), text->place);
}

/* A field that is a word, as it is written. */
#define WORD_FACT(entity, field, member)                                \
	struct fact fact_##entity##_##field(                            \
	    const struct release *release, const STRUCT_##entity *self) \
	{                                                               \
		(void)release;                                          \
		return text_fact(&self->member);                        \
	}

WORD_FACT(install, name, name)
WORD_FACT(install, suite, suite)
WORD_FACT(install, values_file, values_file)
WORD_FACT(scenario, name, name)
WORD_FACT(scenario, kind, kind)
WORD_FACT(scenario, suite, suite)
WORD_FACT(scenario, baseline_ref, baseline_ref)
WORD_FACT(scenario, target_ref, target_ref)
WORD_FACT(asset, id, id)
WORD_FACT(asset, kind, kind)
WORD_FACT(asset, from_version, from_version)
WORD_FACT(asset, to_version, to_version)

static bool is_kind(const struct matrix_scenario *scenario, const char *kind)
{
	return !strcmp(scenario->kind.text, kind);
}

/* Whether the matrix has such a scenario of the profile. */
static bool has_scenario(const struct release *release, const char *kind)
{
	const struct entity_list *list = &release->lists[ENTITY_scenario];

	for (size_t i = 0; i < list->n; i++) {
		if (is_kind(list->items[i], kind))
			return true;
	}
	return false;
}

struct fact fact_install_has_upgrade(
    const struct release *release, const struct matrix_profile *install)
{
	(void)install;
	return fact_bool(has_scenario(release, "upgrade"));
}

struct fact fact_install_has_rollback(
    const struct release *release, const struct matrix_profile *install)
{
	(void)install;
	return fact_bool(has_scenario(release, "rollback"));
}

struct fact fact_scenario_missing_ref(
    const struct release *release, const struct matrix_scenario *scenario)
{
	bool baseline = scenario->baseline_ref.text;
	bool target = scenario->target_ref.text;

	(void)release;
	if (is_kind(scenario, "install") || (baseline && target))
		return (struct fact){.state = FACT_ABSENT};
	if (baseline || target)
		return fact_text(baseline ? "target_ref" : "baseline_ref");
	return fact_text("baseline_ref and target_ref");
}

static bool has_references(const struct matrix_scenario *scenario)
{
	return scenario->baseline_ref.text && scenario->target_ref.text;
}

struct fact fact_scenario_leads_nowhere(
    const struct release *release, const struct matrix_scenario *scenario)
{
	(void)release;
	return fact_bool(
	    has_references(scenario) &&
	    !strcmp(scenario->baseline_ref.text, scenario->target_ref.text));
}

static bool takes_back(const struct matrix_scenario *rollback,
    const struct matrix_scenario *upgrade)
{
	return !strcmp(rollback->baseline_ref.text, upgrade->target_ref.text) &&
	       !strcmp(rollback->target_ref.text, upgrade->baseline_ref.text);
}

/* The upgrade that a rollback takes back, else the first that it could be
 * compared with; NULL when there is none. */
static const struct matrix_scenario *upgrade_of(
    const struct release *release, const struct matrix_scenario *rollback)
{
	const struct entity_list *list = &release->lists[ENTITY_scenario];
	const struct matrix_scenario *first = NULL;

	if (!is_kind(rollback, "rollback") || !has_references(rollback))
		return NULL;
	for (size_t i = 0; i < list->n; i++) {
		const struct matrix_scenario *scenario = list->items[i];

		if (!is_kind(scenario, "upgrade") || !has_references(scenario))
			continue;
		if (takes_back(rollback, scenario))
			return scenario;
		if (!first)
			first = scenario;
	}
	return first;
}

struct fact fact_scenario_upgrade(
    const struct release *release, const struct matrix_scenario *scenario)
{
	return fact_entity(upgrade_of(release, scenario));
}

struct fact fact_scenario_leads_back(
    const struct release *release, const struct matrix_scenario *scenario)
{
	const struct matrix_scenario *upgrade = upgrade_of(release, scenario);

	return fact_bool(!upgrade || takes_back(scenario, upgrade));
}

static struct fact worked_out(const char *text)
{
	return text ? fact_text(text) : (struct fact){.state = FACT_ABSENT};
}

struct fact fact_scenario_course(
    const struct release *release, const struct matrix_scenario *scenario)
{
	(void)release;
	return worked_out(scenario->course);
}

struct fact fact_asset_course(
    const struct release *release, const struct asset *asset)
{
	(void)release;
	return worked_out(asset->course);
}

struct fact fact_asset_form(
    const struct release *release, const struct asset *asset)
{
	(void)release;
	return fact_text(asset_form_name(asset->form));
}

static bool is_scenario(const struct asset *asset)
{
	return asset->form == ASSET_SCENARIO;
}

struct fact fact_asset_rolls_back(
    const struct release *release, const struct asset *asset)
{
	(void)release;
	return fact_bool(is_scenario(asset) && asset_rolls_back(asset));
}

struct fact fact_asset_older(
    const struct release *release, const struct asset *asset)
{
	(void)release;
	return fact_bool(asset->direction < 0);
}

struct fact fact_asset_newer(
    const struct release *release, const struct asset *asset)
{
	(void)release;
	return fact_bool(asset->direction > 0);
}

struct fact fact_asset_steps(
    const struct release *release, const struct asset *asset)
{
	(void)release;
	if (!is_scenario(asset))
		return (struct fact){.state = FACT_ABSENT};
	return fact_placed(fact_text(asset->all_steps), asset->steps.place);
}

struct fact fact_asset_failure_expected(
    const struct release *release, const struct asset *asset)
{
	struct fact fact = fact_bool(asset->failure_expected.value);

	(void)release;
	if (!place_known(asset->failure_expected.place))
		fact.state = FACT_ABSENT;
	return fact_placed(fact, asset->failure_expected.place);
}

/* The profile without a contract, which no matrix can know. */
static bool is_nobodys(const struct profile *profile)
{
	return !place_known(profile->place);
}

struct fact fact_contract_in_matrix(
    const struct release *release, const struct profile *profile)
{
	/* An expression over the contract alone has no release. */
	const struct matrix *matrix = release ? release->evidence.matrix : NULL;

	if (!matrix || is_nobodys(profile))
		return fact_unknown();
	return fact_bool(matrix_profile(matrix, profile) != NULL);
}

static bool has_asset(const struct scenarios *scenarios, bool rolls_back)
{
	for (size_t i = 0; i < scenarios->n; i++) {
		const struct asset *asset = &scenarios->assets[i];

		if (is_scenario(asset) && asset_rolls_back(asset) == rolls_back)
			return true;
	}
	return false;
}

/* A matrix says which scenarios the profile has; without one it has both. */
static bool lacks_asset(
    const struct release *release, const char *kind, bool rolls_back)
{
	if (has_asset(release->evidence.scenarios, rolls_back))
		return false;
	return !release->evidence.matrix || has_scenario(release, kind);
}

struct fact fact_contract_missing_assets(
    const struct release *release, const struct profile *profile)
{
	bool upgrade, rollback;

	if (!release || !release->evidence.scenarios || is_nobodys(profile))
		return fact_unknown();
	upgrade = lacks_asset(release, "upgrade", false);
	rollback = lacks_asset(release, "rollback", true);
	if (upgrade && rollback)
		return fact_text("an upgrade or a rollback");
	if (upgrade || rollback)
		return fact_text(upgrade ? "an upgrade" : "a rollback");
	return (struct fact){.state = FACT_ABSENT};
}

static struct entity_list list_install(struct release *release)
{
	const struct matrix *matrix = release->evidence.matrix;
	const void **items = arena_array(&release->arena, 1, sizeof(*items));

	items[0] = matrix ? matrix_profile(matrix, release->profile) : NULL;
	return (struct entity_list){items[0] != NULL, items};
}

static const struct clause_text *matrix_field(
    const struct matrix_profile *install, const char *field)
{
	return strcmp(field, "suite") ? &install->values_file : &install->suite;
}

static const struct agreement *new_agreement(struct arena *arena,
    const struct matrix_profile *install, const struct demand *demand)
{
	const struct clause_text *own = matrix_field(install, demand->field);
	struct agreement *agreement = arena_alloc(arena, sizeof(*agreement));

	*agreement = (struct agreement){
	    .demand = demand,
	    .place = own->place,
	    .field = fact_text(demand->field),
	    .matrix = text_fact(own),
	    .contract = fact_placed(fact_text(demand->value), demand->place),
	    .agrees = fact_bool(!strcmp(own->text, demand->value)),
	};
	return agreement;
}

/* Of the fields of the profile that the matrix has, too; one that is left out
 * asks for nothing. */
static struct entity_list list_agreements(struct release *release)
{
	const struct entity_list *installs = &release->lists[ENTITY_install];
	const struct profile *profile = release->profile;
	const void **items =
	    arena_array(&release->arena, profile->ndemands, sizeof(*items));
	size_t n = 0;

	for (size_t i = 0; installs->n && i < profile->ndemands; i++) {
		if (profile->demands[i].needs == NEEDS_MATRIX &&
		    profile->demands[i].asks)
			items[n++] = new_agreement(&release->arena,
			    installs->items[0], &profile->demands[i]);
	}
	return (struct entity_list){n, items};
}

/* Those of the profile, by its id or the name the matrix knows it by. */
static struct entity_list list_scenarios(struct release *release)
{
	const struct matrix *matrix = release->evidence.matrix;
	const struct matrix_profile *row =
	    matrix ? matrix_profile(matrix, release->profile) : NULL;
	const char *name = row ? row->name.text : release->profile->id.text;
	size_t most = matrix ? matrix->nscenarios : 0, n = 0;
	const void **items = arena_array(&release->arena, most, sizeof(*items));

	for (size_t i = 0; i < most; i++) {
		if (!strcmp(matrix->scenarios[i].profile.text, name))
			items[n++] = &matrix->scenarios[i];
	}
	return (struct entity_list){n, items};
}

static struct entity_list list_assets(struct release *release)
{
	const struct scenarios *scenarios = release->evidence.scenarios;
	size_t n = scenarios ? scenarios->n : 0;
	const void **items = arena_array(&release->arena, n, sizeof(*items));

	for (size_t i = 0; i < n; i++)
		items[i] = &scenarios->assets[i];
	return (struct entity_list){n, items};
}

void relate_evidence(struct release *release)
{
	release->lists[ENTITY_toggle] = list_toggles(release);
	release->lists[ENTITY_install] = list_install(release);
	release->lists[ENTITY_agreement] = list_agreements(release);
	release->lists[ENTITY_scenario] = list_scenarios(release);
	release->lists[ENTITY_asset] = list_assets(release);
}
