/* What keeps the pods of a workload on different nodes, and constraints that
 * mean to and count other pods: anti-affinity, topologySpreadConstraints. */
#include "fact/update/update.h"

#include "fact/computed.h"
#include "fact/problem.h"
#include "fact/selector.h"

RARE(workload, spread_astray)
RARE(workload, spread_by)
RARE(workload, affinity_astray)

/* What a selector is called: as kubectl spells it; "" for none, which is shown
 * at what should have it. */
static struct fact selector_fact(struct facts *facts,
    const struct selector *selector, const struct node *at,
    const struct node *owner)
{
	struct buf spelled = {0};
	struct fact fact;

	if (selector->given)
		selector_spell(selector, &spelled);
	fact = facts_placed(fact_text(facts_text(facts, buf_slice(&spelled))),
	    node_is_null(at) ? owner : key_of(at));
	buf_release(&spelled);
	return fact;
}

/* A constraint always looks at the pods of its own namespace. */
static void read_constraint(struct facts *facts, const struct node *constraint,
    struct workload *workload)
{
	const struct node *at = node_get(constraint, "labelSelector");
	struct selector selector = facts_selector(facts, at);
	const struct node *key = node_get(constraint, "topologyKey");

	if (selector.invalid)
		return;
	if (!selector_matches(&selector, &workload->labels)) {
		if (RARE_FACT(workload, spread_astray).state == FACT_ABSENT)
			KEEP_RARE(&facts->arena, workload, spread_astray,
			    selector_fact(facts, &selector, at, constraint));
		return;
	}
	workload->kept_apart = fact_bool(true);
	if (RARE_FACT(workload, spread_by).state == FACT_ABSENT &&
	    slice_is(scalar_text(node_get(constraint, "whenUnsatisfiable")),
		"DoNotSchedule") &&
	    minds_other_revisions(constraint))
		KEEP_RARE(&facts->arena, workload, spread_by,
		    facts_node_text(facts, key, NULL));
}

/* A term that is preferred has its weight beside it. */
static void read_terms(
    struct facts *facts, const struct node *terms, struct workload *workload)
{
	for (size_t i = 0; i < node_length(terms); i++) {
		const struct node *preferred =
		    node_get(terms->items[i], "podAffinityTerm");
		const struct node *term =
		    preferred ? preferred : terms->items[i];
		const struct node *at = node_get(term, "labelSelector");
		struct selector selector = facts_selector(facts, at);

		if (selects_own_pods(facts, term, workload))
			workload->kept_apart = fact_bool(true);
		else if (RARE_FACT(workload, affinity_astray).state ==
			 FACT_ABSENT)
			KEEP_RARE(&facts->arena, workload, affinity_astray,
			    selector_fact(facts, &selector, at, term));
	}
}

void collect_spread(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *apart =
	    node_find(pod_spec, "affinity", "podAntiAffinity", NULL);
	const struct node *constraints =
	    node_get(pod_spec, "topologySpreadConstraints");

	workload->kept_apart =
	    fact_bool(workload->seldom->host_port.text != NULL);
	read_terms(facts,
	    node_get(apart, "requiredDuringSchedulingIgnoredDuringExecution"),
	    workload);
	read_terms(facts,
	    node_get(apart, "preferredDuringSchedulingIgnoredDuringExecution"),
	    workload);
	for (size_t i = 0; i < node_length(constraints); i++)
		read_constraint(facts, constraints->items[i], workload);
}
