/*
 * What rules say of themselves, in the little Markdown that they are written
 * in: paragraphs, lists of "- ", fenced blocks, `code` and <addresses>.
 */
#ifndef REPORT_PROSE_H
#define REPORT_PROSE_H

#include "base/text.h"

enum prose_kind {
	PROSE_PARAGRAPH,
	PROSE_ITEM, /* of a list, without its dash */
	PROSE_CODE, /* between fences, which are left out */
};

struct prose_block {
	enum prose_kind kind;
	struct slice text; /* lines; of code as they stand */
};

/* Cuts the next block off rest; false at its end.  The block borrows the
 * text. */
bool prose_next(struct slice *rest, struct prose_block *ret_block);

/* A piece of a paragraph or an item: text, `code` or an <address>, without the
 * marks. */
enum prose_ink { PROSE_TEXT, PROSE_WORD_OF_CODE, PROSE_ADDRESS };

/* Cuts the next piece off rest; false at its end. */
bool prose_next_piece(
    struct slice *rest, struct slice *ret_text, enum prose_ink *ret_ink);

/* Appends all of it as lines of at most 80 columns, each after indent, a blank
 * line between blocks; code stands as it is, indented by two more, and marks
 * are left out. */
void prose_add_text(struct buf *buf, const char *markdown, const char *indent);

#endif
