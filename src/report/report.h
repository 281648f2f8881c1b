/*
 * What a run tells: everything that a format may print.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "diag/finding.h"
#include "diag/passage.h"
#include "diag/verdict.h"

/* What kept the run from seeing everything: SARIF's notifications. */
struct trouble {
	const char *text;
};

/* What a finding stands for where text for people tells of one mistake once. */
struct fold {
	uint32_t nmore; /* how many others it stands for */
	uint32_t next;	/* the next of them, by index; 0: it is the last */
	bool is_repeat; /* an earlier one stands for it */
};

struct timeline;

struct report {
	const char *version;		/* of the program */
	const char *category;		/* of the run, for SARIF; or NULL */
	const char *docs_url;		/* for rule_url_add() */
	const char *source_url;		/* for source_url_add() */
	const struct finding *findings; /* sorted, none of SEVERITY_OFF */
	size_t nfindings;
	const struct fold *folds; /* one for each; NULL: nothing is folded */
	bool is_compared; /* the findings are those that no baseline knows */
	size_t nknown;	  /* findings that it knows, left out here */
	size_t ngone;	  /* of the baseline, that there are no more */
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
	const struct passages *passages; /* NULL: nothing to compare with */
	const struct timeline *timelines; /* of each workload's update; none: */
	size_t ntimelines;		  /* nobody asked */
	int exit_status;		 /* 0, 1, 2 */
	enum severity fail_on;		 /* findings from it on make it 1 */
};

/* The first input, which stands for a report about no file at all; NULL
 * without any. */
static inline const struct origin *report_some_origin(
    const struct report *report)
{
	return report->norigins ? report->origins[0] : NULL;
}

#endif
