/*
 * What containers are told to run, and the text of a shell cut into commands:
 * quotes, comments, here-documents, groups and what stands between commands.
 *
 * Words keep their quotes: what a variable or a command puts in their place is
 * not known.  Source: POSIX.1-2017, Shell Command Language, sections 2.2 to
 * 2.4, 2.7.4, 2.9 and 2.10.
 */
#ifndef FACT_SHELL_H
#define FACT_SHELL_H

#include "base/text.h"
#include "doc/tree.h"

/* What a program is told: one list, or two that are one behind the other
 * (command and args of a container).  NULL is an empty list. */
struct arguments {
	const struct node *first, *second;
};

/* The argument at index i; NULL when there are fewer. */
const struct node *argument_at(struct arguments arguments, size_t i);

/* Its text; "" when there is none or it has no text. */
struct slice argument_text(struct arguments arguments, size_t i);

/* The index of the program, behind those that only start another (tini,
 * dumb-init, env) and their options; one past the end when there is none. */
size_t shell_program_at(struct arguments arguments);

/* The last part of a program's path: its name. */
struct slice shell_program_name(struct slice program);

/* Whether a program, with or without its path, is a shell. */
bool shell_is_one(struct slice program);

/* The text that a shell is told to run: the argument behind -c, also behind
 * programs that only start another (tini, dumb-init, env); NULL when no shell
 * or no text is.  ret_stops: the first failure ends it (-e), or NULL. */
const struct node *shell_script(struct arguments arguments, bool *ret_stops);

/* What stands behind a command. */
enum shell_end {
	SHELL_NEXT,	/* ; a new line, or nothing more */
	SHELL_AND,	/* && */
	SHELL_OR,	/* || */
	SHELL_PIPE,	/* | or |& */
	SHELL_DETACHED, /* & */
};

/* One command: a simple one, a group in braces or parentheses, or a piece of
 * what begins with "if", "for", ...: "if x", "then y", "fi". */
struct shell_command {
	struct slice text; /* without blanks and comments around it */
	enum shell_end end;
};

/* Here-documents that one line may open. */
#define SHELL_DOCUMENTS 4

/* A text while it is cut.  It starts as {.text = ...}. */
struct shell {
	struct slice text;
	size_t at; /* of the first byte that is not read */
	struct {
		struct slice end; /* the word that ends it */
		bool by_tabs;	  /* tabs before that do not count */
	} documents[SHELL_DOCUMENTS];
	size_t ndocuments; /* that begin on the next line */
	bool is_broken;	   /* a quote, group or here-document does not end */
};

/* Takes the next command; false at the end of the text.  After the last one
 * is_broken says whether all of it was read. */
bool shell_next(struct shell *shell, struct shell_command *ret_command);

/* Whether a command is a group, redirected or not; ret_inner: what is in it. */
bool shell_group(struct slice command, struct slice *ret_inner);

/* Takes the next word off a command, in its quotes; false when none is left. */
bool shell_word(struct slice *command, struct slice *ret_word);

/* The same without redirections. */
bool shell_argument(struct slice *command, struct slice *ret_word);

/* The word without quotes around the whole of it. */
struct slice shell_unquoted(struct slice word);

/* Whether it is a word of the shell's own after which the order of the commands
 * is no longer that of the text: if, while, case, function, ... */
bool shell_is_control(struct slice word);

/* A command without what control flow puts before it: "do echo x" is "echo x".
 */
struct slice shell_body(struct slice command);

/* Whether a command does nothing but print or succeed: echo, printf, true, :
 */
bool shell_only_says(struct slice command);

#endif
