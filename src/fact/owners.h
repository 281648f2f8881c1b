/*
 * Links between objects and the workloads they ask for.
 */
#ifndef FACT_OWNERS_H
#define FACT_OWNERS_H

#include "fact/index.h"

/* What an owner of links asks for in its namespace: pods by their labels or,
 * without a selector, a workload by its name. */
struct query {
	const struct selector *selector;
	const char *group; /* NULL: any */
	const char *kind, *name;
};

/* One kind of owners.  Offsets are those of a struct links. */
struct relation {
	enum entity_kind owner;
	size_t links; /* in the owner */
	size_t back;  /* in the workload */
	struct query (*query)(const void *owner);
};

/*
 * Links all owners of a relation to the workloads they ask for, and these back
 * to them in the order of the stream.  Of one workload only so many owners are
 * kept; when there are more, it has possible ones.
 */
void link_owners(struct release *release, const struct index *index,
    const struct relation *relation);

#endif
