/*
 * Findings with fixes -> those that are made.  All are tried out at once, on
 * the texts in memory; if that is no good, each half, and so on down to single
 * ones, so that what is bad is left out alone.
 */
#include "cmd/choose_fixes.h"

#include "base/map.h"
#include "cmd/lint.h"
#include "report/fingerprint.h"
#include "run/fixes.h"

#include <stdlib.h>
#include <string.h>

/* The input is linted for each trial; of what is not tried then nothing is
 * made.
 */
#define MOST_TRIALS 400

/* How often each finding is there, by what it is recognised by. */
struct counts {
	struct map by_finding, by_kind; /* key -> number */
	struct arena arena;
};

/* A finding whose fixes could be made. */
struct candidate {
	const struct finding *finding;
	size_t index; /* in the run's list */
};

struct choosing {
	struct mending *mending;
	struct counts before; /* what would be reported of the texts ... */
	struct counts now;    /* ... and of them with what is chosen */
	struct candidate *candidates; /* in the order of their fixes */
	size_t n, ntrials;
};

/* Candidates that are tried out together: from first on, n of them. */
struct trial {
	size_t first, n;
};

static void count(struct map *map, struct arena *arena, struct slice key)
{
	void **slot = map_find(map, key)
			  ? map_slot(map, key)
			  : map_slot(map, slice_copy(arena, key));

	*slot = (void *)((uintptr_t)*slot + 1);
}

static size_t count_of(const struct map *map, struct slice key)
{
	return (uintptr_t)map_find(map, key);
}

static void add_key(struct buf *buf, const struct finding *finding)
{
	struct buf text = {0};

	buf_clear(buf);
	buf_printf(buf, "%s ", finding->kind->id);
	if (finding->subject)
		fingerprint_add(buf, finding);
	else
		buf_add_text(buf, finding_text(finding, &text));
	buf_release(&text);
}

static void count_findings(
    struct counts *counts, const struct finding_list *list)
{
	struct buf key = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct finding *finding = &list->items[i];

		if (finding->suppression)
			continue;
		add_key(&key, finding);
		count(&counts->by_finding, &counts->arena, buf_slice(&key));
		count(&counts->by_kind, &counts->arena,
		    slice_of(finding->kind->id));
	}
	buf_release(&key);
}

static void counts_release(struct counts *counts)
{
	map_release(&counts->by_finding);
	map_release(&counts->by_kind);
	arena_release(&counts->arena);
}

static const struct place *place_of(const struct fix *fix, bool rendered)
{
	return rendered && place_known(fix->rendered) ? &fix->rendered
						      : &fix->place;
}

size_t fixes_make(const struct mending *mending, const struct origin *file,
    bool rendered, struct slice text, struct buf *buf)
{
	const struct finding_list *all = &mending->run->result.findings;
	struct finding_list some = {0};
	struct arena arena = {0};
	size_t n;

	some.items = xcalloc(all->n + 1, sizeof(*some.items));
	for (size_t i = 0; i < all->n; i++) {
		struct finding *copy = &some.items[some.n];
		struct fix *fixes;

		if (!mending->is_chosen[i] ||
		    place_of(all->items[i].fixes, rendered)->origin != file)
			continue;
		*copy = all->items[i];
		fixes = arena_copy(
		    &arena, copy->fixes, copy->nfixes * sizeof(*copy->fixes));
		for (size_t j = 0; j < copy->nfixes; j++)
			fixes[j].place = *place_of(&fixes[j], rendered);
		copy->fixes = fixes;
		some.n++;
	}
	n = fixes_apply(&some, text, buf);
	free(some.items);
	arena_release(&arena);
	return n;
}

/* The lowest level of the findings that are tried out. */
static enum severity least_severity(
    const struct choosing *choosing, const struct trial *trial)
{
	enum severity least = SEVERITY_ERROR;

	for (size_t i = 0; i < trial->n; i++) {
		const struct finding *finding =
		    choosing->candidates[trial->first + i].finding;

		if (finding->severity < least)
			least = finding->severity;
	}
	return least;
}

/* Whether there is a finding of that level or above that is not there without
 * them: what those that were chosen before have brought is not theirs. */
static bool is_worse(const struct choosing *choosing, const struct trial *trial,
    const struct finding_list *list, const struct counts *after)
{
	enum severity least = least_severity(choosing, trial);
	struct buf key = {0};
	bool worse = false;

	for (size_t i = 0; i < list->n && !worse; i++) {
		const struct finding *finding = &list->items[i];

		if (finding->suppression || finding->severity < least)
			continue;
		add_key(&key, finding);
		worse = count_of(&after->by_finding, buf_slice(&key)) >
			count_of(&choosing->now.by_finding, buf_slice(&key));
	}
	buf_release(&key);
	return worse;
}

/* Whether each kind with a chosen finding has fewer of them, and each that is
 * tried out has fewer than without that. */
static bool is_mended(const struct choosing *choosing,
    const struct trial *trial, const struct counts *after)
{
	const struct mending *mending = choosing->mending;
	const struct finding_list *list = &mending->run->result.findings;

	for (size_t i = 0; i < list->n; i++) {
		struct slice id = slice_of(list->items[i].kind->id);

		if (mending->is_chosen[i] &&
		    count_of(&after->by_kind, id) >=
			count_of(&choosing->before.by_kind, id))
			return false;
	}
	for (size_t i = 0; i < trial->n; i++) {
		const struct candidate *candidate =
		    &choosing->candidates[trial->first + i];
		struct slice id = slice_of(candidate->finding->kind->id);

		if (count_of(&after->by_kind, id) >=
		    count_of(&choosing->now.by_kind, id))
			return false;
	}
	return true;
}

