/*
 * The runs of one category, and what they have in common.
 */
#ifndef MERGE_CATEGORY_H
#define MERGE_CATEGORY_H

#include "base/map.h"
#include "merge/renumber.h"
#include "merge/sarif_log.h"

/* A list in which each item stands once. */
struct table {
	struct map numbers; /* what an item is known by -> number + 1 */
	struct buf text;    /* the items, as they are written */
	size_t n;
};

/* All zero but for the id is empty and ready. */
struct category {
	struct slice id;    /* of automationDetails, as written; empty: none */
	struct arena arena; /* of the keys of tables */
	struct table rules, notifications, artifacts, logicals;
	struct table base_ids; /* members, not items */
	struct buf driver;     /* before its lists, as written */
	struct slice details, version,
	    columns;			  /* the first run's, as written */
	struct buf invocations, verdicts; /* items, as written */
	size_t ninvocations, nverdicts;
	bool has_verdicts;
	size_t nresults;
};

/*
 * Adds to the tables what the run has and they lack, and finds the numbers of
 * its items, which live in the log's arena.  -1 with a place and a sentence
 * when it is not what this program writes.
 */
MUST_CHECK int category_number(struct category *category,
    const struct sarif_run *run, struct numbering *ret_numbering,
    struct fault *fault);

/* Adds what each run has of its own beside the results, which are counted and
 * looked through.  -1 as above. */
MUST_CHECK int category_add(struct category *category,
    const struct sarif_run *run, const struct numbering *numbering,
    struct fault *fault);

/* Writes the part of the merged run before its results, and the part behind. */
void category_write_head(const struct category *category, FILE *out);
void category_write_tail(const struct category *category, FILE *out);

/* Writes the results of one run, *written of the whole being there already. */
MUST_CHECK int category_write_results(const struct sarif_run *run,
    const struct numbering *numbering, FILE *out, size_t *written,
    struct fault *fault);

void category_release(struct category *category);

#endif
