/* Resources of containers, and exit codes of Jobs: what must hold between
 * their values, as k8s.io/kubernetes/pkg/apis asks it. */
#include "schema/special.h"

#include "base/quantity.h"
#include "base/real.h"
#include "schema/given.h"
#include "schema/walk.h"

#include <stdlib.h>
#include <string.h>

static bool is_plain_resource(struct slice name)
{
	return slice_is(name, "cpu") || slice_is(name, "memory") ||
	       slice_is(name, "ephemeral-storage");
}

static bool is_huge_pages(struct slice name)
{
	return slice_starts(name, SLICE("hugepages-"));
}

/* Of the API's own name space, which has no others. */
static bool is_native(struct slice name)
{
	return slice_find(name, SLICE("/"), 0) < 0 ||
	       slice_find(name, SLICE("kubernetes.io/"), 0) >= 0;
}

/* IsExtendedResourceName(): what quotas of such names begin with. */
static bool is_quota_name(struct slice name)
{
	return !is_native(name) && slice_starts(name, SLICE("requests."));
}

/* validateContainerResourceName() */
static bool is_resource(struct slice name)
{
	if (slice_find(name, SLICE("/"), 0) < 0)
		return is_plain_resource(name) || is_huge_pages(name);
	return form_label_key(name);
}

/* The size of hugepages-2Mi: validateResourceQuantityHugePageValue() */
static void check_huge_pages(
    const struct checking *checking, const struct pair *pair)
{
	struct slice name = pair->key->text;
	struct slice page = {
	    name.ptr + strlen("hugepages-"), name.len - strlen("hugepages-")};
	double size, value;

	if (quantity_parse(page, &size) && size > 0 &&
	    given_quantity(pair->value, &value) && !is_multiple(value, size))
		report_fault(checking->frame, REFUSAL_VALUE, pair->value,
		    "must be a multiple of the size of a page (%.*s), not %.*s",
		    SLICE_ARGS(page), SLICE_ARGS(pair->value->text));
}

static void check_resource(
    const struct checking *checking, const struct pair *pair)
{
	struct slice name = pair->key->text;
	double value;

	if (is_quota_name(name)) {
		report_fault(checking->frame, REFUSAL_VALUE, pair->key,
		    "may not begin with 'requests.', which is for quotas");
		return;
	}
	if (!is_resource(name)) {
		report_fault(checking->frame, REFUSAL_VALUE, pair->key,
		    "must be cpu, memory, ephemeral-storage, hugepages-SIZE "
		    "or a name with a domain and a slash in front");
		return;
	}
	if (!given_quantity(pair->value, &value))
		return;
	if (value < 0)
		report_fault(checking->frame, REFUSAL_VALUE, pair->value,
		    "must be at least 0, not %.*s",
		    SLICE_ARGS(pair->value->text));
	else if (!is_native(name) && !has_no_fraction(value))
		report_fault(checking->frame, REFUSAL_VALUE, pair->value,
		    "must be a whole number, not %.*s",
		    SLICE_ARGS(pair->value->text));
	else if (is_huge_pages(name))
		check_huge_pages(checking, pair);
}

/* ValidateContainerResourceRequirements(): of huge pages alone no class of
 * service follows. */
static void check_pages_with_others(const struct checking *checking)
{
	static const char *const lists[] = {"limits", "requests"};
	const struct node *pages = NULL;

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *map = given(checking->frame->node, lists[i]);

		if (given(map, "cpu") || given(map, "memory"))
			return;
		for (uint32_t j = 0;
		     map && map->kind == NODE_MAPPING && j < map->n; j++) {
			if (is_huge_pages(map->pairs[j].key->text) && !pages)
				pages = map->pairs[j].value;
		}
	}
	if (pages)
		report_fault(checking->frame, REFUSAL_VALUE, pages,
		    "may only be given beside cpu or memory");
}

/* ValidateResourceRequirements(): what cannot be shared is requested as it is
 * limited. */
