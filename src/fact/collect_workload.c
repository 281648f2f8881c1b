/* A workload's facts: its template, containers, probes, preStop. */
#include "fact/apply/apply.h"
#include "fact/called/called.h"
#include "fact/collect.h"
#include "fact/command/command.h"
#include "fact/computed.h"
#include "fact/config/configuration.h"
#include "fact/drain/drain.h"
#include "fact/handler.h"
#include "fact/kind.h"
#include "fact/pod/pod.h"
#include "fact/rollout/rollout.h"
#include "fact/selector.h"
#include "fact/service/backends.h"
#include "fact/service/trust.h"
#include "fact/taken/taken.h"
#include "fact/update/update.h"
#include "fact/warmup/warmup.h"

#include <string.h>

RARE(workload, workload_ref)
RARE(workload, concurrency_policy)
RARE(workload, starting_deadline_seconds)
RARE(workload, priority_class)

static const struct node *follow(
    const struct node *node, const char *const *path)
{
	while (node && *path)
		node = node_get(node, *path++);
	return node;
}

static void collect_workload_ref(
    struct facts *facts, const struct node *ref, struct workload *workload)
{
	if (!ref)
		return;
	workload_rollout(&facts->arena, workload)->workload_ref_kind =
	    facts_node_text(facts, node_get(ref, "kind"), "Deployment").text;
	KEEP_RARE(&facts->arena, workload, workload_ref,
	    facts_node_text(facts, node_get(ref, "name"), NULL));
}

static void collect_spec(
    struct facts *facts, const struct node *spec, struct workload *workload)
{
	const struct node *selector = node_get(spec, "selector");
	struct buf spelled = {0};

	workload->replicas = facts_int(node_get(spec, "replicas"), 1);
	if (!workload->kind->has_replicas)
		workload->replicas = facts_int_or_none(NULL);
	workload->min_ready_seconds =
	    facts_int(node_get(spec, "minReadySeconds"), 0);
	if (workload->kind->has_deadline)
		workload->progress_deadline_seconds =
		    facts_int(node_get(spec, "progressDeadlineSeconds"), 600);
	workload->pod_selector = workload->kind->selector_is_map
				     ? facts_map_selector(facts, selector)
				     : facts_selector(facts, selector);
	if (workload->pod_selector.given && workload->kind->is_controller) {
		selector_spell(&workload->pod_selector, &spelled);
		workload->selector = facts_placed(
		    fact_text(facts_text(facts, buf_slice(&spelled))),
		    key_of(selector));
	}
	workload->scale_down = facts_node_text(
	    facts, node_find(spec, "workloadRef", "scaleDown", NULL), "never");
	collect_workload_ref(facts, node_get(spec, "workloadRef"), workload);
	buf_release(&spelled);
}

static void collect_cron_job(
    struct facts *facts, const struct node *spec, struct workload *workload)
{
	if (!workload->kind->kind || strcmp(workload->kind->kind, "CronJob"))
		return;
	KEEP_RARE(&facts->arena, workload, concurrency_policy,
	    facts_node_text(
		facts, node_get(spec, "concurrencyPolicy"), "Allow"));
	KEEP_RARE(&facts->arena, workload, starting_deadline_seconds,
	    facts_int_or_none(node_get(spec, "startingDeadlineSeconds")));
}

/* The type of strategy or updateStrategy; a Rollout's is the key below.  What
 * such a word means to another controller is unknown. */
static void collect_strategy(
    struct facts *facts, const struct node *spec, struct workload *workload)
{
	static const char *const forms[] = {"canary", "blueGreen", NULL};
	const struct node *strategy = node_get(spec, "strategy");
	const struct node *type = node_get(strategy, "type");
	const struct node *form;
	const char *name;

	if (!workload->kind->has_strategy)
		return;
	if (is_rollout(workload->manifest)) {
		form = handler_of(strategy, forms, &name);
		if (form)
			workload->strategy = handler_fact(form, name);
		return;
	}
	if (!type)
		type = node_find(spec, "updateStrategy", "type", NULL);
	workload->strategy = facts_node_text(facts, type, "RollingUpdate");
}

