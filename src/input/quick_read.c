/*
 * Lines -> events of blocks: what a line belongs to is told by its indentation.
 */
#include "input/quick_scan.h"

#include <string.h>

/* Blocks within each other; deeper ones are for libyaml. */
#define MOST_OPEN 64

enum block_kind {
	BLOCK_MAPPING,
	BLOCK_SEQUENCE,
	BLOCK_INDENTLESS, /* a sequence in the column of its key */
};

struct block {
	enum block_kind kind;
	size_t indent; /* columns before it */
};

struct reader {
	struct quick_line line;
	size_t next; /* where the next line begins */
	struct block open[MOST_OPEN];
	size_t depth;
	bool is_waiting;   /* a key or a "-" has no value yet; if none comes, */
	struct span empty; /* it is an empty scalar here */
};

static struct block *innermost(struct reader *reader)
{
	return reader->depth ? &reader->open[reader->depth - 1] : NULL;
}

/* Reads on to the next line; false at the end of the text. */
static bool next_line(struct reader *reader)
{
	struct quick_line *line = &reader->line;
	size_t from = reader->next;
	const char *lf;

	if (from >= line->text.len)
		return false;
	lf = memchr(line->text.ptr + from, '\n', line->text.len - from);
	line->number++;
	line->start = from;
	line->end = lf ? (size_t)(lf - line->text.ptr) : line->text.len;
	reader->next = line->end + 1;
	return true;
}

/* Whether a marker of documents stands at the line's start. */
static bool is_marker(const struct quick_line *line, const char *marker)
{
	struct slice text = {
	    line->text.ptr + line->start, line->end - line->start};

	return text.len >= 3 && text.ptr[0] == marker[0] &&
	       slice_starts(text, slice_of(marker)) &&
	       (text.len == 3 || text.ptr[3] == ' ');
}

/* A node takes the place of what was waited for, or adds what is missing. */
static void fill_in(struct reader *reader)
{
	struct event *event;

	if (!reader->is_waiting)
		return;
	event = quick_add(&reader->line, EVENT_SCALAR, reader->line.start,
	    reader->line.start);
	event->span = reader->empty;
	event->value = (struct slice){"", 0};
	event->plain = true;
	reader->is_waiting = false;
}

static void wait_behind(struct reader *reader, size_t at)
{
	reader->is_waiting = true;
	reader->empty = quick_span(&reader->line, at, at);
}

/* Ends the innermost block before a byte of the line. */
static void close_block(struct reader *reader, size_t at)
{
	bool is_mapping = innermost(reader)->kind == BLOCK_MAPPING;

	fill_in(reader);
	quick_add(&reader->line,
	    is_mapping ? EVENT_MAPPING_END : EVENT_SEQUENCE_END, at, at);
	reader->depth--;
}

static bool open_block(
    struct reader *reader, enum block_kind kind, size_t indent, size_t at)
{
	/* libyaml's events of a sequence in its key's column hold the "-". */
	size_t end = at + (kind == BLOCK_INDENTLESS);

	if (reader->depth == MOST_OPEN)
		return false;
	quick_add(&reader->line,
	    kind == BLOCK_MAPPING ? EVENT_MAPPING_START : EVENT_SEQUENCE_START,
	    at, end);
	reader->open[reader->depth++] = (struct block){kind, indent};
	reader->is_waiting = false;
	return true;
}

/* The lines of a block scalar as they are met. */
struct block_lines {
	size_t outer;	   /* columns that its lines have at least */
	ptrdiff_t indent;  /* columns before its first text; -1: none yet */
	size_t most_blank; /* columns of the blank lines before that */
};

enum belongs { BELONGS, ENDS, IS_ODD };

/* Whether a line is part of the block. */
static enum belongs take_line(
    struct block_lines *block, const struct quick_line *line)
{
	size_t at = quick_skip_blanks(line, line->start);
	ptrdiff_t indent = (ptrdiff_t)(at - line->start);

	if (at == line->end) {
		if (block->indent < 0 && (size_t)indent > block->most_blank)
			block->most_blank = (size_t)indent;
		return BELONGS;
	}
	if (block->indent >= 0 && indent >= block->indent)
		return BELONGS;
	if (line->text.ptr[at] == '\t')
		return IS_ODD;
	if (block->indent >= 0)
		return ENDS;
	block->indent = indent;
	return (size_t)indent < block->outer ? IS_ODD : BELONGS;
}

