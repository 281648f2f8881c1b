/*
 * A chart -> the values it sets by default, its subcharts' under their names,
 * merged below what users give as Helm does it.
 */
#include "helm/values.h"

#include "doc/scalar.h"
#include "helm/chart_folder.h"

enum {
	MOST_READ = 10000,  /* charts in all, as imports merge them again */
	MOST_PARENTS = 100, /* names of the path that an import goes to */
};

struct charting {
	struct arena *arena;
	struct fault *fault;
	unsigned nread;
};

static struct value *add_chart(struct charting *charting,
    const struct chart_folder *folder, struct value *given);

static struct slice text_of(const struct node *mapping, const char *key)
{
	struct slice text;

	return node_to_text(node_get(mapping, key), &text) ? text
							   : (struct slice){0};
}

/* The values of values.yaml; NULL when there are none. */
static int read_defaults(const struct charting *charting,
    const struct chart_folder *folder, struct value **ret_value)
{
	*ret_value = NULL;
	return folder->values ? values_load(charting->arena, folder->values,
				    ret_value, charting->fault)
			      : 0;
}

/* A value at a path of keys without indexes: of "condition". */
static struct value *at_path(struct value *value, struct slice path)
{
	while (value && path.len) {
		ptrdiff_t dot = slice_find(path, SLICE("."), 0);
		size_t len = dot < 0 ? path.len : (size_t)dot;

		value = value_get(value, (struct slice){path.ptr, len});
		len += dot >= 0;
		path = (struct slice){path.ptr + len, path.len - len};
	}
	return value;
}

/* What tags say: off when all that are set are false. */
static bool tags_allow(struct value *values, const struct node *tags)
{
	struct value *set = value_get(values, SLICE("tags"));
	bool any = false;

	for (uint32_t i = 0; tags && tags->kind == NODE_SEQUENCE && i < tags->n;
	     i++) {
		struct slice name;
		struct value *tag;

		if (!node_to_text(tags->items[i], &name))
			continue;
		tag = value_get(set, name);
		if (!tag || tag->kind != VALUE_BOOL)
			continue;
		if (slice_is(tag->text, "true"))
			return true;
		any = true;
	}
	return !any;
}

/* Whether the subchart is part of the release: the first of its conditions
 * that is a boolean decides, then its tags. */
static bool is_enabled(const struct subchart *subchart, struct value *values)
{
	struct slice conditions = text_of(subchart->dependency, "condition");

	while (conditions.len) {
		ptrdiff_t comma = slice_find(conditions, SLICE(","), 0);
		size_t len = comma < 0 ? conditions.len : (size_t)comma;
		struct value *value = at_path(
		    values, slice_trim((struct slice){conditions.ptr, len}));

		if (value && value->kind == VALUE_BOOL)
			return slice_is(value->text, "true");
		len += comma >= 0;
		conditions =
		    (struct slice){conditions.ptr + len, conditions.len - len};
	}
	return tags_allow(values, node_get(subchart->dependency, "tags"));
}

/* What a subchart is given: what its parent has under its name, with the
 * parent's globals on top of its own. */
static struct value *given_to(
    struct arena *arena, struct value *parent, struct value *own)
{
	struct value *given =
	    value_merge(arena, own, value_new(arena, VALUE_MAP));
	struct value *global = value_get(parent, SLICE("global"));

	if (given == own || !global)
		return given;
	value_put(arena, given, SLICE("global"),
	    value_merge(arena, global, value_get(own, SLICE("global"))));
	return given;
}

static void refuse_own(const struct charting *charting,
    const struct subchart *subchart, const struct value *own)
{
	static const char text[] = "'%.*s' must be a mapping: it holds the "
				   "values of the subchart of that name";

	if (place_known(own->place))
		fault_at(charting->fault, own->place.origin->name,
		    own->place.span.line, own->place.span.col, text,
		    SLICE_ARGS(subchart->name));
	else
		fault_set(charting->fault, text, SLICE_ARGS(subchart->name));
}

/* The values of one subchart, as they are when it is enabled. */
static struct value *add_one(struct charting *charting,
    const struct subchart *subchart, struct value *values)
{
	struct value *own = value_get(values, subchart->name);
	struct value *given;

	if (own && own->kind == VALUE_NULL)
		own = NULL;
	if (own && own->kind != VALUE_MAP) {
		refuse_own(charting, subchart, own);
		return NULL;
	}
	given = given_to(charting->arena, values, own);
	if (subchart->folder)
		return add_chart(charting, subchart->folder, given);
	given->open = true;
	return given;
}

/* First all of them, as conditions may look into any; then what is off is put
 * back as it was.  enabled: of each subchart, to be filled in. */
static int add_subcharts(struct charting *charting,
    const struct chart_folder *folder, struct value *values, bool *enabled)
{
	struct arena *arena = charting->arena;
	const struct subchart *list = folder->subcharts;
	size_t n = folder->nsubcharts;
	struct value **before = arena_array(arena, n, sizeof(*before));

	for (size_t i = 0; i < n; i++) {
		struct value *value = add_one(charting, &list[i], values);

		if (!value)
			return -1;
		before[i] = value_get(values, list[i].name);
		value_put(arena, values, list[i].name, value);
	}
	for (size_t i = 0; i < n; i++)
		enabled[i] = is_enabled(&list[i], values);
	for (size_t i = 0; i < n; i++) {
		if (!enabled[i])
			value_put(arena, values, list[i].name,
			    before[i] ? before[i]
				      : value_new(arena, VALUE_NULL));
	}
	return 0;
}

