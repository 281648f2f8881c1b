/*
 * One page that holds the whole report: verdict, clauses, findings by object.
 * It needs no network, can be read without its script, and can be printed.
 */
#include "base/map.h"
#include "diag/suppression.h"
#include "draw/timeline_svg.h"
#include "report/by_object.h"
#include "report/counts.h"
#include "report/headline.h"
#include "report/html_page.h"
#include "report/timeline.h"
#include "sink/html_parts.h"
#include "sink/sink.h"

#include <string.h>

struct page {
	const struct report *report;
	struct buf out;
	struct arena arena;
	struct map seen; /* rules that the page has told of */
};

static const char *outlook_class(enum outlook outlook)
{
	return outlook == OUTLOOK_GOOD	? "good"
	       : outlook == OUTLOOK_BAD ? "bad"
					: "part";
}

static const char *outlook_sign(enum outlook outlook)
{
	return outlook == OUTLOOK_GOOD	? "&#10003;"
	       : outlook == OUTLOOK_BAD ? "&#10005;"
					: "!";
}

static void add_counts(struct page *page)
{
	const struct report *report = page->report;
	struct counts counts = counts_of(report);
	struct buf words = {0};

	counts_add_words(&words, &counts, "no findings");
	buf_add_text(&page->out, "<li><b>");
	html_add(&page->out, buf_slice(&words));
	buf_add_text(&page->out, "</b></li>\n");
	buf_release(&words);
	if (report->is_compared)
		buf_printf(&page->out,
		    "<li>%zu known from the baseline, %zu gone</li>\n",
		    report->nknown, report->ngone);
	if (report->nsuppressed)
		buf_printf(&page->out, "<li>%zu suppressed</li>\n",
		    report->nsuppressed);
	for (size_t i = 0; i < report->norigins && i < 4; i++) {
		if (report->origins[i]->role != ORIGIN_MANIFEST)
			continue;
		buf_add_text(&page->out, "<li class=\"mono\">");
		html_add_text(&page->out, report->origins[i]->name);
		buf_add_text(&page->out, "</li>\n");
	}
}

static void add_top(struct page *page)
{
	const struct report *report = page->report;
	enum outlook outlook = report_outlook(report);
	struct buf line = {0}, title = {0};

	headline_add(&line, report);
	buf_printf(&title, "%s - rolloutlint", buf_text(&line));
	html_begin(&page->out, buf_text(&title));
	buf_printf(&page->out,
	    "<header class=\"top %s\"><div class=\"width\">\n"
	    "<p class=\"tool\">rolloutlint %s</p>\n<div class=\"headline\">"
	    "<span class=\"sign\" aria-hidden=\"true\">%s</span><h1>",
	    outlook_class(outlook), report->version, outlook_sign(outlook));
	html_add(&page->out, buf_slice(&line));
	buf_add_text(&page->out, "</h1></div>\n<ul class=\"facts\">\n");
	add_counts(page);
	buf_add_text(&page->out, "</ul>\n</div></header>\n"
				 "<main class=\"width\">\n");
	buf_release(&line);
	buf_release(&title);
}

static void add_troubles(struct page *page)
{
	const struct report *report = page->report;

	if (!report->ntroubles)
		return;
	buf_add_text(&page->out,
	    "<section>\n<h2>What could not be checked</h2>\n<ul>\n");
	for (size_t i = 0; i < report->ntroubles; i++) {
		buf_add_text(&page->out, "<li>");
		html_add_text(&page->out, report->troubles[i].text);
		buf_add_text(&page->out, "</li>\n");
	}
	buf_add_text(&page->out, "</ul>\n</section>\n");
}

/* So many are shown at once; others are a click away. */
#define OPEN_TIMELINES 3

static void add_timelines(struct page *page)
{
	const struct report *report = page->report;
	struct buf *out = &page->out;

	if (!report->ntimelines)
		return;
	buf_add_text(out, "<section>\n<h2>The update, before it happens</h2>\n"
			  "<svg width=\"0\" height=\"0\" hidden>");
	timeline_add_svg_style(out);
	buf_add_text(out, "</svg>\n");
	for (size_t i = 0; i < report->ntimelines; i++) {
		const struct timeline *timeline = &report->timelines[i];

		buf_printf(out, "<details class=\"timeline\"%s><summary>",
		    i < OPEN_TIMELINES ? " open" : "");
		html_add_text(out, timeline->object);
		buf_add_text(out, ": ");
		html_add_text(out, timeline->outcome);
		buf_add_text(out, "</summary>\n<figure>\n");
		timeline_add_svg(out, timeline, 0);
		buf_add_text(out, "</figure></details>\n");
	}
	buf_add_text(out, "</section>\n");
}

/* Whether the page names the rule for the first time. */
static bool is_new_rule(struct page *page, const struct diag_kind *kind)
{
	void **slot = map_slot(&page->seen, slice_of(kind->id));
	bool is_new = !*slot;

	*slot = page;
	return is_new;
}

