/*
 * Text as GCC prints it, which editors and CI systems can read already:
 *
 *	FILE: In Kind 'namespace/name', from TEMPLATE:
 *	FILE:LINE:COL: error: MESSAGE [-Wid]
 *	FILE:LINE:COL: note: TEXT
 *
 * each with an excerpt on request.  What one mistake has made of several
 * objects is told once.  What comes from a manifest is escaped, so
 * that no value can forge a line of its own.
 */
#include "diag/suppression.h"
#include "report/fold.h"
#include "report/phrase.h"
#include "report/pieces.h"
#include "report/plain.h"
#include "sink/excerpt.h"
#include "sink/sink.h"

/* GCC's default colours. */
#define COLOR_LOCUS "01"
#define COLOR_ERROR "01;31"
#define COLOR_WARNING "01;35"
#define COLOR_NOTE "01;36"

/* What is being printed. */
struct printer {
	const struct sink_options *options;
	struct buf out;
	struct buf context; /* the last context line; empty: none */
};

static const char *color_of(enum severity severity)
{
	switch (severity) {
	case SEVERITY_ERROR: return COLOR_ERROR;
	case SEVERITY_WARNING: return COLOR_WARNING;
	case SEVERITY_NOTE: return COLOR_NOTE;
	case SEVERITY_OFF:
	case SEVERITY_MAX: break;
	}
	BUG("a finding that is off");
}

static void begin_color(
    const struct printer *printer, struct buf *buf, const char *color)
{
	if (printer->options->color)
		buf_printf(buf, "\33[%sm\33[K", color);
}

static void end_color(const struct printer *printer, struct buf *buf)
{
	if (printer->options->color)
		buf_add_text(buf, "\33[m\33[K");
}

static void add_plain(struct buf *buf, const char *text)
{
	plain_add(buf, slice_of(text));
}

/* "FILE:" or, given a span, "FILE:LINE:COL:", and a blank; the program's name
 * stands for no file. */
static void add_locus(const struct printer *printer, struct buf *buf,
    const struct origin *origin, const struct span *span)
{
	begin_color(printer, buf, COLOR_LOCUS);
	add_plain(buf, origin ? origin->name : "rolloutlint");
	if (origin && span)
		buf_printf(buf, ":%u:%u", span->line ? span->line : 1,
		    span->col ? span->col : 1);
	buf_add_char(buf, ':');
	end_color(printer, buf);
	buf_add_char(buf, ' ');
}

/* "FILE:LINE:COL: error: " */
static void add_head(
    struct printer *printer, struct place place, enum severity severity)
{
	struct buf *out = &printer->out;

	add_locus(printer, out, place.origin, &place.span);
	begin_color(printer, out, color_of(severity));
	buf_printf(out, "%s: ", severity_name(severity));
	end_color(printer, out);
}

/* " [-Wid]": the option that turns it off. */
static void add_option(struct printer *printer, const struct finding *finding)
{
	struct buf *out = &printer->out;

	buf_add_text(out, " [");
	begin_color(printer, out, color_of(finding->severity));
	buf_add_text(out, finding->promoted ? "-Werror=" : "-W");
	add_plain(out, finding->kind->id);
	end_color(printer, out);
	buf_add_char(out, ']');
}

static void add_excerpt(struct printer *printer, struct place place,
    const char *quote, enum severity severity)
{
	struct buf mark = {0}, unmark = {0};

	if (!printer->options->quote || !quote || !place_known(place))
		return;
	begin_color(printer, &mark, color_of(severity));
	end_color(printer, &unmark);
	excerpt_add(&printer->out, slice_of(quote), place.span, buf_text(&mark),
	    buf_text(&unmark));
	buf_release(&mark);
	buf_release(&unmark);
}

/* "FILE: In Rollout 'shop/web', from chart/templates/rollout.yaml:" */
static void spell_context(const struct printer *printer,
    const struct finding *finding, struct buf *buf)
{
	const struct subject *subject = finding->subject;

	if (!subject)
		return;
	add_locus(printer, buf, finding->place.origin, NULL);
	buf_add_text(buf, "In ");
	phrase_add_object(buf, subject);
	if (subject->source[0]) {
		buf_add_text(buf, ", from ");
		add_plain(buf, subject->source);
	}
	buf_add_text(buf, ":\n");
}

/* Prints the context line when it is not the last one. */
static void add_context(struct printer *printer, const struct finding *finding)
{
	struct buf context = {0};

	spell_context(printer, finding, &context);
	if (!slice_eq(buf_slice(&context), buf_slice(&printer->context)))
		buf_add_slice(&printer->out, buf_slice(&context));
	buf_release(&printer->context);
	printer->context = context;
}

static void add_note(struct printer *printer, const struct finding *finding,
    const struct note *note)
{
	struct place place =
	    place_known(note->place) ? note->place : finding->place;

	add_head(printer, place, SEVERITY_NOTE);
	add_plain(&printer->out, note->text);
	buf_add_char(&printer->out, '\n');
	add_excerpt(printer, note->place, note->quote, SEVERITY_NOTE);
}

