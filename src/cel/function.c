/*
 * The functions behind names and operators, and the table that lists them.
 *
 * To add one: write the function, add a row.  Rows of one name and form stand
 * together.
 */
#include "cel/library.h"

#include <stdlib.h>
#include <string.h>

#define BOOL BIT(CEL_BOOL)
#define INT BIT(CEL_INT)
#define DOUBLE BIT(CEL_DOUBLE)
#define STRING BIT(CEL_STRING)
#define LIST BIT(CEL_LIST)
#define MAP BIT(CEL_MAP)

/* What compiling a pattern costs, and a match that was given up. */
#define PATTERN_STEPS 500
#define LOST_MATCH_STEPS 100000

/* The ints. */

static struct cel_value overflow(
    const struct call *call, const char *sign, const struct cel_value *args)
{
	return cel_error(call->arena, "%lld %s %lld is too large for an int",
	    (long long)args[0].integer, sign, (long long)args[1].integer);
}

static struct cel_value add_ints(
    const struct call *call, const struct cel_value *args)
{
	int64_t sum;

	if (__builtin_add_overflow(args[0].integer, args[1].integer, &sum))
		return overflow(call, "+", args);
	return cel_int(sum);
}

static struct cel_value sub_ints(
    const struct call *call, const struct cel_value *args)
{
	int64_t difference;

	if (__builtin_sub_overflow(
		args[0].integer, args[1].integer, &difference))
		return overflow(call, "-", args);
	return cel_int(difference);
}

static struct cel_value mul_ints(
    const struct call *call, const struct cel_value *args)
{
	int64_t product;

	if (__builtin_mul_overflow(args[0].integer, args[1].integer, &product))
		return overflow(call, "*", args);
	return cel_int(product);
}

static struct cel_value div_ints(
    const struct call *call, const struct cel_value *args)
{
	if (args[1].integer == 0)
		return cel_error(call->arena, "division by zero");
	if (args[0].integer == INT64_MIN && args[1].integer == -1)
		return overflow(call, "/", args);
	return cel_int(args[0].integer / args[1].integer);
}

static struct cel_value mod_ints(
    const struct call *call, const struct cel_value *args)
{
	if (args[1].integer == 0)
		return cel_error(call->arena, "modulus by zero");
	if (args[0].integer == INT64_MIN && args[1].integer == -1)
		return overflow(call, "%", args);
	return cel_int(args[0].integer % args[1].integer);
}

static struct cel_value negate_int(
    const struct call *call, const struct cel_value *args)
{
	if (args[0].integer == INT64_MIN)
		return cel_error(call->arena, "-(%lld) is too large for an int",
		    (long long)args[0].integer);
	return cel_int(-args[0].integer);
}

/* The doubles: IEEE 754, so division by zero is infinity. */

static struct cel_value add_doubles(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_double(args[0].real + args[1].real);
}

static struct cel_value sub_doubles(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_double(args[0].real - args[1].real);
}

static struct cel_value mul_doubles(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_double(args[0].real * args[1].real);
}

static struct cel_value div_doubles(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_double(args[0].real / args[1].real);
}

static struct cel_value negate_double(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_double(-args[0].real);
}

static struct cel_value negate_bool(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_bool(!args[0].boolean);
}

/* Comparison.  What has no order (not a number) compares false. */

static struct cel_value equal(
    const struct call *call, const struct cel_value *args)
{
	return cel_bool(cel_equal_within(args[0], args[1], call->steps));
}

static struct cel_value not_equal(
    const struct call *call, const struct cel_value *args)
{
	return cel_bool(!cel_equal_within(args[0], args[1], call->steps));
}

static struct cel_value less(
    const struct call *call, const struct cel_value *args)
{
	int order;

	(void)call;
	return cel_bool(cel_order(args[0], args[1], &order) && order < 0);
}

static struct cel_value at_most(
    const struct call *call, const struct cel_value *args)
{
	int order;

	(void)call;
	return cel_bool(cel_order(args[0], args[1], &order) && order <= 0);
}

static struct cel_value greater(
    const struct call *call, const struct cel_value *args)
{
	int order;

	(void)call;
	return cel_bool(cel_order(args[0], args[1], &order) && order > 0);
}

static struct cel_value at_least(
    const struct call *call, const struct cel_value *args)
{
	int order;

	(void)call;
	return cel_bool(cel_order(args[0], args[1], &order) && order >= 0);
}

