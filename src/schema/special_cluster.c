/* Conditions of webhooks, CustomResourceDefinitions, claims, Secrets and
 * namespaces that a line of data cannot say, as the validation of
 * k8s.io/kubernetes/pkg/apis and k8s.io/apiextensions-apiserver has them. */
#include "schema/special.h"

#include "base/x509.h"
#include "cel/cel.h"
#include "schema/form.h"
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

/* ParseVersion() of pod-security-admission: latest, or v1.25. */
static bool is_policy_version(struct slice text)
{
	struct slice minor;

	if (slice_is(text, "latest"))
		return true;
	if (!slice_starts(text, SLICE("v1.")))
		return false;
	minor = slice_after(text, strlen("v1."));
	for (size_t i = 0; i < minor.len; i++) {
		if (minor.ptr[i] < '0' || minor.ptr[i] > '9')
			return false;
	}
	return minor.len == 1 || (minor.len > 1 && minor.ptr[0] != '0');
}

static void check_policy_version(
    const struct checking *checking, const struct node *labels, const char *key)
{
	struct buf name = {0};
	const struct node *label;

	buf_printf(&name, "%s-version", key);
	label = given(labels, buf_text(&name));
	if (label && !is_policy_version(given_text(label)))
		report_at(checking, label,
		    "must be latest or a minor version, such as v1.25");
	buf_release(&name);
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
		check_policy_version(checking, labels, keys[i]);
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

/* A key, and something in it. */
static void need_some(const struct checking *checking, const char *key)
{
	const struct node *value = secret_value(checking, key);

	need_key(checking, key);
	if (value && value->kind == NODE_SCALAR && !value->text.len)
		report_at(checking, value, "must not be empty");
}

/* Whether a text, in base64 or not, may be a JSON object.  Of what is no base64
 * its form is told. */
static bool may_be_json(const struct node *value, bool is_encoded)
{
	struct buf bytes = {0};
	struct slice text = given_text(value);
	bool may_be = true;

	if (!is_encoded || base64_decode(text, &bytes)) {
		text = slice_trim(is_encoded ? buf_slice(&bytes) : text);
		may_be = slice_is(text, "null") ||
			 (slice_starts(text, SLICE("{")) &&
			     slice_ends(text, SLICE("}")));
	}
	buf_release(&bytes);
	return may_be;
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
		need_some(checking, "ssh-privatekey");
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

/* Webhooks speak v1 or v1beta1 of AdmissionReview, or of ConversionReview. */
void check_review_versions(const struct checking *checking)
{
	const struct node *admission =
	    here(checking, "admissionReviewVersions");
	const struct node *list =
	    admission ? admission : here(checking, "conversionReviewVersions");

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

/* Whether there is an "@" before the first '/' of a URL of https. */
static bool has_user(struct slice url)
{
	ptrdiff_t at = slice_find(url, SLICE("@"), 0);
	ptrdiff_t path = slice_find(url, SLICE("/"), strlen("https://"));

	return at >= 0 && (path < 0 || at < path);
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
	else if (has_user(text))
		report_at(checking, url, "may have no user in it");
	else if (slice_find(text, SLICE("?"), 0) >= 0 ||
		 slice_find(text, SLICE("#"), 0) >= 0)
		report_at(checking, url, "may have no query and no fragment");
}

/* What an expression of CEL may name, and be. */
struct expecting {
	const struct checking *checking;
	const struct node *expression;
	const char *const *names; /* NULL at the end */
	const struct node *variables;
	uint32_t nvariables; /* so many of them stand before it */
	bool is_told;
};

static bool is_name_of(const char *const *names, struct slice name)
{
	for (; *names; names++) {
		if (slice_is(name, *names))
			return true;
	}
	return false;
}

static bool has_variable(const struct expecting *expecting, struct slice name)
{
	for (uint32_t i = 0; i < expecting->nvariables; i++) {
		if (slice_eq(given_text_at(
				 expecting->variables->items[i], "name"),
			name))
			return true;
	}
	return false;
}

/* Types, and what their names begin with, are names as well. */
static void expect_name(struct slice name, struct slice field, void *context)
{
	static const char *const types[] = {"bool", "bytes", "double", "dyn",
	    "int", "list", "map", "null_type", "string", "type", "uint",
	    "google", "net", "kubernetes", "Object", "JSONPatch", NULL};
	struct expecting *expecting = context;
	bool is_variable = slice_is(name, "variables") && field.len;
	const struct checking *checking = expecting->checking;

	if (expecting->is_told || is_name_of(types, name))
		return;
	if (!is_name_of(expecting->names, name))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, expecting->expression,
		    "names '%.*s', which does not exist here",
		    SLICE_ARGS(name));
	else if (is_variable && !has_variable(expecting, field))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, expecting->expression,
		    "names variables.%.*s, but no variable before it is called "
		    "that",
		    SLICE_ARGS(field));
	else
		return;
	expecting->is_told = true;
}

#define ANYTHING                                    \
	{                                           \
		.kind = CEL_DYN, .element = CEL_DYN \
	}

/* The type of what an expression is worth, as far as that can be told without
 * what it names. */
static enum cel_kind kind_of(struct slice text)
{
	static const struct cel_variable vars[] = {{"object", ANYTHING},
	    {"oldObject", ANYTHING}, {"request", ANYTHING},
	    {"params", ANYTHING}, {"namespaceObject", ANYTHING},
	    {"variables", ANYTHING}, {"authorizer", ANYTHING},
	    {"self", ANYTHING}, {"oldSelf", ANYTHING}};
	static const struct cel_scope scope = {
	    .vars = vars, .nvars = COUNT_OF(vars), .lax = true};
	struct cel_problem problem = {0};
	const struct cel_program *program =
	    cel_compile(text, &scope, &problem);
	enum cel_kind kind =
	    program ? cel_program_type(program).kind : CEL_DYN;

	cel_program_free(program);
	fault_release(&problem.fault);
	return kind;
}

/* What is wanted is CEL_BOOL, CEL_STRING, or CEL_DYN for anything.  A kind that
 * is none of these is of values that are neither. */
static void expect(struct expecting *expecting, const struct node *expression,
    enum cel_kind wanted)
{
	const struct checking *checking = expecting->checking;
	struct slice text = given_text(expression);
	enum cel_kind kind;

	if (!text.len || !form_cel(text))
		return;
	expecting->expression = expression;
	expecting->is_told = false;
	cel_visit_names(text, expect_name, expecting);
	if (expecting->is_told || wanted == CEL_DYN)
		return;
	kind = kind_of(text);
	if (kind == wanted || !(kind == CEL_BOOL || kind == CEL_INT ||
				  kind == CEL_DOUBLE || kind == CEL_STRING ||
				  kind == CEL_LIST || kind == CEL_MAP))
		return;
	report_condition(checking->frame, checking->condition, REFUSAL_VALUE,
	    expression, "must be %s, and is %s",
	    wanted == CEL_BOOL ? "true or false" : "text",
	    kind == CEL_BOOL     ? "true or false"
	    : kind == CEL_STRING ? "text"
	    : kind == CEL_LIST   ? "a list"
	    : kind == CEL_MAP    ? "a map"
				 : "a number");
}

static void expect_each(struct expecting *expecting, const char *list,
    const char *field, enum cel_kind wanted)
{
	const struct node *items = here(expecting->checking, list);

	for (uint32_t i = 0; i < given_length(items); i++)
		expect(expecting, given(items->items[i], field), wanted);
}

static const char *const policy_names[] = {"object", "oldObject", "request",
    "namespaceObject", "authorizer", "variables", "params", NULL};

/* Variables may name those before them; of params there is something only where
 * there is a paramKind. */
static struct expecting expecting_of(const struct checking *checking)
{
	static const char *const without_params[] = {"object", "oldObject",
	    "request", "namespaceObject", "authorizer", "variables", NULL};
	struct expecting expecting = {
	    .checking = checking,
	    .names = here(checking, "paramKind") ? policy_names
						 : without_params,
	    .variables = here(checking, "variables"),
	};

	for (uint32_t i = 0; i < given_length(expecting.variables); i++) {
		expecting.nvariables = i;
		expect(&expecting,
		    given(expecting.variables->items[i], "expression"),
		    CEL_DYN);
	}
	expecting.nvariables = given_length(expecting.variables);
	return expecting;
}

/* validateValidatingAdmissionPolicySpec() compiles all of it.  What conditions
 * may name is not certain but for what nothing may. */
void check_policy_names(const struct checking *checking)
{
	struct expecting expecting = expecting_of(checking);

	expect_each(&expecting, "validations", "expression", CEL_BOOL);
	expect_each(&expecting, "validations", "messageExpression", CEL_STRING);
	expect_each(
	    &expecting, "auditAnnotations", "valueExpression", CEL_STRING);
	expecting.names = policy_names;
	expect_each(&expecting, "matchConditions", "expression", CEL_BOOL);
}

/* The same of mutations. */
void check_mutation_names(const struct checking *checking)
{
	static const char *const kinds[] = {"jsonPatch", "applyConfiguration"};
	struct expecting expecting = expecting_of(checking);
	const struct node *list = here(checking, "mutations");

	for (uint32_t i = 0; i < given_length(list); i++) {
		for (size_t j = 0; j < COUNT_OF(kinds); j++)
			expect(&expecting,
			    given(given(list->items[i], kinds[j]),
				"expression"),
			    CEL_DYN);
	}
	expecting.names = policy_names;
	expect_each(&expecting, "matchConditions", "expression", CEL_BOOL);
}

/* validateMatchConditions() of a webhook */
void check_condition_names(const struct checking *checking)
{
	static const char *const names[] = {"object", "oldObject", "request",
	    "namespaceObject", "authorizer", NULL};
	struct expecting expecting = {.checking = checking, .names = names};

	expect_each(&expecting, "matchConditions", "expression", CEL_BOOL);
}

/* Of x-kubernetes-validations: validateCustomResourceDefinitionOpenAPISchema()
 * compiles them. */
void check_rule_names(const struct checking *checking)
{
	static const char *const names[] = {"self", "oldSelf", NULL};
	struct expecting expecting = {.checking = checking, .names = names};

	expect(&expecting, here(checking, "rule"), CEL_BOOL);
	expect(&expecting, here(checking, "messageExpression"), CEL_STRING);
}

/* validateResources: all resources with all of their parts. */
static bool is_wildcard(struct slice text)
{
	return slice_is(text, "*");
}

/* Whether one of a resource and a subresource covers the other. */
static bool covers(struct slice one, struct slice other)
{
	ptrdiff_t slash = slice_find(one, SLICE("/"), 0);
	ptrdiff_t there = slice_find(other, SLICE("/"), 0);
	struct slice resource, owner, part, of_owner;

	if (slash < 0 || there < 0)
		return false;
	resource = (struct slice){one.ptr, (size_t)slash};
	owner = (struct slice){other.ptr, (size_t)there};
	part = slice_after(one, (size_t)slash + 1);
	of_owner = slice_after(other, (size_t)there + 1);
	return (is_wildcard(part) && slice_eq(resource, owner)) ||
	       (is_wildcard(resource) && slice_eq(part, of_owner));
}

/* validateResources: of those without a subresource it looks at the last. */
static void check_all_resources(
    const struct checking *checking, const struct node *resources)
{
	bool has_other = false;

	for (uint32_t i = 0; i < given_length(resources); i++) {
		const struct node *item = resources->items[i];
		struct slice text = given_text(item);

		if (slice_find(text, SLICE("/"), 0) < 0)
			has_other = !is_wildcard(text);
		for (uint32_t j = 0; j < i; j++) {
			if (covers(given_text(resources->items[j]), text))
				report_at(checking, item,
				    "is covered by an earlier item");
		}
	}
	if (has_other && has_item(resources, "*"))
		report_at(
		    checking, resources, "may have no other resource beside *");
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
	const struct node *names = given(spec, "names");
	struct slice plural = given_text_at(names, "plural");
	struct slice group = given_text_at(spec, "group");
	struct buf wanted = {0};

	if (group.len && slice_find(group, SLICE("."), 0) < 0)
		report_at(checking, given(spec, "group"),
		    "must be a domain, with a '.' in it");
	if (given_text_at(names, "kind").len &&
	    slice_eq(
		given_text_at(names, "kind"), given_text_at(names, "listKind")))
		report_at(
		    checking, given(names, "listKind"), "may not be the kind");

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

/* ValidateServiceCIDR() of pkg/apis/networking */
void check_one_per_family(const struct checking *checking)
{
	const struct node *ranges = here(checking, "cidrs");

	if (given_length(ranges) == 2 &&
	    (slice_find(given_text(ranges->items[0]), SLICE(":"), 0) < 0) ==
		(slice_find(given_text(ranges->items[1]), SLICE(":"), 0) < 0))
		report_at(checking, ranges,
		    "may have one range of IPv4 and one of IPv6, not two of "
		    "one family");
}

/* validateISCSIPersistentVolumeSource() of pkg/apis/core */
void check_portal_length(const struct checking *checking)
{
	struct slice name = given_text_at(here(checking, "metadata"), "name");
	const struct node *disk = given(here(checking, "spec"), "iscsi");
	const struct node *portal = given(disk, "targetPortal");
	size_t length = name.len + 1 + given_text(portal).len;

	if (portal && given(disk, "initiatorName") && length > 64)
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, portal,
		    "may have 64 characters with the name of the volume and "
		    "':', not %zu, where initiatorName is given",
		    length);
}

/* validatePersistentVolumeSpec() of pkg/apis/core */
void check_lone_capacity(const struct checking *checking)
{
	const struct node *capacity = here(checking, "capacity");

	for (uint32_t i = 0;
	     capacity && capacity->kind == NODE_MAPPING && i < capacity->n;
	     i++) {
		if (!slice_is(capacity->pairs[i].key->text, "storage"))
			report_at(checking, capacity->pairs[i].value,
			    "may not be given: a volume has storage alone");
	}
}

/* ValidatePersistentVolumeClaimSpec(): dataSource is the older name.  The newer
 * one is cleared before where it has a namespace, unless an alpha feature is
 * on. */
void check_one_source(const struct checking *checking)
{
	static const char *const fields[] = {"apiGroup", "kind", "name"};
	const struct node *source = here(checking, "dataSource");
	const struct node *reference = here(checking, "dataSourceRef");

	if (!source || !reference || given(reference, "namespace"))
		return;
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (slice_eq(given_text_at(source, fields[i]),
			given_text_at(reference, fields[i])))
			continue;
		report_at(
		    checking, source, "must be the same as dataSourceRef");
		return;
	}
}

/* ValidateIngressCreate() of pkg/apis/networking */
void check_ingress_class(const struct checking *checking)
{
	const struct node *annotation =
	    given(given(here(checking, "metadata"), "annotations"),
		"kubernetes.io/ingress.class");
	const struct node *class =
	    given(here(checking, "spec"), "ingressClassName");

	if (annotation && class &&
	    !slice_eq(given_text(annotation), given_text(class)))
		report_condition(checking->frame, checking->condition,
		    REFUSAL_VALUE, annotation,
		    "must be 'spec.ingressClassName' (%.*s) where both are "
		    "given, not %.*s",
		    SLICE_ARGS(class->text), SLICE_ARGS(annotation->text));
}
