/*
 * A file of a chart.
 */
#ifndef HELM_TEMPLATE_FILE_H
#define HELM_TEMPLATE_FILE_H

#include "base/text.h"

struct arena;
struct chart;

struct template_file {
	const struct chart *chart;
	struct slice name;  /* in Source: "app/templates/x.yaml" */
	const char *path;   /* to open it by; ends by NUL */
	struct slice text;  /* of the whole file */
	const size_t *marks; /* where each TEMPLATE_MARK-th line begins ... */
	size_t nmarks;	     /* ... behind the first; 0: not looked for */
	bool is_plain;	    /* printed as it is: no template (crds/) */
	bool writes_values; /* some action writes into a dict */
	const struct template_part *parts; /* NULL: it prints nothing */
};

/* Lines that are counted to find one: marks cost little, and a file with an
 * object for each of thousands of workloads is asked for as many lines. */
#define TEMPLATE_MARK 64

/* Notes where lines of the file's text begin, so that each is found as soon as
 * any other; marks live in arena.  Without it all lines before one are
 * counted. */
void template_file_mark(struct template_file *file, struct arena *arena);

/* The line of that number, from 1, without its end; empty past the end. */
struct slice template_file_line(
    const struct template_file *file, uint32_t number);

#endif
