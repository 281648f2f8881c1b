/* Whether SIGTERM reaches what a container runs: a shell that is its first
 * process and waits for others passes no signal on, and npm and its like do not
 * reliably. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

RARE(container, runner)
RARE(container, waits_for)

/* What is seen of a script, from its start. */
struct script {
	bool has_trap;	  /* somebody cares for signals */
	bool is_piped;	  /* the command before the last one leads into it */
	bool is_detached; /* something runs in the background */
	bool is_unsure;	  /* control flow, groups: the last is not all */
	struct slice last;
};

/* The one of the names that a program has, whatever its folder; or NULL. */
static const char *name_among(
    struct slice program, const char *const *names, size_t n)
{
	for (size_t i = 0; i < program.len; i++) {
		if (program.ptr[program.len - 1 - i] == '/') {
			program.ptr += program.len - i;
			program.len = i;
			break;
		}
	}
	for (size_t i = 0; i < n; i++) {
		if (slice_is(program, names[i]))
			return names[i];
	}
	return NULL;
}

static bool is_shell(struct slice program)
{
	static const char *const shells[] = {
	    "sh", "bash", "ash", "dash", "ksh"};

	return name_among(program, shells, COUNT_OF(shells));
}

/* npm and its like run a script of package.json in a shell of their own, and
 * may end before it does or keep the signal from it: docker-node's
 * BestPractices.md, "CMD". */
static const char *runner_named(struct slice program)
{
	static const char *const runners[] = {"npm", "npx", "yarn", "pnpm"};

	return name_among(program, runners, COUNT_OF(runners));
}

static void add_command(
    struct script *script, struct slice text, enum shell_end before)
{
	struct slice rest = text, inner, word = {"", 0};

	shell_argument(&rest, &word);
	script->has_trap |= slice_is(word, "trap");
	script->is_unsure |=
	    shell_is_control(word) || shell_group(text, &inner);
	script->is_piped = before == SHELL_PIPE;
	script->last = word;
}

/*
 * The kernel gives the first process no signal that it has no handler for, and
 * a shell has none for SIGTERM.  A simple command at the end takes its place in
 * most shells; a pipeline and "wait" never do.
 */
static const char *holder_of_signals(struct slice text)
{
	struct shell shell = {.text = text};
	struct script script = {.last = {"", 0}};
	struct shell_command command;
	enum shell_end before = SHELL_NEXT;

	while (shell_next(&shell, &command)) {
		add_command(&script, command.text, before);
		before = command.end;
		script.is_detached |= before == SHELL_DETACHED;
	}
	if (shell.is_broken || script.has_trap || script.is_unsure)
		return NULL;
	if (script.is_piped)
		return "a pipeline";
	if (script.is_detached && slice_is(script.last, "wait"))
		return "what it started in the background";
	return NULL;
}

/* What the last command of a script begins with, when that is sure to be what
 * runs on: "npm" of "cd /app && exec npm start". */
static const char *runner_in_script(struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;
	struct slice rest, inner, word = {"", 0};

	while (shell_next(&shell, &command)) {
		rest = command.text;
		if (!shell_argument(&rest, &word) || shell_is_control(word) ||
		    shell_group(command.text, &inner) ||
		    slice_is(word, "trap") || command.end == SHELL_PIPE ||
		    command.end == SHELL_DETACHED)
			return NULL;
	}
	if (slice_is(word, "exec"))
		shell_argument(&rest, &word);
	return shell.is_broken ? NULL : runner_named(word);
}

/* command and args, or args alone, which the entry point of images of Node.js
 * starts: "npm start", "tini -- npm start", "sh -c 'npm start'". */
static void collect_runner(struct facts *facts, struct arguments arguments,
    struct container *container)
{
	const struct node *script = shell_script(arguments, NULL);
	size_t program = shell_program_at(arguments);
	const char *runner =
	    script ? runner_in_script(scalar_text(script))
		   : runner_named(argument_text(arguments, program));

	if (runner)
		KEEP_RARE(&facts->arena, container, runner,
		    facts_placed(fact_text(runner),
			script ? script : argument_at(arguments, program)));
}

void collect_signals(
    struct facts *facts, const struct node *node, struct container *container)
{
	struct arguments arguments = {
	    node_get(node, "command"), node_get(node, "args")};
	const struct node *text = shell_script(arguments, NULL);
	const char *holder;

	collect_runner(facts, arguments, container);
	if (!text || !node_get(node, "command") ||
	    !is_shell(argument_text(arguments, 0)))
		return;
	holder = holder_of_signals(scalar_text(text));
	if (holder)
		KEEP_RARE(&facts->arena, container, waits_for,
		    facts_placed(fact_text(holder), text));
}
