/*
 * Whether one release can be applied over another, in a word and a reason.
 */
#ifndef FACT_PASSAGE_H
#define FACT_PASSAGE_H

/* How a release gets over the one that runs. */
enum passage_verdict {
	PASSAGE_FREE,	 /* nothing is refused */
	PASSAGE_UNKNOWN, /* it depends on what else is in the cluster */
	PASSAGE_BY_ONE,	 /* only Helm 4 is refused */
	PASSAGE_REFUSED,
};

struct passage {
	enum passage_verdict verdict;
	const char *because; /* "" when it is free */
};

#endif
