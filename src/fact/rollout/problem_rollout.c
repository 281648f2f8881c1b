/* What the Argo Rollouts controller would refuse: the spec as a whole, the
 * blueGreen strategy, what both strategies share. */
#include "fact/rollout/rollout.h"

#include "fact/rollout/reading.h"

/* Nothing in it says anything: null, {}, or a mapping of such.  As deep as a
 * document may be. */
static bool is_empty(const struct node *node)
{
	if (node_is_null(node))
		return true;
	if (node->kind != NODE_MAPPING)
		return node->kind == NODE_SEQUENCE && !node->n;
	for (size_t i = 0; i < node->n; i++) {
		if (!is_empty(node->pairs[i].value))
			return false;
	}
	return true;
}

static void check_number(const struct rollout *rollout, const char *name)
{
	const struct node *node = node_get(rollout->spec, name);
	enum scalar_type type;
	int64_t value;

	if (!is_given(node))
		return;
	if (node_to_int(node, &value)) {
		if (value < 0)
			rollout_problem(rollout, node,
			    "%s %lld must not be negative", name,
			    (long long)value);
		return;
	}
	/* 1e+06 may still be read as a number. */
	type = node->kind == NODE_SCALAR ? scalar_of(node).type : SCALAR_STRING;
	if (type != SCALAR_DOUBLE)
		rollout_problem(rollout, node,
		    "%s must be a whole number, not '%.*s'", name,
		    SLICE_ARGS(scalar_text(node)));
}

static void check_selector(const struct rollout *rollout)
{
	const struct node *selector = node_get(rollout->spec, "selector");

	if (!is_given(selector))
		rollout_problem(rollout, rollout->spec,
		    "it has no spec.selector; repeat the labels of "
		    "spec.template there");
	else if (!rollout->workload->pod_selector.n)
		rollout_problem(rollout, selector,
		    "spec.selector is empty; repeat the labels of "
		    "spec.template there");
}

/* What the controller can take a template from; in this spelling. */
static void check_ref_kind(
    const struct rollout *rollout, const struct node *ref)
{
	const struct node *kind = node_get(ref, "kind");
	struct slice text = scalar_text(kind);

	if (text.len && !slice_is(text, "Deployment") &&
	    !slice_is(text, "ReplicaSet") && !slice_is(text, "PodTemplate"))
		rollout_problem(rollout, kind,
		    "workloadRef names a Deployment, ReplicaSet or "
		    "PodTemplate, not kind '%.*s'",
		    SLICE_ARGS(text));
}

/* Where the pods come from: the template, or a workload that has one. */
static void check_template(const struct rollout *rollout)
{
	const struct node *template = node_get(rollout->spec, "template");
	const struct node *ref = node_get(rollout->spec, "workloadRef");

	if (!is_given(ref)) {
		check_selector(rollout);
		if (is_empty(template))
			rollout_problem(rollout, NULL,
			    "it has neither spec.template nor "
			    "spec.workloadRef");
		return;
	}
	if (!is_empty(template))
		rollout_problem(rollout, template,
		    "spec.template must be empty beside workloadRef, which "
		    "gives the template");
	if (!scalar_text(node_get(ref, "name")).len)
		rollout_problem(rollout, ref, "workloadRef names no workload");
	check_ref_kind(rollout, ref);
}

/* The limits beyond which old ReplicaSets go; 10 when left out. */
static void check_revisions(const struct rollout *rollout)
{
	const struct node *kept =
	    node_get(rollout->blue_green, "scaleDownDelayRevisionLimit");
	int64_t running, history = 10;

	if (!node_to_int(kept, &running))
		return;
	node_to_int(node_get(rollout->spec, "revisionHistoryLimit"), &history);
	if (running > history)
		rollout_problem(rollout, kept,
		    "scaleDownDelayRevisionLimit %lld is more than "
		    "revisionHistoryLimit %lld",
		    (long long)running, (long long)history);
}

static void check_blue_green_services(const struct rollout *rollout)
{
	const struct node *active =
	    node_get(rollout->blue_green, "activeService");
	const struct node *preview =
	    node_get(rollout->blue_green, "previewService");

	if (!scalar_text(active).len)
		rollout_problem(rollout, rollout->blue_green,
		    "blueGreen needs activeService, the Service that users "
		    "reach");
	else if (slice_eq(scalar_text(active), scalar_text(preview)))
		rollout_problem(rollout, preview,
		    "activeService and previewService are both '%.*s'; the "
		    "preview needs a Service of its own",
		    SLICE_ARGS(scalar_text(active)));
}

