/* Contracts that are taken, and the sentence for each that is not. */
#include "contract/contract.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char minimal[] =
    "{\"schema_version\": 1, \"profiles\": [{\"id\": \"a\", \"name\": \"a\",\n"
    "\"suite\": \"nightly\", \"values_file\": \"ops/k8s/values/a.yaml\",\n"
    "\"rollout_mode\": \"rollout\", \"warmup_required\": true,\n"
    "\"readiness_path_required\": false, \"intendedUse\": \"perf\",\n"
    "\"forbiddenToggles\": [], \"requiredToggles\": [\"x=1\", \"y\"],\n"
    "\"expectedResourcesClass\": \"large\",\n"
    "\"networkPolicyModeRequired\": \"custom\",\n"
    "\"hpaPolicyRequired\": \"enabled\"}]}\n";

static const struct origin origin = {.name = "c.json"};

/* testdata/contract/NAME SUFFIX; caller frees. */
static char *data_path(const char *name, const char *suffix)
{
	const char *srcdir = getenv("srcdir");
	struct buf path = {0};

	buf_printf(&path, "%s/testdata/contract/%s%s", srcdir ? srcdir : ".",
	    name, suffix);
	buf_text(&path);
	return path.ptr;
}

/* What the file holds, without a newline at its end; caller frees. */
static char *read_text(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	cr_assert_not_null(file, "%s", path);
	cr_assert(getdelim(&text, &size, '\0', file) > 0, "%s", path);
	text[strlen(text) - 1] = '\0';
	fclose(file);
	return text;
}

/* The sentences that refuse testdata/contract/NAME.json, each from NAME on. */
static void refuse_file(const char *name, struct buf *ret_sentences)
{
	char *path = data_path(name, ".json");
	size_t folder = strlen(path) - strlen(name) - strlen(".json");
	struct origin file = {.name = path};
	struct contract contract;
	struct fault fault = {0};
	const char *line;

	cr_assert_eq(contract_load(&contract, &file, &fault), -1, "%s", name);
	cr_assert_eq(contract.nprofiles, 0);
	line = fault_text(&fault);
	cr_assert(fault.is_placed, "%s", line);
	while (*line) {
		size_t len = strcspn(line, "\n");

		cr_assert_eq(strncmp(line, path, strlen(path)), 0, "%s", line);
		buf_printf(
		    ret_sentences, "%.*s", (int)(len - folder), line + folder);
		line += len;
		buf_printf(ret_sentences, "%s", *line ? "\n" : "");
		line += *line == '\n';
	}
	fault_release(&fault);
	free(path);
}

static const struct profile *only_profile(struct contract *contract)
{
	struct fault fault = {0};

	cr_assert_eq(contract_parse(contract, &origin, SLICE(minimal), &fault),
	    0, "%s", fault_text(&fault));
	cr_assert_eq(contract->nprofiles, 1);
	return &contract->profiles[0];
}

Test(contract_contract, every_refusal_has_its_sentence)
{
	char *folder = data_path("", "");
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	cr_assert_not_null(dir);
	while ((entry = readdir(dir))) {
		char *dot = strstr(entry->d_name, ".fault");
		struct buf sentence = {0};
		char *path, *wanted;

		if (!dot)
			continue;
		path = data_path(entry->d_name, "");
		wanted = read_text(path);
		*dot = '\0';
		refuse_file(entry->d_name, &sentence);
		cr_assert_str_eq(buf_text(&sentence), wanted);
		buf_release(&sentence);
		free(wanted);
		free(path);
		count++;
	}
	closedir(dir);
	free(folder);
	cr_assert(count >= 30, "%zu", count);
}

/* What the YAML reader refuses: here only the place is the contract's. */
Test(contract_contract, bad_syntax_has_its_place)
{
	static const char *const places[][2] = {
	    {"truncated", "truncated.json:9:28: error: "},
	    {"key-twice", "key-twice.json:6:21: error: "},
	    {"brace-too-many", "brace-too-many.json:21:1: error: "},
	    {"too-deep", "too-deep.json:1:101: error: "},
	};

	for (size_t i = 0; i < COUNT_OF(places); i++) {
		struct buf sentence = {0};

		refuse_file(places[i][0], &sentence);
		cr_assert(
		    slice_starts(buf_slice(&sentence), slice_of(places[i][1])),
		    "%s", buf_text(&sentence));
		buf_release(&sentence);
	}
}

