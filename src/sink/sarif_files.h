/*
 * Files -> artifacts of SARIF, and the references of locations to them.
 */
#ifndef SINK_SARIF_FILES_H
#define SINK_SARIF_FILES_H

#include "base/map.h"
#include "diag/span.h"
#include "report/json_tree.h"

/* What references are relative to. */
#define SARIF_SOURCES "%SRCROOT%"
#define SARIF_FILE_SYSTEM "%FILESYSTEM%"

struct sarif_files {
	struct arena arena;	/* of what the maps hold */
	struct map by_uri;	/* URI and its base -> index + 1 */
	struct map by_origin;	/* address of an origin -> its reference */
	struct json *artifacts; /* run.artifacts, which the run takes over */
};

/* A file given twice is one artifact. */
void sarif_files_init(
    struct sarif_files *files, const struct origin *const *origins, size_t n);

void sarif_files_release(struct sarif_files *files);

/* {"uri": ..., "uriBaseId": ..., "index": index}: without the index for a file
 * that is no artifact; origin NULL is standard input.  Threads may share files,
 * of which this only reads. */
struct json *sarif_file_location(
    const struct sarif_files *files, const struct origin *origin);

/* Prints the same. */
void sarif_print_file(const struct sarif_files *files,
    const struct origin *origin, const char *key, struct json_out *out);

#endif
