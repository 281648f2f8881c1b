/* A path of fields -> the nodes it leads to. */
#include "schema/way.h"

#include <string.h>

struct visiting {
	bool (*visit)(const struct node *node, void *context);
	void *context;
};

static bool follow(const struct visiting *visiting, const struct node *node,
    const struct path_step *steps, size_t n);

/* Each item, or each value of a map, then down the other steps. */
static bool follow_each(const struct visiting *visiting,
    const struct node *node, const struct path_step *steps, size_t n)
{
	if (node->kind == NODE_SCALAR)
		return true;
	for (uint32_t i = 0; i < node->n; i++) {
		const struct node *item = node->kind == NODE_SEQUENCE
					      ? node->items[i]
					      : node->pairs[i].value;

		if (!follow(visiting, item, steps, n))
			return false;
	}
	return true;
}

static const struct node *get(
    const struct node *node, const struct path_step *step)
{
	if (node->kind != NODE_MAPPING)
		return NULL;
	for (uint32_t i = 0; i < node->n; i++) {
		struct slice key = node->pairs[i].key->text;

		if (node->pairs[i].key->kind == NODE_SCALAR &&
		    key.len == step->len &&
		    !memcmp(key.ptr, api_text(step->name), key.len))
			return node->pairs[i].value;
	}
	return NULL;
}

/* Recursion is bounded by the steps of a path. */
static bool follow(const struct visiting *visiting, const struct node *node,
    const struct path_step *steps, size_t n)
{
	const struct node *value;

	if (node_is_null(node))
		return true;
	if (!n)
		return visiting->visit(node, visiting->context);
	value = get(node, steps);
	if (!value)
		return true;
	if (steps->each)
		return follow_each(visiting, value, steps + 1, n - 1);
	return follow(visiting, value, steps + 1, n - 1);
}

/* The first step is known by its number. */
static bool visit_steps(const struct frame *frame, const struct path *path,
    size_t n, const struct visiting *visiting)
{
	const struct path_step *steps = path_steps(path);
	const struct node *value;

	if (!n)
		return visiting->visit(frame->node, visiting->context);
	value = frame->given[path->first];
	if (!value)
		return true;
	if (steps->each)
		return follow_each(visiting, value, steps + 1, n - 1);
	return follow(visiting, value, steps + 1, n - 1);
}

bool way_visit(const struct frame *frame, const struct path *path,
    bool (*visit)(const struct node *node, void *context), void *context)
{
	struct visiting visiting = {visit, context};

	return visit_steps(frame, path, path->n, &visiting);
}

bool way_visit_above(const struct frame *frame, const struct path *path,
    bool (*visit)(const struct node *node, void *context), void *context)
{
	struct visiting visiting = {visit, context};

	return visit_steps(frame, path, path->n - 1u, &visiting);
}

static bool stop(const struct node *node, void *context)
{
	(void)node;
	(void)context;
	return false;
}

bool way_is_given(const struct frame *frame, const struct path *path)
{
	return !way_visit(frame, path, stop, NULL);
}

bool way_ends_above(const struct frame *frame, const struct path *path)
{
	return way_visit_above(frame, path, stop, NULL);
}

const struct node *way_deepest(
    const struct frame *frame, const struct path *path, const char **ret_rest)
{
	const struct node *node = frame->node;

	*ret_rest = api_text(path->text);
	for (size_t i = 0; i + 1 < path->n; i++) {
		const struct node *next = get(node, &path_steps(path)[i]);

		if (!next)
			break;
		node = next;
		*ret_rest = strchr(*ret_rest, '.') + 1;
	}
	return node;
}

static const struct field *field_named(
    const struct type *type, const struct path_step *step)
{
	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *field = &type_fields(type)[i];

		if (field->len == step->len &&
		    !memcmp(
			api_text(field->name), api_text(step->name), step->len))
			return field;
	}
	return NULL;
}

const char *way_otherwise(const struct frame *frame, const struct path *path)
{
	const struct field *field = &type_fields(frame->type)[path->first];

	for (size_t i = 1; i < path->n; i++) {
		if (field->of != OF_TYPE)
			return NULL;
		field = field_named(
		    &schema_types[field->type], &path_steps(path)[i]);
		if (!field)
			return NULL;
	}
	return field->otherwise ? api_text(field->otherwise) : NULL;
}
