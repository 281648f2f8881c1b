/*
 * The grammar: source -> tree.
 */
#ifndef CEL_PARSE_H
#define CEL_PARSE_H

#include "cel/ast.h"
#include "cel/cel.h"

/* The tree of source in arena; NULL with *problem set.  Of the scope it reads
 * which variable may be none. */
struct ast *cel_parse(struct slice source, const struct cel_scope *scope,
    struct arena *arena, struct cel_problem *problem);

/* The macros that are written as methods, for whoever proposes names. */
struct macro {
	const char *name;
	enum macro_kind kind;
	size_t min_args, max_args;
	const char *usage;
};
extern const struct macro macros[];
extern const size_t nmacros;

#endif
