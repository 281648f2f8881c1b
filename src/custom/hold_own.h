/*
 * What a schema itself asks of a datum, apart from what is in it.
 */
#ifndef CUSTOM_HOLD_OWN_H
#define CUSTOM_HOLD_OWN_H

#include "custom/datum.h"

/* What reports take of where they are. */
struct frame frame_of(struct custom_walk *walk, const struct datum *datum);

/* Tells a value that may not be, unless silent; returns false. */
bool refuse_value(struct custom_walk *walk, const struct datum *datum,
    bool is_silent, const char *format, ...) PRINTF_LIKE(4, 5);

/* Whether a value that is not null is of a type that the schema takes, and
 * which those are, after "must be". */
bool has_json_type(const struct structural *schema, const struct node *node);
const char *json_type_words(const struct structural *schema);

/* Whether a datum of the right type is what the schema asks: one of its values,
 * within its bounds, with what is required.  Tells what it is not, unless
 * is_silent. */
bool hold_own(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent);

#endif
