/*
 * A chart's folder into the values it sets by default, its subcharts' under
 * their names, merged below what users give as Helm does it.
 */
#include "helm/values.h"

#include "doc/file.h"
#include "doc/scalar.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
	MOST_CHARTS = 10,   /* one in the other; no chart has three */
	MOST_BESIDE = 1000, /* in one charts/; looked up one by one */
	MOST_READ = 10000,  /* in all, as imports read charts again */
	MOST_PARENTS = 100, /* names of the path that an import goes to */
};

struct charting {
	struct arena *arena;
	const struct origin_maker *maker;
	struct fault *fault;
	unsigned depth, nread;
};

/* A chart in charts/, under the name that values call it by. */
struct subchart {
	const char *dir; /* NULL: packed or not there, so nobody has read it */
	struct slice name;
	const struct node *dependency; /* of the parent's Chart.yaml; or NULL */
};

struct subcharts {
	struct subchart *items;
	bool *enabled; /* of each, once that is known */
	size_t n, cap;
};

static struct value *add_chart(
    struct charting *charting, const char *dir, struct value *given);

/* Not whether it can be read: whoever opens it says why it cannot. */
static bool exists(const char *path)
{
	struct stat status;

	return !lstat(path, &status) || (errno != ENOENT && errno != ENOTDIR);
}

static const char *join(
    const struct charting *charting, const char *dir, const char *name)
{
	size_t len = strlen(dir);

	return arena_printf(charting->arena, "%s%s%s", dir,
	    len && dir[len - 1] == '/' ? "" : "/", name);
}

/* Chart.yaml's root, which must be a mapping. */
static const struct node *read_description(
    const struct charting *charting, const char *dir)
{
	const char *path = join(charting, dir, "Chart.yaml");
	const struct origin *origin =
	    charting->maker->make(charting->maker->context, path);
	struct reader reader = {origin, charting->arena, charting->fault};
	const struct node *root;

	if (file_load(origin, "chart", charting->arena, &root, charting->fault))
		return NULL;
	if (root->kind == NODE_MAPPING)
		return root;
	reader_refuse(&reader, root, "a chart must be a mapping, not %s",
	    reader_describe(&reader, root));
	return NULL;
}

static struct slice text_of(const struct node *mapping, const char *key)
{
	struct slice text;

	return node_to_text(node_get(mapping, key), &text) ? text
							   : (struct slice){0};
}

/* What names the dependencies: Chart.yaml, or beside one of the first version
 * requirements.yaml. */
static const struct node *read_dependencies(const struct charting *charting,
    const char *dir, const struct node *description)
{
	const char *path = join(charting, dir, "requirements.yaml");
	const struct origin *origin;
	const struct node *root;

	if (!slice_is(text_of(description, "apiVersion"), "v1") ||
	    !exists(path))
		return description;
	origin = charting->maker->make(charting->maker->context, path);
	if (file_load_or_nothing(origin, "list of dependencies",
		charting->arena, &root, charting->fault))
		return NULL;
	return root && root->kind == NODE_MAPPING ? root : description;
}

/* The values of values.yaml; NULL when there are none. */
static int read_defaults(
    const struct charting *charting, const char *dir, struct value **ret_value)
{
	const char *path = join(charting, dir, "values.yaml");

	*ret_value = NULL;
	if (!exists(path))
		return 0;
	return values_load(charting->arena,
	    charting->maker->make(charting->maker->context, path), ret_value,
	    charting->fault);
}

static void add_subchart(struct subcharts *list, struct subchart subchart)
{
	list->items =
	    grow(list->items, list->n, &list->cap, sizeof(*list->items));
	list->items[list->n++] = subchart;
}

/* Every dependency on the chart of that name, by its alias if it has one; the
 * chart itself when none of the dependencies says anything of it. */
