/* A finding -> its box on the page: message, place, lines, why, fix. */
#include "report/fold.h"
#include "report/html_page.h"
#include "report/line_span.h"
#include "report/plain.h"
#include "report/rule_url.h"
#include "report/source_url.h"
#include "sink/html_parts.h"

#include <string.h>

void html_add_badge(struct buf *buf, enum severity severity)
{
	buf_printf(buf, "<span class=\"badge %s\">%s</span>",
	    severity_name(severity), severity_name(severity));
}

void html_add_place(
    struct buf *buf, const struct report *report, struct place place)
{
	struct buf text = {0}, url = {0};

	if (!place.origin)
		return;
	buf_add_text(&text, place.origin->name);
	if (place.span.line)
		buf_printf(&text, ":%u", place.span.line);
	if (source_url_add(&url, report->source_url, place))
		html_add_link(buf, buf_slice(&url), buf_slice(&text));
	else
		html_add(buf, buf_slice(&text));
	buf_release(&text);
	buf_release(&url);
}

static void add_rule(
    struct buf *buf, const struct report *report, const struct diag_kind *kind)
{
	struct buf url = {0};

	buf_add_text(buf, "<code>");
	if (rule_url_add_known(&url, report->docs_url, kind))
		html_add_link(buf, buf_slice(&url), slice_of(kind->id));
	else
		html_add_text(buf, kind->id);
	buf_add_text(buf, "</code>");
	buf_release(&url);
}

/* FILE:LINE, the path in the object, the rule. */
static void add_where(
    struct buf *buf, const struct report *report, const struct finding *finding)
{
	buf_add_text(buf, "<p class=\"where\">");
	if (finding->place.origin) {
		buf_add_text(buf, "<span class=\"mono\">");
		html_add_place(buf, report, finding->place);
		buf_add_text(buf, "</span>");
	}
	if (finding->path) {
		buf_add_text(buf, "<span class=\"mono\">");
		html_add_text(buf, finding->path);
		buf_add_text(buf, "</span>");
	}
	add_rule(buf, report, finding->kind);
	buf_add_text(buf, "</p>\n");
}

static void add_note(
    struct buf *buf, const struct report *report, const struct note *note)
{
	buf_add_text(buf, "<li>");
	html_add_text(buf, note->text);
	if (place_known(note->place)) {
		buf_add_text(buf, " (");
		html_add_place(buf, report, note->place);
		buf_add_char(buf, ')');
	}
	if (place_known(note->place) && note->quote)
		html_add_excerpt(buf, slice_of(note->quote), note->place.span);
	buf_add_text(buf, "</li>\n");
}

/* Notes, and where else the same mistake shows. */
static void add_hints(struct buf *buf, const struct report *report, size_t i)
{
	const struct finding *finding = &report->findings[i];
	struct buf others = {0};
	bool any = fold_add_others(&others, report, i);

	if (!any && !finding->nnotes)
		return;
	buf_add_text(buf, "<ul class=\"hints\">\n");
	for (size_t j = 0; j < finding->nnotes; j++)
		add_note(buf, report, &finding->notes[j]);
	if (any) {
		buf_add_text(buf, "<li>");
		html_add(buf, buf_slice(&others));
		buf_add_text(buf, "</li>\n");
	}
	buf_add_text(buf, "</ul>\n");
	buf_release(&others);
}

/* The line as it is and as the fix leaves it. */
static void add_new_line(
    struct buf *buf, struct slice line, const struct fix *fix)
{
	struct buf text = {0};

	if (fix->byte_col > line.len + 1 || fix->end_byte_col > line.len + 1)
		return;
	buf_add_text(buf, "<span class=\"old\">- ");
	html_add(buf, line);
	buf_add(&text, line.ptr, fix->byte_col - 1);
	buf_add_text(&text, fix->text);
	buf_add(&text, line.ptr + fix->end_byte_col - 1,
	    line.len - (fix->end_byte_col - 1));
	buf_add_text(buf, "</span><span class=\"new\">+ ");
	html_add(buf, buf_slice(&text));
	buf_add_text(buf, "</span>");
	buf_release(&text);
}

