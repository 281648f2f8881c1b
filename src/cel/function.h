/*
 * Functions, methods and operators: one table of overloads, from which the
 * checker takes types and the evaluator takes the function to run.
 */
#ifndef CEL_FUNCTION_H
#define CEL_FUNCTION_H

#include "cel/cel_value.h"
#include "cel/patterns.h"

/* How a call is written; an overload may allow more than one. */
enum form {
	FORM_OPERATOR = 1, /* a + b, !a, a[b] */
	FORM_FUNCTION = 2, /* size(a) */
	FORM_METHOD = 4,   /* a.size() */
};

/* The most operands an overload has, a method's receiver included. */
#define MAX_ARGS 4

/* Sets of kinds, or-ed of these. */
#define BIT(kind) (1u << (kind))
#define NUMBER (BIT(CEL_INT) | BIT(CEL_DOUBLE))
#define KEY (NUMBER | BIT(CEL_BOOL) | BIT(CEL_STRING))
#define ANY \
	(KEY | BIT(CEL_NULL) | BIT(CEL_LIST) | BIT(CEL_MAP) | BIT(CEL_OBJECT))

/* What a running function may use. */
struct call {
	struct arena *arena;
	struct cel_patterns *patterns; /* compiled so far */
	const struct regex *pattern;   /* the compiled one, or NULL */
	bool is_literal; /* the pattern is: that it compiles has been checked */
	bool is_strict;	 /* see struct cel_scope */
	uint64_t *steps; /* left to spend: large results take some off */
};

struct overload {
	const char *name;
	unsigned forms; /* of enum form, or-ed */
	size_t nargs;
	unsigned args[MAX_ARGS]; /* the kinds it takes */
	enum cel_kind result;	 /* unless refine() is more exact */

	/* The result's type for these operands' types (or NULL); CEL_ERROR
	 * when values of such types never have to do with each other. */
	struct cel_type (*refine)(const struct cel_type *args);

	/* Called with args of the kinds taken only. */
	struct cel_value (*apply)(
	    const struct call *call, const struct cel_value *args);

	bool takes_pattern; /* the last operand is a regular expression */
};

/* The overloads of one name and form: neighbours in the table. */
struct overloads {
	const struct overload *rows;
	size_t n; /* 0: there is no such function */
};

struct overloads overloads_find(struct slice name, enum form form);

/* The whole table, to propose names from. */
struct overloads overloads_all(void);

bool overload_takes(const struct overload *overload, size_t nargs,
    const struct cel_type *types);

/* What is wrong when none takes these: "'+' takes int and int, double and
 * double or ..., not int and string". */
void overloads_refuse(struct overloads overloads, enum form form, size_t nargs,
    const struct cel_type *types, struct buf *buf);

/* Runs the overload that takes these operands; CEL_ERROR when none does.
 * No operand is CEL_ERROR or CEL_UNKNOWN. */
struct cel_value overloads_apply(struct overloads overloads, enum form form,
    const struct call *call, const struct cel_value *args, size_t nargs);

#endif
