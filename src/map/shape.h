/*
 * What can be told of a stretch of a template before it is compiled.
 */
#ifndef MAP_SHAPE_H
#define MAP_SHAPE_H

#include "helm/template.h"

/* Whether a structure has nothing in it that prints: it fails, or assigns. */
bool prints_nothing(const struct template_part *control);

/* Whether the first thing a helper prints is not inside a structure; part is
 * the first of its body. */
bool begins_plainly(const struct template_part *part);

/* Whether the rounds of a loop may end in a structure. */
bool may_leave(const struct template_part *control);

#endif
