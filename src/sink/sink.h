/*
 * Sinks: a finished report in one output format each.
 *
 * A sink sees findings and nothing of rules, documents or contracts.  All
 * sinks run over the same const report, after everything has been sorted.
 */
#ifndef SINK_SINK_H
#define SINK_SINK_H

#include "report/report.h"

#include <stdio.h>

/* Bytes of Markdown: GitHub takes 65,536 characters of a comment and 1 MiB of a
 * run's summary. */
#define MARKDOWN_COMMENT 65535
#define MARKDOWN_SUMMARY 1048575

struct sink_options {
	bool color;
	bool quote;	 /* show the source lines */
	bool fixits;	 /* print the edits, as far as the format has them */
	bool is_summary; /* Markdown goes to a page that takes more of it */
	unsigned njobs;	 /* threads that may share the work; 0 is 1 */
};

/* What reports of several runs are in one file. */
enum several {
	SEVERAL_FILES,	  /* nothing: each is a file of its own */
	SEVERAL_APPENDED, /* one behind the other */
	SEVERAL_MERGED,	  /* what merge/ makes of them */
};

/* A format: one row of sinks.def, one file in this folder. */
struct sink {
	const char *name;    /* --format NAME */
	const char *meaning; /* one line for --help */
	enum several several;
	bool is_machine; /* holds nothing but the format: no summary with it */
	bool has_timelines;   /* shows those of the report */
	bool has_line_hashes; /* of every finding, GitHub's */
	/* Writes the whole report.  Errors are left in the stream's error
	 * flag, which the caller checks once after flushing. */
	void (*write)(FILE *out, const struct report *report,
	    const struct sink_options *options);
};

#define SINK(symbol, ...)                                           \
	void symbol##_write(FILE *out, const struct report *report, \
	    const struct sink_options *options);
#include "sink/sinks.def"
#undef SINK

/* The sink of that name, or NULL. */
const struct sink *sink_find(struct slice name);

/* Sink number i in the order of --help; NULL past the last. */
const struct sink *sink_at(size_t i);

#endif
