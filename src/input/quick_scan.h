/* Within a line: scalars, flow collections, and which texts are looked at. */
#ifndef INPUT_QUICK_SCAN_H
#define INPUT_QUICK_SCAN_H

#include "input/quick.h"

/* Longer keys are no keys to libyaml, which allows 1024 bytes. */
enum { MOST_KEY = 1000 };

/* What a text is made of. */
struct quick_bytes {
	bool is_ascii;
	bool has_tab;
};

/* Whether all of the text is UTF-8 without anything that libyaml refuses or
 * takes for the end of a line, LF aside. */
bool quick_accepts(struct slice text, struct quick_bytes *ret_bytes);

/* A line being read. */
struct quick_line {
	struct slice text;	  /* all lines */
	size_t start, end;	  /* of the line, without its LF */
	uint32_t number;	  /* of the line */
	struct quick_bytes bytes; /* of all of text */
	struct quick_events *out; /* where events are added */
};

/* Characters of UTF-8. */
size_t quick_count_chars(const char *from, const char *to);

/* Where the bytes from..to of the line are. */
static inline struct span quick_span(
    const struct quick_line *line, size_t from, size_t to)
{
	const char *start = line->text.ptr + line->start;
	size_t before = from - line->start, len = to - from;

	if (!line->bytes.is_ascii) {
		before = quick_count_chars(start, line->text.ptr + from);
		len = quick_count_chars(
		    line->text.ptr + from, line->text.ptr + to);
	}
	return (struct span){line->number, (uint32_t)before + 1, line->number,
	    (uint32_t)(before + len) + 1};
}

/* What an event of this reader has of what few have. */
extern const struct event_seldom quick_no_seldom;

/* Adds an event for the bytes from..to of the line. */
static inline struct event *quick_add(
    const struct quick_line *line, enum event_type type, size_t from, size_t to)
{
	struct quick_events *out = line->out;
	struct event *event;

	out->items = grow(out->items, out->n, &out->cap, sizeof(*out->items));
	event = &out->items[out->n++];
	*event = (struct event){
	    .span = quick_span(line, from, to),
	    .type = (uint8_t)type,
	    .seldom = &quick_no_seldom,
	};
	return event;
}

/* The byte behind the blanks at a byte of the line, which is one. */
size_t quick_skip_more(const struct quick_line *line, size_t at);

/* The byte behind the blanks at a byte of the line, if any. */
static inline size_t quick_skip_blanks(const struct quick_line *line, size_t at)
{
	return at < line->end && line->text.ptr[at] == ' '
		   ? quick_skip_more(line, at)
		   : at;
}

/* Whether nothing but blanks and a comment is behind a byte of the line, which
 * ends a token. */
bool quick_is_rest_empty(const struct quick_line *line, size_t at);

/* A scalar in the line. */
struct quick_scalar {
	size_t at, end;	      /* with its quotes */
	struct slice written; /* without them */
	enum quick_style style;
	bool plain;
};

/* The scalar that begins at a byte of the line, plain or in quotes; its event
 * is the caller's to add.  False: not for this reader, or no scalar. */
bool quick_scan_scalar(const struct quick_line *line, size_t at, bool in_flow,
    struct quick_scalar *ret_scalar);

/* Adds that scalar as an event. */
void quick_add_scalar(
    const struct quick_line *line, const struct quick_scalar *scalar);

/* Adds the events of a flow collection that begins there, and moves line to the
 * line that it ends in. */
bool quick_scan_flow(struct quick_line *line, size_t at, size_t *ret_end);

#endif
