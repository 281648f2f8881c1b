/*
 * Template actions: a file cut into text and actions as Go's text/template
 * cuts it, and an action cut into its items.
 */
#ifndef HELM_ACTION_H
#define HELM_ACTION_H

#include "base/text.h"

enum go_kind {
	GO_TEXT,
	GO_OUTPUT, /* prints, or does something nobody can see from here */
	GO_ASSIGN,
	GO_SILENT, /* a comment, break or continue */
	GO_IF,
	GO_WITH,
	GO_RANGE,
	GO_DEFINE,
	GO_BLOCK,
	GO_ELSE,
	GO_END,
};

/* A stretch of text, without what the actions around it trim, or an action. */
struct go_token {
	enum go_kind kind;
	struct slice text;	 /* of an action: without delimiters, trimmed */
	uint32_t line, end_line; /* first and last, from 1 */
	bool at_start;		 /* text from the first byte of the file on */
	bool trims_before;	 /* "{{-": swallows the blanks before it */
};

/*
 * Cuts source into tokens in arena, whose texts point into source.  Text that
 * trimming leaves empty is left out.  From an action without end on, the rest
 * is text: Helm would have refused the file, so nothing was rendered from it.
 */
void go_lex(struct slice source, struct arena *arena,
    struct go_token **ret_tokens, size_t *ret_n);

enum item_kind {
	ITEM_WORD,     /* a function's name, true, nil */
	ITEM_FIELD,    /* .Values.a, or . alone */
	ITEM_VARIABLE, /* $, $x, $x.a */
	ITEM_NUMBER,
	ITEM_STRING, /* in quotes of any kind, with them */
	ITEM_OPEN,   /* ( */
	ITEM_CLOSE,
	ITEM_PIPE,
	ITEM_ASSIGN, /* := or = */
	ITEM_OTHER,
};

struct item {
	enum item_kind kind;
	struct slice text;
};

/* Takes the next item off the text of an action; false at its end. */
bool item_next(struct slice *rest, struct item *ret_item);

/* What a string item stands for: escapes read, quotes gone; in arena when that
 * changes anything. */
struct slice item_string(const struct item *item, struct arena *arena);

#endif
