/* Conditions of LimitRanges and ResourceQuotas that a line of data cannot say,
 * as k8s.io/kubernetes/pkg/apis/core/validation has them. */
#include "schema/special.h"

#include "base/real.h"
#include "schema/given.h"
#include "schema/walk.h"

static const struct node *map_at(
    const struct checking *checking, const char *key)
{
	const struct node *map = node_get(checking->frame->node, key);

	return map && map->kind == NODE_MAPPING ? map : NULL;
}

static bool quantity_at(
    const struct named *map, struct slice name, double *ret_value)
{
	const struct node *value = named_find(map, name);

	return value && given_quantity(value, ret_value);
}

static void report_value(
    const struct checking *checking, const struct node *node, const char *what)
{
	report_condition(checking->frame, checking->condition, REFUSAL_VALUE,
	    node, "%s, not %.*s", what, SLICE_ARGS(node->text));
}

static void check_least(const struct checking *checking, const char *key)
{
	const struct node *given = map_at(checking, key);
	struct named least = named_of(map_at(checking, "min"));

	for (uint32_t i = 0; given && i < given->n; i++) {
		const struct node *node = given->pairs[i].value;
		double value, min;

		if (given_quantity(node, &value) &&
		    quantity_at(&least, given->pairs[i].key->text, &min) &&
		    value < min)
			report_value(checking, node, "must be at least min");
	}
	named_release(&least);
}

void check_limit_least(const struct checking *checking)
{
	check_least(checking, "defaultRequest");
	check_least(checking, "default");
}

/* validateLimitRangeResource: the ratio of limit to request. */
void check_limit_ratio(const struct checking *checking)
{
	const struct node *ratios = map_at(checking, "maxLimitRequestRatio");
	struct named most = named_of(map_at(checking, "max"));
	struct named least = named_of(map_at(checking, "min"));

	for (uint32_t i = 0; ratios && i < ratios->n; i++) {
		const struct node *node = ratios->pairs[i].value;
		struct slice name = ratios->pairs[i].key->text;
		double ratio, max, min;

		if (!given_quantity(node, &ratio))
			continue;
		if (ratio < 1)
			report_value(checking, node, "must be at least 1");
		else if (quantity_at(&most, name, &max) &&
			 quantity_at(&least, name, &min) && min != 0 &&
			 ratio > max / min)
			report_value(checking, node,
			    "must be at most max divided by min");
	}
	named_release(&most);
	named_release(&least);
}

static bool has_storage(const struct checking *checking, const char *key)
{
	const struct node *value =
	    given_named(map_at(checking, key), SLICE("storage"));
	double amount;

	return value && given_quantity(value, &amount);
}

void check_limit_storage(const struct checking *checking)
{
	const struct node *type = node_get(checking->frame->node, "type");

	if (!type || !slice_is(type->text, "PersistentVolumeClaim") ||
	    has_storage(checking, "min") || has_storage(checking, "max"))
		return;
	report_missing_one(
	    checking->frame, checking->condition, "min.storage, max.storage");
}

/* validateContainerResourceName: what one container can have. */
static bool is_of_containers(struct slice name)
{
	return slice_is(name, "cpu") || slice_is(name, "memory") ||
	       slice_is(name, "ephemeral-storage") ||
	       slice_starts(name, SLICE("hugepages-")) ||
	       slice_find(name, SLICE("/"), 0) >= 0;
}

/* validateLimitRangeResourceName: of Pods and Containers */
void check_limit_names(const struct checking *checking)
{
	static const char *const maps[] = {
	    "default", "defaultRequest", "max", "maxLimitRequestRatio", "min"};
	const struct node *type = node_get(checking->frame->node, "type");

	if (!slice_is(given_text(type), "Container") &&
	    !slice_is(given_text(type), "Pod"))
		return;
	for (size_t i = 0; i < COUNT_OF(maps); i++) {
		const struct node *map = map_at(checking, maps[i]);

		for (uint32_t j = 0; map && j < map->n; j++) {
			const struct node *key = map->pairs[j].key;

			if (form_resource_name(key->text) &&
			    !is_of_containers(key->text))
				report_value(checking, key,
				    "must be a resource of containers");
		}
	}
}

/* IsOvercommitAllowed */
static bool is_shared(struct slice name)
{
	return !slice_starts(name, SLICE("hugepages-")) &&
	       (slice_find(name, SLICE("/"), 0) < 0 ||
		   slice_find(name, SLICE("kubernetes.io/"), 0) >= 0);
}

