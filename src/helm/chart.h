/*
 * A chart's directory: its templates, those of its subcharts, and the names
 * that "# Source:" gives them.
 */
#ifndef HELM_CHART_H
#define HELM_CHART_H

#include "base/fault.h"
#include "helm/chart_files.h"
#include "helm/template.h"

/* A packed subchart that is refused, a folder that is too deep, or all that is
 * too much: its templates are not read. */
struct refused_chart {
	struct slice prefix; /* of its sources: "app/charts/queue/" ... */
	size_t nfront;	     /* ... of which so much is its parent's */
	const char *problem; /* the sentence that says why */
};

struct chart {
	const char *dir;      /* as the user gave it, or in what he gave */
	const char *name;     /* from Chart.yaml ... */
	const char *metadata; /* ... the path of which this is */
	struct arena arena;
	struct chart_files folder; /* what its files are read by */
	struct map sources;	   /* name in Source -> struct template_file */
	struct map unread; /* name in Source -> path of what was not read */
	struct template_file **files;
	size_t nfiles, cap_files;
	struct refused_chart *refused;
	size_t nrefused, cap_refused;
	bool has_too_many; /* files, so that one of refused is all the rest */
	struct defines defines;
	bool changes_values;	 /* its templates write into dicts */
	size_t nlines, nmisfits; /* rendered from it; of them, fitting badly */
};

/*
 * Reads the chart in dir, a folder or packed, with all templates parsed.  -1
 * with a sentence when it has no Chart.yaml that can be read.  Templates that
 * cannot be read are left out: their lines stay where they are.
 */
MUST_CHECK int chart_load(
    struct chart *chart, const char *dir, struct fault *fault);
void chart_release(struct chart *chart);

/* The file of that Source name, or NULL. */
struct template_file *chart_find(const struct chart *chart, struct slice name);

/* The path of the file of that Source name that is there but cannot be read, or
 * is too large; NULL: there is none. */
const char *chart_find_unread(const struct chart *chart, struct slice name);

/* What of the chart was refused that this name is in, or NULL. */
const struct refused_chart *chart_find_refused(
    const struct chart *chart, struct slice name);

#endif
