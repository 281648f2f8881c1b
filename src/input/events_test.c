/*
 * Events and their places.  An event is spelled "TYPE LINE:COL-LINE:COL text",
 * one a line; testdata/events holds whole lists of them.
 */
#include "input/events.h"

#include "input/source.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {
    [EVENT_END] = "end",
    [EVENT_DOCUMENT_START] = "document",
    [EVENT_DOCUMENT_END] = "document-end",
    [EVENT_ALIAS] = "alias",
    [EVENT_SCALAR] = "scalar",
    [EVENT_SEQUENCE_START] = "sequence",
    [EVENT_SEQUENCE_END] = "sequence-end",
    [EVENT_MAPPING_START] = "mapping",
    [EVENT_MAPPING_END] = "mapping-end",
    [EVENT_ERROR] = "error",
};

static void spell(struct buf *list, const struct event *event)
{
	buf_printf(list, "%s %u:%u-%u:%u", names[event->type], event->span.line,
	    event->span.col, event->span.end_line, event->span.end_col);
	if (event->seldom->anchor.len)
		buf_printf(list, " &%.*s", SLICE_ARGS(event->seldom->anchor));
	if (event->seldom->tag.len)
		buf_printf(list, " <%.*s>", SLICE_ARGS(event->seldom->tag));
	if (event->type == EVENT_SCALAR) {
		buf_add_text(list, event->plain ? " " : " \"");
		buf_add_slice(list, event->value);
		buf_add_text(list, event->plain ? "" : "\"");
	}
	buf_add_char(list, '\n');
}

/* All events of text but the last, which is returned. */
static struct event spell_all(struct events *events, struct buf *list)
{
	const struct event *event;

	for (;;) {
		event = events_next(events);
		if (event->type == EVENT_END || event->type == EVENT_ERROR)
			return *event;
		spell(list, event);
	}
}

static void expect_at(
    struct slice text, uint32_t first_line, const char *expected)
{
	struct events *events = events_new(text, first_line);
	struct buf list = {0};
	struct event last = spell_all(events, &list);

	cr_assert_eq(last.type, EVENT_END, "%s",
	    last.seldom->problem ? last.seldom->problem : "");
	cr_assert_str_eq(buf_text(&list), expected);
	buf_release(&list);
	events_free(events);
}

static void expect(const char *text, const char *expected)
{
	expect_at(slice_of(text), 1, expected);
}

/* The error that text ends in: "LINE:COL sentence", and where it began. */
static void expect_error(
    struct slice text, const char *error, uint32_t context_line)
{
	struct events *events = events_new(text, 1);
	struct buf list = {0};
	struct event last = spell_all(events, &list);
	const struct event *again;

	buf_clear(&list);
	cr_assert_eq(last.type, EVENT_ERROR);
	buf_printf(&list, "%u:%u %s", last.span.line, last.span.col,
	    last.seldom->problem);
	cr_assert_str_eq(buf_text(&list), error);
	cr_assert_eq(last.seldom->context.line, context_line);
	again = events_next(events);
	cr_assert_eq(again->type, EVENT_ERROR, "an error stays one");
	cr_assert_str_eq(again->seldom->problem, last.seldom->problem);
	buf_release(&list);
	events_free(events);
}

Test(input_events, no_text_no_events)
{
	expect("", "");
	expect("# a comment\n", "");
	expect_at((struct slice){NULL, 0}, 1, "");
}

Test(input_events, lines_count_from_the_first_one)
{
	expect_at(SLICE("---\na\n"), 41,
	    "document 41:1-41:4\n"
	    "scalar 42:1-42:2 a\n"
	    "document-end 43:1-43:1\n");
}

Test(input_events, an_end_stays_one)
{
	struct events *events = events_new(SLICE(""), 1);

	for (int i = 0; i < 3; i++) {
		cr_assert_eq(events_next(events)->type, EVENT_END);
	}
	events_free(events);
}

Test(input_events, columns_count_code_points)
{
	expect("\xC3\xA9\xF0\x9F\x98\x80: b\n",
	    "document 1:1-1:1\n"
	    "mapping 1:1-1:1\n"
	    "scalar 1:1-1:3 \xC3\xA9\xF0\x9F\x98\x80\n"
	    "scalar 1:5-1:6 b\n"
	    "mapping-end 2:1-2:1\n"
	    "document-end 2:1-2:1\n");
}

