/* How long an application takes to drain: read from names and values. */
#include "fact/facts.h"

#include <stdlib.h>
#include <string.h>

/* The most a Go duration holds: int64 nanoseconds. */
#define MOST_DURATION (INT64_MAX / 1000000)

/* Longer than any drain: a number past it is no time. */
#define MOST_MILLISECONDS (1000LL * 60 * 60)

struct unit {
	const char *name;
	double milliseconds;
};

/* Go's time.ParseDuration. */
static const struct unit go_units[] = {{"ns", 1e-6}, {"us", 1e-3},
    {"\xC2\xB5s", 1e-3}, {"\xCE\xBCs", 1e-3}, {"ms", 1}, {"s", 1000},
    {"m", 60 * 1000}, {"h", 60 * 60 * 1000}};

/* What a variable's name may end in. */
static const struct unit name_units[] = {{"_MS", 1}, {"_MSEC", 1},
    {"_MSECS", 1}, {"_MILLIS", 1}, {"_MILLISECONDS", 1}, {"_S", 1000},
    {"_SEC", 1000}, {"_SECS", 1000}, {"_SECOND", 1000}, {"_SECONDS", 1000},
    {"SECONDS", 1000}, {"MILLIS", 1}, {"MILLISECONDS", 1}, {"_MIN", 60 * 1000},
    {"_MINS", 60 * 1000}, {"_MINUTES", 60 * 1000}};

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
	*ret_number = strtod(digits, &end);
	if (!n || *end || !strcmp(digits, "."))
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

/* The longest unit that a name ends in, whatever its case and separator. */
static const struct unit *unit_of_name(struct slice name)
{
	const struct unit *best = NULL;
	char upper[32];
	size_t n = name.len < sizeof(upper) ? name.len : sizeof(upper);

	for (size_t i = 0; i < n; i++) {
		char c = name.ptr[name.len - n + i];

		if (c >= 'a' && c <= 'z')
			c -= 'a' - 'A';
		upper[i] = c == '-' || c == '.' ? '_' : c;
	}
	if (slice_ends(name, SLICE("Ms")) && name.len > 2)
		return &name_units[0];
	for (size_t i = 0; i < COUNT_OF(name_units); i++) {
		struct slice unit = slice_of(name_units[i].name);

		if (slice_ends((struct slice){upper, n}, unit) &&
		    (!best || unit.len > strlen(best->name)))
			best = &name_units[i];
	}
	return best;
}

static bool drain_seconds(
    struct slice name, const struct node *value, int64_t *ret_seconds)
{
	const struct unit *unit = unit_of_name(name);
	int64_t milliseconds;
	struct slice text;
	double number;

	if (!node_to_text(value, &text))
		return false;
	text = slice_trim(text);
	if (!parse_duration(text, &milliseconds)) {
		if (!unit || !take_number(&text, &number) || text.len)
			return false;
		number *= unit->milliseconds;
		if (number > (double)MOST_MILLISECONDS)
			return false;
		milliseconds = round_up(number);
	}
	if (milliseconds > MOST_MILLISECONDS)
		return false;
	*ret_seconds = (milliseconds + 999) / 1000;
	return true;
}

bool is_drain_variable(const struct facts *facts, struct slice name)
{
	return facts->settings->drain &&
	       regex_matches(facts->settings->drain, name) == 1;
}

void add_drain(struct facts *facts, struct slice name, const struct node *value,
    struct buf *drains)
{
	struct drain_setting drain = {
	    .line = value->span.line,
	    .col = value->span.col,
	    .width = facts_width(value),
	    .by_name = is_drain_variable(facts, name),
	};
	struct slice text;
	int64_t milliseconds;

	/* A key of any name may be what a drain variable is taken from; only
	 * what is a duration by itself can be told without that name. */
	if (!drain.by_name &&
	    !(node_to_text(value, &text) &&
		parse_duration(slice_trim(text), &milliseconds) &&
		milliseconds))
		return;
	if (!drain_seconds(name, value, &drain.seconds))
		return;
	drain.name = facts_text(facts, name);
	buf_add(drains, &drain, sizeof(drain));
}
