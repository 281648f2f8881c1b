/* How values are printed. */
#include "report/json_tree.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void expect(struct slice text, const char *expected)
{
	struct json *json = json_new_text(text);
	struct buf got = {0};

	json_print(json, &got);
	cr_assert_str_eq(buf_text(&got), expected, "%s", buf_text(&got));
	buf_release(&got);
	json_free(json);
}

Test(report_json_tree, strings)
{
	expect(SLICE("a/b \"c\"\n"), "\"a/b \\\"c\\\"\\n\"\n");
	expect(SLICE("\xFFz"), "\"\xEF\xBF\xBDz\"\n");
	expect(SLICE(""), "\"\"\n");
}

/* GitHub's runner must find no command, and a reader of JSON the same text. */
Test(report_json_tree, no_command_of_a_runner)
{
	expect(SLICE("##[error]"), "\"\\u0023#[error]\"\n");
	expect(SLICE("a ##[b ##[c"), "\"a \\u0023#[b \\u0023#[c\"\n");
	expect(SLICE("##[##[a"), "\"\\u0023#[\\u0023#[a\"\n");
	expect(SLICE("###[a"), "\"#\\u0023#[a\"\n");
	expect(SLICE("## [a"), "\"## [a\"\n");
}

/* As json-c 0.17 writes it. */
Test(report_json_tree, what_is_empty_takes_one_line)
{
	struct json *json = json_new_object();
	struct json *list = json_new_array();
	struct buf got = {0};

	json_push(list, json_new_array());
	json_push(list, json_new_text(SLICE("[\n  ] {\n }")));
	json_set(json, "list", list);
	json_set(json, "none", json_new_object());
	json_print(json, &got);
	cr_assert_str_eq(buf_text(&got), "{\n"
					 "  \"list\":[\n"
					 "    [],\n"
					 "    \"[\\n  ] {\\n }\"\n"
					 "  ],\n"
					 "  \"none\":{}\n"
					 "}\n");
	buf_release(&got);
	json_free(json);
}

static struct json *new_digit(void *context, size_t i)
{
	size_t *nmade = context;

	cr_assert_eq((*nmade)++, i);
	return json_new_text((struct slice){"abc" + i, 1});
}

Test(report_json_tree, a_list_is_made_while_it_is_printed)
{
	size_t nmade = 0;
	struct json *json = json_new_object();
	struct buf got = {0};

	json_set(json, "list", json_new_list(new_digit, &nmade, 3));
	json_set(json, "none", json_new_list(new_digit, &nmade, 0));
	cr_assert_eq(nmade, 0);
	json_print(json, &got);
	cr_assert_eq(nmade, 3);
	cr_assert_str_eq(buf_text(&got), "{\n"
					 "  \"list\":[\n"
					 "    \"a\",\n"
					 "    \"b\",\n"
					 "    \"c\"\n"
					 "  ],\n"
					 "  \"none\":[]\n"
					 "}\n");
	buf_release(&got);
	json_free(json);
}

static struct json *new_number(void *context, size_t i)
{
	struct json *number = json_new_object();

	(void)context;
	json_set_number(number, "of", i);
	return number;
}

/* What a list of n items is written as; caller frees. */
static char *write_list(size_t n, unsigned njobs)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	json_write_out(json_new_list(new_number, NULL, n), njobs, out);
	fclose(out);
	return text;
}

/* Lengths at which threads have a last piece, and a last round, to themselves.
 */
Test(report_json_tree, threads_write_a_long_list_in_its_order)
{
	static const size_t lengths[] = {0, 1, 256, 257, 320, 1024, 1025, 5000};

	for (size_t i = 0; i < COUNT_OF(lengths); i++) {
		char *one = write_list(lengths[i], 1);

		for (unsigned njobs = 2; njobs < 5; njobs++) {
			char *text = write_list(lengths[i], njobs);

			cr_assert_str_eq(text, one, "%zu items", lengths[i]);
			free(text);
		}
		free(one);
	}
}

Test(report_json_tree, a_copied_key_is_its_own)
{
	struct json *json = json_new_object();
	struct buf got = {0};
	char key[] = "abc";

	json_set_copied(json, key, NULL);
	key[0] = 'x';
	json_print(json, &got);
	cr_assert_str_eq(buf_text(&got), "{\n  \"abc\":null\n}\n");
	buf_release(&got);
	json_free(json);
}

Test(report_json_tree, control_characters_are_escaped)
{
	expect(SLICE("\b\f\r\t\\ \x01\x1F\x7F"),
	    "\"\\b\\f\\r\\t\\\\ \\u0001\\u001f\\u007f\"\n");
}
