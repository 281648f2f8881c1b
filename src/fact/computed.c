/*
 * The computed facts of fields.h: one function each, named after its row.
 * What a list of links cannot tell for sure is unknown, never empty.
 */
#include "fact/computed.h"

#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <string.h>

/* Sure links when there are any; unknown when all are only possible. */
struct fact fact_linked(const struct links *links)
{
	if (!links->sure.n && links->possible)
		return fact_unknown();
	return fact_list(&links->sure);
}

struct fact fact_of_tri(enum tri value)
{
	return value == TRI_UNKNOWN ? fact_unknown()
				    : fact_bool(value == TRI_YES);
}

/* What a manifest says of itself; "" and NULL count as absent. */
struct fact fact_of_word(const char *text)
{
	struct fact fact = fact_text(text ? text : "");

	if (!*fact.text)
		fact.state = FACT_ABSENT;
	return fact;
}

struct fact fact_of_name(const struct manifest *manifest)
{
	struct fact fact = fact_of_word(manifest->name);

	/* It has no name yet, but messages call it something. */
	fact.text = manifest->shown_name;
	return fact;
}

/* The kind, with its place in the manifest. */
struct fact fact_of_kind(const struct manifest *manifest)
{
	struct fact fact = fact_text(manifest->kind);

	fact.line = manifest->line;
	fact.col = manifest->col;
	fact.width = manifest->width;
	return fact;
}

struct fact fact_of_namespace(
    const struct release *release, const struct manifest *manifest)
{
	return fact_of_word(manifest_namespace(release, manifest));
}

const struct workload *controller_of(const struct workload *workload)
{
	return workload->governor ? workload->governor : workload;
}

static const struct workload *rollout_of(const struct workload *workload)
{
	if (is_rollout(workload->manifest))
		return NULL;
	return workload->governor ? workload->governor
				  : workload->rollout->twin;
}

/* What needs only the entity. */

SIMPLE(manifest, group, fact_of_word(manifest->group))
SIMPLE(manifest, version, fact_of_word(manifest->version))
SIMPLE(manifest, kind, fact_of_kind(manifest))
SIMPLE(manifest, name, fact_of_name(manifest))
SIMPLE(manifest, owner, fact_of_word(manifest->seldom->owner_name))
SIMPLE(manifest, raw, fact_entity(manifest->seldom->raw))
SIMPLE(container, raw, fact_entity(container->seldom->raw))
SIMPLE(workload, raw, fact_entity(workload->manifest->seldom->raw))
SIMPLE(manifest, is_live, fact_bool(manifest->is_live))
SIMPLE(manifest, source, fact_of_word(manifest->source))

struct fact fact_manifest_install_only(
    const struct release *release, const struct manifest *manifest)
{
	const struct map *names = release->evidence.install_only;

	return fact_bool(names && *manifest->source &&
			 map_find(names, slice_of(manifest->source)));
}

SIMPLE(manifest, earlier, fact_entity(manifest->seldom->earlier))

struct fact fact_manifest_namespace(
    const struct release *release, const struct manifest *manifest)
{
	return fact_of_namespace(release, manifest);
}

SIMPLE(workload, manifest, fact_entity(workload->manifest))
SIMPLE(workload, kind, fact_of_kind(workload->manifest))
SIMPLE(workload, group, fact_of_word(workload->manifest->group))
SIMPLE(workload, name, fact_of_name(workload->manifest))
SIMPLE(workload, is_rollout, fact_bool(is_rollout(workload->manifest)))
SIMPLE(workload, long_running, fact_bool(runs_on(workload)))
SIMPLE(workload, governor, fact_entity(workload->governor))
SIMPLE(workload, rollout, fact_entity(rollout_of(workload)))
SIMPLE(workload, controller, fact_entity(controller_of(workload)))
SIMPLE(workload, containers, fact_list(&workload->container_list))

struct fact fact_workload_namespace(
    const struct release *release, const struct workload *workload)
{
	return fact_of_namespace(release, workload->manifest);
}

struct fact fact_workload_labels(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return (struct fact){
	    .labels = &workload->template_owner->labels,
	    .state = FACT_KNOWN,
	    .has_value = true,
	};
}

/* Nothing but a ReplicationController and a DeploymentConfig gets a selector
 * made from its labels when it has none. */
static bool needs_selector(const struct workload *workload)
{
	return workload->kind->is_controller &&
	       !workload->kind->selector_is_map &&
	       RARE_FACT(workload, workload_ref).state != FACT_KNOWN;
}

struct fact fact_workload_selector_matches(
    const struct release *release, const struct workload *workload)
{
	const struct selector *selector = &workload->pod_selector;
	const struct workload *owner = workload->template_owner;

	(void)release;
	if (!selector->given || !selector->n)
		return fact_bool(!needs_selector(workload));
	if (!workload->kind->is_controller)
		return fact_bool(true);
	/* A workloadRef whose Deployment is elsewhere. */
	if (!owner->has_template)
		return fact_unknown();
	return fact_bool(selector_matches(selector, &owner->labels));
}

struct fact fact_workload_selector_valid(
    const struct release *release, const struct workload *workload)
{
	(void)release;
	return fact_bool(!workload->pod_selector.invalid);
}

/* A DaemonSet has as many pods as nodes, whatever wants to scale it. */
static bool has_no_count(const struct workload *workload)
{
	return workload->kind->group && !workload->kind->has_replicas;
}

bool is_scaled_to_zero(const struct workload *workload)
{
	const struct workload *controller = controller_of(workload);

	return controller->kind->has_replicas &&
	       controller->replicas.state == FACT_KNOWN &&
	       !controller->replicas.integer &&
	       controller->autoscaled.state == FACT_ABSENT;
}

SIMPLE(workload, scaled_to_zero, fact_bool(is_scaled_to_zero(workload)))

SIMPLE(container, workload, fact_entity(container->workload))
SIMPLE(container, image_name, fact_of_word(container->image_name))
SIMPLE(container, image_tag, fact_of_word(container->image_tag))
SIMPLE(container, image_digest, fact_of_word(container->image_digest))
SIMPLE(container, drifted, fact_entity(container->seldom->drifted))
SIMPLE(container, sidecar, fact_bool(container->is_init))

SIMPLE(problem, manifest, fact_entity(problem->part.manifest))
SIMPLE(problem, workload, fact_entity(problem->part.workload))

struct fact fact_workload_effective_replicas(
    const struct release *release, const struct workload *workload)
{
	const struct fact *autoscaled = &workload->autoscaled;

	(void)release;
	/* Its Rollout scales it down; nobody runs it by itself. */
	if (workload->governor || has_no_count(workload))
		return fact_unknown();
	if (autoscaled->state != FACT_ABSENT)
		return *autoscaled;
	if (!workload->kind->has_replicas ||
	    workload->replicas.state == FACT_UNKNOWN)
		return fact_unknown();
	return workload->replicas;
}