/* The lines below a "|".  Leaves the reader at the last of them. */
static bool read_block_lines(
    struct reader *reader, struct event *scalar, size_t outer)
{
	struct block_lines block = {.outer = outer, .indent = -1};
	enum belongs belongs = BELONGS;
	size_t from = reader->next;
	struct reader ahead;

	ahead.line = reader->line;
	ahead.next = reader->next;
	while (next_line(&ahead)) {
		belongs = take_line(&block, &ahead.line);
		if (belongs != BELONGS)
			break;
		reader->line = ahead.line;
		reader->next = ahead.next;
	}
	if (belongs == IS_ODD || block.indent < 0 ||
	    block.most_blank > (size_t)block.indent ||
	    reader->next > reader->line.text.len)
		return false;
	scalar->value =
	    (struct slice){reader->line.text.ptr + from, reader->next - from};
	scalar->indent = (uint32_t)block.indent;
	return true;
}

static enum quick_style style_of_block(const struct quick_line *line, size_t at)
{
	char c = at < line->end ? line->text.ptr[at] : '\n';

	return c == '-'	  ? QUICK_STRIPPED
	       : c == '+' ? QUICK_KEPT
			  : QUICK_LITERAL;
}

/* "|", "|-" or "|+" at the end of the line, and the lines below. */
static bool read_block_scalar(struct reader *reader, size_t at, size_t outer)
{
	struct quick_line *line = &reader->line;
	struct event *event = quick_add(line, EVENT_SCALAR, at, at);
	size_t behind = at + 1;

	event->block = event->literal = true;
	event->style = (uint8_t)style_of_block(line, behind);
	behind += event->style != QUICK_LITERAL;
	if (quick_skip_blanks(line, behind) != line->end ||
	    !read_block_lines(reader, event, outer))
		return false;
	event->span.end_line = line->number + 1;
	event->span.end_col = 1;
	return true;
}

/* What stands behind a "-" or a key, in the same line, or JSON. */
static bool read_value(struct reader *reader, size_t at)
{
	struct quick_line *line = &reader->line;
	struct quick_scalar scalar;
	char c = line->text.ptr[at];
	size_t end;

	reader->is_waiting = false;
	if (c == '|')
		return read_block_scalar(
		    reader, at, innermost(reader)->indent + 1);
	if (c == '[' || c == '{') {
		if (!quick_scan_flow(line, at, &end))
			return false;
		reader->next = line->end + 1;
		return quick_is_rest_empty(line, end);
	}
	if (!quick_scan_scalar(line, at, false, &scalar) ||
	    !quick_is_rest_empty(line, scalar.end))
		return false;
	quick_add_scalar(line, &scalar);
	return true;
}

/* Puts the reader into the mapping of a key in that column, which begins
 * there unless it goes on. */
static bool enter_mapping(struct reader *reader, size_t column, size_t at)
{
	struct block *block = innermost(reader);

	if (block && block->kind == BLOCK_INDENTLESS &&
	    block->indent == column) {
		close_block(reader, at);
		block = innermost(reader);
	}
	if (block && block->kind == BLOCK_MAPPING && block->indent == column) {
		fill_in(reader);
		return true;
	}
	if (block && (!reader->is_waiting || block->indent >= column))
		return false;
	if (!block && reader->line.out->n > 1)
		return false;
	return open_block(reader, BLOCK_MAPPING, column, at);
}

/* Whether a scalar that ends there is the key of a pair in a block. */
static bool is_key(
    const struct quick_line *line, const struct quick_scalar *scalar)
{
	const char *text = line->text.ptr;
	size_t end = scalar->end;

	return end < line->end && text[end] == ':' &&
	       end - scalar->at < MOST_KEY &&
	       (end + 1 == line->end || text[end + 1] == ' ');
}

/* "key:" and what is behind it, or a value that is no block. */
static bool read_pair_or_item(struct reader *reader, size_t at)
{
	const struct quick_line *line = &reader->line;
	struct block *block = innermost(reader);
	struct quick_scalar scalar;
	size_t column = at - line->start, value;

	if (!quick_scan_scalar(line, at, false, &scalar) ||
	    !is_key(line, &scalar))
		return reader->is_waiting && block->indent < column &&
		       read_value(reader, at);
	if (!enter_mapping(reader, column, at))
		return false;
	quick_add_scalar(line, &scalar);
	wait_behind(reader, scalar.end + 1);
	value = quick_skip_blanks(line, scalar.end + 1);
	return quick_is_rest_empty(line, scalar.end + 1) ||
	       read_value(reader, value);
}

