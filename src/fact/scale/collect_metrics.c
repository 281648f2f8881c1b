/* What an autoscaler measures as a part of what containers request, and what
 * they request. */
#include "fact/scale/scale.h"

#include "base/quantity.h"
#include "fact/computed.h"
#include "fact/problem.h"

#include <string.h>

RARE(container, tiny_memory)

static bool is_word(const struct node *node, const char *word)
{
	struct slice text;

	return node_to_text(node, &text) && slice_is(text, word);
}

static void add_utilisation(struct facts *facts, const struct node *resource,
    const struct node *container, const struct node *average, struct buf *kept)
{
	struct utilisation utilisation = {
	    .resource = facts_name(facts, resource),
	    .average = facts_int_or_none(average),
	};

	if (strcmp(utilisation.resource, "cpu") &&
	    strcmp(utilisation.resource, "memory"))
		return;
	if (!node_is_null(container)) {
		utilisation.container = facts_name(facts, container);
		utilisation.container_line = container->span.line;
		utilisation.container_col = container->span.col;
		utilisation.container_width = facts_width(container);
	}
	utilisation.line = resource->span.line;
	utilisation.col = resource->span.col;
	utilisation.width = facts_width(resource);
	buf_add(kept, &utilisation, sizeof(utilisation));
}

/* autoscaling/v2 says averageUtilization, v2beta1 targetAverageUtilization. */
static void collect_metric(
    struct facts *facts, const struct node *metric, struct buf *kept)
{
	static const char *const forms[] = {"resource", "containerResource"};

	for (size_t i = 0; i < COUNT_OF(forms); i++) {
		const struct node *source = node_get(metric, forms[i]);
		const struct node *target =
		    node_find(source, "target", "averageUtilization", NULL);

		if (node_is_null(target))
			target = node_get(source, "targetAverageUtilization");
		if (!node_is_null(target))
			add_utilisation(facts, node_get(source, "name"),
			    node_get(source, "container"), target, kept);
	}
}

static void keep(
    struct facts *facts, struct buf *kept, struct autoscaler *autoscaler)
{
	autoscaler->utilisations = facts_keep(facts, kept);
	autoscaler->nutilisations =
	    kept->len / sizeof(*autoscaler->utilisations);
	buf_release(kept);
}

/* The API lets an HPA scale to none only by what is measured without pods. */
static struct fact may_rest(const struct node *metrics)
{
	for (size_t i = 0; i < node_length(metrics); i++) {
		const struct node *type = node_get(metrics->items[i], "type");
		struct slice text;

		if (!node_to_text(type, &text) || is_word(type, "Object") ||
		    is_word(type, "External"))
			return fact_bool(true);
	}
	return fact_bool(false);
}

static void add_default(const struct node *percent,
    struct autoscaler *autoscaler, struct buf *kept)
{
	struct utilisation utilisation = {
	    .resource = "cpu", .average = facts_int(percent, 80)};

	autoscaler->nmetrics++;
	buf_add(kept, &utilisation, sizeof(utilisation));
}

void collect_behavior(struct facts *facts, const struct node *behavior,
    struct autoscaler *autoscaler)
{
	const struct node *up = node_get(behavior, "scaleUp");

	autoscaler->scale_up_policy =
	    facts_node_text(facts, node_get(up, "selectPolicy"), NULL);
	autoscaler->keeps_tolerance = node_is_null(node_get(up, "tolerance"));
}

void collect_metrics(
    struct facts *facts, const struct node *spec, struct autoscaler *autoscaler)
{
	const struct node *metrics = node_get(spec, "metrics");
	const struct node *cpu =
	    node_get(spec, "targetCPUUtilizationPercentage");
	bool is_v1 = !strcmp(autoscaler->manifest->version, "v1");
	struct buf kept = {0};

	/* That annotation may have any. */
	autoscaler->may_rest = is_v1 ? fact_unknown() : may_rest(metrics);
	autoscaler->nmetrics = node_length(metrics);
	for (size_t i = 0; i < node_length(metrics); i++)
		collect_metric(facts, metrics->items[i], &kept);
	/* Without any the API takes 80% of the cpu; an annotation of v1 may
	 * say others. */
	if ((is_v1 && !node_is_null(cpu)) || (!is_v1 && !node_length(metrics)))
		add_default(cpu, autoscaler, &kept);
	keep(facts, &kept, autoscaler);
}

