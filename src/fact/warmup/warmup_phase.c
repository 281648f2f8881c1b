/* When warmups run, told by the workloads they warm: from hooks, waves, init
 * containers that wait, and the place of an analysis in its Rollout. */
#include "fact/warmup/warmup.h"

#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/rollout/rollout.h"

#include <string.h>

/* A place in a Rollout that names an analysis template. */
struct use {
	const struct reference *reference;
	enum phase phase; /* of the analysis there */
	const struct use *next;
};

struct ordering {
	struct release *release;
	bool any;	   /* workload that runs on */
	int64_t last_wave; /* of those */
	struct map waited; /* words of init containers that wait for Jobs */
	struct map uses;   /* "kind/name" of a template to struct use */
	struct arena arena;
};

static void add_workload(
    struct ordering *ordering, const struct workload *workload)
{
	int64_t wave = manifest_wave(workload->manifest);

	if (!ordering->any || wave > ordering->last_wave)
		ordering->last_wave = wave;
	ordering->any = true;
	for (size_t i = 0; i < workload->seldom->nwaits; i++)
		*map_slot(
		    &ordering->waited, slice_of(workload->seldom->waits[i])) =
		    (void *)(uintptr_t)workload;
}

static struct slice order_key(
    struct buf *buf, const char *kind, const char *name)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%s", kind, name);
	return buf_slice(buf);
}

/* Steps and the analysis before the promotion hold the new version back, but
 * what a step has let through by then; the analysis of the canary as a whole
 * runs beside it. */
static enum phase phase_of_use(const struct reference *reference)
{
	const char *path = reference->part.path;

	if (strstr(path, "postPromotionAnalysis"))
		return PHASE_AFTER;
	if (strstr(path, "prePromotionAnalysis"))
		return PHASE_BEFORE;
	if (strstr(path, "steps["))
		return reference->served ? PHASE_WITH : PHASE_BEFORE;
	return PHASE_WITH;
}

/* Whether a use tells what another, with the same name, told already. */
static bool repeats(const struct use *use, const struct reference *reference)
{
	return use && use->phase == phase_of_use(reference) &&
	       !strcmp(use->reference->part.workload->manifest->namespace,
		   reference->part.workload->manifest->namespace);
}

static void add_use(struct ordering *ordering, struct buf *buf,
    const struct reference *reference)
{
	struct slice key =
	    order_key(buf, reference->kind.text, reference->name.text);
	struct use *use, *last;
	void **slot;

	if (strcmp(reference->role.text, "templateName") != 0)
		return;
	last = map_find(&ordering->uses, key);
	if (repeats(last, reference))
		return;
	if (!last)
		key = slice_copy(&ordering->arena, key);
	slot = map_slot(&ordering->uses, key);
	use = arena_alloc(&ordering->arena, sizeof(*use));
	*use = (struct use){reference, phase_of_use(reference), last};
	*slot = use;
}

static void gather(struct ordering *ordering)
{
	const struct release *release = ordering->release;
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	const struct entity_list *references =
	    &release->lists[ENTITY_reference];
	struct buf buf = {0};

	for (size_t i = 0; i < workloads->n; i++) {
		if (runs_on(workloads->items[i]))
			add_workload(ordering, workloads->items[i]);
	}
	for (size_t i = 0; i < references->n; i++)
		add_use(ordering, &buf, references->items[i]);
	buf_release(&buf);
}

/* The annotation that says when, as the place of what follows from it. */
static struct fact placed_at_note(
    struct fact fact, const struct manifest *manifest)
{
	static const enum schedule_note notes[] = {
	    NOTE_HOOK, NOTE_ARGO_HOOK, NOTE_WAVE};
	const struct schedule *schedule = manifest->seldom->schedule;

	for (size_t i = 0; schedule && i < COUNT_OF(notes); i++) {
		const struct fact *note = &schedule->notes[notes[i]];

		if (note->state == FACT_KNOWN)
			return fact_at(
			    fact, manifest, note->line, note->col, note->width);
	}
	return fact;
}

static struct fact phase_fact(enum phase phase)
{
	static const char *const words[] = {[PHASE_BEFORE] = "before",
	    [PHASE_WITH] = "beside",
	    [PHASE_AFTER] = "after",
	    [PHASE_NEVER] = "never"};

	return phase == PHASE_UNKNOWN ? fact_unknown()
				      : fact_text(words[phase]);
}

