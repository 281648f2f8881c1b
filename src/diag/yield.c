/* Findings -> those that no other says as well. */
#include "diag/yield.h"

#include "base/map.h"

/* A line of a file; its bytes are a key. */
struct line {
	uint32_t file, number;
};

static struct line line_of(const struct finding *finding)
{
	return (struct line){
	    finding->place.origin->index, finding->place.span.line};
}

static struct slice line_bytes(const struct line *line)
{
	return (struct slice){(const char *)line, sizeof(*line)};
}

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

/* The lines of those that may yield: what is said elsewhere matters to none. */
static void find_lines(const struct finding_list *findings, struct arena *arena,
    struct map *lines)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];
		struct line line;

		if (!may_yield(finding))
			continue;
		line = line_of(finding);
		*map_slot(lines, slice_copy(arena, line_bytes(&line))) =
		    (void *)(uintptr_t)finding;
	}
}

/* Whether what a finding says of its line may be why another yields. */
static bool may_outdo(const struct finding *finding, const struct map *lines)
{
	struct line line;

	/* What yields itself is no reason to. */
	if (!has_line(finding) || finding->kind->yields_to)
		return false;
	line = line_of(finding);
	return map_find(lines, line_bytes(&line));
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
	struct map lines = {0}, said = {0};
	size_t kept = 0;

	find_lines(findings, &arena, &lines);
	if (!lines.n)
		return;
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		if (may_outdo(finding, &lines))
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
	map_release(&lines);
	map_release(&said);
	arena_release(&arena);
}
