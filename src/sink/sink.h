/*
 * Sinks: a finished report in one output format each.
 *
 * A sink sees findings and nothing of rules, documents or contracts.  All
 * sinks run over the same const report, after everything has been sorted.
 */
#ifndef SINK_SINK_H
#define SINK_SINK_H

#include "diag/finding.h"
#include "diag/verdict.h"

#include <stdio.h>

/* What kept the run from seeing everything: SARIF's notifications. */
struct trouble {
	const char *text;
};

struct report {
	const char *version;		/* of the program */
	const char *category;		/* of the run, for SARIF; or NULL */
	const struct finding *findings; /* sorted, none of SEVERITY_OFF */
	size_t nfindings;
	bool is_compared; /* the findings are those that no baseline knows */
	size_t nknown;	  /* findings that it knows, left out here */
	size_t ngone;	  /* of the baseline, that there are no more */
	bool is_baseline; /* to be compared with: nothing is left out */
	const struct finding *suppressed; /* held back; to be shown */
	size_t nsuppressed;
	const struct diag_kind *const *kinds; /* every kind there is, by code */
	size_t nkinds;
	const struct origin *const *origins; /* every file read, by index */
	size_t norigins;
	const struct trouble *troubles;
	size_t ntroubles;
	const struct verdicts *verdicts; /* one for each profile judged; */
	size_t nverdicts;		 /* none: no contract was given */
	int exit_status;		 /* 0, 1, 2 */
	enum severity fail_on;		 /* findings from it on make it 1 */
};

struct sink_options {
	bool color;
	bool quote;  /* show the source lines */
	bool fixits; /* print the edits, as far as the format has them */
};

/* A format: one row of sinks.def, one file in this folder. */
struct sink {
	const char *name;    /* --format NAME */
	const char *meaning; /* one line for --help */
	bool is_machine; /* holds nothing but the format: no summary with it */
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

/*
 * Text for one line of a terminal or log: control characters (C0, DEL, C1),
 * what turns the direction of writing, bytes that are no UTF-8 and the line
 * breaks of Unicode come out as <U+000A> or <ff>, and "##[" as "#\#[" because
 * GitHub's runner obeys it anywhere.
 */
void sink_add_plain(struct buf *buf, struct slice text);

/* The same for the first character of text, which has one: returns how many
 * bytes of text it took. */
size_t sink_add_char(struct buf *buf, struct slice text);

#endif
