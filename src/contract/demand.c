/*
 * What a profile demands: its clauses as one list, a toggle each for itself.
 */
#include "contract/field.h"

/* Clauses in the order they are answered; what is not here only describes the
 * profile. */
static const struct {
	const char *field;
	enum evidence_kind needs;
} rows[] = {
    {"suite", NEEDS_MATRIX},
    {"values_file", NEEDS_MATRIX},
    {"rollout_mode", NEEDS_MANIFESTS},
    {"readiness_path_required", NEEDS_MANIFESTS},
    {"warmup_required", NEEDS_MANIFESTS},
    {"networkPolicyModeRequired", NEEDS_MANIFESTS},
    {"hpaPolicyRequired", NEEDS_MANIFESTS},
    {"expectedResourcesClass", NEEDS_CLASSES},
    {"requiredToggles", NEEDS_VALUES},
    {"forbiddenToggles", NEEDS_VALUES},
};

/* The demands that are being listed. */
struct listing {
	struct profile *profile;
	struct demand *demands;
	struct demand next; /* all but value, place and asks */
};

static void add(
    struct listing *listing, const char *value, struct place place, bool asks)
{
	struct demand *demand = &listing->demands[listing->profile->ndemands++];

	*demand = listing->next;
	demand->value = value;
	demand->place = place;
	demand->asks = asks;
}

/* One for each item; an empty list is one that asks for nothing. */
static void add_items(struct listing *listing, const struct clause_list *list)
{
	if (!list->n)
		add(listing, "", list->place, false);
	for (size_t i = 0; i < list->n; i++)
		add(listing, list->items[i].text, list->items[i].place, true);
}

/* What a field asks for; one that is left out, nothing. */
static void add_field(
    struct listing *listing, const struct contract_field *field)
{
	const char *at = (const char *)listing->profile + field->offset;
	struct place place = field_place(field, listing->profile);
	bool asks = true;

	if (!place_known(place)) {
		add(listing, "", listing->profile->place, false);
		return;
	}
	if (field->kind == FIELD_LIST) {
		add_items(listing, (const struct clause_list *)at);
		return;
	}
	if (field->kind == FIELD_BOOL)
		asks = ((const struct clause_bool *)at)->value;
	if (field->kind == FIELD_INT)
		asks = ((const struct clause_int *)at)->text;
	add(listing, field_value(field, listing->profile, NULL), place, asks);
}

/* Of "requires" only what is written there. */
static void add_requirements(struct listing *listing, struct arena *arena)
{
	for (size_t i = 0; i < requires_record.n; i++) {
		const struct contract_field *field = &requires_record.fields[i];

		if (!place_known(field_place(field, listing->profile)))
			continue;
		listing->next = (struct demand){
		    .field = arena_printf(arena, "requires.%s", field->name),
		    .needs = NEEDS_MANIFESTS,
		};
		add_field(listing, field);
	}
}

void profile_list_demands(struct arena *arena, struct profile *profile)
{
	size_t most = COUNT_OF(rows) + profile->forbidden_toggles.n +
		      profile->required_toggles.n + requires_record.n;
	struct listing listing = {
	    .profile = profile,
	    .demands = arena_array(arena, most, sizeof(*listing.demands)),
	};

	profile->ndemands = 0;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		listing.next = (struct demand){
		    .field = rows[i].field, .needs = rows[i].needs};
		add_field(&listing, profile_field(slice_of(rows[i].field)));
	}
	add_requirements(&listing, arena);
	profile->demands = listing.demands;
}

const struct demand *profile_demand(
    const struct profile *profile, struct slice field, struct place item)
{
	for (size_t i = 0; i < profile->ndemands; i++) {
		const struct demand *demand = &profile->demands[i];

		if (slice_is(field, demand->field) &&
		    (!place_known(item) || same_start(demand->place, item)))
			return demand;
	}
	return NULL;
}

const struct contract_field *profile_field(struct slice name)
{
	struct slice prefix = SLICE("requires.");

	if (!slice_starts(name, prefix))
		return record_field(&profile_record, name);
	return record_field(&requires_record,
	    (struct slice){name.ptr + prefix.len, name.len - prefix.len});
}

bool profile_has_field(struct slice name)
{
	return profile_field(name);
}

bool profile_has_word(struct slice name, struct slice word)
{
	const struct contract_field *field = profile_field(name);

	for (size_t i = 0; field && field->words && field->words[i]; i++) {
		if (slice_is(word, field->words[i]))
			return true;
	}
	return false;
}
