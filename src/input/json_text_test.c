/* JSON, read with the bytes of its values. */
#include "input/json_text.h"

#include <criterion/criterion.h>

static const struct json_value *read_it(
    const char *text, struct arena *arena, struct json_problem *problem)
{
	return json_text_read(slice_of(text), arena, problem);
}

Test(input_json_text, values_have_their_bytes)
{
	const char *text =
	    " {\"a\" : [1, -2.5e+3 ,\"x\\u00e9\\n\"], \"b\": {\"c\":true}}\n";
	struct arena arena = {0};
	struct json_problem problem;
	const struct json_value *root = read_it(text, &arena, &problem), *a;
	size_t index;

	cr_assert_not_null(root);
	cr_assert_eq(root->kind, JSON_OBJECT);
	a = json_text_member(root, "a");
	cr_expect(slice_is(a->raw, "[1, -2.5e+3 ,\"x\\u00e9\\n\"]"));
	cr_expect(slice_is(a->key, "\"a\""));
	cr_expect(json_text_index(a->first, &index));
	cr_expect_eq(index, 1);
	cr_expect_not(json_text_index(a->first->next, &index));
	cr_expect(slice_is(a->first->next->next->raw, "\"x\\u00e9\\n\""));
	cr_expect_null(a->first->next->next->next);
	cr_expect_eq(json_text_member(json_text_member(root, "b"), "c")->kind,
	    JSON_BOOL);
	cr_expect_null(json_text_member(root, "c"));
	cr_expect_null(json_text_member(a, "a"));
	arena_release(&arena);
}

Test(input_json_text, strings)
{
	struct arena arena = {0};
	struct json_problem problem;

	cr_expect(json_text_is(read_it("\"ab\"", &arena, &problem), "ab"));
	cr_expect_not(json_text_is(read_it("\"ab\"", &arena, &problem), "a"));
	cr_expect_not(json_text_is(read_it("12", &arena, &problem), "12"));
	cr_expect_not_null(
	    read_it("\"\xEF\xBF\xBD \xC3\xA9\"", &arena, &problem),
	    "U+FFFD may stand in a text");
	arena_release(&arena);
}

/* What is wrong, and how many bytes are before it. */
static void expect_problem(const char *text, size_t offset, const char *what)
{
	struct arena arena = {0};
	struct json_problem problem = {0};

	cr_expect_null(read_it(text, &arena, &problem), "%s", text);
	cr_expect_eq(problem.offset, offset, "%s: %zu", text, problem.offset);
	cr_expect_str_eq(problem.what, what, "%s", text);
	arena_release(&arena);
}

Test(input_json_text, what_is_no_json)
{
	expect_problem("", 0, "it ends where a value is missing");
	expect_problem("{\"a\":}", 5, "a value is missing");
	expect_problem("[1,]", 3, "a value is missing");
	expect_problem("[1 2]", 3, "',' or ']' is missing");
	expect_problem("{\"a\":1", 6, "',' or '}' is missing");
	expect_problem("{a:1}", 1, "a string is missing");
	expect_problem("{\"a\" 1}", 5, "':' is missing behind a key");
	expect_problem("\"a", 2, "a string is not closed");
	expect_problem("\"a\\", 3, "a string is not closed");
	expect_problem("\"\\x\"", 2, "the escape is not valid JSON");
	expect_problem("\"\\u12g4\"", 5, "\\u needs four digits");
	expect_problem(
	    "\"a\nb\"", 2, "a string holds a control character or no end");
	expect_problem("\"\xC3\"", 1, "a string is not UTF-8");
	expect_problem("01", 1, "something follows where it should end");
	expect_problem("-", 1, "a digit is missing");
	expect_problem("1.", 2, "a digit is missing");
	expect_problem("1e", 2, "a digit is missing");
	expect_problem("tru", 0, "a value is missing");
	expect_problem("{} {}", 3, "something follows where it should end");
}

Test(input_json_text, depth)
{
	char text[410] = {0};
	struct arena arena = {0};
	struct json_problem problem;

	for (size_t i = 0; i < 200; i++) {
		text[i] = '[';
		text[200 + i] = ']';
	}
	cr_expect_not_null(read_it(text, &arena, &problem));
	for (size_t i = 0; i < 201; i++)
		text[i] = '[';
	cr_expect_null(read_it(text, &arena, &problem));
	cr_expect_str_eq(
	    problem.what, "it is nested more than 200 levels deep");
	arena_release(&arena);
}

Test(input_json_text, places)
{
	size_t line, col;

	json_text_place(SLICE("{\n  \"\xC3\xA9\": x"), 8, &line, &col);
	cr_expect_eq(line, 2);
	cr_expect_eq(col, 6, "characters are counted, not bytes: %zu", col);
	json_text_place(SLICE("x"), 0, &line, &col);
	cr_expect_eq(line, 1);
	cr_expect_eq(col, 1);
}

Test(input_json_text, strings_are_decoded)
{
	struct arena arena = {0};
	struct json_problem problem;
	const struct json_value *root =
	    read_it("[\"a\\n\\/\\\"\\u00e9\\u20AC\\ud83d\\ude00\xC3\xA9\", "
		    "\"\\ud83d-\\ude00\", \"\", \"\\u0000z\"]",
		&arena, &problem);
	const struct json_value *one = root->first;

	cr_expect(slice_is(json_text_string(one, &arena),
	    "a\n/\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xC3\xA9"));
	one = one->next;
	cr_expect(slice_is(json_text_string(one, &arena),
	    "\xEF\xBF\xBD-\xEF\xBF\xBD"));
	one = one->next;
	cr_expect(slice_is(json_text_string(one, &arena), ""));
	cr_expect_eq(json_text_string(one->next, &arena).len, 2);
	arena_release(&arena);
}
