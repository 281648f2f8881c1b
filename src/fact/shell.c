/* The text of a shell to its commands and their words, read in one pass from
 * the left as a shell does, but nothing is put in the place of anything. */
#include "fact/shell.h"

#include "doc/scalar.h"

#include <string.h>

/* How deep quotes and substitutions may hold each other. */
#define MOST_LEVELS 16

static bool is_one_of(struct slice word, const char *const *words)
{
	for (; *words; words++) {
		if (slice_is(word, *words))
			return true;
	}
	return false;
}

static char char_at(struct slice text, size_t i)
{
	return i < text.len ? text.ptr[i] : '\0';
}

static char here(const struct shell *shell)
{
	return char_at(shell->text, shell->at);
}

static char after(const struct shell *shell)
{
	return char_at(shell->text, shell->at + 1);
}

static bool is_at_end(const struct shell *shell)
{
	return shell->at >= shell->text.len;
}

static struct slice part_of(struct slice text, size_t start, size_t end)
{
	return (struct slice){text.ptr + start, end - start};
}

/* Nothing more can be read. */
static void give_up(struct shell *shell)
{
	shell->is_broken = true;
	shell->at = shell->text.len;
}

/* To behind the next byte that closes a quotation. */
static void skip_to(struct shell *shell, char quote, bool has_escapes)
{
	shell->at++;
	while (!is_at_end(shell) && here(shell) != quote)
		shell->at += has_escapes && here(shell) == '\\' ? 2 : 1;
	if (is_at_end(shell))
		give_up(shell);
	else
		shell->at++;
}

static bool skip_quoted(struct shell *shell, int level);

/* $(...) or ${...}, which may hold quotes and more of their own. */
static void skip_substitution(struct shell *shell, int level)
{
	char open = after(shell), close = open == '(' ? ')' : '}';
	int depth = 0;

	shell->at++;
	while (!is_at_end(shell)) {
		char c = here(shell);

		if (skip_quoted(shell, level + 1))
			continue;
		shell->at++;
		depth += (c == open) - (c == close);
		if (!depth)
			return;
	}
	give_up(shell);
}

static bool opens_substitution(const struct shell *shell)
{
	return here(shell) == '$' &&
	       (after(shell) == '(' || after(shell) == '{');
}

static void skip_double_quotes(struct shell *shell, int level)
{
	shell->at++;
	while (!is_at_end(shell) && here(shell) != '"') {
		if (here(shell) == '\'' || !skip_quoted(shell, level + 1))
			shell->at++;
	}
	if (is_at_end(shell))
		give_up(shell);
	else
		shell->at++;
}

/* Skips what begins here and has no separators in it; false when nothing such
 * does. */
static bool skip_quoted(struct shell *shell, int level)
{
	if (level > MOST_LEVELS) {
		give_up(shell);
		return true;
	}
	switch (here(shell)) {
	case '\\': shell->at += 2; return true;
	case '\'': skip_to(shell, '\'', false); return true;
	case '`': skip_to(shell, '`', true); return true;
	case '"': skip_double_quotes(shell, level); return true;
	}
	if (!opens_substitution(shell))
		return false;
	skip_substitution(shell, level);
	return true;
}

static void skip_line(struct shell *shell)
{
	while (!is_at_end(shell) && here(shell) != '\n')
		shell->at++;
}

/* At << : the word that will end the here-document. */
static void open_document(struct shell *shell)
{
	size_t start;

	shell->at += 2;
	if (shell->ndocuments == SHELL_DOCUMENTS) {
		give_up(shell);
		return;
	}
	shell->documents[shell->ndocuments].by_tabs = here(shell) == '-';
	shell->at += here(shell) == '-';
	while (here(shell) == ' ' || here(shell) == '\t')
		shell->at++;
	start = shell->at + (here(shell) == '\\');
	while (!is_at_end(shell) && !char_is_blank(here(shell)) &&
	       !memchr(";&|()<>", here(shell), 7)) {
		if (!skip_quoted(shell, 0))
			shell->at++;
	}
	if (start >= shell->at || shell->at > shell->text.len)
		give_up(shell);
	else
		shell->documents[shell->ndocuments++].end =
		    shell_unquoted(part_of(shell->text, start, shell->at));
}

/* Lines up to the one that ends a here-document. */
static void skip_document(struct shell *shell, struct slice end, bool by_tabs)
{
	while (!is_at_end(shell)) {
		size_t start = shell->at;
		struct slice line;

		skip_line(shell);
		line = part_of(shell->text, start, shell->at);
		shell->at += !is_at_end(shell);
		while (by_tabs && line.len && *line.ptr == '\t')
			line = part_of(line, 1, line.len);
		if (line.len && line.ptr[line.len - 1] == '\r')
			line.len--;
		if (slice_eq(line, end))
			return;
	}
	give_up(shell);
}

/* At the end of a line: to the next, behind the here-documents between. */
static void end_line(struct shell *shell)
{
	shell->at++;
	for (size_t i = 0; i < shell->ndocuments; i++)
		skip_document(shell, shell->documents[i].end,
		    shell->documents[i].by_tabs);
	shell->ndocuments = 0;
}

