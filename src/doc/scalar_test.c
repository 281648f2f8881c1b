/* What scalars mean, one table a type. */
#include "doc/scalar.h"

#include <criterion/criterion.h>
#include <math.h>

static struct node plain(const char *text)
{
	return (struct node){
	    .kind = NODE_SCALAR,
	    .plain = true,
	    .text = slice_of(text),
	};
}

static struct scalar scalar_from(const char *text)
{
	struct node node = plain(text);

	return scalar_of(&node);
}

static void expect_type(const char *text, enum scalar_type type)
{
	struct scalar scalar = scalar_from(text);

	cr_assert_eq(scalar.type, type, "'%s' is %d", text, scalar.type);
	cr_assert(slice_is(scalar.text, text));
}

static void expect_int(const char *text, int64_t value)
{
	expect_type(text, SCALAR_INT);
	cr_assert_eq(scalar_from(text).integer, value, "of '%s'", text);
}

static void expect_double(const char *text, double value)
{
	expect_type(text, SCALAR_DOUBLE);
	cr_assert_eq(scalar_from(text).real, value, "of '%s'", text);
}

static void expect_bool(const char *text, bool value)
{
	expect_type(text, SCALAR_BOOL);
	cr_assert_eq(scalar_from(text).boolean, value, "of '%s'", text);
}

Test(doc_scalar, nulls)
{
	static const char *const texts[] = {"", "~", "null", "Null", "NULL"};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct node node = plain(texts[i]);

		expect_type(texts[i], SCALAR_NULL);
		cr_expect(node_is_null(&node), "'%s'", texts[i]);
	}
}

Test(doc_scalar, booleans)
{
	static const char *const yes[] = {
	    "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON"};
	static const char *const no[] = {
	    "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF"};

	for (size_t i = 0; i < COUNT_OF(yes); i++) {
		expect_bool(yes[i], true);
		expect_bool(no[i], false);
	}
}

Test(doc_scalar, integers)
{
	expect_int("0", 0);
	expect_int("-0", 0);
	expect_int("42", 42);
	expect_int("00", 0);
	expect_int("10", 10);
	expect_int("999999999999999999", 999999999999999999);
	expect_int("1000000000000000000", 1000000000000000000);
	expect_int("+42", 42);
	expect_int("-42", -42);
	expect_int("1_000", 1000);
	expect_int("0x1F", 31);
	expect_int("-0x1f", -31);
	expect_int("0b101", 5);
	expect_int("-0b101", -5);
	expect_int("0o17", 15);
	expect_int("0777", 511);
	expect_int("9223372036854775807", INT64_MAX);
	expect_int("-9223372036854775808", INT64_MIN);
}

Test(doc_scalar, integers_too_large_become_doubles)
{
	expect_double("9223372036854775808", 9223372036854775808.0);
	expect_double("-9223372036854775809", -9223372036854775808.0);
	expect_double("0xFFFFFFFFFFFFFFFF", 18446744073709551615.0);
	expect_double("100000000000000000000", 1e20);
}

Test(doc_scalar, doubles)
{
	expect_double("1.5", 1.5);
	expect_double("-1.5", -1.5);
	expect_double(".5", 0.5);
	expect_double("+.5", 0.5);
	expect_double("1.", 1);
	expect_double("1e3", 1000);
	expect_double("1E-2", 0.01);
	expect_double("8.589934592e+09", 8589934592.0);
	expect_double("1_0.5", 10.5);
	expect_double(".inf", INFINITY);
	expect_double("+.Inf", INFINITY);
	expect_double("-.INF", -INFINITY);
	/* An 8 is no octal digit, so it is no integer. */
	expect_double("08", 8);
	expect_type(".nan", SCALAR_DOUBLE);
	cr_assert(isnan(scalar_from(".NaN").real));
}

Test(doc_scalar, strings)
{
	static const char *const texts[] = {"y", "n", "tRUE", "nULL", "inf",
	    "nan", "-", "+", ".", "-.", "1.2.3", "1:30", "0x", "0xg", "0b2",
	    "1e", "1e+", "e3", "_1", "12a", "1e400", "2001-01-01", "100m",
	    "1Gi", "50%", " 1", "--1", "+-1", "true ", "0x1.8p1", "infinity"};
	char digits[501];

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		expect_type(texts[i], SCALAR_STRING);
	for (size_t i = 0; i < 500; i++)
		digits[i] = '1';
	digits[500] = '\0';
	expect_type(digits, SCALAR_STRING);
}

Test(doc_scalar, single_letters_are_booleans_once_sent)
{
	struct node yes = plain("y"), no = plain("N"), three = plain("3");
	struct node quoted = plain("y");

	quoted.plain = false;
	cr_assert_eq(scalar_as_sent(&yes).type, SCALAR_BOOL);
	cr_assert(scalar_as_sent(&yes).boolean);
	cr_assert_eq(scalar_as_sent(&no).type, SCALAR_BOOL);
	cr_assert(!scalar_as_sent(&no).boolean);
	cr_assert_eq(scalar_as_sent(&three).type, SCALAR_INT);
	cr_assert_eq(scalar_as_sent(&quoted).type, SCALAR_STRING);
	cr_assert_eq(scalar_of(&yes).type, SCALAR_STRING);
}

Test(doc_scalar, a_nul_ends_nothing)
{
	struct node node = plain("");

	node.text = SLICE("12\0"
			  "3");
	cr_assert_eq(scalar_of(&node).type, SCALAR_STRING);
}

Test(doc_scalar, quotes_and_tags_make_strings)
{
	static const char *const texts[] = {"", "null", "true", "1", "1.5"};

	for (size_t i = 0; i < COUNT_OF(texts); i++) {
		struct node quoted = plain(texts[i]), tagged = quoted;

		quoted.plain = false;
		tagged.is_string = true;
		cr_assert_eq(scalar_of(&quoted).type, SCALAR_STRING);
		cr_assert_eq(scalar_of(&tagged).type, SCALAR_STRING);
		cr_assert_not(node_is_null(&quoted));
		cr_assert_not(node_is_null(&tagged));
	}
}

Test(doc_scalar, a_node_as_a_value)
{
	struct node null = plain("~"), yes = plain("yes"), three = plain("3");
	struct node half = plain("0.5"), list = {.kind = NODE_SEQUENCE};
	struct slice text = {0};
	int64_t integer = 0;
	bool boolean = false;

	cr_assert(node_is_null(NULL));
	cr_assert(node_is_null(&null));
	cr_assert_not(node_is_null(&three));
	cr_assert_not(node_is_null(&list));
	cr_assert(node_to_bool(&yes, &boolean));
	cr_assert(boolean);
	cr_assert_not(node_to_bool(&three, &boolean));
	cr_assert_not(node_to_bool(NULL, &boolean));
	cr_assert(node_to_int(&three, &integer));
	cr_assert_eq(integer, 3);
	cr_assert_not(node_to_int(&half, &integer));
	cr_assert_not(node_to_int(&list, &integer));
	cr_assert(node_to_text(&three, &text));
	cr_assert(slice_is(text, "3"));
	cr_assert_not(node_to_text(&null, &text));
	cr_assert_not(node_to_text(&list, &text));
	cr_assert_not(node_to_text(NULL, &text));
}
