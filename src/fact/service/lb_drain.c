/* How long load balancers leave requests on a pod that ends: what annotations
 * of Ingresses and Services ask of those of AWS, for the workloads behind. */
#include "fact/service/backends.h"

#include "fact/computed.h"
#include "fact/problem.h"

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

struct fact lb_drain_of(const struct node *object)
{
	static const char *const keys[] = {
	    "alb.ingress.kubernetes.io/target-group-attributes",
	    "service.beta.kubernetes.io/"
	    "aws-load-balancer-target-group-attributes",
	    "service.beta.kubernetes.io/"
	    "aws-load-balancer-connection-draining-timeout",
	};
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	int64_t seconds;

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct node *value = node_get(annotations, keys[i]);

		if (read_delay(scalar_text(value), &seconds))
			return facts_placed(fact_int(seconds), value);
	}
	return (struct fact){.state = FACT_ABSENT};
}

/* Of several the longest. */
static void add_drain_to(const struct service *service, struct fact drain,
    const struct manifest *manifest)
{
	const struct entity_list *list = &service->workloads.sure;

	for (size_t i = 0; drain.state == FACT_KNOWN && i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct workload *workload =
		    (struct workload *)(uintptr_t)list->items[i];

		if (workload->lb_drain.state != FACT_KNOWN ||
		    workload->lb_drain.integer < drain.integer)
			workload->lb_drain = fact_at(drain, manifest,
			    drain.line, drain.col, drain.width);
	}
}

void relate_lb_drains(struct release *release)
{
	const struct entity_list *services = &release->lists[ENTITY_service];
	const struct entity_list *backends = &release->lists[ENTITY_backend];

	for (size_t i = 0; i < services->n; i++) {
		const struct service *service = services->items[i];

		add_drain_to(service, service->lb_drain, service->manifest);
	}
	for (size_t i = 0; i < backends->n; i++) {
		const struct backend *backend = backends->items[i];

		if (backend->service)
			add_drain_to(backend->service, backend->lb_drain,
			    backend->manifest);
	}
}

SIMPLE(workload, lb_drain_seconds, workload->lb_drain)