/* Whether values of these types can be equal at all. */
static bool may_be_equal(struct cel_type a, struct cel_type b)
{
	unsigned kinds = BIT(a.kind) | BIT(b.kind);

	if (kinds & (BIT(CEL_DYN) | BIT(CEL_NULL)) || kinds == NUMBER)
		return true;
	if (a.kind == CEL_OBJECT && b.kind == CEL_OBJECT)
		return a.class == b.class;
	return a.kind == b.kind;
}

static struct cel_type type_of_equality(const struct cel_type *args)
{
	return cel_type_of(
	    may_be_equal(args[0], args[1]) ? CEL_BOOL : CEL_ERROR);
}

static struct cel_type type_of_in_list(const struct cel_type *args)
{
	return cel_type_of(may_be_equal(args[0], cel_type_element(args[1]))
			       ? CEL_BOOL
			       : CEL_ERROR);
}

/* Strings. */

static struct cel_value add_strings(
    const struct call *call, const struct cel_value *args)
{
	size_t left = args[0].text.len, right = args[1].text.len;
	char *text;

	text = arena_alloc(call->arena, left + right);
	if (left)
		memcpy(text, args[0].text.ptr, left);
	if (right)
		memcpy(text + left, args[1].text.ptr, right);
	return cel_string((struct slice){text, left + right});
}

static struct cel_value size_of_string(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_int((int64_t)utf8_count(args[0].text));
}

static struct cel_value starts_with(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_bool(slice_starts(args[0].text, args[1].text));
}

static struct cel_value ends_with(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_bool(slice_ends(args[0].text, args[1].text));
}

static struct cel_value contains(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_bool(slice_find(args[0].text, args[1].text, 0) >= 0);
}

/* own: the pattern, where it is not one that threads share. */
static struct cel_value match(
    const struct call *call, struct regex *own, const struct cel_value *args)
{
	int found;

	if (!cel_steps_take(call->steps, regex_steps(args[0].text)))
		return too_expensive(call);
	found = own ? regex_matches_own(own, args[0].text)
		    : regex_matches(call->pattern, args[0].text);
	if (found >= 0)
		return cel_bool(found);
	cel_steps_take(call->steps, LOST_MATCH_STEPS);
	return cel_error(call->arena,
	    "the pattern '%.*s' takes too long to match",
	    SLICE_ARGS(args[1].text));
}

static struct cel_value matches(
    const struct call *call, const struct cel_value *args)
{
	struct fault fault = {0};
	struct regex *own = NULL;
	struct cel_value result;

	if (!call->is_literal && !cel_steps_take(call->steps, PATTERN_STEPS))
		return too_expensive(call);
	if (!call->pattern)
		own = cel_patterns_get(call->patterns, args[1].text,
		    call->is_strict, &fault);
	result = own || call->pattern
		     ? match(call, own, args)
		     : cel_error(call->arena, "%s", fault_text(&fault));
	fault_release(&fault);
	return result;
}

/* Lists and maps. */

static struct cel_value add_lists(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *left = args[0].list, *right = args[1].list;
	struct cel_value *items;
	struct cel_list *sum;

	if (!cel_steps_take(
		call->steps, (left->n + right->n) * CEL_STEPS_AN_ITEM))
		return too_expensive(call);
	items = arena_array(call->arena, left->n + right->n, sizeof(*items));
	if (left->n)
		memcpy(items, left->items, left->n * sizeof(*items));
	if (right->n)
		memcpy(
		    items + left->n, right->items, right->n * sizeof(*items));
	sum = arena_alloc(call->arena, sizeof(*sum));
	*sum = (struct cel_list){.n = left->n + right->n, .items = items};
	return (struct cel_value){.kind = CEL_LIST, .list = sum};
}

static struct cel_type type_of_list_sum(const struct cel_type *args)
{
	return cel_type_join(args[0], args[1]);
}

static struct cel_value size_of_list(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_int((int64_t)args[0].list->n);
}

static struct cel_value size_of_map(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_int((int64_t)args[0].map->n);
}

static struct cel_value in_list(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[1].list;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (cel_equal_within(args[0], list->items[i], call->steps))
			return cel_bool(true);
	}
	return cel_bool(false);
}

static struct cel_value in_map(
    const struct call *call, const struct cel_value *args)
{
	if (!cel_steps_take(call->steps, args[1].map->n / CEL_KEYS_A_STEP))
		return too_expensive(call);
	return cel_bool(cel_map_find(args[1].map, args[0]));
}

