/* Whether a container's command succeeds whatever happens in it: read from the
 * end of what its shell runs. */
#include "fact/warmup/warmup.h"

#include "fact/settings.h"
#include "fact/shell.h"

#include <string.h>

/* A shell's text, cut into its commands; what quotes, braces, parentheses and
 * here-documents hold is not cut. */
struct script {
	struct buf parts; /* a struct slice each, without blanks */
	bool stops;	  /* set -e: the first failure ends it */
	bool has_control; /* if, for, while, ...: order is not the text's */
	bool is_detached; /* the last command runs on with & */
	size_t ndetached; /* of the parts up to the last that runs on with & */
};

/* How deep groups of commands are looked into. */
#define MOST_GROUPS 4

static size_t script_length(const struct script *script)
{
	return script->parts.len / sizeof(struct slice);
}

static struct slice script_part(const struct script *script, size_t i)
{
	return ((const struct slice *)(const void *)script->parts.ptr)[i];
}

static bool is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* The first word, taken off. */
static struct slice take_word(struct slice *text)
{
	struct slice word = {text->ptr, 0};
	struct slice trimmed = slice_trim(*text);

	word.ptr = trimmed.ptr;
	while (word.len < trimmed.len && !is_white(trimmed.ptr[word.len]))
		word.len++;
	*text = (struct slice){trimmed.ptr + word.len, trimmed.len - word.len};
	return word;
}

static bool is_one_of(struct slice word, const char *const *words)
{
	for (; *words; words++) {
		if (slice_is(word, *words))
			return true;
	}
	return false;
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
	while (slice_trim(options).len) {
		int turn = errexit_of(take_word(&options));

		if (turn)
			script->stops = turn > 0;
	}
}

static void add_part(struct script *script, struct slice part)
{
	static const char *const control[] = {"if", "for", "while", "until",
	    "case", "select", "function", "trap", "else", "elif", NULL};
	struct slice rest = slice_trim(part), word;

	part = rest;
	if (!part.len)
		return;
	word = take_word(&rest);
	script->has_control |= is_one_of(word, control);
	if (slice_is(word, "set"))
		read_set(script, rest);
	else
		buf_add(&script->parts, &part, sizeof(part));
	script->is_detached = false;
}

/* The end of a quoted text that opens at i. */
static size_t skip_quotes(struct slice text, size_t i)
{
	char quote = text.ptr[i++];

	while (i < text.len && text.ptr[i] != quote) {
		if (quote == '"' && text.ptr[i] == '\\')
			i++;
		i++;
	}
	return i;
}

static bool opens_comment(struct slice text, size_t i)
{
	return text.ptr[i] == '#' &&
	       (i == 0 || is_white(text.ptr[i - 1]) || text.ptr[i - 1] == ';');
}

static char char_at(struct slice text, size_t i)
{
	return i < text.len ? text.ptr[i] : '\0';
}

/* A single &, not the one of &&, 2>&1 or &>. */
static bool detaches(struct slice text, size_t i)
{
	return text.ptr[i] == '&' && char_at(text, i + 1) != '&' &&
	       char_at(text, i + 1) != '>' &&
	       (i == 0 || !memchr("&<>|", text.ptr[i - 1], 4));
}

/* How a character changes the depth of braces and parentheses; a case's
 * patterns close what nobody opened. */
static int depth_after(int depth, char c)
{
	depth += (c == '(' || c == '{') - (c == ')' || c == '}');
	return depth < 0 ? 0 : depth;
}

static size_t skip_comment(struct slice text, size_t i)
{
	while (i + 1 < text.len && text.ptr[i + 1] != '\n')
		i++;
	return i;
}

/* Cuts at what ends a command: ; a line, & and a comment, which is skipped. */
static void cut_script(struct script *script, struct slice text)
{
	size_t start = 0, end;
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		bool comment = opens_comment(text, i);
		bool detached = !depth && detaches(text, i);

		end = i;
		if (comment)
			i = skip_comment(text, i);
		else if (c == '\\')
			i++;
		else if (c == '\'' || c == '"')
			i = skip_quotes(text, i);
		else
			depth = depth_after(depth, c);
		if (depth || (!comment && !detached && c != ';' && c != '\n'))
			continue;
		add_part(script, (struct slice){text.ptr + start, end - start});
		script->is_detached |= detached;
		if (detached)
			script->ndetached = script_length(script);
		start = i + 1;
	}
	if (start < text.len)
		add_part(
		    script, (struct slice){text.ptr + start, text.len - start});
}

