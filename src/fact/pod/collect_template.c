/* What the labels and annotations of a pod template say to others: to
 * Prometheus, and to admission webhooks that add containers. */
#include "fact/pod/pod.h"

#include "fact/problem.h"

/* "sidecar.istio.io/inject: 'true'", "inject.istio.io/templates: gateway",
 * "linkerd.io/inject: enabled", ...: as labels or annotations. */
static bool asks_for_injection(const struct node *fields)
{
	if (!fields || fields->kind != NODE_MAPPING)
		return false;
	for (uint32_t i = 0; i < fields->n; i++) {
		struct slice key = scalar_text(fields->pairs[i].key);
		struct slice value = scalar_text(fields->pairs[i].value);

		if (slice_find(key, SLICE("inject"), 0) >= 0 && value.len &&
		    !slice_is(value, "false") && !slice_is(value, "disabled"))
			return true;
	}
	return false;
}

/* A template may say so by a label or, as it used to, by an annotation. */
static bool keeps_proxy_out(const struct node *metadata)
{
	static const char *const lists[] = {"labels", "annotations"};

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *inject = node_get(
		    node_get(metadata, lists[i]), "sidecar.istio.io/inject");

		if (inject && !slice_is(scalar_text(inject), "true"))
			return true;
	}
	return false;
}

/* An ImageChange trigger of a DeploymentConfig, or the annotation that is one
 * for the kinds of Kubernetes. */
static bool has_image_trigger(const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	const struct node *triggers =
	    node_find(object, "spec", "triggers", NULL);

	for (size_t i = 0; i < node_length(triggers); i++) {
		if (slice_is(scalar_text(node_get(triggers->items[i], "type")),
			"ImageChange"))
			return true;
	}
	return node_get(annotations, "image.openshift.io/triggers") != NULL;
}

void collect_image_triggers(
    const struct node *object, struct workload *workload)
{
	workload->has_triggers = has_image_trigger(object);
}

void collect_template_metadata(
    const struct node *metadata, struct workload *workload)
{
	const struct node *annotations = node_get(metadata, "annotations");
	int64_t port;

	workload->is_injected =
	    asks_for_injection(annotations) ||
	    asks_for_injection(node_get(metadata, "labels"));
	workload->refuses_proxy = keeps_proxy_out(metadata);
	if (slice_to_int(
		scalar_text(node_get(annotations, "prometheus.io/port")),
		&port) &&
	    port > 0)
		workload->scraped_port = port;
}
