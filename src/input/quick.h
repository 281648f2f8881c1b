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

/* How a scalar is written whose value is no part of the text: event->value is
 * then what is written, without the quotes, or the lines below the "|". */
enum quick_style {
	QUICK_AS_WRITTEN,
	QUICK_SINGLE,
	QUICK_DOUBLE,
	QUICK_LITERAL,	/* "|" */
	QUICK_STRIPPED, /* "|-" */
	QUICK_KEPT,	/* "|+" */
};

struct quick_events {
	struct event *items;
	size_t n, cap;
};

void quick_release(struct quick_events *events);

/*
 * All events of the text, EVENT_END as the last one; its first byte is at
 * first_line, column 1.  False, and no events, when it is not for this reader.
 */
bool quick_read(
    struct slice text, uint32_t first_line, struct quick_events *events);

/* Puts the value of a scalar that is not as it is written together in buf. */
void quick_finish(struct event *event, struct buf *buf);

#endif
