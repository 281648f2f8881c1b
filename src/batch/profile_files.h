/*
 * What profiles are called among files.
 */
#ifndef BATCH_PROFILE_FILES_H
#define BATCH_PROFILE_FILES_H

#include "contract/contract.h"

/* Adds the id as a part of a file's name that leads to no other folder: a slash
 * becomes '-', and so do the dots of an id that is nothing else. */
void profile_file_add(struct buf *buf, const char *id);

/* -1 with a sentence when two of the n profiles are called alike. */
MUST_CHECK int profile_files_check(
    const struct profile *profiles, size_t n, struct fault *fault);

/*
 * The render of the profile below the folder: a file of its name that ends in
 * .yaml, .yml or .json, or a folder, into *ret_path, in arena.  -1 with a
 * sentence when there is none, and *ret_path is NULL, or more than one.
 */
MUST_CHECK int profile_render_find(struct arena *arena, const char *folder,
    const char *id, const char **ret_path, struct fault *fault);

#endif
