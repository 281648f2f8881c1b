/*
 * A baseline: the results of an earlier run, read back from its SARIF.
 */
#ifndef RUN_BASELINE_H
#define RUN_BASELINE_H

#include "diag/finding.h"

/* One result: what a finding of today is recognised by. */
struct baseline_item {
	const char *code;   /* of the rule */
	const char *object; /* its own fingerprint, or NULL */
	const char *line;   /* GitHub's, or NULL; one of both is there */
	enum severity severity;
};

/* All zero is empty and ready. */
struct baseline {
	struct arena arena; /* owns all texts */
	struct baseline_item *items;
	size_t n, cap;
};

/*
 * Reads the SARIF log in the file of that name: all results of runs of this
 * program but those that were suppressed or absent then.  -1 with a sentence
 * when there is no such run or the file is not what this program writes.
 */
MUST_CHECK int baseline_read(
    struct baseline *baseline, const char *name, struct fault *fault);

/* The same for text that was read already. */
MUST_CHECK int baseline_parse(struct baseline *baseline, const char *name,
    struct slice text, struct fault *fault);

void baseline_release(struct baseline *baseline);

#endif