/* A whole double is an index too, as everywhere where CEL meets numbers it
 * cannot tell apart. */
static struct cel_value index_list(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[0].list;
	size_t i;

	if (args[1].kind == CEL_INT) {
		if (args[1].integer >= 0 && (uint64_t)args[1].integer < list->n)
			return list->items[args[1].integer];
		return cel_error(call->arena,
		    "index %lld is outside a list of %zu",
		    (long long)args[1].integer, list->n);
	}
	i = args[1].real >= 0 && args[1].real < (double)list->n
		? (size_t)args[1].real
		: list->n;
	if (i < list->n && (double)i == args[1].real)
		return list->items[i];
	return cel_error(call->arena, "index %g is outside a list of %zu",
	    args[1].real, list->n);
}

static struct cel_value index_map(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_value *found;
	struct buf key = {0};
	struct cel_value error;

	if (!cel_steps_take(call->steps, args[0].map->n / CEL_KEYS_A_STEP))
		return too_expensive(call);
	found = cel_map_find(args[0].map, args[1]);
	if (found)
		return *found;
	cel_spell(args[1], &key);
	error = cel_error(call->arena, "no such key: %s", buf_text(&key));
	buf_release(&key);
	return error;
}

static struct cel_type type_of_index(const struct cel_type *args)
{
	return cel_type_element(args[0]);
}

/* Conversions. */

static struct cel_value same(
    const struct call *call, const struct cel_value *args)
{
	struct cel_value value = args[0];

	(void)call;
	value.place = (struct place){0};
	return value;
}

static struct cel_value not_convertible(
    const struct call *call, struct cel_value value, const char *type)
{
	struct buf text = {0};
	struct cel_value error;

	cel_print(value, &text);
	error = cel_error(
	    call->arena, "%s is not a valid %s", buf_text(&text), type);
	buf_release(&text);
	return error;
}

static struct cel_value int_of_double(
    const struct call *call, const struct cel_value *args)
{
	/* Neither end: CEL leaves -2^63 out, though it is exact. */
	if (args[0].real > -0x1p63 && args[0].real < 0x1p63)
		return cel_int((int64_t)args[0].real);
	return not_convertible(call, args[0], "int");
}

static struct cel_value int_of_string(
    const struct call *call, const struct cel_value *args)
{
	int64_t value;

	if (slice_to_int(args[0].text, &value))
		return cel_int(value);
	return not_convertible(call, args[0], "int");
}

static struct cel_value double_of_int(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_double((double)args[0].integer);
}

static struct cel_value double_of_string(
    const struct call *call, const struct cel_value *args)
{
	struct slice text = slice_copy(call->arena, args[0].text);
	char *end;
	double value = strtod(text.ptr, &end);

	/* strtod() also takes blanks before the number and C's hexadecimal. */
	if (!text.len || end != text.ptr + text.len ||
	    slice_trim(text).len != text.len ||
	    memchr(text.ptr, 'x', text.len) || memchr(text.ptr, 'X', text.len))
		return not_convertible(call, args[0], "double");
	return cel_double(value);
}

static struct cel_value string_of_int(
    const struct call *call, const struct cel_value *args)
{
	return cel_string(slice_of(
	    arena_printf(call->arena, "%lld", (long long)args[0].integer)));
}

static struct cel_value string_of_double(
    const struct call *call, const struct cel_value *args)
{
	struct buf text = {0};
	struct cel_value result;

	cel_print_go_double(args[0].real, &text);
	result = cel_string(slice_copy(call->arena, buf_slice(&text)));
	buf_release(&text);
	return result;
}

static struct cel_value string_of_bool(
    const struct call *call, const struct cel_value *args)
{
	(void)call;
	return cel_string(args[0].boolean ? SLICE("true") : SLICE("false"));
}

static struct cel_value bool_of_string(
    const struct call *call, const struct cel_value *args)
{
	static const char *const yes[] = {"true", "True", "TRUE", "t", "1"};
	static const char *const no[] = {"false", "False", "FALSE", "f", "0"};
	size_t i;

	for (i = 0; i < COUNT_OF(yes); i++) {
		if (slice_is(args[0].text, yes[i]))
			return cel_bool(true);
		if (slice_is(args[0].text, no[i]))
			return cel_bool(false);
	}
	return not_convertible(call, args[0], "bool");
}

