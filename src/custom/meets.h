/*
 * Schemas that ask more of values: allOf, anyOf, oneOf and not.
 */
#ifndef CUSTOM_MEETS_H
#define CUSTOM_MEETS_H

#include "custom/datum.h"

/* Whether a datum meets what a schema asks; where that is uncertain
 * walk->is_unsure is set.  Tells what it does not meet unless is_silent. */
bool datum_meets(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent);

/* Whether a datum meets what allOf, anyOf, oneOf and not of a schema ask, as
 * above. */
bool hold_junctors(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent);

#endif
