/*
 * Relations: who selects whom, who scales whom, who claims the same pods.
 */
#ifndef FACT_RELATE_H
#define FACT_RELATE_H

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

/* Whether two objects are in one namespace. */
enum tri namespaces_equal(const struct release *release,
    const struct manifest *a, const struct manifest *b);

/* Name and namespace as the key of a map, in text: objects of one key are
 * surely in one namespace. */
struct slice object_key(
    struct buf *text, const char *name, const char *namespace);

/* The workloads that have an update, of all workloads. */
struct entity_list list_updates(
    struct arena *arena, const struct entity_list *workloads);

/* A fact that was written in the document of another object. */
struct fact fact_at(struct fact fact, const struct manifest *manifest,
    uint32_t line, uint32_t col, uint32_t width);

/* How long the application of each container says it drains, and how long it
 * waits for its turn to end. */
void relate_drains(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* When a container has drained, as far as anybody can tell. */
int64_t drain_end(const struct container *drain);

/* Makes the claims of what was collected known to the release by name. */
void claims_index(
    struct release *release, struct facts *const *facts, size_t nfacts);

/* The namespace of an object, that of the release when it gives none; "" when
 * neither is known. */
const char *manifest_namespace(
    const struct release *release, const struct manifest *manifest);

/* The workload that the release is about, or NULL; its Services must be known.
 */
const struct workload *main_workload(const struct release *release);

/* Finds the ports of Services that NetworkPolicies let nobody reach; both must
 * be linked. */
void relate_network(struct release *release);

/* Spells the ports that a Service does not find, after relate_served(). */
void relate_service_ports(struct release *release);

/* Finds which containers requests reach; Services must be linked. */
void relate_served(struct release *release);

/* Gathers the workloads that the same rules of NetworkPolicies do the same to.
 */
void relate_shared_rules(struct release *release);

/* Finds the objects that autoscalers name, and those that name the same; their
 * links must be known. */
void relate_targets(struct release *release);

/* Counts the pods of disruption budgets, once the autoscalers are linked. */
void relate_budgets(struct release *release);

/* Finds what monitors select; all templates must be known. */
void relate_monitors(struct release *release, const struct index *index);

/* Finds controllers that claim the same pods; links to autoscalers must be
 * known. */
void relate_rivals(struct release *release, const struct index *index);

/* Finds containers that run different images of one name, but for those of
 * warmups that relate_shares() has found. */
void relate_images(struct release *release);

/* Lists what the contract is held against beside the objects: toggles, the
 * matrix's entries of the profile, the files of scenarios. */
void relate_evidence(struct release *release);
struct entity_list list_toggles(struct release *release);

/* The fact as it is written at a place of any file. */
struct fact fact_placed(struct fact fact, struct place place);

/* Finds pods whose requests are not of the class that the contract expects;
 * containers must be listed. */
void relate_classes(struct release *release);

/* Finds what may fill requests in. */
void relate_limits(struct release *release);

/* The claim that a pod of the workload mounts by that name; NULL when none is
 * surely in its namespace: it may be another one's. */
const struct claim *find_claim(const struct release *release,
    const struct workload *workload, const char *name);

/* Whether a workload runs until it is replaced. */
bool runs_on(const struct workload *workload);

/* Which Services send requests; all Services must be known. */
void relate_reach(struct release *release);

/* When objects of the stream are applied: notes whether it is for Argo CD. */
void relate_schedules(struct release *release);

/* The phase in which an object is applied. */
enum phase manifest_phase(const struct release *release,
    const struct manifest *manifest, enum occasion event);

/* The wave of Argo CD it is in; a hook of Helm's has its weight. */
int64_t manifest_wave(const struct manifest *manifest);

/* Finds what pods need, and which of it comes too late. */
void relate_needs(struct release *release);

/* When warmups run; references and schedules must be known. */
void relate_warmups(struct release *release);

/* What Jobs that warm up share with the workloads: claims and images. */
void relate_shares(struct release *release);

/* Finds the objects that Rollouts name; all templates must be known. */
void relate_references(struct release *release);

/* Why Rollouts cannot use the objects they name, once these are found. */
void relate_refusals(struct release *release);

/* Pairs Rollouts with Deployments for the same pods, and compares them; all
 * rivals must be known. */
void relate_twins(struct release *release);

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

#endif
