/* How long an application and its preStop take: read from names, values and
 * commands. */
#include "fact/facts.h"

#include <stdlib.h>
#include <string.h>

/* Longer than any drain: a number past it is no time. */
#define MOST_MILLISECONDS (1000LL * 60 * 60 * 24 * 30)

struct unit {
	const char *name;
	int64_t milliseconds;
};

/* Go's time.ParseDuration; finer units round up to one millisecond. */
static const struct unit go_units[] = {{"ns", 0}, {"us", 0}, {"\xC2\xB5s", 0},
    {"\xCE\xBCs", 0}, {"ms", 1}, {"s", 1000}, {"m", 60 * 1000},
    {"h", 60 * 60 * 1000}};

/* What a variable's name may end in. */
static const struct unit name_units[] = {{"_MS", 1}, {"_MSEC", 1},
    {"_MSECS", 1}, {"_MILLIS", 1}, {"_MILLISECONDS", 1}, {"_S", 1000},
    {"_SEC", 1000}, {"_SECS", 1000}, {"_SECOND", 1000}, {"_SECONDS", 1000},
    {"_MIN", 60 * 1000}, {"_MINS", 60 * 1000}, {"_MINUTES", 60 * 1000}};

/* Reads a number with an optional fraction off the front of text. */
static bool take_number(struct slice *text, double *ret_number)
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

static int64_t round_up(double value)
{
	int64_t whole = (int64_t)value;

	return (double)whole < value ? whole + 1 : whole;
}

bool parse_duration(struct slice text, int64_t *ret_milliseconds)
{
	double total = 0;

	if (!text.len)
		return false;
	while (text.len) {
		const struct unit *unit;
		double number;

		if (!take_number(&text, &number))
			return false;
		unit = take_unit(&text);
		if (!unit)
			return false;
		total += unit->milliseconds
			     ? number * (double)unit->milliseconds
			     : (number > 0);
		if (total > (double)MOST_MILLISECONDS)
			return false;
	}
	*ret_milliseconds = round_up(total);
	return true;
}

/* The unit that a name ends in, whatever its case and separator. */
static const struct unit *unit_of_name(struct slice name)
{
	char upper[32];
	size_t n = name.len < sizeof(upper) ? name.len : sizeof(upper);

	for (size_t i = 0; i < n; i++) {
		char c = name.ptr[name.len - n + i];

		if (c >= 'a' && c <= 'z')
			c -= 'a' - 'A';
		upper[i] = c == '-' || c == '.' ? '_' : c;
	}
	for (size_t i = 0; i < COUNT_OF(name_units); i++) {
		if (slice_ends(
			(struct slice){upper, n}, slice_of(name_units[i].name)))
			return &name_units[i];
	}
	return NULL;
}

static bool drain_seconds(const struct settings *settings, struct slice name,
    const struct node *value, int64_t *ret_seconds)
{
	const struct unit *unit = unit_of_name(name);
	int64_t milliseconds;
	struct slice text;
	double number;

	if (!node_to_text(value, &text) ||
	    !settings->drain || regex_matches(settings->drain, name) != 1)
		return false;
	text = slice_trim(text);
	if (!parse_duration(text, &milliseconds)) {
		if (!unit || !take_number(&text, &number) || text.len)
			return false;
		number *= (double)unit->milliseconds;
		if (number > (double)MOST_MILLISECONDS)
			return false;
		milliseconds = round_up(number);
	}
	*ret_seconds = (milliseconds + 999) / 1000;
	return true;
}

void add_drain(struct facts *facts, struct slice name, const struct node *value,
    struct buf *drains)
{
	struct drain_setting drain = {
	    .line = value->span.line,
	    .col = value->span.col,
	    .width = facts_width(value),
	};

	if (!drain_seconds(facts->settings, name, value, &drain.seconds))
		return;
	drain.name = facts_text(facts, name);
	buf_add(drains, &drain, sizeof(drain));
}

/* "sleep" as a word at offset at of text. */
static bool is_word(struct slice text, size_t at, size_t len)
{
	static const char *const edges = " \t\n;&|(/'\"";

	return (at == 0 || strchr(edges, text.ptr[at - 1])) &&
	       at + len < text.len && strchr(" \t", text.ptr[at + len]);
}

/* The time after "sleep" in a shell's text: all literal sleeps of it, added.
 * sleep(1) takes s, m, h or d behind the number. */
static bool sleep_in_shell(struct slice text, double *ret_seconds)
{
	static const struct slice word = {"sleep", 5};
	ptrdiff_t at = 0;
	bool found = false;

	while ((at = slice_find(text, word, (size_t)at)) >= 0) {
		struct slice rest = {
		    text.ptr + at + word.len, text.len - (size_t)at - word.len};
		double number;

		if (is_word(text, (size_t)at, word.len)) {
			rest = slice_trim(rest);
			if (take_number(&rest, &number)) {
				char unit = rest.len ? rest.ptr[0] : 's';

				*ret_seconds +=
				    number * (unit == 'm'      ? 60
						 : unit == 'h' ? 3600
							       : 1);
				found = true;
			}
		}
		at += (ptrdiff_t)word.len;
	}
	return found;
}

/* All arguments as one line, so that ["sleep", "10"] reads like a shell's. */
static void join_command(const struct node *command, struct buf *buf)
{
	for (uint32_t i = 0; i < command->n; i++) {
		struct slice text;

		if (!node_to_text(command->items[i], &text))
			continue;
		if (buf->len)
			buf_add_char(buf, ' ');
		buf_add_slice(buf, text);
	}
}

bool sleep_seconds(const struct node *command, int64_t *ret_seconds)
{
	struct buf line = {0};
	double seconds = 0;
	bool found;

	if (!command || command->kind != NODE_SEQUENCE)
		return false;
	join_command(command, &line);
	found = sleep_in_shell(buf_slice(&line), &seconds);
	buf_release(&line);
	if (!found || seconds * 1000 > (double)MOST_MILLISECONDS)
		return false;
	*ret_seconds = round_up(seconds);
	return true;
}
