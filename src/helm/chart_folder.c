/*
 * Folders -> charts, their subcharts and the names of those.
 *
 * As Helm's loader (pkg/chart/loader/load.go) and its dependencies
 * (pkg/chartutil/dependencies.go) have it, but for the versions that a
 * dependency asks for, which are not compared.
 */
#include "helm/chart_folder.h"

#include "doc/file.h"
#include "doc/reader.h"
#include "doc/scalar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
	MOST_NESTED = 10,   /* charts one in the other; no chart has three */
	MOST_BESIDE = 1000, /* subcharts of one chart */
	MOST_CHARTS = 10000 /* in all; links make a few into very many */
};

struct loading {
	struct chart_files *files;
	const struct origin_maker *maker;
	unsigned depth, ncharts;
};

struct subcharts {
	struct subchart *items;
	size_t n, cap;
};

static const struct chart_folder *read_folder(
    struct loading *loading, const char *path);

static const struct origin *make_origin(
    const struct loading *loading, const char *path)
{
	return loading->maker->make(loading->maker->context, path,
	    chart_files_packed(loading->files, path));
}

/* Takes the sentence over. */
static void fail(
    struct loading *loading, struct chart_folder *folder, struct fault *fault)
{
	folder->problem =
	    arena_printf(loading->files->arena, "%s", fault_text(fault));
	folder->problem_is_placed = fault->is_placed;
	fault_release(fault);
}

static struct slice text_of(const struct node *mapping, const char *key)
{
	struct slice text;

	return node_to_text(node_get(mapping, key), &text) ? text
							   : (struct slice){0};
}

static const struct node *list_in(const struct node *mapping)
{
	const struct node *list = node_get(mapping, "dependencies");

	return list && list->kind == NODE_SEQUENCE ? list : NULL;
}

static uint32_t count_items(const struct node *list)
{
	return list ? list->n : 0;
}

/* Chart.yaml's root, which must be a mapping. */
static int read_description(const struct loading *loading, const char *dir,
    const struct node **ret_root, struct fault *fault)
{
	struct arena *arena = loading->files->arena;
	const struct origin *origin = make_origin(
	    loading, chart_files_join(loading->files, dir, "Chart.yaml"));
	struct reader reader = {origin, arena, fault};

	if (file_load(origin, "chart", arena, ret_root, fault))
		return -1;
	if ((*ret_root)->kind == NODE_MAPPING)
		return 0;
	return reader_refuse(&reader, *ret_root,
	    "a chart must be a mapping, not %s",
	    reader_describe(&reader, *ret_root));
}

/*
 * What names the dependencies: Chart.yaml or, when it has a list of them,
 * requirements.yaml.  That is for charts of version v1, but Helm only warns
 * when another has one, and reads it.
 */
static int read_dependencies(const struct loading *loading, const char *dir,
    const struct node *description, const struct node **ret_list,
    struct fault *fault)
{
	const char *path =
	    chart_files_join(loading->files, dir, "requirements.yaml");
	const struct node *root = NULL;

	*ret_list = list_in(description);
	if (!chart_files_has(loading->files, path))
		return 0;
	if (file_load_or_nothing(make_origin(loading, path),
		"list of dependencies", loading->files->arena, &root, fault))
		return -1;
	if (root && node_get(root, "dependencies"))
		*ret_list = list_in(root);
	return 0;
}

static void add_subchart(struct subcharts *list, struct subchart subchart)
{
	list->items =
	    grow(list->items, list->n, &list->cap, sizeof(*list->items));
	list->items[list->n++] = subchart;
}

static struct slice name_in(const struct node *dependency)
{
	struct slice alias = text_of(dependency, "alias");

	return alias.len ? alias : text_of(dependency, "name");
}

/* Every dependency on the chart of that name; the chart itself when none of
 * them names it. */
static void add_by_name(const struct node *dependencies, struct slice name,
    struct subchart subchart, struct subcharts *list)
{
	bool any = false;

	for (uint32_t i = 0; i < count_items(dependencies); i++) {
		subchart.dependency = dependencies->items[i];
		if (!slice_eq(text_of(subchart.dependency, "name"), name))
			continue;
		subchart.name = name_in(subchart.dependency);
		add_subchart(list, subchart);
		any = true;
	}
	subchart.dependency = NULL;
	subchart.name = name;
	if (!any)
		add_subchart(list, subchart);
}

static size_t count_digits(struct slice text, size_t from)
{
	size_t n = 0;

	while (from + n < text.len && text.ptr[from + n] >= '0' &&
	       text.ptr[from + n] <= '9')
		n++;
	return n;
}

/* Whether a version stands there: as many numbers with dots between them. */
static bool is_version(struct slice text, size_t from, int nnumbers)
{
	from += from < text.len && text.ptr[from] == 'v';
	for (;;) {
		size_t n = count_digits(text, from);

		if (!n || !--nnumbers)
			return n > 0;
		from += n;
		if (from >= text.len || text.ptr[from++] != '.')
			return false;
	}
}

/*
 * "app-2-1.0.0.tgz" is of the chart app-2: Helm packs a chart under its name
 * and a version, which has three numbers or, when people write it, fewer.
 */
static struct slice packed_name(struct slice file)
{
	for (int nnumbers = 3; nnumbers > 0; nnumbers--) {
		for (size_t i = 1; i < file.len; i++) {
			if (file.ptr[i] == '-' &&
			    is_version(file, i + 1, nnumbers))
				return (struct slice){file.ptr, i};
		}
	}
	return (struct slice){file.ptr, file.len - strlen(".tgz")};
}

