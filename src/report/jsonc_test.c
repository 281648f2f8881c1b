/* How values are printed. */
#include "report/jsonc.h"

#include <criterion/criterion.h>

static void expect(struct slice text, const char *expected)
{
	struct json_object *json = json_new_text(text);
	struct buf got = {0};

	json_print(json, &got);
	cr_assert_str_eq(buf_text(&got), expected, "%s", buf_text(&got));
	buf_release(&got);
	json_free(json);
}

Test(report_jsonc, strings)
{
	expect(SLICE("a/b \"c\"\n"), "\"a/b \\\"c\\\"\\n\"\n");
	expect(SLICE("\xFFz"), "\"\xEF\xBF\xBDz\"\n");
	expect(SLICE(""), "\"\"\n");
}

/* GitHub's runner must find no command, and a reader of JSON the same text. */
Test(report_jsonc, no_command_of_a_runner)
{
	expect(SLICE("##[error]"), "\"#\\u0023[error]\"\n");
	expect(SLICE("a ##[b ##[c"), "\"a #\\u0023[b #\\u0023[c\"\n");
	expect(SLICE("##[##[a"), "\"#\\u0023[#\\u0023[a\"\n");
	expect(SLICE("###[a"), "\"##\\u0023[a\"\n");
	expect(SLICE("## [a"), "\"## [a\"\n");
}

/* Versions of json-c differ in it, and outputs may not. */
Test(report_jsonc, what_is_empty_takes_one_line)
{
	struct json_object *json = json_new_object();
	struct json_object *list = json_new_array();
	struct buf got = {0};

	json_push(list, json_new_array());
	json_push(list, json_new_text(SLICE("[\n  ] {\n }")));
	json_set(json, "list", list);
	json_set(json, "none", json_new_object());
	json_print(json, &got);
	cr_assert_str_eq(buf_text(&got),
	    "{\n"
	    "  \"list\":[\n"
	    "    [],\n"
	    "    \"[\\n  ] {\\n }\"\n"
	    "  ],\n"
	    "  \"none\":{}\n"
	    "}\n");
	buf_release(&got);
	json_free(json);
}
