/*
 * Which template of a chart goes with which workload: people name the files of
 * one component alike, "web-deployment.yaml" and "web-pdb.yaml".
 */
#ifndef MAP_COMPANION_H
#define MAP_COMPANION_H

#include "helm/template_file.h"

/*
 * How much the names of a template and of the one that has a workload have in
 * common.  0 when it is in another chart, when it is named as much like the
 * template of another workload, or when the second has several workloads.
 */
size_t companion_nearness(
    const struct template_file *candidate, const struct template_file *file);

#endif
