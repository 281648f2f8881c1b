/*
 * SARIF's fixes: the edits of a finding.
 */
#ifndef SINK_SARIF_FIX_H
#define SINK_SARIF_FIX_H

#include "diag/finding.h"
#include "report/jsonc.h"

/* The property "fixes" of a finding that has some; location: an
 * artifactLocation of its file, which is taken. */
struct json_object *sarif_fixes(
    const struct finding *finding, struct json_object *location);

#endif
