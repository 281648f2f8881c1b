/*
 * The rollout safety contract: JSON or YAML into profiles, checked on the way.
 * All that is wrong is told; what is returned needs no further check.
 */
#include "contract/contract.h"

#include "base/map.h"
#include "base/nearest.h"
#include "contract/extend.h"
#include "contract/field.h"
#include "contract/toggle.h"
#include "doc/file.h"
#include "doc/scalar.h"

#include <stdlib.h>

const char *const contract_root_fields[CONTRACT_ROOT_FIELDS] = {
    "schema_version", "profiles", "$schema"};

static const struct profile builtin = {
    .id = {.text = "default"},
    .name = {.text = "default"},
};

/* A path that leads nowhere would make what is forbidden hold, whatever the
 * values are. */
static int check_toggles(const struct reader *reader, const char *name,
    const struct clause_list *list)
{
	int result = 0;

	for (size_t i = 0; i < list->n; i++) {
		const char *text = list->items[i].text;
		struct place place = list->items[i].place;
		struct toggle toggle;

		if (!text)
			continue;
		toggle = toggle_of(slice_of(text));
		if (!toggle_has_names(&toggle))
			result = fault_at(reader->fault, reader->origin->name,
			    place.span.line, place.span.col,
			    "%s[%zu] must be PATH or PATH=VALUE, the path "
			    "names with '.' between them and [N] behind one of "
			    "a list, not %s",
			    name, i, reader_quote(reader, slice_of(text)));
	}
	return result;
}

/* Every pair of mapping into the profile; not yet whether all are there. */
static int read_fields(const struct reader *reader, const struct node *mapping,
    struct profile *profile)
{
	int result = record_read(reader, &profile_record, mapping, profile);

	result |= check_toggles(
	    reader, "requiredToggles", &profile->required_toggles);
	result |= check_toggles(
	    reader, "forbiddenToggles", &profile->forbidden_toggles);
	profile->place = profile->id.place;
	return result;
}

/* Profile number i of the contract, from 0. */
static int read_profile(const struct reader *reader, uint32_t i,
    const struct node *node, struct profile *profile)
{
	const char *what = arena_printf(reader->arena, "profiles[%u]", i);
	int result;

	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "%s must be a mapping, not %s", what,
		    reader_describe(reader, node));
	result = read_fields(reader, node, profile);
	return result | record_check_complete(
			    reader, &profile_record, node, what, profile);
}

static int refuse_twin(const struct reader *reader,
    const struct profile *profile, const struct profile *first)
{
	return fault_at(reader->fault, reader->origin->name,
	    profile->place.span.line, profile->place.span.col,
	    "profile id '%s' is given twice; the first is on line %u",
	    profile->id.text, first->place.span.line);
}

/* Fills ids with the profiles by their ids. */
static int check_ids(const struct reader *reader, struct profile *profiles,
    size_t n, struct map *ids)
{
	int result = 0;

	for (size_t i = 0; i < n; i++) {
		void **slot;

		if (!profiles[i].id.text)
			continue;
		slot = map_slot(ids, slice_of(profiles[i].id.text));
		if (*slot)
			result = refuse_twin(reader, &profiles[i], *slot);
		else
			*slot = &profiles[i];
	}
	return result;
}

static int read_profiles(const struct reader *reader, const struct node *list,
    struct contract *contract)
{
	struct profile *profiles;
	struct map ids = {0};
	int result = 0;

	if (list->kind != NODE_SEQUENCE)
		return reader_refuse(reader, list,
		    "profiles must be a list, not %s",
		    reader_describe(reader, list));
	if (!list->n)
		return reader_refuse(
		    reader, list, "profiles must hold at least one profile");
	profiles = arena_array(reader->arena, list->n, sizeof(*profiles));
	for (uint32_t i = 0; i < list->n; i++)
		result |= read_profile(reader, i, list->items[i], &profiles[i]);
	contract->profiles = profiles;
	contract->nprofiles = list->n;
	result |= check_ids(reader, profiles, list->n, &ids);
	result |= profiles_extend(reader, profiles, list->n, &ids);
	map_release(&ids);
	for (uint32_t i = 0; i < list->n && !result; i++)
		profile_list_demands(reader->arena, &profiles[i]);
	return result;
}

/* The number 1, which JSON may also spell 1.0. */
static bool is_one(const struct node *node)
{
	struct scalar scalar;

	if (node->kind != NODE_SCALAR)
		return false;
	scalar = scalar_of(node);
	return (scalar.type == SCALAR_INT && scalar.integer == 1) ||
	       (scalar.type == SCALAR_DOUBLE && scalar.real == 1);
}

/* Whether the root has the fields it must have, and no others. */
static int check_root(const struct reader *reader, const struct node *root)
{
	int result = 0;

	for (uint32_t i = 0; i < root->n; i++) {
		const struct node *key = root->pairs[i].key;

		if (key->kind != NODE_SCALAR ||
		    !slice_is_among(
			key->text, contract_root_fields, CONTRACT_ROOT_FIELDS))
			result =
			    reader_refuse_unknown(reader, key, "a contract",
				contract_root_fields, CONTRACT_ROOT_FIELDS - 1);
	}
	for (size_t i = 0; i < CONTRACT_ROOT_FIELDS - 1; i++) {
		if (!node_get(root, contract_root_fields[i]))
			result = reader_refuse(reader, root,
			    "the contract lacks the field '%s'",
			    contract_root_fields[i]);
	}
	return result;
}

