/* Warmups: Jobs, init containers and analysis Jobs that a pattern knows by
 * their names, labels, commands or arguments. */
#include "fact/facts.h"

#include <string.h>

static bool text_is_warmup(struct facts *facts, const struct node *node)
{
	struct slice text;

	return facts->settings->warmup && node_to_text(node, &text) &&
	       regex_matches(facts->settings->warmup, text) == 1;
}

/* Labels are texts, so a "no" is quoted. */
static bool is_no(const struct node *value)
{
	struct slice text;

	return node_to_text(value, &text) &&
	       (slice_is(text, "no") || slice_is(text, "false") ||
		   slice_is(text, "off") || slice_is(text, "0"));
}

static bool any_is_warmup(struct facts *facts, const struct node *list)
{
	for (size_t i = 0; i < node_length(list); i++) {
		if (text_is_warmup(facts, list->items[i]))
			return true;
	}
	return false;
}

/* A label by its key or its value; "warmup: no" says that it is none. */
static bool label_is_warmup(struct facts *facts, const struct pair *label)
{
	return (!is_no(label->value) && text_is_warmup(facts, label->key)) ||
	       text_is_warmup(facts, label->value);
}

static bool any_label_is_warmup(struct facts *facts, const struct node *labels)
{
	if (!labels || labels->kind != NODE_MAPPING)
		return false;
	for (uint32_t i = 0; i < labels->n; i++) {
		if (label_is_warmup(facts, &labels->pairs[i]))
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

static bool any_container_warms_up(
    struct facts *facts, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		if (container_warms_up(facts, containers->items[i]))
			return true;
	}
	return false;
}

static bool is_named_warmup(struct facts *facts, const struct node *metadata)
{
	return text_is_warmup(facts, node_get(metadata, "name")) ||
	       any_label_is_warmup(facts, node_get(metadata, "labels"));
}

static bool job_warms_up(struct facts *facts, const struct node *metadata,
    const struct node *template)
{
	const struct node *spec = node_get(template, "spec");

	return is_named_warmup(facts, metadata) ||
	       is_named_warmup(facts, node_get(template, "metadata")) ||
	       any_container_warms_up(facts, node_get(spec, "containers")) ||
	       any_container_warms_up(facts, node_get(spec, "initContainers"));
}

/* What runs on a schedule, in a test, or when the release goes away warms
 * nothing up for a rollout. */
static bool runs_for_rollouts(const struct manifest *manifest)
{
	return strcmp(manifest->kind, "CronJob") != 0 &&
	       (!manifest->hook || strstr(manifest->hook, "install") ||
		   strstr(manifest->hook, "upgrade"));
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
    const struct node *template, const struct workload *workload)
{
	const struct node *metadata = node_get(object, "metadata");
	const struct node *init =
	    node_find(template, "spec", "initContainers", NULL);

	if (workload->kind->is_job || workload->runs_once) {
		if (runs_for_rollouts(workload->manifest) &&
		    job_warms_up(facts, metadata, template))
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
		const struct node *template =
		    node_find(job, "spec", "template", NULL);

		if (job && (text_is_warmup(facts, name) ||
			       job_warms_up(
				   facts, node_get(job, "metadata"), template)))
			add_warmup(facts, manifest, "analysis", name);
	}
}
