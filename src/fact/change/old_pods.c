/*
 * A transition -> whether its old pods are there beside new ones for a while.
 */
#include "fact/change/change.h"

#include "fact/computed.h"
#include "fact/kind.h"

#include <string.h>

bool old_pods_live_on(const struct transition *transition)
{
	const struct workload *old = transition->previous;
	const struct fact *strategy = &transition->workload->strategy;

	return runs_on(old) && !old->governor && !is_scaled_to_zero(old) &&
	       strcmp(transition->what.text, "replaced") != 0 &&
	       !(strategy->state == FACT_KNOWN &&
		   !strcmp(strategy->text, "Recreate"));
}