static void check_anti_affinity(
    const struct rollout *rollout, const struct node *strategy)
{
	const struct node *affinity = node_get(strategy, "antiAffinity");
	const struct node *preferred = node_get(
	    affinity, "preferredDuringSchedulingIgnoredDuringExecution");
	const struct node *required = node_get(
	    affinity, "requiredDuringSchedulingIgnoredDuringExecution");
	const struct node *node = node_get(preferred, "weight");
	int64_t weight = 0;

	if (!is_given(affinity))
		return;
	if (is_given(preferred) == is_given(required))
		rollout_problem(rollout, affinity,
		    "antiAffinity must have exactly one of "
		    "preferredDuringSchedulingIgnoredDuringExecution and "
		    "requiredDuringSchedulingIgnoredDuringExecution");
	if (!is_given(preferred))
		return;
	node_to_int(node, &weight);
	if (weight < 1 || weight > 100)
		rollout_problem(rollout, node ? node : preferred,
		    "the weight of antiAffinity is not between 1 and 100");
}

/* What the controller can take of the Rollout's own metadata.  A label that is
 * not there is an empty text (k8s.io/kubernetes/pkg/fieldpath,
 * ExtractFieldPathAsString); any field outside of metadata passes. */
static bool can_be_taken(struct slice path)
{
	static const char *const fields[] = {"metadata.name",
	    "metadata.namespace", "metadata.uid", "metadata.labels",
	    "metadata.annotations"};
	ptrdiff_t open = slice_find(path, SLICE("['"), 0);
	struct slice map = {path.ptr, open < 0 ? 0 : (size_t)open};

	if (!slice_starts(path, SLICE("metadata")))
		return true;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (slice_is(path, fields[i]))
			return true;
	}
	return slice_ends(path, SLICE("']")) && path.len > map.len + 4 &&
	       (slice_is(map, "metadata.labels") ||
		   slice_is(map, "metadata.annotations"));
}

/* An argument taken from the Rollout itself. */
static void check_argument(
    const struct rollout *rollout, const struct node *argument)
{
	const struct node *path =
	    node_find(argument, "valueFrom", "fieldRef", "fieldPath", NULL);

	if (can_be_taken(scalar_text(path)))
		return;
	rollout_problem(rollout, path,
	    "the argument '%.*s' of an analysis refers to '%.*s'; only name, "
	    "namespace, uid, labels['KEY'] and annotations['KEY'] of the "
	    "metadata are available",
	    SLICE_ARGS(scalar_text(node_get(argument, "name"))),
	    SLICE_ARGS(scalar_text(path)));
}

static void check_arguments(
    const struct rollout *rollout, const struct node *analysis)
{
	const struct node *arguments = node_get(analysis, "args");

	for (size_t i = 0; i < node_length(arguments); i++)
		check_argument(rollout, arguments->items[i]);
}

/* The analyses and experiments of a canary's steps. */
static void check_steps(const struct rollout *rollout, const struct node *steps)
{
	for (size_t i = 0; i < node_length(steps); i++) {
		const struct node *analyses =
		    node_find(steps->items[i], "experiment", "analyses", NULL);

		check_arguments(rollout, node_get(steps->items[i], "analysis"));
		for (size_t j = 0; j < node_length(analyses); j++)
			check_arguments(rollout, analyses->items[j]);
	}
}

/* Of every analysis, wherever the strategy has one. */
static void check_analyses(const struct rollout *rollout)
{
	check_arguments(rollout, node_get(rollout->canary, "analysis"));
	check_arguments(
	    rollout, node_get(rollout->blue_green, "prePromotionAnalysis"));
	check_arguments(
	    rollout, node_get(rollout->blue_green, "postPromotionAnalysis"));
	check_steps(rollout, node_get(rollout->canary, "steps"));
}

static void check_strategy(const struct rollout *rollout)
{
	const struct node *strategy = node_get(rollout->spec, "strategy");

	if (!rollout->canary && !rollout->blue_green)
		rollout_problem(rollout, strategy,
		    "it has no strategy; write spec.strategy.canary or "
		    "spec.strategy.blueGreen");
	if (rollout->canary && rollout->blue_green) {
		rollout_problem(rollout, strategy,
		    "it has two strategies, canary and blueGreen; keep one");
		return;
	}
	if (rollout->blue_green) {
		check_blue_green_services(rollout);
		check_revisions(rollout);
		check_anti_affinity(rollout, rollout->blue_green);
	}
	if (rollout->canary) {
		find_canary_problems(rollout);
		check_anti_affinity(rollout, rollout->canary);
		find_step_problems(rollout);
	}
	check_analyses(rollout);
}

void find_problems(const struct rollout *rollout)
{
	static const char *const numbers[] = {"replicas", "minReadySeconds",
	    "revisionHistoryLimit", "progressDeadlineSeconds"};

	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		check_number(rollout, numbers[i]);
	check_template(rollout);
	check_strategy(rollout);
}
