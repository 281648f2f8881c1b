/* Labels that follow a version where the API lets nothing change: in the
 * selector of a controller, and in volumeClaimTemplates. */
#include "fact/update/update.h"

#include "fact/computed.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

RARE(workload, fixed_label)
RARE(workload, fixed_value)
RARE(workload, fixed_follows)
RARE(workload, fixed_field)

/* What a label follows; in words for the message. */
#define THE_CHART "the version of the chart"
#define THE_IMAGE "the tag of the image"
#define THE_APP "the version of the application"

struct fixing {
	struct facts *facts;
	struct workload *workload;
	const struct node *labels; /* of the object itself */
};

/* Whether a text has a version of two numbers or more in it: 1.4. */
static bool holds_version(struct slice text)
{
	for (size_t i = 1; i + 1 < text.len; i++) {
		if (text.ptr[i] == '.' &&
		    isdigit((unsigned char)text.ptr[i - 1]) &&
		    isdigit((unsigned char)text.ptr[i + 1]))
			return true;
	}
	return false;
}

static bool holds_digit(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (isdigit((unsigned char)text.ptr[i]))
			return true;
	}
	return false;
}

/* v1.4.0 is 1.4.0. */
static struct slice bare(struct slice version)
{
	if (version.len > 1 && (*version.ptr == 'v' || *version.ptr == 'V') &&
	    isdigit((unsigned char)version.ptr[1]))
		return (struct slice){version.ptr + 1, version.len - 1};
	return version;
}

static bool is_version(struct slice text, struct slice version)
{
	text = bare(text);
	version = bare(version);
	return text.len && text.len == version.len &&
	       !memcmp(text.ptr, version.ptr, text.len);
}

/* Whether a key ends in a word for a version: app-version, imageTag; but not
 * shard or stage. */
static bool names_version(const char *key)
{
	static const char *const words[] = {
	    "version", "tag", "release", "image", "commit", "sha", "build"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		size_t len = strlen(words[i]);

		if (strlen(key) >= len &&
		    !strcasecmp(key + strlen(key) - len, words[i]))
			return true;
	}
	return false;
}

/* The object of the next version has another name, and is another object. */
static bool is_in_name(const struct workload *workload, struct slice value)
{
	struct slice version = bare(value);
	const char *name = workload->manifest->name;

	for (; strlen(name) >= version.len; name++) {
		size_t i = 0;

		while (i < version.len &&
		       (name[i] == version.ptr[i] ||
			   (name[i] == '-' && version.ptr[i] == '.')))
			i++;
		if (i == version.len)
			return true;
	}
	return false;
}

static bool is_image_tag(
    const struct workload *workload, const char *key, struct slice value)
{
	if (!holds_digit(value) ||
	    !(holds_version(value) || names_version(key)))
		return false;
	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (is_version(
			value, slice_of(workload->containers[i].image_tag)))
			return true;
	}
	return false;
}

/* Whether a value is the version at the end of helm.sh/chart, web-1.4.2. */
static bool is_chart_version(const struct fixing *fixing, struct slice value)
{
	struct slice chart;

	if (!node_to_text(node_get(fixing->labels, "helm.sh/chart"), &chart) ||
	    chart.len <= value.len || !value.len)
		return false;
	return chart.ptr[chart.len - value.len - 1] == '-' &&
	       !memcmp(chart.ptr + chart.len - value.len, value.ptr, value.len);
}

static bool is_app_version(
    const struct fixing *fixing, const char *key, struct slice value)
{
	struct slice version;

	if (!strcmp(key, "app.kubernetes.io/version"))
		return true;
	return node_to_text(
		   node_get(fixing->labels, "app.kubernetes.io/version"),
		   &version) &&
	       is_version(value, version);
}

/* What the label follows, in words; NULL for nothing that is known. */
static const char *followed_by(
    const struct fixing *fixing, const char *key, struct slice value)
{
	if (is_in_name(fixing->workload, value))
		return NULL;
	if (holds_version(value) &&
	    (strcasestr(key, "chart") || is_chart_version(fixing, value)))
		return THE_CHART;
	if (is_image_tag(fixing->workload, key, value))
		return THE_IMAGE;
	return holds_version(value) && is_app_version(fixing, key, value)
		   ? THE_APP
		   : NULL;
}

/* Keeps the first label that follows a version. */
static void check_label(const struct fixing *fixing, const char *key,
    const struct node *value, const char *field)
{
	struct workload *workload = fixing->workload;
	struct arena *arena = &fixing->facts->arena;
	struct slice text;
	const char *follows;

	if (RARE_FACT(workload, fixed_label).has_value ||
	    !node_to_text(value, &text))
		return;
	follows = followed_by(fixing, key, text);
	if (!follows)
		return;
	KEEP_RARE(
	    arena, workload, fixed_label, facts_placed(fact_text(key), value));
	KEEP_RARE(arena, workload, fixed_value,
	    facts_node_text(fixing->facts, value, NULL));
	KEEP_RARE(arena, workload, fixed_follows, fact_text(follows));
	KEEP_RARE(arena, workload, fixed_field, fact_text(field));
}

static void check_labels(
    const struct fixing *fixing, const struct node *labels, const char *field)
{
	if (!labels || labels->kind != NODE_MAPPING)
		return;
	for (uint32_t i = 0; i < labels->n; i++) {
		const struct node *value = labels->pairs[i].value;

		check_label(fixing, facts_name(fixing->facts, value->key),
		    value, field);
	}
}

static void check_expressions(
    const struct fixing *fixing, const struct node *expressions)
{
	for (size_t i = 0; i < node_length(expressions); i++) {
		const struct node *item = expressions->items[i];
		const struct node *values = node_get(item, "values");

		for (size_t j = 0; j < node_length(values); j++)
			check_label(fixing,
			    facts_name(fixing->facts, node_get(item, "key")),
			    values->items[j], "selector");
	}
}

static bool is_fixed(const struct manifest *manifest)
{
	static const char *const kinds[] = {
	    "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (!strcmp(manifest->kind, kinds[i]))
			return !strcmp(manifest->group, "apps");
	}
	return false;
}

void collect_fixed(
    struct facts *facts, const struct node *object, struct workload *workload)
{
	struct fixing fixing = {
	    facts, workload, node_find(object, "metadata", "labels", NULL)};
	const struct node *templates =
	    node_find(object, "spec", "volumeClaimTemplates", NULL);
	const struct node *selector =
	    node_find(object, "spec", "selector", NULL);

	if (!is_fixed(workload->manifest))
		return;
	check_labels(&fixing, node_get(selector, "matchLabels"), "selector");
	check_expressions(&fixing, node_get(selector, "matchExpressions"));
	if (strcmp(workload->manifest->kind, "StatefulSet") != 0)
		return;
	for (size_t i = 0; i < node_length(templates); i++) {
		const struct node *metadata =
		    node_get(templates->items[i], "metadata");

		check_labels(&fixing, node_get(metadata, "labels"),
		    "volumeClaimTemplates");
		check_labels(&fixing, node_get(metadata, "annotations"),
		    "volumeClaimTemplates");
	}
}