static void check_request(const struct checking *checking,
    const struct pair *request, const struct named *limits)
{
	struct slice name = request->key->text;
	const struct node *limit = named_find(limits, name);
	bool is_shared = is_plain_resource(name);
	double value, bound;

	if (!limit) {
		if (!is_shared && is_resource(name))
			report_missing(checking->frame, NULL,
			    checking->frame->node, "limits");
		return;
	}
	if (!given_quantity(request->value, &value) ||
	    !given_quantity(limit, &bound))
		return;
	if (is_shared && value > bound && node_is_null(limit))
		report_fault(checking->frame, REFUSAL_VALUE, request->value,
		    "must be at most the limit, which counts as 0 because it "
		    "is null, not %.*s",
		    SLICE_ARGS(request->value->text));
	else if (is_shared && value > bound)
		report_fault(checking->frame, REFUSAL_VALUE, request->value,
		    "must be at most the limit of %.*s, not %.*s",
		    SLICE_ARGS(limit->text), SLICE_ARGS(request->value->text));
	else if (!is_shared && value != bound)
		report_fault(checking->frame, REFUSAL_VALUE, request->value,
		    "must be the limit of %.*s, not %.*s",
		    SLICE_ARGS(limit->text), SLICE_ARGS(request->value->text));
}

void check_container_resources(const struct checking *checking)
{
	const struct node *limits = given(checking->frame->node, "limits");
	const struct node *requests = given(checking->frame->node, "requests");
	struct named bounds;

	check_pages_with_others(checking);
	if (limits && limits->kind != NODE_MAPPING)
		limits = NULL;
	for (uint32_t i = 0; limits && i < limits->n; i++)
		check_resource(checking, &limits->pairs[i]);
	if (!requests || requests->kind != NODE_MAPPING)
		return;
	bounds = named_of(limits);
	for (uint32_t i = 0; i < requests->n; i++) {
		check_resource(checking, &requests->pairs[i]);
		check_request(checking, &requests->pairs[i], &bounds);
	}
	named_release(&bounds);
}

/* Whether two claims of a container overlap: all of a claim has each request
 * of it. */
static bool overlaps(const struct node *one, const struct node *other)
{
	struct slice request = given_text_at(one, "request");
	struct slice others = given_text_at(other, "request");

	return slice_eq(given_text_at(one, "name"),
		   given_text_at(other, "name")) &&
	       (!request.len || !others.len || slice_eq(request, others));
}

/* validateResourceClaimNames().  Of such lists nobody writes long ones. */
void check_claims_apart(const struct checking *checking)
{
	const struct node *claims = given(checking->frame->node, "claims");

	for (uint32_t i = 1; i < given_length(claims) && i < 100; i++) {
		const struct node *name = given(claims->items[i], "name");

		for (uint32_t j = 0; j < i; j++) {
			if (!given_text(name).len ||
			    !overlaps(claims->items[i], claims->items[j]))
				continue;
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, name,
			    "is the claim of an earlier item");
			break;
		}
	}
}

/* ValidateContainerResourceRequirements() of what is no container: the pod
 * itself, or its RuntimeClass. */
void check_overhead(const struct checking *checking)
{
	const struct node *node = checking->frame->node;
	const struct node *pod = given(node, "overhead");
	const struct node *map = pod ? pod : given(node, "podFixed");

	for (uint32_t i = 0; map && map->kind == NODE_MAPPING && i < map->n;
	     i++)
		check_resource(checking, &map->pairs[i]);
}

/* Adds what a container requests of the resources in numbers, by their numbers
 * there, which are from 1 on. */
static void add_requested(
    const struct node *container, const struct map *numbers, double *sums)
{
	const struct node *resources = given(container, "resources");
	const struct node *map =
	    resources ? given(resources, "requests") : NULL;
	double value;

	for (uint32_t i = 0; map && map->kind == NODE_MAPPING && i < map->n;
	     i++) {
		const struct pair *pair = &map->pairs[i];
		size_t number =
		    (uintptr_t)map_find(numbers, given_text(pair->key));

		if (number && given_quantity(pair->value, &value))
			sums[number - 1] += value;
	}
}

/* What the containers of a pod request together of each resource of a map;
 * caller frees. */
static double *new_sums(const struct node *pod, const struct node *requests)
{
	const struct node *containers = given(pod, "containers");
	double *sums = xcalloc(requests->n, sizeof(*sums));
	struct map numbers = {0};

	for (uint32_t i = 0; i < requests->n; i++)
		*map_slot(&numbers, given_text(requests->pairs[i].key)) =
		    (void *)(uintptr_t)(i + 1);
	for (uint32_t i = 0; i < given_length(containers); i++)
		add_requested(containers->items[i], &numbers, sums);
	map_release(&numbers);
	return sums;
}

