/* Conditions of webhooks, CustomResourceDefinitions, claims, Secrets and
 * namespaces that a line of data cannot say, as the validation of
 * k8s.io/kubernetes/pkg/apis and k8s.io/apiextensions-apiserver has them. */
#include "schema/special.h"

#include "schema/given.h"
#include "schema/walk.h"

#include <string.h>

static void report_at(
    const struct checking *checking, const struct node *node, const char *what)
{
	report_condition(checking->frame, checking->condition, REFUSAL_VALUE,
	    node, "%s", what);
}

static const struct node *here(const struct checking *checking, const char *key)
{
	return given(checking->frame->node, key);
}

/* Whether the text of an item of a list is that. */
static bool has_item(const struct node *list, const char *text)
{
	for (uint32_t i = 0; i < given_length(list); i++) {
		if (slice_is(given_text(list->items[i]), text))
			return true;
	}
	return false;
}

/* The admission of pod security: its labels name a level, or a version. */
void check_pod_security(const struct checking *checking)
{
	static const char *const keys[] = {"pod-security.kubernetes.io/enforce",
	    "pod-security.kubernetes.io/audit",
	    "pod-security.kubernetes.io/warn"};
	static const char *const levels[] = {
	    "privileged", "baseline", "restricted"};
	const struct node *labels = given(here(checking, "metadata"), "labels");

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct node *label = given(labels, keys[i]);
		bool is_level = !label;

		for (size_t j = 0; j < COUNT_OF(levels); j++)
			is_level |= slice_is(given_text(label), levels[j]);
		if (!is_level)
			report_at(checking, label,
			    "must be privileged, baseline or restricted");
	}
}

/* A key of data or, taking its place, of stringData. */
static const struct node *secret_value(
    const struct checking *checking, const char *key)
{
	const struct node *text = given(here(checking, "stringData"), key);

	return text ? text : given(here(checking, "data"), key);
}

static void need_key(const struct checking *checking, const char *key)
{
	if (!secret_value(checking, key))
		report_missing(checking->frame, checking->condition,
		    here(checking, "data") ? here(checking, "data")
					   : checking->frame->node,
		    key);
}

/* Whether a text, in base64 or not, may be a JSON object. */
static bool may_be_json(const struct node *value, bool is_encoded)
{
	struct slice text = slice_trim(given_text(value));

	if (!is_encoded)
		return text.len && text.ptr[0] == '{' &&
		       text.ptr[text.len - 1] == '}';
	/* "{" and a blank, a quote or "}" behind it; or blanks before it. */
	return text.len && memchr("eICkN", text.ptr[0], 5);
}

static void check_docker_config(
    const struct checking *checking, const char *key)
{
	const struct node *plain = given(here(checking, "stringData"), key);
	const struct node *value = secret_value(checking, key);

	need_key(checking, key);
	if (value && !may_be_json(value, !plain))
		report_at(checking, value, "must be a JSON object");
}

/* The token of a ServiceAccount, which an annotation names. */
static void check_token_account(const struct checking *checking)
{
	static const char account[] = "kubernetes.io/service-account.name";
	const struct node *metadata = here(checking, "metadata");
	const struct node *annotations = given(metadata, "annotations");

	if (!given_text_at(annotations, account).len)
		report_fault(checking->frame, REFUSAL_VALUE,
		    annotations ? annotations : metadata, "must have %s%s",
		    annotations ? "" : "an annotation ", account);
}

/* ValidateSecret: what the type of a Secret asks for. */
void check_secret_keys(const struct checking *checking)
{
	struct slice type = given_text(here(checking, "type"));

	if (slice_is(type, "kubernetes.io/tls")) {
		need_key(checking, "tls.crt");
		need_key(checking, "tls.key");
	} else if (slice_is(type, "kubernetes.io/ssh-auth")) {
		need_key(checking, "ssh-privatekey");
	} else if (slice_is(type, "kubernetes.io/service-account-token")) {
		check_token_account(checking);
	} else if (slice_is(type, "kubernetes.io/dockerconfigjson")) {
		check_docker_config(checking, ".dockerconfigjson");
	} else if (slice_is(type, "kubernetes.io/dockercfg")) {
		check_docker_config(checking, ".dockercfg");
	} else if (slice_is(type, "kubernetes.io/basic-auth") &&
		   !secret_value(checking, "username") &&
		   !secret_value(checking, "password")) {
		report_missing_one(checking->frame, checking->condition,
		    "data.username, data.password");
	}
}

/* ValidatePersistentVolumeClaimSpec */
void check_one_pod_mode(const struct checking *checking)
{
	const struct node *modes = here(checking, "accessModes");

	if (given_length(modes) > 1 && has_item(modes, "ReadWriteOncePod"))
		report_at(checking, modes,
		    "may have no other access mode beside ReadWriteOncePod");
}

/* Webhooks speak v1 or v1beta1 of AdmissionReview. */
void check_review_versions(const struct checking *checking)
{
	const struct node *list = here(checking, "admissionReviewVersions");

	if (given_length(list) && !has_item(list, "v1") &&
	    !has_item(list, "v1beta1"))
		report_at(checking, list, "must include v1 or v1beta1");
}

