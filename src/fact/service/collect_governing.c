/* The Service that governs a StatefulSet: whose name its pods have theirs
 * under, and whether they are told such names. */
#include "fact/problem.h"
#include "fact/service/backends.h"

#include "fact/shell.h"

#include <string.h>

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/* Whether a text has the name behind a dot, as that of a pod has it. */
static bool has_pod_name(struct slice text, struct slice service)
{
	ptrdiff_t at = slice_find(text, service, 0);

	for (; at >= 0; at = slice_find(text, service, (size_t)at + 1)) {
		size_t end = (size_t)at + service.len;

		if (at > 0 && text.ptr[at - 1] == '.' &&
		    (end == text.len || !is_name_char(text.ptr[end])))
			return true;
	}
	return false;
}

static bool is_told(const struct node *container, struct slice service)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *env = node_get(container, "env");

	for (size_t i = 0; argument_at(arguments, i); i++) {
		if (has_pod_name(argument_text(arguments, i), service))
			return true;
	}
	for (size_t i = 0; i < node_length(env); i++) {
		const struct node *value = node_get(env->items[i], "value");

		if (has_pod_name(scalar_text(value), service))
			return true;
	}
	return false;
}

static bool is_any_told(const struct node *containers, struct slice service)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		if (is_told(containers->items[i], service))
			return true;
	}
	return false;
}

void collect_governing(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	const struct node *name =
	    node_find(object, "spec", "serviceName", NULL);
	const struct node *pod =
	    node_find(object, "spec", "template", "spec", NULL);
	struct backend *backend;

	if (strcmp(manifest->kind, "StatefulSet") ||
	    strcmp(manifest->group, "apps"))
		return;
	backend = add_backend(collection, manifest, name);
	if (!backend)
		return;
	backend->governs = fact_bool(true);
	backend->advertised = fact_bool(
	    is_any_told(node_get(pod, "containers"), scalar_text(name)) ||
	    is_any_told(node_get(pod, "initContainers"), scalar_text(name)));
}
