/*
 * What is said about text that is no YAML: libyaml's terse problems put in
 * words that name the usual accidents of templates.
 */
#ifndef INPUT_YAML_PROBLEM_H
#define INPUT_YAML_PROBLEM_H

#include "base/text.h"

struct problem {
	const char *what;  /* libyaml's problem */
	const char *doing; /* its context, "while ...", or "" */
	bool has_context;  /* the context began on the same line */
	struct slice line; /* the line it stands on */
	char at;	   /* the byte it stands at; NUL at the end */
};

/* Replaces text by one sentence, without a full stop. */
void explain_yaml_problem(struct buf *text, const struct problem *problem);

/*
 * The same for a byte that may not be in a text: a control character with
 * its code, or the first byte that is no UTF-8.
 */
void problem_of_byte(
    struct buf *text, bool is_control, int code, unsigned char byte);

#endif
