/* The objects that Rollouts name, found among those of the stream: by kind and
 * name in one pass over it, then held against what they are named for. */
#include "fact/relate.h"

#include <stdlib.h>
#include <string.h>

/* References by what they name: "kind/name" to struct vector of them. */
struct wanted {
	struct map map;
	struct arena arena;
};

static struct slice reference_key(
    struct buf *buf, const char *kind, const char *name)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s", kind, name);
	return buf_slice(buf);
}

static void want(struct wanted *wanted, struct reference *reference)
{
	struct buf buf = {0};
	struct slice key =
	    reference_key(&buf, reference->kind.text, reference->name.text);
	struct vector *same = map_find(&wanted->map, key);

	if (!same) {
		same = arena_alloc(&wanted->arena, sizeof(*same));
		*map_slot(&wanted->map, slice_copy(&wanted->arena, key)) = same;
	}
	vector_add(same, reference);
	buf_release(&buf);
}

static void wanted_release(struct wanted *wanted)
{
	for (size_t i = 0; i < wanted->map.n; i++) {
		struct vector *same = wanted->map.entries[i].value;

		free(same->items);
	}
	map_release(&wanted->map);
	arena_release(&wanted->arena);
}

static bool is_of_group(
    const struct reference *reference, const struct manifest *manifest)
{
	const char *const *group = reference->groups;

	while (*group && strcmp(*group, manifest->group))
		group++;
	return *group;
}

/* Whether a manifest of the right kind and name is what is meant. */
static enum tri is_meant(const struct release *release,
    const struct reference *reference, const struct manifest *manifest)
{
	const char *namespace = manifest_namespace(release, manifest);

	if (!is_of_group(reference, manifest))
		return TRI_NO;
	if (reference->is_cluster_wide)
		return TRI_YES;
	if (!reference->namespace)
		return namespaces_equal(
		    release, reference->part.manifest, manifest);
	if (!*namespace)
		return TRI_UNKNOWN;
	return strcmp(namespace, reference->namespace) ? TRI_NO : TRI_YES;
}

static const struct vector *wanting(
    const struct wanted *wanted, const struct manifest *manifest)
{
	struct buf buf = {0};
	const struct vector *same = map_find(
	    &wanted->map, reference_key(&buf, manifest->kind, manifest->name));

	buf_release(&buf);
	return same;
}

static void find_manifests(
    const struct release *release, const struct wanted *wanted)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct vector *same = wanting(wanted, list->items[i]);

		for (size_t j = 0; same && j < same->n; j++) {
			struct reference *reference = same->items[j];
			enum tri meant =
			    is_meant(release, reference, list->items[i]);

			if (meant > reference->found)
				reference->found = meant;
			if (meant == TRI_YES && !reference->object)
				reference->object = list->items[i];
		}
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

static void find_services(struct release *release, const struct wanted *wanted)
{
	const struct entity_list *list = &release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		const struct service *service = list->items[i];
		const struct vector *same = wanting(wanted, service->manifest);

		for (size_t j = 0; same && j < same->n; j++) {
			struct reference *reference = same->items[j];

			if (is_meant(release, reference, service->manifest) ==
			    TRI_YES)
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
		want(&wanted, reference);
	}
	find_manifests(release, &wanted);
	find_services(release, &wanted);
	relate_refusals(release);
	wanted_release(&wanted);
}
