/* A finding -> Markdown: message, place, line, notes, fix. */
#include "report/fold.h"
#include "report/rule_url.h"
#include "report/source_url.h"
#include "sink/excerpt.h"
#include "sink/markdown_parts.h"
#include "sink/markdown_text.h"

/* Appends `text`, a link to the address when there is one. */
static void add_linked(struct buf *buf, struct slice url, struct slice text)
{
	buf_add_text(buf, url.len ? "[" : "");
	markdown_add_code(buf, text);
	if (url.len)
		buf_printf(buf, "](<%.*s>)", SLICE_ARGS(url));
}

void markdown_add_place(
    struct buf *buf, const struct report *report, struct place place)
{
	struct buf text = {0}, url = {0};

	if (!place.origin)
		return;
	buf_add_text(&text, place.origin->name);
	if (place.span.line)
		buf_printf(&text, ":%u", place.span.line);
	source_url_add(&url, report->source_url, place);
	add_linked(buf, buf_slice(&url), buf_slice(&text));
	buf_release(&text);
	buf_release(&url);
}

static void add_rule(
    struct buf *buf, const struct report *report, const struct diag_kind *kind)
{
	struct buf url = {0};

	rule_url_add_known(&url, report->docs_url, kind);
	add_linked(buf, buf_slice(&url), slice_of(kind->id));
	buf_release(&url);
}

/* The line and what of it is meant, as text for a terminal has it. */
static void add_excerpt(struct buf *buf, const struct finding *finding)
{
	struct buf lines = {0};

	if (!finding->quote || !place_known(finding->place))
		return;
	excerpt_add(
	    &lines, slice_of(finding->quote), finding->place.span, "", "");
	buf_add_char(buf, '\n');
	markdown_add_fenced(buf, buf_slice(&lines), "");
	buf_release(&lines);
}

static void add_notes(struct buf *buf, const struct report *report, size_t i)
{
	const struct finding *finding = &report->findings[i];
	struct buf others = {0};

	buf_add_text(buf, finding->nnotes ? "\n" : "");
	for (size_t j = 0; j < finding->nnotes; j++) {
		const struct note *note = &finding->notes[j];

		buf_add_text(buf, "- note: ");
		markdown_add_text(buf, note->text);
		if (place_known(note->place)) {
			buf_add_text(buf, " (");
			markdown_add_place(buf, report, note->place);
			buf_add_char(buf, ')');
		}
		buf_add_char(buf, '\n');
	}
	if (fold_add_others(&others, report, i)) {
		buf_add_text(buf, finding->nnotes ? "- note: " : "\n- note: ");
		markdown_add(buf, buf_slice(&others));
		buf_add_char(buf, '\n');
	}
	buf_release(&others);
}

void markdown_add_finding(
    struct buf *buf, const struct report *report, size_t i, bool with_fix)
{
	const struct finding *finding = &report->findings[i];
	struct buf count = {0}, text = {0};

	buf_printf(buf, "\n**%s:** ", severity_name(finding->severity));
	markdown_add_text(buf, finding_text(finding, &text));
	buf_release(&text);
	fold_add_count(&count, report, i);
	markdown_add(buf, buf_slice(&count));
	buf_release(&count);
	buf_add_text(buf, "<br>\n");
	markdown_add_place(buf, report, finding->place);
	buf_add_text(buf, finding->place.origin ? ", rule " : "rule ");
	add_rule(buf, report, finding->kind);
	buf_add_char(buf, '\n');
	add_excerpt(buf, finding);
	add_notes(buf, report, i);
	if (with_fix && finding->kind->fix && *finding->kind->fix) {
		buf_add_text(buf, "\n**How to fix it**\n");
		markdown_add_prose(buf, finding->kind->fix);
	}
}
