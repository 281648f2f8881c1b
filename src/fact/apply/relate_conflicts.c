/*
 * Conflicts with what other objects of the release make of a field: replicas
 * that an autoscaler or a Rollout sets, Services and DestinationRules that a
 * Rollout leads to its own pods.
 */
#include "fact/apply/apply.h"

#include "fact/computed.h"
#include "fact/rollout/rollout.h"
#include "fact/service/service.h"

#include <stdlib.h>
#include <string.h>

struct conflicts {
	struct release *release;
	struct vector kept; /* of the list that there will be */
};

/* One object as the list of those that are refused, and in words. */
static void set_object(struct release *release, struct conflict *conflict,
    const struct manifest *manifest)
{
	const void **items = arena_array(&release->arena, 1, sizeof(*items));
	struct buf words = {0};

	items[0] = manifest;
	conflict->objects = (struct entity_list){1, items};
	if (!conflict->named.has_value) {
		buf_printf(&words, "%s '%s'", manifest->kind, manifest->name);
		conflict->named = fact_text(
		    slice_copy(&release->arena, buf_slice(&words)).ptr);
	}
	buf_release(&words);
}

static struct fact number_text(struct release *release, int64_t number)
{
	struct buf text = {0};
	struct fact fact;

	buf_printf(&text, "%lld", (long long)number);
	fact = fact_text(slice_copy(&release->arena, buf_slice(&text)).ptr);
	buf_release(&text);
	return fact;
}

/* An autoscaler leaves a count within its bounds alone until the load asks for
 * another.  An HPA is off while there are no pods; KEDA's is not. */
static bool may_scale(struct release *release, struct conflict *conflict,
    const struct autoscaler *autoscaler)
{
	const struct fact *least = &autoscaler->min_replicas;
	const struct fact *most = &autoscaler->max_replicas;
	int64_t replicas = conflict->part.workload->replicas.integer;
	bool is_hpa =
	    !strcmp(autoscaler->manifest->kind, "HorizontalPodAutoscaler");

	if (least->state == FACT_UNKNOWN || most->state == FACT_UNKNOWN ||
	    !most->has_value || (is_hpa && !replicas))
		return false;
	if (replicas < least->integer)
		conflict->becomes = number_text(release, least->integer);
	else if (replicas > most->integer)
		conflict->becomes = number_text(release, most->integer);
	else if (least->integer == most->integer)
		return false;
	conflict->certain = fact_bool(conflict->becomes.has_value);
	conflict->autoscaler = autoscaler;
	return true;
}

/* Whether a Rollout takes the pods of the Deployment that it refers to
 * (workloadRef.scaleDown). */
static bool is_scaled_down(struct release *release, struct conflict *conflict)
{
	const struct workload *workload = conflict->part.workload;
	const char *way = workload->governor->scale_down.text;

	if (!workload->replicas.integer || !way ||
	    (strcmp(way, "onsuccess") != 0 &&
		strcmp(way, "progressively") != 0))
		return false;
	conflict->becomes = number_text(release, 0);
	conflict->certain = fact_bool(true);
	return true;
}

/* Whether somebody else writes the replicas of a workload. */
static bool has_other_writer(struct release *release, struct conflict *conflict)
{
	const struct workload *workload = conflict->part.workload;
	const struct entity_list *autoscalers = &workload->autoscalers.sure;

	if (workload->governor)
		return is_scaled_down(release, conflict);
	return autoscalers->n &&
	       may_scale(release, conflict, autoscalers->items[0]);
}

static void keep_collected(struct conflicts *conflicts)
{
	struct release *release = conflicts->release;
	const struct entity_list *list = &release->lists[ENTITY_conflict];

	for (size_t i = 0; i < list->n; i++) {
		/* Made by collect and const for everybody but relate. */
		struct conflict *conflict =
		    (struct conflict *)(uintptr_t)list->items[i];

		/* The manifest that is applied may not have the field. */
		if (conflict->part.manifest->is_live)
			continue;
		if (strcmp(conflict->form.text, CONFLICT_REPLICAS) != 0)
			conflict->certain = fact_bool(true);
		else if (!has_other_writer(release, conflict))
			continue;
		set_object(release, conflict, conflict->part.manifest);
		vector_add(&conflicts->kept, conflict);
	}
}

