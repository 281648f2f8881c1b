/*
 * Whether one release can be applied over another, in a word and a reason.
 */
#ifndef DIAG_PASSAGE_H
#define DIAG_PASSAGE_H

/* How a release gets over the one that runs. */
enum passage_verdict {
	PASSAGE_FREE,	 /* nothing is refused */
	PASSAGE_UNKNOWN, /* it depends on what else is in the cluster */
	PASSAGE_UNREAD,	 /* nothing is refused of what could be read */
	PASSAGE_BY_ONE,	 /* only Helm 4 is refused */
	PASSAGE_REFUSED,
};

struct passage {
	enum passage_verdict verdict;
	const char *because; /* a field and its object, or the like; "" when it
				is free or not all could be read */
};

/* To the new release, and back to the one that runs now. */
struct passages {
	struct passage forward, back;
};

#endif
