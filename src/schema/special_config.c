/* Conditions of ConfigMaps, Secrets, PriorityClasses, APIServices and of the
 * annotations of any object that a line of data cannot say, as validation of
 * k8s.io/kubernetes/pkg/apis, apimachinery and kube-aggregator has them. */
#include "schema/special.h"

#include "schema/given.h"
#include "schema/walk.h"

#include <string.h>

/* MaxSecretSize, of a ConfigMap too, and TotalAnnotationSizeLimitB. */
#define CONFIG_SIZE (1024 * 1024)
#define ANNOTATIONS_SIZE (256 * 1024)

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
