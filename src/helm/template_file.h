/*
 * A file of a chart.
 */
#ifndef HELM_TEMPLATE_FILE_H
#define HELM_TEMPLATE_FILE_H

#include "base/text.h"

struct chart;

struct template_file {
	const struct chart *chart;
	struct slice name;  /* in Source: "app/templates/x.yaml" */
	const char *path;   /* to open it by; ends by NUL */
	struct slice text;  /* of the whole file */
	bool is_plain;	    /* printed as it is: no template (crds/) */
	bool writes_values; /* some action writes into a dict */
	const struct template_part *parts; /* NULL: it prints nothing */
};

/* The line of that number, from 1, without its end; empty past the end. */
struct slice template_file_line(
    const struct template_file *file, uint32_t number);

#endif