/* validateWebhook: a domain of three parts at least. */
void check_webhook_name(const struct checking *checking)
{
	const struct node *name = here(checking, "name");
	struct slice text = given_text(name);
	size_t dots = 0;

	for (size_t i = 0; i < text.len; i++)
		dots += text.ptr[i] == '.';
	if (text.len && form_subdomain(text) && dots < 2)
		report_at(checking, name,
		    "must be a domain of at least three parts, such as "
		    "pods.web.example.com");
}

/* ValidateWebhookURL */
void check_webhook_url(const struct checking *checking)
{
	const struct node *url = here(checking, "url");
	struct slice text = given_text(url);

	if (url && !(slice_starts(text, SLICE("https://")) &&
		       text.len > strlen("https://")))
		report_at(
		    checking, url, "must be a URL that begins with https");
}

/* validateResources: all resources with all of their parts. */
static void check_all_resources(
    const struct checking *checking, const struct node *resources)
{
	if (given_length(resources) > 1 && has_item(resources, "*/*"))
		report_at(
		    checking, resources, "may have no other item beside */*");
}

/* validateRule: "*" stands for all, so nothing stands beside it. */
void check_lone_wildcards(const struct checking *checking)
{
	static const char *const keys[] = {
	    "apiGroups", "apiVersions", "operations"};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		const struct node *list = here(checking, keys[i]);

		if (given_length(list) > 1 && has_item(list, "*"))
			report_at(
			    checking, list, "may have no other item beside *");
	}
	check_all_resources(checking, here(checking, "resources"));
}

/* ValidateCustomResourceDefinition */
void check_crd_name(const struct checking *checking)
{
	const struct node *name = given(here(checking, "metadata"), "name");
	const struct node *spec = here(checking, "spec");
	struct slice plural = given_text_at(given(spec, "names"), "plural");
	struct slice group = given_text_at(spec, "group");
	struct buf wanted = {0};

	buf_printf(&wanted, "%.*s.%.*s", SLICE_ARGS(plural), SLICE_ARGS(group));
	if (name && plural.len && group.len &&
	    !slice_is(given_text(name), buf_text(&wanted)))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, name, "must be names.plural and group, '%s'",
		    buf_text(&wanted));
	buf_release(&wanted);
}

void check_stored_version(const struct checking *checking)
{
	const struct node *versions = here(checking, "versions");
	size_t nstored = 0;

	for (uint32_t i = 0; i < given_length(versions); i++) {
		bool value = false;

		if (node_to_bool(given(versions->items[i], "storage"), &value))
			nstored += value;
	}
	if (given_length(versions) && nstored != 1)
		report_at(checking, versions,
		    "must have exactly one version with storage: true");
}

static bool is_on(const struct node *schema, const char *key)
{
	bool value = false;

	return node_to_bool(given(schema, key), &value) && value;
}

static bool is_schema_type(struct slice type)
{
	static const char *const types[] = {
	    "array", "boolean", "integer", "number", "object", "string"};

	for (size_t i = 0; i < COUNT_OF(types); i++) {
		if (slice_is(type, types[i]))
			return true;
	}
	return false;
}

/* A structural schema says the type of each value that it describes. */
static void check_schema_type(
    const struct checking *checking, const struct node *schema)
{
	const struct node *type = given(schema, "type");

	if (!given_text(type).len) {
		if (!is_on(schema, "x-kubernetes-int-or-string") &&
		    !is_on(schema, "x-kubernetes-preserve-unknown-fields"))
			report_missing(checking->frame, checking->condition,
			    schema, "type");
	} else if (!is_schema_type(given_text(type))) {
		report_at(checking, type,
		    "must be array, boolean, integer, number, object or "
		    "string");
	}
}

/* Deeper than any schema that the API server would store. */
#define SCHEMA_DEPTH 100

static void check_schema(
    const struct checking *checking, const struct node *schema, unsigned depth)
{
	static const char *const within[] = {"items", "additionalProperties"};
	const struct node *properties = given(schema, "properties");

	if (schema->kind != NODE_MAPPING || depth > SCHEMA_DEPTH)
		return;
	if (depth)
		check_schema_type(checking, schema);
	for (uint32_t i = 0; properties && properties->kind == NODE_MAPPING &&
			     i < properties->n;
	     i++)
		check_schema(checking, properties->pairs[i].value, depth + 1);
	for (size_t i = 0; i < COUNT_OF(within); i++) {
		const struct node *inner = given(schema, within[i]);

		if (inner)
			check_schema(checking, inner, depth + 1);
	}
}

/* ValidateStructural of apiextensions-apiserver */
void check_crd_structure(const struct checking *checking)
{
	const struct node *root = here(checking, "openAPIV3Schema");
	const struct node *type = given(root, "type");

	if (!root || root->kind != NODE_MAPPING)
		return;
	if (!given_text(type).len)
		report_missing(
		    checking->frame, checking->condition, root, "type");
	else if (!slice_is(given_text(type), "object"))
		report_at(checking, type, "must be object at the root");
	check_schema(checking, root, 0);
}
