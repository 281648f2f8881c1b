/* A PodDisruptionBudget: whose pods it keeps, and how many of them. */
#include "fact/update/update.h"

#include "fact/selector.h"

#include <string.h>

void collect_pdb(const struct collection *collection, const struct node *object,
    const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *spec = node_get(object, "spec");
	const struct node *selector = node_get(spec, "selector");
	const struct node *least = node_get(spec, "minAvailable");
	const struct node *most = node_get(spec, "maxUnavailable");
	struct pdb *pdb = arena_alloc(&facts->arena, sizeof(*pdb));

	pdb->manifest = manifest;
	pdb->pod_selector = facts_selector(facts, selector);
	pdb->selector =
	    facts_selector_text(facts, &pdb->pod_selector, selector);
	pdb->min_available = facts_amount_text(facts, least, NULL);
	pdb->max_unavailable = facts_amount_text(facts, most, NULL);
	pdb->unhealthy_policy = facts_node_text(facts,
	    node_get(spec, "unhealthyPodEvictionPolicy"), "IfHealthyBudget");
	pdb->least = facts_amount(least, NULL);
	pdb->most = facts_amount(most, NULL);
	limit_percentage(&pdb->least);
	limit_percentage(&pdb->most);
	/* policy/v1beta1: an empty selector selects nothing. */
	if (!strcmp(manifest->version, "v1beta1") && !pdb->pod_selector.n)
		pdb->pod_selector.given = false;
	vector_add(&facts->lists[ENTITY_pdb], pdb);
}
