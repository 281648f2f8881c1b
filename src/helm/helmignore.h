/*
 * What a chart's .helmignore keeps out of it: such files are not templates,
 * and what they define is not there.
 */
#ifndef HELM_HELMIGNORE_H
#define HELM_HELMIGNORE_H

#include "base/text.h"

struct helmignore_pattern {
	const char *glob;
	bool is_negated; /* whatever does not match is kept out */
	bool is_folder;	 /* matches folders only */
	bool is_path;	 /* matches paths, not last names */
};

struct helmignore {
	struct helmignore_pattern *patterns; /* in an arena */
	size_t n;
};

/* Reads the text of a .helmignore. */
struct helmignore helmignore_read(struct slice text, struct arena *arena);

/* Whether a file or folder of that path in the chart is kept out of it. */
bool helmignore_matches(
    const struct helmignore *ignore, const char *path, bool is_folder);

#endif