static struct cel_type type_of_texts(const struct cel_type *args)
{
	(void)args;
	return (struct cel_type){.kind = CEL_LIST, .element = CEL_STRING};
}

static struct cel_type type_of_item(const struct cel_type *args)
{
	return cel_type_element(args[0]);
}

#define OPERATOR FORM_OPERATOR
#define FUNCTION FORM_FUNCTION
#define METHOD FORM_METHOD
#define EITHER (FORM_FUNCTION | FORM_METHOD)

/* clang-format off */
static const struct overload table[] = {
	{"!", OPERATOR, 1, {BOOL}, CEL_BOOL, .apply = negate_bool},
	{"-", OPERATOR, 1, {INT}, CEL_INT, .apply = negate_int},
	{"-", OPERATOR, 1, {DOUBLE}, CEL_DOUBLE, .apply = negate_double},
	{"-", OPERATOR, 2, {INT, INT}, CEL_INT, .apply = sub_ints},
	{"-", OPERATOR, 2, {DOUBLE, DOUBLE}, CEL_DOUBLE, .apply = sub_doubles},
	{"+", OPERATOR, 2, {INT, INT}, CEL_INT, .apply = add_ints},
	{"+", OPERATOR, 2, {DOUBLE, DOUBLE}, CEL_DOUBLE, .apply = add_doubles},
	{"+", OPERATOR, 2, {STRING, STRING}, CEL_STRING, .apply = add_strings},
	{"+", OPERATOR, 2, {LIST, LIST}, CEL_LIST,
	    .refine = type_of_list_sum, .apply = add_lists},
	{"*", OPERATOR, 2, {INT, INT}, CEL_INT, .apply = mul_ints},
	{"*", OPERATOR, 2, {DOUBLE, DOUBLE}, CEL_DOUBLE, .apply = mul_doubles},
	{"/", OPERATOR, 2, {INT, INT}, CEL_INT, .apply = div_ints},
	{"/", OPERATOR, 2, {DOUBLE, DOUBLE}, CEL_DOUBLE, .apply = div_doubles},
	{"%", OPERATOR, 2, {INT, INT}, CEL_INT, .apply = mod_ints},

	{"==", OPERATOR, 2, {ANY, ANY}, CEL_BOOL,
	    .refine = type_of_equality, .apply = equal},
	{"!=", OPERATOR, 2, {ANY, ANY}, CEL_BOOL,
	    .refine = type_of_equality, .apply = not_equal},
	{"<", OPERATOR, 2, {NUMBER, NUMBER}, CEL_BOOL, .apply = less},
	{"<", OPERATOR, 2, {STRING, STRING}, CEL_BOOL, .apply = less},
	{"<", OPERATOR, 2, {BOOL, BOOL}, CEL_BOOL, .apply = less},
	{"<=", OPERATOR, 2, {NUMBER, NUMBER}, CEL_BOOL, .apply = at_most},
	{"<=", OPERATOR, 2, {STRING, STRING}, CEL_BOOL, .apply = at_most},
	{"<=", OPERATOR, 2, {BOOL, BOOL}, CEL_BOOL, .apply = at_most},
	{">", OPERATOR, 2, {NUMBER, NUMBER}, CEL_BOOL, .apply = greater},
	{">", OPERATOR, 2, {STRING, STRING}, CEL_BOOL, .apply = greater},
	{">", OPERATOR, 2, {BOOL, BOOL}, CEL_BOOL, .apply = greater},
	{">=", OPERATOR, 2, {NUMBER, NUMBER}, CEL_BOOL, .apply = at_least},
	{">=", OPERATOR, 2, {STRING, STRING}, CEL_BOOL, .apply = at_least},
	{">=", OPERATOR, 2, {BOOL, BOOL}, CEL_BOOL, .apply = at_least},
	{"in", OPERATOR, 2, {ANY, LIST}, CEL_BOOL,
	    .refine = type_of_in_list, .apply = in_list},
	{"in", OPERATOR, 2, {KEY, MAP}, CEL_BOOL, .apply = in_map},
	{"[]", OPERATOR, 2, {LIST, NUMBER}, CEL_DYN,
	    .refine = type_of_index, .apply = index_list},
	{"[]", OPERATOR, 2, {MAP, KEY}, CEL_DYN,
	    .refine = type_of_index, .apply = index_map},

	{"size", EITHER, 1, {STRING}, CEL_INT, .apply = size_of_string},
	{"size", EITHER, 1, {LIST}, CEL_INT, .apply = size_of_list},
	{"size", EITHER, 1, {MAP}, CEL_INT, .apply = size_of_map},
	{"matches", EITHER, 2, {STRING, STRING}, CEL_BOOL,
	    .apply = matches, .takes_pattern = true},
	{"startsWith", METHOD, 2, {STRING, STRING}, CEL_BOOL,
	    .apply = starts_with},
	{"endsWith", METHOD, 2, {STRING, STRING}, CEL_BOOL, .apply = ends_with},
	{"contains", METHOD, 2, {STRING, STRING}, CEL_BOOL, .apply = contains},

	{"charAt", METHOD, 2, {STRING, INT}, CEL_STRING, .apply = text_char_at},
	{"indexOf", METHOD, 2, {STRING, STRING}, CEL_INT,
	    .apply = text_index_of},
	{"indexOf", METHOD, 2, {LIST, ANY}, CEL_INT, .apply = list_index_of},
	{"lastIndexOf", METHOD, 2, {STRING, STRING}, CEL_INT,
	    .apply = text_last_index_of},
	{"lastIndexOf", METHOD, 2, {LIST, ANY}, CEL_INT,
	    .apply = list_last_index_of},
	{"lowerAscii", METHOD, 1, {STRING}, CEL_STRING, .apply = text_lower},
	{"upperAscii", METHOD, 1, {STRING}, CEL_STRING, .apply = text_upper},
	{"trim", METHOD, 1, {STRING}, CEL_STRING, .apply = text_trim},
	{"replace", METHOD, 3, {STRING, STRING, STRING}, CEL_STRING,
	    .apply = text_replace},
	{"replace", METHOD, 4, {STRING, STRING, STRING, INT}, CEL_STRING,
	    .apply = text_replace_some},
	{"split", METHOD, 2, {STRING, STRING}, CEL_LIST,
	    .refine = type_of_texts, .apply = text_split},
	{"split", METHOD, 3, {STRING, STRING, INT}, CEL_LIST,
	    .refine = type_of_texts, .apply = text_split_some},
	{"substring", METHOD, 2, {STRING, INT}, CEL_STRING,
	    .apply = text_substring},
	{"substring", METHOD, 3, {STRING, INT, INT}, CEL_STRING,
	    .apply = text_substring_to},
	{"join", METHOD, 1, {LIST}, CEL_STRING, .apply = list_join},
	{"join", METHOD, 2, {LIST, STRING}, CEL_STRING,
	    .apply = list_join_with},
	{"isSorted", METHOD, 1, {LIST}, CEL_BOOL, .apply = list_is_sorted},
	{"sum", METHOD, 1, {LIST}, CEL_DYN,
	    .refine = type_of_item, .apply = list_sum},
	{"min", METHOD, 1, {LIST}, CEL_DYN,
	    .refine = type_of_item, .apply = list_min},
	{"max", METHOD, 1, {LIST}, CEL_DYN,
	    .refine = type_of_item, .apply = list_max},

	{"int", FUNCTION, 1, {INT}, CEL_INT, .apply = same},
	{"int", FUNCTION, 1, {DOUBLE}, CEL_INT, .apply = int_of_double},
	{"int", FUNCTION, 1, {STRING}, CEL_INT, .apply = int_of_string},
	{"double", FUNCTION, 1, {DOUBLE}, CEL_DOUBLE, .apply = same},
	{"double", FUNCTION, 1, {INT}, CEL_DOUBLE, .apply = double_of_int},
	{"double", FUNCTION, 1, {STRING}, CEL_DOUBLE,
	    .apply = double_of_string},
	{"string", FUNCTION, 1, {STRING}, CEL_STRING, .apply = same},
	{"string", FUNCTION, 1, {INT}, CEL_STRING, .apply = string_of_int},
	{"string", FUNCTION, 1, {DOUBLE}, CEL_STRING,
	    .apply = string_of_double},
	{"string", FUNCTION, 1, {BOOL}, CEL_STRING, .apply = string_of_bool},
	{"bool", FUNCTION, 1, {BOOL}, CEL_BOOL, .apply = same},
	{"bool", FUNCTION, 1, {STRING}, CEL_BOOL, .apply = bool_of_string},
	{"dyn", FUNCTION, 1, {ANY}, CEL_DYN, .apply = same},
};
/* clang-format on */

struct overloads overloads_all(void)
{
	return (struct overloads){table, COUNT_OF(table)};
}
