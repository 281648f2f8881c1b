/*
 * The schemas of a CustomResourceDefinition while it is read.
 */
#ifndef CUSTOM_READ_STRUCTURAL_H
#define CUSTOM_READ_STRUCTURAL_H

#include "custom/custom.h"
#include "custom/structural.h"

/* Reads a schema into the reader's arena, patterns and rules into the lists of
 * version.  -1 with FILE:LINE:COL and a sentence when a part of it is not what
 * it should be, or when there is more of it than any API server stores. */
MUST_CHECK int structural_read(const struct reader *reader,
    struct custom_version *version, const struct node *node,
    const struct structural **ret_schema);

#endif
