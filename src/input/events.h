/*
 * YAML events with their spans: libyaml behind one file.
 */
#ifndef INPUT_EVENTS_H
#define INPUT_EVENTS_H

#include "base/text.h"
#include "diag/span.h"

enum event_type {
	EVENT_END, /* no more events: the text is used up */
	EVENT_DOCUMENT_START,
	EVENT_DOCUMENT_END,
	EVENT_ALIAS,
	EVENT_SCALAR,
	EVENT_SEQUENCE_START,
	EVENT_SEQUENCE_END,
	EVENT_MAPPING_START,
	EVENT_MAPPING_END,
	EVENT_ERROR, /* not YAML from here on; see seldom->problem */
};

/* What few events have. */
struct event_seldom {
	struct slice anchor; /* "&anchor" or the "*alias"; empty if none */
	struct slice tag;    /* as resolved by libyaml; empty if none */
	const char *problem; /* for EVENT_ERROR: one sentence */
	struct span context; /* for EVENT_ERROR: where it began, or line 0 */
	const char *doing;   /* for EVENT_ERROR: "while parsing ...", or "" */
};

/* Valid until the next events_next().  An event is small, as a document has as
 * many of them as nodes. */
struct event {
	struct span span;		   /* in the whole source */
	struct slice value;		   /* a scalar's text */
	const struct event_seldom *seldom; /* never NULL */
	uint32_t indent;      /* of a block not read yet: see input/quick.h */
	uint8_t style;	      /* of such a scalar likewise */
	uint8_t type;	      /* enum event_type */
	bool plain : 1;	      /* a scalar without quotes or block style */
	bool block : 1;	      /* a scalar whose text is on the lines below */
	bool literal : 1;     /* such a one, line by line as it is written */
	bool is_borrowed : 1; /* value is a part of the text, which stays: see
				 events_keep_text() */
};

struct events;

/*
 * Events of text, which must outlive them; its first byte is at first_line,
 * column 1.  Free with events_free().
 */
struct events *events_new(struct slice text, uint32_t first_line);
void events_free(struct events *events);

/* The text outlives all that is made of the events: values that stand in it as
 * they are need no copies. */
void events_keep_text(struct events *events);

/* The same by libyaml alone: what the quick reader is held to. */
struct events *events_of_libyaml(struct slice text, uint32_t first_line);

/*
 * The next event, which is the events' own.  After EVENT_ERROR or EVENT_END
 * only the same comes again.  JSON objects that stand one after the other are
 * separate documents.
 */
const struct event *events_next(struct events *events);

#endif
