/* Differences of a pair of objects, and what is refused of them, as facts. */
#include "fact/change/denial.h"

#include "fact/change/applier.h"
#include "fact/refusal/refusal.h"
#include "fact/scale/scale.h"

#include <stdlib.h>
#include <string.h>

/* Seconds within which no next upgrade is expected, though a rollback is. */
#define SOON 3600

static void index_refusals(struct judging *judging)
{
	const struct entity_list *list =
	    &judging->release->lists[ENTITY_refusal];

	for (size_t i = 0; i < list->n; i++) {
		const struct refusal *refusal = list->items[i];
		void **place = map_slot(&judging->refusals,
		    map_address_key(&refusal->part.manifest));

		if (!*place)
			*place = arena_alloc(
			    &judging->release->arena, sizeof(struct vector));
		vector_add(*place, (void *)(uintptr_t)refusal);
	}
}

static void index_scaled(struct judging *judging, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_autoscaler];

	for (size_t i = 0; i < list->n; i++) {
		const struct autoscaler *autoscaler = list->items[i];
		const char *key = arena_printf(&judging->release->arena,
		    "%s/%s", autoscaler->target_kind.text,
		    autoscaler->target_name.text);

		*map_slot(&judging->scaled, slice_of(key)) =
		    (void *)(uintptr_t)autoscaler;
	}
}

void judging_init(struct judging *judging, struct release *release)
{
	*judging = (struct judging){.release = release};
	index_refusals(judging);
	index_scaled(judging, release);
	index_scaled(judging, release->previous);
}

void judging_release(struct judging *judging)
{
	for (size_t i = 0; i < judging->refusals.n; i++)
		free(((struct vector *)judging->refusals.entries[i].value)
			 ->items);
	map_release(&judging->refusals);
	map_release(&judging->scaled);
	map_release(&judging->definitions);
	free(judging->denials.items);
	free(judging->gaps.items);
}

bool path_is_within(const char *path, const char *above)
{
	size_t len = strlen(above);

	return !strncmp(path, above, len) &&
	       (!path[len] || path[len] == '.' || path[len] == '[');
}

static bool has_value(const struct kept_leaf *leaf)
{
	return leaf && leaf->value && !leaf->is_null;
}

static bool is_equal(const struct kept_leaf *a, const struct kept_leaf *b)
{
	if (!has_value(a) || !has_value(b))
		return !has_value(a) && !has_value(b);
	return !strcmp(a->value, b->value);
}

bool differs(const struct judging *judging, const char *path)
{
	return !is_equal(kept_find(judging->before->seldom->kept, path),
	    kept_find(judging->after->seldom->kept, path));
}

void visit_differences(struct judging *judging, differ_fn *visit, void *context)
{
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	size_t i = 0, j = 0;

	while (i < old->n || j < new->n) {
		const struct kept_leaf *from =
		    i < old->n ? &old->leaves[i] : NULL;
		const struct kept_leaf *to =
		    j < new->n ? &new->leaves[j] : NULL;
		int order = !from ? 1 : !to ? -1 : strcmp(from->path, to->path);

		from = order > 0 ? NULL : from;
		to = order < 0 ? NULL : to;
		i += from != NULL;
		j += to != NULL;
		if (!is_equal(from, to))
			visit(judging, has_value(from) ? from : NULL,
			    has_value(to) ? to : NULL, context);
	}
}

/* Where a denial stands: at the field in the new release, or at the nearest
 * list or mapping above it. */
static struct part place_of(
    const struct manifest *manifest, const struct denied *denied)
{
	const struct kept *kept = manifest->seldom->kept;
	const struct kept_leaf *at = kept_find(kept, denied->path);
	struct part part = {
	    .manifest = manifest,
	    .path = denied->path,
	    .stable_path = denied->path,
	    .line = manifest->line,
	    .col = manifest->col,
	    .width = manifest->width,
	};

	if (!at)
		at = kept_above(kept, denied->path);
	if (at) {
		part.line = at->line;
		part.col = at->col;
		part.width = at->width;
	}
	return part;
}