/* A conflict at the place where a Rollout names an object.  It is certain as
 * soon as there are pods, which is when the controller leads there. */
static struct conflict *add_named(struct conflicts *conflicts,
    const struct reference *reference, const char *form, const char *field)
{
	struct conflict *conflict =
	    arena_alloc(&conflicts->release->arena, sizeof(*conflict));

	conflict->part = reference->part;
	conflict->form = fact_text(form);
	conflict->field = fact_text(field);
	conflict->certain =
	    fact_bool(!is_scaled_to_zero(reference->part.workload));
	vector_add(&conflicts->kept, conflict);
	return conflict;
}

/* The controller adds the hash of a ReplicaSet to the selector, which is owned
 * as a whole; a Service that gives none leaves it to the controller. */
static bool has_led_selector(const struct reference *reference)
{
	return reference->must_select && reference->object &&
	       reference->service && reference->service->pod_selector.given &&
	       !reference->object->seldom->helm_hook.given;
}

static bool has_led_subsets(const struct reference *reference)
{
	const struct manifest *rule = reference->object;

	return !strcmp(reference->kind.text, "DestinationRule") && rule &&
	       rule->referent && rule->referent->subsets.text &&
	       !rule->seldom->helm_hook.given;
}

/* Appends an object to those of a conflict, unless it is among them. */
static void add_object(struct release *release, struct conflict *conflict,
    const struct manifest *manifest)
{
	const struct entity_list *list = &conflict->objects;
	const void **items;
	struct buf words = {0};

	for (size_t i = 0; i < list->n; i++) {
		if (list->items[i] == manifest)
			return;
	}
	items = arena_array(&release->arena, list->n + 1, sizeof(*items));
	for (size_t i = 0; i < list->n; i++)
		items[i] = list->items[i];
	items[list->n] = manifest;
	buf_printf(&words, "%s and %s '%s'", conflict->named.text,
	    manifest->kind, manifest->name);
	conflict->named =
	    fact_text(slice_copy(&release->arena, buf_slice(&words)).ptr);
	conflict->objects = (struct entity_list){list->n + 1, items};
	buf_release(&words);
}

/* All Services of a Rollout are one conflict, at the first that it names.  What
 * a Rollout names stands together in the list. */
static void find_named(struct conflicts *conflicts)
{
	struct release *release = conflicts->release;
	const struct entity_list *list = &release->lists[ENTITY_reference];
	struct conflict *services = NULL;

	for (size_t i = 0; i < list->n; i++) {
		const struct reference *reference = list->items[i];

		if (has_led_subsets(reference))
			set_object(release,
			    add_named(conflicts, reference, CONFLICT_SUBSETS,
				"spec.subsets"),
			    reference->object);
		if (!has_led_selector(reference))
			continue;
		if (services &&
		    services->part.workload == reference->part.workload) {
			add_object(release, services, reference->object);
			continue;
		}
		services = add_named(
		    conflicts, reference, CONFLICT_SELECTOR, "spec.selector");
		set_object(release, services, reference->object);
	}
}

void relate_conflicts(struct release *release)
{
	struct conflicts conflicts = {.release = release};
	const void **items;

	keep_collected(&conflicts);
	find_named(&conflicts);
	items = arena_array(&release->arena, conflicts.kept.n, sizeof(*items));
	for (size_t i = 0; i < conflicts.kept.n; i++)
		items[i] = conflicts.kept.items[i];
	release->lists[ENTITY_conflict] =
	    (struct entity_list){conflicts.kept.n, items};
	free(conflicts.kept.items);
}