static void add_filter(struct page *page)
{
	const struct report *report = page->report;
	struct buf *out = &page->out;
	struct map rules = {0};

	buf_add_text(out, "<form class=\"filter\" id=\"filter\" hidden>\n");
	for (int i = SEVERITY_ERROR; i > SEVERITY_OFF; i--)
		buf_printf(out,
		    "<label><input type=\"checkbox\" name=\"%s\" checked> "
		    "%ss</label>\n",
		    severity_name((enum severity)i),
		    severity_name((enum severity)i));
	buf_add_text(out, "<label>Rule <select name=\"rule\">"
			  "<option value=\"\">all</option>\n");
	for (size_t i = 0; i < report->nfindings; i++)
		map_slot(&rules, slice_of(report->findings[i].kind->id));
	for (size_t i = 0; i < rules.n; i++) {
		buf_add_text(out, "<option>");
		html_add(out, rules.entries[i].key);
		buf_add_text(out, "</option>\n");
	}
	buf_add_text(out, "</select></label>\n<label>Words <input "
			  "type=\"search\" name=\"words\"></label>\n"
			  "<output></output>\n</form>\n");
	map_release(&rules);
}

/* "Deployment shop/web", what is wrong with it, and its template. */
static void add_object_head(struct page *page, const struct object_group *group)
{
	const struct subject *subject = group->subject;
	struct buf *out = &page->out, words = {0};

	buf_add_text(out, "<header><h3>");
	if (subject) {
		buf_add_text(out, "<span class=\"kind\">");
		html_add_text(out, subject->kind);
		buf_add_text(out, "</span> ");
		if (subject->namespace[0]) {
			html_add_text(out, subject->namespace);
			buf_add_char(out, '/');
		}
		html_add_text(out, subject->name);
	} else {
		buf_add_text(out, "The release as a whole");
	}
	counts_add_words(&words, &group->counts, "");
	buf_printf(out, "</h3><p>%s", buf_text(&words));
	if (subject && subject->source[0]) {
		buf_add_text(out, ", from <span class=\"mono\">");
		html_add_text(out, subject->source);
		buf_add_text(out, "</span>");
	}
	buf_add_text(out, "</p></header>\n");
	buf_release(&words);
}

static void add_object(struct page *page, const struct object_group *group)
{
	buf_add_text(&page->out, "<section class=\"object\">\n");
	add_object_head(page, group);
	for (size_t i = 0; i < group->n; i++) {
		size_t number = group->items[i];
		const struct finding *finding = &page->report->findings[number];
		bool is_open = is_new_rule(page, finding->kind) &&
			       finding->severity == SEVERITY_ERROR;

		html_add_finding(&page->out, page->report, number, is_open);
	}
	buf_add_text(&page->out, "</section>\n");
}

static void add_findings(struct page *page)
{
	struct object_groups groups =
	    group_by_object(&page->arena, page->report);

	if (!groups.n)
		return;
	buf_add_text(&page->out, "<section>\n<h2>Findings</h2>\n");
	add_filter(page);
	for (size_t i = 0; i < groups.n; i++)
		add_object(page, &groups.items[i]);
	buf_add_text(&page->out, "</section>\n");
}

static void add_suppressed(struct page *page)
{
	const struct report *report = page->report;
	struct buf *out = &page->out;

	struct buf text = {0};

	if (!report->nsuppressed)
		return;
	buf_add_text(out, "<section>\n<h2>Suppressed</h2>\n"
			  "<div class=\"scroll\"><table class=\"stack\">\n"
			  "<thead><tr><th>Place</th><th>Finding</th>"
			  "<th>Because</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < report->nsuppressed; i++) {
		const struct finding *finding = &report->suppressed[i];

		buf_add_text(out, "<tr><td class=\"mono\">");
		html_add_place(out, report, finding->place);
		buf_add_text(out, "</td><td>");
		html_add_text(out, finding_text(finding, &text));
		buf_add_text(out, "</td><td>");
		html_add_text(out, finding->suppression->reason);
		buf_add_text(out, "</td></tr>\n");
	}
	buf_add_text(out, "</tbody></table></div>\n</section>\n");
	buf_release(&text);
}

/* What was read. */
static void add_foot(struct page *page)
{
	static const char *const roles[] = {
	    [ORIGIN_MANIFEST] = "manifests",
	    [ORIGIN_PREVIOUS] = "the release that runs now",
	    [ORIGIN_TEMPLATE] = "part of the chart",
	    [ORIGIN_CONTRACT] = "contract, values or settings",
	};
	const struct report *report = page->report;

	buf_printf(&page->out,
	    "<footer class=\"foot\">\n<details><summary>%zu file%s "
	    "read</summary>\n<ul>\n",
	    report->norigins, report->norigins == 1 ? " was" : "s were");
	for (size_t i = 0; i < report->norigins; i++) {
		buf_add_text(&page->out, "<li><span class=\"mono\">");
		html_add_text(&page->out, report->origins[i]->name);
		buf_printf(&page->out, "</span>: %s</li>\n",
		    roles[report->origins[i]->role]);
	}
	buf_add_text(&page->out, "</ul></details>\n</footer>\n</main>\n");
}

void html_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct page page = {.report = report};

	(void)options;
	add_top(&page);
	add_troubles(&page);
	for (size_t i = 0; i < report->nverdicts; i++)
		html_add_clauses(&page.out, report, &report->verdicts[i]);
	add_timelines(&page);
	add_findings(&page);
	add_suppressed(&page);
	add_foot(&page);
	html_end(&page.out, true);
	fwrite(page.out.ptr, 1, page.out.len, out);
	buf_release(&page.out);
	map_release(&page.seen);
	arena_release(&page.arena);
}
