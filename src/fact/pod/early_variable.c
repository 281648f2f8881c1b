/* Variables that are not what they were meant to be: those that name another
 * with $(NAME) before it is defined, as the kubelet puts in only what stands
 * above, and those that the kubelet defines itself, for a Service of that name
 * (pkg/kubelet/envvars). */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/problem.h"

#include <string.h>

RARE(container, early_variable)
RARE(container, port_variable)

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

/* Images whose program takes its port from a variable that is called as the one
 * which the kubelet sets for a Service, to an address such as
 * tcp://10.43.7.62:80. */
static const struct {
	const char *image, *variable;
} port_variables[] = {{"n8nio/n8n", "N8N_PORT"},
    {"actualbudget/actual-server", "ACTUAL_PORT"},
    {"louislam/uptime-kuma", "UPTIME_KUMA_PORT"},
    {"neosmemo/memos", "MEMOS_PORT"}, {"usememos/memos", "MEMOS_PORT"},
    {"zadam/trilium", "TRILIUM_PORT"},
    {"paperless-ngx/paperless-ngx", "PAPERLESS_PORT"},
    {"paperlessngx/paperless-ngx", "PAPERLESS_PORT"},
    {"yuzutech/kroki", "KROKI_PORT"}, {"lmenezes/cerebro", "CEREBRO_PORT"},
    {"dullage/flatnotes", "FLATNOTES_PORT"},
    {"langgenius/dify-api", "DIFY_PORT"},
    {"mattermost/focalboard", "FOCALBOARD_PORT"},
    {"octoprint/octoprint", "OCTOPRINT_PORT"},
    {"permitio/opal-server", "OPAL_SERVER_PORT"},
    {"confluentinc/cp-kafka", "KAFKA_PORT"},
    {"confluentinc/cp-schema-registry", "SCHEMA_REGISTRY_PORT"},
    {"confluentinc/cp-kafka-rest", "KAFKA_REST_PORT"}};

static const char *port_variable_of(const struct container *container)
{
	struct slice name = slice_of(container->image_name);

	for (size_t i = 0; i < COUNT_OF(port_variables); i++) {
		struct slice image = slice_of(port_variables[i].image);
		size_t before = name.len - image.len;

		if (name.len >= image.len && slice_ends(name, image) &&
		    (!before || name.ptr[before - 1] == '/'))
			return port_variables[i].variable;
	}
	return NULL;
}

/* What the container sets itself counts; what envFrom brings may be it, too. */
void collect_port_variable(
    struct facts *facts, const struct node *node, struct container *container)
{
	const char *variable = port_variable_of(container);
	const struct node *env = node_get(node, "env");

	if (!variable || is_given(node_get(node, "envFrom")))
		return;
	for (size_t i = 0; i < node_length(env); i++) {
		if (slice_is(
			scalar_text(node_get(env->items[i], "name")), variable))
			return;
	}
	KEEP_RARE(&facts->arena, container, port_variable, fact_text(variable));
}
