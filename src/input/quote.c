/*
 * Lines by number: each file read once more, up to the last line wanted, and
 * again for the fingerprints.
 */
#include "input/quote.h"

#include "input/line_hashes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* A longer line is no use to look at (JSON of a whole object in one). */
#define LONGEST_LINE 4096

/* Reading lines off a source. */
struct lines {
	struct source *source;
	char block[16384];
	size_t at, len;	 /* of block: the next byte, and its end */
	uint32_t number; /* of the line read last, from 1 */
};

/* Whether there are bytes in the block, which is filled when it is used up. */
static bool have_bytes(struct lines *lines)
{
	struct fault fault = {0};
	ssize_t n;

	if (lines->at < lines->len)
		return true;
	n = source_read(
	    lines->source, lines->block, sizeof(lines->block), &fault);
	fault_release(&fault);
	lines->at = 0;
	lines->len = n > 0 ? (size_t)n : 0;
	return lines->len;
}

/* Adds what is read of the line, cut past LONGEST_LINE; whether that is all of
 * it, its end taken off. */
static bool end_line(struct lines *lines, struct buf *buf)
{
	const char *rest = lines->block + lines->at;
	size_t len = lines->len - lines->at, room = LONGEST_LINE + 1 - buf->len;
	const char *end = memchr(rest, '\n', len);

	if (end)
		len = (size_t)(end - rest);
	buf_add(buf, rest, len < room ? len : room);
	lines->at += len + (end ? 1 : 0);
	return end;
}

/* The next line into buf, cut past LONGEST_LINE; false at the end. */
static bool next_line(struct lines *lines, struct buf *buf, bool *ret_crlf)
{
	bool any = false, ended = false;

	buf_clear(buf);
	while (!ended && have_bytes(lines)) {
		any = true;
		ended = end_line(lines, buf);
	}
	*ret_crlf = ended && buf->len && buf->ptr[buf->len - 1] == '\r';
	if (buf->len && buf->ptr[buf->len - 1] == '\r')
		buf->len--;
	lines->number++;
	return any;
}

static int quote_cmp(const void *left, const void *right)
{
	const struct quote *a = left, *b = right;

	if (a->place.origin != b->place.origin)
		return a->place.origin->index < b->place.origin->index ? -1 : 1;
	return (a->place.span.line > b->place.span.line) -
	       (a->place.span.line < b->place.span.line);
}

/* All quotes of one source, in the order of their lines. */
static void quote_source(
    struct source *source, struct quote *quotes, size_t n, struct arena *arena)
{
	struct lines lines = {.source = source};
	struct buf line = {0};
	size_t i = 0;
	bool crlf;

	while (i < n && next_line(&lines, &line, &crlf)) {
		const char *kept = NULL;

		for (; i < n && quotes[i].place.span.line == lines.number;
		     i++) {
			/* With a NUL in it the line would end early. */
			if (!kept && line.len <= LONGEST_LINE && line.len &&
			    !memchr(line.ptr, '\0', line.len))
				kept = slice_copy(arena, buf_slice(&line)).ptr;
			if (kept)
				*quotes[i].ret_line = kept;
			if (quotes[i].ret_crlf)
				*quotes[i].ret_crlf = crlf;
		}
	}
	buf_release(&line);
}

static struct source *find_kept(
    struct source *const *kept, size_t nkept, const struct origin *origin)
{
	for (size_t i = 0; i < nkept; i++) {
		if (kept[i]->origin == origin)
			return kept[i];
	}
	return NULL;
}

/* Opening a pipe by its name once more would wait for ever. */
static bool can_reopen(const struct origin *origin)
{
	struct stat status;

	if (origin->packed)
		return true;
	return !origin->is_stdin && !stat(origin->name, &status) &&
	       S_ISREG(status.st_mode);
}

static void quote_origin(
    struct quote *quotes, size_t n, struct source *kept, struct arena *arena)
{
	const struct origin *origin = quotes[0].place.origin;
	struct fault fault = {0};
	struct source source;

	if (kept) {
		if (!source_reread(kept)) {
			quote_source(kept, quotes, n, arena);
			line_hashes_fill(kept, quotes, n, arena);
		}
		return;
	}
	if (can_reopen(origin) &&
	    !source_open(&source, origin, false, &fault)) {
		quote_source(&source, quotes, n, arena);
		line_hashes_fill(&source, quotes, n, arena);
		source_release(&source);
	}
	fault_release(&fault);
}

void quote_lines(struct quote *quotes, size_t n, struct source *const *kept,
    size_t nkept, struct arena *arena)
{
	size_t first = 0;

	if (n)
		qsort(quotes, n, sizeof(*quotes), quote_cmp);
	for (size_t i = 1; i <= n; i++) {
		const struct origin *origin = quotes[first].place.origin;

		if (i == n || quotes[i].place.origin != origin) {
			quote_origin(quotes + first, i - first,
			    find_kept(kept, nkept, origin), arena);
			first = i;
		}
	}
}