Test(contract_contract, every_truncation_is_refused)
{
	for (size_t len = 0; len < sizeof(minimal) - 3; len++) {
		struct slice part = {minimal, len};
		struct contract contract;
		struct fault fault = {0};

		cr_assert_eq(
		    contract_parse(&contract, &origin, part, &fault), -1);
		cr_assert_eq(strncmp(fault_text(&fault), "c.json:", 7), 0);
		fault_release(&fault);
	}
}

Test(contract_contract, missing_file)
{
	struct origin nowhere = {.name = "no/such/contract.json"};
	struct contract contract;
	struct fault fault = {0};

	cr_assert_eq(contract_load(&contract, &nowhere, &fault), -1);
	cr_assert_not_null(strstr(fault_text(&fault), nowhere.name));
	contract_release(&contract);
	fault_release(&fault);
}

Test(contract_contract, fields_and_their_places)
{
	struct contract contract;
	const struct profile *p = only_profile(&contract);

	cr_assert_str_eq(p->id.text, "a");
	cr_assert_eq(p->place.span.line, 1);
	cr_assert_eq(p->place.span.col, 43);
	cr_assert_str_eq(p->suite.text, "nightly");
	cr_assert_str_eq(p->values_file.text, "ops/k8s/values/a.yaml");
	cr_assert_str_eq(p->rollout_mode.text, "rollout");
	cr_assert_eq(p->rollout_mode.place.origin, &origin);
	cr_assert_eq(p->rollout_mode.place.span.line, 3);
	cr_assert_eq(p->rollout_mode.place.span.col, 17);
	cr_assert_eq(p->rollout_mode.place.span.end_col, 26);
	cr_assert(p->warmup_required.value);
	cr_assert_not(p->readiness_path_required.value);
	cr_assert(place_known(p->readiness_path_required.place));
	cr_assert_str_eq(p->intended_use.text, "perf");
	cr_assert_eq(p->forbidden_toggles.n, 0);
	cr_assert_eq(p->required_toggles.n, 2);
	cr_assert_str_eq(p->required_toggles.items[1].text, "y");
	cr_assert_eq(p->required_toggles.items[1].place.span.col, 52);
	cr_assert_str_eq(p->resources_class.text, "large");
	cr_assert_str_eq(p->network_policy_mode.text, "custom");
	cr_assert_str_eq(p->hpa_policy.text, "enabled");
	contract_release(&contract);
}

Test(contract_contract, yaml_says_the_same)
{
	char *path = data_path("good", ".yaml");
	struct origin file = {.name = path};
	struct contract contract;
	struct fault fault = {0};
	const struct profile *prod;

	cr_assert_eq(contract_load(&contract, &file, &fault), 0, "%s",
	    fault_text(&fault));
	cr_assert_eq(contract.nprofiles, 2);
	prod = contract_profile(&contract, &file, "prod", &fault);
	cr_assert_eq(prod, &contract.profiles[1]);
	cr_assert_str_eq(prod->rollout_mode.text, "rollout");
	cr_assert_str_eq(prod->suite.text, "install-gate"); /* merged */
	contract_release(&contract);
	free(path);
}

static const struct demand *find(
    const struct profile *profile, const char *field, struct place item)
{
	return profile_demand(profile, slice_of(field), item);
}

Test(contract_contract, what_a_profile_demands)
{
	struct contract contract;
	const struct profile *p = only_profile(&contract);
	const struct place nowhere = {0};
	struct place second = p->required_toggles.items[1].place;
	const struct demand *hpa = find(p, "hpaPolicyRequired", nowhere);

	cr_assert_str_eq(hpa->value, "enabled");
	cr_assert_eq(hpa->place.span.line, 8);
	cr_assert(hpa->asks);
	cr_assert_str_eq(find(p, "warmup_required", nowhere)->value, "true");
	/* One for each toggle; no toggle asks for nothing. */
	cr_assert_str_eq(find(p, "requiredToggles", nowhere)->value, "x=1");
	cr_assert_str_eq(find(p, "requiredToggles", second)->value, "y");
	cr_assert_not(find(p, "forbiddenToggles", nowhere)->asks);
	/* What describes a profile is no demand; nor is what is no field. */
	cr_assert_null(find(p, "intendedUse", nowhere));
	cr_assert(profile_has_field(SLICE("intendedUse")));
	cr_assert_not(profile_has_field(SLICE("hpa_policy")));
	contract_release(&contract);
}

