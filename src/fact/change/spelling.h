/*
 * Values spelled so that equal ones have equal texts.
 */
#ifndef FACT_CHANGE_SPELLING_H
#define FACT_CHANGE_SPELLING_H

#include "schema/given.h"
#include "schema/types.h"

/* The limits beside the requests that were spelled last, which are asked for
 * each request; zeroed before the first, released after the last. */
struct limits_beside {
	const struct node *requests;
	struct named limits;
};

struct spelling {
	struct buf *text; /* the caller's, empty */
	struct limits_beside *beside; /* the caller's, for all of an object */
	bool is_default;  /* it is what the API fills in, or what it takes for
			     nothing */
	bool is_numeric;
	double number; /* in the base unit of a quantity */
};

/* Spells a scalar that is the value of a field (NULL: unknown) in a mapping,
 * or an item of its list. */
void spell_value(struct spelling *spelling, const struct field *field,
    const struct node *node, const struct node *mapping);

void limits_release(struct limits_beside *beside);

#endif
