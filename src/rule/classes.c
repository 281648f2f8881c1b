/* Resource classes out of a mapping. */
#include "rule/classes.h"

#include "base/quantity.h"

#include <math.h>

static int read_bound(const struct reader *reader, const struct node *range,
    const char *name, double *bound)
{
	const struct node *node = node_get(range, name);

	if (!node)
		return 0;
	if (node->kind == NODE_SCALAR && quantity_parse(node->text, bound))
		return 0;
	return reader_refuse(reader, node,
	    "%s must be a quantity such as 250m or 64Mi, not %s", name,
	    reader_describe(reader, node));
}

static int read_range(const struct reader *reader, const struct node *class,
    const char *resource, double *ret_min, double *ret_max)
{
	static const char *const names[] = {"min", "max"};
	const struct node *range = node_get(class, resource);

	*ret_min = 0;
	*ret_max = INFINITY;
	if (!range)
		return 0;
	if (reader_check_keys(reader, "the range of a resource", range, names,
		COUNT_OF(names)) ||
	    read_bound(reader, range, "min", ret_min) ||
	    read_bound(reader, range, "max", ret_max))
		return -1;
	return *ret_min <= *ret_max
		   ? 0
		   : reader_refuse(reader, range,
			 "the min of %s is above its max", resource);
}

/* Any pod would be of a class without bounds, which says nothing. */
static bool is_bounded(const struct resource_class *class)
{
	return class->cpu_min > 0 || class->memory_min > 0 ||
	       class->cpu_max < INFINITY || class->memory_max < INFINITY;
}

static int read_class(const struct reader *reader, const struct pair *pair,
    struct resource_class *ret_class)
{
	static const char *const names[] = {"cpu", "memory"};
	int result;

	if (reader_text(
		reader, "a resource class", pair->key, &ret_class->name) ||
	    reader_check_keys(reader, "a resource class", pair->value, names,
		COUNT_OF(names)))
		return -1;
	if (!profile_has_word(SLICE("expectedResourcesClass"), pair->key->text))
		return reader_refuse(reader, pair->key,
		    "unknown resource class %s; known: tiny, small, medium, "
		    "large",
		    reader_quote(reader, pair->key->text));
	result = read_range(reader, pair->value, "cpu", &ret_class->cpu_min,
	    &ret_class->cpu_max);
	if (read_range(reader, pair->value, "memory", &ret_class->memory_min,
		&ret_class->memory_max) ||
	    result)
		return -1;
	return is_bounded(ret_class)
		   ? 0
		   : reader_refuse(reader, pair->value,
			 "a resource class must have a min or max of cpu or "
			 "memory");
}

int classes_read(const struct reader *reader, const struct node *node,
    struct settings *settings)
{
	struct resource_class *classes;
	int result = 0;

	if (node_is_null(node))
		return 0;
	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "resourceClasses must be a mapping of classes to their "
		    "ranges, not %s",
		    reader_describe(reader, node));
	classes = arena_array(reader->arena, node->n, sizeof(*classes));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_class(reader, &node->pairs[i], &classes[i]))
			result = -1;
	}
	settings->classes = classes;
	settings->nclasses = node->n;
	return result;
}
