/*
 * CustomResourceDefinitions that the command line names.
 */
#ifndef RUN_LOAD_DEFINITIONS_H
#define RUN_LOAD_DEFINITIONS_H

#include "custom/custom.h"

/*
 * Adds the definitions of a file, or of all files of YAML and JSON in a folder
 * and those in it, to the set, prepared; they live in arena.  Give back each
 * with custom_release().  -1 with FILE:LINE:COL and a sentence for what cannot
 * be read, is no definition that can be used, or when there is none.
 */
MUST_CHECK int definitions_load(struct custom_set *set, const char *path,
    const struct origin_maker *maker, struct arena *arena, struct fault *fault);

/* The same for the folder crds/ of a chart, which Helm installs first.  There
 * may be none, and what of it cannot be used is passed over: a chart is not
 * given for its definitions alone. */
void definitions_load_chart(struct custom_set *set, const char *chart,
    const struct origin_maker *maker, struct arena *arena);

#endif
