/*
 * Values spelled so that equal ones have equal texts.
 */
#ifndef FACT_CHANGE_SPELLING_H
#define FACT_CHANGE_SPELLING_H

#include "doc/scalar.h"
#include "schema/types.h"

struct spelling {
	struct buf *text; /* the caller's, empty */
	bool is_default;  /* it is what the API fills in, or what it takes for
			     nothing */
	bool is_numeric;
	double number; /* in the base unit of a quantity */
};

/* Spells a scalar that is the value of a field (NULL: unknown) in a mapping,
 * or an item of its list. */
void spell_value(struct spelling *spelling, const struct field *field,
    const struct node *node, const struct node *mapping);

#endif
