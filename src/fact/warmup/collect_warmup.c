/* Warmups: Jobs, init containers, postStart hooks and analysis Jobs that a
 * pattern knows by their names, labels, commands or arguments. */
#include "fact/warmup/warmup.h"

#include "fact/hook/calls.h"
#include "fact/kind.h"
#include "fact/rollout/rollout.h"
#include "fact/settings.h"

#include <string.h>

/* What is looked for: any warmup, or one that is more than a seed. */
struct search {
	const struct settings *settings;
	bool but_seeds;
};

static bool text_is_warmup(const struct search *search, const struct node *node)
{
	struct slice text;

	return node_to_text(node, &text) &&
	       name_list_has(search->settings->warmup, text) &&
	       !(search->but_seeds &&
		   name_list_has(search->settings->seeds, text));
}

/* Labels are texts, so a "no" is quoted. */
static bool is_no(const struct node *value)
{
	struct slice text;

	return node_to_text(value, &text) &&
	       (slice_is(text, "no") || slice_is(text, "false") ||
		   slice_is(text, "off") || slice_is(text, "0"));
}

static bool any_is_warmup(const struct search *search, const struct node *list)
{
	for (size_t i = 0; i < node_length(list); i++) {
		if (text_is_warmup(search, list->items[i]))
			return true;
	}
	return false;
}

/* A label by its key or its value; "warmup: no" says that it is none. */
static bool label_is_warmup(
    const struct search *search, const struct pair *label)
{
	return (!is_no(label->value) && text_is_warmup(search, label->key)) ||
	       text_is_warmup(search, label->value);
}

static bool any_label_is_warmup(
    const struct search *search, const struct node *labels)
{
	if (!labels || labels->kind != NODE_MAPPING)
		return false;
	for (uint32_t i = 0; i < labels->n; i++) {
		if (label_is_warmup(search, &labels->pairs[i]))
			return true;
	}
	return false;
}

/* By its name, command or arguments. */
static bool container_warms_up(
    const struct search *search, const struct node *node)
{
	return text_is_warmup(search, node_get(node, "name")) ||
	       any_is_warmup(search, node_get(node, "command")) ||
	       any_is_warmup(search, node_get(node, "args"));
}

static bool any_container_warms_up(
    const struct search *search, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		if (container_warms_up(search, containers->items[i]))
			return true;
	}
	return false;
}

static bool is_named_warmup(
    const struct search *search, const struct node *metadata)
{
	return text_is_warmup(search, node_get(metadata, "name")) ||
	       any_label_is_warmup(search, node_get(metadata, "labels"));
}

static bool job_warms_up(const struct search *search,
    const struct node *metadata, const struct node *template)
{
	const struct node *spec = node_get(template, "spec");

	return is_named_warmup(search, metadata) ||
	       is_named_warmup(search, node_get(template, "metadata")) ||
	       any_container_warms_up(search, node_get(spec, "containers")) ||
	       any_container_warms_up(search, node_get(spec, "initContainers"));
}

/* What runs on a schedule, in a test, or when the release goes away warms
 * nothing up for a rollout.  A hook whose events are misspelt is
 * meant to. */
static bool runs_for_rollouts(const struct manifest *manifest)
{
	const unsigned rollouts = EVENT_PRE_INSTALL | EVENT_POST_INSTALL |
				  EVENT_PRE_UPGRADE | EVENT_POST_UPGRADE;
	const unsigned removal = EVENT_PRE_DELETE | EVENT_POST_DELETE;
	const struct hook_events *helm = &manifest->seldom->helm_hook;
	unsigned argo = manifest->seldom->argo_hook.events;

	if (!strcmp(manifest->kind, "CronJob") || is_test_hook(manifest))
		return false;
	if (argo && !(argo & ~removal))
		return false;
	return !helm->given || helm->is_skipped || helm->events & rollouts;
}

static struct warmup *add_warmup(struct facts *facts,
    const struct manifest *manifest, const char *form, const struct node *name)
{
	static const struct text_list nobody = {0};
	struct warmup *warmup = arena_alloc(&facts->arena, sizeof(*warmup));

	warmup->manifest = manifest;
	warmup->form = form;
	warmup->name = facts_node_text(facts, name, "");
	warmup->seeds = fact_bool(false);
	warmup->called_hosts = fact_texts(&nobody);
	vector_add(&facts->lists[ENTITY_warmup], warmup);
	return warmup;
}

static void collect_failure(
    struct facts *facts, const struct node *container, struct warmup *warmup)
{
	const struct node *at;
	const char *hidden = hidden_failure(facts, container, &at);

	if (hidden && !warmup->hidden_failure.has_value)
		warmup->hidden_failure = facts_placed(fact_text(hidden), at);
}

/* Init containers of a Job wait for something; unless they warm up, they may
 * fail as they like. */
static void collect_failures(
    struct facts *facts, const struct node *pod_spec, struct warmup *warmup)
{
	const struct node *regular = node_get(pod_spec, "containers");
	const struct node *init = node_get(pod_spec, "initContainers");
	const struct search any = {facts->settings, false};

	for (size_t i = 0; i < node_length(regular); i++)
		collect_failure(facts, regular->items[i], warmup);
	for (size_t i = 0; i < node_length(init); i++) {
		if (container_warms_up(&any, init->items[i]))
			collect_failure(facts, init->items[i], warmup);
	}
}

