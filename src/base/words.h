/*
 * A command as people write it, cut into words: blanks part them, quotes and
 * backslashes keep what they hold together, and nothing is expanded.
 */
#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include "base/fault.h"

/* Ended by NULL, which n does not count. */
struct words {
	const char **items;
	size_t n;
};

/*
 * Cuts text: within '...' everything stands for itself, within "..." all but
 * \" and \\, and outside of them a backslash takes what is special from the
 * next character.  Words live in arena.
 *
 * -1 with a sentence that begins with name when a quote is not closed, when
 * there is no word, and for what only a shell gives a meaning to: | & ; < > $ `
 * outside of quotes, $ and ` in double ones.
 */
MUST_CHECK int words_cut(const char *name, const char *text,
    struct arena *arena, struct words *ret_words, struct fault *fault);

#endif
