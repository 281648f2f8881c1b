/* A Rollout while it is read. */
#include "fact/rollout/reading.h"

#include <string.h>

bool has_router(const struct rollout *rollout, const char *name)
{
	const struct node *router = node_get(rollout->routing, name);

	if (!strcmp(name, "plugins"))
		return router && router->kind == NODE_MAPPING && router->n;
	return is_given(router);
}

void rollout_problem(const struct rollout *rollout, const struct node *at,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_problem_list(&rollout->reading, at, format, args);
	va_end(args);
}
