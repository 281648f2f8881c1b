/*
 * Messages with placeholders: "container '{name}' has no probe".
 *
 * What stands in the braces is an expression: braces in it nest, and quotes
 * hide them.  A doubled brace stands for itself.
 */
#ifndef BASE_PLACEHOLDER_H
#define BASE_PLACEHOLDER_H

#include "base/text.h"

/* A placeholder, or one character of the text between two. */
struct placeholder_piece {
	struct slice text; /* of a placeholder: without the braces */
	bool is_placeholder;
	bool is_lone_brace; /* neither doubled nor with a partner */
};

/* Cuts the text before the next brace, or the end, off rest. */
struct slice placeholder_skip_plain(struct slice *rest);

/* Cuts the next piece off rest; false at its end. */
bool placeholder_next(struct slice *rest, struct placeholder_piece *ret_piece);

/* Number of placeholders. */
size_t placeholder_count(const char *message);

/*
 * Finds what filled the placeholders of message in text: a slice of text for
 * each in ret_values, which has room for placeholder_count() of them.  False
 * when text was not made from message.
 */
bool placeholder_match(
    const char *message, struct slice text, struct slice *ret_values);

#endif
