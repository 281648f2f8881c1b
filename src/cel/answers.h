/*
 * What all() and exists() said of long lists, kept: many entities ask the same
 * of one list, and the answer costs its length.
 */
#ifndef CEL_ANSWERS_H
#define CEL_ANSWERS_H

#include "base/map.h"
#include "cel/code.h"

/* An answer, and the steps it took, which whoever gets it pays again: whether
 * an expression takes too many does not depend on what was asked before.  Where
 * there were too few steps there is no answer; with no more than those there
 * will be none either. */
struct cel_answer {
	struct {
		const struct cel_node *macro;
		const struct cel_value *items;
		const void *self; /* of the one object that it reads, besides
				     the items; or NULL */
	} question;		  /* its bytes are the key */
	uint64_t steps;
	enum { ANSWER_NO, ANSWER_YES, ANSWER_UNKNOWN, ANSWER_NONE } holds;
};

/* All zero is empty and ready.  Not for several threads.  Items and programs
 * must outlive it, and no other list may ever stand where one was. */
struct cel_answers {
	struct map by_question;
	struct arena arena;
};

/* The answer to that question, or NULL when none was kept. */
const struct cel_answer *cel_answers_find(
    const struct cel_answers *answers, const struct cel_answer *asked);

/* Keeps it, in the place of another to the same question. */
void cel_answers_keep(
    struct cel_answers *answers, const struct cel_answer *answer);

void cel_answers_release(struct cel_answers *answers);

#endif
