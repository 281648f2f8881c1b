/*
 * A source that is read once more, in parts: whole lines for each of several
 * threads.
 */
#ifndef INPUT_PARTS_H
#define INPUT_PARTS_H

#include "input/source.h"

enum { PARTS_MAX = 16 };

/* Where a part begins. */
struct part {
	size_t from;   /* bytes of the text, without its byte order mark */
	uint32_t line; /* from 1; lines end with LF */
	uint32_t line_by_any_end; /* the same where a lone CR ends lines, too */
};

/* Part i ends where i + 1 begins; the last one ends with the text. */
struct parts {
	struct source *source;
	size_t n; /* 1 for what can only be read from its start on */
	struct part items[PARTS_MAX + 1];
	size_t start; /* of the text: in the file or in memory */
};

/* What reads a part, and on into those behind it. */
struct part_reading {
	const struct parts *parts;
	size_t at; /* in the text */
};

/*
 * Starts the source over and cuts it into parts for so many threads, a few for
 * each; one part when it is small, no regular file or not UTF-8.  False when it
 * cannot be read again.
 */
MUST_CHECK bool parts_cut(
    struct parts *parts, struct source *source, unsigned njobs);

/* Before every reading of all parts: the same for what has one part only. */
MUST_CHECK bool parts_start_over(const struct parts *parts);

/* As source_read(), from a place that the reading keeps; several threads may,
 * each with a reading of its own.  What was wrong is nobody's to know. */
MUST_CHECK ssize_t part_read(
    struct part_reading *reading, char *bytes, size_t size);

#endif
