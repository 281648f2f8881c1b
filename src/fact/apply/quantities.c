/* A Rollout's pod template -> its quantities that are spelled in another way
 * than the one in which its controller writes them back. */
#include "fact/apply/apply.h"

#include "base/quantity.h"

static void hold_quantity(
    const struct reading *reading, const struct node *node)
{
	struct slice text = scalar_text(node);
	struct buf spelled = {0};
	struct conflict *conflict;
	bool is_number = node && node->kind == NODE_SCALAR && node->plain &&
			 !node->is_string;

	/* A number is written back as a text, and so is another value. */
	if (!text.len || !quantity_spell(text, &spelled))
		return;
	is_number = is_number && text.ptr[text.len - 1] >= '0' &&
		    text.ptr[text.len - 1] <= '9';
	if (is_number || !slice_is(text, buf_text(&spelled))) {
		conflict = add_conflict(reading, node, CONFLICT_QUANTITY);
		conflict->named = fact_text(
		    facts_text(reading->facts, scalar_text(node->key)));
		conflict->becomes =
		    fact_text(facts_text(reading->facts, buf_slice(&spelled)));
	}
	buf_release(&spelled);
}

static void hold_map(const struct reading *reading, const struct node *map)
{
	if (!map || map->kind != NODE_MAPPING)
		return;
	for (size_t i = 0; i < map->n; i++)
		hold_quantity(reading, map->pairs[i].value);
}

static void hold_resources(
    const struct reading *reading, const struct node *resources)
{
	hold_map(reading, node_get(resources, "limits"));
	hold_map(reading, node_get(resources, "requests"));
}

/* Items of env, of a downwardAPI volume: what part of a resource they ask. */
static void hold_divisors(
    const struct reading *reading, const struct node *items, const char *source)
{
	for (size_t i = 0; i < node_length(items); i++) {
		const struct node *item = items->items[i];

		if (source)
			item = node_get(item, source);
		hold_quantity(reading,
		    node_find(item, "resourceFieldRef", "divisor", NULL));
	}
}

static void hold_containers(
    const struct reading *reading, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *container = containers->items[i];

		hold_resources(reading, node_get(container, "resources"));
		hold_divisors(reading, node_get(container, "env"), "valueFrom");
	}
}

static void hold_volume(
    const struct reading *reading, const struct node *volume)
{
	const struct node *sources =
	    node_find(volume, "projected", "sources", NULL);

	hold_quantity(
	    reading, node_find(volume, "emptyDir", "sizeLimit", NULL));
	hold_resources(
	    reading, node_find(volume, "ephemeral", "volumeClaimTemplate",
			 "spec", "resources", NULL));
	hold_divisors(
	    reading, node_find(volume, "downwardAPI", "items", NULL), NULL);
	for (size_t i = 0; i < node_length(sources); i++)
		hold_divisors(reading,
		    node_find(sources->items[i], "downwardAPI", "items", NULL),
		    NULL);
}

void collect_quantities(
    const struct reading *reading, const struct node *pod_spec)
{
	const struct node *volumes = node_get(pod_spec, "volumes");

	hold_containers(reading, node_get(pod_spec, "containers"));
	hold_containers(reading, node_get(pod_spec, "initContainers"));
	hold_map(reading, node_get(pod_spec, "overhead"));
	for (size_t i = 0; i < node_length(volumes); i++)
		hold_volume(reading, volumes->items[i]);
}
