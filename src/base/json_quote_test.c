/* Strings of JSON. */
#include "base/json_quote.h"

#include <criterion/criterion.h>

static void expect(struct slice text, const char *plain, const char *as_go)
{
	struct buf buf = {0};

	json_quote(&buf, text);
	cr_expect_str_eq(buf_text(&buf), plain);
	buf_clear(&buf);
	json_quote_as_go(&buf, text);
	cr_expect_str_eq(buf_text(&buf), as_go);
	buf_release(&buf);
}

Test(base_json_quote, plain_text)
{
	expect(SLICE(""), "\"\"", "\"\"");
	expect(SLICE("a'b/\xC3\xA9"), "\"a'b/\xC3\xA9\"", "\"a'b/\xC3\xA9\"");
}

Test(base_json_quote, escapes)
{
	expect(SLICE("\"\\"), "\"\\\"\\\\\"", "\"\\\"\\\\\"");
	expect(SLICE("a\nb\rc\td"), "\"a\\nb\\rc\\td\"", "\"a\\nb\\rc\\td\"");
	expect(SLICE("\0\x1F"), "\"\\u0000\\u001f\"", "\"\\u0000\\u001f\"");
}

/* Go escapes what could be markup or a line break in a script. */
Test(base_json_quote, where_go_differs)
{
	expect(SLICE("<&>"), "\"<&>\"", "\"\\u003c\\u0026\\u003e\"");
	expect(SLICE("\xE2\x80\xA8"), "\"\\u2028\"", "\"\\u2028\"");
	expect(SLICE("\xE2\x80\xAE##["), "\"\\u202e\\u0023#[\"",
	    "\"\xE2\x80\xAE##[\"");
	expect(SLICE("\x7F"), "\"\\u007f\"", "\"\x7F\"");
}

Test(base_json_quote, bytes_that_are_no_utf8)
{
	expect(SLICE("a\xFF"), "\"a\xEF\xBF\xBD\"", "\"a\xEF\xBF\xBD\"");
}

/* JSON means the same as before; an escape of two characters is left whole. */
Test(base_json_quote, json_made_safe)
{
	struct buf buf = {0};

	json_add_safe(&buf,
	    SLICE("{\n\"##[a\": \"\\\\##vso[\xC2\x9B\\\"\xC3\xA9"
		  "\xF3\xA0\x81\x81\"}"));
	cr_expect_str_eq(buf_text(&buf),
	    "{\n\"\\u0023#[a\": "
	    "\"\\\\\\u0023#vso[\\u009b\\\"\xC3\xA9\\udb40\\udc41\"}");
	buf_release(&buf);
}
