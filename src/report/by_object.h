/*
 * The findings of a report by the object that they are about, for pages.
 */
#ifndef REPORT_BY_OBJECT_H
#define REPORT_BY_OBJECT_H

#include "report/counts.h"

/* Findings about one object; what is about none is a group, too. */
struct object_group {
	const struct subject *subject; /* NULL: they are about no object */
	const size_t *items;	       /* numbers of findings, worst first */
	size_t n;
	struct counts counts;
};

struct object_groups {
	const struct object_group *items; /* those with the worst come first */
	size_t n;
};

/*
 * Puts the findings of the report together by kind, name and file of their
 * object, those left out that another stands for; all is in the arena.  What is
 * equally bad keeps the order of the report.
 */
struct object_groups group_by_object(
    struct arena *arena, const struct report *report);

#endif
