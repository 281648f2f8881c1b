/*
 * A file of a chart.
 */
#ifndef MAP_FILE_H
#define MAP_FILE_H

#include "base/text.h"

struct template_file {
	struct slice name; /* in Source: "app/templates/x.yaml" */
	const char *path;  /* to open it by; ends by NUL */
	struct slice text; /* of the whole file */
	bool is_plain;	   /* printed as it is: no template (crds/) */
	const struct template_part *parts; /* NULL: it prints nothing */
};

#endif
