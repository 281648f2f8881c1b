/*
 * The computed facts of fields.h: one function each, named after its row.
 * What a list of links cannot tell for sure is unknown, never empty.
 */
#include "fact/computed.h"

#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/selector.h"

#include <string.h>

static void place_clause(struct fact *fact, struct span span)
{
	fact->line = span.line;
	fact->col = span.col;
	fact->width = span.end_line == span.line ? span.end_col - span.col : 1;
}

/* A text that may be absent: "" has no place and counts as not there. */
static struct fact clause(const struct clause_text *clause)
{
	struct fact fact = fact_text(clause->text ? clause->text : "");

	if (!clause->text)
		fact.state = FACT_ABSENT;
	place_clause(&fact, clause->place.span);
	return fact;
}

static struct fact clause_flag(const struct clause_bool *clause)
{
	struct fact fact = fact_bool(clause->value);

	if (!place_known(clause->place))
		fact.state = FACT_ABSENT;
	place_clause(&fact, clause->place.span);
	return fact;
}

/* Sure links when there are any; when all are only possible, nobody knows. */
static struct fact linked(const struct links *links)
{
	if (!links->sure.n && links->possible)
		return fact_unknown();
	return fact_list(&links->sure);
}

static struct fact fact_tri(enum tri value)
{
	return value == TRI_UNKNOWN ? fact_unknown()
				    : fact_bool(value == TRI_YES);
}

/* What a manifest says of itself; "" and NULL count as absent. */
static struct fact own_text(const char *text)
{
	struct fact fact = fact_text(text ? text : "");

	if (!*fact.text)
		fact.state = FACT_ABSENT;
	return fact;
}

static struct fact name_of(const struct manifest *manifest)
{
	return own_text(manifest->name);
}

/* The kind, with its place in the manifest. */
static struct fact kind_of(const struct manifest *manifest)
{
	struct fact fact = fact_text(manifest->kind);

	fact.line = manifest->line;
	fact.col = manifest->col;
	fact.width = manifest->width;
	return fact;
}

static struct fact namespace_of(
    const struct release *release, const struct manifest *manifest)
{
	return own_text(manifest_namespace(release, manifest));
}

static bool has_port(const struct workload *workload)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (workload->containers[i].nports)
			return true;
	}
	return false;
}

static const struct workload *controller_of(const struct workload *workload)
{
	return workload->governor ? workload->governor : workload;
}

/* What needs only the entity. */

SIMPLE(contract, id, clause(&contract->id))
SIMPLE(contract, suite, clause(&contract->suite))
SIMPLE(contract, values_file, clause(&contract->values_file))
SIMPLE(contract, rollout_mode, clause(&contract->rollout_mode))
SIMPLE(contract, warmup_required, clause_flag(&contract->warmup_required))
SIMPLE(contract, readiness_path_required,
    clause_flag(&contract->readiness_path_required))
SIMPLE(contract, intendedUse, clause(&contract->intended_use))
SIMPLE(
    contract, networkPolicyModeRequired, clause(&contract->network_policy_mode))
SIMPLE(contract, hpaPolicyRequired, clause(&contract->hpa_policy))
SIMPLE(contract, expectedResourcesClass, clause(&contract->resources_class))
SIMPLE(contract, prod_like, fact_bool(profile_is_prod_like(contract)))
SIMPLE(contract, dev_like, fact_bool(profile_is_dev_like(contract)))

SIMPLE(manifest, group, own_text(manifest->group))
SIMPLE(manifest, version, own_text(manifest->version))
SIMPLE(manifest, kind, kind_of(manifest))
SIMPLE(manifest, name, name_of(manifest))
SIMPLE(manifest, source, own_text(manifest->source))
SIMPLE(manifest, earlier, fact_entity(manifest->earlier))

struct fact fact_manifest_namespace(
    const struct release *release, const struct manifest *manifest)
{
	return namespace_of(release, manifest);
}

SIMPLE(workload, manifest, fact_entity(workload->manifest))
SIMPLE(workload, kind, kind_of(workload->manifest))
SIMPLE(workload, group, own_text(workload->manifest->group))
SIMPLE(workload, name, name_of(workload->manifest))
SIMPLE(workload, is_rollout, fact_bool(is_rollout(workload->manifest)))
SIMPLE(workload, long_running, fact_bool(runs_on(workload)))
SIMPLE(workload, declares_ports, fact_bool(has_port(workload->template_owner)))
SIMPLE(workload, governor, fact_entity(workload->governor))
SIMPLE(workload, controller, fact_entity(controller_of(workload)))
SIMPLE(workload, containers, fact_list(&workload->container_list))
SIMPLE(workload, services, linked(&workload->services))
SIMPLE(workload, autoscalers, linked(&workload->autoscalers))
SIMPLE(workload, pdbs, linked(&workload->pdbs))
SIMPLE(workload, networkpolicies, linked(&workload->networkpolicies))
SIMPLE(workload, rivals, fact_list(&workload->rivals))
SIMPLE(workload, steps, fact_list(&workload->steps))
SIMPLE(workload, warmup, fact_entity(workload->warmup))
SIMPLE(workload, twin, fact_entity(workload->twin))
SIMPLE(workload, drift, workload->difference)

