/*
 * Pipelines of Go templates over the values of a release.
 *
 * Only what is certain is told: what else a template sees (.Release, .Chart,
 * the cluster), what helpers print and what functions not listed here do is
 * unknown, and so is all that depends on it.
 */
#ifndef HELM_PIPELINE_H
#define HELM_PIPELINE_H

#include "helm/functions.h"

/* What the text of a pipeline gives; a "$x :=" before it does not matter. */
struct known pipeline_evaluate(
    const struct pipeline_context *context, struct slice pipeline);

#endif
