/*
 * What makes an object a hook of Helm's or of Argo CD's, as values that the
 * core compares: the events it is made for, and what removes it.  They are
 * read from annotations by hook/schedule.c.
 */
#ifndef FACT_HOOK_EVENTS_H
#define FACT_HOOK_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

/* Events of Helm, and phases of a sync of Argo CD. */
enum hook_event {
	EVENT_PRE_INSTALL = 1 << 0,
	EVENT_POST_INSTALL = 1 << 1,
	EVENT_PRE_UPGRADE = 1 << 2,
	EVENT_POST_UPGRADE = 1 << 3,
	EVENT_PRE_ROLLBACK = 1 << 4,
	EVENT_POST_ROLLBACK = 1 << 5,
	EVENT_PRE_DELETE = 1 << 6,
	EVENT_POST_DELETE = 1 << 7,
	EVENT_TEST = 1 << 8,
	EVENT_PRE_SYNC = 1 << 9,
	EVENT_SYNC = 1 << 10,
	EVENT_POST_SYNC = 1 << 11,
	EVENT_SYNC_FAIL = 1 << 12,
};

/* What removes it: the next one of its name that is made, its end. */
enum hook_removal {
	REMOVED_BY_NEXT = 1 << 0,
	REMOVED_ON_SUCCESS = 1 << 1,
	REMOVED_ON_FAILURE = 1 << 2,
};

/* All zero: no hook. */
struct hook_events {
	uint16_t events;  /* enum hook_event: those that are known */
	uint8_t removals; /* enum hook_removal: as written, or by default */
	bool given;	  /* it is a hook */
	bool is_skipped;  /* which the tool never makes: an event is unknown to
			     Helm, or all of them are to Argo CD */
};

#endif
