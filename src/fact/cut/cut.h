/*
 * Who finds nobody to answer while an upgrade is on its way.
 */
#ifndef FACT_CUT_CUT_H
#define FACT_CUT_CUT_H

#include "fact/facts.h"

struct service;

/* A Service, or a worker without one, that nobody answers for at a time. */
struct cut {
	const struct manifest *manifest; /* in the new release; of what is gone
					    in the one that runs now */
	const struct service *service;	 /* that runs now; NULL for a worker */
	const struct workload *workload; /* whose pods answer now */
	const struct workload *next;	 /* whose pods will, or NULL */
	CUT_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Lists the cuts of the new release, in its arena; after compare_releases(). */
void relate_cuts(struct release *release);

/* The facts of the rows in fields.h. */
CUT_RELEASE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
CUT_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
