/*
 * The fixes of a run: from what rules mean to characters of the input.
 */
#ifndef RUN_FIXES_H
#define RUN_FIXES_H

#include "diag/suppression.h"
#include "input/quote.h"

/* The line that a fix is on, as quote_lines() finds it. */
struct fix_line {
	const char *text; /* NULL: it cannot be had */
	bool crlf;
};

/* Drops the fixes of findings that are not in one file with all of them, the
 * rendered input or a template; returns how many fixes are left. */
size_t fixes_count(struct finding_list *findings);

/* Asks for the line of each fix, one of lines each; quotes has room.  Returns
 * how many. */
size_t fixes_request(const struct finding_list *findings, struct quote *quotes,
    struct fix_line *lines);

/*
 * Makes all fixes exact, their texts in arena, or drops those of a finding that
 * has one which cannot be made, or that would come between a comment of the
 * suppressions and the line that is for.
 */
void fixes_locate(struct finding_list *findings, const struct fix_line *lines,
    const struct suppression_list *suppressions, struct arena *arena);

/*
 * Appends text with the exact fixes of all findings applied.  The same edit of
 * several findings is made once; a finding with an edit that touches another's
 * keeps out.  Returns how many findings have not kept out.
 */
size_t fixes_apply(
    const struct finding_list *findings, struct slice text, struct buf *buf);

#endif
