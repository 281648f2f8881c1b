/* Variables that name another with $(NAME) before it is defined: the kubelet
 * puts in only what stands above, and leaves the text as it is. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/problem.h"

#include <string.h>

RARE(container, early_variable)

/* The first name in $(...) from place at on, not of $$(...); empty when there
 * is none. */
static struct slice next_name(struct slice text, size_t *at)
{
	for (; *at + 2 < text.len; ++*at) {
		const char *end;
		size_t start = *at + 2;

		if (text.ptr[*at] != '$')
			continue;
		if (text.ptr[*at + 1] == '$') {
			++*at;
			continue;
		}
		end = text.ptr[*at + 1] == '('
			  ? memchr(text.ptr + start, ')', text.len - start)
			  : NULL;
		if (!end)
			continue;
		*at = (size_t)(end - text.ptr) + 1;
		return (struct slice){
		    text.ptr + start, (size_t)(end - text.ptr) - start};
	}
	return (struct slice){"", 0};
}

/* The first definition of each variable: its index plus one, as an address. */
static void index_names(struct map *first, const struct node *env)
{
	for (size_t i = 0; i < node_length(env); i++) {
		void **slot = map_slot(
		    first, scalar_text(node_get(env->items[i], "name")));

		if (!*slot)
			*slot = (void *)(uintptr_t)(i + 1);
	}
}

/* The first name in a value that is defined below index; empty when there
 * is none. */
static struct slice early_name(
    struct map *first, const struct node *env, size_t index)
{
	struct slice text = scalar_text(node_get(env->items[index], "value"));
	struct slice name;
	size_t at = 0;

	while ((name = next_name(text, &at)).len) {
		if (!first->n)
			index_names(first, env);
		if ((uintptr_t)map_find(first, name) > index + 1)
			return name;
	}
	return (struct slice){"", 0};
}

void collect_early_variable(
    struct facts *facts, const struct node *node, struct container *container)
{
	const struct node *env = node_get(node, "env");
	struct map first = {0};

	for (size_t i = 0; i < node_length(env); i++) {
		struct slice name = early_name(&first, env, i);

		if (!name.len)
			continue;
		KEEP_RARE(&facts->arena, container, early_variable,
		    facts_placed(fact_text(facts_text(facts, name)),
			node_get(env->items[i], "value")));
		break;
	}
	map_release(&first);
}
