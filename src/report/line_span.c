/* Spans made valid, and the parts of lines they cover. */
#include "report/line_span.h"

struct slice line_from(struct slice line, uint32_t col)
{
	uint32_t code;

	while (--col && line.len) {
		size_t step = utf8_next(line, &code);

		line = (struct slice){line.ptr + step, line.len - step};
	}
	return line;
}

struct slice line_covered(struct slice line, struct span span)
{
	struct slice part = line_from(line, span.col);

	part.len -= line_from(line, span.end_col).len;
	return part;
}

struct span span_made_valid(struct span span, const char *quote)
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
