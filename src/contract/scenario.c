/*
 * A folder of scenarios: each file is known by its fields, and what describes
 * an upgrade or a rollback is held to its form.
 */
#include "contract/scenario.h"

#include "base/folder_chain.h"
#include "base/map.h"
#include "contract/record.h"
#include "doc/file.h"
#include "doc/scalar.h"

#include <dirent.h>
#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Folders one in the other. */
#define MOST_FOLDERS 16

#define ROW(type, member, ...)                                        \
	{                                                             \
		.name = #member, .kind = FIELD_##type,                \
		.offset = offsetof(struct asset, member), __VA_ARGS__ \
	}

static const struct contract_field scenario_fields[] = {
    ROW(NAME, id),
    ROW(WORD, from_version),
    ROW(WORD, to_version),
    ROW(WORD, kind, .words = WORDS("patch", "minor", "major", "rollback")),
    ROW(BOOL, failure_expected, .optional = true),
    ROW(LIST, steps),
};

static const struct record scenario_record = {
    "a scenario", scenario_fields, COUNT_OF(scenario_fields), false};

/* By what field each form is known; the first that is there decides. */
static const struct {
	const char *field;
	enum asset_form form;
} marks[] = {
    {"policy_id", ASSET_POLICY},
    {"upgrade_contract", ASSET_INVARIANTS},
    {"rollback_contract", ASSET_INVARIANTS},
    {"compatibility", ASSET_COMPATIBILITY},
    {"steps", ASSET_SCENARIO},
    {"from_version", ASSET_SCENARIO},
    {"to_version", ASSET_SCENARIO},
};

const char *asset_form_name(enum asset_form form)
{
	static const char *const names[] = {
	    [ASSET_SCENARIO] = "scenario",
	    [ASSET_POLICY] = "policy",
	    [ASSET_INVARIANTS] = "invariants",
	    [ASSET_COMPATIBILITY] = "compatibility",
	    [ASSET_OTHER] = "other",
	};

	return names[form];
}

bool asset_rolls_back(const struct asset *asset)
{
	return !strcmp(asset->kind.text, "rollback");
}

/* Whether it is of a kind that only scenarios are of. */
static bool has_kind(const struct node *root)
{
	const struct contract_field *field =
	    record_field(&scenario_record, SLICE("kind"));
	const struct node *kind = node_get(root, "kind");

	for (size_t i = 0; kind && field->words[i]; i++) {
		if (kind->kind == NODE_SCALAR &&
		    slice_is(kind->text, field->words[i]))
			return true;
	}
	return false;
}

static enum asset_form form_of(const struct node *root)
{
	for (size_t i = 0; i < COUNT_OF(marks); i++) {
		if (node_get(root, marks[i].field))
			return marks[i].form;
	}
	return has_kind(root) ? ASSET_SCENARIO : ASSET_OTHER;
}

static int read_version(const struct reader *reader, const struct node *root)
{
	const struct node *version = node_get(root, "schema_version");
	int64_t number;

	if (!version)
		return reader_refuse(reader, root,
		    "the scenario lacks the field 'schema_version'");
	if (!node_to_int(version, &number) || number != 1)
		return reader_refuse(reader, version,
		    "schema_version must be the number 1, not %s",
		    reader_describe(reader, version));
	return 0;
}

/* The root without schema_version, which is no field of the struct. */
static struct node without_version(
    const struct reader *reader, const struct node *root)
{
	struct node rest = *root;

	rest.pairs = arena_array(reader->arena, root->n, sizeof(*rest.pairs));
	rest.n = 0;
	for (uint32_t i = 0; i < root->n; i++) {
		const struct node *key = root->pairs[i].key;

		if (key->kind != NODE_SCALAR ||
		    !slice_is(key->text, "schema_version"))
			rest.pairs[rest.n++] = root->pairs[i];
	}
	return rest;
}

static bool is_version(const char *text)
{
	int order;

	return versions_compare(text, text, &order);
}

/* Where it leads, and what to say of that when it is the wrong way. */
static void set_course(struct arena *arena, struct asset *asset)
{
	bool back = asset_rolls_back(asset);
	const char *from = asset->from_version.text;
	const char *to = asset->to_version.text;
	const char *problem =
	    back ? "which is not older" : "which is not newer";
	int order;

	if (versions_compare(to, from, &order))
		asset->direction = (order > 0) - (order < 0);
	else
		problem = arena_printf(arena,
		    "but '%s' is not a version MAJOR.MINOR.PATCH",
		    is_version(from) ? to : from);
	if (asset->direction != (back ? -1 : 1))
		asset->course = arena_printf(arena, "%s from %s to %s, %s",
		    back ? "rolls back" : "upgrades", from, to, problem);
}

