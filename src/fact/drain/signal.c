/* Whether SIGTERM reaches what a container runs: a shell that is its first
 * process and waits for others passes no signal on. */
#include "fact/drain/drain.h"

#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

/* What is seen of a script, from its start. */
struct script {
	bool has_trap;	  /* somebody cares for signals */
	bool is_piped;	  /* the command before the last one leads into it */
	bool is_detached; /* something runs in the background */
	bool is_unsure;	  /* control flow, groups: the last is not all */
	struct slice last;
};

static bool is_shell(struct slice program)
{
	static const char *const shells[] = {
	    "sh", "bash", "ash", "dash", "ksh"};

	for (size_t i = 0; i < program.len; i++) {
		if (program.ptr[program.len - 1 - i] == '/') {
			program.ptr += program.len - i;
			program.len = i;
			break;
		}
	}
	for (size_t i = 0; i < COUNT_OF(shells); i++) {
		if (slice_is(program, shells[i]))
			return true;
	}
	return false;
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

void collect_signals(const struct node *node, struct container *container)
{
	struct arguments arguments = {
	    node_get(node, "command"), node_get(node, "args")};
	const struct node *text = shell_script(arguments, NULL);
	const char *holder;

	if (!text || !node_get(node, "command") ||
	    !is_shell(argument_text(arguments, 0)))
		return;
	holder = holder_of_signals(scalar_text(text));
	if (holder)
		container->waits_for = facts_placed(fact_text(holder), text);
}
