/*
 * The text of a chunk -> YAML events.  The only file that sees libyaml, which
 * reads whatever quick_read() does not.
 *
 * libyaml ends a line at characters that editors do not (a lone CR, U+0085,
 * U+2028, U+2029), so its own lines are not used: its marks count characters
 * from the start, and a table of where lines begin turns them into places.
 */
#include "input/events.h"

#include "input/quick.h"
#include "input/yaml_problem.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* libyaml compares each directive with all before it.  No honest document has
 * more than two or three, and what has more is refused, so no answer hides. */
#define MOST_DIRECTIVES 64

/* Where a line begins in the text, in characters and in bytes. */
struct line_start {
	size_t chars, bytes;
};

struct events {
	yaml_parser_t parser;
	yaml_event_t event;
	bool has_event;
	bool finished;		    /* last is EVENT_ERROR or EVENT_END */
	struct event last;	    /* of libyaml's: the one that comes again */
	struct event_seldom seldom; /* of last */
	struct slice text;
	uint32_t first_line;
	struct line_start *lines;
	size_t nlines, cap;
	size_t at;		/* of lines: the one looked up last */
	bool in_head;		/* while lines are found: of a document */
	size_t ndirectives;	/* in this head */
	struct line_start base; /* where parser was started */
	struct buf problem;	/* what seldom.problem points to */

	struct quick_events quick; /* all of them, when none is libyaml's */
	struct event *next;	   /* of them, to be handed out, up to the */
	struct event *end;	   /* last, which stays */
	struct buf value;	   /* of the last one */
	bool keeps_text;
};

/* A character is counted at its first byte.  What is no UTF-8 is counted
 * wrongly, but libyaml stops before it. */
