/* A CustomResourceDefinition -> the kind that it describes. */
#include "custom/custom.h"
#include "custom/read_structural.h"

#include "schema/given.h"

#include <string.h>

static int refuse_missing(
    const struct reader *reader, const struct node *node, const char *name)
{
	return reader_refuse(
	    reader, node, "the CustomResourceDefinition has no '%s'", name);
}

/* The text of a field that must be there; parent is shown where it is not. */
static int need_text(const struct reader *reader, const struct node *parent,
    const struct node *node, const char *name, const char **ret_text)
{
	return node ? reader_text(reader, name, node, ret_text)
		    : refuse_missing(reader, parent, name);
}

static int read_served(const struct reader *reader, const struct node *node,
    struct custom_version *version)
{
	const struct node *served = given(node, "served");

	if (!served || node_to_bool(served, &version->is_served))
		return 0;
	return reader_refuse(reader, served,
	    "served must be true or false, not %s",
	    reader_describe(reader, served));
}

static int read_version(const struct reader *reader, const struct node *node,
    struct custom_version *version)
{
	const struct node *schema =
	    given(given(node, "schema"), "openAPIV3Schema");

	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "a version must be a mapping, not %s",
		    reader_describe(reader, node));
	if (need_text(reader, node, given(node, "name"), "spec.versions[].name",
		&version->name) ||
	    read_served(reader, node, version))
		return -1;
	version->has_status =
	    given(given(node, "subresources"), "status") != NULL;
	return schema
		   ? structural_read(reader, version, schema, &version->schema)
		   : 0;
}

static int read_versions(const struct reader *reader, const struct node *spec,
    struct custom_kind *kind)
{
	const struct node *list = given(spec, "versions");

	if (!list)
		return refuse_missing(reader, spec, "spec.versions");
	if (list->kind != NODE_SEQUENCE)
		return reader_refuse(reader, list,
		    "spec.versions must be a list, not %s",
		    reader_describe(reader, list));
	kind->versions =
	    arena_array(reader->arena, list->n, sizeof(*kind->versions));
	kind->nversions = list->n;
	for (uint32_t i = 0; i < list->n; i++) {
		if (read_version(reader, list->items[i], &kind->versions[i]))
			return -1;
	}
	return 0;
}

int custom_read(const struct reader *reader, const struct node *definition,
    struct custom_kind **ret_kind)
{
	const struct node *spec = given(definition, "spec");
	const struct node *names = given(spec, "names");
	struct custom_kind *kind = arena_alloc(reader->arena, sizeof(*kind));

	*ret_kind = kind;
	kind->origin = reader->origin;
	kind->line = definition->span.line;
	if (!spec)
		return refuse_missing(reader, definition, "spec");
	if (need_text(reader, spec, given(spec, "group"), "spec.group",
		&kind->group) ||
	    need_text(reader, spec, given(names, "kind"), "spec.names.kind",
		&kind->kind))
		return -1;
	node_to_bool(given(spec, "preserveUnknownFields"), &kind->preserves);
	return read_versions(reader, spec, kind);
}

static struct slice name_of(
    struct buf *buf, const char *group, const char *kind)
{
	buf_printf(buf, "%s/%s", group, kind);
	return buf_slice(buf);
}

void custom_set_add(struct custom_set *set, struct custom_kind *kind)
{
	struct buf name = {0};
	struct slice kept =
	    slice_copy(&set->arena, name_of(&name, kind->group, kind->kind));

	set->kinds = grow(set->kinds, set->n, &set->cap, sizeof(*set->kinds));
	set->kinds[set->n++] = kind;
	*map_slot(&set->by_name, kept) = kind;
	buf_release(&name);
}

struct custom_kind *custom_set_find(
    const struct custom_set *set, const char *group, const char *kind)
{
	struct buf name = {0};
	struct custom_kind *found =
	    map_find(&set->by_name, name_of(&name, group, kind));

	buf_release(&name);
	return found;
}
