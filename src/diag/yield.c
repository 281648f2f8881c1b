/* Findings -> those that no other says as well. */
#include "diag/yield.h"

#include "base/map.h"

/* A line of an object that a group has something to say of. */
static struct slice line_key(
    struct arena *arena, const char *group, const struct finding *finding)
{
	const struct subject *subject = finding->subject;

	return slice_of(arena_printf(arena, "%s\n%u\n%u\n%s\n%s", group,
	    finding->place.origin->index, finding->place.span.line,
	    subject ? subject->kind : "", subject ? subject->name : ""));
}

static bool has_line(const struct finding *finding)
{
	return finding->place.origin && finding->place.span.line;
}

static bool may_yield(const struct finding *finding)
{
	return finding->kind->yields_to && has_line(finding) &&
	       !finding->demand && !finding->suppression;
}

static bool any_yields(const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		if (may_yield(&findings->items[i]))
			return true;
	}
	return false;
}

/* The highest level that is said of a line, as a pointer's value: one more than
 * its severity, as NULL is for nothing. */
static void note_severity(void **slot, enum severity severity)
{
	if ((uintptr_t)*slot <= (uintptr_t)severity)
		*slot = (void *)((uintptr_t)severity + 1);
}

/* Whether what another says weighs as much; NULL: nobody says anything. */
static bool is_outdone(const struct finding *finding, const void *said)
{
	return (uintptr_t)said > (uintptr_t)finding->severity;
}

void findings_yield(struct finding_list *findings)
{
	struct arena arena = {0};
	struct map said = {0};
	size_t kept = 0;

	if (!any_yields(findings))
		return;
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		/* What yields itself is no reason to. */
		if (has_line(finding) && !finding->kind->yields_to)
			note_severity(
			    map_slot(&said, line_key(&arena,
						finding->kind->group, finding)),
			    finding->severity);
	}
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		if (!may_yield(finding) ||
		    !is_outdone(
			finding, map_find(&said,
				     line_key(&arena, finding->kind->yields_to,
					 finding))))
			findings->items[kept++] = *finding;
	}
	findings->n = kept;
	map_release(&said);
	arena_release(&arena);
}