/* The fields around the profiles. */
static int read_heading(const struct reader *reader, const struct node *root)
{
	const struct node *schema = node_get(root, "$schema");
	const struct node *version = node_get(root, "schema_version");
	const char *text;
	int result = check_root(reader, root);

	if (schema)
		result |= reader_text(reader, "$schema", schema, &text);
	if (version && !is_one(version))
		result = reader_refuse(reader, version,
		    "schema_version must be the number 1, not %s",
		    reader_describe(reader, version));
	return result;
}

static int read_root(
    struct reader *reader, const struct node *root, struct contract *contract)
{
	const struct node *profiles;
	int result;

	if (root->kind != NODE_MAPPING)
		return reader_refuse(reader, root,
		    "the contract must be a mapping with schema_version and "
		    "profiles, not %s",
		    reader_describe(reader, root));
	result = read_heading(reader, root);
	profiles = node_get(root, "profiles");
	if (profiles)
		result |= read_profiles(reader, profiles, contract);
	return result;
}

/* Nothing is left in the contract when the document is refused. */
static int read_contract(struct contract *contract, const struct origin *origin,
    const struct node *root, struct fault *fault)
{
	struct reader reader = {origin, &contract->arena, fault};
	int result = read_root(&reader, root, contract);

	if (result)
		contract_release(contract);
	return result;
}

int contract_load(
    struct contract *contract, const struct origin *origin, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result = file_load(origin, "contract", &nodes, &root, fault);

	*contract = (struct contract){0};
	if (!result)
		result = read_contract(contract, origin, root, fault);
	arena_release(&nodes);
	return result;
}

int contract_parse(struct contract *contract, const struct origin *origin,
    struct slice bytes, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result =
	    file_parse(origin, "contract", bytes, &nodes, &root, fault);

	*contract = (struct contract){0};
	if (!result)
		result = read_contract(contract, origin, root, fault);
	arena_release(&nodes);
	return result;
}

void contract_builtin(struct contract *contract)
{
	*contract = (struct contract){.profiles = &builtin, .nprofiles = 1};
}

void contract_release(struct contract *contract)
{
	arena_release(&contract->arena);
	*contract = (struct contract){0};
}

int profile_parse_partial(struct contract *contract,
    const struct origin *origin, const struct node *mapping,
    struct profile *ret_profile, struct fault *fault)
{
	struct reader reader = {origin, &contract->arena, fault};

	*ret_profile = builtin;
	if (mapping->kind != NODE_MAPPING)
		return reader_refuse(&reader, mapping,
		    "a contract's clauses must be a mapping, not %s",
		    reader_describe(&reader, mapping));
	if (read_fields(&reader, mapping, ret_profile))
		return -1;
	if (ret_profile->extends.text)
		return reader_refuse(&reader, mapping,
		    "extends: no contract contains a profile for these clauses "
		    "to extend");
	profile_list_demands(reader.arena, ret_profile);
	return 0;
}

/* The ids of all profiles, in the order of the contract; caller frees. */
static const char **profile_ids(
    const struct contract *contract, struct buf *ret_list)
{
	const char **ids = xcalloc(contract->nprofiles, sizeof(*ids));

	for (size_t i = 0; i < contract->nprofiles; i++) {
		ids[i] = contract->profiles[i].id.text;
		buf_printf(ret_list, "%s%s", i ? ", " : "", ids[i]);
	}
	return ids;
}

static void refuse_choice(const struct contract *contract,
    const struct origin *origin, const char *id, struct fault *fault)
{
	const char *name = origin ? origin->name : "the built-in contract";
	struct buf list = {0};
	const char **ids = profile_ids(contract, &list);
	const char *guess =
	    id ? nearest(slice_of(id), ids, contract->nprofiles) : NULL;

	if (!id)
		fault_set(fault,
		    "%s has %zu profiles; choose one with --profile: %s", name,
		    contract->nprofiles, buf_text(&list));
	else if (guess)
		fault_set(fault,
		    "%s has no profile '%s'; did you mean '%s'? It has: %s",
		    name, id, guess, buf_text(&list));
	else
		fault_set(fault, "%s has no profile '%s'; it has: %s", name, id,
		    buf_text(&list));
	buf_release(&list);
	free(ids);
}

const struct profile *contract_profile(const struct contract *contract,
    const struct origin *origin, const char *id, struct fault *fault)
{
	if (!id && contract->nprofiles == 1)
		return &contract->profiles[0];
	for (size_t i = 0; id && i < contract->nprofiles; i++) {
		struct slice own = slice_of(contract->profiles[i].id.text);

		if (slice_is(own, id))
			return &contract->profiles[i];
	}
	refuse_choice(contract, origin, id, fault);
	return NULL;
}

static bool is_used_for(
    const struct profile *profile, const char *use, const char *other)
{
	struct slice text;

	if (!profile->intended_use.text)
		return false;
	text = slice_of(profile->intended_use.text);
	return slice_is(text, use) || slice_is(text, other);
}

bool profile_is_prod_like(const struct profile *profile)
{
	if (place_known(profile->prod_like.place))
		return profile->prod_like.value;
	return is_used_for(profile, "prod", "perf");
}

bool profile_is_dev_like(const struct profile *profile)
{
	if (place_known(profile->prod_like.place))
		return !profile->prod_like.value;
	return is_used_for(profile, "ci", "kind");
}
