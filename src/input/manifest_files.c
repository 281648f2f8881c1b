/* The tree of a folder, as the names of the manifests in it. */
#include "input/manifest_files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* So many folders may stand in each other. */
#define FOLDERS_MAX 64

bool path_is_folder(const char *path)
{
	struct stat status;

	return !stat(path, &status) && S_ISDIR(status.st_mode);
}

/* "NAME" in the folder ".". */
static const char *path_join(
    struct arena *arena, const char *folder, const char *name)
{
	size_t len = strlen(folder);

	if (!strcmp(folder, "."))
		return arena_printf(arena, "%s", name);
	return arena_printf(arena, "%s%s%s", folder,
	    len && folder[len - 1] == '/' ? "" : "/", name);
}

/* The path as seen from the base; the path itself when it leads elsewhere. */
static struct slice below_base(
    const struct manifest_files *files, const char *path)
{
	struct slice rest = slice_of(path);
	struct slice base = slice_of(files->base ? files->base : "");

	if (!base.len || !slice_starts(rest, base))
		return rest;
	rest = (struct slice){rest.ptr + base.len, rest.len - base.len};
	while (slice_starts(rest, SLICE("/")))
		rest = (struct slice){rest.ptr + 1, rest.len - 1};
	return rest;
}

bool manifest_files_ignores(
    const struct manifest_files *files, const char *path)
{
	struct slice below = below_base(files, path);

	for (size_t i = 0; i < files->nignored; i++) {
		if (regex_matches(files->ignored[i], slice_of(path)) == 1 ||
		    regex_matches(files->ignored[i], below) == 1)
			return true;
	}
	return false;
}

/* How a file or folder was met. */
enum meeting {
	MET_NEVER,
	MET_LEFT_OUT, /* it is to be left out */
	MET_NAMED,    /* users have named it */
	MET_FOUND,    /* in a folder */
};

/* How it was met before; if never, then so from now on. */
static enum meeting meet(
    struct manifest_files *files, const struct stat *status, enum meeting how)
{
	struct {
		uint64_t device, inode;
	} key = {(uint64_t)status->st_dev, (uint64_t)status->st_ino};
	struct slice bytes = {(const char *)&key, sizeof(key)};
	enum meeting before =
	    (enum meeting)(uintptr_t)map_find(&files->seen, bytes);

	if (before != MET_NEVER)
		return before;
	bytes.ptr = arena_copy(files->arena, &key, sizeof(key));
	*map_slot(&files->seen, bytes) = (void *)(uintptr_t)how;
	return MET_NEVER;
}

void manifest_files_leave_out(struct manifest_files *files, const char *path)
{
	struct stat status;

	if (path && !stat(path, &status))
		meet(files, &status, MET_LEFT_OUT);
}

bool manifest_files_take(struct manifest_files *files, const char *path)
{
	struct stat status;
	enum meeting before;

	if (stat(path, &status))
		return true;
	before = meet(files, &status, MET_NAMED);
	return before == MET_NEVER || before == MET_LEFT_OUT;
}

/* What a chart holds are templates, which Helm has to render. */
static bool is_chart(struct arena *arena, const char *folder)
{
	struct stat status;

	return !stat(path_join(arena, folder, "Chart.yaml"), &status) &&
	       path_is_folder(path_join(arena, folder, "templates"));
}

int folder_entries(struct arena *arena, const char *folder,
    const char *const **ret_paths, size_t *ret_n, struct fault *fault)
{
	struct dirent **entries;
	const char **paths;
	int n;

	if (is_chart(arena, folder))
		return fault_set(fault,
		    "'%s' is a chart, and its templates are not manifests; "
		    "render it (helm template RELEASE %s | rolloutlint), or "
		    "exclude it with --ignore-filename-pattern",
		    folder, folder);
	n = xcounted(scandir(folder, &entries, NULL, alphasort));
	if (n < 0)
		return fault_set(fault, "cannot read the folder '%s': %s",
		    folder, strerror(errno));
	paths = arena_array(arena, (size_t)n, sizeof(*paths));
	*ret_paths = paths;
	*ret_n = 0;
	for (int i = 0; i < n; i++) {
		const char *name = entries[i]->d_name;
		const char *path = path_join(arena, folder, name);

		if (name[0] != '.' &&
		    (is_document_name(name) || path_is_folder(path)))
			paths[(*ret_n)++] = path;
		free(entries[i]);
	}
	free(entries);
	return 0;
}

static void add_file(struct manifest_files *files, const char *path)
{
	files->names =
	    grow(files->names, files->n, &files->cap, sizeof(*files->names));
	files->names[files->n++] = path;
}

/* A name that leads nowhere is listed: whoever opens it says so. */
static bool is_wanted(struct manifest_files *files, const struct stat *status)
{
	enum meeting before;

	if (!status)
		return true;
	if (!S_ISREG(status->st_mode))
		return false;
	before = meet(files, status, MET_FOUND);
	files->nknown += before == MET_NAMED || before == MET_FOUND;
	return before == MET_NEVER;
}

static int add_folder(struct manifest_files *files, const char *folder,
    unsigned depth, struct fault *fault);

/* Recursion is bounded by depth. */
static int add_entry(struct manifest_files *files, const char *path,
    unsigned depth, struct fault *fault)
{
	struct stat status;
	bool exists = !stat(path, &status);

	if (manifest_files_ignores(files, path))
		return 0;
	if (exists && S_ISDIR(status.st_mode))
		return meet(files, &status, MET_FOUND) == MET_NEVER
			   ? add_folder(files, path, depth, fault)
			   : 0;
	if (is_wanted(files, exists ? &status : NULL))
		add_file(files, path);
	return 0;
}

/* One that cannot be read is listed: whoever opens it says so, and the rest is
 * linted. */
static int add_folder(struct manifest_files *files, const char *folder,
    unsigned depth, struct fault *fault)
{
	const char *const *paths;
	size_t n;

	if (!depth)
		return fault_set(fault,
		    "'%s' is nested in %d folders, which is too deep", folder,
		    FOLDERS_MAX);
	if (access(folder, R_OK)) {
		add_file(files, folder);
		return 0;
	}
	if (folder_entries(files->arena, folder, &paths, &n, fault))
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (add_entry(files, paths[i], depth - 1, fault))
			return -1;
	}
	return 0;
}

int manifest_files_find(
    struct manifest_files *files, const char *folder, struct fault *fault)
{
	struct stat status;
	enum meeting before = MET_NEVER;

	if (!stat(folder, &status))
		before = meet(files, &status, MET_FOUND);
	files->nknown += before == MET_FOUND;
	if (before != MET_NEVER)
		return 0;
	return add_folder(files, folder, FOLDERS_MAX, fault);
}

void manifest_files_forget(struct manifest_files *files)
{
	map_release(&files->seen);
	files->seen = (struct map){0};
}

void manifest_files_release(struct manifest_files *files)
{
	free(files->names);
	map_release(&files->seen);
}
