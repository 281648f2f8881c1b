/*
 * What the compiler of templates asks whoever knows the values of the release.
 * It knows none itself: what is known travels through it unseen.
 */
#ifndef HELM_EVALUATOR_H
#define HELM_EVALUATOR_H

#include "base/text.h"
#include "base/tri.h"

/* A variable that is in sight, and what it holds. */
struct go_variable {
	const struct go_variable *up;
	struct slice name; /* "$x" */
	const void *value;
	const void *printed; /* or what its text is the form of */
};

/* What "." and "$" are at some place of a template; NULL: unknown. */
struct go_scope {
	const void *dot, *root;
	const struct go_variable *variables; /* innermost first, not all */
};

struct evaluator {
	void *context;
	/* That of the file which "# Source:" gives this name. */
	struct go_scope (*begin)(void *context, struct slice source);
	/* What a pipeline gives, or NULL. */
	const void *(*evaluate)(
	    void *context, const struct go_scope *scope, struct slice pipeline);
	/* The value whose text it gives, as it is, in quotes or as YAML. */
	const void *(*print)(
	    void *context, const struct go_scope *scope, struct slice pipeline);
	/* Whether it gives something true. */
	enum tri (*decide)(
	    void *context, const struct go_scope *scope, struct slice pipeline);
};

#endif
