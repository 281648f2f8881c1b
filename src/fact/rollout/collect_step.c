/* The steps of a canary: what each does, what holds the rollout after it, and
 * what the controller would refuse in it. */
#include "fact/rollout/rollout.h"

#include "base/nearest.h"
#include "fact/computed.h"
#include "fact/number.h"
#include "fact/rollout/reading.h"

#include <stdlib.h>
#include <string.h>

/* A step has one of these; the controller looks in this order. */
static const char *const kinds[] = {"setWeight", "pause", "analysis",
    "experiment", "setCanaryScale", "setHeaderRoute", "setMirrorRoute",
    "plugin", NULL};

/* "1h30m" as time.ParseDuration reads it, cut to whole seconds; the controller
 * counts them in 32 bits. */
static bool go_duration(struct slice text, int64_t *ret_seconds)
{
	int64_t milliseconds;

	if (!parse_duration(text, &milliseconds) ||
	    milliseconds / 1000 > INT32_MAX)
		return false;
	*ret_seconds = milliseconds / 1000;
	return true;
}

bool pause_duration(const struct node *duration, int64_t *ret_seconds)
{
	struct slice text;
	bool quoted;

	if (!duration || duration->kind != NODE_SCALAR)
		return false;
	quoted = scalar_of(duration).type == SCALAR_STRING;
	text = duration->text;
	if (quoted ? slice_to_int(text, ret_seconds)
		   : node_to_int(duration, ret_seconds))
		return *ret_seconds >= 0 && *ret_seconds <= INT32_MAX;
	return quoted && go_duration(text, ret_seconds);
}

/* What a step of that kind does, NULL for what has none of them. */
static const struct node *kind_of(
    const struct node *step, const char **ret_kind)
{
	for (size_t i = 0; kinds[i]; i++) {
		const struct node *node = node_get(step, kinds[i]);

		if (is_given(node)) {
			*ret_kind = kinds[i];
			return node;
		}
	}
	return NULL;
}

/* A pause of no time holds nothing. */
static bool pauses(const struct node *step)
{
	const struct node *pause = node_get(step, "pause");
	const struct node *duration = node_get(pause, "duration");
	int64_t seconds;

	if (!is_given(pause))
		return false;
	return !is_given(duration) || !pause_duration(duration, &seconds) ||
	       seconds > 0;
}

static bool holds(const struct node *step)
{
	return pauses(step) || is_given(node_get(step, "analysis")) ||
	       is_given(node_get(step, "experiment")) ||
	       is_given(node_get(step, "plugin"));
}

/* Whether the analysis in the background runs at step number. */
static bool is_analysed(const struct rollout *rollout, size_t number)
{
	const struct node *analysis = node_get(rollout->canary, "analysis");
	int64_t start = 0;

	if (!node_length(node_get(analysis, "templates")))
		return false;
	node_to_int(node_get(analysis, "startingStep"), &start);
	return start <= (int64_t)number;
}

/* A pause without duration lasts until somebody promotes. */
static struct fact pause_fact(const struct node *pause)
{
	const struct node *duration = node_get(pause, "duration");
	int64_t seconds;

	if (!is_given(duration))
		return (struct fact){.state = FACT_ABSENT};
	if (pause_duration(duration, &seconds))
		return facts_placed(fact_int(seconds), duration);
	return facts_placed(fact_unknown(), duration);
}

/* Pods come before a weight; neither counts when the traffic's is matched. */
static const struct step_scale *collect_scale(
    struct arena *arena, const struct node *node)
{
	static const struct step_scale none = {.pods = {.state = FACT_ABSENT}};
	struct step_scale *scale;
	bool matches = false;

	node_to_bool(node_get(node, "matchTrafficWeight"), &matches);
	if (!is_given(node) || matches)
		return &none;
	scale = arena_alloc(arena, sizeof(*scale));
	scale->pods = facts_int_or_none(node_get(node, "replicas"));
	scale->weight = facts_int_or_none(node_get(node, "weight"));
	return scale;
}

static const struct step *collect_step(const struct rollout *rollout,
    const struct node *steps, size_t number, bool gated)
{
	struct facts *facts = rollout->reading.facts;
	const struct node *node = steps->items[number];
	struct step *step = arena_alloc(&facts->arena, sizeof(*step));
	const char *kind;
	const struct node *deed = kind_of(node, &kind);

	step->part = part_at(&rollout->reading, node);
	step->number = fact_int((int64_t)number);
	if (deed)
		step->kind = facts_placed(fact_text(kind), key_of(deed));
	step->weight = facts_int_or_none(node_get(node, "setWeight"));
	step->scale =
	    collect_scale(&facts->arena, node_get(node, "setCanaryScale"));
	step->full_weight = fact_int(rollout->full_weight);
	step->pause_seconds = pause_fact(node_get(node, "pause"));
	step->gated = fact_bool(gated);
	step->analysed = fact_bool(is_analysed(rollout, number));
	vector_add(&facts->lists[ENTITY_step], step);
	return step;
}

