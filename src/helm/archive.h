/*
 * A packed chart, as `helm package` makes it, -> its files in memory.
 */
#ifndef HELM_ARCHIVE_H
#define HELM_ARCHIVE_H

#include "base/fault.h"

struct archive_file {
	struct slice path; /* as the archive's: "charts/db-1.0.0.tgz/db/..." */
	struct slice text;
	size_t number; /* of the member */
};

/* Of what a chart has only what is read of it is kept. */
struct archive {
	struct slice path; /* of the .tgz */
	const char *root;  /* the folder of the chart: "PATH/db" */
	struct archive_file *files;
	size_t nfiles; /* in the order of their paths */
	const struct archive *next;
};

/*
 * Reads the archive packed in bytes, whose path is told; both it and the files
 * live in arena.  *left is how many bytes may be unpacked, and how many may be
 * then.  -1 with a sentence for what Helm's LoadArchiveFiles (pkg/chart/loader/
 * archive.go) refuses: what unpacks to too much, has absolute paths or such as
 * lead out of its folder, is empty; and for what no packed chart needs: links,
 * any "..", more files than a chart has.
 */
MUST_CHECK int archive_read(const char *path, struct slice packed, size_t *left,
    struct arena *arena, struct archive *ret_archive, struct fault *fault);

/* Whether the path is that of a member, or would be. */
bool archive_holds(const struct archive *archive, struct slice path);

/* The file of that path, or NULL. */
const struct archive_file *archive_find(
    const struct archive *archive, struct slice path);

/* Whether files are below that path. */
bool archive_has_folder(const struct archive *archive, struct slice path);

/* The next name in a folder, from file number *at on, which moves behind all
 * that is below it; empty behind the last one. */
struct slice archive_next_name(
    const struct archive *archive, struct slice folder, size_t *at);

#endif
