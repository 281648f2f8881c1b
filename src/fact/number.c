/* Numbers as people write them in manifests: with units, of any size. */
#include "fact/number.h"

#include <stdlib.h>
#include <string.h>

/* The most a Go duration holds: int64 nanoseconds. */
#define MOST_DURATION (INT64_MAX / 1000000)

struct unit {
	const char *name;
	double milliseconds;
};

/* Go's time.ParseDuration. */
static const struct unit go_units[] = {{"ns", 1e-6}, {"us", 1e-3},
    {"\xC2\xB5s", 1e-3}, {"\xCE\xBCs", 1e-3}, {"ms", 1}, {"s", 1000},
    {"m", 60 * 1000}, {"h", 60 * 60 * 1000}};

bool take_number(struct slice *text, double *ret_number)
{
	char digits[32];
	size_t n = 0;
	char *end;

	while (n < text->len && n + 1 < sizeof(digits) &&
	       (text->ptr[n] == '.' ||
		   (text->ptr[n] >= '0' && text->ptr[n] <= '9'))) {
		digits[n] = text->ptr[n];
		n++;
	}
	digits[n] = '\0';
	if (!n || text_eq(digits, "."))
		return false;
	*ret_number = strtod(digits, &end);
	if (*end)
		return false;
	text->ptr += n;
	text->len -= n;
	return true;
}

/* Reads the longest unit off the front of text. */
static const struct unit *take_unit(struct slice *text)
{
	const struct unit *best = NULL;

	for (size_t i = 0; i < COUNT_OF(go_units); i++) {
		struct slice name = slice_of(go_units[i].name);

		if (slice_starts(*text, name) &&
		    (!best || name.len > strlen(best->name)))
			best = &go_units[i];
	}
	if (best) {
		text->ptr += strlen(best->name);
		text->len -= strlen(best->name);
	}
	return best;
}

int64_t round_up(double value)
{
	int64_t whole = (int64_t)value;

	return (double)whole + 1e-7 < value ? whole + 1 : whole;
}

bool parse_duration(struct slice text, int64_t *ret_milliseconds)
{
	double total = 0;

	if (text.len > 1 && text.ptr[0] == '+')
		text = (struct slice){text.ptr + 1, text.len - 1};
	if (!text.len)
		return false;
	if (slice_eq(text, SLICE("0"))) {
		*ret_milliseconds = 0;
		return true;
	}
	/* As all units end.  Nearly all values of ConfigMaps end otherwise. */
	if (!strchr("smh", text.ptr[text.len - 1]))
		return false;
	while (text.len) {
		const struct unit *unit;
		double number;

		if (!take_number(&text, &number))
			return false;
		unit = take_unit(&text);
		if (!unit)
			return false;
		total += number * unit->milliseconds;
		if (total > (double)MOST_DURATION)
			return false;
	}
	*ret_milliseconds = round_up(total);
	return true;
}

int64_t saturated_sum(int64_t a, int64_t b)
{
	int64_t result;

	if (__builtin_add_overflow(a, b, &result))
		return a < 0 ? INT64_MIN : INT64_MAX;
	return result;
}
