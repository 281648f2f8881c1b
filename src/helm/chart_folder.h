/*
 * A chart's folder with the charts in it, each under the names that values and
 * "# Source:" call it by: what Helm's loader makes of it.
 */
#ifndef HELM_CHART_FOLDER_H
#define HELM_CHART_FOLDER_H

#include "doc/tree.h"
#include "helm/chart_files.h"

struct chart_folder;

/*
 * A chart in charts/ under one of its names.  A dependency of Chart.yaml names
 * it, once or several times; without any it goes by its own name.
 */
struct subchart {
	struct slice name;	       /* the alias, or the chart's own */
	const struct node *dependency; /* the item; NULL: no item names it */
	/* NULL: packed and refused, or not fetched to charts/, so its contents
	 * are unknown. */
	const struct chart_folder *folder;
	const char *refused; /* path of the .tgz, or NULL ... */
	const char *problem; /* ... and the sentence that says why */
};

struct chart_folder {
	const char *path;
	struct slice name; /* as Chart.yaml has it; empty: it has none */
	const struct node *dependencies; /* the list of them, or NULL */
	const struct origin *values;	 /* values.yaml; NULL: there is none */
	/* The sentence that says why it, or what charts/ holds, cannot be
	 * used: then there are no subcharts.  NULL: it can. */
	const char *problem;
	bool problem_is_placed;		  /* it begins with FILE:LINE:COL */
	const struct subchart *subcharts; /* in the order of their files; what
					     is not fetched comes last */
	size_t nsubcharts;
};

/*
 * Reads Chart.yaml, or beside it requirements.yaml, of the chart in files->top
 * and of all charts in it, which live in files->arena.  maker makes the origins
 * of the files that are read.  Never NULL.  When files->top is a packed chart
 * it becomes the folder in there.
 */
const struct chart_folder *chart_folder_read(
    struct chart_files *files, const struct origin_maker *maker);

#endif
