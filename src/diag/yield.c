/* Findings -> those that no other says as well. */
#include "diag/yield.h"

#include "base/map.h"

#include <stdlib.h>

/* A line of a file; its bytes are a key. */
struct line {
	uint32_t file, number;
};

/* Before it moved to a template, where one line makes many. */
static const struct place *place_of(const struct finding *finding)
{
	return finding_rendered(finding);
}

static struct line line_of(const struct finding *finding)
{
	const struct place *place = place_of(finding);

	return (struct line){place->origin->index, place->span.line};
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
	struct line line = line_of(finding);

	return slice_of(arena_printf(arena, "%s\n%u\n%u\n%s\n%s", group,
	    line.file, line.number, subject ? subject->kind : "",
	    subject ? subject->name : ""));
}

static bool has_line(const struct finding *finding)
{
	const struct place *place = place_of(finding);

	return place->origin && place->span.line;
}

static bool may_yield(const struct finding *finding)
{
	return finding->kind->yields_to && has_line(finding) &&
	       !finding->demand && !finding->suppression;
}

/* The lines of those that may yield: what is said elsewhere matters to none. */
static void find_lines(
    const struct finding_list *findings, struct arena *arena, struct map *lines)
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

/* Columns of a line, to one past the last, of which something is said. */
struct said {
	uint32_t col, end;
	enum severity severity;
};

/* What is said of one line of an object, by its columns. */
struct remarks {
	struct said *items;
	size_t n, cap;
	bool is_sorted;
};

static struct said said_by(const struct finding *finding)
{
	const struct span *span = &place_of(finding)->span;
	bool one_line =
	    span->end_line == span->line && span->end_col > span->col;

	return (struct said){
	    .col = span->col,
	    .end = one_line ? span->end_col : span->col + 1,
	    .severity = finding->severity,
	};
}

static void note(struct arena *arena, struct map *map, struct slice key,
    const struct finding *finding)
{
	void **slot = map_slot(map, key);
	struct remarks *remarks = *slot;

	if (!remarks)
		*slot = remarks = arena_alloc(arena, sizeof(*remarks));
	remarks->items = arena_grow(arena, remarks->items, remarks->n,
	    &remarks->cap, sizeof(*remarks->items));
	remarks->items[remarks->n++] = said_by(finding);
}

static int said_cmp(const void *left, const void *right)
{
	const struct said *a = left, *b = right;

	return (a->col > b->col) - (a->col < b->col);
}

/* The first that ends at or behind a column, as if none were in another. */
static size_t first_behind(const struct remarks *remarks, uint32_t col)
{
	size_t low = 0, high = remarks->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (remarks->items[middle].end < col)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Between a key and its value: JSON and flow style have many in one line. */
#define KEY_GAP 2

/* Whether what another says of the same entry weighs as much. */
static bool is_outdone(const struct finding *finding, struct remarks *remarks)
{
	struct said own = said_by(finding);
	uint32_t from = own.col > KEY_GAP ? own.col - KEY_GAP : 0;

	if (!remarks)
		return false;
	if (!remarks->is_sorted)
		qsort(remarks->items, remarks->n, sizeof(*remarks->items),
		    said_cmp);
	remarks->is_sorted = true;
	for (size_t i = first_behind(remarks, from);
	     i < remarks->n && remarks->items[i].col <= own.end + KEY_GAP;
	     i++) {
		if (remarks->items[i].severity >= own.severity)
			return true;
	}
	return false;
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
			note(&arena, &said,
			    line_key(&arena, finding->kind->group, finding),
			    finding);
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
