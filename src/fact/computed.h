/*
 * What computed facts are made of.
 */
#ifndef FACT_COMPUTED_H
#define FACT_COMPUTED_H

#include "fact/model.h"

/* The facts of the core's rows; each topic declares those of its own. */
CORE_MANIFEST_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
CORE_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
CORE_CONTAINER_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
PROBLEM_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

/* Links that are sure when there are any; unknown when all are only possible.
 */
struct fact fact_linked(const struct links *links);
struct fact fact_of_tri(enum tri value);

/* What a manifest says of itself; "" and NULL count as absent. */
struct fact fact_of_word(const char *text);
struct fact fact_of_name(const struct manifest *manifest);
struct fact fact_of_namespace(
    const struct release *release, const struct manifest *manifest);

/* The kind, with its place in the manifest. */
struct fact fact_of_kind(const struct manifest *manifest);

/* What runs the pods of a workload: the Rollout whose workloadRef names it,
 * else itself. */
const struct workload *controller_of(const struct workload *workload);

/* Whether what runs the pods of a workload runs none. */
bool is_scaled_to_zero(const struct workload *workload);

/* A fact that was written in the document of another object. */
struct fact fact_at(struct fact fact, const struct manifest *manifest,
    uint32_t line, uint32_t col, uint32_t width);

/* The fact as it is written at a place of any file. */
struct fact fact_placed(struct fact fact, struct place place);

/*
 * Facts that need only the entity.  expression is over the entity, named as
 * the row names it.
 */
#define SIMPLE(entity, field, expression)                                 \
	struct fact fact_##entity##_##field(                              \
	    const struct release *release, const STRUCT_##entity *entity) \
	{                                                                 \
		(void)release;                                            \
		return expression;                                        \
	}

/* A fact that is in the entity's list of those that few have. */
#define RARE(entity, field) SIMPLE(entity, field, RARE_FACT(entity, field))

#endif