Test(input_events, only_lf_ends_a_line)
{
	/* CR, NEL and LS end a line for libyaml, not for an editor. */
	static const struct slice texts[] = {
	    SLICE("a: b\rc: d\n- \n"),
	    SLICE("a: b\xC2\x85"
		  "c: d\n- \n"),
	    SLICE("a: b\xE2\x80\xA8"
		  "c: d\n- \n"),
	};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct slice text = texts[i];

		text.len -= strlen("- \n");
		expect_at(text, 1,
		    "document 1:1-1:1\n"
		    "mapping 1:1-1:1\n"
		    "scalar 1:1-1:2 a\n"
		    "scalar 1:4-1:5 b\n"
		    "scalar 1:6-1:7 c\n"
		    "scalar 1:9-1:10 d\n"
		    "mapping-end 2:1-2:1\n"
		    "document-end 2:1-2:1\n");
		expect_error(texts[i],
		    "2:1 did not find expected key; check the indentation of "
		    "this line and of those above",
		    1);
	}
}

Test(input_events, crlf_is_one_line_end)
{
	expect("- a\r\n- b\r\n", "document 1:1-1:1\n"
				 "sequence 1:1-1:1\n"
				 "scalar 1:3-1:4 a\n"
				 "scalar 2:3-2:4 b\n"
				 "sequence-end 3:1-3:1\n"
				 "document-end 3:1-3:1\n");
}

Test(input_events, a_byte_order_mark_before_the_marker)
{
	expect("\xEF\xBB\xBF---\na\n", "document 1:2-1:5\n"
				       "scalar 2:1-2:2 a\n"
				       "document-end 3:1-3:1\n");
}

Test(input_events, json_documents_in_one_line)
{
	expect("{}[1]\n  {}", "document 1:1-1:1\n"
			      "mapping 1:1-1:2\n"
			      "mapping-end 1:2-1:3\n"
			      "document-end 1:3-1:3\n"
			      "document 1:3-1:3\n"
			      "sequence 1:3-1:4\n"
			      "scalar 1:4-1:5 1\n"
			      "sequence-end 1:5-1:6\n"
			      "document-end 2:3-2:3\n"
			      "document 2:3-2:3\n"
			      "mapping 2:3-2:4\n"
			      "mapping-end 2:4-2:5\n"
			      "document-end 2:5-2:5\n");
}

Test(input_events, more_text_that_is_no_json)
{
	expect_error(SLICE("{}\nx\n"),
	    "2:1 more text after the end of the document; a '---' line must "
	    "come between documents",
	    0);
}

Test(input_events, bytes_that_may_not_be_in_yaml)
{
	expect_error(
	    SLICE("a: b\nc: \xC3\xA9\xFF\n"), "2:5 invalid UTF-8 byte 0xFF", 0);
	expect_error(SLICE("a: \xE2\x82"), "1:4 invalid UTF-8 byte 0xE2", 0);
	expect_error(SLICE("a: b\x01\n"),
	    "1:5 control character U+0001 is not allowed in YAML", 0);
	expect_error(SLICE("a: b\nc: \0\n"),
	    "2:4 control character U+0000 is not allowed in YAML", 0);
}

Test(input_events, a_tab_for_indentation)
{
	static const char sentence[] =
	    "2:1 a tab cannot indent YAML; use spaces";

	expect_error(SLICE("a:\n\tb: c\n"), sentence, 2);
	expect_error(SLICE("a: 1\n\tb: c\n"), sentence, 1);
	expect_error(SLICE("a: |\n\tb\n"), sentence, 1);
}

Test(input_events, a_template_action_left_over)
{
	expect_error(SLICE("a: {{ x }}-b\n"),
	    "1:11 looks like an unrendered template action '{{'", 1);
	expect_error(SLICE("a: 1\n{{- if }}\nb: 1\n"),
	    "2:1 looks like an unrendered template action '{{'", 2);
	/* One that is well-formed elsewhere has nothing to do with it. */
	expect_error(SLICE("a: '{{'\nb: @\n"),
	    "2:4 a value cannot begin with '@'; put it in quotes", 2);
}

Test(input_events, usual_accidents)
{
	expect_error(SLICE("a: b\nfoo\nc: d\n"),
	    "2:1 could not find expected ':'; this line is not a 'key: value', "
	    "or it is indented too little",
	    2);
	expect_error(SLICE("a: b: c\n"),
	    "1:5 a 'key: value' is not allowed here; check the indentation, "
	    "or quote a value that contains ': '",
	    0);
	expect_error(SLICE("- a\nb: c\n"),
	    "2:1 did not find expected '-' of the list; check the indentation "
	    "of this line and of those above",
	    1);
	expect_error(SLICE("a: \"b\n"), "1:6 the text ends inside quotes", 1);
}

