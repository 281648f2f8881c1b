/* The findings that strike in a timeline, each once. */
#include "timeline/marks.h"

#include "fact/service/service.h"
#include "report/plain.h"

#include <stdlib.h>
#include <string.h>

/* More would hide the picture: the worst are shown. */
#define MOST_MARKS 12

static bool may_strike(const struct finding *finding)
{
	return finding->subject && (finding->kind->strikes != STRIKE_NONE ||
				       finding->severity == SEVERITY_ERROR);
}

static void add_named(struct strikes *strikes, struct map *map,
    const char *name, const void *item)
{
	void **place = map_slot(map, slice_of(name));

	if (!*place)
		*place = arena_alloc(&strikes->arena, sizeof(struct vector));
	vector_add(*place, (void *)(uintptr_t)item);
}

static void index_hooks(struct strikes *strikes, const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (manifest->seldom->helm_hook.given ||
		    manifest->seldom->argo_hook.given)
			add_named(strikes, &strikes->hooks,
			    manifest->shown_name, manifest);
	}
}

void strikes_init(
    struct strikes *strikes, const struct timeline_request *request)
{
	*strikes = (struct strikes){.request = request};
	for (size_t i = 0; i < request->nfindings; i++) {
		const struct finding *finding = &request->findings[i];

		if (may_strike(finding))
			add_named(strikes, &strikes->by_name,
			    finding->subject->name, finding);
	}
	index_hooks(strikes, request->release);
}

static void release_lists(struct map *map)
{
	for (size_t i = 0; i < map->n; i++)
		free(((struct vector *)map->entries[i].value)->items);
	map_release(map);
}

void strikes_release(struct strikes *strikes)
{
	release_lists(&strikes->by_name);
	release_lists(&strikes->hooks);
	arena_release(&strikes->arena);
}

static const struct vector *findings_named(
    const struct strikes *strikes, const struct manifest *manifest)
{
	return map_find(&strikes->by_name, slice_of(manifest->shown_name));
}

static bool is_about(
    const struct finding *finding, const struct manifest *manifest)
{
	const struct subject *subject = finding->subject;

	return subject && subject->file == manifest->origin &&
	       !strcmp(subject->name, manifest->shown_name) &&
	       !strcmp(subject->kind, manifest->kind) &&
	       !strcmp(subject->group, manifest->group);
}

static bool names(const char *sentence, const struct workload *workload)
{
	const struct manifest *manifest = workload->manifest;
	struct buf object = {0};
	bool found;

	buf_printf(&object, "%s '%s'", manifest->kind, manifest->shown_name);
	found = strstr(sentence, buf_text(&object));
	buf_release(&object);
	return found;
}

/* A finding about a Service is about the one of its workloads that it names;
 * when it names none, about the first. */
static bool is_about_workload_of(const struct finding *finding,
    const struct service *service, const struct workload *update)
{
	const struct entity_list *workloads = &service->workloads.sure;
	struct buf text = {0};
	const char *sentence;
	bool names_other = false;

	if (!is_about(finding, service->manifest))
		return false;
	sentence = finding_text(finding, &text);
	for (size_t i = 0; i < workloads->n && !names_other; i++)
		names_other = workloads->items[i] != update &&
			      names(sentence, workloads->items[i]);
	buf_release(&text);
	return !names_other;
}

static bool is_about_service(
    const struct finding *finding, const struct workload *update)
{
	const struct entity_list *services = &update->services.sure;

	for (size_t i = 0; i < services->n; i++) {
		if (is_about_workload_of(finding, services->items[i], update))
			return true;
	}
	return false;
}

static bool is_about_hook(
    const struct strikes *strikes, const struct finding *finding)
{
	const struct vector *hooks =
	    map_find(&strikes->hooks, slice_of(finding->subject->name));

	for (size_t i = 0; hooks && i < hooks->n; i++) {
		if (is_about(finding, hooks->items[i]))
			return true;
	}
	return false;
}

