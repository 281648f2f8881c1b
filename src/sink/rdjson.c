/*
 * Reviewdog Diagnostic Format, the message DiagnosticResult as JSON.  Its
 * columns count bytes of UTF-8, so a column can be given only where the line
 * is known; without columns a range means whole lines.
 */
#include "report/json_tree.h"
#include "report/line_span.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "report/rule_url.h"
#include "report/uri.h"
#include "sink/sarif_names.h"
#include "sink/sink.h"

static const char *severity_word(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR: return "ERROR";
	case SEVERITY_WARNING: return "WARNING";
	case SEVERITY_NOTE: return "INFO";
	case SEVERITY_OFF:
	case SEVERITY_MAX: break;
	}
	BUG("a finding that is off");
}

/* {"line": line, "column": bytes from 1}; col 0: no column. */
static struct json *new_position(uint32_t line, uint32_t col, const char *quote)
{
	struct json *position = json_new_object();
	struct slice text = slice_of(quote ? quote : "");

	json_set_number(position, "line", line);
	if (quote && col)
		json_set_number(position, "column",
		    text.len - line_from(text, col).len + 1);
	return position;
}

/* reviewdog takes relative names to begin at the working directory, whatever
 * repository that is in, and absolute ones as they are: so what may be outside
 * of that directory keeps its name. */
static struct slice path_of(const struct origin *origin)
{
	struct slice name = origin ? slice_of(origin->name) : SLICE("stdin");
	bool keeps = !origin || slice_starts(name, SLICE("/")) ||
		     slice_find(name, SLICE("../"), 0) >= 0;

	return keeps ? name : uri_path(origin);
}

static struct json *new_location(
    const struct report *report, struct place place, const char *quote)
{
	struct json *location = json_new_object(), *range = json_new_object();
	const struct origin *origin =
	    place.origin ? place.origin : report_some_origin(report);
	struct span span = span_made_valid(place.span, quote);

	json_set(location, "path", json_new_text(path_of(origin)));
	json_set(range, "start", new_position(span.line, span.col, quote));
	json_set(
	    range, "end", new_position(span.end_line, span.end_col, quote));
	json_set(location, "range", range);
	return location;
}

static struct json *new_plain(const char *text)
{
	struct buf plain = {0};
	struct json *json;

	plain_add(&plain, slice_of(text));
	json = json_new_text(buf_slice(&plain));
	buf_release(&plain);
	return json;
}

/* What a finding says, likewise. */
static struct json *new_message(const struct finding *finding)
{
	struct buf text = {0};
	struct json *json = new_plain(finding_text(finding, &text));

	buf_release(&text);
	return json;
}

static struct json *new_code(const struct diag_kind *kind, const char *docs_url)
{
	struct json *code = json_new_object();
	struct buf url = {0};

	json_set_text(code, "value", kind->id);
	rule_url_add(&url, docs_url, kind);
	json_set_text(code, "url", buf_text(&url));
	buf_release(&url);
	return code;
}

/* Notes without a place of their own are at the finding's. */
static struct json *new_related(
    const struct report *report, const struct finding *finding)
{
	struct json *list = json_new_array();

	for (size_t i = 0; i < finding->nnotes; i++) {
		const struct note *note = &finding->notes[i];
		bool own = place_known(note->place);
		struct json *related = json_new_object();

		json_set(related, "message", new_plain(note->text));
		json_set(related, "location",
		    new_location(report, own ? note->place : finding->place,
			own ? note->quote : finding->quote));
		json_push(list, related);
	}
	return list;
}

static struct json *new_edit_position(uint32_t line, uint32_t byte_col)
{
	struct json *position = json_new_object();

	json_set_number(position, "line", line);
	json_set_number(position, "column", byte_col);
	return position;
}

/* Each suggestion is applied by itself, so only a fix of one edit is one. */
static struct json *new_suggestions(const struct fix *fix)
{
	struct json *list = json_new_array(), *suggestion = json_new_object(),
		    *range = json_new_object();

	json_set(range, "start",
	    new_edit_position(fix->place.span.line, fix->byte_col));
	json_set(range, "end",
	    new_edit_position(fix->place.span.end_line, fix->end_byte_col));
	json_set(suggestion, "range", range);
	json_set_text(suggestion, "text", fix->text);
	json_push(list, suggestion);
	return list;
}

static struct json *new_diagnostic(
    const struct report *report, const struct finding *finding)
{
	struct json *diagnostic = json_new_object();

	json_set(diagnostic, "message", new_message(finding));
	json_set(diagnostic, "location",
	    new_location(report, finding->place, finding->quote));
	json_set_text(diagnostic, "severity", severity_word(finding->severity));
	json_set(diagnostic, "code", new_code(finding->kind, report->docs_url));
	if (finding->nnotes)
		json_set(diagnostic, "relatedLocations",
		    new_related(report, finding));
	if (finding->nfixes == 1)
		json_set(
		    diagnostic, "suggestions", new_suggestions(finding->fixes));
	return diagnostic;
}

/* What is wrong with no file in particular is said of the first one. */
static struct json *diagnostic_of_trouble(
    const struct report *report, const struct trouble *trouble)
{
	struct json *diagnostic = json_new_object();

	json_set(diagnostic, "message", new_plain(trouble->text));
	json_set(diagnostic, "location",
	    new_location(report, (struct place){0}, NULL));
	json_set_text(diagnostic, "severity", "ERROR");
	return diagnostic;
}

/* Troubles come first. */
static struct json *new_diagnostic_at(void *context, size_t i)
{
	const struct report *report = context;

	if (i < report->ntroubles)
		return diagnostic_of_trouble(report, &report->troubles[i]);
	i -= report->ntroubles;
	return new_diagnostic(report, &report->findings[i]);
}

void rdjson_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct json *result = json_new_object(), *source = json_new_object();

	json_set_text(source, "name", "rolloutlint");
	json_set_text(source, "url", SARIF_HOME);
	json_set(result, "source", source);
	json_set(result, "diagnostics",
	    json_new_list(new_diagnostic_at, (void *)(uintptr_t)report,
		report->ntroubles + report->nfindings));
	json_write_out(result, options->njobs, out);
}
