/*
 * Values files and --set, in their order, into one tree.
 */
#include "helm/values.h"

#include "doc/file.h"
#include "doc/scalar.h"
#include "helm/set.h"

/* A document's root as values; NULL for a document that says nothing. */
static int read_root(struct arena *arena, const struct origin *origin,
    const struct node *root, struct value **ret_root, struct fault *fault)
{
	struct reader reader = {origin, arena, fault};

	*ret_root = NULL;
	if (node_is_null(root))
		return 0;
	if (root->kind != NODE_MAPPING)
		return reader_refuse(&reader, root,
		    "values must be a mapping, not %s",
		    reader_describe(&reader, root));
	*ret_root = value_read(&reader, root);
	return 0;
}

int values_load(struct arena *arena, const struct origin *origin,
    struct value **ret_root, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	int result =
	    file_load_or_nothing(origin, "values file", &nodes, &root, fault);

	if (!result)
		result = read_root(arena, origin, root, ret_root, fault);
	arena_release(&nodes);
	return result;
}

/* The map of all that was added. */
static struct value *root_of(struct values *values)
{
	if (!values->root)
		values->root = value_new(&values->arena, VALUE_MAP);
	return values->root;
}

int values_add_file(
    struct values *values, const struct origin *origin, struct fault *fault)
{
	struct value *file;

	if (values_load(&values->arena, origin, &file, fault))
		return -1;
	values->root = value_merge(&values->arena, file, root_of(values));
	return 0;
}

int values_add_text(struct values *values, const struct origin *origin,
    struct slice text, struct fault *fault)
{
	struct arena nodes = {0};
	const struct node *root;
	struct value *file;
	int result = file_parse_or_nothing(origin, text, &nodes, &root, fault);

	if (!result)
		result = read_root(&values->arena, origin, root, &file, fault);
	if (!result)
		values->root =
		    value_merge(&values->arena, file, root_of(values));
	arena_release(&nodes);
	return result;
}

int values_add_set(struct values *values, const char *option, const char *text,
    bool strings, struct fault *fault)
{
	return set_parse(&values->arena, root_of(values), option, text, strings,
	    &values->nempty, fault);
}

void values_without_chart(struct values *values)
{
	root_of(values)->open = true;
	values->without_chart = true;
}

void values_release(struct values *values)
{
	arena_release(&values->arena);
	*values = (struct values){0};
}