static const char inheriting[] =
    "schema_version: 1\n"
    "profiles:\n"
    "- id: prod-eu\n"
    "  extends: prod\n"
    "  values_file: eu/values.yml\n"
    "  requires: {minReplicas: 5, gracePeriodMin: null}\n"
    "- id: prod\n"
    "  extends: base\n"
    "  name: production\n"
    "  prod_like: true\n"
    "  requiredToggles: []\n"
    "  requires: {gracePeriodMin: 60}\n"
    "- id: base\n"
    "  name: base\n"
    "  intendedUse: ci\n"
    "  hpaPolicyRequired: enabled\n"
    "  requiredToggles: [a, b]\n"
    "  requires: {minReplicas: 2, imageDigest: true}\n";

/* prod-eu comes before what it builds on, and that before what it does. */
Test(contract_contract, a_profile_extends_others)
{
	struct contract contract;
	struct fault fault = {0};
	const struct profile *eu, *base;
	const struct place nowhere = {0};

	cr_assert_eq(
	    contract_parse(&contract, &origin, SLICE(inheriting), &fault), 0,
	    "%s", fault_text(&fault));
	eu = &contract.profiles[0];
	base = &contract.profiles[2];
	cr_assert_str_eq(eu->values_file.text, "eu/values.yml");
	cr_assert_str_eq(eu->hpa_policy.text, "enabled");
	cr_assert_eq(eu->hpa_policy.place.span.line, 16, "where it is written");
	/* A list is replaced as a whole, by an empty one too. */
	cr_assert_eq(eu->required_toggles.n, 0);
	cr_assert_not(find(eu, "requiredToggles", nowhere)->asks);
	/* What is required, field by field; null takes it back. */
	cr_assert_str_eq(find(eu, "requires.minReplicas", nowhere)->value, "5");
	cr_assert_str_eq(
	    find(eu, "requires.imageDigest", nowhere)->value, "true");
	cr_assert_not(find(eu, "requires.gracePeriodMin", nowhere)->asks);
	cr_assert(
	    find(&contract.profiles[1], "requires.gracePeriodMin", nowhere)
		->asks);
	/* A name is of one profile alone. */
	cr_assert_null(eu->name.text);
	/* Whoever says prod_like means that, whatever the use is called. */
	cr_assert(profile_is_prod_like(eu));
	cr_assert_not(profile_is_dev_like(eu));
	cr_assert(profile_is_dev_like(base));
	cr_assert_str_eq(base->requires.min_replicas.text, "2");
	contract_release(&contract);
}

/* What is left out is there among the demands, and asks for nothing; of
 * "requires", whose fields are many, nothing is. */
Test(contract_contract, only_the_id_must_be_there)
{
	static const char text[] = "schema_version: 1\nprofiles: [{id: a}]\n";
	struct contract contract;
	struct fault fault = {0};
	const struct profile *p;

	cr_assert_eq(contract_parse(&contract, &origin, SLICE(text), &fault), 0,
	    "%s", fault_text(&fault));
	p = &contract.profiles[0];
	cr_assert_eq(p->ndemands, 10);
	for (size_t i = 0; i < p->ndemands; i++) {
		cr_assert_not(p->demands[i].asks, "%s", p->demands[i].field);
		cr_assert_str_eq(p->demands[i].value, "");
		cr_assert_eq(p->demands[i].place.span.line, 2);
	}
	cr_assert(profile_has_field(SLICE("requires.minReplicas")));
	cr_assert_not(profile_has_field(SLICE("minReplicas")));
	contract_release(&contract);
}

Test(contract_contract, builtin_asks_for_no_clause)
{
	struct contract contract;
	struct fault fault = {0};
	const struct profile *p;

	contract_builtin(&contract);
	p = contract_profile(&contract, NULL, NULL, &fault);
	cr_assert_str_eq(p->id.text, "default");
	cr_assert_str_eq(p->name.text, "default");
	cr_assert_eq(p->ndemands, 0);
	cr_assert_not(profile_is_prod_like(p));
	cr_assert_not(profile_is_dev_like(p));
	cr_assert_null(contract_profile(&contract, NULL, "prod", &fault));
	cr_assert_str_eq(fault_text(&fault),
	    "the built-in contract has no profile 'prod'; it has: default");
	fault_release(&fault);
	contract_release(&contract);
}

