/* The verdicts on a contract's clauses -> a table in Markdown. */
#include "sink/markdown_parts.h"
#include "sink/markdown_text.h"

#include <stdlib.h>

/* The order in which rows stay when there is not room for all. */
static const enum verdict_status worst_first[] = {
    VERDICT_VIOLATED, VERDICT_UNCHECKED, VERDICT_HOLDS, VERDICT_NOT_ASKED};

/* A sign beside the word, for whoever looks from afar. */
static const char *sign_of(enum verdict_status status)
{
	switch (status) {
	case VERDICT_HOLDS: return "\xE2\x9C\x85";
	case VERDICT_VIOLATED: return "\xE2\x9D\x8C";
	case VERDICT_UNCHECKED: return "\xE2\x9D\x94";
	case VERDICT_NOT_ASKED: break;
	}
	return "\xE2\x9E\x96";
}

static void add_because(
    struct buf *buf, const struct report *report, const struct verdict *verdict)
{
	if (verdict->status == VERDICT_VIOLATED) {
		markdown_add_code(buf, slice_of(verdict->rule));
		if (place_known(verdict->place)) {
			buf_add_text(buf, " at ");
			markdown_add_place(buf, report, verdict->place);
		}
		if (verdict->nothers)
			buf_printf(buf, " and %zu more", verdict->nothers);
		buf_add_text(buf, *verdict->remark ? "; " : "");
	}
	markdown_add_text(buf, verdict->remark);
}

static void add_row(
    struct buf *buf, const struct report *report, const struct verdict *verdict)
{
	buf_printf(buf, "| %s %s | ", sign_of(verdict->status),
	    verdict_status_name(verdict->status));
	markdown_add_text(buf, verdict->clause);
	if (*verdict->value) {
		buf_add_text(buf, ": ");
		markdown_add_text(buf, verdict->value);
	}
	buf_add_text(buf, " | ");
	add_because(buf, report, verdict);
	buf_add_text(buf, " |\n");
}

/* Which rows there is room for; *ret_nkept of them. */
static bool *choose(const struct report *report,
    const struct verdicts *verdicts, size_t most, size_t *ret_nkept)
{
	bool *kept = xcalloc(verdicts->n + 1, sizeof(*kept));
	struct buf row = {0};
	size_t used = 0, nkept = 0;

	for (size_t s = 0; s < COUNT_OF(worst_first); s++) {
		for (size_t i = 0; i < verdicts->n; i++) {
			if (verdicts->items[i].status != worst_first[s])
				continue;
			buf_clear(&row);
			add_row(&row, report, &verdicts->items[i]);
			used += row.len;
			kept[i] = used <= most;
			nkept += kept[i];
		}
	}
	buf_release(&row);
	*ret_nkept = nkept;
	return kept;
}

void markdown_add_clauses(struct buf *buf, const struct report *report,
    const struct verdicts *verdicts, size_t most)
{
	size_t nkept;
	bool *kept = choose(report, verdicts, most, &nkept);

	buf_add_text(buf, "\n### Contract, profile ");
	markdown_add_text(buf, verdicts->profile);
	buf_add_text(buf, "\n\n");
	if (report->nverdicts > 1) {
		buf_add_text(buf, "Verdict: ");
		markdown_add_text(buf, verdicts->sentence);
		buf_add_text(buf, "\n\n");
	}
	buf_add_text(buf, "| Verdict | Clause | Because |\n|---|---|---|\n");
	for (size_t i = 0; i < verdicts->n; i++) {
		if (kept[i])
			add_row(buf, report, &verdicts->items[i]);
	}
	if (nkept < verdicts->n)
		buf_printf(buf,
		    "\n%zu clauses are not shown, to keep this short; those "
		    "that are violated come first.\n",
		    verdicts->n - nkept);
	free(kept);
}
