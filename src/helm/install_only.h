/*
 * Templates that print something on an install and nothing on an upgrade.
 */
#ifndef HELM_INSTALL_ONLY_H
#define HELM_INSTALL_ONLY_H

#include "base/map.h"
#include "helm/values.h"

/* Adds to sources the names, as "# Source:" gives them and in arena, of the
 * templates of the chart in dir that print nothing on an upgrade.  values may
 * be NULL: conditions on them are then not known.  A chart that cannot be read
 * has none. */
void find_install_only(const char *dir, const struct values *values,
    struct arena *arena, struct map *sources);

#endif
