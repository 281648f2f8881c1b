/*
 * The values of a release, held against the conditions of its templates.
 */
#ifndef HELM_VALUES_EVALUATOR_H
#define HELM_VALUES_EVALUATOR_H

#include "helm/evaluator.h"
#include "helm/values.h"

/* For chart_map_use_values(); lives as long as what it gave is looked at. */
struct values_evaluator {
	struct arena arena;
	struct value *root; /* all values, its own; NULL: none are known */
	bool is_upgrade; /* .Release says so; false: it says nothing */
	struct evaluator evaluator;
};

void values_evaluator_init(
    struct values_evaluator *values_evaluator, const struct values *values);
void values_evaluator_release(struct values_evaluator *values_evaluator);

/*
 * The value that an action prints by itself, as it is or in quotes or as YAML;
 * NULL when it does more than that, or when the value is not one of the
 * release's.
 */
const struct value *values_evaluator_printed(
    struct values_evaluator *values_evaluator, const struct go_scope *scope,
    struct slice action);

#endif
