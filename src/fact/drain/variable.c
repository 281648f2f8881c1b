/* How long an application takes to drain: read from names and values. */
#include "fact/drain/drain.h"

#include "fact/number.h"
#include "fact/settings.h"

#include <stdlib.h>
#include <string.h>

/* Longer than any drain: a number past it is no time. */
#define MOST_MILLISECONDS (1000LL * 60 * 60)

struct unit {
	const char *name;
	double milliseconds;
};

/* What a variable's name may end in. */
static const struct unit name_units[] = {{"_MS", 1}, {"_MSEC", 1},
    {"_MSECS", 1}, {"_MILLIS", 1}, {"_MILLISECONDS", 1}, {"_S", 1000},
    {"_SEC", 1000}, {"_SECS", 1000}, {"_SECOND", 1000}, {"_SECONDS", 1000},
    {"SECONDS", 1000}, {"MILLIS", 1}, {"MILLISECONDS", 1}, {"_MIN", 60 * 1000},
    {"_MINS", 60 * 1000}, {"_MINUTES", 60 * 1000}};

/* Variables of known programs, whose bare numbers are in that unit. */
static const struct {
	const char *variable;
	struct unit unit;
} known_variables[] = {
    {"SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE", {"_MS", 1}},
    {"QUARKUS_SHUTDOWN_TIMEOUT", {"_S", 1000}},
    {"UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN", {"_S", 1000}},
};

/* The longest unit that a name ends in, whatever its case and separator. */
static const struct unit *unit_of_name(struct slice name)
{
	const struct unit *best = NULL;
	char upper[32];
	size_t n = name.len < sizeof(upper) ? name.len : sizeof(upper);

	for (size_t i = 0; i < COUNT_OF(known_variables); i++) {
		if (slice_is(name, known_variables[i].variable))
			return &known_variables[i].unit;
	}
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

bool drain_time(struct slice name, struct slice text, int64_t *ret_seconds)
{
	const struct unit *unit = unit_of_name(name);
	int64_t milliseconds;
	double number;

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

bool is_drain_variable(struct facts *facts, struct slice name)
{
	return name_answers_has(&facts->drains, facts->settings->drain, name);
}

/* A name without case and separators, as far as that has room. */
struct letters {
	char text[64];
	size_t n;
};

static struct letters letters_of(struct slice name)
{
	struct letters letters = {.n = 0};

	for (size_t i = 0; i < name.len && letters.n < sizeof(letters.text);
	     i++) {
		char c = name.ptr[i];

		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c >= 'a' && c <= 'z')
			letters.text[letters.n++] = c;
	}
	return letters;
}

static bool says(
    const struct letters *letters, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_find((struct slice){letters->text, letters->n},
			slice_of(words[i]), 0) >= 0)
			return true;
	}
	return false;
}

/* TERMINATION_GRACE_PERIOD_SECONDS, podGracePeriod and the like. */
static bool names_pod_grace(struct slice name)
{
	static const char *const grace[] = {"graceperiod"};
	static const char *const owners[] = {"termination", "pod"};
	struct letters letters = letters_of(name);

	return says(&letters, grace, COUNT_OF(grace)) &&
	       says(&letters, owners, COUNT_OF(owners));
}

enum drain_word drain_word(struct slice name)
{
	static const char *const ends[] = {"shutdown", "graceful", "terminat",
	    "stop", "exit", "sigterm", "kill", "quit"};
	static const char *const drains[] = {"drain"};
	static const char *const graces[] = {"grace"};
	struct letters letters = letters_of(name);

	if (says(&letters, ends, COUNT_OF(ends)))
		return DRAIN_END;
	if (says(&letters, drains, COUNT_OF(drains)))
		return DRAIN_DRAIN;
	return says(&letters, graces, COUNT_OF(graces)) ? DRAIN_GRACE
							: DRAIN_END;
}

void add_drain(struct facts *facts, struct slice name, const struct node *value,
    struct buf *drains)
{
	struct drain_setting drain = {
	    .line = value->span.line,
	    .col = value->span.col,
	    .width = facts_width(value),
	    .by_name = is_drain_variable(facts, name),
	    .is_pod_grace = names_pod_grace(name),
	};
	struct slice text;
	int64_t milliseconds;

	if (!node_to_text(value, &text))
		return;
	/* A key of any name may be what a drain variable is taken from; only
	 * what is a duration by itself can be told without that name. */
	if (!drain.by_name &&
	    !(parse_duration(slice_trim(text), &milliseconds) && milliseconds))
		return;
	if (!drain_time(name, text, &drain.seconds))
		return;
	drain.name = facts_text(facts, name);
	drain.word = drain_word(name);
	buf_add(drains, &drain, sizeof(drain));
}

void add_flag_drain(struct facts *facts, struct slice name, struct slice value,
    const struct node *argument, struct buf *drains)
{
	struct drain_setting drain = {
	    .line = argument->span.line,
	    .col = argument->span.col,
	    .width = facts_width(argument),
	    .by_name = true,
	    .word = DRAIN_FLAG,
	};

	if (!drain_time(name, value, &drain.seconds))
		return;
	drain.name = facts_text(facts, name);
	buf_add(drains, &drain, sizeof(drain));
}
