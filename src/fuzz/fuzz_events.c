/*
 * A fuzz target: a document, whose events must be those of libyaml, whoever
 * read it.
 */
#include "fuzz/fuzz.h"
#include "input/events.h"

#include <string.h>

static bool is_same(const struct event *a, const struct event *b)
{
	return a->type == b->type &&
	       !memcmp(&a->span, &b->span, sizeof(a->span)) &&
	       slice_eq(a->value, b->value) && a->plain == b->plain &&
	       a->block == b->block && a->literal == b->literal &&
	       slice_eq(a->seldom->anchor, b->seldom->anchor) &&
	       slice_eq(a->seldom->tag, b->seldom->tag);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct slice text = {(const char *)bytes, size};
	struct events *ours = events_new(text, 1);
	struct events *theirs = events_of_libyaml(text, 1);
	const struct event *event, *other;

	do {
		event = events_next(ours);
		other = events_next(theirs);
		if (!is_same(event, other))
			BUG("an event that libyaml has not");
	} while (event->type != EVENT_END && event->type != EVENT_ERROR);
	events_free(ours);
	events_free(theirs);
	return 0;
}
