/*
 * Charts -> their templates.  Helm names a template by the names of charts (or
 * their aliases), never by the folders they are in, so both are kept.
 */
#include "helm/chart.h"

#include "helm/chart_folder.h"

#include <stdlib.h>
#include <string.h>

/* No author nests folders this deep; a link to a parent does. */
#define MOST_FOLDERS 16
#define MOST_FILES 20000
#define MOST_ALIASES 64

/* A folder being read. */
struct folder {
	const char *path;    /* to open it by */
	struct slice *names; /* in Source: one for each alias */
	size_t nnames;
	unsigned depth;
};

static struct slice join(
    struct chart *chart, struct slice front, const char *name)
{
	return slice_of(
	    arena_printf(&chart->arena, "%.*s/%s", SLICE_ARGS(front), name));
}

/* Remembers the file by all its names in Source. */
static void name_file(struct chart *chart, const struct folder *folder,
    const char *name, struct map *map, void *file)
{
	for (size_t i = 0; i < folder->nnames; i++)
		*map_slot(map, join(chart, folder->names[i], name)) = file;
}

/* What is not read, but must be known to be there: sources that begin so. */
static void refuse(struct chart *chart, struct slice prefix, size_t nfront,
    const char *problem)
{
	chart->refused = grow(chart->refused, chart->nrefused,
	    &chart->cap_refused, sizeof(*chart->refused));
	chart->refused[chart->nrefused++] =
	    (struct refused_chart){prefix, nfront, problem};
}

static void refuse_folder(
    struct chart *chart, const struct folder *folder, const char *problem)
{
	for (size_t i = 0; i < folder->nnames; i++) {
		struct slice prefix = join(chart, folder->names[i], "");

		refuse(chart, prefix, prefix.len, problem);
	}
}

/* Once is enough: it is about all of the chart. */
static void refuse_more(struct chart *chart, unsigned most, const char *what)
{
	struct slice prefix =
	    slice_of(arena_printf(&chart->arena, "%s/", chart->name));

	if (!chart->has_too_many)
		refuse(chart, prefix, prefix.len,
		    arena_printf(&chart->arena, "'%s' has more than %u %s",
			chart->dir, most, what));
	chart->has_too_many = true;
}

static void add_file(struct chart *chart, const struct folder *folder,
    const char *name, bool is_plain)
{
	struct template_file *file = arena_alloc(&chart->arena, sizeof(*file));

	if (!strcmp(name, "NOTES.txt"))
		return;
	if (chart->nfiles == MOST_FILES) {
		refuse_more(chart, MOST_FILES, "files");
		return;
	}
	file->path = chart_files_join(&chart->folder, folder->path, name);
	file->name = join(chart, folder->names[0], name);
	file->chart = chart;
	file->is_plain = is_plain;
	file->text = chart_files_read(&chart->folder, file->path);
	if (!file->text.len) {
		name_file(chart, folder, name, &chart->unread,
		    (void *)(uintptr_t)file->path);
		return;
	}
	chart->files = grow(chart->files, chart->nfiles, &chart->cap_files,
	    sizeof(*chart->files));
	chart->files[chart->nfiles++] = file;
	name_file(chart, folder, name, &chart->sources, file);
}

/* The folder of that name in folder. */
static struct folder enter(
    struct chart *chart, const struct folder *folder, const char *name)
{
	struct folder inner = {
	    .path = chart_files_join(&chart->folder, folder->path, name),
	    .names = arena_array(
		&chart->arena, folder->nnames, sizeof(struct slice)),
	    .nnames = folder->nnames,
	    .depth = folder->depth + 1,
	};

	for (size_t i = 0; i < folder->nnames; i++)
		inner.names[i] = join(chart, folder->names[i], name);
	return inner;
}

static void read_files(
    struct chart *chart, const struct folder *folder, bool is_plain)
{
	size_t n;
	const char *const *names;

	if (folder->depth > MOST_FOLDERS) {
		refuse_folder(chart, folder,
		    arena_printf(&chart->arena,
			"'%s' is more than %d folders deep", folder->path,
			MOST_FOLDERS));
		return;
	}
	names = chart_files_list(&chart->folder, folder->path, &n);
	for (size_t i = 0; i < n; i++) {
		struct folder inner = enter(chart, folder, names[i]);

		if (chart_files_is_folder(&chart->folder, inner.path))
			read_files(chart, &inner, is_plain);
		else
			add_file(chart, folder, names[i], is_plain);
	}
}

static void read_chart(struct chart *chart,
    const struct chart_folder *described, const struct folder *root);

/* Its templates are not read, but it must be known that it is there. */
static void add_refused(struct chart *chart, const struct folder *charts,
    const struct subchart *subchart)
{
	struct slice front = join(chart, charts->names[0], "");
	struct slice prefix = slice_of(arena_printf(&chart->arena, "%.*s%.*s/",
	    SLICE_ARGS(front), SLICE_ARGS(subchart->name)));

	refuse(chart, prefix, front.len, subchart->problem);
}

/* A chart in charts/: all its names, which are those of n subcharts, below all
 * of its parent's. */
