/* A decimal number and one of the suffixes of apimachinery's quantities. */
#include "base/quantity.h"

#include "base/real.h"

#include <math.h>
#include <string.h>

/* A suffix is a power of ten, or of two. */
static const struct suffix {
	const char *text;
	double factor;
	int tens, twos;
} suffixes[] = {
    {"", 1, 0, 0},
    {"n", 1e-9, -9, 0},
    {"u", 1e-6, -6, 0},
    {"m", 1e-3, -3, 0},
    {"k", 1e3, 3, 0},
    {"M", 1e6, 6, 0},
    {"G", 1e9, 9, 0},
    {"T", 1e12, 12, 0},
    {"P", 1e15, 15, 0},
    {"E", 1e18, 18, 0},
    {"Ki", 0x1p10, 0, 10},
    {"Mi", 0x1p20, 0, 20},
    {"Gi", 0x1p30, 0, 30},
    {"Ti", 0x1p40, 0, 40},
    {"Pi", 0x1p50, 0, 50},
    {"Ei", 0x1p60, 0, 60},
};

static const struct suffix *find_suffix(struct slice text)
{
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		if (slice_is(text, suffixes[i].text))
			return &suffixes[i];
	}
	return NULL;
}

/* Digits with at most one point among them; how many bytes, 0 for none. */
static size_t read_decimal(struct slice text, double *ret_number)
{
	double number = 0, unit = 1;
	bool any = false, point = false;
	size_t i = 0;

	for (; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '.' && !point) {
			point = true;
			continue;
		}
		if (c < '0' || c > '9')
			break;
		any = true;
		number = number * 10 + (c - '0');
		unit *= point ? 10 : 1;
	}
	*ret_number = number / unit;
	return any ? i : 0;
}

/* "e3", "E-3": a suffix like any other. */
static bool parse_exponent(struct slice text, int64_t *ret_exponent)
{
	if (text.len < 2 || (*text.ptr != 'e' && *text.ptr != 'E'))
		return false;
	text = (struct slice){text.ptr + 1, text.len - 1};
	if (*text.ptr == '+')
		text = (struct slice){text.ptr + 1, text.len - 1};
	return slice_to_int(text, ret_exponent) && *ret_exponent <= 30 &&
	       *ret_exponent >= -30;
}

static struct slice without_plus(struct slice text)
{
	if (text.len && *text.ptr == '+')
		return (struct slice){text.ptr + 1, text.len - 1};
	return text;
}

bool quantity_parse(struct slice text, double *ret_number)
{
	const struct suffix *suffix;
	double number, factor;
	int64_t exponent;
	size_t taken;

	text = without_plus(text);
	taken = read_decimal(text, &number);
	if (!taken)
		return false;
	text = (struct slice){text.ptr + taken, text.len - taken};
	suffix = find_suffix(text);
	if (!suffix && !parse_exponent(text, &exponent))
		return false;
	factor = suffix ? suffix->factor : power_of_ten((int)exponent);
	*ret_number = number * factor;
	return isfinite(*ret_number);
}

/* digits x 10^tens, exactly; how it is written tells how it is spelled. */
struct amount {
	uint64_t digits;
	int64_t tens;
	bool by_twos;	  /* with Ki and the like */
	bool by_exponent; /* with e3 and the like */
};

/* Larger numbers are not spelled: 2^63 - 1 is where apimachinery ends. */
static bool multiply(uint64_t *number, uint64_t factor)
{
	if (*number > (uint64_t)INT64_MAX / factor)
		return false;
	*number *= factor;
	return true;
}

static bool read_digits(struct slice text, size_t length, struct amount *amount)
{
	bool point = false;

	for (size_t i = 0; i < length; i++) {
		if (text.ptr[i] == '.') {
			point = true;
			continue;
		}
		if (!multiply(&amount->digits, 10))
			return false;
		amount->digits += (uint64_t)(text.ptr[i] - '0');
		amount->tens -= point;
	}
	return amount->digits <= INT64_MAX;
}

/* No zero at the end of digits but those that the exponent cannot take. */
static void shorten(struct amount *amount, int64_t most_tens)
{
	while (amount->digits && amount->digits % 10 == 0 &&
	       amount->tens < most_tens) {
		amount->digits /= 10;
		amount->tens++;
	}
}

static bool read_amount(struct slice text, struct amount *amount)
{
	const struct suffix *suffix;
	struct slice rest;
	double number;
	int64_t exponent = 0;
	size_t taken;

	text = without_plus(text);
	taken = read_decimal(text, &number);
	rest = (struct slice){text.ptr + taken, text.len - taken};
	suffix = find_suffix(rest);
	if (!taken || !read_digits(text, taken, amount) ||
	    (!suffix && !parse_exponent(rest, &exponent)))
		return false;
	amount->by_exponent = !suffix;
	amount->tens += suffix ? suffix->tens : exponent;
	amount->by_twos = suffix && suffix->twos;
	shorten(amount, amount->by_twos ? 0 : INT64_MAX);
	return !amount->by_twos ||
	       multiply(&amount->digits, (uint64_t)1 << suffix->twos);
}

static const char *suffix_of(int64_t tens, int64_t twos)
{
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		if (suffixes[i].tens == tens && suffixes[i].twos == twos)
			return suffixes[i].text;
	}
	return NULL;
}

static void spell_by_twos(uint64_t number, struct buf *buf)
{
	int64_t twos = 0;

	for (; number % 1024 == 0 && twos < 60; twos += 10)
		number /= 1024;
	buf_printf(
	    buf, "%llu%s", (unsigned long long)number, suffix_of(0, twos));
}

/* Exponents are multiples of three, from nano on. */
static bool spell_by_tens(struct amount *amount, struct buf *buf)
{
	const char *suffix;

	for (; amount->tens % 3; amount->tens--) {
		if (!multiply(&amount->digits, 10))
			return false;
	}
	suffix = suffix_of(amount->tens, 0);
	if (!suffix)
		return false;
	buf_printf(buf, "%llu", (unsigned long long)amount->digits);
	if (amount->by_exponent && amount->tens)
		buf_printf(buf, "e%lld", (long long)amount->tens);
	else
		buf_add_text(buf, suffix);
	return true;
}

bool quantity_spell(struct slice text, struct buf *buf)
{
	struct amount amount = {0};

	if (!read_amount(text, &amount))
		return false;
	if (!amount.digits) {
		buf_add_text(buf, "0");
		return true;
	}
	if (amount.by_twos) {
		shorten(&amount, 0);
		if (!amount.tens && amount.digits >= 1024) {
			spell_by_twos(amount.digits, buf);
			return true;
		}
	}
	shorten(&amount, INT64_MAX);
	return spell_by_tens(&amount, buf);
}
