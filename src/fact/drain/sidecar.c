/* Containers that help others of their pod, and which of those they leave
 * alone: all regular ones are told to end at the same time. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/service/service.h"
#include "fact/settings.h"
#include "fact/shell.h"

#include <string.h>

/* What a container is told when it goes on until others have no use for it. */
static const char *const stays_says[] = {"term_timeout", "term-timeout",
    "sigterm", "drain", "shutdown", "graceful", "grace", "linger", "wait"};

static bool says_it_stays(struct slice text)
{
	struct buf lower = {0};
	bool says = false;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		buf_printf(
		    &lower, "%c", c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
	for (size_t i = 0; i < COUNT_OF(stays_says) && !says; i++)
		says = slice_find(buf_slice(&lower), slice_of(stays_says[i]),
			   0) >= 0;
	buf_release(&lower);
	return says;
}

static bool is_told_to_stay(const struct node *node)
{
	struct arguments arguments = {
	    node_get(node, "command"), node_get(node, "args")};
	const struct node *env = node_get(node, "env");
	struct slice name;

	for (size_t i = 0; argument_at(arguments, i); i++) {
		if (says_it_stays(argument_text(arguments, i)))
			return true;
	}
	for (size_t i = 0; i < node_length(env); i++) {
		if (node_to_text(node_get(env->items[i], "name"), &name) &&
		    says_it_stays(name))
			return true;
	}
	return false;
}

/* The last part of an image's name: cloud-sql-proxy. */
static struct slice image_word(const struct container *container)
{
	const char *name = container->image_name;
	const char *slash = strrchr(name, '/');

	return slice_of(slash ? slash + 1 : name);
}

void collect_help(
    struct facts *facts, const struct node *node, struct container *container)
{
	const struct name_list *names = facts->settings->sidecars;

	container->helps =
	    !container->is_init &&
	    (name_list_has(names, slice_of(container->name.text)) ||
		name_list_has(names, image_word(container)));
	container->stays = container->helps && is_told_to_stay(node);
}

static bool is_helped(const struct container *container)
{
	return !container->is_init && !container->helps &&
	       (drain_end(container) > 0 ||
		   container->prestop_seconds.state == FACT_UNKNOWN);
}

/* Whether a container ends later than another; one whose preStop takes an
 * unknown time does so than one without. */
static bool outlasts(
    const struct container *container, const struct container *other)
{
	int64_t end = drain_end(other);

	return drain_end(container) > end ||
	       (container->prestop_seconds.state == FACT_UNKNOWN && end == 0);
}

/* Of the containers that a helper leaves alone the one that ends last. */
static const struct container *left_alone(const struct container *helper)
{
	const struct workload *workload = helper->workload;
	const struct container *last = NULL;

	if (!helper->helps || helper->stays ||
	    helper->prestop_seconds.state == FACT_UNKNOWN)
		return NULL;
	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		if (is_helped(container) && outlasts(container, helper) &&
		    (!last || outlasts(container, last)))
			last = container;
	}
	return last;
}

SIMPLE(container, leaves, fact_entity(left_alone(container)))
SIMPLE(drain, end_seconds, fact_int(drain_end(drain)))

/* Of the containers that go on when a mesh's proxy has ended, the last. */
struct fact fact_workload_mesh_leaves(
    const struct release *release, const struct workload *workload)
{
	const struct container *last = NULL;
	struct fact proxy = RARE_FACT(workload, mesh_drain_seconds);

	(void)release;
	if (proxy.state != FACT_KNOWN)
		return fact_entity(NULL);
	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		if (container->is_init || drain_end(container) <= proxy.integer)
			continue;
		if (!last || drain_end(container) > drain_end(last))
			last = container;
	}
	return fact_entity(last);
}
