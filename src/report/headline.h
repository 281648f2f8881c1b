/*
 * What a report comes to, in one sentence: the first thing that a page says.
 */
#ifndef REPORT_HEADLINE_H
#define REPORT_HEADLINE_H

#include "report/report.h"

enum outlook {
	OUTLOOK_GOOD, /* nothing stands against the release */
	OUTLOOK_BAD,  /* something does */
	OUTLOOK_PART, /* not all of it could be checked */
};

enum outlook report_outlook(const struct report *report);

/*
 * Appends the sentence, without a full stop, as plain text: of the contract's
 * verdict when it has one profile, of how many are blocked when it has several,
 * and without a contract of what --fail-on makes of the findings.
 */
void headline_add(struct buf *buf, const struct report *report);

#endif
