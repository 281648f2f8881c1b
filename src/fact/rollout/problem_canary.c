/* What the Argo Rollouts controller would refuse in a canary strategy, its
 * steps aside: Services, routers, ping-pong, how many pods at once. */
#include "fact/rollout/rollout.h"

#include "fact/rollout/reading.h"

/* Routers that tell old from new by two Services.  unless: what tells them
 * apart instead, a field of the router itself; or NULL. */
static const struct router {
	const char *name;
	const char *unless;
	bool knows_ping_pong;
} routers[] = {
    {"alb", NULL, true},
    {"istio", "destinationRule", true},
    {"smi", NULL, false},
    {"apisix", NULL, false},
    {"ambassador", NULL, false},
    {"nginx", NULL, false},
    {"appMesh", NULL, false},
    {"traefik", NULL, false},
};

/* A router that names what it changes once, or as a list of several. */
static const struct {
	const char *router, *one, *many;
} alternatives[] = {
    {"alb", "ingress", "ingresses"},
    {"nginx", "stableIngress", "stableIngresses"},
    {"istio", "virtualService", "virtualServices"},
};

static bool needs_services(
    const struct rollout *rollout, const struct router *router)
{
	const struct node *node = node_get(rollout->routing, router->name);

	if (!is_given(node) ||
	    (router->unless && is_given(node_get(node, router->unless))))
		return false;
	return !router->knows_ping_pong ||
	       !is_given(node_get(rollout->canary, "pingPong"));
}

static void check_services_given(const struct rollout *rollout)
{
	static const char *const names[] = {"canaryService", "stableService"};
	const struct router *router = routers;
	const struct router *end = routers + COUNT_OF(routers);

	while (router < end && !needs_services(rollout, router))
		router++;
	for (size_t i = 0; router < end && i < COUNT_OF(names); i++) {
		if (!scalar_text(node_get(rollout->canary, names[i])).len)
			rollout_problem(rollout, rollout->canary,
			    "trafficRouting.%s needs canary.%s", router->name,
			    names[i]);
	}
}

static void check_services_differ(const struct rollout *rollout)
{
	const struct node *canary = node_get(rollout->canary, "canaryService");
	const struct node *stable = node_get(rollout->canary, "stableService");
	struct slice name = scalar_text(canary);

	if (name.len && slice_eq(name, scalar_text(stable)))
		rollout_problem(rollout, stable,
		    "canaryService and stableService are both '%.*s'; each "
		    "needs a Service of its own",
		    SLICE_ARGS(name));
}

static void check_ping_pong(const struct rollout *rollout)
{
	const struct node *both = node_get(rollout->canary, "pingPong");
	const struct node *pong = node_get(both, "pongService");
	struct slice ping_name = scalar_text(node_get(both, "pingService"));
	struct slice pong_name = scalar_text(pong);

	if (!is_given(both))
		return;
	if (!ping_name.len || !pong_name.len)
		rollout_problem(rollout, both,
		    "pingPong needs pingService and pongService");
	else if (slice_eq(ping_name, pong_name))
		rollout_problem(rollout, pong,
		    "pingService and pongService are both '%.*s'; each needs "
		    "a Service of its own",
		    SLICE_ARGS(ping_name));
	if (rollout->routing && !has_router(rollout, "alb") &&
	    !has_router(rollout, "istio") && !has_router(rollout, "plugins"))
		rollout_problem(rollout, both,
		    "pingPong needs trafficRouting with alb, istio or a "
		    "plugin");
	if (has_router(rollout, "alb") &&
	    !scalar_text(
		node_find(rollout->routing, "alb", "rootService", NULL))
		 .len)
		rollout_problem(rollout, node_get(rollout->routing, "alb"),
		    "pingPong needs trafficRouting.alb.rootService");
}

