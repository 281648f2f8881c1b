/*
 * Excerpts: a source line into what a terminal shows of it.  Columns come in
 * as code points and are turned into display columns here and nowhere else;
 * the widths are those of a terminal whatever the locale says.
 */
#include "sink/excerpt.h"

#include "report/plain.h"

#include <stdio.h>

enum {
	TAB = 8,
	WINDOW = 160, /* display columns shown of a longer line */
	LEAD = 60,    /* of them before the caret */
};

struct range {
	uint32_t first, last;
};

/* Two columns wide: East Asian scripts, full-width forms, emoji. */
static const struct range wide[] = {
    {0x1100, 0x115F},
    {0x2E80, 0x303E},
    {0x3041, 0x4DBF},
    {0x4E00, 0xA4CF},
    {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},
    {0xF900, 0xFAFF},
    {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},
    {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6},
    {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF},
    {0x1F900, 0x1F9FF},
    {0x20000, 0x3FFFD},
};

/* No column of their own: marks that combine with what they follow. */
static const struct range combining[] = {
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200D},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
};

/* A line laid out in display columns, from 0. */
struct layout {
	struct buf text;    /* what is shown of it */
	size_t column;	    /* where the next character goes */
	size_t mark, after; /* the span: from mark up to after */
	size_t from, to;    /* the window that is shown */
};

static bool is_in(const struct range *ranges, size_t n, uint32_t code)
{
	for (size_t i = 0; i < n; i++) {
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	}
	return false;
}

static size_t width_of(uint32_t code)
{
	if (is_in(combining, COUNT_OF(combining), code))
		return 0;
	return is_in(wide, COUNT_OF(wide), code) ? 2 : 1;
}

/* Appends the first character of text as shown at column; returns the bytes
 * it took and the columns it fills. */
static size_t add_cell(
    struct buf *buf, struct slice text, size_t column, size_t *ret_width)
{
	size_t before = buf->len;
	uint32_t code;
	size_t step;

	if (text.ptr[0] == '\t') {
		*ret_width = TAB - column % TAB;
		buf_printf(buf, "%*s", (int)*ret_width, "");
		return 1;
	}
	step = plain_add_char(buf, text);
	utf8_next(text, &code);
	if (buf->len - before != step)
		*ret_width = buf->len - before; /* escaped, so all ASCII */
	else
		*ret_width = width_of(code);
	return step;
}

/* Appends a cell of width columns at layout->column, or blanks for the part of
 * it that the window cuts off. */
static void show_cell(struct layout *layout, struct slice cell, size_t width)
{
	size_t first = layout->column, last = layout->column + width;

	if (first >= layout->from && last <= layout->to) {
		buf_add_slice(&layout->text, cell);
		return;
	}
	if (first < layout->from)
		first = layout->from;
	if (last > layout->to)
		last = layout->to;
	if (first < last)
		buf_printf(&layout->text, "%*s", (int)(last - first), "");
}

/*
 * Goes through the line once: notes where the span begins and ends, and keeps
 * what lies in the window.
 */
static void lay_out(struct layout *layout, struct slice line, struct span span)
{
	struct buf cell = {0};
	size_t width;

	buf_clear(&layout->text);
	layout->column = 0;
	layout->mark = layout->after = SIZE_MAX;
	for (uint32_t col = 1; line.len; col++) {
		size_t step = add_cell(&cell, line, layout->column, &width);

		if (col == span.col)
			layout->mark = layout->column;
		if (col == span.end_col && span.end_line == span.line)
			layout->after = layout->column;
		show_cell(layout, buf_slice(&cell), width);
		layout->column += width;
		line.ptr += step;
		line.len -= step;
		buf_clear(&cell);
	}
	buf_release(&cell);
	if (layout->mark > layout->column)
		layout->mark = layout->column;
	if (layout->after > layout->column)
		layout->after = layout->column;
}

/* Moves the window of a line that is too long to where the span begins. */
static void place_window(struct layout *layout)
{
	layout->from = layout->mark > LEAD ? layout->mark - LEAD : 0;
	if (layout->from + WINDOW > layout->column)
		layout->from = layout->column - WINDOW;
	layout->to = layout->from + WINDOW;
}

/* "   12 | ", or the same without the number for what is below. */
static void add_gutter(struct buf *buf, uint32_t number, bool show)
{
	char digits[16];
	int width = snprintf(digits, sizeof(digits), "%u", number);

	buf_printf(buf, "%*s | ", width > 5 ? width : 5, show ? digits : "");
}

/* "^~~~" under the span, as far as the window goes. */
static void add_mark(struct buf *buf, const struct layout *layout)
{
	size_t last = layout->after < layout->to ? layout->after : layout->to;

	buf_add_char(buf, '^');
	for (size_t i = layout->mark + 1; i < last; i++)
		buf_add_char(buf, '~');
}

void excerpt_add(struct buf *buf, struct slice line, struct span span,
    const char *mark, const char *unmark)
{
	struct layout layout = {.to = SIZE_MAX};
	bool cut;

	while (line.len &&
	       slice_trim((struct slice){line.ptr + line.len - 1, 1}).len == 0)
		line.len--;
	lay_out(&layout, line, span);
	cut = layout.column > WINDOW;
	if (cut) {
		place_window(&layout);
		lay_out(&layout, line, span);
	}
	add_gutter(buf, span.line, true);
	buf_add_text(buf, layout.from ? "..." : "");
	buf_add_slice(buf, buf_slice(&layout.text));
	buf_add_text(buf, layout.to < layout.column ? "...\n" : "\n");
	add_gutter(buf, span.line, false);
	buf_printf(buf, "%*s%s",
	    (int)(layout.mark - layout.from) + (layout.from ? 3 : 0), "", mark);
	add_mark(buf, &layout);
	buf_printf(buf, "%s\n", unmark);
	buf_release(&layout.text);
}
