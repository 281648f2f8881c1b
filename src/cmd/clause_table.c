/*
 * The table of verdicts for people: one line a clause, then the last word.  No
 * line of it looks like a place to an editor that reads along.
 */
#include "cmd/clause_table.h"

#include "report/plain.h"

/* Clauses longer than this push their own remark aside, not the others'. */
#define CLAUSE_WIDTH 56

static void add_clause(struct buf *buf, const struct verdict *verdict)
{
	plain_add(buf, slice_of(verdict->clause));
	if (!*verdict->value)
		return;
	buf_add_text(buf, ": ");
	plain_add(buf, slice_of(verdict->value));
}

/* Characters a text takes; what a terminal makes two columns of counts as
 * one. */
static size_t width_of(struct slice text)
{
	size_t width = 0;
	uint32_t code;

	while (text.len) {
		size_t len = utf8_next(text, &code);

		text = (struct slice){text.ptr + len, text.len - len};
		width++;
	}
	return width;
}

static size_t clause_width(const struct verdicts *verdicts)
{
	struct buf clause = {0};
	size_t widest = 0;

	for (size_t i = 0; i < verdicts->n; i++) {
		size_t width;

		buf_clear(&clause);
		add_clause(&clause, &verdicts->items[i]);
		width = width_of(buf_slice(&clause));
		if (width > widest && width <= CLAUSE_WIDTH)
			widest = width;
	}
	buf_release(&clause);
	return widest;
}

static void add_place(struct buf *buf, struct place place)
{
	plain_add(buf, slice_of(place.origin->name));
	buf_printf(buf, " line %u", place.span.line);
}

/* Where a clause is shown to hold. */
static void add_holder(struct buf *buf, const struct verdict *verdict)
{
	buf_add_text(buf, "by ");
	add_place(buf, verdict->place);
	if (*verdict->remark)
		buf_printf(buf, " (%s)", verdict->remark);
}

static void add_violation(struct buf *buf, const struct verdict *verdict)
{
	buf_add_text(buf, verdict->rule);
	if (place_known(verdict->place)) {
		buf_add_text(buf, " at ");
		add_place(buf, verdict->place);
	}
	if (verdict->nothers)
		buf_printf(buf, " and %zu more", verdict->nothers);
	if (*verdict->remark)
		buf_printf(buf, " (%s)", verdict->remark);
}

static void add_row(
    struct buf *buf, const struct verdict *verdict, size_t width)
{
	struct buf clause = {0};
	size_t taken;

	add_clause(&clause, verdict);
	taken = width_of(buf_slice(&clause));
	buf_printf(buf, "  %-11s  ", verdict_status_name(verdict->status));
	buf_add_slice(buf, buf_slice(&clause));
	if (place_known(verdict->place) ||
	    verdict->status == VERDICT_VIOLATED || *verdict->remark)
		buf_printf(buf, "%*s",
		    taken < width ? (int)(width - taken) + 2 : 2, "");
	if (verdict->status == VERDICT_VIOLATED)
		add_violation(buf, verdict);
	else if (place_known(verdict->place))
		add_holder(buf, verdict);
	else
		plain_add(buf, slice_of(verdict->remark));
	buf_add_char(buf, '\n');
	buf_release(&clause);
}

void clause_table_write(FILE *out, const struct verdicts *verdicts)
{
	struct buf buf = {0};
	size_t width = clause_width(verdicts);

	for (size_t i = 0; i < verdicts->n; i++)
		add_row(&buf, &verdicts->items[i], width);
	plain_add(&buf, slice_of(verdicts->sentence));
	buf_add_char(&buf, '\n');
	fwrite(buf.ptr, 1, buf.len, out);
	buf_release(&buf);
}
