/*
 * Verdicts: what became of each thing that the contract's profile demands, and
 * whether the release may be deployed.
 */
#ifndef DIAG_VERDICT_H
#define DIAG_VERDICT_H

#include "diag/span.h"

#include <stddef.h>

enum verdict_status {
	VERDICT_HOLDS,
	VERDICT_VIOLATED,
	VERDICT_UNCHECKED, /* nothing given could decide it */
	VERDICT_NOT_ASKED, /* a flag that is false, an empty list */
};

/* "holds", "violated", "not checked", "not asked". */
const char *verdict_status_name(enum verdict_status status);

struct verdict {
	const char *clause; /* the contract's field: "requiredToggles" */
	const char *value;  /* "hpa.enabled=true"; "" for no item */
	struct place asked; /* in the contract */
	enum verdict_status status;
	const char *rule;   /* violated: the id of the first finding's rule, */
	struct place place; /* and where that is; holds: the place that shows
			       it, of evidence; else none */
	size_t nothers;	    /* violated: further findings */
	uint32_t breach;    /* violated: the demand of those, from 1 */
	const char *remark; /* unchecked: why, and what to pass; violated: why
			       it does not count; "" */
};

/* One for each demand of a profile, in the order of the contract. */
struct verdicts {
	const struct verdict *items;
	size_t n;
	const char *profile; /* its id */
	const char
	    *sentence; /* "prod: governed rollout, BLOCKED by 3 errors" */
	bool allowed;
};

#endif
