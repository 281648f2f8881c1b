/*
 * The table of options: all that is to know of one is its row.
 */
#ifndef CLI_OPTION_ROWS_H
#define CLI_OPTION_ROWS_H

#include "run/options.h"

/* What an option does with its argument. */
enum option_effect {
	OPTION_TEXT,   /* keeps it */
	OPTION_LIST,   /* adds it to those that came before */
	OPTION_FLAG,   /* sets a bool; there is no argument */
	OPTION_ACTION, /* says what to do instead of linting */
	OPTION_READ,   /* has a function that reads it */
};

/* Of an option that is given twice. */
enum option_repeat {
	REPEAT_REFUSED, /* one of the two would be ignored */
	REPEAT_LAST,	/* the last counts, as people override an alias */
	REPEAT_ALL,	/* all count, or all say the same */
};

/* A task in a set of them: an action, or what shows fixes instead of linting.
 */
#define TASK(action) (1u << (action))
#define TASK_DIFF TASK(ACTION_HELP + 1)

/* -1 with a sentence. */
typedef int option_read_fn(
    struct options *options, const char *argument, struct fault *fault);

struct option_row {
	const char *name; /* without "--"; NULL: there is only a letter */
	char letter;	  /* NUL: there is none */
	const char
	    *argument; /* in --help; NULL: none; "[X]": may be left out */
	enum option_effect effect;
	enum option_repeat repeat;
	/* Where in struct options it goes: a text, a bool, the items of a list
	 * and their number.  OPTION_ACTION: 0 when no argument goes anywhere.
	 */
	size_t field, count;
	enum action action;   /* of OPTION_ACTION */
	option_read_fn *read; /* of OPTION_READ */
	unsigned tasks;	      /* that take it; none of OPTION_ACTION */
	/* For --help, with line breaks.  Of an option without a name: lines as
	 * they are printed. */
	const char *help;
};

/* Adds the words that the argument of that row can be, a blank before each;
 * none when it can be anything, or when others know its words. */
void option_words(const struct option_row *row, struct buf *words);

/* There are no more rows than this. */
#define OPTIONS_MAX 100

/* All rows, in the order of --help; *ret_n: how many. */
const struct option_row *option_rows(size_t *ret_n);

/* The row of that name, without "--", or NULL. */
const struct option_row *option_row_named(struct slice name);

/* The heading that stands above the row in --help; NULL for most. */
const char *option_heading(const struct option_row *row);

#endif
