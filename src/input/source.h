/*
 * Sources: bytes from a file, a descriptor or memory, as UTF-8.
 *
 * UTF-16 and UTF-32 (known by their byte order mark) are turned into UTF-8 on
 * the way, so all that follows sees one encoding.  read() is a function
 * pointer, so that tests can make it fail or hand out one byte at a time.
 */
#ifndef INPUT_SOURCE_H
#define INPUT_SOURCE_H

#include "base/fault.h"
#include "diag/span.h"
#include "input/wide.h"

#include <sys/types.h>

struct source {
	const struct origin *origin; /* borrowed */
	/* As read(2): bytes read, 0 at the end, -1 with errno. */
	ssize_t (*read)(void *context, void *bytes, size_t size);
	void *context;
	int fd;		     /* for a file or descriptor; -1 for memory */
	off_t start;	     /* where a seekable fd began; -1: a pipe */
	struct slice whole;  /* all of it, for memory */
	struct slice memory; /* what is left, for memory */
	struct wide wide;    /* what the bytes are when they are no UTF-8 */
	struct buf raw;	     /* bytes read and not yet decoded */
	struct buf text;     /* UTF-8 not yet handed out */
	size_t handed;	     /* of text: handed out already */
	size_t probed;	     /* raw bytes that were looked at for NULs */
	bool started;	     /* the byte order mark has been looked for */
	bool marked;	     /* UTF-8 with a byte order mark, not handed out */
	bool ended;	     /* read() has returned 0 */
	bool is_regular;     /* fd is of a file that can be read anywhere */
	uint64_t size;	     /* of that, in bytes, when it was opened */
	bool is_copy;	     /* fd is the spool now: UTF-8 without a mark */
	int spool;	     /* a copy of all bytes handed out, or -1 */
};

/*
 * Opens origin->name, standard input when origin->is_stdin, or what
 * origin->packed holds.  With spool true and a source that cannot be read
 * twice, a copy goes to an unlinked temporary file (for source_reread()); when
 * none can be made there is none.  -1 and a sentence when it is missing,
 * unreadable or a directory.
 */
MUST_CHECK int source_open(struct source *source, const struct origin *origin,
    bool spool, struct fault *fault);

/* A source over bytes that outlive it. */
void source_init_memory(
    struct source *source, const struct origin *origin, struct slice bytes);

void source_release(struct source *source);

/*
 * Fills bytes with up to size bytes of UTF-8: the count, 0 at the end, -1
 * with the fault set.  Refuses what is no text at all (a gzip file, NULs).
 */
MUST_CHECK ssize_t source_read(
    struct source *source, char *bytes, size_t size, struct fault *fault);

/* Whether its bytes will be there once more when it has ended: it is a file. */
bool source_is_file(const struct source *source);

/* How many bytes it has, as far as that is known before they are read. */
uint64_t source_size(const struct source *source);

/*
 * Starts over from the first byte, for quoting lines after the end: 0, or -1
 * when the bytes are gone (a pipe without spool).
 */
MUST_CHECK int source_reread(struct source *source);

#endif
