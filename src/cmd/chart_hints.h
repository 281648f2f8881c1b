/*
 * What a chart tells of itself that a contract's examples can be made of.
 */
#ifndef CMD_CHART_HINTS_H
#define CMD_CHART_HINTS_H

#include "base/text.h"

/* Texts are in the arena. */
struct chart_hints {
	const char *release; /* the chart's name, where a release may be called
				so; NULL: it may not */
	bool is_library; /* other charts use it, and nothing installs it */
	bool has_rollout, has_autoscaler; /* a template writes that kind */
	const char *toggles; /* "[a.enabled=true, ...]": values that switch what
				a contract is about, as values.yaml has them;
				NULL: there are none */
};

/* Of the chart in that folder; what cannot be read gives no hint. */
struct chart_hints chart_hints_read(const char *folder, struct arena *arena);

#endif
