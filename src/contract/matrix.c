/*
 * The install matrix: JSON or YAML into its two lists, held to its schema on
 * the way.
 */
#include "contract/matrix.h"

#include "base/map.h"
#include "contract/record.h"
#include "doc/file.h"
#include "doc/scalar.h"

#include <stddef.h>
#include <string.h>

#define PROFILE_ROW(type, member, ...)                                         \
	{                                                                      \
		.name = #member, .kind = FIELD_##type,                         \
		.offset = offsetof(struct matrix_profile, member), __VA_ARGS__ \
	}
#define SCENARIO_ROW(type, member, ...)                             \
	{                                                           \
		.name = #member, .kind = FIELD_##type,              \
		.offset = offsetof(struct matrix_scenario, member), \
		__VA_ARGS__                                         \
	}

static const struct contract_field profile_fields[] = {
    PROFILE_ROW(WORD, name, .meaning = "the profile, by its id or its name"),
    PROFILE_ROW(PATH, values_file,
	.meaning = "its values, below the root of the repository"),
    PROFILE_ROW(WORD, suite, .meaning = "the suite that installs it"),
};

static const struct contract_field scenario_fields[] = {
    SCENARIO_ROW(WORD, name),
    SCENARIO_ROW(WORD, kind, .words = WORDS("install", "upgrade", "rollback")),
    SCENARIO_ROW(WORD, profile, .meaning = "the profile it is about"),
    SCENARIO_ROW(WORD, suite, .meaning = "the suite that runs it"),
    SCENARIO_ROW(WORD, baseline_ref, .optional = true,
	.meaning = "of an upgrade or a rollback: what is installed first"),
    SCENARIO_ROW(WORD, target_ref, .optional = true,
	.meaning = "of an upgrade or a rollback: what it leads to"),
};

const struct record matrix_profile_record = {
    "a profile of the matrix", profile_fields, COUNT_OF(profile_fields), false};
const struct record matrix_scenario_record = {
    "a scenario", scenario_fields, COUNT_OF(scenario_fields), false};

const char *const matrix_fields[MATRIX_FIELDS] = {
    "schema_version", "profiles", "scenarios", "$schema"};

/* A list of records, each with its name first among its members. */
struct listing {
	const char *name; /* "profiles" */
	const char *one;  /* "profile" */
	const struct record *record;
	size_t size; /* of a record */
};

static const struct listing profiles_list = {"profiles", "profile",
    &matrix_profile_record, sizeof(struct matrix_profile)};
static const struct listing scenarios_list = {"scenarios", "scenario",
    &matrix_scenario_record, sizeof(struct matrix_scenario)};

static int read_record(const struct reader *reader,
    const struct listing *listing, uint32_t i, const struct node *node,
    void *self)
{
	const struct clause_text *name = self;
	const char *what =
	    arena_printf(reader->arena, "%s[%u]", listing->name, i);
	int result;

	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "%s[%u] must be a mapping, not %s", listing->name, i,
		    reader_describe(reader, node));
	result = record_read(reader, listing->record, node, self);
	if (name->text)
		what = arena_printf(
		    reader->arena, "%s '%s'", listing->one, name->text);
	return result |
	       record_check_complete(reader, listing->record, node, what, self);
}

static int check_names(const struct reader *reader,
    const struct listing *listing, const char *records, size_t n)
{
	struct map names = {0};
	int result = 0;

	for (size_t i = 0; i < n; i++) {
		const struct clause_text *name =
		    (const void *)(records + i * listing->size);
		const struct clause_text *first;
		void **slot;

		if (!name->text)
			continue;
		slot = map_slot(&names, slice_of(name->text));
		first = *slot;
		if (first)
			result = fault_at(reader->fault, reader->origin->name,
			    name->place.span.line, name->place.span.col,
			    "%s '%s' is given twice; the first is on line %u",
			    listing->one, name->text, first->place.span.line);
		*slot = (void *)(uintptr_t)name;
	}
	map_release(&names);
	return result;
}

