/*
 * Resource classes: the ranges of the configuration that
 * expectedResourcesClass is held to.
 */
#ifndef RULE_CLASSES_H
#define RULE_CLASSES_H

#include "doc/reader.h"
#include "fact/facts.h"
#include "fact/settings.h"

/*
 * Reads NAME: {cpu: {min, max}, memory: {min, max}}, any of which may be left
 * out, into the settings; what they point to lives in the reader's arena.  -1
 * with the fault of reader set for what is no mapping, an unknown field or
 * class, what is no quantity, and a min above its max.
 */
MUST_CHECK int classes_read(const struct reader *reader,
    const struct node *node, struct settings *settings);

#endif
