/* What the profile in force asks for, each at its line of the contract. */
#include "fact/computed.h"
#include "fact/contract/contract_facts.h"

static void place_clause(struct fact *fact, struct span span)
{
	fact->line = span.line;
	fact->col = span.col;
	fact->width = span.end_line == span.line ? span.end_col - span.col : 1;
}

/* A text that may be absent: "" has no place and counts as not there. */
static struct fact clause(const struct clause_text *clause)
{
	struct fact fact = fact_text(clause->text ? clause->text : "");

	if (!clause->text)
		fact.state = FACT_ABSENT;
	place_clause(&fact, clause->place.span);
	return fact;
}

static struct fact clause_flag(const struct clause_bool *clause)
{
	struct fact fact = fact_bool(clause->value);

	if (!place_known(clause->place))
		fact.state = FACT_ABSENT;
	place_clause(&fact, clause->place.span);
	return fact;
}

/* A number or a flag of "requires"; null there is no more than left out. */
static struct fact clause_number(const struct clause_int *clause)
{
	struct fact fact = fact_int(clause->value);

	if (!clause->text)
		fact.state = FACT_ABSENT;
	place_clause(&fact, clause->place.span);
	return fact;
}

SIMPLE(contract, id, clause(&contract->id))
SIMPLE(contract, suite, clause(&contract->suite))
SIMPLE(contract, values_file, clause(&contract->values_file))
SIMPLE(contract, rollout_mode, clause(&contract->rollout_mode))
SIMPLE(contract, warmup_required, clause_flag(&contract->warmup_required))
SIMPLE(contract, readiness_path_required,
    clause_flag(&contract->readiness_path_required))
SIMPLE(contract, intendedUse, clause(&contract->intended_use))
SIMPLE(
    contract, networkPolicyModeRequired, clause(&contract->network_policy_mode))
SIMPLE(contract, hpaPolicyRequired, clause(&contract->hpa_policy))
SIMPLE(contract, expectedResourcesClass, clause(&contract->resources_class))
SIMPLE(contract, minReplicas, clause_number(&contract->requires.min_replicas))
SIMPLE(contract, maxUnavailablePercent,
    clause_number(&contract->requires.max_unavailable_percent))
SIMPLE(contract, gracePeriodMin,
    clause_number(&contract->requires.grace_period_min))
SIMPLE(contract, podDisruptionBudget,
    clause_flag(&contract->requires.pod_disruption_budget))
SIMPLE(contract, antiAffinity, clause_flag(&contract->requires.anti_affinity))
SIMPLE(contract, imagePullPolicy, clause(&contract->requires.image_pull_policy))
SIMPLE(contract, memoryLimits, clause_flag(&contract->requires.memory_limits))
SIMPLE(contract, cpuLimits, clause_flag(&contract->requires.cpu_limits))
SIMPLE(contract, networkPolicyIngress,
    clause_flag(&contract->requires.network_policy_ingress))
SIMPLE(contract, priorityClass, clause_flag(&contract->requires.priority_class))
SIMPLE(contract, imageDigest, clause_flag(&contract->requires.image_digest))

/* At what says so, the flag before the use. */
struct fact fact_contract_prod_like(
    const struct release *release, const struct profile *contract)
{
	bool flag = place_known(contract->prod_like.place);
	struct fact fact = fact_bool(profile_is_prod_like(contract));

	(void)release;
	place_clause(&fact, flag ? contract->prod_like.place.span
				 : contract->intended_use.place.span);
	return fact;
}

SIMPLE(contract, dev_like, fact_bool(profile_is_dev_like(contract)))
