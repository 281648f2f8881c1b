/* Words of a rendered line -> where they stand on the template's. */
#include "run/printed_words.h"

/* Bytes of a line before its column col, which counts code points from 1. */
static size_t column_offset(struct slice line, uint32_t col)
{
	struct slice rest = line;
	uint32_t code;

	for (uint32_t i = 1; i < col && rest.len; i++) {
		size_t len = utf8_next(rest, &code);

		rest = (struct slice){rest.ptr + len, rest.len - len};
	}
	return line.len - rest.len;
}

struct slice printed_words(struct slice line, struct span span)
{
	size_t from, to;

	if (span.end_line != span.line)
		return SLICE("");
	from = column_offset(line, span.col);
	to = column_offset(line, span.end_col);
	return (struct slice){line.ptr + from, to > from ? to - from : 0};
}

/* What is left of a slice from an offset in it on. */
static struct slice slice_from(struct slice text, size_t from)
{
	return (struct slice){text.ptr + from, text.len - from};
}

/* The only place of words in the text of a line; -1 when there is none, or
 * more.  Those of an action are not printed as they stand. */
static ptrdiff_t find_once(struct slice line, struct slice words)
{
	ptrdiff_t found = -1;
	bool in_action = false;

	for (size_t i = 0; words.len && i + words.len <= line.len; i++) {
		struct slice rest = slice_from(line, i);

		if (slice_starts(rest, in_action ? SLICE("}}") : SLICE("{{")))
			in_action = !in_action;
		if (in_action || !slice_starts(rest, words))
			continue;
		if (found >= 0)
			return -1;
		found = (ptrdiff_t)i;
	}
	return found;
}

struct span printed_words_span(
    struct slice line, uint32_t number, struct slice words)
{
	struct slice trimmed = slice_trim(line);
	ptrdiff_t at = find_once(line, words);
	size_t from = (size_t)(trimmed.ptr - line.ptr);
	size_t to = from + trimmed.len;

	if (at >= 0) {
		from = (size_t)at;
		to = from + words.len;
	}
	return (struct span){
	    .line = number,
	    .col = (uint32_t)utf8_count((struct slice){line.ptr, from}) + 1,
	    .end_line = number,
	    .end_col = (uint32_t)utf8_count((struct slice){line.ptr, to}) + 1,
	};
}