/* How long old pods stay is a question only where traffic is routed. */
static void check_scaling(const struct rollout *rollout)
{
	const struct node *delay =
	    node_get(rollout->canary, "scaleDownDelaySeconds");
	const struct node *dynamic =
	    node_get(rollout->canary, "dynamicStableScale");
	bool is_dynamic = false;

	node_to_bool(dynamic, &is_dynamic);
	if (!rollout->routing && is_given(delay))
		rollout_problem(rollout, delay,
		    "canary.scaleDownDelaySeconds needs trafficRouting");
	if (!rollout->routing && is_dynamic)
		rollout_problem(rollout, dynamic,
		    "canary.dynamicStableScale needs trafficRouting");
	if (rollout->routing && is_given(delay) && is_dynamic)
		rollout_problem(rollout, dynamic,
		    "canary.dynamicStableScale cannot stand beside "
		    "scaleDownDelaySeconds");
}

static void check_full_weight(const struct rollout *rollout)
{
	const struct node *weight =
	    node_get(rollout->routing, "maxTrafficWeight");

	if (is_given(weight) && !has_router(rollout, "nginx") &&
	    !has_router(rollout, "plugins"))
		rollout_problem(rollout, weight,
		    "maxTrafficWeight needs trafficRouting with nginx or a "
		    "plugin");
}

/* Exactly one of a router's two fields for what it changes. */
static void check_alternatives(const struct rollout *rollout)
{
	for (size_t i = 0; i < COUNT_OF(alternatives); i++) {
		const char *one = alternatives[i].one;
		const char *many = alternatives[i].many;
		const struct node *router =
		    node_get(rollout->routing, alternatives[i].router);
		bool has_one = is_given(node_get(router, one));

		if (is_given(router) &&
		    has_one == (node_length(node_get(router, many)) > 0))
			rollout_problem(rollout, router,
			    "trafficRouting.%s has %s %s %s %s; it must have "
			    "exactly one of them",
			    alternatives[i].router,
			    has_one ? "both" : "neither", one,
			    has_one ? "and" : "nor", many);
	}
}

/* 0, "0" or "0%": no rounding, so nothing can make it one. */
static bool is_literal_zero(const struct node *node)
{
	struct slice text = scalar_text(node);
	int64_t value;

	if (slice_ends(text, SLICE("%")))
		text.len--;
	return slice_to_int(text, &value) && value == 0;
}

static bool is_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] < '0' || text.ptr[i] > '9')
			return false;
	}
	return text.len != 0;
}

/* What the controller reads as 0: its getPercentValue() takes digits and a
 * "%", and other text is a number or none (pkg/apis/rollouts/validation). */
static bool stands_for_zero(const struct node *node)
{
	struct slice text = scalar_text(node);
	int64_t value;

	if (!text.len || is_literal_zero(node))
		return text.len != 0;
	if (slice_ends(text, SLICE("%")))
		return !is_digits((struct slice){text.ptr, text.len - 1});
	return !slice_to_int(text, &value) &&
	       scalar_of(node).type == SCALAR_STRING;
}

static void check_room(const struct rollout *rollout)
{
	const struct node *surge = node_get(rollout->canary, "maxSurge");
	const struct node *unavailable =
	    node_get(rollout->canary, "maxUnavailable");
	bool is_literal =
	    is_literal_zero(surge) && is_literal_zero(unavailable);

	if (!stands_for_zero(surge) || !stands_for_zero(unavailable))
		return;
	rollout_problem(rollout,
	    is_literal_zero(surge) && !is_literal ? unavailable : surge,
	    is_literal ? "maxSurge and maxUnavailable are both 0, so no pod "
			 "can be replaced; raise one of them"
		       : "maxSurge and maxUnavailable both count as 0, because "
			 "they are neither a whole number nor a percentage, so "
			 "no pod can be replaced; raise one of them");
}

void find_canary_problems(const struct rollout *rollout)
{
	check_services_given(rollout);
	check_services_differ(rollout);
	check_ping_pong(rollout);
	check_scaling(rollout);
	check_full_weight(rollout);
	check_alternatives(rollout);
	check_room(rollout);
}