Test(contract_contract, choice_of_a_profile)
{
	struct profile profiles[] = {{.id.text = "ci"}, {.id.text = "prod"}};
	struct contract contract = {.profiles = profiles, .nprofiles = 2};
	struct fault fault = {0};

	cr_assert_eq(
	    contract_profile(&contract, &origin, "prod", &fault), &profiles[1]);
	cr_assert_null(contract_profile(&contract, &origin, NULL, &fault));
	cr_assert_str_eq(fault_text(&fault),
	    "c.json has 2 profiles; choose one with --profile: ci, prod");
	cr_assert_null(contract_profile(&contract, &origin, "prd", &fault));
	cr_assert_str_eq(fault_text(&fault),
	    "c.json has no profile 'prd'; did you mean 'prod'? "
	    "It has: ci, prod");
	cr_assert_null(contract_profile(&contract, &origin, "stage", &fault));
	cr_assert_str_eq(fault_text(&fault),
	    "c.json has no profile 'stage'; it has: ci, prod");
	fault_release(&fault);
}

Test(contract_contract, what_profiles_are_for)
{
	static const struct {
		const char *use;
		bool prod, dev;
	} uses[] = {
	    {"prod", true, false},
	    {"perf", true, false},
	    {"ci", false, true},
	    {"kind", false, true},
	    {"offline", false, false},
	};

	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		struct profile p = {.intended_use.text = uses[i].use};

		cr_assert_eq(profile_is_prod_like(&p), uses[i].prod);
		cr_assert_eq(profile_is_dev_like(&p), uses[i].dev);
	}
}

/* Reads text, a mapping, as part of a profile. */
static int parse_partial(struct contract *contract, const char *text,
    struct profile *ret_profile, struct fault *fault)
{
	struct events *events = events_new(slice_of(text), 1);
	struct finding_list findings = {0};
	struct arena nodes = {0};
	const struct node *root;
	int result;

	cr_assert_eq(document_load(events, &origin, &default_limits, &nodes,
			 &findings, &root),
	    1);
	result =
	    profile_parse_partial(contract, &origin, root, ret_profile, fault);
	arena_release(&nodes);
	events_free(events);
	return result;
}

Test(contract_contract, part_of_a_profile)
{
	struct contract contract = {0};
	struct fault fault = {0};
	struct profile p;

	cr_assert_eq(
	    parse_partial(&contract, "{warmup_required: true}", &p, &fault), 0);
	cr_assert(p.warmup_required.value);
	cr_assert_eq(p.warmup_required.place.span.col, 19);
	cr_assert_str_eq(p.id.text, "default");
	cr_assert_null(p.rollout_mode.text);
	cr_assert_eq(
	    parse_partial(&contract, "{warmup_require: true}", &p, &fault), -1);
	cr_assert_str_eq(fault_text(&fault),
	    "c.json:1:2: error: unknown field 'warmup_require'; did you mean "
	    "'warmup_required'?");
	cr_assert_eq(
	    parse_partial(&contract, "rollout_mode: blue", &p, &fault), -1);
	cr_assert_eq(parse_partial(&contract, "[1]", &p, &fault), -1);
	contract_release(&contract);
	fault_release(&fault);
}

/* A long wrong value is repeated in part, cut between characters. */
Test(contract_contract, long_values_are_cut)
{
	struct contract contract = {0};
	struct fault fault = {0};
	struct profile p;
	struct buf text = {0};

	buf_add_text(&text, "rollout_mode: a");
	for (int i = 0; i < 100; i++)
		buf_add_text(&text, "\xC3\xA9");
	cr_assert_eq(parse_partial(&contract, buf_text(&text), &p, &fault), -1);
	cr_assert_not_null(strstr(fault_text(&fault), "\xC3\xA9...'"));
	cr_assert_null(strstr(fault_text(&fault), "\xEF\xBF\xBD"));
	cr_assert(strlen(fault_text(&fault)) < 180);
	buf_release(&text);
	contract_release(&contract);
	fault_release(&fault);
}
