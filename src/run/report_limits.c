/* Limits that were reached -> findings, so that nothing is left out in
 * silence. */
#include "run/report_limits.h"

#include "fact/entity.h"
#include "fact/limits.h"

#include <inttypes.h>

void report_limits(struct run *run, const struct release *release)
{
	for (size_t i = 0; i < LIMIT_MAX; i++) {
		const struct manifest *first = release->limited[i];

		if (!first)
			continue;
		finding_own(&run->result.findings, KIND_LIMIT_REACHED,
		    entity_place(ENTITY_manifest, first),
		    "more %s than the limit %s allows (%" PRId64
		    "): from this %s on they are not checked",
		    limit_rows[i].meaning, limit_rows[i].name,
		    limit_most(release, (enum limit)i), first->kind);
	}
}

void report_steps(struct run *run, struct place fallback)
{
	finding_own(&run->result.findings, KIND_LIMIT_REACHED, fallback,
	    "more %s than the limit %s allows (%" PRId64
	    "): what rules had not looked at by then is not checked",
	    limit_rows[LIMIT_RULE_STEPS].meaning,
	    limit_rows[LIMIT_RULE_STEPS].name,
	    settings_limit(run->options->settings, LIMIT_RULE_STEPS));
}

static void report_slow(
    struct run *run, const struct setting *setting, struct place fallback)
{
	if (!setting->nwords ||
	    !name_list_gave_up(settings_names(run->options->settings, setting)))
		return;
	finding_own(&run->result.findings, KIND_LIMIT_REACHED, fallback,
	    "the pattern of %s takes too long to match some names of the "
	    "input, so they were not recognised",
	    setting->name);
}

void report_slow_patterns(struct run *run, struct place fallback)
{
	for (size_t i = 0; i < nsetting_rows; i++)
		report_slow(run, &setting_rows[i], fallback);
}
