/* How long load balancers leave requests on a pod that ends: what annotations
 * of Ingresses and Services ask of those of AWS and Azure, and policies beside
 * them of Google's, for the workloads behind. */
#include "fact/service/backends.h"

#include "fact/computed.h"
#include "fact/namespace.h"
#include "fact/problem.h"

#include <stddef.h>

#define DELAY "deregistration_delay.timeout_seconds="

/* The delay in a list "name=value,name=value" of a target group, or a number
 * of seconds. */
static bool read_delay(struct slice text, int64_t *ret_seconds)
{
	ptrdiff_t at = slice_find(text, SLICE(DELAY), 0);
	ptrdiff_t end;

	if (at >= 0) {
		text.ptr += (size_t)at + SLICE(DELAY).len;
		text.len -= (size_t)at + SLICE(DELAY).len;
		end = slice_find(text, SLICE(","), 0);
		text.len = end < 0 ? text.len : (size_t)end;
	}
	return slice_to_int(slice_trim(text), ret_seconds);
}

/* An annotation that gives a delay, and the one without which it does not
 * count. */
static const struct {
	const char *key, *switched_on_by;
} delays[] = {
    {"alb.ingress.kubernetes.io/target-group-attributes", NULL},
    {"service.beta.kubernetes.io/aws-load-balancer-target-group-attributes",
	NULL},
    {"service.beta.kubernetes.io/"
     "aws-load-balancer-connection-draining-timeout",
	"service.beta.kubernetes.io/"
	"aws-load-balancer-connection-draining-enabled"},
    {"appgw.ingress.kubernetes.io/connection-draining-timeout",
	"appgw.ingress.kubernetes.io/connection-draining"},
};

static bool is_on(const struct node *annotations, const char *key)
{
	return !key ||
	       slice_is(scalar_text(node_get(annotations, key)), "true");
}

struct fact lb_drain_of(const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	int64_t seconds;

	for (size_t i = 0; i < COUNT_OF(delays); i++) {
		const struct node *value = node_get(annotations, delays[i].key);

		if (is_on(annotations, delays[i].switched_on_by) &&
		    read_delay(scalar_text(value), &seconds))
			return facts_placed(fact_int(seconds), value);
	}
	return (struct fact){.state = FACT_ABSENT};
}

/* Annotations with values by which requests go straight to the addresses of
 * pods, which are registered and taken out one by one. */
static const struct {
	const char *key, *value;
} registering[] = {
    {"alb.ingress.kubernetes.io/target-type", "ip"},
    {"service.beta.kubernetes.io/aws-load-balancer-nlb-target-type", "ip"},
    {"service.beta.kubernetes.io/aws-load-balancer-type", "nlb-ip"},
    {"cloud.google.com/neg", "{\"ingress\": true}"},
    {"cloud.google.com/neg", "{\"ingress\":true}"},
};

/* Without the annotation it is what the controller was started with. */
struct fact lb_needs_node_ports(const struct node *object)
{
	const struct node *value = node_find(object, "metadata", "annotations",
	    "alb.ingress.kubernetes.io/target-type", NULL);

	return slice_is(scalar_text(value), "instance")
		   ? facts_placed(fact_bool(true), value)
		   : (struct fact){.state = FACT_ABSENT};
}

struct fact lb_registers_pods(const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);

	for (size_t i = 0; i < COUNT_OF(registering); i++) {
		const struct node *value =
		    node_get(annotations, registering[i].key);

		if (slice_is(scalar_text(value), registering[i].value))
			return facts_placed(fact_bool(true), value);
	}
	return (struct fact){.state = FACT_ABSENT};
}

/* Of Google and Azure, where external is what a Service is by itself, and of
 * the AWS Load Balancer Controller, where that depends on its version; there
 * the old annotation counts where the new one is not
 * (buildLoadBalancerScheme). */
