/* Texts out of documents, and the sentences for what is none. */
#include "doc/reader.h"

#include <criterion/criterion.h>
#include <string.h>

static const struct origin origin = {.name = "x.yaml"};

/* A reader and the root of a text for it to read. */
struct reading {
	struct arena arena;
	struct fault fault;
	struct finding_list findings;
	struct reader reader;
	const struct node *root;
};

static void reading_init(struct reading *reading, const char *text)
{
	struct events *events = events_new(slice_of(text), 1);

	*reading = (struct reading){0};
	reading->reader =
	    (struct reader){&origin, &reading->arena, &reading->fault};
	cr_assert_eq(document_load(events, &origin, &default_limits,
			 &reading->arena, &reading->findings, &reading->root),
	    1);
	events_free(events);
}

static void reading_release(struct reading *reading)
{
	fault_release(&reading->fault);
	finding_list_release(&reading->findings);
	arena_release(&reading->arena);
}

static void expect_text(const char *yaml, const char *expected)
{
	struct reading reading;
	const char *text = NULL;

	reading_init(&reading, yaml);
	cr_assert_eq(reader_text(&reading.reader, "it", reading.root, &text), 0,
	    "%s", fault_text(&reading.fault));
	cr_assert_str_eq(text, expected);
	reading_release(&reading);
}

static void expect_refused(const char *yaml, const char *sentence)
{
	struct reading reading;
	const char *text = NULL;

	reading_init(&reading, yaml);
	cr_assert_eq(
	    reader_text(&reading.reader, "it", reading.root, &text), -1);
	cr_assert_str_eq(fault_text(&reading.fault), sentence);
	cr_assert_null(text, "set only on success");
	reading_release(&reading);
}

Test(doc_reader, texts)
{
	expect_text("word", "word");
	expect_text("two words", "two words");
	expect_text("'7'", "7");
	expect_text("\"true\"", "true");
	expect_text("|\n  a\n  b\n", "a\nb\n");
}

Test(doc_reader, what_is_no_text)
{
	expect_refused(
	    "7", "x.yaml:1:1: error: it must be a string, not the number 7");
	expect_refused("1.50",
	    "x.yaml:1:1: error: it must be a string, not the number 1.50");
	expect_refused("yes",
	    "x.yaml:1:1: error: it must be a string, not the boolean yes");
	expect_refused("~", "x.yaml:1:1: error: it must be a string, not null");
	expect_refused(
	    "\n  [a]", "x.yaml:2:3: error: it must be a string, not a list");
	expect_refused(
	    "{}", "x.yaml:1:1: error: it must be a string, not a mapping");
	expect_refused(
	    "''", "x.yaml:1:1: error: it must be a string that is not empty");
	expect_refused("\"a\\0b\"",
	    "x.yaml:1:1: error: it must be a string without a NUL character");
}

static void expect_quoted(struct slice text, const char *expected)
{
	struct arena arena = {0};
	struct reader reader = {&origin, &arena, NULL};

	cr_assert_str_eq(reader_quote(&reader, text), expected);
	arena_release(&arena);
}

/* A fault is one line of valid UTF-8. */
Test(doc_reader, texts_are_repeated_in_one_line)
{
	expect_quoted(SLICE("word"), "'word'");
	expect_quoted(SLICE(""), "''");
	expect_quoted(SLICE("a\nb\tc\0d"), "'a?b?c?d'");
	expect_quoted(SLICE("a\xFF"
			    "b"),
	    "'a\xEF\xBF\xBD"
	    "b'");
}

#define TEN "0123456789"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN

/* Cut at 80 bytes, but never inside a character. */
Test(doc_reader, long_texts_are_cut)
{
	expect_quoted(SLICE(SEVENTY TEN), "'" SEVENTY TEN "'");
	expect_quoted(SLICE(SEVENTY TEN "x"), "'" SEVENTY TEN "...'");
	expect_quoted(SLICE(SEVENTY "012345678\xC3\xA4 more"),
	    "'" SEVENTY "012345678...'");
}

static void expect_described(const char *yaml, const char *expected)
{
	struct reading reading;

	reading_init(&reading, yaml);
	cr_assert_str_eq(
	    reader_describe(&reading.reader, reading.root), expected);
	reading_release(&reading);
}

Test(doc_reader, nodes_are_described)
{
	expect_described("word", "the string 'word'");
	expect_described("'7'", "the string '7'");
	expect_described("7", "the number 7");
	expect_described("7.5", "the number 7.5");
	expect_described("off", "the boolean off");
	expect_described("null", "null");
	expect_described("[a]", "a list");
	expect_described("{a: b}", "a mapping");
}

static void expect_unknown(const char *yaml, const char *sentence)
{
	static const char *const names[] = {"name", "suite"};
	struct reading reading;

	reading_init(&reading, yaml);
	cr_assert_eq(
	    reader_refuse_unknown(&reading.reader, reading.root->pairs[0].key,
		"a thing", names, COUNT_OF(names)),
	    -1);
	cr_assert_str_eq(fault_text(&reading.fault), sentence);
	reading_release(&reading);
}

Test(doc_reader, unknown_fields)
{
	expect_unknown("nme: x",
	    "x.yaml:1:1: error: unknown field 'nme'; did you mean 'name'?");
	expect_unknown("other: x", "x.yaml:1:1: error: unknown field 'other'; "
				   "a thing has name, suite");
}

Test(doc_reader, keys_of_a_mapping)
{
	static const char *const names[] = {"name", "suite"};
	struct reading reading;

	reading_init(&reading, "{suite: x, name: y}");
	cr_assert_eq(reader_check_keys(&reading.reader, "a thing", reading.root,
			 names, COUNT_OF(names)),
	    0);
	reading_release(&reading);
	reading_init(&reading, "{suite: x, nam: y}");
	cr_assert_eq(reader_check_keys(&reading.reader, "a thing", reading.root,
			 names, COUNT_OF(names)),
	    -1);
	cr_assert_str_eq(fault_text(&reading.fault),
	    "x.yaml:1:12: error: unknown field 'nam'; did you mean 'name'?");
	reading_release(&reading);
	reading_init(&reading, "[suite]");
	cr_assert_eq(reader_check_keys(&reading.reader, "a thing", reading.root,
			 names, COUNT_OF(names)),
	    -1);
	cr_assert_str_eq(fault_text(&reading.fault),
	    "x.yaml:1:1: error: a thing must be a mapping, not a list");
	reading_release(&reading);
}

Test(doc_reader, refusals_add_up_a_line_each)
{
	struct reading reading;

	reading_init(&reading, "\n  word");
	cr_assert_eq(
	    reader_refuse(&reading.reader, reading.root, "bad %d", 1), -1);
	cr_assert_str_eq(
	    fault_text(&reading.fault), "x.yaml:2:3: error: bad 1");
	cr_assert_eq(reader_refuse(&reading.reader, reading.root, "worse"), -1);
	cr_assert_str_eq(fault_text(&reading.fault),
	    "x.yaml:2:3: error: bad 1\nx.yaml:2:3: error: worse");
	reading_release(&reading);
}
