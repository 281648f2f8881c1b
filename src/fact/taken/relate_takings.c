/*
 * Things that two objects of the stream ask for: for each the first one that is
 * in its way.
 *
 * Of one thing the first of each taker is kept, and the first DaemonSet that is
 * on all nodes; of host ports the same once more for each choice of nodes.
 */
#include "fact/taken/taken.h"

#include "fact/apart.h"
#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

/* Who asks for a thing first, by taker. */
struct askers {
	const struct taking *first[TAKER_MAX];
	const struct taking *everywhere; /* a DaemonSet on all nodes */
};

struct asking {
	const struct release *release;
	struct map things; /* struct askers */
	struct arena arena;
	struct buf key;
};

static const char *const words[TAKER_MAX] = {
    [TAKER_SECRET] = "Secret",
    [TAKER_CERTIFICATE] = "Secret",
    [TAKER_ANNOTATION] = "Secret",
    [TAKER_EXTERNAL] = "Secret",
    [TAKER_SEALED] = "Secret",
    [TAKER_DAEMON_SET] = "host port",
    [TAKER_POD] = "host port",
    [TAKER_CLUSTER_IP] = "clusterIP",
    [TAKER_BALANCER] = "address",
    [TAKER_CLAIM] = "volume",
};

static bool is_secret(const struct taking *taking)
{
	return taking->taker <= TAKER_SEALED;
}

static struct askers *askers_of(
    struct asking *asking, const struct taking *taking, const char *nodes)
{
	const char *namespace =
	    is_secret(taking)
		? manifest_namespace(asking->release, taking->manifest)
		: "";
	struct askers *askers;

	buf_clear(&asking->key);
	buf_printf(&asking->key, "%s\n%s\n%s\n%s", words[taking->taker],
	    namespace, taking->thing, nodes);
	askers = map_find(&asking->things, buf_slice(&asking->key));
	if (!askers) {
		askers = arena_alloc(&asking->arena, sizeof(*askers));
		*askers = (struct askers){0};
		*map_slot(&asking->things,
		    slice_copy(&asking->arena, buf_slice(&asking->key))) =
		    askers;
	}
	return askers;
}

static bool are_same_hosts(
    const struct text_list *left, const struct text_list *right)
{
	if (left->n != right->n)
		return false;
	for (size_t i = 0; i < left->n; i++) {
		if (strcmp(left->items[i], right->items[i]) != 0)
			return false;
	}
	return true;
}

/* cert-manager makes a Certificate of the Secret's name for an annotation, and
 * leaves one alone that is there already. */
static bool is_left_alone(
    const struct taking *annotation, const struct taking *certificate)
{
	return !strcmp(certificate->manifest->name, annotation->thing);
}

/* Two objects of one name are a fault of their own. */
static bool is_in_the_way(const struct taking *first, const struct taking *next)
{
	if (!first || first->manifest == next->manifest)
		return false;
	if (next->taker == TAKER_ANNOTATION) {
		if (first->taker == TAKER_ANNOTATION)
			return !are_same_hosts(&first->hosts, &next->hosts);
		return first->taker != TAKER_CERTIFICATE ||
		       !is_left_alone(next, first);
	}
	if (first->taker == TAKER_ANNOTATION &&
	    next->taker == TAKER_CERTIFICATE)
		return !is_left_alone(first, next);
	return first->taker != TAKER_SECRET || next->taker != TAKER_SECRET;
}

static const struct taking *first_in_the_way(
    const struct askers *askers, const struct taking *next)
{
	for (size_t i = 0; i < TAKER_MAX; i++) {
		if (is_in_the_way(askers->first[i], next))
			return askers->first[i];
	}
	return NULL;
}

static void keep_first(struct askers *askers, const struct taking *taking)
{
	if (!askers->first[taking->taker])
		askers->first[taking->taker] = taking;
}

/* Pods are on one node for sure where one of both is a DaemonSet: on all nodes,
 * or on those that the other asks for as well. */
static const struct taking *first_at_port(
    struct asking *asking, struct askers *askers, const struct taking *next)
{
	bool is_daemon = next->taker == TAKER_DAEMON_SET;
	struct askers *there = askers_of(asking, next, next->nodes);
	const struct taking *found = NULL;

	if (!next->is_elsewhere) {
		found = askers->everywhere;
		if (!found && is_daemon && !*next->nodes)
			found = first_in_the_way(askers, next);
		if (is_daemon && !*next->nodes && !askers->everywhere)
			askers->everywhere = next;
		keep_first(askers, next);
	}
	if (!found && *next->nodes)
		found = is_daemon ? first_in_the_way(there, next)
				  : there->first[TAKER_DAEMON_SET];
	if (*next->nodes)
		keep_first(there, next);
	return found && found->manifest != next->manifest ? found : NULL;
}

/* A hook's object may be gone before the other comes. */
static bool counts(const struct taking *taking)
{
	return !taking->manifest->seldom->earlier &&
	       !taking->manifest->seldom->helm_hook.given &&
	       (!taking->workload || (!taking->workload->kind->is_job &&
					 !is_scaled_to_zero(taking->workload)));
}

static void relate_taking(struct asking *asking, struct taking *taking)
{
	struct askers *askers = askers_of(asking, taking, "");
	const struct taking *rival;

	if (taking->workload) {
		rival = first_at_port(asking, askers, taking);
	} else {
		rival = first_in_the_way(askers, taking);
		keep_first(askers, taking);
	}
	if (rival &&
	    !are_apart(asking->release, rival->manifest, taking->manifest))
		taking->rival = rival;
}

void relate_takings(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_taking];
	struct asking asking = {.release = release};

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct taking *taking =
		    (struct taking *)(uintptr_t)list->items[i];

		if (counts(taking))
			relate_taking(&asking, taking);
	}
	map_release(&asking.things);
	arena_release(&asking.arena);
	buf_release(&asking.key);
}

SIMPLE(taking, manifest, fact_entity(taking->manifest))
SIMPLE(taking, of, fact_text(words[taking->taker]))
SIMPLE(taking, by_annotation, fact_bool(taking->taker == TAKER_ANNOTATION))
SIMPLE(taking, rival, fact_entity(taking->rival))
