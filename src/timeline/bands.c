/* Hooks and steps, in their order. */
#include "timeline/bands.h"

#include "fact/hook/hook.h"
#include "report/phrase.h"
#include "report/plain.h"

#include <stdlib.h>

/* As many as fit into a line. */
static const char *step_text(
    struct arena *arena, const struct sketch *sketch, int number)
{
	const struct sim_plan *plan = &sketch->plan;
	const struct sim_step *step;

	if (plan->way == SIM_BLUE_GREEN)
		return number == 0 ? "preview" : "to all pods";
	if ((size_t)number >= plan->nsteps)
		return "to all pods";
	step = &plan->steps[number];
	switch (step->deed) {
	case SIM_WEIGHT: return arena_printf(arena, "weight %d", step->value);
	case SIM_PAUSE: return sketch->step_words[number];
	case SIM_SCALE_PODS: return arena_printf(arena, "%d pods", step->value);
	case SIM_SCALE_WEIGHT:
		return arena_printf(arena, "pods of %d", step->value);
	case SIM_SCALE_TRAFFIC: break;
	}
	return "pods as traffic";
}

void bands_of_steps(struct arena *arena, const struct sketch *sketch,
    const struct course *course, struct timeline *timeline)
{
	struct timeline_band *bands =
	    arena_array(arena, course->nsteps, sizeof(*bands));

	if (!sketch->plan.nsteps && sketch->plan.way != SIM_BLUE_GREEN)
		return;
	timeline->bands = bands;
	for (size_t i = 0; i < course->nsteps; i++) {
		const struct course_step *step = &course->steps[i];
		int32_t to =
		    i + 1 < course->nsteps ? step[1].second : course->done;

		if (to <= step->second)
			continue;
		bands[timeline->nbands++] = (struct timeline_band){
		    .kind = BAND_STEP,
		    .from = step->second,
		    .to = to,
		    .step = step->step,
		    .text = step_text(arena, sketch, step->step),
		};
	}
}

/* A hook, and when it is made. */
struct hook {
	const struct manifest *manifest;
	enum phase phase;
	int64_t wave;
};

/* Helm's action/hooks.go and Argo CD's waves: by weight or wave, then by name.
 */
static int compare_hooks(const void *a, const void *b)
{
	const struct hook *left = a, *right = b;

	if (left->phase != right->phase)
		return left->phase < right->phase ? -1 : 1;
	if (left->wave != right->wave)
		return left->wave < right->wave ? -1 : 1;
	return strcmp(left->manifest->name, right->manifest->name);
}

static size_t list_hooks(
    struct arena *arena, const struct release *release, struct hook **ret_hooks)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct hook *hooks = arena_array(arena, list->n, sizeof(*hooks));
	size_t n = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];
		struct hook hook = {.manifest = manifest};

		if (!manifest->seldom->helm_hook.given &&
		    !manifest->seldom->argo_hook.given)
			continue;
		hook.phase =
		    manifest_phase(release, manifest, OCCASION_UPGRADE);
		hook.wave = manifest_wave(manifest);
		if (hook.phase == PHASE_BEFORE || hook.phase == PHASE_AFTER)
			hooks[n++] = hook;
	}
	qsort(hooks, n, sizeof(*hooks), compare_hooks);
	*ret_hooks = hooks;
	return n;
}

static const char *hook_text(struct arena *arena, const struct hook *hook)
{
	const struct manifest *manifest = hook->manifest;
	const struct subject subject = {.kind = manifest->kind,
	    .namespace = manifest->namespace,
	    .name = manifest->shown_name};
	struct buf text = {0};
	const char *kept;

	buf_add_text(
	    &text, hook->phase == PHASE_BEFORE ? "before: " : "after: ");
	phrase_add_object(&text, &subject);
	buf_printf(&text, ", %s %lld",
	    manifest->seldom->helm_hook.given ? "weight" : "wave",
	    (long long)hook->wave);
	kept = text_copy(arena, buf_text(&text));
	buf_release(&text);
	return kept;
}

bool hooks_draw(struct arena *arena, const struct release *release,
    struct timeline *ret_timeline)
{
	struct timeline_band *bands;
	struct hook *hooks;
	size_t n = list_hooks(arena, release, &hooks), nbefore = 0;

	bands = arena_array(arena, n, sizeof(*bands));
	for (size_t i = 0; i < n; i++) {
		bool is_before = hooks[i].phase == PHASE_BEFORE;

		nbefore += is_before;
		bands[i].kind = BAND_HOOK;
		bands[i].from = bands[i].to =
		    is_before ? SECOND_BEFORE : SECOND_NEVER;
		bands[i].text = hook_text(arena, &hooks[i]);
	}
	*ret_timeline = (struct timeline){
	    .object = "Hooks of the upgrade",
	    .way = arena_printf(arena,
		"%zu before the updates below, %zu after them", nbefore,
		n - nbefore),
	    .outcome = "",
	    .bands = bands,
	    .nbands = n,
	};
	return n > 0;
}