/* value below the names of a path, one map in the other; "." is no name. */
static struct value *below_path(
    struct arena *arena, struct slice path, struct value *value)
{
	unsigned n = 0;

	while (path.len && !slice_is(path, ".") && n++ < MOST_PARENTS) {
		size_t from = path.len;
		struct value *map = value_new(arena, VALUE_MAP);

		while (from && path.ptr[from - 1] != '.')
			from--;
		value_put(arena, map,
		    slice_copy(arena,
			(struct slice){path.ptr + from, path.len - from}),
		    value);
		path.len = from ? from - 1 : 0;
		value = map;
	}
	return value;
}

/* One item of import-values, on top of which the earlier ones stay: a name
 * below exports, or {child: PATH, parent: PATH}.  Helm leaves out what is no
 * map.  What a packed chart has there is unknown. */
static struct value *import_item(struct charting *charting,
    const struct node *item, struct value *subchart, struct value *imported)
{
	struct arena *arena = charting->arena;
	struct slice child = {0}, parent = SLICE(".");
	struct value *value;

	if (item->kind == NODE_MAPPING) {
		child = text_of(item, "child");
		parent = text_of(item, "parent");
		value = at_path(subchart, child);
	} else {
		node_to_text(item, &child);
		value = at_path(value_get(subchart, SLICE("exports")), child);
	}
	if (!value || value->kind != VALUE_MAP) {
		if (!subchart->open)
			return imported;
		value = value_new(arena, VALUE_MAP);
	}
	value = value_merge(arena, value, value_new(arena, VALUE_MAP));
	value->open |= subchart->open;
	return value_merge(arena, imported, below_path(arena, parent, value));
}

/* What the import-values of one dependency take from its subchart, as it is
 * without what users give; -1 with the fault set. */
static int import_from(struct charting *charting,
    const struct subchart *subchart, struct value *defaults,
    struct value **imported)
{
	const struct node *items =
	    node_get(subchart->dependency, "import-values");
	struct value *value;

	if (!items || items->kind != NODE_SEQUENCE || !items->n)
		return 0;
	value = add_one(charting, subchart, defaults);
	if (!value)
		return -1;
	for (uint32_t i = 0; i < items->n; i++)
		*imported =
		    import_item(charting, items->items[i], value, *imported);
	return 0;
}

/* In the order of the dependencies, as the first that sets a key wins; NULL
 * with the fault set. */
static struct value *import_all(struct charting *charting,
    const struct chart_folder *folder, const bool *enabled,
    struct value *defaults)
{
	const struct node *all = folder->dependencies;
	struct value *imported = value_new(charting->arena, VALUE_MAP);

	for (uint32_t i = 0; all && i < all->n; i++) {
		for (size_t k = 0; k < folder->nsubcharts; k++) {
			const struct subchart *subchart = &folder->subcharts[k];

			if (subchart->dependency == all->items[i] &&
			    enabled[k] &&
			    import_from(
				charting, subchart, defaults, &imported))
				return NULL;
		}
	}
	return imported;
}

/* The subcharts' values, and what is imported from them, below the chart's:
 * those that are on must be known before, those that are given globals,
 * after. */
static struct value *add_below(struct charting *charting,
    const struct chart_folder *folder, struct value *given,
    struct value *defaults)
{
	struct arena *arena = charting->arena;
	struct value *all = value_merge_defaults(arena, given, defaults);
	bool *enabled =
	    arena_array(arena, folder->nsubcharts, sizeof(*enabled));
	struct value *imported;

	if (add_subcharts(charting, folder, all, enabled))
		return NULL;
	imported = import_all(charting, folder, enabled, defaults);
	if (!imported)
		return NULL;
	if (!imported->map.n && !imported->open)
		return all;
	all = value_merge_defaults(
	    arena, given, value_merge(arena, defaults, imported));
	return add_subcharts(charting, folder, all, enabled) ? NULL : all;
}

/* given with the chart's defaults below; NULL with the fault set. */
static struct value *add_chart(struct charting *charting,
    const struct chart_folder *folder, struct value *given)
{
	struct value *defaults;

	if (folder->problem) {
		fault_set(charting->fault, "%s", folder->problem);
		charting->fault->is_placed = folder->problem_is_placed;
		return NULL;
	}
	if (++charting->nread > MOST_READ) {
		fault_set(charting->fault,
		    "%s: more than %d charts, merged again for their imports",
		    folder->path, MOST_READ);
		return NULL;
	}
	if (read_defaults(charting, folder, &defaults))
		return NULL;
	if (!defaults)
		defaults = value_new(charting->arena, VALUE_MAP);
	return add_below(charting, folder, given, defaults);
}

int values_add_chart(struct values *values, const char *dir,
    const struct origin_maker *maker, struct fault *fault)
{
	struct charting charting = {.arena = &values->arena, .fault = fault};
	struct chart_files files;
	struct value *all;

	if (!values->root)
		values->root = value_new(&values->arena, VALUE_MAP);
	chart_files_init(&files, dir, &values->arena);
	all = add_chart(
	    &charting, chart_folder_read(&files, maker), values->root);
	if (all)
		values->root = all;
	return all ? 0 : -1;
}
