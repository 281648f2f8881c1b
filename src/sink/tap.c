/*
 * The Test Anything Protocol, version 14, which readers of version 13 take
 * too: a failed test for each finding, with what there is to say of it as YAML
 * below.  What does not make the exit status 1 is marked "# TODO" and may fail.
 * Trouble is a failed test, and bails out.
 */
#include "diag/suppression.h"
#include "report/phrase.h"
#include "report/plain.h"
#include "sink/sink.h"

/* A description: one line, "#" and "\" escaped, "#" because a directive would
 * begin there. */
static void add_description(struct buf *out, struct slice text)
{
	while (text.len) {
		size_t step = 1;

		if (*text.ptr == '#' || *text.ptr == '\\')
			buf_printf(out, "\\%c", *text.ptr);
		else
			step = plain_add_char(out, text);
		text = (struct slice){text.ptr + step, text.len - step};
	}
}

/* A double-quoted scalar of YAML. */
static void add_quoted(struct buf *out, const char *text)
{
	struct buf plain = {0};

	plain_add(&plain, slice_of(text));
	buf_add_char(out, '"');
	for (size_t i = 0; i < plain.len; i++) {
		if (plain.ptr[i] == '"' || plain.ptr[i] == '\\')
			buf_add_char(out, '\\');
		buf_add_char(out, plain.ptr[i]);
	}
	buf_add_char(out, '"');
	buf_release(&plain);
}

static void add_field(
    struct buf *out, const char *indent, const char *name, const char *text)
{
	buf_printf(out, "%s%s: ", indent, name);
	add_quoted(out, text);
	buf_add_char(out, '\n');
}

/* {file: ..., line: ..., column: ...} */
static void add_place(struct buf *out, const char *indent, struct place place)
{
	if (!place_known(place))
		return;
	buf_printf(out, "%sat: {file: ", indent);
	add_quoted(out, place.origin->name);
	buf_printf(out, ", line: %u, column: %u}\n", place.span.line,
	    place.span.col ? place.span.col : 1);
}

static void add_details(struct buf *out, const struct finding *finding)
{
	struct buf text = {0};

	buf_add_text(out, "  ---\n");
	add_field(out, "  ", "message", finding_text(finding, &text));
	buf_release(&text);
	add_field(out, "  ", "severity", severity_name(finding->severity));
	add_field(out, "  ", "rule", finding->kind->id);
	add_place(out, "  ", finding->place);
	if (finding->nnotes)
		buf_add_text(out, "  notes:\n");
	for (size_t i = 0; i < finding->nnotes; i++) {
		add_field(out, "    - ", "message", finding->notes[i].text);
		add_place(out, "      ", finding->notes[i].place);
	}
	buf_add_text(out, "  ...\n");
}

static void add_finding(struct buf *out, const struct report *report,
    const struct finding *finding, size_t number)
{
	struct buf title = {0}, text = {0};

	phrase_add_title(&title, finding);
	buf_add_text(&title, ": ");
	buf_printf(out, "not ok %zu - ", number);
	add_description(out, buf_slice(&title));
	add_description(out, slice_of(finding_text(finding, &text)));
	if (finding->severity < report->fail_on)
		buf_printf(out, " # TODO %s", severity_name(finding->severity));
	buf_add_char(out, '\n');
	add_details(out, finding);
	buf_release(&title);
	buf_release(&text);
}

/* What is held back has passed: nobody is to mend it. */
static void add_suppressed(
    struct buf *out, const struct finding *finding, size_t number)
{
	struct buf title = {0}, text = {0};

	phrase_add_title(&title, finding);
	buf_add_text(&title, ": ");
	buf_printf(out, "ok %zu - ", number);
	add_description(out, buf_slice(&title));
	add_description(out, slice_of(finding_text(finding, &text)));
	buf_add_text(out, " # SKIP ");
	add_description(out, slice_of(finding->suppression->reason));
	buf_add_char(out, '\n');
	buf_release(&title);
	buf_release(&text);
}

/* Bailing out comes last: nothing after it is read. */
static void add_troubles(
    struct buf *out, const struct report *report, size_t number)
{
	for (size_t i = 0; i < report->ntroubles; i++) {
		buf_printf(out, "not ok %zu - ", number++);
		add_description(out, slice_of(report->troubles[i].text));
		buf_add_char(out, '\n');
	}
	if (report->ntroubles) {
		buf_add_text(out, "Bail out! ");
		add_description(out, slice_of(report->troubles[0].text));
		buf_add_char(out, '\n');
	}
}

void tap_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	size_t number = 0, ntests = report->nfindings + report->nsuppressed +
				    report->ntroubles;
	struct buf text = {0};

	(void)options;
	buf_printf(&text, "TAP version 14\n1..%zu\n", ntests ? ntests : 1);
	if (!ntests)
		buf_add_text(&text, "ok 1 - no findings\n");
	while (number < report->nfindings) {
		const struct finding *finding = &report->findings[number++];

		add_finding(&text, report, finding, number);
	}
	for (size_t i = 0; i < report->nsuppressed; i++)
		add_suppressed(&text, &report->suppressed[i], ++number);
	add_troubles(&text, report, number + 1);
	fwrite(text.ptr, 1, text.len, out);
	buf_release(&text);
}
