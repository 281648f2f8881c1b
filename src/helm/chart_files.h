/*
 * The files of a chart as Helm sees them: without what its .helmignore keeps
 * out, and with what is in packed charts.  A file in one has the path of the
 * .tgz and behind it the name that tar knows it by: no file system has it, but
 * the functions here do.
 */
#ifndef HELM_CHART_FILES_H
#define HELM_CHART_FILES_H

#include "helm/archive.h"
#include "helm/helmignore.h"

/* Links make a few folders into very many; no chart has as many names. */
#define CHART_NAMES_MOST 50000

/* One chart with all charts in it: that of the outermost folder counts. */
struct chart_files {
	struct arena *arena;
	const char *top;	  /* the folder */
	struct helmignore ignore; /* its .helmignore, no other */
	size_t nbytes;		  /* read so far */
	size_t nnames;		  /* seen so far in all folders */
	bool is_cut; /* there are more than CHART_NAMES_MOST; not listed */
	size_t left;		  /* bytes that archives may still unpack to */
	const struct archive *archives; /* those that were opened, the innermost
					   before what it is in */
};

/* The chart in the folder dir; all that is found lives in arena. */
void chart_files_init(
    struct chart_files *files, const char *dir, struct arena *arena);

/* "FOLDER/NAME" */
const char *chart_files_join(
    const struct chart_files *files, const char *folder, const char *name);

/* Whether the path, which begins with the top folder, is there and not kept
 * out.  Whoever opens it finds out whether it can be read. */
bool chart_files_has(const struct chart_files *files, const char *path);

/* Whether there is a folder of that path, or a link to one. */
bool chart_files_is_folder(const struct chart_files *files, const char *path);

/* Whether there is a file of that path that is no folder. */
bool chart_files_is_file(const struct chart_files *files, const char *path);

/*
 * Opens the packed chart of that path: its files are there from then on, below
 * the folder that is returned.  NULL with a sentence when it is refused.
 */
const char *chart_files_open(
    struct chart_files *files, const char *path, struct fault *fault);

/* What a file in a packed chart holds; NULL: the path is not in one. */
const struct slice *chart_files_packed(
    const struct chart_files *files, const char *path);

/* Whether a folder of that path is there and may be read; if not, errno says
 * why. */
bool chart_files_can_list(const struct chart_files *files, const char *path);

/*
 * The names in a folder in the order of their bytes, without hidden ones and
 * those that are kept out; none when it cannot be read.  With more names than
 * CHART_NAMES_MOST in all lists so far, some are missing and is_cut is set.
 */
const char *const *chart_files_list(
    struct chart_files *files, const char *folder, size_t *ret_n);

/* The bytes of a regular file; none when it cannot be read, is larger than Helm
 * takes, or when more was read than any chart has. */
struct slice chart_files_read(struct chart_files *files, const char *path);

#endif
