/* A field that a schema does not have -> where it was probably meant to be. */
#include "custom/datum.h"

#include "base/nearest.h"

#include <string.h>

/* So many levels down a field is looked for where it may belong. */
#define BELOW_MAX 3

/* No people write schemas of more properties, and each name is compared. */
#define PROPERTIES_MAX 1000

static const char *nearest_property(
    const struct structural *schema, struct slice name)
{
	const char *near;
	const char **names;
	struct arena arena = {0};

	names = arena_array(&arena, schema->nproperties + 1, sizeof(*names));
	for (uint32_t i = 0; i < schema->nproperties; i++)
		names[i] = schema->properties[i].name.ptr;
	near = nearest(name, names, schema->nproperties);
	arena_release(&arena);
	return near;
}

/* Adds the way down to a schema that has such a property, that many levels
 * below.  Recursion is bounded by them. */
static bool add_way(struct buf *way, const struct structural *schema,
    struct slice name, int levels)
{
	size_t len = way->len;

	for (uint32_t i = 0; i < schema->nproperties; i++) {
		const struct property *property = &schema->properties[i];

		buf_add_slice(way, property->name);
		if (levels == 1 && structural_property(property->schema, name))
			return true;
		buf_add_char(way, '.');
		if (levels > 1 &&
		    add_way(way, property->schema, name, levels - 1))
			return true;
		way->len = len;
	}
	return false;
}

static void add_hint(
    struct buf *hint, const struct structural *schema, struct slice name)
{
	const char *near = nearest_property(schema, name);
	struct buf way = {0};

	if (near) {
		buf_printf(hint, "did you mean '%s'?", near);
		return;
	}
	for (int levels = 1; levels <= BELOW_MAX && !hint->len; levels++) {
		buf_clear(&way);
		if (add_way(&way, schema, name, levels))
			buf_printf(hint, "it belongs in '%.*s'",
			    SLICE_ARGS(buf_slice(&way)));
	}
	buf_release(&way);
}

void report_unknown_property(const struct frame *frame, const struct pair *pair,
    const struct structural *schema)
{
	struct buf hint = {0};

	if (schema->nproperties <= PROPERTIES_MAX)
		add_hint(&hint, schema, pair->key->text);
	report_unknown_hinted(frame, pair, buf_slice(&hint));
	buf_release(&hint);
}
