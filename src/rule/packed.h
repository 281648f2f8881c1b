/*
 * Rules packed into tables that hold no address: words, which name texts and
 * nodes by number.  The loader of shared objects has nothing to do for them,
 * and of their pages only those are read that a run asks.
 *
 * The heads of all rules stand one after the other; each says where among the
 * tests, and among the rest, what it has there begins.
 */
#ifndef RULE_PACKED_H
#define RULE_PACKED_H

#include "cel/code.h"
#include "rule/rule.h"

struct packed_rules {
	const uint32_t *heads; /* what all runs want of a rule */
	const uint32_t *tests; /* when it finds something */
	const uint32_t *rest;  /* what it finds: where, and in which words */
	const struct cel_node *nodes;
	const char *texts; /* each ended by NUL */
	const char *prose; /* likewise, what only people read */
	size_t n;	   /* rules */
};

/* In place of the number of a text: NULL. */
#define NO_TEXT UINT32_MAX

/*
 * The rules that are part of the program, which src/compile_rules.c packs when
 * it is built, in the order of their files' names: as the loader would make
 * them, but without what only the loader needs, which is the names in their
 * expressions' scope, their types, the examples.
 */
extern const struct packed_rules builtin_rules;

#endif
