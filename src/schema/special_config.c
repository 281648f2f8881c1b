/* Conditions of ConfigMaps, Secrets, PriorityClasses, APIServices, flow
 * control, devices, taints and of the annotations of any object that a line of
 * data cannot say, as validation of k8s.io/kubernetes/pkg/apis, apimachinery
 * and kube-aggregator has them. */
#include "schema/special.h"

#include "schema/given.h"
#include "schema/walk.h"

#include <string.h>

/* MaxSecretSize, of a ConfigMap too, and TotalAnnotationSizeLimitB, of the
 * parameters of classes too. */
#define CONFIG_SIZE (1024 * 1024)
#define ANNOTATIONS_SIZE (256 * 1024)
#define PARAMETERS_MAX 512

static const struct node *here(const struct checking *checking, const char *key)
{
	return given(checking->frame->node, key);
}

/* ValidateConfigMap */
void check_keys_once(const struct checking *checking)
{
	const struct node *binary = here(checking, "binaryData");
	struct named data;

	if (!binary || binary->kind != NODE_MAPPING)
		return;
	data = named_of(here(checking, "data"));
	for (uint32_t i = 0; i < binary->n; i++) {
		const struct node *key = binary->pairs[i].key;

		if (named_find(&data, key->text))
			report_fault(checking->frame, REFUSAL_VALUE, key,
			    "has the key '%.*s', which data has as well",
			    SLICE_ARGS(key->text));
	}
	named_release(&data);
}

/* The bytes of all texts of a map, which may be base64 of others. */
static size_t values_size(const struct node *map, bool is_encoded)
{
	uint32_t n = map && map->kind == NODE_MAPPING ? map->n : 0;
	size_t size = 0;

	for (uint32_t i = 0; i < n; i++) {
		size_t length = given_text(map->pairs[i].value).len;

		if (!is_encoded)
			size += length;
		else if (length >= 4)
			size += length / 4 * 3 - 2; /* padding, at most */
	}
	return size;
}

/* ValidateConfigMap, ValidateSecret: keys do not count.  stringData may replace
 * what data has, so that the larger of the two is what is sure. */
void check_config_size(const struct checking *checking)
{
	size_t encoded = values_size(here(checking, "binaryData"), true);
	size_t plain = values_size(here(checking, "stringData"), false);
	const struct node *data = here(checking, "data");
	bool is_secret = slice_is(given_text(here(checking, "kind")), "Secret");
	size_t size = values_size(data, is_secret);

	size = is_secret ? (size > plain ? size : plain) : size + encoded;
	if (size > CONFIG_SIZE)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, data ? data : checking->frame->node,
		    "holds %zu bytes, more than 1048576", size);
}

/* validateParameters() of pkg/apis/storage: how many, and their bytes. */
void check_parameters_size(const struct checking *checking)
{
	const struct node *map = here(checking, "parameters");
	uint32_t n = map && map->kind == NODE_MAPPING ? map->n : 0;
	size_t size = values_size(map, false);

	for (uint32_t i = 0; i < n; i++)
		size += map->pairs[i].key->text.len;
	if (n > PARAMETERS_MAX)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, map, "are %u, more than 512", (unsigned)n);
	else if (size > ANNOTATIONS_SIZE)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, map, "hold %zu bytes, more than 262144",
		    size);
}

/* ValidateAnnotationsSize */
void check_annotations_size(const struct checking *checking)
{
	const struct node *map = here(checking, "annotations");
	uint32_t n = map && map->kind == NODE_MAPPING ? map->n : 0;
	size_t size = values_size(map, false);

	for (uint32_t i = 0; i < n; i++)
		size += map->pairs[i].key->text.len;
	if (size > ANNOTATIONS_SIZE)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, map, "hold %zu bytes, more than 262144",
		    size);
}

