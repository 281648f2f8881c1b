/*
 * For unit tests: parsed JSON that lives as long as the test, which a suite
 * asks for by TestSuite(NAME, .fini = test_forget_json).
 */
#ifndef SINK_TEST_JSON_H
#define SINK_TEST_JSON_H

#include <criterion/criterion.h>
#include <json-c/json.h>
#include <string.h>

/* An array that owns it all.  Criterion hands no data from a test to its
 * .fini, and each test has a process of its own. */
static struct json_object *test_json;

static void test_forget_json(void)
{
	json_object_put(test_json);
	test_json = NULL;
}

/* Reads text strictly, as far as the library can: strict, that of 0.18 takes
 * letters beyond ASCII for control characters. */
static struct json_object *test_parse(const char *text)
{
	struct json_tokener *reader = json_tokener_new();
	struct json_object *json;

	json_tokener_set_flags(reader,
	    JSON_TOKENER_VALIDATE_UTF8 |
		(json_c_version_num() >> 8 == 0x12 ? 0 : JSON_TOKENER_STRICT));
	json = json_tokener_parse_ex(reader, text, (int)strlen(text) + 1);
	cr_assert_eq(json_tokener_get_error(reader), json_tokener_success);
	json_tokener_free(reader);
	if (!test_json)
		test_json = json_object_new_array();
	json_object_array_add(test_json, json);
	return json;
}

#endif