static bool is_first_byte(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

static size_t count_chars(struct slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += is_first_byte(text.ptr[i]);
	return n;
}

static void add_line(struct events *events, size_t chars, size_t bytes)
{
	events->lines = grow(events->lines, events->nlines, &events->cap,
	    sizeof(*events->lines));
	events->lines[events->nlines++] = (struct line_start){chars, bytes};
}

/* Counts the line that begins at a byte, if it is a directive; those of a
 * document stand before it, among comments and empty lines. */
static void count_directive(struct events *events, size_t from)
{
	struct slice line = slice_after(events->text, from);

	if (slice_starts(line, SLICE("..."))) {
		events->in_head = true;
		events->ndirectives = 0;
	} else if (events->in_head && line.len) {
		events->ndirectives += line.ptr[0] == '%';
		events->in_head = strchr("%# \t\r\n", line.ptr[0]);
	}
}

/* Up to where there are too many directives. */
static void find_lines(struct events *events)
{
	struct slice text = events->text;
	size_t chars = 0, from = 0;
	ptrdiff_t lf;

	events->in_head = true;
	add_line(events, 0, 0);
	count_directive(events, 0);
	while (events->ndirectives <= MOST_DIRECTIVES &&
	       (lf = slice_find(text, SLICE("\n"), from)) >= 0) {
		size_t end = (size_t)lf + 1;

		chars +=
		    count_chars((struct slice){text.ptr + from, end - from});
		add_line(events, chars, end);
		count_directive(events, end);
		from = end;
	}
}

/* The line of a character.  Marks stand close to each other, so walking from
 * the last one is cheaper than any search. */
static size_t find_line(struct events *events, size_t chars)
{
	size_t at = events->at;

	while (at && events->lines[at].chars > chars)
		at--;
	while (at + 1 < events->nlines && events->lines[at + 1].chars <= chars)
		at++;
	events->at = at;
	return at;
}

static void locate(struct events *events, const yaml_mark_t *mark,
    uint32_t *ret_line, uint32_t *ret_col)
{
	size_t chars = events->base.chars + mark->index;
	size_t line = find_line(events, chars);

	*ret_line = events->first_line + (uint32_t)line;
	*ret_col = (uint32_t)(chars - events->lines[line].chars) + 1;
}

static struct span span_of(
    struct events *events, const yaml_mark_t *start, const yaml_mark_t *end)
{
	struct span span;

	locate(events, start, &span.line, &span.col);
	locate(events, end, &span.end_line, &span.end_col);
	return span;
}

/* At the last line that was found. */
static void refuse_directives(struct events *events)
{
	uint32_t line = events->first_line + (uint32_t)events->nlines - 1;

	buf_printf(&events->problem,
	    "a document has at most %d directives (lines that begin with '%%')",
	    MOST_DIRECTIVES);
	events->finished = true;
	events->seldom = (struct event_seldom){
	    .problem = buf_text(&events->problem),
	    .doing = "",
	};
	events->last = (struct event){
	    .type = EVENT_ERROR,
	    .span = {line, 1, line, 2},
	    .seldom = &events->seldom,
	};
}

static void start_parser(struct events *events)
{
	static const char nothing[] = "";
	size_t left = events->text.len - events->base.bytes;
	const char *rest =
	    left ? events->text.ptr + events->base.bytes : nothing;

	if (!yaml_parser_initialize(&events->parser))
		out_of_memory();
	yaml_parser_set_encoding(&events->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &events->parser, (const unsigned char *)rest, left);
}

struct events *events_of_libyaml(struct slice text, uint32_t first_line)
{
	struct events *events = xcalloc(1, sizeof(*events));

	events->text = text;
	events->first_line = first_line;
	find_lines(events);
	if (events->ndirectives > MOST_DIRECTIVES)
		refuse_directives(events);
	/* libyaml wants "---" in its own first column. */
	if (slice_starts(text, SLICE("\xEF\xBB\xBF")))
		events->base = (struct line_start){1, 3};
	start_parser(events);
	return events;
}

struct events *events_new(struct slice text, uint32_t first_line)
{
	struct quick_events quick;
	struct events *events;

	if (!quick_read(text, first_line, &quick))
		return events_of_libyaml(text, first_line);
	events = xcalloc(1, sizeof(*events));
	events->text = text;
	events->quick = quick;
	events->next = quick.items;
	events->end = quick.items + quick.n - 1;
	return events;
}

static void drop_event(struct events *events)
{
	if (events->has_event)
		yaml_event_delete(&events->event);
	events->has_event = false;
}

void events_free(struct events *events)
{
	if (!events)
		return;
	drop_event(events);
	if (!events->quick.n)
		yaml_parser_delete(&events->parser);
	quick_release(&events->quick);
	buf_release(&events->value);
	buf_release(&events->problem);
	free(events->lines);
	free(events);
}

static struct slice slice_or_empty(const yaml_char_t *text)
{
	return text ? slice_of((const char *)text) : (struct slice){"", 0};
}

static void set_scalar(
    struct event *event, struct event_seldom *seldom, const yaml_event_t *from)
{
	yaml_scalar_style_t style = from->data.scalar.style;

	event->type = EVENT_SCALAR;
	seldom->anchor = slice_or_empty(from->data.scalar.anchor);
	seldom->tag = slice_or_empty(from->data.scalar.tag);
	event->value = (struct slice){
	    (const char *)from->data.scalar.value, from->data.scalar.length};
	event->plain = style == YAML_PLAIN_SCALAR_STYLE;
	event->literal = style == YAML_LITERAL_SCALAR_STYLE;
	event->block = event->literal || style == YAML_FOLDED_SCALAR_STYLE;
}

static void set_event(
    struct event *event, struct event_seldom *seldom, const yaml_event_t *from)
{
	switch (from->type) {
	case YAML_NO_EVENT:
	case YAML_STREAM_START_EVENT:
	case YAML_STREAM_END_EVENT: event->type = EVENT_END; break;
	case YAML_DOCUMENT_START_EVENT:
		event->type = EVENT_DOCUMENT_START;
		break;
	case YAML_DOCUMENT_END_EVENT: event->type = EVENT_DOCUMENT_END; break;
	case YAML_ALIAS_EVENT:
		event->type = EVENT_ALIAS;
		seldom->anchor = slice_or_empty(from->data.alias.anchor);
		break;
	case YAML_SCALAR_EVENT: set_scalar(event, seldom, from); break;
	case YAML_SEQUENCE_START_EVENT:
		event->type = EVENT_SEQUENCE_START;
		seldom->anchor =
		    slice_or_empty(from->data.sequence_start.anchor);
		seldom->tag = slice_or_empty(from->data.sequence_start.tag);
		break;
	case YAML_SEQUENCE_END_EVENT: event->type = EVENT_SEQUENCE_END; break;
	case YAML_MAPPING_START_EVENT:
		event->type = EVENT_MAPPING_START;
		seldom->anchor =
		    slice_or_empty(from->data.mapping_start.anchor);
		seldom->tag = slice_or_empty(from->data.mapping_start.tag);
		break;
	case YAML_MAPPING_END_EVENT: event->type = EVENT_MAPPING_END; break;
	}
}

/* The byte at a mark: counted from where the parser began. */
static size_t byte_of(const struct events *events, const yaml_mark_t *mark)
{
	size_t at = events->base.bytes, left = mark->index;

	while (left && at < events->text.len) {
		do
			at++;
		while (at < events->text.len &&
		       !is_first_byte(events->text.ptr[at]));
		left--;
	}
	return at;
}

/*
 * JSON documents may follow each other without anything between; libyaml
 * stops before the second.  Starts anew there: false when it is no JSON.
 */
static bool start_next_json(struct events *events)
{
	const yaml_parser_t *parser = &events->parser;
	struct slice text = events->text;
	size_t at, before;

	if (parser->error != YAML_PARSER_ERROR ||
	    strcmp(parser->problem, "did not find expected <document start>"))
		return false;
	at = before = byte_of(events, &parser->problem_mark);
	while (before && char_is_blank(text.ptr[before - 1]))
		before--;
	if (at == text.len || !before || !strchr("{[", text.ptr[at]) ||
	    !strchr("}]", text.ptr[before - 1]))
		return false;
	events->base.chars += parser->problem_mark.index;
	events->base.bytes = at;
	yaml_parser_delete(&events->parser);
	start_parser(events);
	return true;
}

/* libyaml blames the byte that should have gone on a character; what is wrong
 * there is the byte that began it. */
static size_t bad_byte(const struct events *events)
{
	size_t at = events->base.bytes + events->parser.problem_offset;
	size_t back = at < events->text.len ? at : events->text.len;

	if (!strcmp(events->parser.problem, "invalid trailing UTF-8 octet")) {
		do
			back--;
		while (back && !is_first_byte(events->text.ptr[back]));
		return back;
	}
	return at;
}

/* The character at a byte of the text. */
static struct span span_of_byte(const struct events *events, size_t at)
{
	size_t line = events->nlines - 1;
	struct slice before;
	struct span span;

	while (line && events->lines[line].bytes > at)
		line--;
	before.ptr = events->text.ptr + events->lines[line].bytes;
	before.len = at - events->lines[line].bytes;
	span.line = span.end_line = events->first_line + (uint32_t)line;
	span.col = (uint32_t)utf8_count(before) + 1;
	span.end_col = span.col + 1;
	return span;
}

/* The byte the reader could not take: the only error that knows bytes. */
static void set_reader_error(struct events *events, struct event *event)
{
	const yaml_parser_t *parser = &events->parser;
	size_t at = bad_byte(events);

	event->span = span_of_byte(events, at);
	problem_of_byte(&events->problem,
	    slice_starts(slice_of(parser->problem), SLICE("control")),
	    parser->problem_value,
	    at < events->text.len ? (unsigned char)events->text.ptr[at] : 0);
}

/* What is missing at the end of the text is shown behind its last word: the
 * line after the last one does not exist. */
static struct span span_of_end(const struct events *events)
{
	size_t end = events->text.len;

	while (end && char_is_blank(events->text.ptr[end - 1]))
		end--;
	return span_of_byte(events, end);
}

/* The line a mark is on, without its end. */
static struct slice line_at(struct events *events, const yaml_mark_t *mark)
{
	size_t line = find_line(events, events->base.chars + mark->index);
	size_t from = events->lines[line].bytes;
	size_t to = line + 1 < events->nlines ? events->lines[line + 1].bytes
					      : events->text.len;

	return slice_trim((struct slice){events->text.ptr + from, to - from});
}

/* Where to point: a key without its ":" is missed only on a later line. */
static const yaml_mark_t *problem_mark(const yaml_parser_t *parser)
{
	if (parser->context &&
	    !strcmp(parser->context, "while scanning a simple key"))
		return &parser->context_mark;
	return &parser->problem_mark;
}

static void set_parser_error(struct events *events, struct event *event)
{
	const yaml_parser_t *parser = &events->parser;
	struct event_seldom *seldom = &events->seldom;
	const yaml_mark_t *mark = problem_mark(parser);
	size_t at = byte_of(events, mark);

	event->span = span_of(events, mark, mark);
	if (at >= events->text.len)
		event->span = span_of_end(events);
	else if (!char_is_blank(events->text.ptr[at]))
		event->span.end_col++;
	if (parser->context) {
		seldom->doing = parser->context;
		seldom->context = span_of(
		    events, &parser->context_mark, &parser->context_mark);
	}
	explain_yaml_problem(&events->problem,
	    &(struct problem){
		.what = parser->problem,
		.doing = seldom->doing,
		.has_context = seldom->context.line == event->span.line,
		.line = line_at(events, mark),
		.at = at < events->text.len ? events->text.ptr[at] : '\0',
	    });
}

static void set_error(struct events *events, struct event *event)
{
	event->type = EVENT_ERROR;
	switch (events->parser.error) {
	case YAML_MEMORY_ERROR: out_of_memory();
	case YAML_READER_ERROR: set_reader_error(events, event); break;
	case YAML_SCANNER_ERROR:
	case YAML_PARSER_ERROR: set_parser_error(events, event); break;
	case YAML_NO_ERROR:
	case YAML_COMPOSER_ERROR:
	case YAML_WRITER_ERROR:
	case YAML_EMITTER_ERROR: BUG("an error no parser of events has");
	}
	events->seldom.problem = buf_text(&events->problem);
}

/* The parser's next event, past what only frames a stream. */
static bool parse(struct events *events)
{
	do {
		drop_event(events);
		if (!yaml_parser_parse(&events->parser, &events->event)) {
			if (!start_next_json(events))
				return false;
			continue;
		}
		events->has_event = true;
	} while (!events->has_event ||
		 events->event.type == YAML_STREAM_START_EVENT);
	return true;
}

static const struct event *next_quick(struct events *events)
{
	struct event *event = events->next;

	events->next += event < events->end;
	if (event->style != QUICK_AS_WRITTEN)
		quick_finish(event, &events->value);
	if (!events->keeps_text)
		event->is_borrowed = false;
	return event;
}

void events_keep_text(struct events *events)
{
	events->keeps_text = true;
}

/* The next event of libyaml, or its error. */
static void read_last(struct events *events)
{
	struct event *event = &events->last;

	events->seldom = (struct event_seldom){.doing = ""};
	*event = (struct event){.seldom = &events->seldom};
	if (parse(events)) {
		set_event(event, &events->seldom, &events->event);
		event->span = span_of(
		    events, &events->event.start_mark, &events->event.end_mark);
	} else {
		set_error(events, event);
	}
	events->finished =
	    event->type == EVENT_END || event->type == EVENT_ERROR;
}

const struct event *events_next(struct events *events)
{
	if (events->next)
		return next_quick(events);
	if (!events->finished)
		read_last(events);
	return &events->last;
}
