/* The objects that Rollouts name, found among those of the stream: by kind,
 * namespace and name in one pass over it, then held against what they are named
 * for. */
#include "fact/rollout/rollout.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/selector.h"
#include "fact/service/service.h"

#include <stdlib.h>
#include <string.h>

/* In place of a namespace: of a kind that has none; all that are known. */
#define NO_NAMESPACE "*"
#define ANY_KNOWN "+"

/* References to what is of one kind and name, in one namespace. */
struct wish {
	struct vector references;
	const char *doubt; /* group of the last object that may be meant */
};

/* By wish_key(). */
struct wanted {
	struct map map;
	struct arena arena;
	struct buf key;
};

static struct slice wish_key(
    struct buf *buf, const char *kind, const char *name, const char *namespace)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s/%s", kind, namespace, name);
	return buf_slice(buf);
}

static void want_in(
    struct wanted *wanted, struct reference *reference, const char *namespace)
{
	struct slice key = wish_key(&wanted->key, reference->kind.text,
	    reference->name.text, namespace);
	struct wish *wish = map_find(&wanted->map, key);

	if (!wish) {
		wish = arena_alloc(&wanted->arena, sizeof(*wish));
		*map_slot(&wanted->map, slice_copy(&wanted->arena, key)) = wish;
	}
	vector_add(&wish->references, reference);
}

static void want(struct wanted *wanted, const struct release *release,
    struct reference *reference)
{
	const char *namespace = reference->namespace;

	if (reference->is_cluster_wide) {
		want_in(wanted, reference, NO_NAMESPACE);
		return;
	}
	if (!namespace)
	namespace = manifest_namespace(release, reference->part.manifest);
	want_in(wanted, reference, namespace);
	if (*namespace)
		want_in(wanted, reference, ANY_KNOWN);
}

static void wanted_release(struct wanted *wanted)
{
	for (size_t i = 0; i < wanted->map.n; i++) {
		struct wish *wish = wanted->map.entries[i].value;

		free(wish->references.items);
	}
	map_release(&wanted->map);
	arena_release(&wanted->arena);
	buf_release(&wanted->key);
}

static struct wish *wish_for(struct wanted *wanted,
    const struct manifest *manifest, const char *namespace)
{
	return map_find(&wanted->map,
	    wish_key(&wanted->key, manifest->kind, manifest->name, namespace));
}

static bool is_of_group(
    const struct reference *reference, const struct manifest *manifest)
{
	const char *const *group = reference->groups;

	while (*group && strcmp(*group, manifest->group))
		group++;
	return *group;
}

static void answer(
    const struct wish *wish, const struct manifest *manifest, enum tri meant)
{
	for (size_t i = 0; wish && i < wish->references.n; i++) {
		struct reference *reference = wish->references.items[i];

		if (!is_of_group(reference, manifest))
			continue;
		if (meant > reference->found)
			reference->found = meant;
		if (meant == TRI_YES && !reference->object)
			reference->object = manifest;
	}
}

/* An object that is meant or not, as the namespaces turn out.  Another one of
 * its group tells nothing new. */
static void doubt(struct wish *wish, const struct manifest *manifest)
{
	if (!wish || (wish->doubt && !strcmp(wish->doubt, manifest->group)))
		return;
	wish->doubt = manifest->group;
	answer(wish, manifest, TRI_UNKNOWN);
}

static void find_manifests(const struct release *release, struct wanted *wanted)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];
		const char *namespace = manifest_namespace(release, manifest);

		answer(wish_for(wanted, manifest, NO_NAMESPACE), manifest,
		    TRI_YES);
		answer(
		    wish_for(wanted, manifest, namespace), manifest, TRI_YES);
		doubt(wish_for(wanted, manifest, *namespace ? "" : ANY_KNOWN),
		    manifest);
	}
}

/* The labels of the pods in the role that the reference is for: the template's
 * with those that the controller adds for it, which win. */
static struct label_list labels_in_role(
    struct release *release, const struct reference *reference)
{
	const struct label_list *more = &reference->more_labels;
	const struct label_list *labels =
	    &reference->part.workload->template_owner->labels;
	struct label *items =
	    arena_array(&release->arena, more->n + labels->n, sizeof(*items));

	for (size_t i = 0; i < more->n; i++)
		items[i] = more->items[i];
	for (size_t i = 0; i < labels->n; i++)
		items[more->n + i] = labels->items[i];
	return (struct label_list){
	    .n = more->n + labels->n,
	    .items = items,
	    .maker = labels->maker,
	    .maker_name = labels->maker_name,
	};
}

/* A Service without selector gets one from the controller. */
static void match_service(struct release *release, struct reference *reference,
    const struct service *service)
{
	const struct workload *owner = reference->part.workload->template_owner;
	struct buf spelled = {0};
	struct label_list labels;

	reference->service = service;
	if (!reference->must_select || !service->pod_selector.given)
		return;
	selector_spell(&service->pod_selector, &spelled);
	reference->selector =
	    slice_copy(&release->arena, buf_slice(&spelled)).ptr;
	buf_release(&spelled);
	labels = labels_in_role(release, reference);
	reference->selects = TRI_UNKNOWN;
	if (owner->has_template)
		reference->selects =
		    selector_matches(&service->pod_selector, &labels) ? TRI_YES
								      : TRI_NO;
}

static void find_services(struct release *release, struct wanted *wanted)
{
	const struct entity_list *list = &release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		const struct service *service = list->items[i];
		const struct manifest *manifest = service->manifest;
		const struct wish *wish = wish_for(
		    wanted, manifest, manifest_namespace(release, manifest));

		for (size_t j = 0; wish && j < wish->references.n; j++) {
			struct reference *reference = wish->references.items[j];

			if (is_of_group(reference, manifest))
				match_service(release, reference, service);
		}
	}
}

void relate_references(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_reference];
	struct wanted wanted = {0};

	if (!list->n)
		return;
	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct reference *reference =
		    (struct reference *)(uintptr_t)list->items[i];

		reference->selects = TRI_YES;
		want(&wanted, release, reference);
	}
	find_manifests(release, &wanted);
	find_services(release, &wanted);
	relate_refusals(release);
	wanted_release(&wanted);
}

SIMPLE(workload, routes_traffic, fact_bool(workload->rollout->sharing != NULL))
SIMPLE(reference, workload, fact_entity(reference->part.workload))
SIMPLE(reference, found, fact_of_tri(reference->found))
SIMPLE(reference, object, fact_entity(reference->object))
SIMPLE(reference, refusal, reference->refusal)
SIMPLE(reference, service, fact_entity(reference->service))
SIMPLE(reference, selects, fact_of_tri(reference->selects))
SIMPLE(reference, selector, fact_of_word(reference->selector))
