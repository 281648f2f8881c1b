/*
 * What computed facts are made of.
 */
#ifndef FACT_COMPUTED_H
#define FACT_COMPUTED_H

#include "fact/model.h"

/* A fact that was written in the document of another object. */
struct fact fact_at(struct fact fact, const struct manifest *manifest,
    uint32_t line, uint32_t col, uint32_t width);

/* The fact as it is written at a place of any file. */
struct fact fact_placed(struct fact fact, struct place place);

/*
 * Facts that need only the entity.  expression is over the entity, named as
 * the row names it.
 */
#define SIMPLE(entity, field, expression)                                 \
	struct fact fact_##entity##_##field(                              \
	    const struct release *release, const STRUCT_##entity *entity) \
	{                                                                 \
		(void)release;                                            \
		return expression;                                        \
	}

#endif