static const struct {
	const char *key, *value, *word;
} schemes[] = {
    {"cloud.google.com/load-balancer-type", "Internal", "internal"},
    {"networking.gke.io/load-balancer-type", "External", "external"},
    {"networking.gke.io/load-balancer-type", "Internal", "internal"},
    {"service.beta.kubernetes.io/azure-load-balancer-internal", "true",
	"internal"},
    {"service.beta.kubernetes.io/azure-load-balancer-internal", "false",
	"external"},
    {"service.beta.kubernetes.io/aws-load-balancer-internal", "true",
	"internal"},
    {"service.beta.kubernetes.io/aws-load-balancer-internal", "0.0.0.0/0",
	"internal"},
    {"service.beta.kubernetes.io/aws-load-balancer-internal", "false",
	"external"},
    {"service.beta.kubernetes.io/aws-load-balancer-scheme", "internal",
	"internal"},
    {"service.beta.kubernetes.io/aws-load-balancer-scheme", "internet-facing",
	"external"},
};

#define FIRST_OF_AWS 5

struct lb_scheme lb_scheme_of(const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	struct lb_scheme scheme = {.word = {.state = FACT_ABSENT}};

	for (size_t i = 0; i < COUNT_OF(schemes); i++) {
		const struct node *value =
		    node_get(annotations, schemes[i].key);

		if (!slice_is(scalar_text(value), schemes[i].value))
			continue;
		scheme.word = facts_placed(fact_text(schemes[i].word), value);
		scheme.is_told_apart |= i < FIRST_OF_AWS;
	}
	return scheme;
}

/* {"default": "web", "ports": {"http": "web"}}: what no colon follows is a
 * name. */
struct text_list lb_policies_of(struct facts *facts, const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	struct slice text = scalar_text(
	    node_get(annotations, "cloud.google.com/backend-config"));
	struct buf names = {0};
	struct text_list list;
	size_t start = 0;
	bool inside = false;

	for (size_t i = 0; i < text.len; i++) {
		struct slice rest = {text.ptr + i + 1, text.len - i - 1};
		struct slice name = {text.ptr + start, i - start};

		if (text.ptr[i] != '"')
			continue;
		if (inside && !slice_starts(slice_trim(rest), SLICE(":"))) {
			const char *kept = facts_text(facts, name);

			buf_add(&names, &kept, sizeof(kept));
		}
		inside = !inside;
		start = i + 1;
	}
	list.items = facts_keep(facts, &names);
	list.n = names.len / sizeof(*list.items);
	buf_release(&names);
	return list;
}

/* A policy of Google's load balancers, by its own name, which Services give, or
 * by that of the Service it is for. */
static void add_policy(struct facts *facts, const struct manifest *manifest,
    const struct node *draining, const char *name, bool is_of_service)
{
	const struct node *seconds = node_get(draining, "drainingTimeoutSec");
	struct lb_policy *policy;

	if (node_is_null(seconds) || !*name)
		return;
	policy = arena_alloc(&facts->arena, sizeof(*policy));
	policy->manifest = manifest;
	policy->name = name;
	policy->is_of_service = is_of_service;
	policy->drain = facts_int_or_none(seconds);
	vector_add(&facts->lb_policies, policy);
}

void collect_backend_config(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	add_policy(collection->facts, manifest,
	    node_find(object, "spec", "connectionDraining", NULL),
	    manifest->name, false);
}

void collect_backend_policy(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *target =
	    node_find(object, "spec", "targetRef", NULL);

	if (slice_is(scalar_text(node_get(target, "kind")), "Service"))
		add_policy(collection->facts, manifest,
		    node_find(
			object, "spec", "default", "connectionDraining", NULL),
		    facts_name(collection->facts, node_get(target, "name")),
		    true);
}

static struct slice policy_key(struct buf *text, const struct release *release,
    const char *name, bool is_of_service, const struct manifest *manifest)
{
	buf_clear(text);
	buf_printf(text, "%d/%s/%s", is_of_service, name,
	    manifest_namespace(release, manifest));
	return buf_slice(text);
}