/* Where the last || of a command is, outside quotes; -1 for none. */
static ptrdiff_t last_or(struct slice text)
{
	ptrdiff_t last = -1;

	for (size_t i = 0; i + 1 < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\\')
			i++;
		else if (c == '\'' || c == '"')
			i = skip_quotes(text, i);
		else if (c == '|' && text.ptr[i + 1] == '|')
			last = (ptrdiff_t)i++;
	}
	return last;
}

/* A command that cannot fail: true, :, exit 0, or one that only prints. */
static bool succeeds(struct slice command)
{
	static const char *const words[] = {
	    "true", ":", "/bin/true", "/usr/bin/true", "echo", "printf", NULL};
	struct slice word, rest = command;

	if (slice_find(command, SLICE("&&"), 0) >= 0 ||
	    slice_find(command, SLICE("|"), 0) >= 0)
		return false;
	word = take_word(&rest);
	if (slice_is(word, "exit"))
		return slice_is(take_word(&rest), "0");
	return is_one_of(word, words);
}

static const char *spell_or(struct facts *facts, struct slice command)
{
	struct slice rest = slice_trim(command);
	struct slice word = take_word(&rest);
	struct buf buf = {0};
	const char *kept;

	buf_printf(&buf, "|| %.*s%s", SLICE_ARGS(word),
	    slice_is(word, "exit") ? " 0" : "");
	kept = facts_text(facts, buf_slice(&buf));
	buf_release(&buf);
	return kept;
}

static bool warms_up(struct facts *facts, struct slice text)
{
	return facts->settings->warmup &&
	       regex_matches(facts->settings->warmup, text) == 1;
}

static bool mentions_exit(struct slice part)
{
	return slice_find(part, SLICE("exit"), 0) >= 0 ||
	       slice_find(part, SLICE("return"), 0) >= 0;
}

/* Whether one of the first n commands may. */
static bool any_exits(const struct script *script, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (mentions_exit(script_part(script, i)))
			return true;
	}
	return false;
}

/* The commands in braces or parentheses, when that is all there is. */
static bool parse_group(struct slice command, struct slice *ret_inner)
{
	struct slice group = slice_trim(command);
	int depth = 0;

	if (group.len < 2 || !memchr("{(", group.ptr[0], 2) ||
	    !memchr("})", group.ptr[group.len - 1], 2))
		return false;
	for (size_t i = 0; i + 1 < group.len; i++) {
		char c = group.ptr[i];

		if (c == '\\')
			i++;
		else if (c == '\'' || c == '"')
			i = skip_quotes(group, i);
		else
			depth = depth_after(depth, c);
		if (!depth)
			return false;
	}
	*ret_inner = (struct slice){group.ptr + 1, group.len - 2};
	return true;
}

/* Of commands in braces or parentheses the last, when nothing before it ends
 * them; any other command as it is. */
static struct slice last_of_group(struct slice command)
{
	struct slice inner, last = slice_trim(command);
	struct script script = {0};
	size_t n;

	if (!parse_group(command, &inner))
		return command;
	cut_script(&script, inner);
	n = script_length(&script);
	if (n && !script.has_control && !any_exits(&script, n - 1))
		last = script_part(&script, n - 1);
	buf_release(&script.parts);
	return last;
}

/* With set -e only the last command's own failure is hidden: when there are
 * others, it must be the one that warms up. */
static const char *hidden_by_or(
    struct facts *facts, const struct script *script, struct slice last)
{
	ptrdiff_t at = last_or(last);
	struct slice left, right;

	if (at < 0)
		return NULL;
	left = (struct slice){last.ptr, (size_t)at};
	right = last_of_group(
	    (struct slice){last.ptr + at + 2, last.len - (size_t)at - 2});
	if (!succeeds(right))
		return NULL;
	if (script->stops && script_length(script) > 1 &&
	    !warms_up(facts, left))
		return NULL;
	return spell_or(facts, right);
}