/*
 * Which steps are gated: something holds the rollout there, or after it and
 * before the next weight.  From the last step back, so that each is seen once.
 */
static bool *find_gates(const struct node *steps)
{
	size_t n = node_length(steps);
	bool *gated = xcalloc(n + 1, sizeof(*gated));
	bool later = false;

	for (size_t i = n; i-- > 0;) {
		const struct node *step = steps->items[i];

		gated[i] = holds(step) || later;
		later = gated[i] && !is_given(node_get(step, "setWeight"));
	}
	return gated;
}

void collect_steps(const struct rollout *rollout)
{
	const struct node *steps = node_get(rollout->canary, "steps");
	size_t n = node_length(steps);
	struct arena *arena = &rollout->reading.facts->arena;
	const void **items = arena_array(arena, n, sizeof(*items));
	bool *gated = find_gates(steps);

	for (size_t i = 0; i < n; i++)
		items[i] = collect_step(rollout, steps, i, gated[i]);
	workload_rollout(arena, rollout->workload)->steps =
	    (struct entity_list){n, items};
	free(gated);
}

/* "- pause:" says null, which the API drops. */
static void refuse_null_pause(
    const struct rollout *rollout, const struct node *pause)
{
	rollout_problem(rollout, pause,
	    "pause is null, so the step does nothing; give it a duration, or "
	    "{} to wait for a promotion by hand");
}

static bool is_kind(struct slice name)
{
	for (size_t i = 0; kinds[i]; i++) {
		if (slice_is(name, kinds[i]))
			return true;
	}
	return false;
}

/* The first key of a step that is the name of none; NULL when there is none.
 */
static const struct node *misspelt_kind(const struct node *step)
{
	for (uint32_t i = 0; step->kind == NODE_MAPPING && i < step->n; i++) {
		const struct node *key = step->pairs[i].key;

		if (key->kind == NODE_SCALAR && !is_kind(key->text))
			return key;
	}
	return NULL;
}

/* The walk over fields leaves what such a step has instead to this. */
static void refuse_idle(const struct rollout *rollout, const struct node *step)
{
	const struct node *key = misspelt_kind(step);
	const char *near =
	    key ? nearest(key->text, kinds, COUNT_OF(kinds) - 1) : NULL;

	if (near)
		rollout_problem(rollout, key,
		    "a step does nothing: '%.*s' is unknown; did you mean "
		    "'%s'?",
		    SLICE_ARGS(key->text), near);
	else
		rollout_problem(rollout, key ? key : step,
		    "a step does nothing; it needs one of setWeight, pause, "
		    "analysis, experiment, setCanaryScale, setHeaderRoute, "
		    "setMirrorRoute, plugin");
}

static void check_kind(const struct rollout *rollout, const struct node *step)
{
	const char *kind = NULL;
	const struct node *deed = kind_of(step, &kind);
	const struct node *pause = node_get(step, "pause");

	if (!deed && pause) {
		refuse_null_pause(rollout, key_of(pause));
		return;
	}
	if (!deed) {
		refuse_idle(rollout, step);
		return;
	}
	/* The controller counts only the first four against each other. */
	for (size_t i = 1; i < 4; i++) {
		const struct node *other = node_get(step, kinds[i]);

		if (is_given(other) && strcmp(kinds[i], kind)) {
			rollout_problem(rollout, other,
			    "one step has %s and %s; each needs a step of its "
			    "own",
			    kind, kinds[i]);
			return;
		}
	}
}

static void check_weight(const struct rollout *rollout, const struct node *node)
{
	int64_t weight;

	if (!is_given(node))
		return;
	if (!node_to_int(node, &weight))
		rollout_problem(rollout, node,
		    "setWeight '%.*s' is not a whole number from 0 to %lld",
		    SLICE_ARGS(scalar_text(node)),
		    (long long)rollout->full_weight);
	else if (weight < 0 || weight > rollout->full_weight)
		rollout_problem(rollout, node,
		    "setWeight %lld is not between 0 and %lld",
		    (long long)weight, (long long)rollout->full_weight);
}

static void check_pause(const struct rollout *rollout, const struct node *pause)
{
	const struct node *duration = node_get(pause, "duration");
	int64_t seconds;

	if (pause_duration(pause, &seconds))
		rollout_problem(rollout, pause,
		    "pause must be a mapping, not a time; write {duration: "
		    "%.*s}",
		    SLICE_ARGS(scalar_text(pause)));
	if (!is_given(duration) || pause_duration(duration, &seconds))
		return;
	rollout_problem(rollout, duration,
	    "pause.duration '%.*s' is not a duration; write seconds (60) or a "
	    "number with its unit ('60s', '5m', '1h30m')",
	    SLICE_ARGS(scalar_text(duration)));
}

