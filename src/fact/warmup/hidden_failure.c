/* Whether a container's command succeeds whatever happens in it: read from the
 * end of what its shell runs. */
#include "fact/warmup/warmup.h"

#include "fact/settings.h"
#include "fact/shell.h"

#include <string.h>

/* Commands that run on one another's outcome: what stands between two lines,
 * semicolons or &. */
struct chain {
	struct slice text;
	struct slice left, right; /* of the last ||, when one command stands
				     behind it */
	bool has_or;		  /* there is such a || */
	bool is_single;		  /* one command is all there is */
};

/* A shell's text, cut into such chains. */
struct script {
	struct buf chains; /* a struct chain each */
	bool stops;	   /* set -e: the first failure ends it */
	bool has_control;  /* if, for, while, ...: order is not the text's */
	bool is_detached;  /* the last chain runs on with & */
	size_t ndetached; /* of the chains up to the last that runs on with & */
	bool is_broken;	  /* not all of it could be read */
};

/* How deep groups of commands are looked into: as deep as shell text is read at
 * all (see fact/shell.c), so that no script is read half. */
#define MOST_GROUPS 16

static size_t script_length(const struct script *script)
{
	return script->chains.len / sizeof(struct chain);
}

static struct chain script_chain(const struct script *script, size_t i)
{
	return ((const struct chain *)(const void *)script->chains.ptr)[i];
}

/* "-e", "-eu", "+e": which way the option turns it, 0 for other words. */
static int errexit_of(struct slice option)
{
	if (slice_is(option, "errexit"))
		return 1;
	if (option.len < 2 || option.ptr[1] == '-' ||
	    (option.ptr[0] != '-' && option.ptr[0] != '+') ||
	    !memchr(option.ptr, 'e', option.len))
		return 0;
	return option.ptr[0] == '-' ? 1 : -1;
}

static void read_set(struct script *script, struct slice options)
{
	struct slice word;

	while (shell_word(&options, &word)) {
		int turn = errexit_of(word);

		if (turn)
			script->stops = turn > 0;
	}
}

/* Adds what is gathered, unless it is a set of its own. */
static void add_chain(
    struct script *script, const struct chain *chain, bool is_detached)
{
	struct slice rest = chain->text, word;

	if (!chain->text.len)
		return;
	shell_word(&rest, &word);
	script->has_control |= shell_is_control(word);
	if (chain->is_single && slice_is(word, "set"))
		read_set(script, rest);
	else
		buf_add(&script->chains, chain, sizeof(*chain));
	script->is_detached = is_detached;
	if (is_detached)
		script->ndetached = script_length(script);
}

/* Makes a chain longer by the next command. */
static void extend_chain(
    struct chain *chain, struct slice command, enum shell_end before)
{
	if (!chain->text.ptr) {
		*chain = (struct chain){.text = command, .is_single = true};
		return;
	}
	chain->is_single = false;
	chain->has_or = before == SHELL_OR;
	chain->left = chain->text;
	chain->right = command;
	chain->text.len = (size_t)(command.ptr - chain->text.ptr) + command.len;
}

static void cut_script(struct script *script, struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;
	struct chain chain = {0};
	enum shell_end before = SHELL_NEXT;

	while (shell_next(&shell, &command)) {
		extend_chain(&chain, command.text, before);
		before = command.end;
		if (before == SHELL_NEXT || before == SHELL_DETACHED) {
			add_chain(script, &chain, before == SHELL_DETACHED);
			chain = (struct chain){0};
		}
	}
	add_chain(script, &chain, false);
	script->is_broken = shell.is_broken;
}

/* A command that cannot fail: exit 0, or one that only says something. */
static bool succeeds(struct slice command)
{
	struct slice word, rest = command;

	if (shell_word(&rest, &word) && slice_is(word, "exit"))
		return shell_word(&rest, &word) && slice_is(word, "0");
	return shell_only_says(command);
}

/* The program of a command that succeeds, as messages spell it. */
static const char *spell_success(struct facts *facts, struct slice command)
{
	struct slice word;

	shell_word(&command, &word);
	return slice_is(word, "exit") ? "exit 0" : facts_text(facts, word);
}

static const char *spell_or(struct facts *facts, struct slice command)
{
	return arena_printf(
	    &facts->arena, "|| %s", spell_success(facts, command));
}

