/* A report -> one sentence. */
#include "report/headline.h"

#include "report/counts.h"
#include "report/plain.h"

#include <string.h>

static size_t count_blocked(const struct report *report)
{
	size_t n = 0;

	for (size_t i = 0; i < report->nverdicts; i++)
		n += !report->verdicts[i].allowed;
	return n;
}

enum outlook report_outlook(const struct report *report)
{
	if (report->ntroubles)
		return OUTLOOK_PART;
	return report->exit_status || count_blocked(report) ? OUTLOOK_BAD
							    : OUTLOOK_GOOD;
}

/* "Not all of it could be checked: cannot read 'x'" */
static void add_trouble(struct buf *buf, const char *text)
{
	buf_add_text(buf, "Not all of it could be checked: ");
	plain_add(buf, (struct slice){text, strcspn(text, "\n")});
}

static void add_profiles(struct buf *buf, const struct report *report)
{
	size_t nblocked = count_blocked(report);

	if (nblocked)
		buf_printf(buf, "%zu of %zu profiles BLOCKED", nblocked,
		    report->nverdicts);
	else
		buf_printf(buf, "all %zu profiles allowed", report->nverdicts);
}

/* What counts against the release is what makes the exit status 1. */
static void add_findings(struct buf *buf, const struct report *report)
{
	struct counts counts = counts_of(report);

	if (counts_worst(&counts) == SEVERITY_OFF)
		buf_add_text(buf, report->is_compared ? "Nothing new was found"
						      : "Nothing was found");
	else if (report->exit_status)
		buf_add_text(buf, "Not ready to roll out: ");
	else
		buf_add_text(buf, "Nothing stops the rollout: ");
	counts_add_words(buf, &counts, "");
}

void headline_add(struct buf *buf, const struct report *report)
{
	if (report->ntroubles)
		add_trouble(buf, report->troubles[0].text);
	else if (report->nverdicts > 1)
		add_profiles(buf, report);
	else if (report->nverdicts)
		plain_add(buf, slice_of(report->verdicts[0].sentence));
	else
		add_findings(buf, report);
}
