/*
 * Workflow commands, which GitHub's runner turns into annotations:
 *
 *	::error file=F,line=L,endLine=L,col=C,endColumn=C,title=T::MESSAGE
 *
 * The runner keeps ten of each level and drops the rest, so what matters most
 * comes first: trouble, then errors, warnings, notes.
 */
#include "report/fold.h"
#include "report/line_span.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/uri.h"
#include "sink/sink.h"

static const char *command_of(enum severity severity)
{
	return severity == SEVERITY_NOTE ? "notice" : severity_name(severity);
}

/* What would end the command, or a property of it, percent-encoded. */
static void add_escaped(struct buf *buf, struct slice text, const char *also)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool escape = c == '%' || c == '\r' || c == '\n';

		for (const char *other = also; *other; other++)
			escape |= c == *other;
		if (escape)
			buf_printf(buf, "%%%02X", (unsigned char)c);
		else
			buf_add_char(buf, c);
	}
}

/* Appends "name=text" and takes text out of its buffer. */
static void add_property(
    struct buf *out, const char *before, const char *name, struct buf *text)
{
	buf_printf(out, "%s%s=", before, name);
	add_escaped(out, buf_slice(text), ":,");
	buf_clear(text);
}

/* The place as properties; what has no file in the repository has none. */
static void add_place(struct buf *out, const struct finding *finding)
{
	const struct origin *origin = finding->place.origin;
	struct span span = span_made_valid(finding->place.span, finding->quote);
	struct buf path = {0};

	if (!origin || uri_is_nameless(origin))
		return;
	plain_add(&path, uri_path(origin));
	add_property(out, " ", "file", &path);
	buf_printf(out, ",line=%u,endLine=%u", span.line, span.end_line);
	/* Here the end is the last column, not the one past it. */
	if (span.line == span.end_line)
		buf_printf(
		    out, ",col=%u,endColumn=%u", span.col, span.end_col - 1);
	buf_release(&path);
}

/* Without a file the place is part of the message. */
static void add_finding(struct buf *out, const struct report *report, size_t i)
{
	const struct finding *finding = &report->findings[i];
	const struct origin *origin = finding->place.origin;
	size_t start;
	struct buf text = {0}, others = {0};

	buf_printf(out, "::%s", command_of(finding->severity));
	start = out->len;
	add_place(out, finding);
	plain_add(&text, slice_of(finding->kind->code));
	buf_add_char(&text, ' ');
	plain_add(&text, slice_of(finding->kind->name));
	add_property(out, out->len > start ? "," : " ", "title", &text);
	buf_add_text(out, "::");
	if (origin && uri_is_nameless(origin)) {
		phrase_add_place(&text, finding->place);
		buf_add_text(&text, ": ");
	}
	phrase_add_message(&text, finding);
	fold_add_count(&text, report, i);
	phrase_add_notes(&text, finding, "\n");
	if (fold_add_others(&others, report, i)) {
		buf_add_text(&text, "\nnote: ");
		buf_add_slice(&text, buf_slice(&others));
	}
	add_escaped(out, buf_slice(&text), "");
	buf_add_char(out, '\n');
	buf_release(&text);
	buf_release(&others);
}

static void add_troubles(struct buf *out, const struct report *report)
{
	struct buf text = {0};

	for (size_t i = 0; i < report->ntroubles; i++) {
		buf_add_text(out, "::error title=rolloutlint::");
		plain_add(&text, slice_of(report->troubles[i].text));
		add_escaped(out, buf_slice(&text), "");
		buf_add_char(out, '\n');
		buf_clear(&text);
	}
	buf_release(&text);
}

void github_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct buf text = {0};

	(void)options;
	add_troubles(&text, report);
	for (int level = SEVERITY_ERROR; level > SEVERITY_OFF; level--) {
		for (size_t i = 0; i < report->nfindings; i++) {
			if (report->folds && report->folds[i].is_repeat)
				continue;
			if ((int)report->findings[i].severity == level)
				add_finding(&text, report, i);
		}
	}
	if (text.len)
		fwrite(text.ptr, 1, text.len, out);
	buf_release(&text);
}
