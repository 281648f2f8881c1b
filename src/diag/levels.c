/* -W options, kept by id and applied to findings at the end. */
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
};

static uintptr_t said_of(const struct levels *levels, const char *id)
{
	return (uintptr_t)map_find(&levels->by_id, slice_of(id));
}

static void say(
    struct levels *levels, const char *id, uintptr_t set, uintptr_t clear)
{
	uintptr_t said = (said_of(levels, id) & ~clear) | set;

	*map_slot(&levels->by_id, slice_of(id)) = (void *)said;
}

void levels_release(struct levels *levels)
{
	map_release(&levels->by_id);
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
	const char **names = xcalloc(nkinds, sizeof(*names));
	const char *near;

	for (size_t i = 0; i < nkinds; i++)
		names[i] = kinds[i]->id;
	near = nearest(slice_of(id), names, nkinds);
	free(names);
	if (near)
		return fault_set(fault,
		    "-W%s: there is no rule '%s'; did you mean '%s'?", text, id,
		    near);
	return fault_set(fault,
	    "-W%s: there is no rule '%s'; --list-rules shows them all", text,
	    id);
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

int levels_add(struct levels *levels, const char *text,
    const struct diag_kind *const *kinds, size_t nkinds, struct fault *fault)
{
	const struct diag_kind *kind;
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
	kind = kind_find(kinds, nkinds, slice_of(id));
	if (!kind)
		return refuse_unknown(text, id, kinds, nkinds, fault);
	say(levels, kind->id, set, clear);
	return 0;
}

static bool is_promoted(
    const struct levels *levels, uintptr_t said, enum severity severity)
{
	if (severity == SEVERITY_OFF || severity == SEVERITY_ERROR ||
	    said & SAID_NO_ERROR)
		return false;
	return said & SAID_ERROR ||
	       (levels->all_errors && severity == SEVERITY_WARNING);
}

static void apply(const struct levels *levels, struct finding *finding)
{
	const enum severity *fixed =
	    map_find(&levels->fixed, slice_of(finding->kind->id));
	uintptr_t said = said_of(levels, finding->kind->id);

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
