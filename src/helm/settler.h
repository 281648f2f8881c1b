/*
 * The values of a release, held against the conditions of its templates.
 */
#ifndef HELM_SETTLER_H
#define HELM_SETTLER_H

#include "helm/settling.h"
#include "helm/values.h"

/* For chart_map_settle(); lives as long as what it gave is looked at. */
struct settler {
	struct arena arena;
	const struct values *values;
	struct settling settling;
};

void settler_init(struct settler *settler, const struct values *values);
void settler_release(struct settler *settler);

/*
 * The value that an action prints by itself, as it is or in quotes or as YAML;
 * NULL when it does more than that, or when the value is not one of the
 * release's.
 */
const struct value *settler_printed(
    struct settler *settler, const struct go_scope *scope, struct slice action);

#endif