static bool is_awaited(
    const struct ordering *ordering, const struct manifest *manifest)
{
	return *manifest->name &&
	       map_find(&ordering->waited, slice_of(manifest->name));
}

/* A Job applied with the workloads comes before them in a lower wave, or when
 * they wait for it. */
static enum phase phase_of_job(const struct ordering *ordering,
    const struct manifest *manifest, enum occasion event)
{
	enum phase phase = manifest_phase(ordering->release, manifest, event);
	int64_t wave = manifest_wave(manifest);

	if (phase != PHASE_WITH || !ordering->any)
		return phase;
	if (wave != ordering->last_wave)
		return wave < ordering->last_wave ? PHASE_BEFORE : PHASE_AFTER;
	if (is_awaited(ordering, manifest))
		return PHASE_BEFORE;
	return map_find(&ordering->waited, slice_of(ANY_JOB)) ? PHASE_UNKNOWN
							      : PHASE_WITH;
}

static void order_job(const struct ordering *ordering, struct warmup *warmup)
{
	warmup->is_awaited = is_awaited(ordering, warmup->manifest);
	for (int i = 0; i < OCCASION_MAX; i++)
		warmup->phases[i] =
		    placed_at_note(phase_fact(phase_of_job(ordering,
				       warmup->manifest, (enum occasion)i)),
			warmup->manifest);
}

static bool is_used(const struct release *release, const struct use *use,
    const struct manifest *template)
{
	return use->reference->is_cluster_wide ||
	       namespaces_equal(release,
		   use->reference->part.workload->manifest, template) != TRI_NO;
}

/* On the first install there is no old version: the controller runs no
 * analysis then. */
static void order_analysis(
    const struct ordering *ordering, struct buf *buf, struct warmup *warmup)
{
	const struct manifest *manifest = warmup->manifest;
	const struct use *use = map_find(
	    &ordering->uses, order_key(buf, manifest->kind, manifest->name));
	const struct use *first = NULL;

	for (; use; use = use->next) {
		if (is_used(ordering->release, use, manifest) &&
		    (!first || use->phase < first->phase))
			first = use;
	}
	warmup->phases[OCCASION_INSTALL] = fact_unknown();
	warmup->phases[OCCASION_UPGRADE] = fact_unknown();
	if (!first)
		return;
	warmup->served = first->reference->served;
	warmup->phases[OCCASION_INSTALL] = phase_fact(PHASE_NEVER);
	warmup->phases[OCCASION_UPGRADE] = fact_at(phase_fact(first->phase),
	    first->reference->part.workload->manifest,
	    first->reference->part.line, first->reference->part.col,
	    first->reference->part.width);
}

static void order_warmup(
    const struct ordering *ordering, struct buf *buf, struct warmup *warmup)
{
	if (!warmup->workload) {
		order_analysis(ordering, buf, warmup);
	} else if (runs_on(warmup->workload)) {
		warmup->phases[OCCASION_INSTALL] = phase_fact(PHASE_BEFORE);
		warmup->phases[OCCASION_UPGRADE] = phase_fact(PHASE_BEFORE);
	} else {
		order_job(ordering, warmup);
	}
}

void relate_warmups(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_warmup];
	struct ordering ordering = {.release = release};
	struct buf buf = {0};

	if (list->n)
		gather(&ordering);
	for (size_t i = 0; i < list->n; i++)
		order_warmup(&ordering, &buf,
		    (struct warmup *)(uintptr_t)list->items[i]);
	buf_release(&buf);
	map_release(&ordering.waited);
	map_release(&ordering.uses);
	arena_release(&ordering.arena);
}

struct fact fact_warmup_served_weight(
    const struct release *release, const struct warmup *warmup)
{
	(void)release;
	return warmup->served ? fact_int(warmup->served)
			      : (struct fact){.state = FACT_ABSENT};
}

SIMPLE(warmup, workload, fact_entity(warmup->workload))
SIMPLE(warmup, awaited, fact_bool(warmup->is_awaited))
SIMPLE(warmup, on_install, warmup->phases[OCCASION_INSTALL])
SIMPLE(warmup, on_upgrade, warmup->phases[OCCASION_UPGRADE])

SIMPLE(warmup, manifest, fact_entity(warmup->manifest))
SIMPLE(warmup, form, fact_text(warmup->form))
SIMPLE(workload, warmup, fact_entity(workload->seldom->warmup))
