/*
 * Text at the head of a document that is no part of it.
 */
#ifndef RUN_STRAY_TEXT_H
#define RUN_STRAY_TEXT_H

#include "diag/finding.h"
#include "input/split.h"

/*
 * Takes lines that a program wrote for people, and byte order marks, off the
 * head of a chunk, so that the document behind them is still checked, and adds
 * a finding for each.  Lines keep their numbers.  Whether there was any.
 */
bool remove_stray_text(struct chunk *chunk, struct finding_list *findings);

#endif
