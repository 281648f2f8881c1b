/*
 * Directories to templates.  Helm names a template by the names of charts (or
 * their aliases), never by the folders they are in, so both are kept.
 */
#include "helm/chart.h"

#include "doc/file.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* No author nests folders or subcharts this deep; a link to a parent does. */
#define MOST_FOLDERS 16
#define MOST_CHARTS 8
#define MOST_FILES 20000
#define MOST_NAMES 50000	  /* links make a few folders into very many */
#define MOST_FILE_BYTES (5 << 20) /* as Helm */
#define MOST_BYTES (16 << 20)

/* A folder being read. */
struct folder {
	const char *path;    /* to open it by */
	struct slice *names; /* in Source: one for each alias */
	size_t nnames;
	const struct node *dependencies; /* of the chart it is in, or NULL */
	unsigned depth;
};

static int by_name(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

static bool is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/* Whether .helmignore, of the outermost chart, keeps that path out. */
static bool is_ignored(
    struct chart *chart, const char *folder, const char *name)
{
	const char *path;

	if (!chart->ignore.n)
		return false;
	path = arena_printf(&chart->arena, "%s/%s", folder, name);
	return helmignore_matches(
	    &chart->ignore, path + strlen(chart->dir) + 1, is_folder(path));
}

/* The names in a folder, sorted, without hidden ones and those that Helm
 * ignores; none when it cannot be read. */
static const char **list_folder(
    struct chart *chart, const char *path, size_t *ret_n)
{
	const char **names = NULL, **kept;
	size_t n = 0, cap = 0;
	DIR *dir = opendir(path);
	struct dirent *entry;

	while (dir && chart->nnames < MOST_NAMES && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		chart->nnames++;
		if (is_ignored(chart, path, entry->d_name))
			continue;
		names = grow(names, n, &cap, sizeof(*names));
		names[n++] = arena_printf(&chart->arena, "%s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	kept = arena_array(&chart->arena, n, sizeof(*kept));
	if (n) {
		memcpy(kept, names, n * sizeof(*kept));
		qsort(kept, n, sizeof(*kept), by_name);
	}
	free(names);
	*ret_n = n;
	return kept;
}

/* A regular file as it is; no text when it cannot be read or is too large. */
static struct slice read_file(struct chart *chart, const char *path)
{
	struct buf bytes = {0};
	struct slice text = {0};
	struct stat status;
	char block[16384];
	size_t n;
	FILE *in;

	if (stat(path, &status) || !S_ISREG(status.st_mode) ||
	    status.st_size > MOST_FILE_BYTES || chart->nbytes > MOST_BYTES)
		return text;
	in = fopen(path, "r");
	while (in && bytes.len <= MOST_FILE_BYTES &&
	       (n = fread(block, 1, sizeof(block), in)) > 0)
		buf_add(&bytes, block, n);
	if (in)
		fclose(in);
	chart->nbytes += bytes.len;
	if (bytes.len && bytes.len <= MOST_FILE_BYTES)
		text = slice_copy(&chart->arena, buf_slice(&bytes));
	buf_release(&bytes);
	return text;
}

static struct slice join(
    struct chart *chart, struct slice front, const char *name)
{
	return slice_of(
	    arena_printf(&chart->arena, "%.*s/%s", SLICE_ARGS(front), name));
}

static const char *join_path(
    struct chart *chart, const char *front, const char *name)
{
	return arena_printf(&chart->arena, "%s/%s", front, name);
}

/* Remembers the file by all its names in Source. */
static void name_file(struct chart *chart, const struct folder *folder,
    const char *name, struct map *map, void *file)
{
	for (size_t i = 0; i < folder->nnames; i++)
		*map_slot(map, join(chart, folder->names[i], name)) = file;
}

static void add_file(struct chart *chart, const struct folder *folder,
    const char *name, bool is_plain)
{
	struct template_file *file = arena_alloc(&chart->arena, sizeof(*file));

	if (chart->nfiles >= MOST_FILES || !strcmp(name, "NOTES.txt"))
		return;
	file->path = join_path(chart, folder->path, name);
	file->name = join(chart, folder->names[0], name);
	file->chart = chart;
	file->is_plain = is_plain;
	file->text = read_file(chart, file->path);
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
	    .path = join_path(chart, folder->path, name),
	    .names = arena_array(
		&chart->arena, folder->nnames, sizeof(struct slice)),
	    .nnames = folder->nnames,
	    .dependencies = folder->dependencies,
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
	const char **names;

	if (folder->depth > MOST_FOLDERS)
		return;
	names = list_folder(chart, folder->path, &n);
	for (size_t i = 0; i < n; i++) {
		struct folder inner = enter(chart, folder, names[i]);

		if (is_folder(inner.path))
			read_files(chart, &inner, is_plain);
		else
			add_file(chart, folder, names[i], is_plain);
	}
}

/* What a subchart is called in its parent: its aliases, or its name. */
static size_t chart_aliases(const struct node *dependencies, struct slice name,
    struct slice *ret_aliases, size_t most)
{
	size_t n = 0;

	if (!dependencies || dependencies->kind != NODE_SEQUENCE)
		dependencies = NULL;
	for (uint32_t i = 0; dependencies && i < dependencies->n; i++) {
		const struct node *item = dependencies->items[i];
		const struct node *listed = node_get(item, "name");
		const struct node *alias = node_get(item, "alias");

		if (n < most && listed && listed->kind == NODE_SCALAR &&
		    slice_eq(listed->text, name))
			ret_aliases[n++] = alias &&
						   alias->kind == NODE_SCALAR &&
						   alias->text.len
					       ? alias->text
					       : name;
	}
	if (!n)
		ret_aliases[n++] = name;
	return n;
}

static int load_metadata(struct chart *chart, const char *dir,
    const struct node **ret_root, struct slice *ret_name, struct fault *fault)
{
	struct origin *origin = arena_alloc(&chart->arena, sizeof(*origin));
	const struct node *name;

	origin->name = join_path(chart, dir, "Chart.yaml");
	origin->role = ORIGIN_CONTRACT;
	if (file_load(origin, "chart", &chart->arena, ret_root, fault))
		return -1;
	name = node_get(*ret_root, "name");
	if (!name || name->kind != NODE_SCALAR || !name->text.len)
		return fault_set(
		    fault, "%s: the chart has no name", origin->name);
	*ret_name = name->text;
	return 0;
}

static void read_chart(
    struct chart *chart, const struct folder *root, unsigned depth);

/* A folder in charts/: all names it goes by, below all of its parent's. */
static void read_subchart(
    struct chart *chart, const struct folder *folder, unsigned depth)
{
	struct slice aliases[16], name;
	const struct node *metadata;
	struct folder inner = *folder;
	struct fault fault = {0};
	size_t n, nparents = folder->nnames;

	if (load_metadata(chart, folder->path, &metadata, &name, &fault)) {
		fault_release(&fault);
		return;
	}
	n = chart_aliases(
	    folder->dependencies, name, aliases, COUNT_OF(aliases));
	/* Aliases of aliases multiply. */
	if (nparents * n > 64)
		nparents = 1;
	inner.names =
	    arena_array(&chart->arena, nparents * n, sizeof(struct slice));
	inner.nnames = 0;
	for (size_t i = 0; i < nparents * n; i++) {
		struct slice parent = folder->names[i / n];

		inner.names[inner.nnames++] =
		    slice_of(arena_printf(&chart->arena, "%.*s/%.*s",
			SLICE_ARGS(parent), SLICE_ARGS(aliases[i % n])));
	}
	inner.dependencies = node_get(metadata, "dependencies");
	read_chart(chart, &inner, depth);
}

static void add_packed(
    struct chart *chart, const struct folder *charts, const char *name)
{
	const char *path = join_path(chart, charts->path, name);

	chart->packed = grow(chart->packed, chart->npacked, &chart->cap_packed,
	    sizeof(*chart->packed));
	chart->packed[chart->npacked++] =
	    (struct packed_chart){join(chart, charts->names[0], ""), path};
}

static void read_subcharts(
    struct chart *chart, const struct folder *root, unsigned depth)
{
	struct folder charts = enter(chart, root, "charts");
	size_t n;
	const char **names;

	if (depth >= MOST_CHARTS)
		return;
	names = list_folder(chart, charts.path, &n);
	for (size_t i = 0; i < n; i++) {
		/* Their names come from Chart.yaml, not from the folder. */
		struct folder folder = charts;

		folder.path = join_path(chart, charts.path, names[i]);
		if (is_folder(folder.path))
			read_subchart(chart, &folder, depth + 1);
		else if (slice_ends(slice_of(names[i]), SLICE(".tgz")))
			add_packed(chart, &charts, names[i]);
	}
}

static void read_chart(
    struct chart *chart, const struct folder *root, unsigned depth)
{
	struct folder templates = enter(chart, root, "templates");
	struct folder crds = enter(chart, root, "crds");

	templates.depth = crds.depth = 0;
	read_files(chart, &templates, false);
	read_files(chart, &crds, true);
	read_subcharts(chart, root, depth);
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

/* Whether what follows a function that writes into its first argument names
 * the values: set .Values.a "b" 1, set $ "Values" $x. */
static bool names_values(struct slice rest)
{
	struct item item;

	do {
		if (!item_next(&rest, &item))
			return false;
	} while (item.kind == ITEM_OPEN);
	if (item.kind != ITEM_FIELD && item.kind != ITEM_VARIABLE)
		return false;
	if (slice_find(item.text, SLICE(".Values"), 0) >= 0)
		return true;
	return item_next(&rest, &item) && slice_is(item.text, "\"Values\"");
}

/* From there on what is in them is unknown. */
static bool changes_values(struct slice text)
{
	/* Also the ends of longer names, as mustMergeOverwrite. */
	static const char *const words[] = {"set ", "erge ", "ergeOverwrite "};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		struct slice word = slice_of(words[i]);
		ptrdiff_t at = -1;

		while ((at = slice_find(text, word, (size_t)(at + 1))) >= 0) {
			size_t end = (size_t)at + word.len;

			if (names_values(
				(struct slice){text.ptr + end, text.len - end}))
				return true;
		}
	}
	return false;
}

int chart_load(struct chart *chart, const char *dir, struct fault *fault)
{
	const struct node *metadata;
	struct slice name;
	struct folder root = {.names = &name, .nnames = 1};
	size_t len = strlen(dir);

	*chart = (struct chart){0};
	while (len > 1 && dir[len - 1] == '/')
		len--;
	root.path = arena_printf(&chart->arena, "%.*s", (int)len, dir);
	chart->dir = root.path;
	chart->defines.arena = &chart->arena;
	if (load_metadata(chart, root.path, &metadata, &name, fault)) {
		chart_release(chart);
		return -1;
	}
	chart->name = slice_copy(&chart->arena, name).ptr;
	chart->metadata = join_path(chart, root.path, "Chart.yaml");
	root.dependencies = node_get(metadata, "dependencies");
	chart->ignore = helmignore_read(
	    read_file(chart, join_path(chart, root.path, ".helmignore")),
	    &chart->arena);
	read_chart(chart, &root, 0);
	if (chart->nfiles)
		qsort(chart->files, chart->nfiles, sizeof(*chart->files),
		    by_parse_order);
	for (size_t i = 0; i < chart->nfiles; i++) {
		template_read(chart->files[i], &chart->defines);
		chart->changes_values |= changes_values(chart->files[i]->text);
	}
	return 0;
}

void chart_release(struct chart *chart)
{
	map_release(&chart->sources);
	map_release(&chart->unread);
	map_release(&chart->defines.by_name);
	map_release(&chart->defines.changing);
	free(chart->files);
	free(chart->packed);
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

/* "sub-1.2.3.tgz" for "sub" */
static bool is_packed_as(const struct packed_chart *packed, struct slice rest)
{
	const char *file = strrchr(packed->path, '/') + 1;
	ptrdiff_t len = slice_find(rest, SLICE("/"), 0);

	return len > 0 && !strncmp(file, rest.ptr, (size_t)len) &&
	       file[len] == '-';
}

const struct packed_chart *chart_find_packed(
    const struct chart *chart, struct slice name)
{
	const struct packed_chart *any = NULL;

	for (size_t i = 0; i < chart->npacked; i++) {
		const struct packed_chart *packed = &chart->packed[i];
		size_t len = packed->prefix.len;

		if (!slice_starts(name, packed->prefix))
			continue;
		if (is_packed_as(
			packed, (struct slice){name.ptr + len, name.len - len}))
			return packed;
		/* It may be there under an alias. */
		any = packed;
	}
	return any;
}
