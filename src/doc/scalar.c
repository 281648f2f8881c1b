/*
 * A scalar's text -> what Kubernetes takes it for.
 *
 * The rules are those of go-yaml v2, which sigs.k8s.io/yaml builds on: YAML
 * 1.1 without its single letters for booleans and without base 60.
 */
#include "doc/scalar.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* The longest of words. */
#define WORD_MAX 5

/* Longer texts are no numbers that anything could hold. */
#define NUMBER_MAX 400

/* So many digits are below 2^63. */
#define SHORT_NUMBER 18

/* A spelling and what it means; one row each. */
struct word {
	struct slice text;
	enum scalar_type type;
	double value;
};

#define WORD(text, type, value)                       \
	{                                             \
		{text, sizeof(text) - 1}, type, value \
	}

/* Nulls come first. */
static const struct word words[] = {
    WORD("", SCALAR_NULL, 0),
    WORD("~", SCALAR_NULL, 0),
    WORD("null", SCALAR_NULL, 0),
    WORD("Null", SCALAR_NULL, 0),
    WORD("NULL", SCALAR_NULL, 0),
    WORD("true", SCALAR_BOOL, 1),
    WORD("True", SCALAR_BOOL, 1),
    WORD("TRUE", SCALAR_BOOL, 1),
    WORD("yes", SCALAR_BOOL, 1),
    WORD("Yes", SCALAR_BOOL, 1),
    WORD("YES", SCALAR_BOOL, 1),
    WORD("on", SCALAR_BOOL, 1),
    WORD("On", SCALAR_BOOL, 1),
    WORD("ON", SCALAR_BOOL, 1),
    WORD("false", SCALAR_BOOL, 0),
    WORD("False", SCALAR_BOOL, 0),
    WORD("FALSE", SCALAR_BOOL, 0),
    WORD("no", SCALAR_BOOL, 0),
    WORD("No", SCALAR_BOOL, 0),
    WORD("NO", SCALAR_BOOL, 0),
    WORD("off", SCALAR_BOOL, 0),
    WORD("Off", SCALAR_BOOL, 0),
    WORD("OFF", SCALAR_BOOL, 0),
    WORD(".nan", SCALAR_DOUBLE, __builtin_nan("")),
    WORD(".NaN", SCALAR_DOUBLE, __builtin_nan("")),
    WORD(".NAN", SCALAR_DOUBLE, __builtin_nan("")),
    WORD(".inf", SCALAR_DOUBLE, __builtin_inf()),
    WORD(".Inf", SCALAR_DOUBLE, __builtin_inf()),
    WORD(".INF", SCALAR_DOUBLE, __builtin_inf()),
    WORD("+.inf", SCALAR_DOUBLE, __builtin_inf()),
    WORD("+.Inf", SCALAR_DOUBLE, __builtin_inf()),
    WORD("+.INF", SCALAR_DOUBLE, __builtin_inf()),
    WORD("-.inf", SCALAR_DOUBLE, -__builtin_inf()),
    WORD("-.Inf", SCALAR_DOUBLE, -__builtin_inf()),
    WORD("-.INF", SCALAR_DOUBLE, -__builtin_inf()),
};

/* A number without its "_", ended by NUL. */
struct digits {
	char text[NUMBER_MAX + 1];
	size_t len;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of a text that begins like a number. */
static bool get_digits(struct slice text, struct digits *ret_digits)
{
	if (text.len > NUMBER_MAX)
		return false;
	ret_digits->len = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\0')
			return false;
		if (text.ptr[i] != '_')
			ret_digits->text[ret_digits->len++] = text.ptr[i];
	}
	ret_digits->text[ret_digits->len] = '\0';
	return true;
}

/* Skips the prefix that tells the base. */
static int get_base(const char **digits)
{
	const char *p = *digits;

	if (p[0] != '0' || !p[1])
		return 10;
	*digits += 2;
	switch (p[1]) {
	case 'x':
	case 'X': return 16;
	case 'o':
	case 'O': return 8;
	case 'b':
	case 'B': return 2;
	default: *digits -= 1; return 8;
	}
}

static int digit_value(char c)
{
	if (is_digit(c))
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return 16;
}

/* All of digits in that base; false when it is none or over 64 bits. */
static bool parse_magnitude(const char *digits, int base, uint64_t *ret_value)
{
	uint64_t value = 0;

	if (!*digits)
		return false;
	for (; *digits; digits++) {
		int digit = digit_value(*digits);

		if (digit >= base ||
		    __builtin_mul_overflow(value, (uint64_t)base, &value) ||
		    __builtin_add_overflow(value, (uint64_t)digit, &value))
			return false;
	}
	*ret_value = value;
	return true;
}

static bool parse_int(const struct digits *digits, struct scalar *scalar)
{
	const char *p = digits->text;
	bool negative = *p == '-';
	uint64_t value;
	int base;

	if (*p == '+' || *p == '-')
		p++;
	base = get_base(&p);
	if (!parse_magnitude(p, base, &value))
		return false;
	if (value > (uint64_t)INT64_MAX + negative) {
		scalar->type = SCALAR_DOUBLE;
		scalar->real = negative ? -(double)value : (double)value;
		return true;
	}
	scalar->type = SCALAR_INT;
	scalar->integer = (int64_t)(negative ? -value : value);
	return true;
}

static const char *skip_digits(const char *p)
{
	while (is_digit(*p))
		p++;
	return p;
}

