/* A selector and labels -> whether the API takes them for each other. */
#include "schema/walk.h"

#include "schema/way.h"

static bool take_first(const struct node *node, void *context)
{
	*(const struct node **)context = node;
	return false;
}

static const struct node *find(
    const struct frame *frame, const struct path *path)
{
	const struct node *found = NULL;

	way_visit(frame, path, take_first, &found);
	return found;
}

/* Lists of more labels get a map. */
#define FEW_LABELS 16

struct labels {
	const struct pair *pairs;
	uint32_t n;
	struct map by_key; /* of many */
};

static struct labels labels_of(const struct node *node)
{
	struct labels labels = {.n = 0};

	if (!node || node->kind != NODE_MAPPING)
		return labels;
	labels.pairs = node->pairs;
	labels.n = node->n;
	for (uint32_t i = 0; node->n > FEW_LABELS && i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		void **slot = map_slot(&labels.by_key, pair->key->text);

		if (!*slot)
			*slot = (void *)(uintptr_t)pair->value;
	}
	return labels;
}

/* The first of that key, or NULL. */
static const struct node *label_of(
    const struct labels *labels, const struct node *key)
{
	if (labels->by_key.n)
		return map_find(&labels->by_key, key->text);
	for (uint32_t i = 0; i < labels->n; i++) {
		if (slice_eq(labels->pairs[i].key->text, key->text))
			return labels->pairs[i].value;
	}
	return NULL;
}

static struct slice text_of(const struct node *node)
{
	struct slice text = {"", 0};

	node_to_text(node, &text);
	return text;
}

static bool is_in(const struct node *values, const struct node *label)
{
	for (uint32_t i = 0; i < values->n; i++) {
		if (slice_eq(text_of(values->items[i]), text_of(label)))
			return true;
	}
	return false;
}

/* Of what is not well formed another fault tells: it matches here. */
static bool expression_matches(
    const struct node *expression, const struct labels *labels)
{
	const struct node *key = node_get(expression, "key");
	const struct node *values = node_get(expression, "values");
	struct slice operator= text_of(node_get(expression, "operator"));
	const struct node *label;

	if (node_is_null(key) || key->kind != NODE_SCALAR)
		return true;
	label = label_of(labels, key);
	if (slice_is(operator, "Exists"))
		return label != NULL;
	if (slice_is(operator, "DoesNotExist"))
		return !label;
	if (node_is_null(values) || values->kind != NODE_SEQUENCE || !values->n)
		return true;
	if (slice_is(operator, "In"))
		return label && is_in(values, label);
	return !slice_is(operator, "NotIn") || !label || !is_in(values, label);
}

static bool all_match(const struct node *selector, const struct labels *labels)
{
	const struct node *pairs = node_get(selector, "matchLabels");
	const struct node *list = node_get(selector, "matchExpressions");

	for (uint32_t i = 0; !node_is_null(pairs) &&
			     pairs->kind == NODE_MAPPING && i < pairs->n;
	     i++) {
		const struct node *label =
		    label_of(labels, pairs->pairs[i].key);

		if (!label ||
		    !slice_eq(text_of(label), text_of(pairs->pairs[i].value)))
			return false;
	}
	for (uint32_t i = 0;
	     !node_is_null(list) && list->kind == NODE_SEQUENCE && i < list->n;
	     i++) {
		if (!expression_matches(list->items[i], labels))
			return false;
	}
	return true;
}

static bool selects(const struct node *selector, const struct node *node)
{
	struct labels labels = labels_of(node);
	bool all = all_match(selector, &labels);

	map_release(&labels.by_key);
	return all;
}

void hold_selection(
    const struct frame *frame, const struct condition *condition)
{
	const struct path *chosen = listed_path(condition->paths, 0);
	const struct path *path = listed_path(condition->others, 0);
	const struct node *selector = find(frame, chosen);
	const struct node *labels = find(frame, path);

	if (selector && (selector->kind != NODE_MAPPING || !selector->n ||
			    selects(selector, labels)))
		return;
	if (labels)
		report_condition(frame, condition, REFUSAL_VALUE, labels,
		    "must be labels that '%s' selects", api_text(chosen->text));
	else
		report_missing_below(frame, condition, path);
}
