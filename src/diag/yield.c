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
		if (has_line(finding) && !finding->kind->yields_to &&
		    finding->severity == SEVERITY_ERROR)
			*map_slot(&said, line_key(&arena, finding->kind->group,
					     finding)) = &said;
	}
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		if (!may_yield(finding) ||
		    !map_find(&said,
			line_key(&arena, finding->kind->yields_to, finding)))
			findings->items[kept++] = *finding;
	}
	findings->n = kept;
	map_release(&said);
	arena_release(&arena);
}
