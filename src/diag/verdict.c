/* The names of verdicts. */
#include "diag/verdict.h"

const char *verdict_status_name(enum verdict_status status)
{
	static const char *const names[] = {
	    [VERDICT_HOLDS] = "holds",
	    [VERDICT_VIOLATED] = "violated",
	    [VERDICT_UNCHECKED] = "not checked",
	    [VERDICT_NOT_ASKED] = "not asked",
	};

	return names[status];
}