/* ValidateOwnerReferences: one of them at most controls the object. */
void check_single_owner(const struct checking *checking)
{
	const struct node *owners = here(checking, "ownerReferences");
	bool is_controlled = false;

	for (uint32_t i = 0; i < given_length(owners); i++) {
		const struct node *controller =
		    given(owners->items[i], "controller");
		bool controls = false;

		node_to_bool(controller, &controls);
		if (controls && is_controlled)
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, controller,
			    "may be true of one owner only, and is of an "
			    "earlier one");
		is_controlled |= controls;
	}
}

/* ValidatePriorityClass: the two that there are, each of one value. */
void check_system_class(const struct checking *checking)
{
	static const struct {
		const char *name;
		int64_t value;
	} classes[] = {{"system-cluster-critical", 2000000000},
	    {"system-node-critical", 2000001000}};
	const struct node *name = given(here(checking, "metadata"), "name");
	int64_t value = 0;

	node_to_int(here(checking, "value"), &value);
	if (!slice_starts(given_text(name), SLICE("system-")))
		return;
	for (size_t i = 0; i < COUNT_OF(classes); i++) {
		if (slice_is(given_text(name), classes[i].name) &&
		    value == classes[i].value)
			return;
	}
	report_condition(checking->frame, checking->condition, REFUSAL_VALUE,
	    name, "may not begin with 'system-', which is for Kubernetes");
}

/* ValidateAPIService */
void check_api_service_name(const struct checking *checking)
{
	const struct node *name = given(here(checking, "metadata"), "name");
	const struct node *spec = here(checking, "spec");
	struct slice group = given_text_at(spec, "group");
	struct slice version = given_text_at(spec, "version");
	struct buf wanted = {0};

	buf_printf(
	    &wanted, "%.*s.%.*s", SLICE_ARGS(version), SLICE_ARGS(group));
	if (name && version.len &&
	    !slice_is(given_text(name), buf_text(&wanted)))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, name, "must be version and group, '%s'",
		    buf_text(&wanted));
	buf_release(&wanted);
}

static bool has_star(const struct node *list)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		if (slice_is(given_text(list->items[i]), "*"))
			return true;
	}
	return false;
}

/* ValidateFlowSchemaResourcePolicyRule: "*" stands for all. */
void check_flow_wildcards(const struct checking *checking)
{
	static const char *const keys[] = {
	    "apiGroups", "resources", "namespaces", "nonResourceURLs"};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct node *list = here(checking, keys[i]);

		if (given_length(list) > 1 && has_star(list))
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, list,
			    "may have no other item beside '*'");
	}
}

/* What SetDefaults_QueuingConfiguration() makes of 0. */
static int64_t number_at(
    const struct checking *checking, const char *key, int64_t otherwise)
{
	int64_t value;

	return node_to_int(here(checking, key), &value) && value ? value
								 : otherwise;
}

/* ValidatePriorityLevelQueuingConfiguration: a hand is dealt by a hash of 60
 * bits, which are used up by so many queues to the power of its size. */
void check_hand_size(const struct checking *checking)
{
	const struct node *hand = here(checking, "handSize");
	const struct node *queues = here(checking, "queues");
	int64_t size = number_at(checking, "handSize", 8);
	int64_t n = number_at(checking, "queues", 64);
	double hands = 1;

	if (n < 1 || size < 1 || size > n)
		return;
	for (int64_t i = 0; i < size && hands <= 0x1p60; i++)
		hands *= (double)n;
	if (hands > 0x1p60)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, hand ? hand : queues,
		    "is too large: queues (%lld) to the power of handSize "
		    "(%lld) may be at most 2 to the power of 60",
		    (long long)n, (long long)size);
}

/* Whether a list of requests, or of what may take their place, has that. */
static const struct node *request_of(const struct node *list, struct slice name)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		if (slice_eq(given_text_at(list->items[i], "name"), name))
			return list->items[i];
	}
	return NULL;
}

/* NAME, or NAME/SUBREQUEST */
static bool is_request(const struct node *requests, struct slice name)
{
	ptrdiff_t slash = slice_find(name, SLICE("/"), 0);
	const struct node *request = request_of(requests,
	    slash < 0 ? name : (struct slice){name.ptr, (size_t)slash});

	return request &&
	       (slash < 0 || request_of(given(request, "firstAvailable"),
				 slice_after(name, (size_t)slash + 1)));
}

