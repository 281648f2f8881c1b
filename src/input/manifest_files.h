/*
 * Folders -> the files with manifests in them: those whose names end in .yaml,
 * .yml or .json, in all folders below, in the order of their names.
 */
#ifndef INPUT_MANIFEST_FILES_H
#define INPUT_MANIFEST_FILES_H

#include "base/fault.h"
#include "base/map.h"
#include "base/regex.h"

/* A search, and what it found.  All zero but for arena is ready. */
struct manifest_files {
	struct arena *arena;	      /* of the names; borrowed */
	struct regex *const *ignored; /* patterns of paths that are left out */
	size_t nignored;
	const char *base; /* the folder that users named: patterns match paths
			     from there, too; NULL: there is none */
	struct map seen;  /* files and folders, by device and inode */
	const char **names;
	size_t n, cap;
	size_t nknown; /* files and folders that were met once more */
};

/* Whether there is a folder of that path, or a link to one. */
bool path_is_folder(const char *path);

/*
 * What is in a folder, in the order of the names: paths of folders, and of
 * files whose names end as those of manifests do.  Names that begin with a dot
 * are left out.  -1 with a sentence when it cannot be read or is a chart, whose
 * templates are no manifests.
 */
MUST_CHECK int folder_entries(struct arena *arena, const char *folder,
    const char *const **ret_paths, size_t *ret_n, struct fault *fault);

/* Whether a pattern leaves the path out, as a whole or from the base on.  One
 * that backtracks without end does not. */
bool manifest_files_ignores(
    const struct manifest_files *files, const char *path);

/* Leaves the file or folder of that path out when it is met in a folder, under
 * whatever name; NULL and what is not there are none. */
void manifest_files_leave_out(struct manifest_files *files, const char *path);

/* Takes a file that users named, so that nothing brings it once more.  False
 * when it was named before, or a folder has brought it. */
bool manifest_files_take(struct manifest_files *files, const char *path);

/*
 * Appends the names of all files in the folder.  What was met before, by
 * another name or link, is not met again, so links in circles end.  Left out
 * are what is no regular file and what a pattern matches.  -1 as for
 * folder_entries().
 */
MUST_CHECK int manifest_files_find(
    struct manifest_files *files, const char *folder, struct fault *fault);

/* Forgets what was met and what is to be left out, for another release; the
 * names stay. */
void manifest_files_forget(struct manifest_files *files);

void manifest_files_release(struct manifest_files *files);

#endif
