/*
 * How large an object is at least, as kubectl apply keeps it: as JSON in an
 * annotation of itself, all of which may be 256 KiB together.
 */
#include "fact/apply/apply.h"

#include "fact/computed.h"

/* Smaller documents are not counted, unless aliases make many nodes of them. */
#define LEAST_TEXT 200000
#define LEAST_NODES 50000

/* What quotes, colons and commas add to a text. */
#define AROUND_TEXT 3

/* Recursion is bounded by the limit of depth of documents. */
static size_t json_size(const struct node *node)
{
	size_t size = 2;

	if (node->kind == NODE_SCALAR)
		return scalar_text(node).len + AROUND_TEXT;
	for (size_t i = 0; i < node->n; i++) {
		bool is_pair = node->kind == NODE_MAPPING;
		const struct node *value =
		    is_pair ? node->pairs[i].value : node->items[i];

		if (is_pair)
			size += json_size(node->pairs[i].key);
		size += json_size(value);
	}
	return size;
}

int64_t collect_json_size(
    const struct collection *collection, const struct node *object)
{
	if (collection->text.len < LEAST_TEXT && object->weight < LEAST_NODES)
		return 0;
	return (int64_t)json_size(object);
}

struct fact fact_manifest_json_bytes(
    const struct release *release, const struct manifest *manifest)
{
	int64_t size = manifest->seldom->json_size;

	(void)release;
	return size ? fact_int(size) : (struct fact){.state = FACT_ABSENT};
}