static int read_scenario(
    const struct reader *reader, const struct node *root, struct asset *asset)
{
	struct node rest = without_version(reader, root);
	int result = read_version(reader, root);

	result |= record_read(reader, &scenario_record, &rest, asset);
	result |= record_check_complete(
	    reader, &scenario_record, root, "the scenario", asset);
	if (result)
		return -1;
	if (!asset->steps.n)
		return reader_refuse(reader, node_get(root, "steps"),
		    "steps must hold at least one step");
	asset->place = asset->id.place;
	set_course(reader->arena, asset);
	asset->all_steps =
	    field_value(record_field(&scenario_record, SLICE("steps")), asset,
		reader->arena);
	return 0;
}

static int add_asset(struct scenarios *scenarios, const struct origin *origin,
    const struct node *root, struct fault *fault)
{
	struct reader reader = {origin, &scenarios->arena, fault};
	struct asset asset = {
	    .origin = origin,
	    .form = form_of(root),
	    .place = node_place(origin, root),
	};

	if (asset.form == ASSET_SCENARIO &&
	    read_scenario(&reader, root, &asset))
		return -1;
	scenarios->assets = grow(scenarios->assets, scenarios->n,
	    &scenarios->cap, sizeof(*scenarios->assets));
	scenarios->assets[scenarios->n++] = asset;
	return 0;
}

int scenarios_parse(struct scenarios *scenarios, const struct origin *origin,
    struct slice text, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result = file_parse(origin, "scenario", text, &nodes, &root, fault);

	if (!result)
		result = add_asset(scenarios, origin, root, fault);
	arena_release(&nodes);
	return result;
}

static int load_file(struct scenarios *scenarios, const struct origin *origin,
    struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result = file_load(origin, "scenario", &nodes, &root, fault);

	if (!result)
		result = add_asset(scenarios, origin, root, fault);
	arena_release(&nodes);
	return result;
}

static int load_folder(struct scenarios *scenarios, const char *dir,
    const struct origin_maker *maker, const struct folder_chain *above,
    struct fault *fault);

static int load_entry(struct scenarios *scenarios, const char *path,
    const struct origin_maker *maker, const struct folder_chain *above,
    struct fault *fault)
{
	struct stat status;

	if (!stat(path, &status) && S_ISDIR(status.st_mode))
		return load_folder(scenarios, path, maker, above, fault);
	if (!is_document_name(path))
		return 0;
	return load_file(
	    scenarios, maker->make(maker->context, path, NULL), fault);
}

/* Recursion is bounded by MOST_FOLDERS. */
static int load_folder(struct scenarios *scenarios, const char *dir,
    const struct origin_maker *maker, const struct folder_chain *above,
    struct fault *fault)
{
	struct dirent **entries;
	struct folder_chain folder;
	int n, result = folder_chain_enter(
		   &folder, above, dir, MOST_FOLDERS, fault);
	size_t len = strlen(dir);

	if (result <= 0)
		return result;
	n = xcounted(scandir(dir, &entries, NULL, alphasort));
	if (n < 0)
		return fault_set(
		    fault, "cannot read '%s': %s", dir, strerror(errno));
	result = 0;
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		const char *path = arena_printf(&scenarios->arena, "%s%s%s",
		    dir, len && dir[len - 1] == '/' ? "" : "/", name);

		if (!result && name[0] != '.')
			result =
			    load_entry(scenarios, path, maker, &folder, fault);
		free(entries[i]);
	}
	free(entries);
	return result;
}

static int refuse_twin(
    const struct asset *asset, const struct asset *first, struct fault *fault)
{
	return fault_at(fault, asset->origin->name, asset->place.span.line,
	    asset->place.span.col,
	    "scenario id '%s' is given twice; the first is in %s",
	    asset->id.text, first->origin->name);
}

static int check_ids(const struct scenarios *scenarios, struct fault *fault)
{
	struct map ids = {0};
	int result = 0;

	for (size_t i = 0; i < scenarios->n && !result; i++) {
		struct asset *asset = &scenarios->assets[i];
		void **slot;

		if (asset->form != ASSET_SCENARIO)
			continue;
		slot = map_slot(&ids, slice_of(asset->id.text));
		if (*slot)
			result = refuse_twin(asset, *slot, fault);
		*slot = asset;
	}
	map_release(&ids);
	return result;
}

int scenarios_load(struct scenarios *scenarios, const char *dir,
    const struct origin_maker *maker, struct fault *fault)
{
	int result;

	*scenarios = (struct scenarios){0};
	result = load_folder(scenarios, dir, maker, NULL, fault);
	if (!result)
		result = check_ids(scenarios, fault);
	if (result)
		scenarios_release(scenarios);
	return result;
}

void scenarios_release(struct scenarios *scenarios)
{
	free(scenarios->assets);
	arena_release(&scenarios->arena);
	*scenarios = (struct scenarios){0};
}