struct fact fact_workload_namespace(
    const struct release *release, const struct workload *workload)
{
	return namespace_of(release, workload->manifest);
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
	       workload->workload_ref.state != FACT_KNOWN;
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

struct fact fact_workload_effective_replicas(
    const struct release *release, const struct workload *workload)
{
	const struct links *scalers = &workload->autoscalers;
	const struct autoscaler *fewest = NULL;

	(void)release;
	/* Its Rollout scales it down; nobody runs it by itself. */
	if (workload->governor || has_no_count(workload) ||
	    (scalers->possible && !scalers->sure.n))
		return fact_unknown();
	for (size_t i = 0; i < scalers->sure.n; i++) {
		const struct autoscaler *scaler = scalers->sure.items[i];

		if (scaler->min_replicas.state == FACT_UNKNOWN)
			return fact_unknown();
		if (!fewest ||
		    scaler->min_replicas.integer < fewest->min_replicas.integer)
			fewest = scaler;
	}
	/* Its place is in another document, maybe another file. */
	if (fewest)
		return fact_int(fewest->min_replicas.integer);
	if (!workload->kind->has_replicas ||
	    workload->replicas.state == FACT_UNKNOWN)
		return fact_unknown();
	return workload->replicas;
}

/* The API refuses what is negative or over 32 bits. */
static bool is_count(const struct fact *fact)
{
	return fact->state != FACT_UNKNOWN && fact->has_value &&
	       fact->integer >= 0 && fact->integer <= INT32_MAX;
}

struct fact fact_workload_ready_within_seconds(
    const struct release *release, const struct workload *workload)
{
	const struct workload *controller = controller_of(workload);
	const struct fact *deadline = &controller->progress_deadline_seconds;
	const struct fact *min_ready = &controller->min_ready_seconds;

	(void)release;
	if (!controller->kind->has_deadline)
		return (struct fact){.state = FACT_ABSENT};
	if (!is_count(deadline) || !is_count(min_ready))
		return fact_unknown();
	return fact_int(deadline->integer - min_ready->integer);
}

SIMPLE(container, workload, fact_entity(container->workload))
SIMPLE(container, image_name, own_text(container->image_name))
SIMPLE(container, image_tag, own_text(container->image_tag))
SIMPLE(container, image_digest, own_text(container->image_digest))
SIMPLE(container, drifted, fact_entity(container->drifted))
SIMPLE(container, sidecar, fact_bool(container->is_init))
SIMPLE(container, drain, fact_entity(container))
SIMPLE(container, readiness, fact_entity(container->readiness))
SIMPLE(container, liveness, fact_entity(container->liveness))
SIMPLE(container, startup, fact_entity(container->startup))

SIMPLE(probe, container, fact_entity(probe->container))
SIMPLE(probe, workload, fact_entity(probe->container->workload))
SIMPLE(probe, kind, fact_text(probe->kind))

SIMPLE(warmup, manifest, fact_entity(warmup->manifest))
SIMPLE(warmup, form, fact_text(warmup->form))

SIMPLE(step, workload, fact_entity(step->part.workload))
SIMPLE(problem, manifest, fact_entity(problem->part.manifest))
SIMPLE(problem, workload, fact_entity(problem->part.workload))
SIMPLE(reference, workload, fact_entity(reference->part.workload))
SIMPLE(reference, found, fact_tri(reference->found))
SIMPLE(reference, object, fact_entity(reference->object))
SIMPLE(reference, refusal, reference->refusal)
SIMPLE(reference, service, fact_entity(reference->service))
SIMPLE(reference, selects, fact_tri(reference->selects))
SIMPLE(reference, selector, own_text(reference->selector))

SIMPLE(mangled, manifest, fact_entity(mangled->manifest))

SIMPLE(service, manifest, fact_entity(service->manifest))
SIMPLE(service, name, name_of(service->manifest))
SIMPLE(service, workloads, linked(&service->workloads))

SIMPLE(monitor, manifest, fact_entity(monitor->manifest))
SIMPLE(monitor, kind, kind_of(monitor->manifest))
SIMPLE(monitor, name, name_of(monitor->manifest))
SIMPLE(autoscaler, manifest, fact_entity(autoscaler->manifest))
SIMPLE(autoscaler, kind, kind_of(autoscaler->manifest))
SIMPLE(autoscaler, name, name_of(autoscaler->manifest))
SIMPLE(autoscaler, targets, linked(&autoscaler->target.workloads))
SIMPLE(autoscaler, target_group, own_text(autoscaler->target.group))
SIMPLE(autoscaler, target_found, fact_tri(autoscaler->target.found))
SIMPLE(autoscaler, namesake, fact_entity(autoscaler->target.namesake))
SIMPLE(autoscaler, rival, fact_entity(autoscaler->target.autoscaler))
SIMPLE(vpa, manifest, fact_entity(vpa->manifest))
SIMPLE(vpa, name, name_of(vpa->manifest))
SIMPLE(vpa, targets, linked(&vpa->target.workloads))
SIMPLE(vpa, target_group, own_text(vpa->target.group))
SIMPLE(vpa, target_found, fact_tri(vpa->target.found))
SIMPLE(vpa, namesake, fact_entity(vpa->target.namesake))

SIMPLE(pdb, manifest, fact_entity(pdb->manifest))
SIMPLE(pdb, name, name_of(pdb->manifest))
SIMPLE(pdb, workloads, linked(&pdb->workloads))
SIMPLE(pdb, selector_valid, fact_bool(!pdb->pod_selector.invalid))

SIMPLE(networkpolicy, manifest, fact_entity(networkpolicy->manifest))
SIMPLE(networkpolicy, name, name_of(networkpolicy->manifest))
SIMPLE(networkpolicy, workloads, linked(&networkpolicy->workloads))