/* What is held back is told, but is no error of anybody's build. */
static void add_suppressed(
    struct printer *printer, const struct finding *finding)
{
	add_context(printer, finding);
	add_head(printer, finding->place, SEVERITY_NOTE);
	buf_printf(
	    &printer->out, "suppressed %s: ", severity_name(finding->severity));
	phrase_add_text(&printer->out, finding);
	add_option(printer, finding);
	buf_add_char(&printer->out, '\n');
	add_head(printer, finding->suppression->place, SEVERITY_NOTE);
	buf_add_text(&printer->out, "because: ");
	add_plain(&printer->out, finding->suppression->reason);
	buf_add_char(&printer->out, '\n');
}

/* As in a string of C, bytes that are not ASCII in octal. */
static void add_c_string(struct buf *buf, const char *text)
{
	buf_add_char(buf, '"');
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c == '"' || c == '\\')
			buf_printf(buf, "\\%c", c);
		else if (c == '\n')
			buf_add_text(buf, "\\n");
		else if (c == '\t')
			buf_add_text(buf, "\\t");
		else if (c < 0x20 || c > 0x7E)
			buf_printf(buf, "\\%03o", c);
		else
			buf_add_char(buf, (char)c);
	}
	buf_add_char(buf, '"');
}

/* fix-it:"FILE":{LINE:COL-LINE:COL}:"TEXT", columns in bytes */
static void add_fixits(struct printer *printer, const struct finding *finding)
{
	struct buf *out = &printer->out;

	if (!printer->options->fixits)
		return;
	for (size_t i = 0; i < finding->nfixes; i++) {
		const struct fix *fix = &finding->fixes[i];

		buf_add_text(out, "fix-it:");
		add_c_string(out, fix->place.origin->name);
		buf_printf(out, ":{%u:%u-%u:%u}:", fix->place.span.line,
		    fix->byte_col, fix->place.span.end_line, fix->end_byte_col);
		add_c_string(out, fix->text);
		buf_add_char(out, '\n');
	}
}

/* The edits of all findings that one stands for. */
static void add_all_fixits(
    struct printer *printer, const struct report *report, size_t i)
{
	size_t n = report->folds ? report->folds[i].nmore : 0;

	add_fixits(printer, &report->findings[i]);
	for (; n; n--) {
		i = report->folds[i].next;
		add_fixits(printer, &report->findings[i]);
	}
}

/* Where else the same mistake shows. */
static void add_others(
    struct printer *printer, const struct report *report, size_t i)
{
	struct buf text = {0};

	if (fold_add_others(&text, report, i)) {
		add_head(printer, report->findings[i].place, SEVERITY_NOTE);
		buf_add_slice(&printer->out, buf_slice(&text));
		buf_add_char(&printer->out, '\n');
	}
	buf_release(&text);
}

static void add_finding(
    struct printer *printer, const struct report *report, size_t i)
{
	const struct finding *finding = &report->findings[i];

	add_context(printer, finding);
	add_head(printer, finding->place, finding->severity);
	phrase_add_text(&printer->out, finding);
	fold_add_count(&printer->out, report, i);
	add_option(printer, finding);
	buf_add_char(&printer->out, '\n');
	add_excerpt(printer, finding->place, finding->quote, finding->severity);
	add_all_fixits(printer, report, i);
	for (size_t j = 0; j < finding->nnotes; j++)
		add_note(printer, finding, &finding->notes[j]);
	add_others(printer, report, i);
}

/* What a report is printed from and to. */
struct writing {
	FILE *out;
	const struct report *report;
	const struct sink_options *options;
};

/* Findings that one thread prints before it takes the next. */
#define FINDINGS_AT_ONCE 128

static bool is_printed(const struct report *report, size_t i)
{
	return !report->folds || !report->folds[i].is_repeat;
}

/* The context line that stands before finding i. */
static void find_context(
    struct printer *printer, const struct report *report, size_t i)
{
	while (i-- > 0) {
		if (!is_printed(report, i))
			continue;
		spell_context(
		    printer, &report->findings[i], &printer->context);
		return;
	}
}

static void print_findings(
    void *context, size_t from, size_t to, struct buf *piece)
{
	const struct writing *writing = context;
	const struct report *report = writing->report;
	struct printer printer = {.options = writing->options, .out = *piece};
	bool is_first = true;

	for (size_t i = from; i < to; i++) {
		if (!is_printed(report, i))
			continue;
		if (is_first)
			find_context(&printer, report, i);
		is_first = false;
		add_finding(&printer, report, i);
	}
	*piece = printer.out;
	buf_release(&printer.context);
}

static void write_piece(void *context, struct slice piece)
{
	const struct writing *writing = context;

	fwrite(piece.ptr, 1, piece.len, writing->out);
}

static void write_suppressed(struct writing *writing)
{
	const struct report *report = writing->report;
	struct printer printer = {.options = writing->options};

	find_context(&printer, report, report->nfindings);
	for (size_t i = 0; i < report->nsuppressed; i++) {
		add_suppressed(&printer, &report->suppressed[i]);
		write_piece(writing, buf_slice(&printer.out));
		buf_clear(&printer.out);
	}
	buf_release(&printer.out);
	buf_release(&printer.context);
}

void gcc_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct writing writing = {out, report, options};
	const struct pieces pieces = {
	    .n = report->nfindings,
	    .at_once = FINDINGS_AT_ONCE,
	    .print = print_findings,
	    .take = write_piece,
	    .context = &writing,
	};

	pieces_print(&pieces, options->njobs);
	write_suppressed(&writing);
}
