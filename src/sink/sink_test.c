/* The table of sinks, and text for one line. */
#include "sink/sink.h"

#include "sink/template.h"
#include "sink/uri.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* sink_add_plain() of the text, which may hold NULs; caller frees. */
static char *plain(struct slice text)
{
	struct buf buf = {0};

	sink_add_plain(&buf, text);
	buf_text(&buf);
	return buf.ptr;
}

static void expect_plain(struct slice text, const char *wanted)
{
	char *got = plain(text);

	cr_assert_str_eq(got, wanted);
	free(got);
}

static void expect_uri(struct origin origin, const char *wanted)
{
	struct buf buf = {0};

	uri_add(&buf, &origin);
	cr_assert_str_eq(buf_text(&buf), wanted);
	buf_release(&buf);
}

static void expect_numbered(const char *message, const char *wanted)
{
	struct buf buf = {0};

	template_add_numbered(&buf, message);
	cr_assert_str_eq(buf_text(&buf), wanted);
	buf_release(&buf);
}

Test(sink_sink, table)
{
	size_t n = 0;

	while (sink_at(n)) {
		const struct sink *sink = sink_at(n++);

		cr_assert_eq(sink_find(slice_of(sink->name)), sink);
		cr_assert_not_null(sink->write);
	}
	cr_assert_str_eq(sink_at(0)->name, "gcc");
	cr_assert_not(sink_at(0)->is_machine);
	cr_assert(sink_find(SLICE("sarif"))->is_machine);
	cr_assert_null(sink_at(n));
	cr_assert_null(sink_find(SLICE("sari")));
	cr_assert_null(sink_find(SLICE("")));
}

Test(sink_sink, plain_text_is_left_alone)
{
	expect_plain(SLICE(""), "");
	expect_plain(SLICE("a 'b' \\ # ##"), "a 'b' \\ # ##");
	expect_plain(SLICE("caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80"),
	    "caf\xC3\xA9 \xE6\x97\xA5 \xF0\x9F\x98\x80");
	expect_plain(SLICE("\xEF\xBF\xBD"), "\xEF\xBF\xBD"); /* U+FFFD */
}

Test(sink_sink, controls_are_spelled)
{
	expect_plain(
	    SLICE("a\nb\rc\td\0e"), "a<U+000A>b<U+000D>c<U+0009>d<U+0000>e");
	expect_plain(SLICE("\x1b[31m\x7f"), "<U+001B>[31m<U+007F>");
	expect_plain(SLICE("\xC2\x9B\xC2\x85"), "<U+009B><U+0085>");
	expect_plain(SLICE("\xE2\x80\xA8\xE2\x80\xA9"), "<U+2028><U+2029>");
	expect_plain(SLICE("\xE2\x80\xAE\xE2\x81\xA6"), "<U+202E><U+2066>");
}

Test(sink_sink, bad_bytes_are_spelled)
{
	expect_plain(SLICE("\xff"), "<ff>");
	expect_plain(SLICE("a\xC3"), "a<c3>");
	expect_plain(SLICE("\xE6\x97|"), "<e6><97>|");
	expect_plain(SLICE("\xC0\xAF"), "<c0><af>");
}

Test(sink_sink, runner_commands_are_broken)
{
	expect_plain(SLICE("##[error]x"), "#\\#[error]x");
	expect_plain(SLICE("a ###[b ##[c"), "a ##\\#[b #\\#[c");
}

Test(sink_sink, uris)
{
	expect_uri((struct origin){.name = "a/b-c.yaml"}, "a/b-c.yaml");
	expect_uri((struct origin){.name = "././a.yaml"}, "a.yaml");
	expect_uri((struct origin){.name = "a b:c#d?e%f.yaml"},
	    "a%20b%3Ac%23d%3Fe%25f.yaml");
	expect_uri((struct origin){.name = "[\\\"<^`{|}>]"},
	    "%5B%5C%22%3C%5E%60%7B%7C%7D%3E%5D");
	expect_uri(
	    (struct origin){.name = "\xC3\xA9\xff\n"}, "%C3%A9%EF%BF%BD%0A");
	expect_uri((struct origin){.name = "/x/y.json"}, "x/y.json");
	expect_uri(
	    (struct origin){.name = "<stdin>", .is_stdin = true}, "stdin");
	expect_uri(
	    (struct origin){.name = "a.yaml", .is_stdin = true}, "a.yaml");
	expect_uri((struct origin){.name = "<stdin>"}, "%3Cstdin%3E");
}

Test(sink_sink, numbered_templates)
{
	expect_numbered("'{a.b}' has '{c}'", "'{0}' has '{1}'.");
	expect_numbered("{a} of {b}.", "'{0}' of '{1}'.");
	expect_numbered("{{x}} }", "{{x}} }}.");
	expect_numbered("{unclosed", "{{unclosed.");
	expect_numbered("{a == \"}\" ? {'b': 1} : {}}!", "'{0}'!.");
	cr_assert_eq(template_count("{a} {{b}} {c}"), 2);
	cr_assert_eq(template_count("none"), 0);
}

Test(sink_sink, readable_templates)
{
	struct buf buf = {0};

	template_add_readable(&buf, "'{a}' has {b} {{x}}");
	cr_assert_str_eq(buf_text(&buf), "'...' has ... {x}.");
	buf_release(&buf);
}

Test(sink_sink, values_are_found_again)
{
	struct slice values[3];

	cr_assert(template_match(
	    "key '{k}' in {m}", SLICE("key 'a' in b c"), values));
	cr_assert(slice_is(values[0], "a"));
	cr_assert(slice_is(values[1], "b c"));
	cr_assert(template_match("{all}", SLICE("x"), values));
	cr_assert(slice_is(values[0], "x"));
	cr_assert(template_match("{a}; {b}.", SLICE("; x..."), values));
	cr_assert(slice_is(values[0], ""));
	cr_assert(slice_is(values[1], "x.."));
	cr_assert(template_match("{{}}", SLICE("{}"), values));
	cr_assert_not(template_match("none", SLICE("nonesuch"), values));
	cr_assert_not(template_match("a {b} c", SLICE("a x d"), values));
	cr_assert_not(template_match("a {b}", SLICE("b x"), values));
	cr_assert_not(template_match("{a}, {b}", SLICE("x"), values));
}
