/*
 * Pipelines of Go templates over the values of a release.
 *
 * Only what is certain is told: what else a template sees (.Release, .Chart,
 * the cluster), what helpers print and what functions not listed here do is
 * unknown, and so is all that depends on it.
 */
#ifndef PIPELINE_H
#define PIPELINE_H

#include "contract/value.h"
#include "map/settling.h"

struct known {
	const struct value *value; /* NULL: not known */
	int truth;		   /* as "if" takes it: 1, 0; -1: not known */
};

/* A key of a dict that is there, with something in it that nobody knows. */
extern const struct value unknown_value;

struct pipeline_context {
	struct arena *arena;	      /* for what is computed */
	const struct go_scope *scope; /* of struct value */
	/* Functions that print a value in another form, as quote and toYaml
	 * do, give the value itself: its place is wanted, not its text. */
	bool prints;
};

/* What the text of a pipeline gives; a "$x :=" before it does not matter. */
struct known pipeline_evaluate(
    const struct pipeline_context *context, struct slice pipeline);

/* For functions.c: what is known of a value itself. */
struct known known_value(const struct value *value);

/* A function's result; unknown when nobody knows the function. */
struct known function_call(const struct pipeline_context *context,
    struct slice name, const struct known *arguments, size_t n);

/* The value of a key, as .Values.key has it. */
struct known known_field(
    const struct pipeline_context *context, struct known of, struct slice key);

#define UNKNOWN ((struct known){NULL, -1})

#endif
