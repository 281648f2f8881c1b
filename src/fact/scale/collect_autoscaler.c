/* What scales workloads: HorizontalPodAutoscalers and ScaledObjects. */
#include "fact/scale/scale.h"

#include "fact/problem.h"

/* The group of "apps/v1"; NULL when there is no apiVersion. */
static const char *group_of(struct facts *facts, const struct node *api_version)
{
	struct slice text;
	ptrdiff_t slash;

	if (!node_to_text(api_version, &text))
		return NULL;
	slash = slice_find(text, SLICE("/"), 0);
	return facts_text(
	    facts, (struct slice){text.ptr, slash < 0 ? 0 : (size_t)slash});
}

struct scale_target facts_target(struct facts *facts, const struct node *target,
    const char *kind_otherwise, struct fact *ret_kind, struct fact *ret_name)
{
	*ret_kind =
	    facts_node_text(facts, node_get(target, "kind"), kind_otherwise);
	*ret_name = facts_node_text(facts, node_get(target, "name"), "");
	return (struct scale_target){
	    .group = group_of(facts, node_get(target, "apiVersion"))};
}

static struct autoscaler *autoscaler_new(struct facts *facts,
    const struct node *target, const char *kind_otherwise,
    const struct manifest *manifest)
{
	struct autoscaler *autoscaler =
	    arena_alloc(&facts->arena, sizeof(*autoscaler));

	autoscaler->manifest = manifest;
	autoscaler->target = facts_target(facts, target, kind_otherwise,
	    &autoscaler->target_kind, &autoscaler->target_name);
	autoscaler->target_version =
	    facts_node_text(facts, node_get(target, "apiVersion"), NULL);
	autoscaler->target_fields = facts_fields(facts, target);
	vector_add(&facts->lists[ENTITY_autoscaler], autoscaler);
	return autoscaler;
}

void collect_hpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	struct autoscaler *autoscaler = autoscaler_new(
	    facts, node_get(spec, "scaleTargetRef"), "", manifest);

	autoscaler->hpa_name = fact_text(manifest->name);
	autoscaler->min_replicas = facts_int(node_get(spec, "minReplicas"), 1);
	autoscaler->max_replicas =
	    facts_int_or_none(node_get(spec, "maxReplicas"));
	collect_behavior(facts, node_get(spec, "behavior"), autoscaler);
	collect_metrics(facts, spec, autoscaler);
}

/* What keeps KEDA from scaling, whatever its triggers say. */
static struct fact paused_by(struct facts *facts, const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	const struct node *replicas =
	    node_get(annotations, "autoscaling.keda.sh/paused-replicas");
	const struct node *paused =
	    node_get(annotations, "autoscaling.keda.sh/paused");

	if (scalar_text(replicas).len)
		return facts_placed(
		    fact_text(facts_name(facts, replicas)), replicas);
	return slice_is(scalar_text(paused), "true")
		   ? facts_placed(fact_text("now"), paused)
		   : (struct fact){.state = FACT_ABSENT};
}

/* KEDA scales a Deployment of group apps unless told otherwise. */
void collect_scaled_object(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	struct autoscaler *autoscaler = autoscaler_new(
	    facts, node_get(spec, "scaleTargetRef"), "Deployment", manifest);

	if (!autoscaler->target.group)
		autoscaler->target.group = "apps";
	autoscaler->paused = paused_by(facts, object);
	autoscaler->min_replicas =
	    facts_int(node_get(spec, "minReplicaCount"), 0);
	autoscaler->max_replicas =
	    facts_int(node_get(spec, "maxReplicaCount"), 100);
	collect_behavior(facts,
	    node_find(spec, "advanced", "horizontalPodAutoscalerConfig",
		"behavior", NULL),
	    autoscaler);
	collect_hpa_name(facts, object, autoscaler);
	collect_triggers(facts, spec, autoscaler);
	collect_auth(facts, spec, autoscaler);
}
