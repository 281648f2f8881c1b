/*
 * What templates write into the values of their release, as Sprig's set and
 * merge do: there, what the values were given is no longer what they are.
 */
#ifndef HELM_VALUES_WRITTEN_H
#define HELM_VALUES_WRITTEN_H

#include "helm/template.h"
#include "helm/value.h"

struct chart;
struct values_evaluator;

/*
 * Makes unknown what the templates of the chart write to, and what is below,
 * in the evaluator's values, which are its own; what else they hold stays.
 * Aliases are followed: variables, "." and what helpers are given.
 */
void values_forget_written(
    struct values_evaluator *values_evaluator, const struct chart *chart);

#endif
