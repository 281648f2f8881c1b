/*
 * The source of an expression as tokens.
 */
#ifndef CEL_LEX_H
#define CEL_LEX_H

#include "cel/cel.h"

enum token_kind {
	TOKEN_END,
	TOKEN_BAD, /* no token: the problem has been set; the last one */
	TOKEN_INT,
	TOKEN_DOUBLE,
	TOKEN_STRING,
	TOKEN_NAME,
	TOKEN_RESERVED, /* a word that is no name, yet may follow a dot */
	TOKEN_QUOTED,	/* `a-b/c`: a field's name that is no plain name */
	TOKEN_TRUE,
	TOKEN_FALSE,
	TOKEN_NULL,
	TOKEN_IN,
	TOKEN_EQ,
	TOKEN_NE,
	TOKEN_LE,
	TOKEN_GE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_LT,
	TOKEN_GT,
	TOKEN_PLUS,
	TOKEN_MINUS,
	TOKEN_STAR,
	TOKEN_SLASH,
	TOKEN_PERCENT,
	TOKEN_NOT,
	TOKEN_DOT,
	TOKEN_COMMA,
	TOKEN_COLON,
	TOKEN_QUESTION,
	TOKEN_LPAREN,
	TOKEN_RPAREN,
	TOKEN_LBRACKET,
	TOKEN_RBRACKET,
	TOKEN_LBRACE,
	TOKEN_RBRACE,
};

struct token {
	enum token_kind kind;
	size_t offset;	    /* of its first byte in the source */
	struct slice text;  /* as written */
	struct slice value; /* of TOKEN_STRING, escapes resolved; the name in
			       TOKEN_QUOTED */
	uint64_t magnitude; /* of TOKEN_INT, at most 2^63 */
	double real;	    /* of TOKEN_DOUBLE */
};

struct lexer {
	struct slice source;
	size_t at;	     /* the next byte to read */
	struct arena *arena; /* where the values of strings go */
	bool lacks;	     /* the bad token is of CEL, not in the subset */
	struct cel_problem *problem;
};

void lexer_next(struct lexer *lexer, struct token *ret_token);

/* Sets what is wrong at that byte of the source; returns -1 always. */
int problem_set(struct cel_problem *problem, size_t offset, const char *format,
    ...) PRINTF_LIKE(3, 4);
void problem_vset(struct cel_problem *problem, size_t offset,
    const char *format, va_list args);

#endif
