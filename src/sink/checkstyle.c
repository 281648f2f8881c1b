/*
 * XML as Checkstyle writes it: a file element for each file, an error element
 * for each finding.  The format knows neither notes nor objects, so the notes
 * follow the message.
 */
#include "report/line_span.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/uri.h"
#include "report/xml.h"
#include "sink/sink.h"

static const char *severity_word(enum severity severity)
{
	return severity == SEVERITY_NOTE ? "info" : severity_name(severity);
}

/* Begins the element of a file; no file is called like the program. */
static void begin_file(struct buf *out, const struct origin *origin)
{
	struct buf name = {0};

	plain_add(&name, origin ? uri_path(origin) : SLICE("rolloutlint"));
	buf_add_text(out, "<file");
	xml_add_attribute(out, "name", &name);
	buf_add_text(out, ">\n");
	buf_release(&name);
}

static void add_finding(struct buf *out, const struct finding *finding)
{
	struct span span = span_made_valid(finding->place.span, finding->quote);
	struct buf text = {0};

	buf_printf(
	    out, "<error line=\"%u\" column=\"%u\"", span.line, span.col);
	xml_add_word(out, "severity", severity_word(finding->severity));
	phrase_add_text(&text, finding);
	phrase_add_notes(&text, finding, "; ");
	xml_add_attribute(out, "message", &text);
	buf_add_text(&text, "rolloutlint.");
	plain_add(&text, slice_of(finding->kind->id));
	xml_add_attribute(out, "source", &text);
	buf_add_text(out, "/>\n");
	buf_release(&text);
}

/* Findings are sorted by file. */
static void add_findings(struct buf *out, const struct report *report)
{
	for (size_t i = 0; i < report->nfindings; i++) {
		const struct finding *finding = &report->findings[i];
		const struct origin *origin = finding->place.origin;

		if (!i || origin != finding[-1].place.origin) {
			buf_add_text(out, i ? "</file>\n" : "");
			begin_file(out, origin);
		}
		add_finding(out, finding);
	}
	buf_add_text(out, report->nfindings ? "</file>\n" : "");
}

static void add_troubles(struct buf *out, const struct report *report)
{
	struct buf text = {0};

	if (!report->ntroubles)
		return;
	begin_file(out, report_some_origin(report));
	for (size_t i = 0; i < report->ntroubles; i++) {
		buf_add_text(out, "<error line=\"1\" severity=\"error\"");
		plain_add(&text, slice_of(report->troubles[i].text));
		xml_add_attribute(out, "message", &text);
		xml_add_word(out, "source", "rolloutlint.trouble");
		buf_add_text(out, "/>\n");
	}
	buf_add_text(out, "</file>\n");
	buf_release(&text);
}

void checkstyle_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct buf text = {0};

	(void)options;
	buf_add_text(&text, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
			    "<checkstyle version=\"4.3\">\n");
	add_troubles(&text, report);
	add_findings(&text, report);
	buf_add_text(&text, "</checkstyle>\n");
	fwrite(text.ptr, 1, text.len, out);
	buf_release(&text);
}
