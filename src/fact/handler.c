/* What a probe or a hook does: the one field of it that is given. */
#include "fact/handler.h"

const struct node *handler_of(
    const struct node *node, const char *const *names, const char **ret_name)
{
	for (; *names; names++) {
		const struct node *handler = node_get(node, *names);

		if (!node_is_null(handler)) {
			*ret_name = *names;
			return handler;
		}
	}
	return NULL;
}

struct fact handler_fact(const struct node *handler, const char *name)
{
	return facts_placed(fact_text(name), key_of(handler));
}