/* validatePodResourceConsistency(): no container may have more than all. */
static void check_limits_within(const struct checking *checking,
    const struct node *container, const struct named *bounds)
{
	const struct node *limits =
	    given(given(container, "resources"), "limits");
	double value, bound;

	for (uint32_t i = 0;
	     limits && limits->kind == NODE_MAPPING && i < limits->n; i++) {
		const struct pair *pair = &limits->pairs[i];
		const struct node *all =
		    named_find(bounds, given_text(pair->key));

		if (all && given_quantity(pair->value, &value) &&
		    given_quantity(all, &bound) && value > bound)
			report_fault(checking->frame, REFUSAL_VALUE,
			    pair->value,
			    "must be at most the limit of the pod (%.*s), not "
			    "%.*s",
			    SLICE_ARGS(all->text),
			    SLICE_ARGS(pair->value->text));
	}
}

static void check_pod_limits(const struct checking *checking)
{
	const struct node *pod = checking->frame->node;
	const struct node *containers = given(pod, "containers");
	struct named bounds =
	    named_of(given(given(pod, "resources"), "limits"));

	for (uint32_t i = 0; i < given_length(containers); i++)
		check_limits_within(checking, containers->items[i], &bounds);
	named_release(&bounds);
}

/* validatePodResourceName(): devices are given to containers. */
static void check_pod_names(
    const struct checking *checking, const struct node *map)
{
	for (uint32_t i = 0; map && map->kind == NODE_MAPPING && i < map->n;
	     i++) {
		const struct node *key = map->pairs[i].key;

		if (slice_find(key->text, SLICE("/"), 0) >= 0)
			report_fault(checking->frame, REFUSAL_VALUE, key,
			    "may not have %.*s, which is for containers: a pod "
			    "as a whole has cpu, memory and hugepages-SIZE",
			    SLICE_ARGS(key->text));
	}
}

/* Of a pod's own requests. */
static void check_pod_requests(
    const struct checking *checking, const struct node *requests)
{
	const struct node *pod = checking->frame->node;
	double *sums;

	if (!requests || requests->kind != NODE_MAPPING)
		return;
	sums = new_sums(pod, requests);
	for (uint32_t i = 0; i < requests->n; i++) {
		const struct pair *pair = &requests->pairs[i];
		double value;

		/* Sums of decimals are not exact. */
		if (given_quantity(pair->value, &value) &&
		    sums[i] > value * (1 + 1e-9))
			report_fault(checking->frame, REFUSAL_VALUE,
			    pair->value,
			    "must be at least what the containers request "
			    "together, not %.*s",
			    SLICE_ARGS(pair->value->text));
	}
	free(sums);
}

/* validatePodResources() */
void check_pod_resources(const struct checking *checking)
{
	const struct node *resources =
	    given(checking->frame->node, "resources");

	if (!resources)
		return;
	check_pod_names(checking, given(resources, "limits"));
	check_pod_names(checking, given(resources, "requests"));
	check_pod_limits(checking);
	check_pod_requests(checking, given(resources, "requests"));
}

/* ValidatePersistentVolumeClaimSpec() */
void check_storage_request(const struct checking *checking)
{
	const struct node *resources =
	    given(checking->frame->node, "resources");
	const struct node *requests =
	    resources ? given(resources, "requests") : NULL;
	const struct node *storage =
	    requests ? given(requests, "storage") : NULL;
	double value;

	if (!resources)
		return;
	if (!storage)
		report_missing(checking->frame, checking->condition,
		    requests ? requests : resources,
		    requests ? "storage" : "requests.storage");
	else if (given_quantity(storage, &value) && value <= 0)
		report_fault(checking->frame, REFUSAL_VALUE, storage,
		    "must be more than 0, not %.*s", SLICE_ARGS(storage->text));
}

/* validatePodFailurePolicyRuleOnExitCodes() of pkg/apis/batch */
void check_exit_codes(const struct checking *checking)
{
	const struct node *node = checking->frame->node;
	const struct node *values = given(node, "values");
	const struct node *operator= given(node, "operator");
	bool is_in = operator&& operator->kind == NODE_SCALAR &&
		     slice_is(operator->text, "In");
	int64_t before = INT64_MIN, value;

	if (!values || values->kind != NODE_SEQUENCE)
		return;
	for (uint32_t i = 0; i < values->n; i++) {
		if (node_is_null(values->items[i]))
			value = 0;
		else if (!node_to_int(values->items[i], &value))
			return;
		if (is_in && value == 0)
			report_fault(checking->frame, REFUSAL_VALUE,
			    values->items[i],
			    "may not be 0 where the operator is In");
		else if (value == before)
			report_fault(checking->frame, REFUSAL_VALUE,
			    values->items[i], "is %lld, like the one before it",
			    (long long)value);
		else if (value < before)
			report_fault(checking->frame, REFUSAL_VALUE,
			    values->items[i], "must be in ascending order");
		before = value;
	}
}
