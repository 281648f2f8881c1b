/*
 * The functions of templates, called with what is known of their arguments.
 */
#ifndef HELM_FUNCTIONS_H
#define HELM_FUNCTIONS_H

#include "helm/evaluator.h"
#include "helm/known_value.h"

/* Where a pipeline stands. */
struct pipeline_context {
	struct arena *arena;	      /* for what is computed */
	const struct go_scope *scope; /* of struct value */
	/* Functions that print a value in another form, as quote and toYaml
	 * do, give the value itself: its place is wanted, not its text. */
	bool prints;
};

/* The result of the function of that name; UNKNOWN for a function that is not
 * listed in functions.c. */
struct known function_call(const struct pipeline_context *context,
    struct slice name, const struct known *arguments, size_t n);

#endif