static bool opens_comment(const struct shell *shell)
{
	return here(shell) == '#' &&
	       (shell->at == 0 ||
		   memchr(" \t\r\n;&|()", shell->text.ptr[shell->at - 1], 9));
}

/* Words behind which a command begins. */
static bool is_leading(struct slice word)
{
	static const char *const words[] = {
	    "if", "then", "else", "elif", "while", "until", "do", "!", NULL};

	return is_one_of(word, words);
}

/* Whether a command may begin at i: behind a separator, or a word that others
 * follow. */
static bool is_command_position(struct slice text, size_t i)
{
	size_t start;

	while (i && (text.ptr[i - 1] == ' ' || text.ptr[i - 1] == '\t' ||
			text.ptr[i - 1] == '\r'))
		i--;
	start = i;
	while (start && !char_is_blank(text.ptr[start - 1]) &&
	       !memchr(";&|(){", text.ptr[start - 1], 6))
		start--;
	if (start == i)
		return true;
	return is_leading(part_of(text, start, i));
}

/* Braces are words: { before a blank, } before what ends a word. */
static int brace_depth(const struct shell *shell)
{
	char c = here(shell), next = after(shell);
	bool ends = char_is_blank(next) || !next || memchr(";&|)<>", next, 6);

	if ((c != '{' && c != '}') || !ends ||
	    !is_command_position(shell->text, shell->at))
		return 0;
	return c == '{' ? 1 : -1;
}

/* Over one thing that ends no command, and how it changes the depth of groups;
 * a case's patterns close what nothing opened. */
static void skip_piece(struct shell *shell, size_t *depth)
{
	char c = here(shell);
	int change = (c == '(') - (c == ')') + brace_depth(shell);

	if (c == '\n') {
		end_line(shell);
	} else if (opens_comment(shell)) {
		skip_line(shell);
	} else if (c == '<' && after(shell) == '<') {
		if (char_at(shell->text, shell->at + 2) == '<')
			shell->at += 3;
		else
			open_document(shell);
	} else if (!skip_quoted(shell, 0)) {
		shell->at++;
	}
	if (change > 0)
		++*depth;
	else if (change < 0 && *depth)
		--*depth;
}

/* A & or | of a redirection: 2>&1, &>log, >|log. */
static bool is_redirection(const struct shell *shell)
{
	char c = here(shell);
	char before = shell->at ? shell->text.ptr[shell->at - 1] : '\0';

	if (c == '&')
		return before == '>' || before == '<' || after(shell) == '>';
	return c == '|' && before == '>';
}

/* The length of what ends a command here; 0 for anything else. */
static size_t end_length(const struct shell *shell, enum shell_end *ret_end)
{
	char c = here(shell), next = after(shell);

	*ret_end = SHELL_NEXT;
	if (c == ';' || c == '\n')
		return 1;
	if ((c != '&' && c != '|') || is_redirection(shell))
		return 0;
	if (c == next) {
		*ret_end = c == '&' ? SHELL_AND : SHELL_OR;
		return 2;
	}
	*ret_end = c == '&' ? SHELL_DETACHED : SHELL_PIPE;
	return c == '|' && next == '&' ? 2 : 1;
}

/* To where the next command begins. */
static void skip_gap(struct shell *shell)
{
	while (!is_at_end(shell)) {
		if (here(shell) == '\n')
			end_line(shell);
		else if (char_is_blank(here(shell)) || here(shell) == ';')
			shell->at++;
		else if (opens_comment(shell))
			skip_line(shell);
		else
			return;
	}
}

bool shell_next(struct shell *shell, struct shell_command *ret_command)
{
	size_t start, stop, length = 0, depth = 0;

	skip_gap(shell);
	if (is_at_end(shell))
		return false;
	start = shell->at;
	ret_command->end = SHELL_NEXT;
	while (!is_at_end(shell)) {
		if (!depth && opens_comment(shell))
			break;
		length = depth ? 0 : end_length(shell, &ret_command->end);
		if (length)
			break;
		skip_piece(shell, &depth);
	}
	stop = shell->at < shell->text.len ? shell->at : shell->text.len;
	if (here(shell) == '\n')
		end_line(shell);
	else
		shell->at += length;
	if (is_at_end(shell) && (depth || shell->ndocuments))
		shell->is_broken = true;
	ret_command->text = slice_trim(part_of(shell->text, start, stop));
	return true;
}

/* Nothing but redirections. */
static bool only_redirects(struct slice rest)
{
	struct slice word;

	return !shell_argument(&rest, &word);
}

bool shell_group(struct slice command, struct slice *ret_inner)
{
	struct shell shell = {.text = slice_trim(command)};
	size_t depth = 0, end;

	if (here(&shell) != '(' && brace_depth(&shell) <= 0)
		return false;
	do {
		end = shell.at;
		skip_piece(&shell, &depth);
	} while (depth && !is_at_end(&shell));
	if (depth || shell.is_broken)
		return false;
	*ret_inner = part_of(shell.text, 1, end);
	return only_redirects(part_of(shell.text, shell.at, shell.text.len));
}

