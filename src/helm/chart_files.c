/* A chart's folder -> the names and bytes in it that Helm loads. */
#include "helm/chart_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_FILE_BYTES (5 << 20) /* as Helm */
#define MOST_BYTES (16 << 20)
#define MOST_UNPACKED (100 << 20) /* as Helm */

const char *chart_files_join(
    const struct chart_files *files, const char *folder, const char *name)
{
	size_t len = strlen(folder);

	return arena_printf(files->arena, "%s%s%s", folder,
	    len && folder[len - 1] == '/' ? "" : "/", name);
}

/* The archive that a path is in, or NULL. */
static const struct archive *archive_of(
    const struct chart_files *files, const char *path)
{
	const struct archive *archive = files->archives;

	while (archive && !archive_holds(archive, slice_of(path)))
		archive = archive->next;
	return archive;
}

const struct slice *chart_files_packed(
    const struct chart_files *files, const char *path)
{
	const struct archive *archive = archive_of(files, path);
	const struct archive_file *file =
	    archive ? archive_find(archive, slice_of(path)) : NULL;

	return file ? &file->text : NULL;
}

bool chart_files_is_folder(const struct chart_files *files, const char *path)
{
	const struct archive *archive = archive_of(files, path);
	struct stat status;

	if (archive)
		return archive_has_folder(archive, slice_of(path));
	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

bool chart_files_is_file(const struct chart_files *files, const char *path)
{
	struct stat status;

	if (archive_of(files, path))
		return chart_files_packed(files, path);
	return !stat(path, &status) && !S_ISDIR(status.st_mode);
}

/* Patterns are about paths from the outermost folder on. */
static bool is_kept_out(const struct chart_files *files, const char *path)
{
	const char *inner = path + strlen(files->top);

	if (!files->ignore.n)
		return false;
	while (*inner == '/')
		inner++;
	return helmignore_matches(
	    &files->ignore, inner, chart_files_is_folder(files, path));
}

bool chart_files_has(const struct chart_files *files, const char *path)
{
	struct stat status;
	bool exists;

	if (archive_of(files, path))
		return chart_files_packed(files, path) ||
		       chart_files_is_folder(files, path);
	exists = !lstat(path, &status) || (errno != ENOENT && errno != ENOTDIR);
	return exists && !is_kept_out(files, path);
}

bool chart_files_can_list(const struct chart_files *files, const char *path)
{
	DIR *dir;

	if (archive_of(files, path))
		return chart_files_is_folder(files, path);
	dir = xmade(opendir(path));
	if (dir)
		closedir(dir);
	return dir;
}

static int by_name(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

/* Names in a folder. */
struct name_array {
	const char **items;
	size_t n, cap;
};

/* Whether no more names are taken, which is kept for whoever lists. */
static bool is_full(struct chart_files *files)
{
	files->is_cut |= files->nnames >= CHART_NAMES_MOST;
	return files->is_cut;
}

static void add_name(
    struct chart_files *files, struct name_array *names, struct slice name)
{
	if (name.ptr[0] == '.')
		return;
	files->nnames++;
	names->items =
	    grow(names->items, names->n, &names->cap, sizeof(*names->items));
	names->items[names->n++] = slice_copy(files->arena, name).ptr;
}

static void list_packed(struct chart_files *files,
    const struct archive *archive, const char *folder, struct name_array *names)
{
	struct slice name;
	size_t at = 0;

	while ((name = archive_next_name(archive, slice_of(folder), &at)).len &&
	       !is_full(files))
		add_name(files, names, name);
}

static void list_folder(
    struct chart_files *files, const char *folder, struct name_array *names)
{
	DIR *dir = xmade(opendir(folder));
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		const char *path =
		    chart_files_join(files, folder, entry->d_name);

		if (entry->d_name[0] == '.')
			continue;
		if (is_full(files))
			break;
		if (is_kept_out(files, path))
			files->nnames++;
		else
			add_name(files, names, slice_of(entry->d_name));
	}
	if (dir)
		closedir(dir);
}

const char *const *chart_files_list(
    struct chart_files *files, const char *folder, size_t *ret_n)
{
	const struct archive *archive = archive_of(files, folder);
	struct name_array names = {0};
	const char **kept;

	if (archive)
		list_packed(files, archive, folder, &names);
	else
		list_folder(files, folder, &names);
	kept = arena_array(files->arena, names.n, sizeof(*kept));
	if (names.n) {
		memcpy(kept, names.items, names.n * sizeof(*kept));
		qsort(kept, names.n, sizeof(*kept), by_name);
	}
	free(names.items);
	*ret_n = names.n;
	return kept;
}

/* What a file in a packed chart holds counts as read, as that of any other. */
static struct slice read_packed(
    struct chart_files *files, const struct slice *text)
{
	if (text->len > MOST_FILE_BYTES || files->nbytes > MOST_BYTES)
		return (struct slice){0};
	files->nbytes += text->len;
	return *text;
}

/* Appends a file's bytes; of one larger than Helm takes, a block more. */
static void add_bytes(struct buf *bytes, const char *path)
{
	FILE *in = xmade(fopen(path, "r"));
	char block[16384];
	size_t n;

	if (!in)
		return;
	while (bytes->len <= MOST_FILE_BYTES &&
	       (n = fread(block, 1, sizeof(block), in)) > 0)
		buf_add(bytes, block, n);
	xcounted(ferror(in) ? -1 : 0);
	fclose(in);
}

struct slice chart_files_read(struct chart_files *files, const char *path)
{
	const struct slice *packed = chart_files_packed(files, path);
	struct buf bytes = {0};
	struct slice text = {0};
	struct stat status;

	if (packed)
		return read_packed(files, packed);
	if (stat(path, &status) || !S_ISREG(status.st_mode) ||
	    status.st_size > MOST_FILE_BYTES || files->nbytes > MOST_BYTES)
		return text;
	add_bytes(&bytes, path);
	files->nbytes += bytes.len;
	if (bytes.len && bytes.len <= MOST_FILE_BYTES)
		text = slice_copy(files->arena, buf_slice(&bytes));
	buf_release(&bytes);
	return text;
}

const char *chart_files_open(
    struct chart_files *files, const char *path, struct fault *fault)
{
	struct archive *archive = arena_alloc(files->arena, sizeof(*archive));
	size_t nbytes = files->nbytes;
	struct slice packed = chart_files_read(files, path);

	/* What it unpacks to is counted. */
	files->nbytes = nbytes;
	if (!slice_starts(packed, SLICE("\x1f\x8b"))) {
		fault_set(fault,
		    "'%s' is not a chart: neither a folder nor packed by gzip",
		    path);
		return NULL;
	}
	if (archive_read(
		path, packed, &files->left, files->arena, archive, fault))
		return NULL;
	archive->next = files->archives;
	files->archives = archive;
	return archive->root;
}

void chart_files_init(
    struct chart_files *files, const char *dir, struct arena *arena)
{
	size_t len = strlen(dir);

	while (len > 1 && dir[len - 1] == '/')
		len--;
	*files = (struct chart_files){
	    .arena = arena,
	    .top = arena_printf(arena, "%.*s", (int)len, dir),
	    .left = MOST_UNPACKED,
	};
	files->ignore = helmignore_read(
	    chart_files_read(
		files, chart_files_join(files, files->top, ".helmignore")),
	    arena);
}
