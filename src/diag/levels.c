/* -W options, kept by id and applied to findings at the end. */
#include "diag/levels.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

/* What was said of one id; values of the map, compared by address. */
struct mode {
	bool off, on, error, no_error;
};

static const struct mode mode_off = {.off = true};
static const struct mode mode_on = {.on = true};
static const struct mode mode_error = {.error = true};
static const struct mode mode_no_error = {.no_error = true};

void levels_release(struct levels *levels)
{
	map_release(&levels->by_id);
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

static const struct diag_kind *find_kind(
    const char *id, const struct diag_kind *const *kinds, size_t nkinds)
{
	for (size_t i = 0; i < nkinds; i++) {
		if (!strcmp(kinds[i]->id, id) || !strcmp(kinds[i]->code, id))
			return kinds[i];
	}
	return NULL;
}

/* Takes prefix off text when it is there. */
static bool take(const char **text, const char *prefix)
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
	const struct mode *mode = &mode_on;
	const struct diag_kind *kind;
	const char *id = text;

	if (!strcmp(text, "error") || !strcmp(text, "no-error")) {
		levels->all_errors = *text == 'e';
		return 0;
	}
	if (take(&id, "error="))
		mode = &mode_error;
	else if (take(&id, "no-error="))
		mode = &mode_no_error;
	else if (take(&id, "no-"))
		mode = &mode_off;
	kind = find_kind(id, kinds, nkinds);
	if (!kind)
		return refuse_unknown(text, id, kinds, nkinds, fault);
	*map_slot(&levels->by_id, slice_of(kind->id)) = (void *)(uintptr_t)mode;
	return 0;
}

static void apply(const struct levels *levels, struct finding *finding)
{
	const struct mode *mode =
	    map_find(&levels->by_id, slice_of(finding->kind->id));
	bool error =
	    levels->all_errors && finding->severity == SEVERITY_WARNING;

	if (mode && mode->on && finding->severity == SEVERITY_OFF)
		finding->severity = SEVERITY_WARNING;
	if (mode && mode->off)
		finding->severity = SEVERITY_OFF;
	if (mode && mode->error)
		error = finding->severity != SEVERITY_ERROR;
	if (mode && mode->no_error)
		error = false;
	if (error && finding->severity != SEVERITY_OFF) {
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