static bool pod_runs_once(const struct node *pod_spec)
{
	struct slice policy;

	return node_to_text(node_get(pod_spec, "restartPolicy"), &policy) &&
	       !slice_is(policy, "Always");
}

/* The Jobs of a CronJob are NAME-TIME, those of generateName anything. */
static void name_maker(struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;
	struct label_list *labels = &workload->labels;

	if (workload->kind->is_job)
		labels->maker = MAKER_JOB;
	else if (!strcmp(manifest->kind, "StatefulSet"))
		labels->maker = MAKER_STATEFUL_SET;
	if (*manifest->name && strcmp(manifest->kind, "CronJob") != 0)
		labels->maker_name = manifest->name;
}

/* What only its pods' spec says; its containers must be known. */
static void collect_pod(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	collect_told(facts, pod_spec, workload);
	collect_host_ports(facts, pod_spec, workload);
	collect_mounted_secrets(facts, pod_spec, workload);
	collect_asked_hosts(facts, pod_spec, workload);
	collect_called_ports(facts, pod_spec, workload);
	collect_token_use(facts, pod_spec, workload);
	collect_tmpfs(facts, pod_spec, workload);
	collect_migration(facts, pod_spec, workload);
	collect_user(facts, pod_spec, workload);
	collect_claim_user(facts, pod_spec, workload);
	collect_pod_faults(pod_spec, workload);
	collect_left_out(facts, pod_spec, workload);
}

void collect_workload(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct workload_kind *kind = workload_kind_of(manifest);
	const struct node *template = follow(object, kind->template_path);
	const struct node *spec = node_get(object, "spec");
	const struct node *pod_spec = node_get(template, "spec");
	struct workload *workload =
	    arena_alloc(&facts->arena, sizeof(*workload));

	workload->manifest = manifest;
	workload->kind = kind;
	workload->seldom = &workload_without_seldom;
	workload->rollout = &workload_without_rollout;
	workload->has_template = pod_spec != NULL;
	workload->runs_once = kind->is_pod && pod_runs_once(pod_spec);
	workload->labels = facts_labels(
	    facts, node_find(template, "metadata", "labels", NULL));
	collect_mesh(facts, template, workload);
	collect_template_metadata(node_get(template, "metadata"), workload);
	collect_image_triggers(object, workload);
	name_maker(workload);
	workload->pod_fields = facts_fields(facts, pod_spec);
	workload->grace_seconds =
	    facts_int(node_get(pod_spec, "terminationGracePeriodSeconds"), 30);
	KEEP_RARE(&facts->arena, workload, priority_class,
	    facts_node_text(
		facts, node_get(pod_spec, "priorityClassName"), NULL));
	workload->host_network =
	    facts_bool(node_get(pod_spec, "hostNetwork"), false);
	if (!kind->is_pod) {
		collect_spec(facts, spec, workload);
		collect_strategy(facts, spec, workload);
		collect_cron_job(facts, spec, workload);
		collect_update(facts, spec, pod_spec, workload);
	}
	collect_containers(facts, pod_spec, workload);
	collect_fixed(facts, object, workload);
	collect_protocols(workload);
	collect_port_clashes(facts, workload);
	collect_starts(workload);
	collect_job(facts, spec, pod_spec, workload);
	collect_pod(facts, pod_spec, workload);
	collect_commands(facts, object, pod_spec, workload);
	collect_node_labels(facts, pod_spec, workload);
	collect_unending(facts, template, workload);
	collect_template_hook(facts, template, workload);
	collect_needs(facts, object, pod_spec, workload);
	collect_configuration(facts, object, template, workload);
	collect_keys(facts, pod_spec, workload);
	collect_warmups(facts, object, template, workload);
	collect_rollout(facts, object, workload);
	collect_conflicts(facts, object, workload);
	collect_governing(collection, object, manifest);
	vector_add(&facts->lists[ENTITY_workload], workload);
}