static int read_list(const struct reader *reader, const struct listing *listing,
    const struct node *root, void **ret_records, size_t *ret_n)
{
	const struct node *list = node_get(root, listing->name);
	char *records;
	int result = 0;

	if (!list) /* which is told already */
		return -1;
	if (list->kind != NODE_SEQUENCE)
		return reader_refuse(reader, list, "%s must be a list, not %s",
		    listing->name, reader_describe(reader, list));
	if (!list->n)
		return reader_refuse(reader, list,
		    "%s must hold at least one %s", listing->name,
		    listing->one);
	records = arena_array(reader->arena, list->n, listing->size);
	for (uint32_t i = 0; i < list->n; i++)
		result |= read_record(reader, listing, i, list->items[i],
		    records + i * listing->size);
	*ret_records = records;
	*ret_n = list->n;
	return result | check_names(reader, listing, records, list->n);
}

/* The fields around the lists: no other, none missing, a version. */
static int check_root(const struct reader *reader, const struct node *root)
{
	const struct node *version = node_get(root, matrix_fields[0]);
	int64_t number;
	int result = reader_check_keys(
	    reader, "the install matrix", root, matrix_fields, MATRIX_FIELDS);

	for (size_t i = 0; i < MATRIX_FIELDS - 1; i++) {
		if (root->kind == NODE_MAPPING &&
		    !node_get(root, matrix_fields[i]))
			result = reader_refuse(reader, root,
			    "the install matrix lacks the field '%s'",
			    matrix_fields[i]);
	}
	if (version && (!node_to_int(version, &number) || number < 1))
		result = reader_refuse(reader, version,
		    "schema_version must be a whole number from 1 on, not %s",
		    reader_describe(reader, version));
	return result;
}

static void set_course(struct arena *arena, struct matrix_scenario *scenario)
{
	const char *from = scenario->baseline_ref.text;
	const char *to = scenario->target_ref.text;

	if (!from || !to)
		return;
	scenario->course =
	    strcmp(from, to)
		? arena_printf(arena, "goes from '%s' to '%s'", from, to)
		: arena_printf(arena, "goes from '%s' to itself", from);
}

/* Nothing is left in the matrix when the document is refused. */
static int read_root(struct matrix *matrix, const struct origin *origin,
    const struct node *root, struct fault *fault)
{
	struct reader reader = {origin, &matrix->arena, fault};
	void *profiles = NULL, *scenarios = NULL;
	int result = check_root(&reader, root);

	result |= read_list(
	    &reader, &profiles_list, root, &profiles, &matrix->nprofiles);
	result |= read_list(
	    &reader, &scenarios_list, root, &scenarios, &matrix->nscenarios);
	matrix->profiles = profiles;
	matrix->scenarios = scenarios;
	for (size_t i = 0; !result && i < matrix->nscenarios; i++)
		set_course(
		    &matrix->arena, (struct matrix_scenario *)scenarios + i);
	if (result)
		matrix_release(matrix);
	return result;
}

int matrix_load(
    struct matrix *matrix, const struct origin *origin, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result = file_load(origin, "install matrix", &nodes, &root, fault);

	*matrix = (struct matrix){0};
	if (!result)
		result = read_root(matrix, origin, root, fault);
	arena_release(&nodes);
	return result;
}

int matrix_parse(struct matrix *matrix, const struct origin *origin,
    struct slice bytes, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result =
	    file_parse(origin, "install matrix", bytes, &nodes, &root, fault);

	*matrix = (struct matrix){0};
	if (!result)
		result = read_root(matrix, origin, root, fault);
	arena_release(&nodes);
	return result;
}

void matrix_release(struct matrix *matrix)
{
	arena_release(&matrix->arena);
	*matrix = (struct matrix){0};
}

static const struct matrix_profile *find_profile(
    const struct matrix *matrix, const char *name)
{
	for (size_t i = 0; name && i < matrix->nprofiles; i++) {
		if (!strcmp(matrix->profiles[i].name.text, name))
			return &matrix->profiles[i];
	}
	return NULL;
}

const struct matrix_profile *matrix_profile(
    const struct matrix *matrix, const struct profile *profile)
{
	const struct matrix_profile *found =
	    find_profile(matrix, profile->id.text);

	return found ? found : find_profile(matrix, profile->name.text);
}