static void add_named(const struct node *description, struct subcharts *list,
    const char *dir, struct slice name)
{
	const struct node *all = node_get(description, "dependencies");
	bool any = false;

	for (uint32_t i = 0; all && all->kind == NODE_SEQUENCE && i < all->n;
	     i++) {
		struct slice alias = text_of(all->items[i], "alias");

		if (!slice_eq(text_of(all->items[i], "name"), name))
			continue;
		add_subchart(
		    list, (struct subchart){
			      dir, alias.len ? alias : name, all->items[i]});
		any = true;
	}
	if (!any)
		add_subchart(list, (struct subchart){dir, name, NULL});
}

/* "postgres-12.1.0.tgz" is of the chart postgres: what stands before the first
 * "-" that a digit follows. */
static struct slice packed_name(struct slice file)
{
	size_t len = 0;

	while (len + 1 < file.len &&
	       !(file.ptr[len] == '-' && file.ptr[len + 1] >= '0' &&
		   file.ptr[len + 1] <= '9'))
		len++;
	return (struct slice){file.ptr, len};
}

static int check_number(const struct charting *charting, const char *dir,
    const struct subcharts *list)
{
	if (list->n <= MOST_BESIDE)
		return 0;
	return fault_set(
	    charting->fault, "%s: more than %d subcharts", dir, MOST_BESIDE);
}

static int add_entry(const struct charting *charting,
    const struct node *description, const char *dir, const char *entry,
    struct subcharts *list)
{
	const char *path = join(charting, dir, entry);
	struct slice name =
	    slice_of(arena_printf(charting->arena, "%s", entry));
	const struct node *inner;
	struct slice own;

	if (slice_ends(name, SLICE(".tgz"))) {
		add_named(description, list, NULL, packed_name(name));
		return 0;
	}
	if (!exists(join(charting, path, "Chart.yaml")))
		return 0;
	inner = read_description(charting, path);
	if (!inner)
		return -1;
	own = text_of(inner, "name");
	add_named(description, list, path, own.len ? own : name);
	return 0;
}

static bool has_dependency(
    const struct subcharts *list, size_t n, const struct node *dependency)
{
	for (size_t i = 0; i < n; i++) {
		if (list->items[i].dependency == dependency)
			return true;
	}
	return false;
}

/* Dependencies that nobody has fetched to charts/ yet: the release was made
 * with them all the same, and what they set is not known. */
static void add_absent(const struct node *description, struct subcharts *list)
{
	const struct node *all = node_get(description, "dependencies");
	size_t n = list->n;

	for (uint32_t i = 0; all && all->kind == NODE_SEQUENCE && i < all->n;
	     i++) {
		struct slice name = text_of(all->items[i], "name");
		struct slice alias = text_of(all->items[i], "alias");

		if (name.len && !has_dependency(list, n, all->items[i]))
			add_subchart(
			    list, (struct subchart){NULL,
				      alias.len ? alias : name, all->items[i]});
	}
}

/* What charts/ holds, in the order of the files' names. */
static int list_present(const struct charting *charting, const char *dir,
    const struct node *description, struct subcharts *list)
{
	const char *charts = join(charting, dir, "charts");
	struct dirent **entries;
	int n = scandir(charts, &entries, NULL, alphasort);
	int result = 0;

	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;

		if (!result && name[0] != '.' && name[0] != '_')
			result = add_entry(
			    charting, description, charts, name, list);
		if (!result)
			result = check_number(charting, dir, list);
		free(entries[i]);
	}
	if (n >= 0)
		free(entries);
	else if (exists(charts))
		return fault_set(charting->fault, "cannot read '%s': %s",
		    charts, strerror(errno));
	return result;
}

static int list_subcharts(const struct charting *charting, const char *dir,
    const struct node *description, struct subcharts *list)
{
	if (list_present(charting, dir, description, list))
		return -1;
	add_absent(description, list);
	return check_number(charting, dir, list);
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
	const char *where = "";

	if (place_known(own->place))
		where = arena_printf(charting->arena,
		    "%s:%u:%u: ", own->place.origin->name, own->place.span.line,
		    own->place.span.col);
	fault_set(charting->fault,
	    "%s'%.*s' must be a mapping: it holds the values of the subchart "
	    "of that name",
	    where, SLICE_ARGS(subchart->name));
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
	if (subchart->dir)
		return add_chart(charting, subchart->dir, given);
	given->open = true;
	return given;
}

