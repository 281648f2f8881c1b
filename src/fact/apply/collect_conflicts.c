/* Fields of a workload that a controller would write. */
#include "fact/apply/apply.h"

#include "fact/kind.h"

void collect_conflicts(
    struct facts *facts, const struct node *object, struct workload *workload)
{
	const struct node *spec = node_get(object, "spec");
	struct reading reading = {
	    .facts = facts,
	    .manifest = workload->manifest,
	    .workload = workload,
	    .object = object,
	};

	if (workload->manifest->seldom->helm_hook.given)
		return;
	if (workload->kind->has_replicas &&
	    workload->replicas.state == FACT_KNOWN)
		add_conflict(
		    &reading, node_get(spec, "replicas"), CONFLICT_REPLICAS);
	if (is_rollout(workload->manifest))
		collect_quantities(
		    &reading, node_find(spec, "template", "spec", NULL));
}