Test(input_events, other_errors_in_their_own_words)
{
	expect_error(SLICE("a: [1,\nb: ]\n}"),
	    "3:1 did not find expected key; check the indentation of this "
	    "line and of those above",
	    1);
	expect_error(SLICE("a: \"\\q\"\n"),
	    "1:5 found unknown escape character while parsing a quoted scalar",
	    1);
	expect_error(SLICE("a: [1\n"),
	    "1:6 did not find expected ',' or ']' while parsing a flow "
	    "sequence",
	    1);
}

/* 64 in each document; the head of a document is between "..." and "---". */
Test(input_events, directives_have_a_limit)
{
	struct buf text = {0};

	for (int document = 0; document < 2; document++) {
		buf_add_text(&text, document ? "...\n" : "\n# head\n");
		for (int i = 0; i < 64; i++)
			buf_printf(&text, "%%TAG !t%d! tag:t\n", i);
		buf_add_text(&text, "---\nx\n");
	}
	expect_at(buf_slice(&text), 1,
	    "document 3:1-67:4\n"
	    "scalar 68:1-68:2 x\n"
	    "document-end 69:1-69:4\n"
	    "document 70:1-134:4\n"
	    "scalar 135:1-135:2 x\n"
	    "document-end 136:1-136:1\n");
	buf_clear(&text);
	for (int i = 0; i < 65; i++)
		buf_printf(&text, "%%TAG !t%d! tag:t\n \n", i);
	expect_error(buf_slice(&text),
	    "129:1 a document has at most 64 directives (lines that begin with "
	    "'%')",
	    0);
	buf_release(&text);
}

Test(input_events, a_long_scalar)
{
	size_t len = 10 << 20;
	char *bytes = xmalloc(len);
	struct events *events;
	const struct event *event;

	memset(bytes, 'a', len);
	events = events_new((struct slice){bytes, len}, 1);
	events_next(events);
	event = events_next(events);
	cr_assert_eq(event->type, EVENT_SCALAR);
	cr_assert_eq(event->value.len, len);
	cr_assert_eq(event->span.end_col, len + 1);
	events_free(events);
	free(bytes);
}

static void read_file(const char *name, const char *suffix, struct buf *ret)
{
	const char *folder = getenv("srcdir");
	struct origin origin = {0};
	struct fault fault = {0};
	struct source source;
	struct buf path = {0};
	char bytes[4096];
	ssize_t n;

	buf_printf(&path, "%s/testdata/events/%s%s", folder ? folder : ".",
	    name, suffix);
	origin.name = buf_text(&path);
	cr_assert_eq(source_open(&source, &origin, false, &fault), 0, "%s",
	    fault_text(&fault));
	while ((n = source_read(&source, bytes, sizeof(bytes), &fault)) > 0)
		buf_add(ret, bytes, (size_t)n);
	cr_assert_eq(n, 0);
	source_release(&source);
	buf_release(&path);
	fault_release(&fault);
}

Test(input_events, whole_files)
{
	static const char *const files[] = {"styles", "deployment"};

	for (size_t i = 0; i < COUNT_OF(files); i++) {
		struct buf text = {0}, expected = {0}, list = {0};
		struct events *events;

		read_file(files[i], ".yaml", &text);
		read_file(files[i], ".events", &expected);
		events = events_new(buf_slice(&text), 1);
		cr_assert_eq(spell_all(events, &list).type, EVENT_END);
		cr_assert_str_eq(
		    buf_text(&list), buf_text(&expected), "%s", files[i]);
		events_free(events);
		buf_release(&text);
		buf_release(&expected);
		buf_release(&list);
	}
}

/* Every truncation is read to its end or to one error, in its own text. */
Test(input_events, every_truncation_ends)
{
	struct buf text = {0}, list = {0};

	read_file("deployment", ".yaml", &text);
	for (size_t len = 0; len <= text.len; len++) {
		char *copy = xmalloc(len);
		struct events *events;
		struct event last;

		memcpy(copy, text.ptr, len);
		events = events_new((struct slice){copy, len}, 1);
		last = spell_all(events, &list);
		cr_assert(last.type == EVENT_END || last.seldom->problem);
		cr_assert_leq(last.span.line, 24);
		events_free(events);
		free(copy);
	}
	buf_release(&text);
	buf_release(&list);
}
