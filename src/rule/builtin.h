/*
 * The rules that are part of the program, compiled to constant tables when it
 * was built: src/compile_rules.c writes them.
 */
#ifndef RULE_BUILTIN_H
#define RULE_BUILTIN_H

#include "rule/rule.h"

/* A rule as the loader would make it of its file, but without what only the
 * loader needs: the names in its expressions' scope, their types and places,
 * the examples. */
struct builtin_rule {
	struct rule rule; /* without its parameters, which the
			     configuration may change: */
	const struct param *params;
	size_t nparams;
};

/* In the order of their files' names. */
extern const struct builtin_rule builtin_rules[];
extern const size_t nbuiltin_rules;

#endif