/* Lines that come before the one that the fix is at. */
static void add_inserted(struct buf *buf, const struct fix *fix)
{
	struct slice text = slice_of(fix->text);
	struct buf lines = {0};

	while (text.len && char_is_blank(text.ptr[text.len - 1]))
		text.len--;
	buf_printf(&lines, "%*s%.*s", (int)fix->place.span.col - 1, "",
	    SLICE_ARGS(text));
	text = buf_slice(&lines);
	while (text.len) {
		size_t len =
		    strcspn(buf_text(&lines) + (text.ptr - lines.ptr), "\n");

		buf_add_text(buf, "<span class=\"new\">+ ");
		html_add(buf, (struct slice){text.ptr, len});
		buf_add_text(buf, "</span>");
		len += len < text.len;
		text = (struct slice){text.ptr + len, text.len - len};
	}
	buf_release(&lines);
}

/* What --fix would write. */
static void add_fixes(struct buf *buf, const struct finding *finding)
{
	if (!finding->nfixes)
		return;
	buf_add_text(buf, "<h5>What --fix writes</h5>\n<pre class=\"edit\">");
	for (size_t i = 0; i < finding->nfixes; i++) {
		const struct fix *fix = &finding->fixes[i];
		bool is_here =
		    finding->quote && !strchr(fix->text, '\n') &&
		    fix->place.origin == finding->place.origin &&
		    fix->place.span.line == finding->place.span.line &&
		    fix->place.span.end_line == fix->place.span.line;

		if (is_here)
			add_new_line(buf, slice_of(finding->quote), fix);
		else
			add_inserted(buf, fix);
	}
	buf_add_text(buf, "</pre>\n");
}

static void add_links(struct buf *buf, const struct diag_kind *kind)
{
	if (!kind->nsee)
		return;
	buf_add_text(buf, "<h5>Read more</h5>\n<ul>\n");
	for (size_t i = 0; i < kind->nsee; i++) {
		struct slice see = slice_of(kind->see[i]);

		buf_add_text(buf, "<li>");
		html_add_link(buf, see, see);
		buf_add_text(buf, "</li>\n");
	}
	buf_add_text(buf, "</ul>\n");
}

static void add_reasons(
    struct buf *buf, const struct finding *finding, bool is_open)
{
	const struct diag_kind *kind = finding->kind;

	buf_printf(buf,
	    "<details%s><summary>Why it matters, and how to fix it</summary>\n",
	    is_open ? " open" : "");
	buf_add_text(buf, "<h5>Why</h5>\n");
	html_add_prose(buf, kind->why);
	buf_add_text(buf, "<h5>How to fix it</h5>\n");
	html_add_prose(buf, kind->fix);
	add_fixes(buf, finding);
	add_links(buf, kind);
	buf_add_text(buf, "</details>\n");
}

void html_add_finding(
    struct buf *buf, const struct report *report, size_t i, bool is_open)
{
	const struct finding *finding = &report->findings[i];
	struct buf count = {0}, text = {0};

	buf_printf(buf,
	    "<article class=\"finding %s\" id=\"f%zu\" data-severity=\"%s\" "
	    "data-rule=\"",
	    severity_name(finding->severity), i,
	    severity_name(finding->severity));
	html_add_text(buf, finding->kind->id);
	buf_add_text(buf, "\">\n<h4>");
	html_add_badge(buf, finding->severity);
	buf_add_text(buf, " <span>");
	html_add_text(buf, finding_text(finding, &text));
	buf_release(&text);
	fold_add_count(&count, report, i);
	html_add(buf, buf_slice(&count));
	buf_add_text(buf, "</span></h4>\n");
	add_where(buf, report, finding);
	if (finding->quote && place_known(finding->place))
		html_add_excerpt(
		    buf, slice_of(finding->quote), finding->place.span);
	add_hints(buf, report, i);
	add_reasons(buf, finding, is_open);
	buf_add_text(buf, "</article>\n");
	buf_release(&count);
}
