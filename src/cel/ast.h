/*
 * An expression as a tree: made by the parser, typed and resolved by the
 * checker, laid out as a program by the layout.  All of it lives in an arena.
 */
#ifndef CEL_AST_H
#define CEL_AST_H

#include "base/regex.h"
#include "cel/code.h"
#include "cel/function.h"

/* Levels of nesting an expression may have, brackets and tree alike. */
#define MAX_DEPTH 250

enum ast_kind {
	AST_LITERAL,
	AST_NAME,
	AST_SELECT,
	AST_HAS,
	AST_ASK,
	AST_OPTIONAL,
	AST_CALL,
	AST_CHAIN,
	AST_LOGIC,
	AST_CONDITIONAL,
	AST_LIST,
	AST_MAP,
	AST_MACRO,
};

struct ast_list {
	struct ast **items;
	size_t n, cap;
};

/* One of the operators of a chain with what stands to its right. */
struct link {
	size_t offset; /* of the operator */
	struct slice sign;
	struct overloads overloads; /* by the checker */
	struct ast *right;
};

struct ast {
	enum ast_kind kind;
	unsigned height;      /* levels of nodes, this one included */
	size_t offset;	      /* of the byte that a complaint points at */
	struct cel_type type; /* by the checker */
	union {
		struct cel_value literal;
		struct {
			struct slice text;
			bool is_local; /* a macro's variable; by the checker */
			size_t slot;   /* among the locals or the scope's vars;
					  by the checker */
		} name;
		/* AST_SELECT, AST_HAS and AST_ASK.  index is the field's in
		 * the class, or -1 when the class is known at evaluation only.
		 */
		struct {
			struct ast *operand;
			struct slice field;
			int index;
		} select;
		struct {
			enum optional_kind kind;
			struct ast_list args;
		} optional;
		/* A function, a method (its receiver is args' first), or an
		 * operator before or around its operands: "-", "!", "[]". */
		struct {
			struct slice name;
			enum form form;
			struct ast_list args;
			struct overloads overloads; /* by the checker */
			size_t pattern; /* number of the literal one plus one
					   in the tree's; 0: none */
		} call;
		/* Operators of one precedence, from left to right.  Flat, so
		 * that a long sum is no deep tree. */
		struct {
			struct ast *first;
			struct link *links;
			size_t n, cap;
		} chain;
		/* && or ||, any number of them; flat like a chain. */
		struct {
			bool absorber; /* what decides: false for && */
			struct ast_list operands;
		} logic;
		struct {
			struct ast *condition, *yes, *no;
		} conditional;
		struct ast_list list;
		struct {
			struct ast_list keys, values;
		} map;
		struct {
			enum macro_kind kind;
			struct ast *range;
			struct slice variable;
			size_t slot;	       /* by the checker */
			struct ast *condition; /* NULL if map() has none */
			struct ast *transform; /* of map(), else NULL */
		} macro;
	};
};

struct ast_tree {
	struct arena *arena; /* of the tree and the values of its literals */
	struct ast *root;
	size_t nlocals; /* variables of macros in use at one time */
	bool reads_raw; /* it names a field of a class that may be anything */
	uint64_t uses;	/* of scope's vars, which the tree reads, by bit */
	struct {
		struct regex **items; /* owned by the tree's owner */
		size_t n, cap;
	} patterns;
};

#endif
