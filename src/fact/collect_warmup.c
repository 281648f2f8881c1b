/* Warmups: Jobs, init containers and analysis Jobs that a pattern knows by
 * their names, labels, commands or arguments. */
#include "fact/facts.h"

static bool text_is_warmup(struct facts *facts, const struct node *node)
{
	struct slice text;

	return facts->settings->warmup && node_to_text(node, &text) &&
	       regex_matches(facts->settings->warmup, text) == 1;
}

static bool any_is_warmup(struct facts *facts, const struct node *node)
{
	size_t n = node && node->kind != NODE_SCALAR ? node->n : 0;

	for (size_t i = 0; i < n; i++) {
		if (text_is_warmup(facts, node->kind == NODE_SEQUENCE
					      ? node->items[i]
					      : node->pairs[i].value))
			return true;
	}
	return false;
}

/* By its name, command or arguments. */
static bool container_warms_up(struct facts *facts, const struct node *node)
{
	return text_is_warmup(facts, node_get(node, "name")) ||
	       any_is_warmup(facts, node_get(node, "command")) ||
	       any_is_warmup(facts, node_get(node, "args"));
}

static bool pod_warms_up(struct facts *facts, const struct node *pod_spec)
{
	const struct node *containers = node_get(pod_spec, "containers");

	for (size_t i = 0; i < node_length(containers); i++) {
		if (container_warms_up(facts, containers->items[i]))
			return true;
	}
	return false;
}

static bool job_warms_up(struct facts *facts, const struct node *metadata,
    const struct node *pod_spec)
{
	return text_is_warmup(facts, node_get(metadata, "name")) ||
	       any_is_warmup(facts, node_get(metadata, "labels")) ||
	       pod_warms_up(facts, pod_spec);
}

static void add_warmup(struct facts *facts, const struct manifest *manifest,
    const char *form, const struct node *name)
{
	struct warmup *warmup = arena_alloc(&facts->arena, sizeof(*warmup));

	warmup->manifest = manifest;
	warmup->form = form;
	warmup->name = facts_node_text(facts, name, "");
	vector_add(&facts->lists[ENTITY_warmup], warmup);
}

void collect_warmups(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload)
{
	const struct node *metadata = node_get(object, "metadata");
	const struct node *init = node_get(pod_spec, "initContainers");

	if (workload->kind->is_job || workload->runs_once) {
		if (job_warms_up(facts, metadata, pod_spec))
			add_warmup(facts, workload->manifest, "Job",
			    node_get(metadata, "name"));
		return;
	}
	for (size_t i = 0; i < node_length(init); i++) {
		const struct node *node = init->items[i];

		if (!is_sidecar(node) && container_warms_up(facts, node))
			add_warmup(facts, workload->manifest, "init container",
			    node_get(node, "name"));
	}
}

void collect_analysis(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *metrics = node_find(object, "spec", "metrics", NULL);

	for (size_t i = 0; i < node_length(metrics); i++) {
		const struct node *metric = metrics->items[i];
		const struct node *name = node_get(metric, "name");
		const struct node *job =
		    node_find(metric, "provider", "job", NULL);
		const struct node *pod_spec =
		    node_find(job, "spec", "template", "spec", NULL);

		if (job && (text_is_warmup(facts, name) ||
			       job_warms_up(
				   facts, node_get(job, "metadata"), pod_spec)))
			add_warmup(facts, manifest, "analysis", name);
	}
}