static bool strikes_here(const struct strikes *strikes,
    const struct workload *update, const struct finding *finding, bool *taken)
{
	if (finding->kind->strikes == STRIKE_NONE || *taken)
		return false;
	if (!update)
		return is_about_hook(strikes, finding);
	return is_about(finding, update->manifest) ||
	       is_about(finding, update->template_owner->manifest) ||
	       is_about_service(finding, update);
}

static int32_t earlier(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* The pods that are first in something that happens to them in the update;
 * -1: none. */
static int first_pods(
    const struct timeline *timeline, enum strike strike, int32_t *ret_second)
{
	int found = -1;

	*ret_second = SECOND_NEVER;
	for (size_t i = 0; i < timeline->npods; i++) {
		const struct timeline_pods *pods = &timeline->pods[i];
		int32_t second = strike == STRIKE_DELETION   ? pods->told
				 : strike == STRIKE_KILL     ? pods->ended
				 : strike == STRIKE_CREATION ? pods->created
							     : pods->ready;

		if (second < 0 || second >= *ret_second)
			continue;
		*ret_second = second;
		found = (int)i;
	}
	return found;
}

/* Where the fewest serve; where there are never fewer than before, as the first
 * pod leaves. */
static int32_t lowest(const struct timeline *timeline)
{
	int32_t second = SECOND_NEVER;

	for (size_t i = 0; i < timeline->npoints; i++) {
		const struct timeline_point *point = &timeline->points[i];

		if (point->serving == timeline->floor && point->second >= 0 &&
		    timeline->floor < timeline->points[0].serving)
			return point->second;
	}
	for (size_t i = 0; i < timeline->npods; i++)
		second = earlier(second, timeline->pods[i].leaves);
	return second;
}

/* "spec.strategy.canary.steps[2]": the second of step 2. */
static int32_t step_second(
    const struct timeline *timeline, const struct finding *finding)
{
	const char *at = finding->path ? strstr(finding->path, "steps[") : NULL;
	int step = at ? atoi(at + strlen("steps[")) : -1;

	for (size_t i = 0; i < timeline->nbands; i++) {
		const struct timeline_band *band = &timeline->bands[i];

		if (band->kind == BAND_STEP && band->step >= step)
			return band->from;
	}
	return timeline->done;
}

static struct timeline_mark mark_of(
    const struct timeline *timeline, const struct finding *finding)
{
	struct timeline_mark mark = {.second = SECOND_NEVER,
	    .pods = -1,
	    .severity = finding->severity,
	    .rule = finding->kind->id};

	switch (finding->kind->strikes) {
	case STRIKE_BEFORE: mark.second = SECOND_BEFORE; break;
	case STRIKE_START: mark.second = 0; break;
	case STRIKE_CREATION:
	case STRIKE_READINESS:
	case STRIKE_DELETION:
	case STRIKE_KILL:
		mark.pods =
		    first_pods(timeline, finding->kind->strikes, &mark.second);
		break;
	case STRIKE_CAPACITY: mark.second = lowest(timeline); break;
	case STRIKE_STEP: mark.second = step_second(timeline, finding); break;
	case STRIKE_DEADLINE: mark.second = timeline->deadline; break;
	case STRIKE_PROMOTION:
	case STRIKE_AFTER: mark.second = timeline->done; break;
	case STRIKE_NONE:
	case STRIKE_MAX: break;
	}
	if (!timeline->npods)
		mark.second = SECOND_NEVER;
	return mark;
}

/* The same rule in the same second: of several containers, mostly. */
static struct timeline_mark *find_alike(
    struct timeline_mark *marks, size_t n, const struct timeline_mark *mark)
{
	for (size_t i = 0; i < n; i++) {
		if (!strcmp(marks[i].rule, mark->rule) &&
		    marks[i].second == mark->second)
			return &marks[i];
	}
	return NULL;
}

static int compare_marks(const void *a, const void *b)
{
	const struct timeline_mark *left = a, *right = b;

	if (left->second != right->second)
		return left->second < right->second ? -1 : 1;
	if (left->severity != right->severity)
		return left->severity > right->severity ? -1 : 1;
	return strcmp(left->rule, right->rule);
}

static int compare_severity(const void *a, const void *b)
{
	const struct timeline_mark *left = a, *right = b;

	if (left->severity != right->severity)
		return left->severity > right->severity ? -1 : 1;
	return compare_marks(a, b);
}

static void add_all(struct vector *findings, const struct vector *more)
{
	for (size_t i = 0; more && i < more->n; i++)
		vector_add(findings, more->items[i]);
}

static int compare_places(const void *a, const void *b)
{
	const struct finding *const *left = a, *const *right = b;

	return *left < *right ? -1 : *left > *right;
}

/* The findings that may be about a workload, in their order; some stand there
 * twice.  All of them for hooks. */
static void find_findings(const struct strikes *strikes,
    const struct workload *update, struct vector *findings)
{
	const struct map *names = &strikes->by_name;

	for (size_t i = 0; !update && i < names->n; i++)
		add_all(findings, names->entries[i].value);
	if (update) {
		const struct entity_list *services = &update->services.sure;

		add_all(findings, findings_named(strikes, update->manifest));
		add_all(findings,
		    findings_named(strikes, update->template_owner->manifest));
		for (size_t i = 0; i < services->n; i++) {
			const struct service *service = services->items[i];

			add_all(findings,
			    findings_named(strikes, service->manifest));
		}
	}
	if (findings->n)
		qsort(findings->items, findings->n, sizeof(*findings->items),
		    compare_places);
}

/* All marks of the workload, each once, with texts in the arena; to be freed.
 */
static struct timeline_mark *list_marks(struct arena *arena,
    const struct strikes *strikes, const struct workload *update, bool *taken,
    const struct timeline *timeline, size_t *ret_n)
{
	const struct timeline_request *request = strikes->request;
	struct timeline_mark *marks = NULL;
	struct vector findings = {0};
	struct buf text = {0};
	size_t n = 0, cap = 0;

	find_findings(strikes, update, &findings);
	for (size_t i = 0; i < findings.n; i++) {
		const struct finding *finding = findings.items[i];
		bool *is_taken = &taken[finding - request->findings];
		struct timeline_mark mark, *alike;

		if (!strikes_here(strikes, update, finding, is_taken))
			continue;
		*is_taken = true;
		mark = mark_of(timeline, finding);
		alike = find_alike(marks, n, &mark);
		if (alike) {
			alike->nothers++;
			continue;
		}
		mark.text = plain_copy(arena, finding_text(finding, &text));
		marks = grow(marks, n, &cap, sizeof(*marks));
		marks[n++] = mark;
	}
	buf_release(&text);
	free(findings.items);
	*ret_n = n;
	return marks;
}

void marks_set(struct arena *arena, const struct strikes *strikes,
    const struct workload *update, bool *taken, struct timeline *timeline)
{
	size_t n, kept;
	struct timeline_mark *all =
	    list_marks(arena, strikes, update, taken, timeline, &n);
	struct timeline_mark *marks;

	kept = n < MOST_MARKS ? n : MOST_MARKS;
	if (n)
		qsort(all, n, sizeof(*all), compare_severity);
	marks = arena_array(arena, kept, sizeof(*marks));
	for (size_t i = 0; i < kept; i++)
		marks[i] = all[i];
	free(all);
	qsort(marks, kept, sizeof(*marks), compare_marks);
	timeline->marks = marks;
	timeline->nmarks = kept;
	timeline->nmarks_left_out = n - kept;
}

const char *refusal_of(struct arena *arena, const struct strikes *strikes,
    const struct workload *update)
{
	const struct vector *findings =
	    findings_named(strikes, update->manifest);

	struct buf text = {0};
	const char *refusal = NULL;

	for (size_t i = 0; !refusal && findings && i < findings->n; i++) {
		const struct finding *finding = findings->items[i];

		if (finding->severity == SEVERITY_ERROR &&
		    !strcmp(finding->kind->group, "refused") &&
		    is_about(finding, update->manifest))
			refusal =
			    plain_copy(arena, finding_text(finding, &text));
	}
	buf_release(&text);
	return refusal;
}
