/* Spans made valid, and the parts of lines they cover. */
#include "sink/region.h"

struct slice region_rest(struct slice line, uint32_t col)
{
	uint32_t code;

	while (--col && line.len) {
		size_t step = utf8_next(line, &code);

		line = (struct slice){line.ptr + step, line.len - step};
	}
	return line;
}

struct slice region_part(struct slice line, struct span span)
{
	struct slice part = region_rest(line, span.col);

	part.len -= region_rest(line, span.end_col).len;
	return part;
}

struct span region_settle(struct span span, const char *quote)
{
	span.line = span.line ? span.line : 1;
	span.col = span.col ? span.col : 1;
	if (span.end_line > span.line && quote) {
		span.end_line = span.line;
		span.end_col = (uint32_t)utf8_count(slice_of(quote)) + 1;
	}
	if (span.end_line < span.line)
		span.end_line = span.line;
	if (span.end_line == span.line && span.end_col <= span.col)
		span.end_col = span.col + 1;
	span.end_col = span.end_col ? span.end_col : 1;
	return span;
}