static void read_subchart(struct chart *chart, const struct folder *charts,
    const struct subchart *subcharts, size_t n)
{
	size_t nparents = charts->nnames;
	struct folder inner = {.path = subcharts->folder->path};

	/* Aliases of aliases multiply. */
	if (nparents * n > MOST_ALIASES)
		nparents = 1;
	inner.names =
	    arena_array(&chart->arena, nparents * n, sizeof(struct slice));
	for (size_t i = 0; i < nparents * n; i++)
		inner.names[inner.nnames++] =
		    slice_of(arena_printf(&chart->arena, "%.*s/%.*s",
			SLICE_ARGS(charts->names[i / n]),
			SLICE_ARGS(subcharts[i % n].name)));
	read_chart(chart, subcharts->folder, &inner);
}

/* How many of the subcharts, from the first on, are one folder. */
static size_t count_same(const struct subchart *subcharts, size_t n)
{
	size_t same = 1;

	while (same < n && subcharts[same].folder == subcharts->folder)
		same++;
	return same;
}

static void read_subcharts(struct chart *chart,
    const struct chart_folder *described, const struct folder *root)
{
	struct folder charts = enter(chart, root, "charts");
	size_t step;

	for (size_t i = 0; i < described->nsubcharts; i += step) {
		const struct subchart *subchart = &described->subcharts[i];

		step = 1;
		if (subchart->refused) {
			add_refused(chart, &charts, subchart);
		} else if (subchart->folder) {
			step = count_same(subchart, described->nsubcharts - i);
			read_subchart(chart, &charts, subchart, step);
		}
	}
}

/* One with a problem is left out. */
static void read_chart(struct chart *chart,
    const struct chart_folder *described, const struct folder *root)
{
	struct folder templates = enter(chart, root, "templates");
	struct folder crds = enter(chart, root, "crds");

	if (described->problem)
		return;
	templates.depth = crds.depth = 0;
	read_files(chart, &templates, false);
	read_files(chart, &crds, true);
	read_subcharts(chart, described, root);
}

static size_t count_slashes(struct slice name)
{
	size_t n = 0;

	for (size_t i = 0; i < name.len; i++)
		n += name.ptr[i] == '/';
	return n;
}

/* Helm's order, of which the last define wins: most slashes first, then
 * backwards by name. */
static int by_parse_order(const void *left, const void *right)
{
	const struct template_file *const *a = left, *const *b = right;
	size_t slashes_a = count_slashes((*a)->name);
	size_t slashes_b = count_slashes((*b)->name);

	if (slashes_a != slashes_b)
		return slashes_a > slashes_b ? -1 : 1;
	return -strcmp((*a)->name.ptr, (*b)->name.ptr);
}

static const struct origin *make_origin(
    void *context, const char *name, const struct slice *packed)
{
	struct origin *origin = arena_alloc(context, sizeof(*origin));

	*origin = (struct origin){
	    .name = name, .role = ORIGIN_CONTRACT, .packed = packed};
	return origin;
}

static void read_templates(
    struct chart *chart, const struct chart_folder *described)
{
	struct slice name = described->name;
	struct folder root = {
	    .path = described->path, .names = &name, .nnames = 1};

	read_chart(chart, described, &root);
	if (chart->folder.is_cut)
		refuse_more(chart, CHART_NAMES_MOST, "files and folders");
	if (chart->nfiles)
		qsort(chart->files, chart->nfiles, sizeof(*chart->files),
		    by_parse_order);
	for (size_t i = 0; i < chart->nfiles; i++) {
		template_read(chart->files[i], &chart->defines);
		chart->changes_values |= chart->files[i]->writes_values;
	}
}

int chart_load(struct chart *chart, const char *dir, struct fault *fault)
{
	const struct origin_maker maker = {make_origin, &chart->arena};
	const struct chart_folder *described;

	*chart = (struct chart){0};
	chart_files_init(&chart->folder, dir, &chart->arena);
	chart->defines.arena = &chart->arena;
	described = chart_folder_read(&chart->folder, &maker);
	chart->dir = chart->folder.top;
	chart->metadata =
	    chart_files_join(&chart->folder, chart->dir, "Chart.yaml");
	if (described->problem)
		fault_set(fault, "%s", described->problem);
	else if (!described->name.len)
		fault_set(fault, "%s: the chart has no name", chart->metadata);
	if (described->problem || !described->name.len) {
		chart_release(chart);
		return -1;
	}
	chart->name = slice_copy(&chart->arena, described->name).ptr;
	read_templates(chart, described);
	return 0;
}

void chart_release(struct chart *chart)
{
	map_release(&chart->sources);
	map_release(&chart->unread);
	map_release(&chart->defines.by_name);
	map_release(&chart->defines.changing);
	free(chart->files);
	free(chart->refused);
	arena_release(&chart->arena);
}

struct template_file *chart_find(const struct chart *chart, struct slice name)
{
	return map_find(&chart->sources, name);
}

const char *chart_find_unread(const struct chart *chart, struct slice name)
{
	return map_find(&chart->unread, name);
}

const struct refused_chart *chart_find_refused(
    const struct chart *chart, struct slice name)
{
	const struct refused_chart *beside = NULL;

	for (size_t i = 0; i < chart->nrefused; i++) {
		const struct refused_chart *refused = &chart->refused[i];

		if (slice_starts(name, refused->prefix))
			return refused;
		/* A file may be called otherwise than the chart in it. */
		if (slice_starts(name,
			(struct slice){refused->prefix.ptr, refused->nfront}))
			beside = refused;
	}
	return beside;
}