/* First all of them, as conditions may look into any; then what is off is put
 * back as it was. */
static int add_subcharts(struct charting *charting,
    const struct subcharts *list, struct value *values)
{
	struct arena *arena = charting->arena;
	struct value **before = arena_array(arena, list->n, sizeof(*before));

	for (size_t i = 0; i < list->n; i++) {
		struct value *value =
		    add_one(charting, &list->items[i], values);

		if (!value)
			return -1;
		before[i] = value_get(values, list->items[i].name);
		value_put(arena, values, list->items[i].name, value);
	}
	for (size_t i = 0; i < list->n; i++)
		list->enabled[i] = is_enabled(&list->items[i], values);
	for (size_t i = 0; i < list->n; i++) {
		if (!list->enabled[i])
			value_put(arena, values, list->items[i].name,
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
 * map.  What a packed chart has there, nobody has read. */
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
    const struct subcharts *list, const struct node *description,
    struct value *defaults)
{
	const struct node *all = node_get(description, "dependencies");
	struct value *imported = value_new(charting->arena, VALUE_MAP);

	for (uint32_t i = 0; all && all->kind == NODE_SEQUENCE && i < all->n;
	     i++) {
		for (size_t k = 0; k < list->n; k++) {
			if (list->items[k].dependency == all->items[i] &&
			    list->enabled[k] &&
			    import_from(
				charting, &list->items[k], defaults, &imported))
				return NULL;
		}
	}
	return imported;
}

/* The subcharts' values, and what is imported from them, below the chart's:
 * those that are on must be known before, those that are given globals,
 * after. */
static struct value *add_below(struct charting *charting,
    struct subcharts *list, const struct node *description, struct value *given,
    struct value *defaults)
{
	struct arena *arena = charting->arena;
	struct value *all = value_merge_defaults(arena, given, defaults);
	struct value *imported;

	list->enabled = arena_array(arena, list->n, sizeof(*list->enabled));
	if (add_subcharts(charting, list, all))
		return NULL;
	imported = import_all(charting, list, description, defaults);
	if (!imported)
		return NULL;
	if (!imported->map.n && !imported->open)
		return all;
	all = value_merge_defaults(
	    arena, given, value_merge(arena, defaults, imported));
	return add_subcharts(charting, list, all) ? NULL : all;
}

static int enter(struct charting *charting, const char *dir)
{
	if (++charting->depth > MOST_CHARTS)
		return fault_set(charting->fault,
		    "%s: more than %d charts one in the other", dir,
		    MOST_CHARTS);
	if (++charting->nread > MOST_READ)
		return fault_set(charting->fault,
		    "%s: more than %d charts, read again for their imports",
		    dir, MOST_READ);
	return 0;
}

/* given with the chart's defaults below; NULL with the fault set. */
static struct value *add_chart(
    struct charting *charting, const char *dir, struct value *given)
{
	const struct node *description = read_description(charting, dir);
	const struct node *dependencies;
	struct subcharts list = {0};
	struct value *defaults, *all = NULL;

	if (!description || read_defaults(charting, dir, &defaults) ||
	    enter(charting, dir))
		return NULL;
	dependencies = read_dependencies(charting, dir, description);
	if (!defaults)
		defaults = value_new(charting->arena, VALUE_MAP);
	if (dependencies && !list_subcharts(charting, dir, dependencies, &list))
		all = add_below(charting, &list, dependencies, given, defaults);
	free(list.items);
	charting->depth--;
	return all;
}

int values_add_chart(struct values *values, const char *dir,
    const struct origin_maker *maker, struct fault *fault)
{
	struct charting charting = {
	    .arena = &values->arena, .maker = maker, .fault = fault};
	struct value *all;

	if (!values->root)
		values->root = value_new(&values->arena, VALUE_MAP);
	all = add_chart(&charting, dir, values->root);
	if (all)
		values->root = all;
	return all ? 0 : -1;
}
