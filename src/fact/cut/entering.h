/*
 * Within this folder: entrances while an object is read.
 */
#ifndef FACT_CUT_ENTERING_H
#define FACT_CUT_ENTERING_H

#include "fact/cut/entrances.h"

struct entering {
	const struct collection *collection;
	const struct manifest *manifest;
	const struct node *host, *class; /* or NULL */
};

/* Whether there is another release to compare with. */
bool is_comparing(const struct collection *collection);

/* Adds what leads from the host to a Service, both as they are written, or
 * NULL; a path that is left out is "/". */
struct entrance *add_entrance(const struct entering *entering,
    const struct node *path, const struct node *service);

#endif