/* One that is refused is there by the name of its file. */
static void add_packed(struct loading *loading, const struct node *dependencies,
    const char *path, struct slice entry, struct subcharts *list)
{
	struct fault fault = {0};
	const char *root = chart_files_open(loading->files, path, &fault);
	struct subchart subchart = {0};
	struct slice name = packed_name(entry);

	if (root) {
		subchart.folder = read_folder(loading, root);
		if (subchart.folder->name.len)
			name = subchart.folder->name;
	} else {
		subchart.refused = path;
		subchart.problem =
		    text_copy(loading->files->arena, fault_text(&fault));
	}
	add_by_name(dependencies, name, subchart, list);
	fault_release(&fault);
}

/* Helm passes over files, and names that begin with "_" or ".". */
static void add_entry(struct loading *loading, const struct node *dependencies,
    const char *charts, const char *entry, struct subcharts *list)
{
	const char *path = chart_files_join(loading->files, charts, entry);
	const char *description =
	    chart_files_join(loading->files, path, "Chart.yaml");
	struct subchart subchart = {0};
	struct slice name;

	if (entry[0] == '_')
		return;
	if (slice_ends(slice_of(entry), SLICE(".tgz"))) {
		add_packed(loading, dependencies, path, slice_of(entry), list);
	} else if (chart_files_has(loading->files, description)) {
		subchart.folder = read_folder(loading, path);
		name = subchart.folder->name;
		add_by_name(dependencies, name.len ? name : slice_of(entry),
		    subchart, list);
	}
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

/* Dependencies that are not fetched to charts/ yet: the release was made with
 * them all the same. */
static void add_absent(const struct node *dependencies, struct subcharts *list)
{
	size_t n = list->n;

	for (uint32_t i = 0; i < count_items(dependencies); i++) {
		const struct node *item = dependencies->items[i];

		if (text_of(item, "name").len && !has_dependency(list, n, item))
			add_subchart(list, (struct subchart){
					       .name = name_in(item),
					       .dependency = item,
					   });
	}
}

static int list_subcharts(struct loading *loading,
    const struct chart_folder *folder, struct subcharts *list,
    struct fault *fault)
{
	const char *charts =
	    chart_files_join(loading->files, folder->path, "charts");
	const char *const *names;
	size_t n;

	if (!chart_files_can_list(loading->files, charts) &&
	    chart_files_has(loading->files, charts))
		return fault_set(
		    fault, "cannot read '%s': %s", charts, strerror(errno));
	names = chart_files_list(loading->files, charts, &n);
	for (size_t i = 0; i < n && list->n <= MOST_BESIDE; i++)
		add_entry(
		    loading, folder->dependencies, charts, names[i], list);
	add_absent(folder->dependencies, list);
	if (loading->files->is_cut)
		return fault_set(fault, "%s: more than %d names in charts/",
		    folder->path, CHART_NAMES_MOST);
	if (list->n > MOST_BESIDE)
		return fault_set(fault, "%s: more than %d subcharts",
		    folder->path, MOST_BESIDE);
	return 0;
}

static int check_limits(
    const struct loading *loading, const char *path, struct fault *fault)
{
	if (loading->depth > MOST_NESTED)
		return fault_set(fault,
		    "%s: charts nested more than %d levels deep", path,
		    MOST_NESTED);
	if (loading->ncharts > MOST_CHARTS)
		return fault_set(
		    fault, "%s: more than %d charts", path, MOST_CHARTS);
	return 0;
}

/* Reads what the folder itself holds; its path is set. */
static int fill_folder(
    struct loading *loading, struct chart_folder *folder, struct fault *fault)
{
	const struct chart_files *files = loading->files;
	const char *values =
	    chart_files_join(files, folder->path, "values.yaml");
	const struct node *description;

	if (check_limits(loading, folder->path, fault) ||
	    read_description(loading, folder->path, &description, fault))
		return -1;
	folder->name = text_of(description, "name");
	if (chart_files_has(files, values))
		folder->values = make_origin(loading, values);
	return read_dependencies(
	    loading, folder->path, description, &folder->dependencies, fault);
}

static const struct chart_folder *read_folder(
    struct loading *loading, const char *path)
{
	struct arena *arena = loading->files->arena;
	struct chart_folder *folder = arena_alloc(arena, sizeof(*folder));
	struct subcharts list = {0};
	struct fault fault = {0};

	folder->path = path;
	loading->depth++;
	loading->ncharts++;
	if (fill_folder(loading, folder, &fault) ||
	    list_subcharts(loading, folder, &list, &fault)) {
		fail(loading, folder, &fault);
	} else if (list.n) {
		struct subchart *kept =
		    arena_array(arena, list.n, sizeof(*kept));

		memcpy(kept, list.items, list.n * sizeof(*kept));
		folder->subcharts = kept;
		folder->nsubcharts = list.n;
	}
	loading->depth--;
	free(list.items);
	return folder;
}

const struct chart_folder *chart_folder_read(
    struct chart_files *files, const struct origin_maker *maker)
{
	struct loading loading = {.files = files, .maker = maker};
	struct chart_folder *refused;
	struct fault fault = {0};
	const char *root = files->top;

	if (chart_files_is_file(files, files->top))
		root = chart_files_open(files, files->top, &fault);
	if (root) {
		files->top = root;
		return read_folder(&loading, root);
	}
	refused = arena_alloc(files->arena, sizeof(*refused));
	refused->path = files->top;
	fail(&loading, refused, &fault);
	return refused;
}