/* Whether it is [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)? */
static bool is_float(const char *p)
{
	const char *whole, *part;

	if (*p == '+' || *p == '-')
		p++;
	whole = p;
	part = p = skip_digits(p);
	if (*p == '.')
		p = skip_digits(++part);
	if (part == whole || (whole[0] == '.' && p == part))
		return false;
	if (*p != 'e' && *p != 'E')
		return !*p;
	p++;
	if (*p == '+' || *p == '-')
		p++;
	return is_digit(*p) && !*skip_digits(p);
}

static bool parse_float(const struct digits *digits, struct scalar *scalar)
{
	double value;

	if (!is_float(digits->text))
		return false;
	value = strtod(digits->text, NULL);
	if (__builtin_isinf(value))
		return false;
	scalar->type = SCALAR_DOUBLE;
	scalar->real = value;
	return true;
}

/* What a text can be that begins with a byte: nearly all begin as none of
 * these does. */
enum beginning {
	BEGINS_WORD = 1,
	BEGINS_NUMBER = 2,
};

#define WORD_OR_NUMBER (BEGINS_WORD | BEGINS_NUMBER)

static const unsigned char beginnings[UCHAR_MAX + 1] = {
    ['~'] = BEGINS_WORD,
    ['n'] = BEGINS_WORD,
    ['N'] = BEGINS_WORD,
    ['t'] = BEGINS_WORD,
    ['T'] = BEGINS_WORD,
    ['y'] = BEGINS_WORD,
    ['Y'] = BEGINS_WORD,
    ['o'] = BEGINS_WORD,
    ['O'] = BEGINS_WORD,
    ['f'] = BEGINS_WORD,
    ['F'] = BEGINS_WORD,
    ['.'] = WORD_OR_NUMBER,
    ['+'] = WORD_OR_NUMBER,
    ['-'] = WORD_OR_NUMBER,
    ['0' ... '9'] = BEGINS_NUMBER,
};

/* Of beginnings, those of a scalar; none when it is a string whatever it says,
 * as nearly all are. */
static unsigned beginning_of(const struct node *node)
{
	if (!node->plain || node->is_string)
		return 0;
	if (!node->text.len)
		return BEGINS_WORD;
	return beginnings[(unsigned char)*node->text.ptr];
}

static bool find_word(struct slice text, struct scalar *scalar)
{
	if (text.len > WORD_MAX)
		return false;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (!slice_eq(text, words[i].text))
			continue;
		scalar->type = words[i].type;
		if (scalar->type == SCALAR_BOOL)
			scalar->boolean = words[i].value != 0;
		else
			scalar->real = words[i].value;
		return true;
	}
	return false;
}

/* What numbers are as a rule: some digits, the first of which is no 0. */
static bool find_short_number(struct slice text, struct scalar *scalar)
{
	int64_t value = 0;

	if (text.len > SHORT_NUMBER || (*text.ptr == '0' && text.len > 1))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.ptr[i]))
			return false;
		value = 10 * value + (text.ptr[i] - '0');
	}
	scalar->type = SCALAR_INT;
	scalar->integer = value;
	return true;
}

static void find_number(struct slice text, struct scalar *scalar)
{
	struct digits digits;

	if (get_digits(text, &digits) && !parse_int(&digits, scalar))
		parse_float(&digits, scalar);
}

struct scalar scalar_of(const struct node *node)
{
	struct scalar scalar = {.type = SCALAR_STRING};
	unsigned beginning;

	if (node->kind != NODE_SCALAR)
		BUG("the meaning of a node that is no scalar");
	scalar.text = node->text;
	beginning = beginning_of(node);
	if (beginning & BEGINS_WORD && find_word(node->text, &scalar))
		return scalar;
	if (beginning & BEGINS_NUMBER &&
	    !find_short_number(node->text, &scalar))
		find_number(node->text, &scalar);
	return scalar;
}

struct scalar scalar_as_sent(const struct node *node)
{
	struct scalar scalar = scalar_of(node);

	if (!node->plain || node->is_string || node->text.len != 1)
		return scalar;
	switch (*node->text.ptr) {
	case 'y':
	case 'Y':
		scalar.type = SCALAR_BOOL;
		scalar.boolean = true;
		break;
	case 'n':
	case 'N':
		scalar.type = SCALAR_BOOL;
		scalar.boolean = false;
		break;
	default: break;
	}
	return scalar;
}

static bool is_type(
    const struct node *node, enum scalar_type type, struct scalar *ret_scalar)
{
	if (!node || node->kind != NODE_SCALAR)
		return false;
	*ret_scalar = scalar_of(node);
	return ret_scalar->type == type;
}

bool scalar_is_null(const struct node *scalar)
{
	if (scalar->is_string)
		return false;
	for (size_t i = 0; words[i].type == SCALAR_NULL; i++) {
		if (slice_eq(scalar->text, words[i].text))
			return true;
	}
	return false;
}

bool node_to_bool(const struct node *node, bool *ret_value)
{
	struct scalar scalar;

	if (!is_type(node, SCALAR_BOOL, &scalar))
		return false;
	*ret_value = scalar.boolean;
	return true;
}

bool node_to_int(const struct node *node, int64_t *ret_value)
{
	struct scalar scalar;

	if (!is_type(node, SCALAR_INT, &scalar))
		return false;
	*ret_value = scalar.integer;
	return true;
}
