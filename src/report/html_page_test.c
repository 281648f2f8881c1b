/* Tests of html: what a browser is given of texts that anybody wrote. */
#include "report/html_page.h"

#include "report/source_url.h"

#include <criterion/criterion.h>

static void check_buf(struct buf *buf, const char *expected)
{
	cr_assert_str_eq(buf_text(buf), expected);
	buf_release(buf);
}

/* In an element and in either quotes; controls are shown, as in text. */
Test(html, markup_is_escaped)
{
	struct buf buf = {0};

	html_add(&buf, SLICE("<b a=\"'&\x1b"));
	check_buf(&buf, "&lt;b a=&quot;&apos;&amp;&lt;U+001B&gt;");
}

Test(html, lines_keep_their_ends)
{
	struct buf buf = {0};

	html_add_lines(&buf, SLICE("a<\n\n  b\r"));
	check_buf(&buf, "a&lt;\n\n  b&lt;U+000D&gt;\n");
}

/* A scheme that runs something is no address, however it is spelt. */
Test(html, only_the_web_is_linked)
{
	struct buf buf = {0};

	html_add_link(&buf, SLICE("https://a/?b&c"), SLICE("d"));
	check_buf(&buf, "<a href=\"https://a/?b&amp;c\">d</a>");
	html_add_link(&buf, SLICE("x.html#a"), SLICE("d"));
	check_buf(&buf, "<a href=\"x.html#a\">d</a>");
	html_add_link(&buf, SLICE("JavaScript:alert(1)"), SLICE("d"));
	check_buf(&buf, "d");
	html_add_link(&buf, SLICE("\tdata:text/html,x"), SLICE("d"));
	check_buf(&buf, "d");
}

Test(html, markdown_of_rules)
{
	struct buf buf = {0};

	html_add_prose(&buf, "Set `a<b`\nor:\n- x\n- <https://y/>\n"
			     "```yaml\na: <b>\n```\n");
	check_buf(&buf, "<p>Set <code>a&lt;b</code> or:</p>\n<ul>\n"
			"<li>x</li>\n<li><a href=\"https://y/\">https://y/</a>"
			"</li>\n</ul>\n<pre><code>a: &lt;b&gt;\n</code></pre>"
			"\n");
}

/* The mark is on the characters of the span, also behind two-byte ones; what
 * goes on to the next line is marked to the end of the first. */
Test(html, excerpts_mark_the_span)
{
	struct buf buf = {0};

	html_add_excerpt(
	    &buf, SLICE("\xC3\xA9: <b>"), (struct span){7, 4, 7, 7});
	check_buf(&buf, "<pre class=\"excerpt\"><span class=\"no\">7</span>"
			"\xC3\xA9: <mark>&lt;b&gt;</mark></pre>\n");
	html_add_excerpt(&buf, SLICE("abc"), (struct span){7, 2, 9, 1});
	check_buf(&buf, "<pre class=\"excerpt\"><span class=\"no\">7</span>"
			"a<mark>bc</mark></pre>\n");
}

static const struct origin file = {.name = "./a b/{line}.yaml"};
static const struct origin elsewhere = {.name = "/etc/a.yaml"};
static const struct origin stream = {.name = "<stdin>", .is_stdin = true};

/* A path is no pattern, and what is in no repository has no address. */
Test(source_url, places_in_the_repository)
{
	static const char *const pattern = "https://h/b/{file}#L{line}";
	struct place place = {&file, {12, 1, 12, 2}};
	struct buf buf = {0};

	cr_assert(source_url_add(&buf, pattern, place));
	check_buf(&buf, "https://h/b/a%20b/%7Bline%7D.yaml#L12");
	cr_assert_not(source_url_add(&buf, NULL, place));
	place.origin = &elsewhere;
	cr_assert_not(source_url_add(&buf, pattern, place));
	place.origin = &stream;
	cr_assert_not(source_url_add(&buf, pattern, place));
	cr_assert_not(source_url_add(&buf, pattern, (struct place){0}));
	cr_assert_eq(buf.len, 0);
}

Test(source_url, what_is_one)
{
	cr_assert(source_url_is_valid("https://h/{file}"));
	cr_assert(source_url_is_valid("http://h/{file}#L{line}"));
	cr_assert_not(source_url_is_valid("https://h/"));
	cr_assert_not(source_url_is_valid("javascript:{file}"));
}
