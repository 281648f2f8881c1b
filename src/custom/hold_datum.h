/*
 * A datum held to its schema, with all that is in it.
 */
#ifndef CUSTOM_HOLD_DATUM_H
#define CUSTOM_HOLD_DATUM_H

#include "custom/datum.h"

/* Tells all that the schemas of the datum and of what is in it refuse. */
void hold_datum(struct custom_walk *walk, const struct datum *datum);

/* Tells items of a list that are there twice, where its schema says what tells
 * them apart. */
void hold_list_keys(struct custom_walk *walk, const struct datum *datum);

/* Adds what tells an item of a list from others: the key fields that it has.
 * False when it is not certain. */
bool add_item_key(
    struct buf *key, const struct structural *schema, const struct datum *item);

/* Asks the rules of the datum itself: with what it was before those about
 * changes, with NULL all others. */
void hold_own_rules(struct custom_walk *walk, const struct datum *datum,
    const struct datum *before);

/* Asks the rules of the datum and of what is in it. */
void hold_validations(struct custom_walk *walk, const struct datum *datum);

#endif