/* validateRequestNameRef() of pkg/apis/resource */
static void check_request_refs(
    const struct checking *checking, const struct node *names)
{
	const struct node *requests = here(checking, "requests");

	for (uint32_t i = 0; i < given_length(names); i++) {
		if (!is_request(requests, given_text(names->items[i])))
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, names->items[i],
			    "must be the name of one of 'requests', or with "
			    "'/' of one of its firstAvailable, not '%.*s'",
			    SLICE_ARGS(given_text(names->items[i])));
	}
}

void check_request_names(const struct checking *checking)
{
	static const char *const lists[] = {"constraints", "config"};

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list = here(checking, lists[i]);

		for (uint32_t j = 0; j < given_length(list); j++)
			check_request_refs(
			    checking, given(list->items[j], "requests"));
	}
}

/* Whether two mappings have the same texts at all of the keys. */
static bool are_alike(const struct node *one, const struct node *other,
    const char *const *keys, size_t nkeys)
{
	for (size_t i = 0; i < nkeys; i++) {
		if (!slice_eq(given_text_at(one, keys[i]),
			given_text_at(other, keys[i])))
			return false;
	}
	return true;
}

/* Of such lists nobody writes long ones. */
static void check_apart(const struct checking *checking,
    const struct node *list, const char *const *keys, size_t nkeys)
{
	for (uint32_t i = 1; i < given_length(list) && i < 100; i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (!are_alike(
				list->items[i], list->items[j], keys, nkeys))
				continue;
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, list->items[i],
			    "is like an earlier one: each may be given once");
			break;
		}
	}
}

/* Whether each item of a list is among those of another. */
static bool has_all(const struct node *list, const struct node *items)
{
	for (uint32_t i = 0; i < given_length(items); i++) {
		bool is_there = false;

		for (uint32_t j = 0; j < given_length(list) && !is_there; j++)
			is_there = slice_eq(given_text(list->items[j]),
			    given_text(items->items[i]));
		if (!is_there)
			return false;
	}
	return true;
}

/* The values of a key in a list of expressions; NULL when it is not there. */
static const struct node *values_of(const struct node *list, struct slice key)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		if (slice_eq(given_text_at(list->items[i], "key"), key))
			return given(list->items[i], "values");
	}
	return NULL;
}

/* Whether two terms have the same keys with the same values, in any order. */
static bool are_equal_terms(const struct node *one, const struct node *other)
{
	const struct node *list = given(one, "matchLabelExpressions");
	const struct node *others = given(other, "matchLabelExpressions");

	if (given_length(list) != given_length(others))
		return false;
	for (uint32_t i = 0; i < given_length(list); i++) {
		const struct node *values = given(list->items[i], "values");
		const struct node *like = values_of(
		    others, given_text_at(list->items[i], "key"));

		if (!like || !has_all(like, values) || !has_all(values, like))
			return false;
	}
	return true;
}

/* validateAllowedTopologies() of pkg/apis/storage.  Of such lists nobody writes
 * long ones. */
void check_topologies_apart(const struct checking *checking)
{
	const struct node *terms = here(checking, "allowedTopologies");

	for (uint32_t i = 1; i < given_length(terms) && i < 100; i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (!are_equal_terms(terms->items[i], terms->items[j]))
				continue;
			report_condition(checking->frame, checking->condition,
			    REFUSAL_VALUE, terms->items[i],
			    "is like an earlier one: each may be given once");
			break;
		}
	}
}

/* validateNodeTaints */
void check_taints_apart(const struct checking *checking)
{
	static const char *const keys[] = {"key", "effect"};

	check_apart(checking, here(checking, "taints"), keys, COUNT_OF(keys));
}

/* validateTolerations of pkg/apis/node, of a RuntimeClass alone */
void check_tolerations_apart(const struct checking *checking)
{
	static const char *const keys[] = {
	    "key", "operator", "value", "effect"};

	check_apart(
	    checking, here(checking, "tolerations"), keys, COUNT_OF(keys));
}
