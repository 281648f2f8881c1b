/*
 * --completion: the tables of options and rules as programs of shells, which
 * complete command lines by them.
 */
#ifndef CMD_COMPLETION_H
#define CMD_COMPLETION_H

#include "cli/option_rows.h"
#include "run/program.h"

/* What stands behind an option. */
enum taken {
	TAKEN_NOTHING,
	TAKEN_TEXT,   /* anything */
	TAKEN_FILE,   /* a file or a folder */
	TAKEN_FOLDER, /* a folder */
	TAKEN_WORD,   /* one of a list */
	TAKEN_LEVEL,  /* of -W: a rule or a group, with what becomes of it */
};

/* An option, as a shell needs to know it. */
struct completion {
	const struct option_row *row; /* borrowed, as all that is here */
	enum taken taken;
	const char *words; /* with blanks between; of TAKEN_WORD, TAKEN_LEVEL */
	const char *help;  /* the first part of its sentence, on one line */
};

struct completions {
	struct completion *items;
	size_t n;
	const struct diag_kind *const *kinds; /* all rules */
	size_t nkinds;
};

/* Prints the completion for the shell that the option names; the rules have
 * been loaded.  Returns the exit status. */
int print_completion(struct program *program);

/* Adds a program of that shell. */
void completion_for_bash(const struct completions *all, struct buf *out);
void completion_for_fish(const struct completions *all, struct buf *out);
void completion_for_zsh(const struct completions *all, struct buf *out);

#endif
