/*
 * Files of documentation below one folder.
 */
#ifndef PAGE_PAGE_FILES_H
#define PAGE_PAGE_FILES_H

#include "base/fault.h"
#include "base/text.h"

struct page_files {
	const char *root;    /* the caller's */
	struct buf path;     /* of the file that is being written */
	struct buf text;     /* what goes into it */
	struct fault *fault; /* the caller's */
};

void page_files_release(struct page_files *files);

/* Makes root and a folder below it, "/docs"; -1 with the fault set. */
MUST_CHECK int page_files_make(struct page_files *files, const char *folder);

/* Writes text into the file root/folder/name, name followed by end, and empties
 * it; -1 with the fault set. */
MUST_CHECK int page_files_write(struct page_files *files, const char *folder,
    const char *name, const char *end);

#endif
