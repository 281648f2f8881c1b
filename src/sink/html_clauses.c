/* The verdicts on a contract's clauses -> a table. */
#include "report/html_page.h"
#include "sink/html_parts.h"

#include <string.h>

static const char *class_of(enum verdict_status status)
{
	static const char *const classes[] = {
	    [VERDICT_HOLDS] = "holds",
	    [VERDICT_VIOLATED] = "violated",
	    [VERDICT_UNCHECKED] = "unchecked",
	    [VERDICT_NOT_ASKED] = "unasked",
	};

	return classes[status];
}

/* The rule that found it, a link to its finding when the page has that. */
static void add_culprit(
    struct buf *buf, const struct report *report, const struct verdict *verdict)
{
	for (size_t i = 0; i < report->nfindings; i++) {
		const struct finding *finding = &report->findings[i];

		if (strcmp(finding->kind->id, verdict->rule) != 0 ||
		    !same_start(finding->place, verdict->place) ||
		    (report->folds && report->folds[i].is_repeat))
			continue;
		buf_printf(buf, "<a href=\"#f%zu\">", i);
		html_add_text(buf, verdict->rule);
		buf_add_text(buf, "</a>");
		return;
	}
	html_add_text(buf, verdict->rule);
}

static void add_remark(
    struct buf *buf, const struct report *report, const struct verdict *verdict)
{
	if (verdict->status == VERDICT_VIOLATED) {
		add_culprit(buf, report, verdict);
		if (place_known(verdict->place)) {
			buf_add_text(buf, " at <span class=\"mono\">");
			html_add_place(buf, report, verdict->place);
			buf_add_text(buf, "</span>");
		}
		if (verdict->nothers)
			buf_printf(buf, " and %zu more", verdict->nothers);
		buf_add_text(buf, *verdict->remark ? "; " : "");
	}
	html_add_text(buf, verdict->remark);
}

static void add_row(
    struct buf *buf, const struct report *report, const struct verdict *verdict)
{
	buf_printf(buf, "<tr><td><span class=\"badge %s\">%s</span></td><td>",
	    class_of(verdict->status), verdict_status_name(verdict->status));
	html_add_text(buf, verdict->clause);
	if (*verdict->value) {
		buf_add_text(buf, "<span class=\"value\">: ");
		html_add_text(buf, verdict->value);
		buf_add_text(buf, "</span>");
	}
	buf_add_text(buf, "</td><td>");
	add_remark(buf, report, verdict);
	buf_add_text(buf, "</td></tr>\n");
}

void html_add_clauses(struct buf *buf, const struct report *report,
    const struct verdicts *verdicts)
{
	buf_add_text(buf, "<section>\n<h2>Contract, profile ");
	html_add_text(buf, verdicts->profile);
	buf_add_text(buf, "</h2>\n");
	if (report->nverdicts > 1) {
		buf_add_text(buf, "<p>");
		html_add_text(buf, verdicts->sentence);
		buf_add_text(buf, "</p>\n");
	}
	buf_add_text(buf, "<div class=\"scroll\"><table class=\"stack\">\n"
			  "<thead><tr><th>Verdict</th><th>Clause</th>"
			  "<th>Because</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < verdicts->n; i++)
		add_row(buf, report, &verdicts->items[i]);
	buf_add_text(buf, "</tbody></table></div>\n</section>\n");
}
