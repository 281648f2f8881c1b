/* -W options, kept by id and by group and applied to findings at the end. */
#include "diag/levels.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

/* What was said of one id: bits, kept in the map as a pointer's value. */
enum {
	SAID_ON = 1,
	SAID_OFF = 2,
	SAID_ERROR = 4,
	SAID_NO_ERROR = 8,
	SAID_WARNINGS_ERROR = 16, /* of a group: its notes stay notes */
};

static uintptr_t said_in(const struct map *map, const char *name)
{
	return (uintptr_t)map_find(map, slice_of(name));
}

static void say(
    struct map *map, const char *name, uintptr_t set, uintptr_t clear)
{
	uintptr_t said = (said_in(map, name) & ~clear) | set;

	*map_slot(map, slice_of(name)) = (void *)said;
}

/* What was said of the rule itself counts before what was said of its group,
 * in whatever order. */
static uintptr_t said_of(
    const struct levels *levels, const struct diag_kind *kind)
{
	uintptr_t said = said_in(&levels->by_id, kind->id);
	uintptr_t of_group =
	    kind->group ? said_in(&levels->by_group, kind->group) : 0;

	if (said & (SAID_ON | SAID_OFF))
		of_group &= ~(uintptr_t)(SAID_ON | SAID_OFF);
	if (said & (SAID_ERROR | SAID_NO_ERROR))
		of_group &= ~(uintptr_t)(SAID_WARNINGS_ERROR | SAID_NO_ERROR);
	return said | of_group;
}

void levels_release(struct levels *levels)
{
	map_release(&levels->by_id);
	map_release(&levels->by_group);
	map_release(&levels->fixed);
}

void levels_set(
    struct levels *levels, const struct diag_kind *kind, enum severity severity)
{
	static const enum severity severities[] = {
	    SEVERITY_OFF, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR};

	*map_slot(&levels->fixed, slice_of(kind->id)) =
	    (void *)(uintptr_t)&severities[severity];
}

static int refuse_unknown(const char *text, const char *id,
    const struct diag_kind *const *kinds, size_t nkinds, struct fault *fault)
{
	const char **names = xcalloc(2 * nkinds, sizeof(*names));
	const char *near;

	for (size_t i = 0; i < nkinds; i++) {
		names[i] = kinds[i]->id;
		names[nkinds + i] = kinds[i]->group ? kinds[i]->group : "";
	}
	near = nearest(slice_of(id), names, 2 * nkinds);
	free(names);
	if (near)
		return fault_set(fault,
		    "-W%s: unknown rule '%s'; did you mean '%s'?", text, id,
		    near);
	return fault_set(
	    fault, "-W%s: unknown rule '%s'; --list-rules lists all", text, id);
}

/* Takes prefix off text when it is there. */
static bool cut_prefix(const char **text, const char *prefix)
{
	size_t len = strlen(prefix);

	if (strncmp(*text, prefix, len))
		return false;
	*text += len;
	return true;
}

/* A name that a rule had may be that of several, which it was split into. */
static bool say_of_rules(struct levels *levels, const char *name,
    const struct diag_kind *const *kinds, size_t nkinds, uintptr_t set,
    uintptr_t clear)
{
	bool found = false;

	for (size_t i = 0; i < nkinds; i++) {
		if (!kind_is_called(kinds[i], slice_of(name)))
			continue;
		say(&levels->by_id, kinds[i]->id, set, clear);
		found = true;
	}
	return found;
}

static bool is_group(
    const char *name, const struct diag_kind *const *kinds, size_t nkinds)
{
	for (size_t i = 0; i < nkinds; i++) {
		if (kinds[i]->group && !strcmp(kinds[i]->group, name))
			return true;
	}
	return false;
}

/* Rules of a group that are off are off by intent: -Werror=GROUP leaves them
 * so, and makes errors of warnings alone, as -Werror does. */
static void say_of_group(
    struct levels *levels, const char *group, uintptr_t set, uintptr_t clear)
{
	if (set & SAID_ERROR)
		set = SAID_WARNINGS_ERROR;
	if (clear & SAID_ERROR)
		clear |= SAID_WARNINGS_ERROR;
	say(&levels->by_group, group, set, clear);
}

int levels_add(struct levels *levels, const char *text,
    const struct diag_kind *const *kinds, size_t nkinds, struct fault *fault)
{
	const char *id = text;
	uintptr_t set = SAID_ON, clear = SAID_OFF;

	if (!strcmp(text, "error") || !strcmp(text, "no-error")) {
		levels->all_errors = *text == 'e';
		return 0;
	}
	/* As in GCC, an error that is asked for is also turned on. */
	if (cut_prefix(&id, "error=")) {
		set = SAID_ON | SAID_ERROR;
		clear = SAID_OFF | SAID_NO_ERROR;
	} else if (cut_prefix(&id, "no-error=")) {
		set = SAID_NO_ERROR;
		clear = SAID_ERROR;
	} else if (cut_prefix(&id, "no-")) {
		set = SAID_OFF;
		clear = SAID_ON;
	}
	if (say_of_rules(levels, id, kinds, nkinds, set, clear))
		return 0;
	if (!is_group(id, kinds, nkinds))
		return refuse_unknown(text, id, kinds, nkinds, fault);
	say_of_group(levels, id, set, clear);
	return 0;
}

bool levels_turn_on(const struct levels *levels, const struct diag_kind *kind)
{
	return map_find(&levels->fixed, slice_of(kind->id)) ||
	       said_of(levels, kind) & (SAID_ON | SAID_ERROR);
}

static bool is_promoted(
    const struct levels *levels, uintptr_t said, enum severity severity)
{
	if (severity == SEVERITY_OFF || severity == SEVERITY_ERROR ||
	    said & SAID_NO_ERROR)
		return false;
	return said & SAID_ERROR ||
	       (severity == SEVERITY_WARNING &&
		   (levels->all_errors || said & SAID_WARNINGS_ERROR));
}

static void apply(const struct levels *levels, struct finding *finding)
{
	const enum severity *fixed =
	    map_find(&levels->fixed, slice_of(finding->kind->id));
	uintptr_t said = said_of(levels, finding->kind);

	if (fixed)
		finding->severity = *fixed;
	if (said & SAID_ON && finding->severity == SEVERITY_OFF)
		finding->severity = SEVERITY_WARNING;
	if (said & SAID_OFF)
		finding->severity = SEVERITY_OFF;
	if (is_promoted(levels, said, finding->severity)) {
		finding->severity = SEVERITY_ERROR;
		finding->promoted = true;
	}
}

enum severity levels_severity(
    const struct levels *levels, const struct finding *finding)
{
	struct finding copy = *finding;

	apply(levels, &copy);
	return copy.severity;
}

void levels_apply(const struct levels *levels, struct finding_list *findings)
{
	size_t kept = 0;

	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];

		apply(levels, finding);
		if (finding->severity != SEVERITY_OFF)
			findings->items[kept++] = *finding;
	}
	findings->n = kept;
}
