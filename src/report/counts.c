/* Findings -> "1 error, 2 warnings (9 with repeats)". */
#include "report/counts.h"

void counts_add_one(
    struct counts *counts, const struct report *report, size_t i)
{
	enum severity severity = report->findings[i].severity;

	if (report->folds && report->folds[i].is_repeat)
		counts->repeats[severity]++;
	else
		counts->n[severity]++;
}

struct counts counts_of(const struct report *report)
{
	struct counts counts = {0};

	for (size_t i = 0; i < report->nfindings; i++)
		counts_add_one(&counts, report, i);
	return counts;
}

enum severity counts_worst(const struct counts *counts)
{
	int severity = SEVERITY_ERROR;

	while (severity > SEVERITY_OFF && !counts->n[severity])
		severity--;
	return (enum severity)severity;
}

void counts_add_words(
    struct buf *buf, const struct counts *counts, const char *nothing)
{
	bool any = false;

	for (int i = SEVERITY_ERROR; i > SEVERITY_OFF; i--) {
		size_t n = counts->n[i];

		if (!n)
			continue;
		buf_printf(buf, "%s%zu %s%s", any ? ", " : "", n,
		    severity_name((enum severity)i), n > 1 ? "s" : "");
		if (counts->repeats[i])
			buf_printf(
			    buf, " (%zu with repeats)", n + counts->repeats[i]);
		any = true;
	}
	if (!any)
		buf_add_text(buf, nothing);
}
