/*
 * Conditions that a line of data cannot say: each a function, named in
 * rules/fields by "check NAME".
 */
#ifndef SCHEMA_SPECIAL_H
#define SCHEMA_SPECIAL_H

#include "schema/types.h"

/* What a check looks at: the mapping whose type has the condition. */
struct frame;

struct checking {
	const struct frame *frame;
	const struct condition *condition;
};

#endif