/* What cannot be shared is requested as it is limited. */
void check_limit_equal(const struct checking *checking)
{
	const struct node *requests = map_at(checking, "defaultRequest");
	struct named limits = named_of(map_at(checking, "default"));

	for (uint32_t i = 0; requests && i < requests->n; i++) {
		const struct pair *pair = &requests->pairs[i];
		double value, limit;

		if (!is_shared(pair->key->text) &&
		    given_quantity(pair->value, &value) &&
		    quantity_at(&limits, pair->key->text, &limit) &&
		    value != limit)
			report_value(checking, pair->value,
			    "must be what default has, as it cannot be shared");
	}
	named_release(&limits);
}

/* IsIntegerResourceName: objects are counted, and so is what has a domain of
 * its own (IsExtendedResourceName). */
static bool is_counted(struct slice name)
{
	static const char *const names[] = {"pods", "services",
	    "resourcequotas", "replicationcontrollers", "secrets", "configmaps",
	    "persistentvolumeclaims", "services.nodeports",
	    "services.loadbalancers"};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (slice_is(name, names[i]))
			return true;
	}
	return slice_find(name, SLICE("/"), 0) >= 0 &&
	       slice_find(name, SLICE("kubernetes.io/"), 0) < 0 &&
	       !slice_starts(name, SLICE("requests."));
}

void check_whole_counts(const struct checking *checking)
{
	const struct node *hard = map_at(checking, "hard");

	for (uint32_t i = 0; hard && i < hard->n; i++) {
		const struct node *node = hard->pairs[i].value;
		double value;

		if (is_counted(hard->pairs[i].key->text) &&
		    node->kind == NODE_SCALAR &&
		    form_quantity_value(node->text, &value) &&
		    !has_no_fraction(value))
			report_value(checking, node, "must be a whole number");
	}
}

/* What a scope may limit: IsResourceQuotaScopeValidForResource. */
static bool goes_with(struct slice scope, struct slice name)
{
	static const char *const of_pods[] = {"cpu", "memory", "requests.cpu",
	    "requests.memory", "limits.cpu", "limits.memory"};

	if (!form_quota_name(name) || slice_find(name, SLICE("/"), 0) >= 0 ||
	    slice_find(name, SLICE("hugepages-"), 0) >= 0)
		return true;
	if (slice_is(scope, "VolumeAttributesClass"))
		return slice_is(name, "persistentvolumeclaims") ||
		       slice_is(name, "requests.storage");
	if (slice_is(name, "pods"))
		return true;
	for (size_t i = 0; i < COUNT_OF(of_pods); i++) {
		if (slice_is(name, of_pods[i]))
			return !slice_is(scope, "BestEffort");
	}
	return false;
}

static bool excludes(struct slice one, struct slice other)
{
	return (slice_is(one, "BestEffort") &&
		   slice_is(other, "NotBestEffort")) ||
	       (slice_is(one, "Terminating") &&
		   slice_is(other, "NotTerminating"));
}

/* A scope by itself, or an expression that names one. */
static const struct node *scope_of(const struct node *item)
{
	return item->kind == NODE_MAPPING ? given(item, "scopeName") : item;
}

static void check_scope(const struct checking *checking,
    const struct node *scope, const struct node *scopes)
{
	const struct node *hard = map_at(checking, "hard");

	for (uint32_t j = 0; j < scopes->n; j++) {
		struct slice other = given_text(scope_of(scopes->items[j]));

		if (excludes(scope->text, other))
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, scope, "may not stand beside %.*s",
			    SLICE_ARGS(other));
	}
	for (uint32_t j = 0; hard && j < hard->n; j++) {
		struct slice name = hard->pairs[j].key->text;

		if (!goes_with(scope->text, name))
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, scope,
			    "cannot be combined with a quota of %.*s",
			    SLICE_ARGS(name));
	}
}

static void check_scopes(
    const struct checking *checking, const struct node *scopes)
{
	for (uint32_t i = 0; i < given_length(scopes); i++) {
		const struct node *scope = scope_of(scopes->items[i]);

		if (given_text(scope).len)
			check_scope(checking, scope, scopes);
	}
}

/* validateResourceQuotaScopes, validateScopedResourceSelectorRequirement */
void check_scope_pairs(const struct checking *checking)
{
	const struct node *spec = checking->frame->node;

	check_scopes(checking, given(spec, "scopes"));
	check_scopes(
	    checking, given(given(spec, "scopeSelector"), "matchExpressions"));
}
