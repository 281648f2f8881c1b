/* Which HorizontalPodAutoscaler an autoscaler is, or is turned into, and which
 * others are turned into the same. */
#include "fact/scale/scale.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"

/* KEDA names the autoscaler that it makes after the ScaledObject, unless told
 * otherwise; keda.sh, Scaling Deployments. */
#define MADE "keda-hpa-"

void collect_hpa_name(struct facts *facts, const struct node *object,
    struct autoscaler *autoscaler)
{
	const struct node *name = node_find(object, "spec", "advanced",
	    "horizontalPodAutoscalerConfig", "name", NULL);
	struct buf made = {0};

	if (is_blank(name)) {
		buf_printf(&made, MADE "%s", autoscaler->manifest->name);
		autoscaler->hpa_name =
		    fact_text(facts_text(facts, buf_slice(&made)));
		buf_release(&made);
	} else {
		autoscaler->hpa_name = facts_node_text(facts, name, "");
	}
	autoscaler->takes_over = slice_is(
	    scalar_text(node_find(object, "metadata", "annotations",
		"scaledobject.keda.sh/transfer-hpa-ownership", NULL)),
	    "true");
}

/* What one takes over from the other is meant. */
static bool clash(const struct release *release,
    const struct autoscaler *autoscaler, const struct autoscaler *other)
{
	return !are_one_scaler(autoscaler->manifest, other->manifest) &&
	       !are_apart(release, autoscaler->manifest, other->manifest) &&
	       !autoscaler->takes_over && !other->takes_over;
}

void relate_hpa_names(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_autoscaler];
	struct map names = {0};
	struct arena arena = {0};
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct autoscaler *autoscaler =
		    (struct autoscaler *)(uintptr_t)list->items[i];
		struct slice key =
		    object_key(&text, autoscaler->hpa_name.text,
			manifest_namespace(release, autoscaler->manifest));
		const struct autoscaler *first = map_find(&names, key);

		if (!first)
			*map_slot(&names, slice_copy(&arena, key)) = autoscaler;
		else if (clash(release, autoscaler, first))
			autoscaler->name_rival = first;
	}
	map_release(&names);
	arena_release(&arena);
	buf_release(&text);
}

SIMPLE(autoscaler, name_rival, fact_entity(autoscaler->name_rival))