void lb_policies_index(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct buf text = {0};
	struct entity_list policies = facts_in_order(&release->arena, facts,
	    nfacts, offsetof(struct facts, lb_policies));

	for (size_t i = 0; i < policies.n; i++) {
		const struct lb_policy *policy = policies.items[i];
		struct slice key = policy_key(&text, release, policy->name,
		    policy->is_of_service, policy->manifest);

		*map_slot(
		    &release->lb_policies, slice_copy(&release->arena, key)) =
		    (void *)(uintptr_t)policy;
	}
	buf_release(&text);
}

/* Of several the longest. */
static void add_drain_to(struct release *release, const struct service *service,
    struct fact drain, const struct manifest *manifest)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; drain.state == FACT_KNOWN && i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		if (workload->seldom->lb_drain.state != FACT_KNOWN ||
		    workload->seldom->lb_drain.integer < drain.integer)
			workload_seldom(&release->arena, workload)->lb_drain =
			    fact_at(drain, manifest, drain.line, drain.col,
				drain.width);
	}
}

static void add_policy_to(struct release *release, struct buf *text,
    const struct service *service, const char *name, bool is_of_service)
{
	const struct lb_policy *policy = map_find(&release->lb_policies,
	    policy_key(text, release, name, is_of_service, service->manifest));

	if (policy)
		add_drain_to(release, service, policy->drain, policy->manifest);
}

static void add_policies(struct release *release, const struct service *service)
{
	struct buf text = {0};

	for (size_t i = 0; i < service->lb_policies.n; i++)
		add_policy_to(release, &text, service,
		    service->lb_policies.items[i], false);
	add_policy_to(release, &text, service, service->manifest->name, true);
	buf_release(&text);
}

/* The first that does. */
static void add_registry_to(struct release *release,
    const struct service *service, struct fact registers,
    const struct manifest *manifest)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; registers.state == FACT_KNOWN && i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		if (workload->seldom->registered.state == FACT_ABSENT)
			workload_seldom(&release->arena, workload)->registered =
			    fact_at(registers, manifest, registers.line,
				registers.col, registers.width);
	}
}

void relate_lb_drains(struct release *release)
{
	const struct entity_list *services = &release->lists[ENTITY_service];
	const struct entity_list *backends = &release->lists[ENTITY_backend];

	for (size_t i = 0; i < services->n; i++) {
		const struct service *service = services->items[i];

		add_drain_to(
		    release, service, service->lb_drain, service->manifest);
		add_registry_to(release, service, service->registers_pods,
		    service->manifest);
		if (release->lb_policies.n)
			add_policies(release, service);
	}
	for (size_t i = 0; i < backends->n; i++) {
		const struct backend *backend = backends->items[i];

		if (!backend->service)
			continue;
		add_drain_to(release, backend->service, backend->lb_drain,
		    backend->manifest);
		add_registry_to(release, backend->service,
		    backend->registers_pods, backend->manifest);
	}
}

SIMPLE(workload, lb_drain_seconds, workload->seldom->lb_drain)
SIMPLE(workload, registered, workload->seldom->registered)

/* What the annotations of the other release said, where the load balancer of
 * this one is for others. */
struct fact fact_service_scheme_before(
    const struct release *release, const struct service *service)
{
	const struct service *other = service->other;
	struct fact none = {.state = FACT_ABSENT};
	const char *before, *now;

	(void)release;
	if (!other || !service->type.text || !other->type.text ||
	    strcmp(service->type.text, "LoadBalancer") != 0 ||
	    strcmp(other->type.text, "LoadBalancer") != 0)
		return none;
	if (!other->scheme.word.has_value && !service->scheme.is_told_apart)
		return none;
	if (!service->scheme.word.has_value && !other->scheme.is_told_apart)
		return none;
	before =
	    other->scheme.word.has_value ? other->scheme.word.text : "external";
	now = service->scheme.word.has_value ? service->scheme.word.text
					     : "external";
	return strcmp(before, now) != 0 ? fact_text(before) : none;
}

SIMPLE(service, lb_scheme, service->scheme.word)