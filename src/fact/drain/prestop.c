/* The literal delay of a preStop command: what its sleeps add up to, or that
 * it cannot be read off. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/handler.h"
#include "fact/number.h"
#include "fact/shell.h"

#include <string.h>

RARE(container, lost_port)
RARE(container, lost_by)

/* Longer than any grace period, in seconds: what takes as long does not end. */
#define MOST_SECONDS (60.0 * 60 * 24 * 30)

/* What is read off a script, from its start. */
struct delay {
	double seconds; /* of all sleeps so far */
	bool found;	/* there is a sleep */
	bool ends;	/* a command may have ended the script by now */
	bool unknown;	/* how long it takes is not in the text alone */
};

/* How deep groups of commands are looked into; the time of a deeper one is
 * unknown, and said to be. */
#define MOST_GROUPS 16

/* "10", "1.5s", "2m", "1h", "1d", "infinity": as sleep(1) takes them. */
static bool add_sleep(struct slice word, double *seconds)
{
	static const char units[] = "smhd";
	static const double factors[] = {1, 60, 3600, 86400};
	const char *unit = units;
	double number;

	word = shell_unquoted(word);
	if (slice_is(word, "infinity") || slice_is(word, "inf")) {
		*seconds += MOST_SECONDS;
		return true;
	}
	if (!take_number(&word, &number) || word.len > 1)
		return false;
	if (word.len)
		unit = memchr(units, *word.ptr, sizeof(units) - 1);
	if (!unit)
		return false;
	*seconds += number * factors[unit - units];
	return true;
}

/* Words that stand before a command without changing how long it takes. */
static bool is_prefix_word(struct slice word)
{
	return slice_is(word, "exec") || slice_is(word, "command") ||
	       slice_is(word, "busybox") || memchr(word.ptr, '=', word.len);
}

static bool is_test(struct slice program)
{
	return slice_is(program, "[") || slice_is(program, "[[") ||
	       slice_is(program, "test");
}

static bool is_sleep(struct slice program)
{
	return slice_is(program, "sleep") ||
	       slice_ends(program, SLICE("/sleep"));
}

/* All arguments of a sleep, added; unknown unless each is a literal time. */
static void add_sleeps(struct slice arguments, struct delay *delay)
{
	struct slice word;

	while (!delay->unknown && shell_argument(&arguments, &word)) {
		delay->unknown = !add_sleep(word, &delay->seconds);
		delay->found = true;
	}
	delay->unknown |= !delay->found;
}

/* Whether the output of commands that sleep stands in it. */
static bool substitutes_sleep(struct slice command)
{
	return (slice_find(command, SLICE("$("), 0) >= 0 ||
		   slice_find(command, SLICE("`"), 0) >= 0) &&
	       slice_find(command, SLICE("sleep"), 0) >= 0;
}

/* What a command that is no group adds; its program, "" for none.  Functions
 * are unknown, whether they are made or called. */
static struct slice read_simple(struct slice command, struct delay *delay)
{
	struct slice word = {"", 0};

	delay->unknown = substitutes_sleep(command);
	while (shell_argument(&command, &word) && is_prefix_word(word))
		word.len = 0;
	word = shell_unquoted(word);
	delay->unknown |= shell_is_control(word) || slice_is(word, "eval") ||
			  memchr(word.ptr, '(', word.len);
	if (is_sleep(word))
		add_sleeps(command, delay);
	delay->ends = slice_is(word, "exit") || slice_is(word, "return");
	return word;
}

static struct delay read_script(struct slice text, int depth);

static struct delay read_command(
    struct slice command, int depth, bool *ret_is_test)
{
	struct delay delay = {0};
	struct slice inner;

	*ret_is_test = false;
	if (depth < MOST_GROUPS && shell_group(command, &inner))
		return read_script(inner, depth + 1);
	*ret_is_test = is_test(read_simple(command, &delay));
	return delay;
}

/* A command's delay, added to that of those before; how: whether it runs for
 * sure, and is waited for. */
static void add_delay(struct delay *sum, struct delay delay, bool is_sure)
{
	sum->unknown |=
	    delay.unknown || (delay.found && (!is_sure || sum->ends));
	sum->seconds += delay.seconds;
	sum->found |= delay.found;
	sum->ends |= delay.ends;
}

/*
 * The sleeps of a shell's text, one command after the other.  Unknown where the
 * time cannot be read off: control flow, a condition, a variable, a command
 * that is not waited for or that runs beside another.
 */
static struct delay read_script(struct slice text, int depth)
{
	struct shell shell = {.text = text};
	struct shell_command command;
	struct delay sum = {0};
	enum shell_end before = SHELL_NEXT;
	bool is_sure = true, list_sleeps = false;

	while (!sum.unknown && shell_next(&shell, &command)) {
		bool is_test_command;
		struct delay delay =
		    read_command(command.text, depth, &is_test_command);

		if (before == SHELL_NEXT || before == SHELL_DETACHED) {
			is_sure = true;
			list_sleeps = false;
		}
		is_sure &= before != SHELL_OR;
		list_sleeps |= delay.found;
		add_delay(&sum, delay,
		    is_sure && before != SHELL_PIPE &&
			command.end != SHELL_PIPE);
		sum.unknown |= command.end == SHELL_DETACHED && list_sleeps;
		is_sure &= !is_test_command;
		before = command.end;
	}
	sum.unknown |= shell.is_broken;
	return sum;
}

/* The same of a program without a shell. */
static struct delay read_program(struct arguments arguments)
{
	struct delay delay = {0};

	if (!is_sleep(argument_text(arguments, 0)))
		return delay;
	for (size_t i = 1; argument_at(arguments, i); i++) {
		delay.found = true;
		delay.unknown |=
		    !add_sleep(argument_text(arguments, i), &delay.seconds);
	}
	return delay;
}

bool sleep_seconds(const struct node *command, int64_t *ret_seconds)
{
	struct arguments arguments = {.first = command};
	const struct node *script = shell_script(arguments, NULL);
	struct delay delay;
	struct slice text;

	if (node_to_text(script, &text))
		delay = read_script(text, 0);
	else
		delay = read_program(arguments);
	if (!delay.found || delay.unknown)
		return false;
	*ret_seconds =
	    round_up(delay.seconds < MOST_SECONDS ? delay.seconds
						  : MOST_SECONDS);
	return true;
}

/* Whether a container declares a port of that name. */
static bool declares_port(
    const struct container *container, struct slice name)
{
	for (size_t i = 0; i < container->nports; i++) {
		if (slice_is(name, container->ports[i].name))
			return true;
	}
	return false;
}

/* The kubelet takes a number in quotes for a number, and looks for a name among
 * the container's own ports; resolvePort() of pkg/kubelet/lifecycle. */
void collect_hook_port(
    struct facts *facts, const struct node *node, struct container *container)
{
	static const char *const hooks[] = {"postStart", "preStop"};

	for (size_t i = 0; i < COUNT_OF(hooks); i++) {
		const struct node *port = node_find(
		    node, "lifecycle", hooks[i], "httpGet", "port", NULL);
		struct slice name;
		int64_t number;

		if (!node_to_text(port, &name) || !name.len ||
		    node_to_int(port, &number) ||
		    slice_to_int(name, &number) ||
		    declares_port(container, name))
			continue;
		KEEP_RARE(&facts->arena, container, lost_port,
		    facts_node_text(facts, port, NULL));
		KEEP_RARE(
		    &facts->arena, container, lost_by, fact_text(hooks[i]));
		return;
	}
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
