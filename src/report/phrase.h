/*
 * What several formats say in the same words.  All of it is plain text: what
 * comes from a manifest or a name is as plain_add() makes it.
 */
#ifndef REPORT_PHRASE_H
#define REPORT_PHRASE_H

#include "diag/finding.h"

/* "Deployment 'shop/web'" */
void phrase_add_object(struct buf *buf, const struct subject *subject);

/* "FILE:LINE:COL" */
void phrase_add_place(struct buf *buf, struct place place);

/* "MESSAGE" */
void phrase_add_text(struct buf *buf, const struct finding *finding);

/* "MESSAGE [-Wid]", as text for people has it. */
void phrase_add_message(struct buf *buf, const struct finding *finding);

/* "note: TEXT (FILE:LINE:COL)", after before, for each note. */
void phrase_add_notes(
    struct buf *buf, const struct finding *finding, const char *before);

/*
 * What a finding is called in a list of tests: its object and the path in it,
 * or its place when it is about no object.  Stays when lines move.
 */
void phrase_add_title(struct buf *buf, const struct finding *finding);

#endif
