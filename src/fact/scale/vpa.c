/* VerticalPodAutoscalers: which requests one sets, and the autoscaler that
 * scales by a part of them. */
#include "fact/scale/scale.h"

#include "fact/computed.h"

#include <string.h>

static bool is_listed(const struct node *list, const char *word)
{
	for (size_t i = 0; i < node_length(list); i++) {
		struct slice text;

		if (node_to_text(list->items[i], &text) && slice_is(text, word))
			return true;
	}
	return false;
}

static struct vpa_policy read_policy(
    struct facts *facts, const struct node *node)
{
	const struct node *resources = node_get(node, "controlledResources");
	const char *name = facts_name(facts, node_get(node, "containerName"));
	const char *mode = facts_name(facts, node_get(node, "mode"));
	bool is_on = strcmp(mode, "Off") != 0;
	bool sets_all = node_is_null(resources);

	return (struct vpa_policy){
	    .name = strcmp(name, "*") ? name : NULL,
	    .sets_cpu = is_on && (sets_all || is_listed(resources, "cpu")),
	    .sets_memory =
		is_on && (sets_all || is_listed(resources, "memory")),
	};
}

void collect_vpa(const struct collection *collection, const struct node *object,
    const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *policies =
	    node_find(spec, "resourcePolicy", "containerPolicies", NULL);
	struct vpa *vpa = arena_alloc(&facts->arena, sizeof(*vpa));
	struct buf kept = {0};

	vpa->manifest = manifest;
	vpa->target = facts_target(facts, node_get(spec, "targetRef"), "",
	    &vpa->target_kind, &vpa->target_name);
	vpa->update_mode = facts_node_text(
	    facts, node_find(spec, "updatePolicy", "updateMode", NULL), "Auto");
	vpa->min_replicas = facts_int(
	    node_find(spec, "updatePolicy", "minReplicas", NULL), 2);
	for (size_t i = 0; i < node_length(policies); i++) {
		struct vpa_policy policy =
		    read_policy(facts, policies->items[i]);

		buf_add(&kept, &policy, sizeof(policy));
	}
	vpa->policies = facts_keep(facts, &kept);
	vpa->npolicies = kept.len / sizeof(*vpa->policies);
	vector_add(&facts->lists[ENTITY_vpa], vpa);
	buf_release(&kept);
}

static bool sets(const struct vpa_policy *policy, const char *resource)
{
	return strcmp(resource, "cpu") ? policy->sets_memory : policy->sets_cpu;
}

/* A policy of the container's own comes before the one for all. */
static bool sets_in(
    const struct vpa *vpa, const char *container, const char *resource)
{
	const struct vpa_policy *policy = NULL;

	for (size_t i = 0; i < vpa->npolicies; i++) {
		const struct vpa_policy *other = &vpa->policies[i];

		if (other->name && !strcmp(other->name, container))
			return sets(other, resource);
		if (!other->name)
			policy = other;
	}
	return !policy || sets(policy, resource);
}

/* Whether it sets the request that a utilisation is a part of: in the one
 * container that is measured, or in any. */
static bool sets_measured(
    const struct vpa *vpa, const struct utilisation *utilisation)
{
	const struct entity_list *targets = &vpa->target.workloads.sure;
	const struct entity_list *list;

	if (utilisation->container)
		return sets_in(
		    vpa, utilisation->container, utilisation->resource);
	/* Containers that are unknown have no policy of their own. */
	if (!targets->n)
		return sets_in(vpa, "", utilisation->resource);
	list = &((const struct workload *)targets->items[0])->container_list;
	for (size_t i = 0; i < list->n; i++) {
		const struct container *container = list->items[i];

		if (sets_in(vpa, container->name.text, utilisation->resource))
			return true;
	}
	return false;
}

static const struct utilisation *measured_by(
    const struct vpa *vpa, const struct autoscaler *autoscaler)
{
	for (size_t i = 0; autoscaler && i < autoscaler->nutilisations; i++) {
		if (sets_measured(vpa, &autoscaler->utilisations[i]))
			return &autoscaler->utilisations[i];
	}
	return NULL;
}

/* The first autoscaler of the target that measures what the VPA sets; where the
 * target is elsewhere, only the first one that names it is looked at. */
static const struct utilisation *rival_of(
    const struct vpa *vpa, const struct autoscaler **ret_autoscaler)
{
	const struct scale_target *target = &vpa->target;
	const struct entity_list *list = &target->workloads.sure;
	const struct utilisation *found = NULL;

	*ret_autoscaler = target->autoscaler;
	if (!list->n)
		return measured_by(vpa, target->autoscaler);
	list = &((const struct workload *)list->items[0])->autoscalers.sure;
	for (size_t i = 0; i < list->n && !found; i++) {
		*ret_autoscaler = list->items[i];
		found = measured_by(vpa, list->items[i]);
	}
	return found;
}

struct fact fact_vpa_rival(const struct release *release, const struct vpa *vpa)
{
	const struct autoscaler *autoscaler;
	const struct utilisation *found = rival_of(vpa, &autoscaler);

	(void)release;
	return fact_entity(found ? autoscaler : NULL);
}

/* Shown at the metric, where one is written. */
struct fact fact_vpa_rival_resource(
    const struct release *release, const struct vpa *vpa)
{
	const struct autoscaler *autoscaler;
	const struct utilisation *found = rival_of(vpa, &autoscaler);
	struct fact fact = {.state = FACT_ABSENT};

	(void)release;
	if (!found)
		return fact;
	fact = fact_text(found->resource);
	return found->line ? fact_at(fact, autoscaler->manifest, found->line,
				 found->col, found->width)
			   : fact;
}

SIMPLE(vpa, twin, fact_entity(vpa->target.vpa))
SIMPLE(vpa, manifest, fact_entity(vpa->manifest))
SIMPLE(vpa, name, fact_of_name(vpa->manifest))
SIMPLE(vpa, targets, fact_linked(&vpa->target.workloads))
SIMPLE(vpa, target_group, fact_of_word(vpa->target.group))
SIMPLE(vpa, target_found, fact_of_tri(vpa->target.found))
SIMPLE(vpa, namesake, fact_entity(vpa->target.namesake))
