/* A decimal number and one of the suffixes of apimachinery's quantities. */
#include "base/quantity.h"

#include <math.h>
#include <string.h>

static const struct {
	const char *suffix;
	double factor;
} suffixes[] = {
    {"", 1},
    {"n", 1e-9},
    {"u", 1e-6},
    {"m", 1e-3},
    {"k", 1e3},
    {"M", 1e6},
    {"G", 1e9},
    {"T", 1e12},
    {"P", 1e15},
    {"E", 1e18},
    {"Ki", 0x1p10},
    {"Mi", 0x1p20},
    {"Gi", 0x1p30},
    {"Ti", 0x1p40},
    {"Pi", 0x1p50},
    {"Ei", 0x1p60},
};

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
static bool parse_exponent(struct slice text, double *ret_factor)
{
	int64_t exponent;

	if (text.len < 2 || (*text.ptr != 'e' && *text.ptr != 'E'))
		return false;
	text = (struct slice){text.ptr + 1, text.len - 1};
	if (*text.ptr == '+')
		text = (struct slice){text.ptr + 1, text.len - 1};
	if (!slice_to_int(text, &exponent) || exponent > 30 || exponent < -30)
		return false;
	*ret_factor = pow(10, (double)exponent);
	return true;
}

bool quantity_parse(struct slice text, double *ret_number)
{
	double number, factor;
	size_t taken;

	if (text.len && *text.ptr == '+')
		text = (struct slice){text.ptr + 1, text.len - 1};
	taken = read_decimal(text, &number);
	if (!taken)
		return false;
	text = (struct slice){text.ptr + taken, text.len - taken};
	for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
		if (slice_is(text, suffixes[i].suffix)) {
			*ret_number = number * suffixes[i].factor;
			return isfinite(*ret_number);
		}
	}
	if (!parse_exponent(text, &factor))
		return false;
	*ret_number = number * factor;
	return isfinite(*ret_number);
}
