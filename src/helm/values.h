/*
 * The values a release is made from, merged as Helm merges them: first what
 * users give (files in order, then --set, then --set-string), each on top of
 * the one before; then, below all of it, the chart's own.
 */
#ifndef HELM_VALUES_H
#define HELM_VALUES_H

#include "helm/value.h"

/* All zero is empty and ready. */
struct values {
	struct arena arena;
	struct value *root; /* a map; NULL as long as nothing was added */
	size_t nempty;	    /* items that --set left empty */
	bool without_chart; /* so what no file sets is not known */
};

/*
 * Puts a values file on top of what was added.  An empty one is an empty
 * mapping.  -1 with FILE:LINE:COL and a sentence for an unreadable file, for
 * what is no YAML or no mapping, for a key given twice.
 */
MUST_CHECK int values_add_file(
    struct values *values, const struct origin *origin, struct fault *fault);

/* The same from bytes. */
MUST_CHECK int values_add_text(struct values *values,
    const struct origin *origin, struct slice text, struct fault *fault);

/* Puts what follows --set or --set-string (option) on top; see set.h. */
MUST_CHECK int values_add_set(struct values *values, const char *option,
    const char *text, bool strings, struct fault *fault);

/*
 * Puts the values of the chart in the folder dir, and those of its subcharts,
 * below what was added; must come last.  -1 with the fault set when it is no
 * chart or one of its files is not what it should be.
 */
MUST_CHECK int values_add_chart(struct values *values, const char *dir,
    const struct origin_maker *maker, struct fault *fault);

/* Instead of values_add_chart(), when no chart was given: what no file sets
 * may be set by the chart. */
void values_without_chart(struct values *values);

void values_release(struct values *values);

/* For chart.c: reads a file as values, NULL for an empty one. */
MUST_CHECK int values_load(struct arena *arena, const struct origin *origin,
    struct value **ret_root, struct fault *fault);

#endif
