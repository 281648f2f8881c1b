/* Parts of objects, and what is wrong in them. */
#include "fact/problem.h"

#include <ctype.h>

bool is_given(const struct node *node)
{
	return !node_is_null(node);
}

bool is_blank(const struct node *node)
{
	return !is_given(node) ||
	       (node->kind == NODE_SCALAR && !node->text.len);
}

struct slice scalar_text(const struct node *node)
{
	struct slice text;

	return node_to_text(node, &text) ? text : (struct slice){"", 0};
}

struct slice unfilled_variable(struct slice text)
{
	ptrdiff_t from = slice_find(text, SLICE("${"), 0);
	ptrdiff_t to;
	struct slice none = {"", 0};

	if (from < 0)
		return none;
	to = slice_find(text, SLICE("}"), (size_t)from);
	if (to < from + 3 || !isalpha((unsigned char)text.ptr[from + 2]))
		return none;
	return (struct slice){text.ptr + from, (size_t)(to - from) + 1};
}

/* The path of a node below its object, which may stand in a List. */
static const char *path_in_object(
    const struct reading *reading, const struct node *node)
{
	struct buf whole = {0}, object = {0};
	struct slice path;
	const char *kept;

	node_path(node, &whole);
	node_path(reading->object, &object);
	path = buf_slice(&whole);
	if (object.len && slice_starts(path, buf_slice(&object))) {
		path.ptr += object.len;
		path.len -= object.len;
	}
	if (path.len && path.ptr[0] == '.')
		path = (struct slice){path.ptr + 1, path.len - 1};
	kept = facts_text(reading->facts, path);
	buf_release(&object);
	buf_release(&whole);
	return kept;
}

/* "[name=web]" where the item has a name, which it keeps when another one is
 * put before it; else its number. */
static void add_item(const struct node *item, struct buf *path)
{
	static const char *const keys[] = {"name", "templateName"};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		struct slice name = scalar_text(node_get(item, keys[i]));

		if (!name.len)
			continue;
		buf_printf(path, "[%s=%.*s]", keys[i], SLICE_ARGS(name));
		return;
	}
	buf_printf(path, "[%u]", item->index);
}

/* Recursion is bounded: a tree is no deeper than its limits. */
static void add_stable_path(
    const struct node *object, const struct node *node, struct buf *path)
{
	if (node == object || !node->parent)
		return;
	add_stable_path(object, node->parent, path);
	if (node->parent->kind == NODE_SEQUENCE)
		add_item(node, path);
	else if (node->key)
		buf_printf(path, "%s%.*s", path->len ? "." : "",
		    SLICE_ARGS(scalar_text(node->key)));
}

static const char *stable_path_in_object(
    const struct reading *reading, const struct node *node)
{
	struct buf path = {0};
	const char *kept;

	add_stable_path(reading->object, node, &path);
	kept = facts_text(reading->facts, buf_slice(&path));
	buf_release(&path);
	return kept;
}

struct part part_at(const struct reading *reading, const struct node *node)
{
	const struct manifest *manifest = reading->manifest;
	const struct node *at = node;
	struct part part = {
	    .manifest = manifest,
	    .workload = reading->workload,
	    .path = "",
	    .stable_path = "",
	    .line = manifest->line,
	    .col = manifest->col,
	    .width = manifest->width,
	};

	if (!node)
		return part;
	/* A mapping is shown at its key: its own start is a line below. */
	if (node->kind != NODE_SCALAR && node->key)
		at = node->key;
	part.path = path_in_object(reading, node);
	part.stable_path = stable_path_in_object(reading, node);
	part.line = at->span.line;
	part.col = at->span.col;
	part.width = facts_width(at);
	return part;
}

void add_problem_list(const struct reading *reading, const struct node *at,
    const char *format, va_list args)
{
	struct problem *problem;
	struct buf text = {0};

	if (unfilled_variable(scalar_text(at)).len)
		return;
	problem = arena_alloc(&reading->facts->arena, sizeof(*problem));
	buf_vprintf(&text, format, args);
	problem->part = part_at(reading, at);
	problem->area = fact_text(reading->area);
	problem->text = fact_text(facts_text(reading->facts, buf_slice(&text)));
	vector_add(&reading->facts->lists[ENTITY_problem], problem);
	buf_release(&text);
}

void add_problem(const struct reading *reading, const struct node *at,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_problem_list(reading, at, format, args);
	va_end(args);
}
