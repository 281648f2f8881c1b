/*
 * Document boundaries: a source cut into chunks, one YAML document each.
 *
 * A line that starts with "---" and a blank or its end is a document boundary
 * wherever it stands (YAML 1.2.2, production c-forbidden: no scalar may hold
 * one), so cutting there is exact, lets the documents of a stream be parsed
 * one by one, and confines a syntax error to its document.  JSON objects that
 * follow each other without "---" are cut apart too.
 */
#ifndef INPUT_SPLIT_H
#define INPUT_SPLIT_H

#include "base/text.h"
#include "input/source.h"

/* One document's text.  Owns its bytes and the name of its template. */
struct chunk {
	const struct origin *origin;
	struct buf bytes;    /* from its "---" line, if any, on */
	uint32_t first_line; /* of the source, from 1 */
	uint64_t offset;     /* of the first byte in the decoded source */
	struct buf template; /* what "# Source: " names; empty if nothing;
				carried from chunk to chunk */
	bool is_in_file;     /* bytes are there to be read again at offset */
	bool too_large;	     /* over the limit: bytes hold only its start */
};

void chunk_release(struct chunk *chunk);

/* Where in a chunk the splitter is. */
enum split_part {
	SPLIT_HEAD, /* nothing yet but blanks, comments and directives */
	SPLIT_BODY,
	SPLIT_TAIL, /* behind a "..." line, before more content */
};

struct splitter {
	struct source *source; /* borrowed */
	size_t limit;	       /* bytes a chunk may have */
	size_t read_size;      /* bytes asked of the source at once */
	/* Called before each read, which may wait for a pipe; or NULL. */
	void (*before_read)(void *context);
	void *read_context;
	struct buf pending;  /* read; handed out or dropped up to start */
	size_t start;	     /* of pending: the chunk's first byte */
	size_t line_start;   /* of pending: the line at scanned begins here */
	size_t scanned;	     /* of pending: no boundary before it */
	uint32_t line;	     /* of the byte at start, from 1 */
	uint64_t offset;     /* of the byte at start, in the source */
	bool ended;	     /* the source has no more */
	bool has_cr;	     /* there was one in what was read */
	bool dropping;	     /* the rest of a chunk that was too large */
	struct buf template; /* the name of the last one seen */
	enum split_part part;
	bool at_line_start; /* scanned is the first byte of a line */
	bool in_comment;    /* up to the end of this line */
	bool opened;	    /* its "---" has been seen */
	bool directives;    /* a "%" line waits for its "---" */
	bool named;	    /* the chunk has had its "# Source: " */
	int json_depth;	    /* open braces and brackets, or -1: not JSON */
	bool json_string;   /* inside a JSON string */
	bool json_escape;   /* after a backslash in one */
};

/* source must outlive the splitter; limit in bytes. */
void splitter_init(
    struct splitter *splitter, struct source *source, size_t limit);
void splitter_release(struct splitter *splitter);

/*
 * The next chunk, which the caller releases: 1, 0 at the end, -1 with the
 * fault set when the source failed (what came before has been handed out).
 * Chunks without any content (blank or comments only) are handed out too.
 */
MUST_CHECK int splitter_next(
    struct splitter *splitter, struct chunk *ret_chunk, struct fault *fault);

#endif
