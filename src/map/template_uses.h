/*
 * Lines of templates that are printed more than once, as in a loop or for
 * several objects: an edit of one is made at each rendered line, so it must be
 * right at each.
 */
#ifndef MAP_TEMPLATE_USES_H
#define MAP_TEMPLATE_USES_H

#include "base/map.h"
#include "diag/finding.h"
#include "map/chart_map.h"

/* All zero: no document was counted. */
struct template_uses {
	struct map files; /* path -> how often each line was printed */
	struct arena arena;
};

/* Counts the lines of a document of a chart's file; fits: false when it was
 * hardly made from it, so that nothing is known of the file any more. */
void template_uses_count(struct template_uses *uses,
    const struct mapped_document *mapped, bool fits);

/*
 * Drops the fixes of findings that would change a line of a template which is
 * printed, or may be, at another place where no finding of the same kind asks
 * for the same edit.  Fixes are exact, see fixes_locate().
 */
void template_uses_drop_fixes(
    const struct template_uses *uses, struct finding_list *findings);

void template_uses_release(struct template_uses *uses);

#endif
