/* What is wrong with an AnalysisTemplate by itself: the controller ends every
 * run of it with an error before it measures anything. */
#include "fact/rollout/rollout.h"

#include "fact/number.h"
#include "fact/problem.h"

/* An argument stands for a value that is still unknown: "{{args.count}}". */
static bool is_filled_in(struct slice text)
{
	return slice_find(text, SLICE("{{"), 0) >= 0;
}

static void check_time(
    const struct reading *reading, const struct node *metric, const char *field)
{
	const struct node *node = node_get(metric, field);
	struct slice text = scalar_text(node);
	int64_t milliseconds;

	if (text.len && !slice_is(text, "0") && !is_filled_in(text) &&
	    !parse_duration(text, &milliseconds))
		add_problem(reading, node,
		    "%s '%.*s' is not a duration; write a number with its unit "
		    "('60s', '5m', '1h30m')",
		    field, SLICE_ARGS(text));
}

/* So many failures that all measurements together cannot reach them. */
static void check_limit(const struct reading *reading,
    const struct node *metric, int64_t count, const char *field)
{
	const struct node *node = node_get(metric, field);
	int64_t limit;

	if (count > 0 && slice_to_int(scalar_text(node), &limit) &&
	    limit > count)
		add_problem(reading, node, "%s %lld is more than count %lld",
		    field, (long long)limit, (long long)count);
}

static void check_below(
    const struct reading *reading, const struct node *metric, const char *field)
{
	const struct node *node = node_get(metric, field);
	int64_t limit;

	if (slice_to_int(scalar_text(node), &limit) && limit < 0)
		add_problem(reading, node, "%s %lld is less than 0", field,
		    (long long)limit);
}

static void check_count(
    const struct reading *reading, const struct node *metric)
{
	const struct node *node = node_get(metric, "count");
	int64_t count;

	if (!slice_to_int(scalar_text(node), &count))
		return;
	if (count > 1 && is_blank(node_get(metric, "interval")))
		add_problem(reading, node,
		    "count %lld needs an interval between the measurements",
		    (long long)count);
	check_limit(reading, metric, count, "failureLimit");
	check_limit(reading, metric, count, "inconclusiveLimit");
}

/* Exactly one; what is no mapping may be filled in later. */
static void check_provider(
    const struct reading *reading, const struct node *metric)
{
	const struct node *provider = node_get(metric, "provider");
	struct slice name = scalar_text(node_get(metric, "name"));
	const struct node *last = NULL;
	size_t n = 0;

	if (is_given(provider) && provider->kind != NODE_MAPPING)
		return;
	for (size_t i = 0; is_given(provider) && i < provider->n; i++) {
		if (!is_given(provider->pairs[i].value))
			continue;
		last = provider->pairs[i].key;
		n++;
	}
	if (!n)
		add_problem(reading, metric,
		    "the metric '%.*s' has no provider", SLICE_ARGS(name));
	else if (n > 1)
		add_problem(reading, last,
		    "the metric '%.*s' has %zu providers; keep one",
		    SLICE_ARGS(name), n);
}

/* A Job that a metric runs is refused unless it says when to start again. */
static void check_job(const struct reading *reading, const struct node *metric)
{
	const struct node *pod = node_find(
	    metric, "provider", "job", "spec", "template", "spec", NULL);
	const struct node *policy = node_get(pod, "restartPolicy");
	struct slice text = scalar_text(policy);

	if (is_given(pod) && (is_blank(policy) || slice_is(text, "Always")))
		add_problem(reading, policy ? policy : key_of(pod),
		    "the restartPolicy of the Job of metric '%.*s' must be "
		    "OnFailure or Never%s",
		    SLICE_ARGS(scalar_text(node_get(metric, "name"))),
		    is_blank(policy) ? "; left out, it is Always" : "");
}

static void check_metric(
    const struct reading *reading, const struct node *metric, struct map *names)
{
	const struct node *name = node_get(metric, "name");
	struct slice text = scalar_text(name);

	if (metric->kind != NODE_MAPPING)
		return;
	if (text.len && map_find(names, text))
		add_problem(reading, name, "two metrics are named '%.*s'",
		    SLICE_ARGS(text));
	*map_slot(names, text) = names;
	check_provider(reading, metric);
	check_job(reading, metric);
	check_count(reading, metric);
	check_below(reading, metric, "inconclusiveLimit");
	check_below(reading, metric, "consecutiveErrorLimit");
	check_time(reading, metric, "interval");
	check_time(reading, metric, "initialDelay");
}

void find_analysis_problems(struct facts *facts, const struct node *object,
    const struct manifest *manifest)
{
	struct reading reading = {facts, manifest, NULL, object, "analysis"};
	const struct node *spec = node_get(object, "spec");
	const struct node *metrics = node_get(spec, "metrics");
	struct map names = {0};

	/* Templates may be made of templates. */
	if ((!is_given(metrics) ||
		(metrics->kind == NODE_SEQUENCE && !metrics->n)) &&
	    !is_given(node_get(spec, "templates")))
		add_problem(&reading, metrics, "there are no metrics");
	for (size_t i = 0; i < node_length(metrics); i++)
		check_metric(&reading, metrics->items[i], &names);
	map_release(&names);
}
