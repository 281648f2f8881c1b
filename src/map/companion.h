/*
 * Which template of a chart goes with which workload: people name the files of
 * one component alike, "web-deployment.yaml" and "web-pdb.yaml".
 */
#ifndef MAP_COMPANION_H
#define MAP_COMPANION_H

#include "base/map.h"
#include "helm/template_file.h"

/* What has been found out of the files of charts, which must outlive it.  All
 * zero is empty and ready. */
struct companions {
	struct arena arena;
	struct map charts; /* address -> their files, by name */
};

void companions_release(struct companions *companions);

/* Whether a template is one of those that are looked for. */
typedef bool companion_fits_fn(
    void *context, const struct template_file *candidate);

/*
 * Of the templates that fit, the one whose name has most in common with that of
 * a file of the same chart.  NULL when several have as much, and when it is
 * named as much like the template of another workload, or the file has several
 * workloads.
 *
 * What fits is remembered under the name of what is looked for: of each
 * template it is asked once.
 */
const struct template_file *companion_find(struct companions *companions,
    const struct template_file *file, struct slice wanted,
    companion_fits_fn *fits, void *context);

#endif
