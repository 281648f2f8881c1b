/*
 * A program as the evaluator runs it: nodes in one array, which name each other
 * and their constants by number.  Nothing in it is ever written and no node
 * holds an address, so that the programs of the built-in rules are constant
 * tables of the linter, read where they are.
 */
#ifndef CEL_CODE_H
#define CEL_CODE_H

#include "cel/cel.h"

enum cel_op {
	OP_LITERAL,
	OP_NAME,
	OP_SELECT,
	OP_HAS,
	OP_ASK, /* a selection that may find nothing: e.?field */
	OP_OPTIONAL,
	OP_CALL,
	OP_CHAIN,
	OP_LINK, /* of a chain: an operator and what stands to its right */
	OP_LOGIC,
	OP_CONDITIONAL,
	OP_LIST,
	OP_MAP,
	OP_MACRO,
};

/* What is done with a value that may be none. */
enum optional_kind {
	OPTIONAL_INDEX,	    /* e[?key] */
	OPTIONAL_HAS_VALUE, /* .hasValue() */
	OPTIONAL_VALUE,	    /* .value() */
	OPTIONAL_OR_VALUE,  /* .orValue(e) */
	OPTIONAL_OR,	    /* .or(e), which may be none, too */
};

/* A macro that visits the items of a list or the keys of a map. */
enum macro_kind {
	MACRO_ALL,
	MACRO_EXISTS,
	MACRO_EXISTS_ONE,
	MACRO_FILTER,
	MACRO_MAP,
};

/*
 * A node and its children, which stand side by side in the array, all behind
 * it:
 *
 *   OP_LITERAL       -
 *   OP_NAME          -
 *   OP_SELECT        the operand; OP_HAS and OP_ASK likewise
 *   OP_OPTIONAL      what may be none, then the argument if there is one
 *   OP_CALL          the operands, of a method the receiver first
 *   OP_CHAIN         what it begins with, then an OP_LINK for each operator
 *   OP_LINK          what stands to the operator's right
 *   OP_LOGIC         the operands
 *   OP_CONDITIONAL   the condition, what it is if so, what if not
 *   OP_LIST          the items
 *   OP_MAP           the keys, then the values
 *   OP_MACRO         the range, the condition if there is one, what the items
 *                    become if it is map()
 */
struct cel_node {
	uint8_t op;	/* enum cel_op */
	uint8_t kind;	/* OP_NAME: whether it is a macro's variable;
			   OP_SELECT, OP_HAS, OP_ASK: whether the class is
			   known; OP_OPTIONAL: enum optional_kind;
			   OP_CALL: enum form; OP_LOGIC: what decides, false
			   for &&; OP_MACRO: enum macro_kind */
	uint8_t row;	/* OP_CALL, OP_LINK: the first of its overloads, */
	uint8_t nrows;	/* and how many these are */
	uint32_t n;	/* children */
	uint32_t first; /* number of the first child */
	uint32_t what;	/* OP_LITERAL: number of the constant; OP_NAME: slot
			   among the locals or the scope's vars; OP_SELECT,
			   OP_HAS, OP_ASK: the field's index in its class or,
			   when that is not known, number of the constant that
			   is its name; OP_CALL: number plus one of the literal
			   pattern, 0: none; OP_MACRO: slot of its variable */
};

/* What a program owns that was compiled at run time. */
struct cel_owned {
	struct arena arena; /* all of the program, itself too */
	bool reads_raw;	    /* see cel_program_reads_raw() */
	bool is_strict;	    /* see struct cel_scope */
	struct regex **patterns;
	size_t npatterns;
};

struct cel_program {
	const struct cel_node *nodes; /* the first is the root */
	const struct cel_value *constants;
	uint32_t nnodes, nconstants;
	uint32_t nlocals;     /* variables of macros in use at one time */
	uint64_t uses;	      /* of the scope's vars, which it reads, by bit */
	struct cel_type type; /* of the value; none in a built-in rule */
	struct cel_owned *owned; /* NULL in a built-in rule */
};

#endif
