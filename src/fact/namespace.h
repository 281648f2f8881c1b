/*
 * Which namespace an object is in, as far as that is known.
 */
#ifndef FACT_NAMESPACE_H
#define FACT_NAMESPACE_H

#include "fact/model.h"

/* The namespace of an object, that of the release when it gives none; "" when
 * neither is known. */
const char *manifest_namespace(
    const struct release *release, const struct manifest *manifest);

/* Whether two objects are in one namespace. */
enum tri namespaces_equal(const struct release *release,
    const struct manifest *a, const struct manifest *b);

/* Name and namespace as the key of a map, in text: objects of one key are
 * surely in one namespace. */
struct slice object_key(
    struct buf *text, const char *name, const char *namespace);

/* The place of that key in a map, as of map_slot(); text is what the key is
 * made in, arena keeps it where it is new. */
void **object_slot(struct map *map, struct arena *arena, struct buf *text,
    const char *name, const char *namespace);

#endif
