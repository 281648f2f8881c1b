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

#endif
