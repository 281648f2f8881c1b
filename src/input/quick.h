/*
 * YAML of the kind that templates print, read line by line without libyaml:
 * several times as fast, and the same events.
 *
 * What it knows: one document of block mappings and sequences, plain and quoted
 * scalars within a line, literal blocks, flow collections without comments (so
 * JSON), comments.  Whatever else there is in a text (anchors, tags, text over
 * several lines, tabs, errors) is not for it: libyaml reads the whole of it.
 */
#ifndef INPUT_QUICK_H
#define INPUT_QUICK_H

#include "base/text.h"
#include "diag/span.h"
#include "input/events.h"

/* How a scalar is written. */
enum quick_style {
	QUICK_PLAIN,
	QUICK_SINGLE,
	QUICK_DOUBLE,
	QUICK_LITERAL,	/* "|" */
	QUICK_STRIPPED, /* "|-" */
	QUICK_KEPT,	/* "|+" */
};

/* An event, its text still as it is written. */
struct quick_event {
	struct span span;
	uint32_t from, len; /* of a scalar: its bytes in the text, without
			       the quotes; of a block the lines below */
	uint32_t indent;    /* of a block: columns before its lines */
	uint8_t type;	    /* enum event_type */
	uint8_t style;	    /* of a scalar, enum quick_style */
	bool is_as_written; /* of a scalar: its bytes are its value */
};

struct quick_events {
	struct quick_event *items;
	size_t n, cap;
};

void quick_release(struct quick_events *events);

/*
 * All events of the text, EVENT_END as the last one; its first byte is at
 * first_line, column 1.  False, and no events, when it is not for this reader.
 */
bool quick_read(
    struct slice text, uint32_t first_line, struct quick_events *events);

/* The value of a scalar of the text: a part of it, or put together in buf. */
struct slice quick_value(
    struct slice text, const struct quick_event *event, struct buf *buf);

#endif
