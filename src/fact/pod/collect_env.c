/* A container's environment: the variables that say how long it drains, and
 * the ConfigMaps that more of them come from. */
#include "fact/pod/pod.h"

#include "fact/drain/drain.h"

#include <string.h>

void add_drain_or_hide(struct facts *facts, struct slice name,
    const struct node *value, struct buf *drains)
{
	struct drain_setting unknown = {.seconds = -1, .by_name = true};
	size_t before = drains->len;

	if (value)
		add_drain(facts, name, value, drains);
	if (drains->len > before || !is_drain_variable(facts, name))
		return;
	unknown.name = facts_text(facts, name);
	buf_add(drains, &unknown, sizeof(unknown));
}

/* One entry of env: a drain time written out, or a key of a ConfigMap.  A name
 * that tells nothing here still hides what envFrom would give. */
static void collect_variable(struct facts *facts, struct slice name,
    const struct node *entry, struct buf *drains, struct buf *sources)
{
	const struct node *ref =
	    node_find(entry, "valueFrom", "configMapKeyRef", NULL);
	bool by_name = is_drain_variable(facts, name);
	struct env_source source = {
	    .prefix = "",
	    .by_name = by_name,
	    .word = drain_word(name),
	};

	if (ref) {
		source.configmap = facts_name(facts, node_get(ref, "name"));
		source.key = facts_name(facts, node_get(ref, "key"));
		buf_add(sources, &source, sizeof(source));
	}
	if (by_name)
		add_drain_or_hide(
		    facts, name, node_get(entry, "value"), drains);
}

/* A variable given twice has its last value. */
static void collect_variables(struct facts *facts, const struct node *env,
    struct buf *drains, struct buf *sources)
{
	struct map last = {0};
	struct slice name;

	for (size_t i = 0; i < node_length(env); i++) {
		if (node_to_text(node_get(env->items[i], "name"), &name))
			*map_slot(&last, name) =
			    (void *)(uintptr_t)env->items[i];
	}
	for (size_t i = 0; i < node_length(env); i++) {
		const struct node *entry = env->items[i];

		if (node_to_text(node_get(entry, "name"), &name) &&
		    map_find(&last, name) == entry)
			collect_variable(facts, name, entry, drains, sources);
	}
	map_release(&last);
}

static void collect_sources(
    struct facts *facts, const struct node *from, struct buf *sources)
{
	for (size_t i = 0; i < node_length(from); i++) {
		const struct node *item = from->items[i];
		const struct node *name =
		    node_find(item, "configMapRef", "name", NULL);
		struct env_source source = {
		    .configmap = facts_name(facts, name),
		    .prefix = facts_name(facts, node_get(item, "prefix")),
		};

		if (name)
			buf_add(sources, &source, sizeof(source));
	}
}

static void keep_environment(struct facts *facts, const struct buf *drains,
    const struct buf *sources, struct container_seldom *seldom)
{
	seldom->drains = facts_keep(facts, drains);
	seldom->ndrains = drains->len / sizeof(*seldom->drains);
	seldom->env_sources = facts_keep(facts, sources);
	seldom->nenv_sources = sources->len / sizeof(*seldom->env_sources);
}

void collect_environment(
    struct facts *facts, const struct node *node, struct container *container)
{
	const struct node *env = node_get(node, "env");
	struct buf drains = {0}, sources = {0};

	for (size_t i = 0; i < node_length(env); i++)
		collect_mangled(facts, container->workload->manifest,
		    node_get(env->items[i], "name"),
		    node_get(env->items[i], "value"));
	collect_mangled_arguments(
	    facts, container->workload->manifest, node_get(node, "command"));
	collect_mangled_arguments(
	    facts, container->workload->manifest, node_get(node, "args"));
	collect_variables(facts, env, &drains, &sources);
	collect_drain_flags(facts, node, &drains);
	collect_sources(facts, node_get(node, "envFrom"), &sources);
	if (drains.len || sources.len)
		keep_environment(facts, &drains, &sources,
		    container_seldom(&facts->arena, container));
	buf_release(&drains);
	buf_release(&sources);
}
