/* Bytes -> the lines that are asked for; all others are passed over. */
#include "input/picking.h"

#include <string.h>

/* A longer line is no use to look at (JSON of a whole object in one). */
#define LONGEST_LINE 4096

/* A line without its LF, cut past LONGEST_LINE, for the quotes of it. */
static void give(struct picking *picking, struct slice line, bool is_ended)
{
	bool has_cr = line.len && line.ptr[line.len - 1] == '\r';
	const char *kept = NULL;

	line.len -= has_cr;
	/* With a NUL in it the line would end early. */
	if (line.len && line.len <= LONGEST_LINE &&
	    !memchr(line.ptr, '\0', line.len))
		kept = slice_copy(picking->arena, line).ptr;
	while (picking->n &&
	       picking->quotes->place->span.line == picking->line) {
		const struct quote *quote = picking->quotes++;

		picking->n--;
		if (kept)
			*quote->ret_line = kept;
		if (quote->ret_crlf)
			*quote->ret_crlf = is_ended && has_cr;
	}
}

/* One that is asked for, or the part of it that is there. */
static void take(struct picking *picking, struct slice line, bool is_ended)
{
	size_t room = LONGEST_LINE + 1 - picking->begun.len;

	line.len = line.len < room ? line.len : room;
	if (is_ended && !picking->begun.len) {
		give(picking, line, true);
		return;
	}
	buf_add_slice(&picking->begun, line);
	if (is_ended) {
		give(picking, buf_slice(&picking->begun), true);
		buf_clear(&picking->begun);
	}
}

void picking_add(struct picking *picking, struct slice bytes)
{
	while (picking->n && bytes.len) {
		const char *end = memchr(bytes.ptr, '\n', bytes.len);
		size_t len = end ? (size_t)(end - bytes.ptr) : bytes.len;

		if (picking->quotes->place->span.line == picking->line)
			take(picking, (struct slice){bytes.ptr, len}, end);
		if (!end)
			return;
		picking->line++;
		bytes = slice_after(bytes, len + 1);
	}
}

void picking_finish(struct picking *picking)
{
	if (picking->n && picking->begun.len)
		give(picking, buf_slice(&picking->begun), false);
	buf_release(&picking->begun);
}