/* A success at the end hides what came before, unless a failure has ended the
 * script by then. */
static const char *hidden_by_last(
    const struct script *script, struct slice last)
{
	static const char *const words[] = {"true", ":", "echo", "printf"};
	size_t n = script_length(script);
	struct slice command = last, word = take_word(&last);

	if (n < 2 || script->stops || script->has_control)
		return NULL;
	if (any_exits(script, n - 1))
		return NULL;
	if (slice_is(word, "exit"))
		return slice_is(take_word(&last), "0") ? "exit 0" : NULL;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(word, words[i]) && succeeds(command))
			return words[i];
	}
	return NULL;
}

/* Whether what warms up runs on by itself, and nothing behind it waits for it
 * or warms up instead. */
static bool forgets_warmup(struct facts *facts, const struct script *script)
{
	size_t n = script_length(script);

	if (script->is_detached)
		return true;
	if (!script->ndetached || script->has_control ||
	    !warms_up(facts, script_part(script, script->ndetached - 1)))
		return false;
	for (size_t i = script->ndetached; i < n; i++) {
		struct slice part = script_part(script, i);

		if (slice_find(part, SLICE("wait"), 0) >= 0 ||
		    slice_find(part, SLICE("$!"), 0) >= 0 ||
		    slice_find(part, SLICE("fg"), 0) >= 0 ||
		    warms_up(facts, part))
			return false;
	}
	return true;
}

/* What the end of one script hides; ret_inner is the group that it is, if it is
 * one. */
static const char *hidden_at_end(struct facts *facts,
    const struct script *script, struct slice *ret_inner, bool *ret_is_group)
{
	struct slice last = script_part(script, script_length(script) - 1);
	const char *hidden;

	*ret_is_group = false;
	if (forgets_warmup(facts, script))
		return "&";
	hidden = hidden_by_or(facts, script, last);
	if (!hidden)
		hidden = hidden_by_last(script, last);
	if (!hidden)
		*ret_is_group = parse_group(last, ret_inner);
	return hidden;
}

static const char *hidden_in_script(
    struct facts *facts, struct slice text, bool stops)
{
	const char *hidden = NULL;
	bool is_group = true;

	/* A here-document is no command. */
	if (slice_find(text, SLICE("<<"), 0) >= 0)
		return NULL;
	for (int depth = 0; is_group && depth < MOST_GROUPS; depth++) {
		struct script script = {.stops = stops};

		cut_script(&script, text);
		is_group = false;
		if (script_length(&script))
			hidden =
			    hidden_at_end(facts, &script, &text, &is_group);
		stops = script.stops;
		buf_release(&script.parts);
	}
	return hidden;
}

/* Item i of a container's command and arguments, which are one list. */
static const struct node *argument(const struct node *container, size_t i)
{
	const struct node *command = node_get(container, "command");
	const struct node *args = node_get(container, "args");
	size_t n = node_length(command);

	if (i < n)
		return command->items[i];
	return i - n < node_length(args) ? args->items[i - n] : NULL;
}

static struct slice argument_text(const struct node *container, size_t i)
{
	struct slice text;

	return node_to_text(argument(container, i), &text)
		   ? text
		   : (struct slice){"", 0};
}

const char *hidden_failure(struct facts *facts, const struct node *container,
    const struct node **ret_at)
{
	static const char *const wrappers[] = {"tini", "/sbin/tini",
	    "/usr/bin/tini", "dumb-init", "/usr/bin/dumb-init", "env",
	    "/usr/bin/env", "--", "-s", "-g", NULL};
	bool stops = false;
	size_t i = 0;

	while (is_one_of(argument_text(container, i), wrappers))
		i++;
	if (!is_shell(argument_text(container, i)))
		return NULL;
	for (i++; argument(container, i); i++) {
		struct slice option = argument_text(container, i);

		stops |= errexit_of(option) > 0;
		if (option.len < 2 || option.ptr[0] != '-' ||
		    option.ptr[1] == '-' ||
		    !memchr(option.ptr, 'c', option.len))
			continue;
		*ret_at = argument(container, i + 1);
		return hidden_in_script(
		    facts, argument_text(container, i + 1), stops);
	}
	return NULL;
}
