/*
 * SARIF's fixes: the edits of a finding.
 */
#ifndef SINK_SARIF_FIX_H
#define SINK_SARIF_FIX_H

#include "diag/finding.h"
#include "report/json_tree.h"

/* The property "fixes" of a finding that has some; location: an
 * artifactLocation of its file, which is taken. */
struct json *sarif_fixes(const struct finding *finding, struct json *location);

#endif