static bool warms_up(struct facts *facts, struct slice text)
{
	return name_list_has(facts->settings->warmup, text);
}

static bool mentions_exit(struct slice chain)
{
	return slice_find(chain, SLICE("exit"), 0) >= 0 ||
	       slice_find(chain, SLICE("return"), 0) >= 0;
}

/* Whether one of the first n chains may. */
static bool any_exits(const struct script *script, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (mentions_exit(script_chain(script, i).text))
			return true;
	}
	return false;
}

/* Of commands in braces or parentheses the last, when nothing before it ends
 * them; any other command as it is. */
static struct slice last_of_group(struct slice command)
{
	struct slice inner, last = command;
	struct script script = {0};
	size_t n;

	if (!shell_group(command, &inner))
		return command;
	cut_script(&script, inner);
	n = script_length(&script);
	if (n && !script.has_control && !script.is_broken &&
	    !any_exits(&script, n - 1) &&
	    script_chain(&script, n - 1).is_single)
		last = script_chain(&script, n - 1).text;
	buf_release(&script.chains);
	return last;
}

/* With set -e only the last command's own failure is hidden: when there are
 * others, it must be the one that warms up. */
static const char *hidden_by_or(
    struct facts *facts, const struct script *script, struct chain last)
{
	struct slice right;

	if (!last.has_or)
		return NULL;
	right = last_of_group(last.right);
	if (!succeeds(right))
		return NULL;
	if (script->stops && script_length(script) > 1 &&
	    !warms_up(facts, last.left))
		return NULL;
	return spell_or(facts, right);
}

/* A success at the end hides what came before, unless a failure has ended the
 * script by then. */
static const char *hidden_by_last(
    struct facts *facts, const struct script *script, struct chain last)
{
	size_t n = script_length(script);

	if (n < 2 || script->stops || script->has_control ||
	    any_exits(script, n - 1))
		return NULL;
	return last.is_single && succeeds(last.text)
		   ? spell_success(facts, last.text)
		   : NULL;
}

/* Whether what warms up runs on by itself, and nothing behind it waits for it
 * or warms up instead. */
static bool forgets_warmup(struct facts *facts, const struct script *script)
{
	size_t n = script_length(script);

	if (script->is_detached)
		return true;
	if (!script->ndetached || script->has_control ||
	    !warms_up(facts, script_chain(script, script->ndetached - 1).text))
		return false;
	for (size_t i = script->ndetached; i < n; i++) {
		struct slice chain = script_chain(script, i).text;

		if (slice_find(chain, SLICE("wait"), 0) >= 0 ||
		    slice_find(chain, SLICE("$!"), 0) >= 0 ||
		    slice_find(chain, SLICE("fg"), 0) >= 0 ||
		    warms_up(facts, chain))
			return false;
	}
	return true;
}

/* What the end of one script hides; ret_inner is the group that it is, if it is
 * one. */
static const char *hidden_at_end(struct facts *facts,
    const struct script *script, struct slice *ret_inner, bool *ret_is_group)
{
	struct chain last = script_chain(script, script_length(script) - 1);
	const char *hidden;

	*ret_is_group = false;
	if (forgets_warmup(facts, script))
		return "&";
	hidden = hidden_by_or(facts, script, last);
	if (!hidden)
		hidden = hidden_by_last(facts, script, last);
	if (!hidden)
		*ret_is_group = shell_group(last.text, ret_inner);
	return hidden;
}

static const char *hidden_in_script(
    struct facts *facts, struct slice text, bool stops)
{
	const char *hidden = NULL;
	bool is_group = true;

	for (int depth = 0; is_group && depth < MOST_GROUPS; depth++) {
		struct script script = {.stops = stops};

		cut_script(&script, text);
		is_group = false;
		if (script_length(&script) && !script.is_broken)
			hidden =
			    hidden_at_end(facts, &script, &text, &is_group);
		stops = script.stops;
		buf_release(&script.chains);
	}
	return hidden;
}

const char *hidden_failure(struct facts *facts, const struct node *container,
    const struct node **ret_at)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	bool stops;
	struct slice text;

	*ret_at = shell_script(arguments, &stops);
	if (!node_to_text(*ret_at, &text))
		return NULL;
	return hidden_in_script(facts, text, stops);
}