/* exact, regex, prefix: how many a match of a header, path or method has. */
static size_t count_matches(const struct node *match)
{
	return (scalar_text(node_get(match, "exact")).len > 0) +
	       (scalar_text(node_get(match, "regex")).len > 0) +
	       (scalar_text(node_get(match, "prefix")).len > 0);
}

static void check_match(const struct rollout *rollout,
    const struct node *parent, const char *name, bool exact_only)
{
	const struct node *match = node_get(parent, name);
	size_t n = count_matches(match);

	if (n != 1)
		rollout_problem(rollout, match ? match : parent,
		    "%s must have exactly one of exact, regex, prefix, not "
		    "%zu of them",
		    name, n);
	else if (exact_only && !scalar_text(node_get(match, "exact")).len)
		rollout_problem(rollout, match,
		    "%s must be exact, because an ALB supports neither regex "
		    "nor prefix",
		    name);
}

/* A route that a step sets must be one the Rollout may manage. */
static void check_managed(
    const struct rollout *rollout, const struct node *route, const char *step)
{
	const struct node *name = node_get(route, "name");

	if (rollout->routing &&
	    !map_find(&rollout->managed_routes, scalar_text(name)))
		rollout_problem(rollout, name ? name : route,
		    "%s sets the route '%.*s', which "
		    "trafficRouting.managedRoutes does not list",
		    step, SLICE_ARGS(scalar_text(name)));
}

static void check_header_route(
    const struct rollout *rollout, const struct node *route)
{
	const struct node *match = node_get(route, "match");

	if (!is_given(route))
		return;
	check_managed(rollout, route, "setHeaderRoute");
	if (!has_router(rollout, "istio") && !has_router(rollout, "alb") &&
	    !has_router(rollout, "apisix") && !has_router(rollout, "plugins")) {
		rollout_problem(rollout, route,
		    "setHeaderRoute needs trafficRouting with istio, alb, "
		    "apisix or a plugin");
		return;
	}
	for (size_t i = 0; i < node_length(match); i++)
		check_match(rollout, match->items[i], "headerValue",
		    has_router(rollout, "alb"));
}

static void check_mirror_route(
    const struct rollout *rollout, const struct node *route)
{
	static const char *const parts[] = {"method", "path"};
	const struct node *match = node_get(route, "match");

	if (!is_given(route))
		return;
	check_managed(rollout, route, "setMirrorRoute");
	if (!has_router(rollout, "istio") && !has_router(rollout, "plugins"))
		rollout_problem(rollout, route,
		    "setMirrorRoute needs trafficRouting with istio or a "
		    "plugin");
	for (size_t i = 0; i < node_length(match); i++) {
		for (size_t j = 0; j < COUNT_OF(parts); j++) {
			if (is_given(node_get(match->items[i], parts[j])))
				check_match(
				    rollout, match->items[i], parts[j], false);
		}
	}
}

static void check_experiment(
    const struct rollout *rollout, const struct node *experiment)
{
	const struct node *templates = node_get(experiment, "templates");
	bool can_weigh =
	    has_router(rollout, "smi") || has_router(rollout, "alb") ||
	    has_router(rollout, "istio") || has_router(rollout, "plugins");

	for (size_t i = 0; i < node_length(templates); i++) {
		const struct node *weight =
		    node_get(templates->items[i], "weight");

		if (is_given(weight) && !can_weigh)
			rollout_problem(rollout, weight,
			    "the weight of an experiment's template needs "
			    "trafficRouting with smi, alb, istio or a plugin");
	}
}

static void find_step_problem(
    const struct rollout *rollout, const struct node *step)
{
	const struct node *scale = node_get(step, "setCanaryScale");

	check_kind(rollout, step);
	check_weight(rollout, node_get(step, "setWeight"));
	check_pause(rollout, node_get(step, "pause"));
	if (is_given(scale) && !rollout->routing)
		rollout_problem(rollout, scale,
		    "setCanaryScale needs trafficRouting; without it the "
		    "weight sets the share of pods");
	check_header_route(rollout, node_get(step, "setHeaderRoute"));
	check_mirror_route(rollout, node_get(step, "setMirrorRoute"));
	check_experiment(rollout, node_get(step, "experiment"));
}

void find_step_problems(const struct rollout *rollout)
{
	const struct node *steps = node_get(rollout->canary, "steps");

	for (size_t i = 0; i < node_length(steps); i++)
		find_step_problem(rollout, steps->items[i]);
}

SIMPLE(step, workload, fact_entity(step->part.workload))
SIMPLE(workload, steps, fact_list(&workload->rollout->steps))
