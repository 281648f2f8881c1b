/* Times as RFC 3339 has them, and what is none. */
#include "evidence/dossier.h"

#include <criterion/criterion.h>

/* Seconds as `date -u +%s` gives them. */
Test(evidence_when, times)
{
	static const struct {
		const char *text;
		int64_t seconds;
	} rows[] = {
	    {"1970-01-01T00:00:00Z", 0},
	    {"2000-02-29", 951782400}, /* a leap day of a century */
	    {"2026-11-02T10:00:00Z", 1793613600},
	    {"2026-11-02T10:00:00.125z", 1793613600},
	    {"2026-11-02 10:00", 1793613600},
	    {"2026-11-02T11:30:00+01:30", 1793613600}, /* east is earlier */
	    {"2026-11-02T04:00:00-0600", 1793613600},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		int64_t seconds = -1;

		cr_assert(
		    evidence_time(slice_of(rows[i].text), &seconds), "%s",
		    rows[i].text);
		cr_assert_eq(seconds, rows[i].seconds, "%s", rows[i].text);
	}
}

Test(evidence_when, others)
{
	static const char *const texts[] = {"", "yesterday", "2026",
	    "2026-13-01", "2026-02-29", "1900-01-01", "2026-11-02T",
	    "2026-11-02T25:00", "2026-11-02T10:00:00Q", "2026-11-02T10:00:00.",
	    "2026-11-02T10:00:00+", "2026-11-02T10:00:00Z ", "17936136000"};
	int64_t unused;

	for (size_t i = 0; i < COUNT_OF(texts); i++)
		cr_assert_not(
		    evidence_time(slice_of(texts[i]), &unused), "%s", texts[i]);
}
