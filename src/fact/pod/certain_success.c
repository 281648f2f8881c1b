/* Probes whose command succeeds whatever the container does: true, exit 0, an
 * echo at the end. */
#include "fact/pod/pod.h"

#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

/* Whether a command takes or gives its text where that may fail: a connection
 * (/dev/tcp/HOST/PORT of bash), a file; not /dev/null nor another output. */
static bool may_not_open(struct slice command)
{
	for (size_t i = 0; i < command.len; i++) {
		struct slice target = {
		    command.ptr + i + 1, command.len - i - 1};

		if (command.ptr[i] == '<')
			return true;
		if (command.ptr[i] != '>')
			continue;
		while (target.len && strchr("> ", *target.ptr)) {
			target.ptr++;
			target.len--;
		}
		if (!slice_starts(target, SLICE("&")) &&
		    !slice_starts(target, SLICE("/dev/null")) &&
		    !slice_starts(target, SLICE("/proc/")))
			return true;
	}
	return false;
}

/* exit 0, or a command that only says something. */
static bool succeeds(struct slice command)
{
	struct slice rest = command, word;

	if (may_not_open(command))
		return false;
	if (shell_only_says(command))
		return true;
	if (!shell_argument(&rest, &word) || !slice_is(word, "exit"))
		return false;
	return !shell_argument(&rest, &word) || slice_is(word, "0");
}

/* Whether a script may end before its last command: by exit, by set -e, or by
 * what is not read here. */
static bool may_end_early(struct slice command)
{
	struct slice rest = command, word, inner;

	if (!shell_argument(&rest, &word))
		return false;
	return shell_is_control(word) || shell_group(command, &inner) ||
	       slice_is(word, "exit") || slice_is(word, "set") ||
	       slice_is(word, "exec");
}

/* "exit 0" alone is the script's own end; behind another command it is what
 * hides the outcome of that. */
static bool script_succeeds(struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command, last = {{"", 0}, SHELL_NEXT};
	enum shell_end before = SHELL_NEXT;
	bool is_sure = true;

	while (shell_next(&shell, &command)) {
		if (last.text.len) {
			is_sure &= !may_end_early(last.text);
			before = last.end;
		}
		last = command;
	}
	return is_sure && !shell.is_broken && succeeds(last.text) &&
	       (before == SHELL_NEXT || before == SHELL_OR);
}

static bool list_succeeds(struct arguments arguments)
{
	static const char *const programs[] = {"true", "echo", "printf"};
	struct slice program = 
	    shell_program_name(argument_text(arguments, 0));

	for (size_t i = 0; i < COUNT_OF(programs); i++) {
		if (slice_is(program, programs[i]))
			return true;
	}
	return false;
}

void collect_certain_success(
    struct arena *arena, const struct node *exec, struct probe *probe)
{
	const struct node *command = node_get(exec, "command");
	struct arguments arguments = {command, NULL};
	bool stops = false;
	const struct node *script = shell_script(arguments, &stops);
	bool is_certain = script
			      ? !stops && script_succeeds(scalar_text(script))
			      : list_succeeds(arguments);

	if (is_certain)
		KEEP_RARE(arena, probe, always_succeeds,
		    facts_placed(
			fact_bool(true), script ? script : key_of(command)));
}