/* Puts the reader into the sequence of a "-" in that column. */
static bool enter_sequence(struct reader *reader, size_t column, size_t at)
{
	struct block *block = innermost(reader);

	if (!block)
		return reader->line.out->n == 1 &&
		       open_block(reader, BLOCK_SEQUENCE, column, at);
	if (block->indent == column && block->kind != BLOCK_MAPPING) {
		fill_in(reader);
		return true;
	}
	if (!reader->is_waiting || block->indent > column)
		return false;
	return open_block(reader,
	    block->indent == column ? BLOCK_INDENTLESS : BLOCK_SEQUENCE, column,
	    at);
}

static bool is_item(const struct quick_line *line, size_t at)
{
	return line->text.ptr[at] == '-' &&
	       (at + 1 == line->end || line->text.ptr[at + 1] == ' ');
}

/* A line that begins with a token there. */
static bool read_line(struct reader *reader, size_t at)
{
	const struct quick_line *line = &reader->line;
	size_t column = at - line->start;

	if (line->out->n == 1 && strchr("[{", line->text.ptr[at]))
		return read_value(reader, at);
	while (reader->depth && innermost(reader)->indent > column)
		close_block(reader, at);
	while (is_item(line, at)) {
		if (!enter_sequence(reader, at - line->start, at))
			return false;
		wait_behind(reader, at + 1);
		if (quick_is_rest_empty(line, at + 1))
			return true;
		at = quick_skip_blanks(line, at + 1);
	}
	return read_pair_or_item(reader, at);
}

/* The document's start: "---", or its first token.  Leaves the reader at the
 * first line of its text; false when there is none. */
static bool read_start(struct reader *reader, size_t *ret_at)
{
	struct quick_line *line = &reader->line;
	bool is_explicit = false;

	while (next_line(reader)) {
		size_t at = quick_skip_blanks(line, line->start);

		if (at == line->end || line->text.ptr[at] == '#')
			continue;
		*ret_at = at;
		if (!is_marker(line, "---")) {
			if (!is_explicit)
				quick_add(line, EVENT_DOCUMENT_START, at, at);
			return true;
		}
		if (is_explicit || !quick_is_rest_empty(line, at + 3))
			return false;
		is_explicit = true;
		quick_add(line, EVENT_DOCUMENT_START, at, at + 3);
	}
	return false;
}

/* Whether what begins in the line's first column is not this document's, or
 * not for this reader. */
static bool is_frame(const struct quick_line *line)
{
	switch (line->text.ptr[line->start]) {
	case '-': return is_marker(line, "---");
	case '.': return is_marker(line, "...");
	case '%': return true;
	default: return false;
	}
}

static bool read_lines(struct reader *reader)
{
	struct quick_line *line = &reader->line;
	size_t at;

	if (!read_start(reader, &at))
		return false;
	do {
		at = quick_skip_blanks(line, line->start);
		if (at == line->end || line->text.ptr[at] == '#')
			continue;
		if (is_frame(line) || !read_line(reader, at))
			return false;
	} while (next_line(reader));
	return true;
}

/* Everything that is open ends behind the last character. */
static void read_end(struct reader *reader)
{
	struct quick_line *line = &reader->line;
	size_t len = line->text.len;

	if (reader->next == len) { /* the last line has its LF */
		line->number++;
		line->start = line->end = len;
	}
	while (reader->depth)
		close_block(reader, len);
	quick_add(line, EVENT_DOCUMENT_END, len, len);
	quick_add(line, EVENT_END, len, len);
}

bool quick_read(
    struct slice text, uint32_t first_line, struct quick_events *events)
{
	struct reader reader = {
	    .line = {.text = text, .number = first_line - 1, .out = events},
	};

	/* Most texts have fewer: a line has two or three in 30 bytes. */
	*events = (struct quick_events){.cap = text.len / 10 + 16};
	events->items = xmalloc(events->cap * sizeof(*events->items));
	if (text.len < UINT32_MAX && quick_accepts(text, &reader.line.bytes) &&
	    read_lines(&reader)) {
		read_end(&reader);
		return true;
	}
	quick_release(events);
	return false;
}
