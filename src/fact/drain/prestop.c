/* The literal delay of a preStop command: what its sleeps add up to, or that
 * it cannot be read off. */
#include "fact/drain/drain.h"

#include "fact/handler.h"
#include "fact/number.h"
#include "fact/shell.h"

#include <string.h>

/* Longer than any delay, in seconds: a number past it is no time. */
#define MOST_SECONDS (60.0 * 60 * 24 * 30)

/* Takes the next word off a shell's text; false at a separator or the end. */
static bool take_word(struct slice *text, struct slice *ret_word)
{
	static const char ends[] = " \t\r\n;&|()";
	size_t n = 0;

	while (text->len && (*text->ptr == ' ' || *text->ptr == '\t'))
		*text = (struct slice){text->ptr + 1, text->len - 1};
	while (n < text->len && !memchr(ends, text->ptr[n], sizeof(ends) - 1))
		n++;
	*ret_word = (struct slice){text->ptr, n};
	*text = (struct slice){text->ptr + n, text->len - n};
	return n > 0;
}

/* The word without quotes around it. */
static struct slice unquoted(struct slice word)
{
	if (word.len >= 2 && (*word.ptr == '\'' || *word.ptr == '"') &&
	    word.ptr[word.len - 1] == *word.ptr)
		return (struct slice){word.ptr + 1, word.len - 2};
	return word;
}

/* "10", "1.5s", "2m", "1h", "1d": as sleep(1) takes them. */
static bool add_sleep(struct slice word, double *seconds)
{
	static const char units[] = "smhd";
	static const double factors[] = {1, 60, 3600, 86400};
	const char *unit = units;
	double number;

	word = unquoted(word);
	if (!take_number(&word, &number) || word.len > 1)
		return false;
	if (word.len)
		unit = memchr(units, *word.ptr, sizeof(units) - 1);
	if (!unit)
		return false;
	*seconds += number * factors[unit - units];
	return true;
}

/* Words after which the time depends on more than the text. */
static bool is_control_word(struct slice word)
{
	static const char *const words[] = {"if", "for", "while", "until",
	    "case", "select", "function", "eval"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(word, words[i]))
			return true;
	}
	return false;
}

/* Words that stand before a command without changing how long it takes. */
static bool is_prefix_word(struct slice word)
{
	return slice_is(word, "exec") || slice_is(word, "command") ||
	       slice_is(word, "busybox") || slice_is(word, "{") ||
	       slice_is(word, "}") || memchr(word.ptr, '=', word.len);
}

static bool is_test(struct slice program)
{
	return slice_is(program, "[") || slice_is(program, "[[") ||
	       slice_is(program, "test");
}

static void skip_line(struct slice *text)
{
	ptrdiff_t end = slice_find(*text, SLICE("\n"), 0);
	size_t n = end < 0 ? text->len : (size_t)end;

	*text = (struct slice){text->ptr + n, text->len - n};
}

static bool is_sleep(struct slice program)
{
	return slice_is(program, "sleep") ||
	       slice_ends(program, SLICE("/sleep"));
}

/* All arguments of a sleep, added; false unless each is a literal time.  Where
 * its output goes does not matter, nor does a comment. */
static bool add_sleeps(struct slice *text, double *seconds)
{
	struct slice word;
	bool any = false;

	while (take_word(text, &word)) {
		if (*word.ptr == '#') {
			skip_line(text);
			break;
		}
		if (memchr(word.ptr, '>', word.len))
			continue;
		if (!add_sleep(word, seconds))
			return false;
		any = true;
	}
	return any;
}

/* Whether the command that text stands behind runs beside what follows. */
static bool is_detached(struct slice text)
{
	return text.len && *text.ptr == '&' &&
	       (text.len < 2 || text.ptr[1] != '&');
}

/*
 * The sleeps of a shell's text, one simple command after the other.  False
 * when there is none, or the time cannot be read off: control flow, a
 * condition, a variable, a command that is not waited for.
 */
static bool sleep_in_shell(struct slice text, double *seconds)
{
	bool found = false, is_conditional = false;
	struct slice word;

	while (text.len) {
		if (!take_word(&text, &word)) {
			if (!text.len)
				break;
			is_conditional |= slice_starts(text, SLICE("||"));
			if (*text.ptr == ';' || *text.ptr == '\n')
				is_conditional = false;
			text = (struct slice){text.ptr + 1, text.len - 1};
			continue;
		}
		if (*word.ptr == '#') {
			skip_line(&text);
			continue;
		}
		if (is_control_word(word))
			return false;
		if (is_prefix_word(word))
			continue;
		if (is_sleep(word)) {
			if (is_conditional || !add_sleeps(&text, seconds) ||
			    is_detached(text))
				return false;
			found = true;
		}
		is_conditional |= is_test(word);
		while (take_word(&text, &word))
			;
	}
	return found;
}

static struct slice argument(const struct node *command, uint32_t i)
{
	struct slice text = {"", 0};

	node_to_text(command->items[i], &text);
	return text;
}

/* What a shell is told to run: the argument behind -c; empty if none. */
static struct slice script_of(const struct node *command)
{
	for (uint32_t i = 1; i + 1 < command->n; i++) {
		struct slice option = argument(command, i);

		if (option.len > 1 && option.ptr[0] == '-' &&
		    memchr(option.ptr, 'c', option.len))
			return argument(command, i + 1);
	}
	return (struct slice){"", 0};
}

static bool sleep_in_command(const struct node *command, double *seconds)
{
	struct slice program = argument(command, 0);

	if (is_shell(program))
		return sleep_in_shell(script_of(command), seconds);
	if (!is_sleep(program))
		return false;
	for (uint32_t i = 1; i < command->n; i++) {
		if (!add_sleep(argument(command, i), seconds))
			return false;
	}
	return command->n > 1;
}

bool sleep_seconds(const struct node *command, int64_t *ret_seconds)
{
	double seconds = 0;

	if (!node_length(command) || !sleep_in_command(command, &seconds) ||
	    seconds > MOST_SECONDS)
		return false;
	*ret_seconds = round_up(seconds);
	return true;
}

void collect_prestop(const struct node *node, struct container *container)
{
	static const char *const handlers[] = {
	    "sleep", "exec", "httpGet", "tcpSocket", NULL};
	const char *name;
	const struct node *prestop =
	    node_find(node, "lifecycle", "preStop", NULL);
	const struct node *handler = handler_of(prestop, handlers, &name);
	const struct node *command = node_get(handler, "command");
	int64_t seconds;

	if (!handler)
		return;
	container->prestop = handler_fact(handler, name);
	if (!strcmp(name, "sleep"))
		container->prestop_seconds =
		    facts_int_or_none(node_get(handler, "seconds"));
	else if (!strcmp(name, "exec") && sleep_seconds(command, &seconds))
		container->prestop_seconds =
		    facts_placed(fact_int(seconds), command);
	else
		container->prestop_seconds =
		    facts_placed(fact_unknown(), handler);
}
