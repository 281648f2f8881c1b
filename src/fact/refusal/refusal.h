/*
 * What the API server refuses in an object of a kind that it serves.
 */
#ifndef FACT_REFUSAL_REFUSAL_H
#define FACT_REFUSAL_REFUSAL_H

#include "fact/problem.h"

struct refusal {
	struct part part;
	REFUSAL_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Keeps a refusal for each fault of the object. */
void collect_refusals(struct facts *facts, const struct node *object,
    const struct manifest *manifest);

/* Whether the program knows the fields of the object's kind. */
bool is_described(const struct manifest *manifest);

/* What a rule asks of it. */
REFUSAL_RELEASE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
REFUSAL_MANIFEST_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
REFUSAL_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