/* A line that goes on; its end may be cut off, being a blank. */
static bool continues_line(const struct shell *shell)
{
	return here(shell) == '\\' &&
	       (after(shell) == '\n' || shell->at + 1 == shell->text.len);
}

bool shell_word(struct slice *command, struct slice *ret_word)
{
	struct shell shell = {.text = *command};
	size_t start;

	while (char_is_blank(here(&shell)) || continues_line(&shell))
		shell.at += here(&shell) == '\\' ? 2 : 1;
	if (shell.at > command->len)
		shell.at = command->len;
	start = shell.at;
	while (!is_at_end(&shell) && !char_is_blank(here(&shell))) {
		if (!skip_quoted(&shell, 0))
			shell.at++;
	}
	if (shell.at > command->len)
		shell.at = command->len;
	*ret_word = part_of(*command, start, shell.at);
	*command = part_of(*command, shell.at, command->len);
	return ret_word->len > 0;
}

/* Whether a word sends output elsewhere or takes input from there; and whether
 * the next word says where. */
static bool redirects(struct slice word, bool *ret_is_open)
{
	size_t i = 0;

	while (i < word.len && ((word.ptr[i] >= '0' && word.ptr[i] <= '9') ||
				   word.ptr[i] == '&'))
		i++;
	if (i == word.len || (word.ptr[i] != '<' && word.ptr[i] != '>'))
		return false;
	*ret_is_open = memchr("<>-|&", word.ptr[word.len - 1], 5) != NULL &&
		       !slice_ends(word, SLICE("&-"));
	return true;
}

bool shell_argument(struct slice *command, struct slice *ret_word)
{
	bool is_open = false;

	while (shell_word(command, ret_word)) {
		bool is_target = is_open;
		bool is_redirection;

		is_open = false;
		is_redirection = redirects(*ret_word, &is_open);
		if (!is_target && !is_redirection)
			return true;
	}
	return false;
}

struct slice shell_unquoted(struct slice word)
{
	if (word.len >= 2 && (*word.ptr == '\'' || *word.ptr == '"') &&
	    word.ptr[word.len - 1] == *word.ptr)
		return part_of(word, 1, word.len - 1);
	return word;
}

bool shell_is_control(struct slice word)
{
	static const char *const words[] = {"if", "else", "elif", "for",
	    "while", "until", "case", "select", "function", "trap", NULL};

	return is_one_of(word, words);
}

struct slice shell_body(struct slice command)
{
	struct slice rest = command, word;

	while (shell_word(&rest, &word) && is_leading(word))
		command = rest;
	return slice_trim(command);
}

bool shell_only_says(struct slice command)
{
	static const char *const words[] = {
	    "true", ":", "/bin/true", "/usr/bin/true", "echo", "printf", NULL};
	struct slice word;

	return shell_word(&command, &word) && is_one_of(word, words);
}

const struct node *argument_at(struct arguments arguments, size_t i)
{
	const struct node *first = arguments.first, *second = arguments.second;
	size_t n = first && first->kind == NODE_SEQUENCE ? first->n : 0;

	if (i < n)
		return first->items[i];
	if (!second || second->kind != NODE_SEQUENCE || i - n >= second->n)
		return NULL;
	return second->items[i - n];
}

struct slice argument_text(struct arguments arguments, size_t i)
{
	struct slice text;

	return node_to_text(argument_at(arguments, i), &text)
		   ? text
		   : (struct slice){"", 0};
}

struct slice shell_program_name(struct slice program)
{
	size_t start = program.len;

	while (start && program.ptr[start - 1] != '/')
		start--;
	return part_of(program, start, program.len);
}

bool shell_is_one(struct slice program)
{
	static const char *const shells[] = {
	    "sh", "bash", "ash", "dash", "ksh", "zsh", NULL};

	return is_one_of(shell_program_name(program), shells);
}

/* Whether short options, "-eu", have one of that letter. */
static bool has_letter(struct slice option, char letter)
{
	return option.len > 1 && option.ptr[0] == '-' && option.ptr[1] != '-' &&
	       memchr(option.ptr, letter, option.len);
}

size_t shell_program_at(struct arguments arguments)
{
	static const char *const wrappers[] = {"tini", "/sbin/tini",
	    "/usr/bin/tini", "dumb-init", "/usr/bin/dumb-init", "env",
	    "/usr/bin/env", "--", "-s", "-g", NULL};
	size_t i = 0;

	while (is_one_of(argument_text(arguments, i), wrappers))
		i++;
	return i;
}

const struct node *shell_script(struct arguments arguments, bool *ret_stops)
{
	bool stops = false;
	size_t i = shell_program_at(arguments);

	if (!shell_is_one(argument_text(arguments, i)))
		return NULL;
	for (i++; argument_at(arguments, i); i++) {
		struct slice option = argument_text(arguments, i);

		stops |= has_letter(option, 'e') || slice_is(option, "errexit");
		if (!has_letter(option, 'c'))
			continue;
		if (ret_stops)
			*ret_stops = stops;
		return argument_at(arguments, i + 1);
	}
	return NULL;
}