/* Lints the inputs with the chosen fixes in memory; what is good is what there
 * is now. */
static bool is_good(struct choosing *choosing, const struct trial *trial)
{
	struct mending *mending = choosing->mending;
	const struct run_options *options = mending->options;
	struct run_options again = *options;
	struct buf *texts = xcalloc(options->ninputs + 1, sizeof(*texts));
	struct run run = {0};
	struct counts after = {0};
	bool good;

	for (size_t i = 0; i < options->ninputs; i++)
		fixes_make(mending, options->inputs[i], true,
		    buf_slice(&mending->texts[i]), &texts[i]);
	again.texts = texts;
	again.keep_sources = false;
	lint_rendered(mending->program, &again, &run);
	count_findings(&after, &run.result.findings);
	good = !run.ntroubles && is_mended(choosing, trial, &after) &&
	       !is_worse(choosing, trial, &run.result.findings, &after);
	if (good) {
		counts_release(&choosing->now);
		choosing->now = after;
	} else {
		counts_release(&after);
	}
	run_release(&run);
	for (size_t i = 0; i < options->ninputs; i++)
		buf_release(&texts[i]);
	free(texts);
	return good;
}

/* Whether its fixes could be written where --fix writes. */
static bool is_candidate(
    const struct mending *mending, const struct finding *finding)
{
	bool has_chart = mending->program->options.ncharts > 0;

	return finding->nfixes && !finding->suppression && !finding->known &&
	       finding->fixes->place.origin->role ==
		   (has_chart ? ORIGIN_TEMPLATE : ORIGIN_MANIFEST);
}

/* By where they are fixed, then by what. */
static int candidate_cmp(const void *left, const void *right)
{
	const struct candidate *a = left, *b = right;
	int order = strcmp(a->finding->kind->code, b->finding->kind->code);
	const struct place *p = &a->finding->fixes->place;
	const struct place *q = &b->finding->fixes->place;

	if (p->origin != q->origin)
		return p->origin->index < q->origin->index ? -1 : 1;
	if (p->span.line != q->span.line)
		return p->span.line < q->span.line ? -1 : 1;
	if (order)
		return order;
	return a->index < b->index ? -1 : a->index > b->index;
}

static void list_candidates(struct choosing *choosing)
{
	const struct mending *mending = choosing->mending;
	const struct finding_list *list = &mending->run->result.findings;

	choosing->candidates =
	    xcalloc(list->n + 1, sizeof(*choosing->candidates));
	for (size_t i = 0; i < list->n; i++) {
		if (is_candidate(mending, &list->items[i]))
			choosing->candidates[choosing->n++] =
			    (struct candidate){&list->items[i], i};
	}
	if (choosing->n)
		qsort(choosing->candidates, choosing->n,
		    sizeof(*choosing->candidates), candidate_cmp);
}

/* A line of a template may be that of many objects: what one rule changes there
 * it changes for all of them or for none. */
static bool is_apart(const struct choosing *choosing, size_t i)
{
	const struct finding *finding = choosing->candidates[i].finding;
	const struct finding *before = choosing->candidates[i - 1].finding;

	return finding->kind != before->kind ||
	       finding->fixes->place.origin != before->fixes->place.origin ||
	       finding->fixes->place.span.line !=
		   before->fixes->place.span.line;
}

/* Where the second half begins; 0 when none is apart. */
static size_t middle_of(
    const struct choosing *choosing, const struct trial *trial)
{
	size_t half = trial->first + trial->n / 2;
	size_t end = trial->first + trial->n;

	for (size_t i = half; i < end; i++) {
		if (i > trial->first && is_apart(choosing, i))
			return i;
	}
	for (size_t i = half; i > trial->first; i--) {
		if (is_apart(choosing, i))
			return i;
	}
	return 0;
}

static void set_chosen(
    const struct choosing *choosing, const struct trial *trial, bool is_chosen)
{
	for (size_t i = 0; i < trial->n; i++)
		choosing->mending
		    ->is_chosen[choosing->candidates[trial->first + i].index] =
		    is_chosen;
}

static void try_out(struct choosing *choosing, const struct trial *trial)
{
	size_t middle, end = trial->first + trial->n;

	if (choosing->ntrials++ >= MOST_TRIALS)
		return;
	set_chosen(choosing, trial, true);
	if (is_good(choosing, trial))
		return;
	set_chosen(choosing, trial, false);
	middle = middle_of(choosing, trial);
	if (!middle)
		return;
	try_out(choosing, &(struct trial){trial->first, middle - trial->first});
	try_out(choosing, &(struct trial){middle, end - middle});
}

/* What would be reported of the texts as they are. */
static void count_before(struct choosing *choosing)
{
	const struct mending *mending = choosing->mending;
	struct run_options again = *mending->options;
	struct run run = {0};

	again.texts = mending->texts;
	again.keep_sources = false;
	lint_rendered(mending->program, &again, &run);
	count_findings(&choosing->before, &run.result.findings);
	count_findings(&choosing->now, &run.result.findings);
	run_release(&run);
}

void fixes_choose(struct mending *mending)
{
	struct choosing choosing = {.mending = mending};
	size_t n = mending->run->result.findings.n;

	mending->is_chosen = xcalloc(n + 1, sizeof(bool));
	list_candidates(&choosing);
	if (choosing.n) {
		count_before(&choosing);
		try_out(&choosing, &(struct trial){0, choosing.n});
	}
	for (size_t i = 0; i < n; i++)
		mending->nchosen += mending->is_chosen[i];
	mending->nleft = choosing.n - mending->nchosen;
	counts_release(&choosing.before);
	counts_release(&choosing.now);
	free(choosing.candidates);
}
