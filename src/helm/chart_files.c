/* A chart's folder -> the names and bytes in it that Helm loads. */
#include "helm/chart_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MOST_NAMES 50000	  /* links make a few folders into very many */
#define MOST_FILE_BYTES (5 << 20) /* as Helm */
#define MOST_BYTES (16 << 20)

const char *chart_files_join(
    const struct chart_files *files, const char *folder, const char *name)
{
	size_t len = strlen(folder);

	return arena_printf(files->arena, "%s%s%s", folder,
	    len && folder[len - 1] == '/' ? "" : "/", name);
}

bool chart_files_is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
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
	    &files->ignore, inner, chart_files_is_folder(path));
}

bool chart_files_has(const struct chart_files *files, const char *path)
{
	struct stat status;
	bool exists =
	    !lstat(path, &status) || (errno != ENOENT && errno != ENOTDIR);

	return exists && !is_kept_out(files, path);
}

static int by_name(const void *left, const void *right)
{
	const char *const *a = left, *const *b = right;

	return strcmp(*a, *b);
}

const char *const *chart_files_list(
    struct chart_files *files, const char *folder, size_t *ret_n)
{
	const char **names = NULL, **kept;
	size_t n = 0, cap = 0;
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && files->nnames < MOST_NAMES && (entry = readdir(dir))) {
		if (entry->d_name[0] == '.')
			continue;
		files->nnames++;
		if (is_kept_out(
			files, chart_files_join(files, folder, entry->d_name)))
			continue;
		names = grow(names, n, &cap, sizeof(*names));
		names[n++] = arena_printf(files->arena, "%s", entry->d_name);
	}
	if (dir)
		closedir(dir);
	kept = arena_array(files->arena, n, sizeof(*kept));
	if (n) {
		memcpy(kept, names, n * sizeof(*kept));
		qsort(kept, n, sizeof(*kept), by_name);
	}
	free(names);
	*ret_n = n;
	return kept;
}

struct slice chart_files_read(struct chart_files *files, const char *path)
{
	struct buf bytes = {0};
	struct slice text = {0};
	struct stat status;
	char block[16384];
	size_t n;
	FILE *in;

	if (stat(path, &status) || !S_ISREG(status.st_mode) ||
	    status.st_size > MOST_FILE_BYTES || files->nbytes > MOST_BYTES)
		return text;
	in = fopen(path, "r");
	while (in && bytes.len <= MOST_FILE_BYTES &&
	       (n = fread(block, 1, sizeof(block), in)) > 0)
		buf_add(&bytes, block, n);
	if (in)
		fclose(in);
	files->nbytes += bytes.len;
	if (bytes.len && bytes.len <= MOST_FILE_BYTES)
		text = slice_copy(files->arena, buf_slice(&bytes));
	buf_release(&bytes);
	return text;
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
	};
	files->ignore = helmignore_read(
	    chart_files_read(
		files, chart_files_join(files, files->top, ".helmignore")),
	    arena);
}
