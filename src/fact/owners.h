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

/* Defines ENTITY_query(), the query of what asks for the labels of pods. */
#define QUERY_BY_LABELS(entity)                                           \
	static struct query entity##_query(const void *owner)             \
	{                                                                 \
		const struct entity *entity = owner;                      \
                                                                          \
		return (struct query){.selector = &entity->pod_selector}; \
	}

/* In place of an offset: the owners keep no links. */
#define NO_LINKS SIZE_MAX

/* One kind of owners.  Offsets are those of a struct links. */
struct relation {
	enum entity_kind owner;
	size_t links; /* in the owner, or NO_LINKS */
	size_t back;  /* in the workload, or in its struct workload_across */
	struct query (*query)(const void *owner);
	bool is_across; /* it is in the latter, and whoever may be in the same
			   namespace is asked for as surely as who is */
};

/*
 * Links all owners of a relation to the workloads they ask for, and these back
 * to them in the order of the stream.  Of one workload only so many owners are
 * kept; when there are more, it has possible ones.  The workloads are those of
 * the index, which may be one of another release.
 */
void link_owners(struct release *release, const struct index *index,
    const struct relation *relation);

#endif