/* Whether the new object is refused for that field alone, which the rules on
 * refusals say. */
static bool is_refused_alone(
    const struct judging *judging, const struct denied *denied)
{
	const struct vector *refusals =
	    map_find(&judging->refusals, map_address_key(&judging->after));

	if (judging->is_back || !refusals)
		return false;
	for (size_t i = 0; i < refusals->n; i++) {
		const struct refusal *refusal = refusals->items[i];

		if (strcmp(refusal->class.text, "unknown") &&
		    strcmp(refusal->class.text, "missing") &&
		    strcmp(refusal->class.text, "twice") &&
		    path_is_within(refusal->part.path, denied->path))
			return true;
	}
	return false;
}

void deny_alone(struct judging *judging, const struct manifest *manifest,
    const struct denied *denied)
{
	struct denial *denial =
	    arena_alloc(&judging->release->arena, sizeof(*denial));

	denial->part = place_of(manifest, denied);
	denial->previous = manifest->seldom->other;
	denial->way = fact_text(judging->is_back ? "back" : "forward");
	denial->path = fact_text(denied->path);
	denial->whole = fact_bool(denied->whole);
	denial->text = fact_text(denied->text);
	denial->way_out = fact_text(denied->way_out);
	denial->server_side_only = fact_bool(denied->server_side);
	denial->sure = fact_bool(!denied->unsure);
	vector_add(&judging->denials, denial);
}

bool is_filled_in(const struct judging *judging, const struct denied *denied)
{
	static const char *const kinds[] = {
	    "Job", "PersistentVolume", "PersistentVolumeClaim", "Pod"};
	bool is_only_there =
	    (judging->before->is_live && !has_value(denied->to)) ||
	    (judging->after->is_live && !has_value(denied->from));

	for (size_t i = 0; is_only_there && i < COUNT_OF(kinds); i++) {
		if (!strcmp(judging->after->kind, kinds[i]))
			return true;
	}
	return false;
}

/* Whether before is a Job that a controller deletes soon after it has ended
 * (pkg/controller/ttlafterfinished), so that the next one is made anew and
 * nothing of it changes. */
static bool is_soon_gone(const struct manifest *before)
{
	const struct kept_leaf *ttl = NULL;

	if (!strcmp(before->kind, "Job"))
		ttl = kept_find(
		    before->seldom->kept, "spec.ttlSecondsAfterFinished");
	return ttl && ttl->is_numeric && ttl->number < SOON;
}

void deny(struct judging *judging, const struct denied *denied)
{
	bool is_gone = is_soon_gone(judging->before);
	struct denial *denial;

	if ((is_gone && !judging->is_back) ||
	    is_refused_alone(judging, denied) ||
	    is_filled_in(judging, denied) ||
	    (denied->server_side &&
		(judging->got_there_by_merge ||
		    !may_apply_on_server(judging->release, judging->after))))
		return;
	deny_alone(judging, judging->is_back ? judging->before : judging->after,
	    denied);
	denial = judging->denials.items[judging->denials.n - 1];
	denial->from = leaf_fact(judging->before, denied->from);
	denial->to = leaf_fact(judging->after, denied->to);
	if (!is_gone)
		return;
	denial->sure = fact_bool(false);
	denial->text =
	    fact_text("it is immutable until its TTL removes the Job");
}

void deny_change(struct judging *judging, const char *path, const char *text,
    const char *way_out)
{
	struct denied denied = {
	    .path = path,
	    .from = kept_find(judging->before->seldom->kept, path),
	    .to = kept_find(judging->after->seldom->kept, path),
	    .text = text,
	    .way_out = way_out,
	};

	if (differs(judging, path))
		deny(judging, &denied);
}
