/*
 * What reading contracts, rules and the like has in common: texts, and the
 * sentence that says what is wrong where.
 */
#ifndef DOC_READER_H
#define DOC_READER_H

#include "doc/tree.h"

/* What reading needs everywhere; all borrowed. */
struct reader {
	const struct origin *origin;
	struct arena *arena; /* for the texts that are kept, and messages */
	struct fault *fault;
};

/* Adds to the faults what is wrong with the node, a printf-like sentence;
 * returns -1.  Who reads may go on and find more. */
int reader_refuse(const struct reader *reader, const struct node *node,
    const char *format, ...) PRINTF_LIKE(3, 4);

/*
 * Refuses the key of a mapping, which is none of the names, and says which
 * was meant or which there are; owner: "a profile".  Returns -1.
 */
int reader_refuse_unknown(const struct reader *reader, const struct node *key,
    const char *owner, const char *const *names, size_t n);

/* Refuses a node that is no mapping, and each of its keys that is none of the
 * names. */
MUST_CHECK int reader_check_keys(const struct reader *reader, const char *owner,
    const struct node *node, const char *const *names, size_t n);

/* The text in single quotes, cut when long, for a sentence to repeat. */
const char *reader_quote(const struct reader *reader, struct slice text);

/* What a node is, for "must be a list, not the string 'x'". */
const char *reader_describe(
    const struct reader *reader, const struct node *node);

/* Reads a string that is not empty and holds no NUL, kept in the arena; name
 * is what messages call it.  -1 with the fault set otherwise. */
MUST_CHECK int reader_text(const struct reader *reader, const char *name,
    const struct node *node, const char **ret_text);

#endif
