/*
 * Which findings count for what: -Wno-ID, -Wno-GROUP, -Werror, -Werror=ID.
 */
#ifndef DIAG_LEVELS_H
#define DIAG_LEVELS_H

#include "base/map.h"
#include "diag/finding.h"

/* All zero leaves every finding as its rule says. */
struct levels {
	struct map by_id; /* id to one of the modes */
	struct map by_group; /* the same of a group of rules */
	struct map fixed; /* id to a severity of the configuration */
	bool all_errors;  /* -Werror */
};

void levels_release(struct levels *levels);

/*
 * Takes what follows -W, as GCC spells it: ID, no-ID, error, error=ID,
 * no-error, no-error=ID.  ID may be a group of rules as well; what is said of a
 * rule wins over what is said of its group, a later one over an earlier one.
 * -1 with a sentence when ID is none of these; the text must outlive levels.
 */
MUST_CHECK int levels_add(struct levels *levels, const char *text,
    const struct diag_kind *const *kinds, size_t nkinds, struct fault *fault);

/* Fixes the severity of a kind, whatever its rule would make of it; -W options
 * still come on top. */
void levels_set(struct levels *levels, const struct diag_kind *kind,
    enum severity severity);

/* Whether what is found as off may come to count, by what was said of its
 * kind. */
bool levels_turn_on(const struct levels *levels, const struct diag_kind *kind);

/* The severity that the levels give the finding, which stays as it is. */
enum severity levels_severity(
    const struct levels *levels, const struct finding *finding);

/* Sets the severity of each finding by the levels, marks the promoted ones
 * and drops those that are off. */
void levels_apply(const struct levels *levels, struct finding_list *findings);

#endif