void collect_triggers(
    struct facts *facts, const struct node *spec, struct autoscaler *autoscaler)
{
	const struct node *triggers = node_get(spec, "triggers");
	struct buf kept = {0};

	autoscaler->may_rest = fact_bool(true);
	autoscaler->nmetrics = node_length(triggers);
	for (size_t i = 0; i < node_length(triggers); i++) {
		const struct node *trigger = triggers->items[i];
		const struct node *metadata = node_get(trigger, "metadata");

		if (is_word(node_get(trigger, "metricType"), "Utilization") ||
		    is_word(node_get(metadata, "type"), "Utilization"))
			add_utilisation(facts, node_get(trigger, "type"),
			    node_get(metadata, "containerName"),
			    node_get(metadata, "value"), &kept);
	}
	keep(facts, &kept, autoscaler);
}

static const struct node *requested(
    const struct node *node, const char *resource)
{
	const struct node *resources = node_get(node, "resources");
	const struct node *request =
	    node_find(resources, "requests", resource, NULL);

	return node_is_null(request)
		   ? node_find(resources, "limits", resource, NULL)
		   : request;
}

static struct fact request_of(struct facts *facts, const struct node *node,
    const struct node *pod_spec, const char *resource, bool *ret_of_pod)
{
	const struct node *request = requested(node, resource);

	*ret_of_pod = node_is_null(request);
	if (*ret_of_pod)
		request = requested(pod_spec, resource);
	return facts_node_text(facts, request, NULL);
}

/* The container's amounts, then those of the pod, which are for what the
 * container does not give. */
static struct fact amounts_of(struct facts *facts, const struct node *node,
    const struct node *pod_spec, const char *field)
{
	struct label_list own =
	    facts_labels(facts, node_find(node, "resources", field, NULL));
	struct label_list all =
	    facts_labels(facts, node_find(pod_spec, "resources", field, NULL));
	static const struct label_list none;
	struct label_list *list = NULL;
	struct label *items;

	if (own.n + all.n)
		list = arena_alloc(&facts->arena, sizeof(*list));
	if (list)
		*list = own;
	if (list && all.n) {
		items =
		    arena_array(&facts->arena, own.n + all.n, sizeof(*items));
		for (size_t i = 0; i < own.n + all.n; i++)
			items[i] =
			    i < own.n ? own.items[i] : all.items[i - own.n];
		*list = (struct label_list){.n = own.n + all.n, .items = items};
	}
	return (struct fact){.labels = list ? list : &none,
	    .state = FACT_KNOWN,
	    .has_value = true};
}

/* An amount of memory that was meant to be another: nothing runs in it. */
static bool is_tiny(const struct node *amount)
{
	double bytes;

	return !node_is_null(amount) &&
	       quantity_parse(scalar_text(amount), &bytes) && bytes > 0 &&
	       bytes < 1e6;
}

static void collect_tiny(
    struct facts *facts, const struct node *node, struct container *container)
{
	const struct node *limit =
	    node_find(node, "resources", "limits", "memory", NULL);
	const struct node *request =
	    node_find(node, "resources", "requests", "memory", NULL);
	bool is_limit = is_tiny(limit);

	container->tiny_is_limit = fact_bool(is_limit);
	if (is_limit || is_tiny(request))
		KEEP_RARE(&facts->arena, container, tiny_memory,
		    facts_node_text(facts, is_limit ? limit : request, NULL));
}

void collect_requests(struct facts *facts, const struct node *node,
    const struct node *pod_spec, struct container *container)
{
	container->cpu_request =
	    request_of(facts, node, pod_spec, "cpu", &container->shares_cpu);
	container->memory_request = request_of(
	    facts, node, pod_spec, "memory", &container->shares_memory);
	container->requests = amounts_of(facts, node, pod_spec, "requests");
	container->limits = amounts_of(facts, node, pod_spec, "limits");
	collect_tiny(facts, node, container);
}
