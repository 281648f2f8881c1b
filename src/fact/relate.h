/*
 * Relations: who selects whom, who scales whom, who claims the same pods.
 */
#ifndef FACT_RELATE_H
#define FACT_RELATE_H

#include "diag/passage.h"
#include "fact/index.h"

/*
 * Makes the release of what was collected: facts[0..n) by as many workers, in
 * the order of the stream within each.  Links all entities.  Cost grows with
 * the entities and their links, not with the product of entities.  The facts
 * and the evidence (NULL: none) must outlive the release; release_free() gives
 * back its own memory.
 */
struct release *release_new(struct facts *const *facts, size_t nfacts,
    const struct settings *settings, const struct profile *profile,
    const struct evidence *evidence, const char *namespace,
    const struct origin *const *origins);
void release_free(struct release *release);

/* Holds a release against the one that runs now, which must outlive it: lists
 * what changes.  Both must have been made with settings that compare. */
void release_compare(struct release *release, struct release *previous);

/* Of a release that was compared; is_back: of the way back to the one that
 * runs. */
struct passage release_passage(const struct release *release, bool is_back);

/* The workload that the release is about, or NULL; its Services must be known.
 */
const struct workload *main_workload(const struct release *release);

/* How many objects are of kinds whose fields the program does not know. */
size_t release_undescribed_count(const struct release *release);

/* The facts of the rows of the release itself. */
CORE_RELEASE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