/* spec: the Job's, or that of a Pod, which nobody starts again. */
static void collect_limits(struct facts *facts, const struct node *spec,
    const struct node *pod_spec, struct warmup *warmup)
{
	const struct node *deadline = node_get(spec, "activeDeadlineSeconds");

	if (node_is_null(deadline))
		deadline = node_get(pod_spec, "activeDeadlineSeconds");
	warmup->active_deadline_seconds = facts_int_or_none(deadline);
	if (spec != pod_spec)
		warmup->backoff_limit =
		    facts_int(node_get(spec, "backoffLimit"), 6);
	collect_failures(facts, pod_spec, warmup);
}

/* The kubelet holds a pod for not ready until its postStart hooks have ended.
 */
static void collect_post_start(struct facts *facts,
    const struct node *container, const struct workload *workload)
{
	const struct node *hook =
	    node_find(container, "lifecycle", "postStart", NULL);
	const struct node *exec = node_get(hook, "exec");
	const struct search search = {facts->settings, false};
	struct warmup *warmup;

	if (!any_is_warmup(&search, node_get(exec, "command")) &&
	    !text_is_warmup(&search, node_find(hook, "httpGet", "path", NULL)))
		return;
	warmup = add_warmup(facts, workload->manifest, "postStart hook",
	    node_get(container, "name"));
	warmup->workload = workload;
	collect_failure(facts, exec, warmup);
}

struct calling {
	struct facts *facts;
	struct buf names; /* a const char * each */
};

static void note_called(void *context, struct slice name, const struct node *at)
{
	struct calling *calling = context;
	const char *kept = facts_text(calling->facts, name);

	(void)at;
	buf_add(&calling->names, &kept, sizeof(kept));
}

/* Who warms a server up by its Service calls it. */
static struct fact called_hosts(struct facts *facts,
    const struct node *pod_spec, const struct manifest *manifest)
{
	const struct node *containers = node_get(pod_spec, "containers");
	struct calling calling = {.facts = facts};
	struct calls calls = {.namespace = manifest->namespace,
	    .found = note_called,
	    .context = &calling};
	struct text_list *list = arena_alloc(&facts->arena, sizeof(*list));

	for (size_t i = 0; i < node_length(containers); i++)
		find_calls(&calls, containers->items[i]);
	list->items = facts_keep(facts, &calling.names);
	list->n = calling.names.len / sizeof(*list->items);
	buf_release(&calling.names);
	return fact_texts(list);
}

static void collect_job_warmup(struct facts *facts, const struct node *object,
    const struct node *template, const struct workload *workload)
{
	const struct node *metadata = node_get(object, "metadata");
	const struct search any = {facts->settings, false};
	const struct search other = {facts->settings, true};
	struct warmup *warmup;

	if (!runs_for_rollouts(workload->manifest) ||
	    !job_warms_up(&any, metadata, template))
		return;
	warmup = add_warmup(
	    facts, workload->manifest, "Job", node_get(metadata, "name"));
	warmup->workload = workload;
	warmup->seeds = fact_bool(!job_warms_up(&other, metadata, template));
	warmup->called_hosts =
	    called_hosts(facts, node_get(template, "spec"), workload->manifest);
	collect_limits(facts, node_get(object, "spec"),
	    node_get(template, "spec"), warmup);
}

void collect_warmups(struct facts *facts, const struct node *object,
    const struct node *template, const struct workload *workload)
{
	const struct node *spec = node_get(template, "spec");
	const struct node *init = node_get(spec, "initContainers");
	const struct node *regular = node_get(spec, "containers");
	const struct search any = {facts->settings, false};
	const struct search other = {facts->settings, true};

	if (workload->kind->is_job || workload->runs_once) {
		collect_job_warmup(facts, object, template, workload);
		return;
	}
	for (size_t i = 0; i < node_length(init); i++) {
		const struct node *node = init->items[i];
		struct warmup *warmup;

		if (is_sidecar(node) || !container_warms_up(&any, node))
			continue;
		warmup = add_warmup(facts, workload->manifest, "init container",
		    node_get(node, "name"));
		warmup->workload = workload;
		warmup->seeds = fact_bool(!container_warms_up(&other, node));
		collect_failure(facts, node, warmup);
	}
	for (size_t i = 0; i < node_length(regular); i++)
		collect_post_start(facts, regular->items[i], workload);
}

static void collect_metric(struct facts *facts, const struct node *metric,
    const struct manifest *manifest)
{
	const struct node *name = node_get(metric, "name");
	const struct node *job = node_find(metric, "provider", "job", NULL);
	const struct node *template = node_find(job, "spec", "template", NULL);
	const struct search any = {facts->settings, false};

	if (!job ||
	    (!text_is_warmup(&any, name) &&
		!job_warms_up(&any, node_get(job, "metadata"), template)))
		return;
	collect_limits(facts, node_get(job, "spec"), node_get(template, "spec"),
	    add_warmup(facts, manifest, "analysis", name));
}

void collect_analysis(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *metrics = node_find(object, "spec", "metrics", NULL);

	for (size_t i = 0; i < node_length(metrics); i++)
		collect_metric(collection->facts, metrics->items[i], manifest);
	find_analysis_problems(collection->facts, object, manifest);
}
