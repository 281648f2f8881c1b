/*
 * Where entities and facts stand, what they are part of, how they are called.
 */
#ifndef FACT_ENTITY_H
#define FACT_ENTITY_H

#include "fact/model.h"

/* The place of an entity; none for the release. */
struct place entity_place(enum entity_kind kind, const void *entity);

/* What the profile demands that the entity is about alone: a toggle's item, a
 * field of both; NULL for other entities. */
const struct demand *entity_demand(enum entity_kind kind, const void *entity);

/* The path of an entity in its document, "" when it is the object itself. */
void entity_path(enum entity_kind kind, const void *entity, struct buf *buf);

/* The same with the names of list items in place of their indexes, so that it
 * stays when one is inserted: spec.template.spec.containers[name=web].env[2].
 * Of a number that was mangled: what it is the value of. */
void entity_stable_path(
    enum entity_kind kind, const void *entity, struct buf *buf);

/* A short name: "Deployment web", "container app of Deployment web". */
void entity_spell(enum entity_kind kind, const void *entity, struct buf *buf);

/* The place of a fact of an entity; none when it was not written. */
struct place fact_place(const struct release *release, enum entity_kind kind,
    const void *entity, struct fact fact);

#endif
