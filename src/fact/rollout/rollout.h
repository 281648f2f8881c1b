/*
 * Rollouts and AnalysisTemplates of Argo Rollouts: their strategy, what they
 * name, and what their controller refuses.
 */
#ifndef FACT_ROLLOUT_ROLLOUT_H
#define FACT_ROLLOUT_ROLLOUT_H

#include "fact/facts.h"

/* What is wrong with an AnalysisTemplate by itself. */
void find_analysis_problems(struct facts *facts, const struct node *object,
    const struct manifest *manifest);

/* What Rollouts that name an object of that kind depend on; or NULL. */
const struct referent *collect_referent(struct facts *facts,
    const struct node *object, struct slice group, struct slice kind);

/* The routes of a VirtualService's spec. */
void collect_routes(
    struct facts *facts, const struct node *spec, struct referent *referent);

/* What a tls or tcp route is chosen by, from its matches or from a Rollout's
 * one: "port 443 and sniHosts a, b".  "" when no choice can mean it; NULL when
 * it is to be filled in. */
const char *facts_route_key(
    struct facts *facts, const struct node *const *matches, size_t n);

/* What is special about a Rollout: its strategy, steps, what it names, what is
 * wrong with it.  Nothing for other workloads. */
void collect_rollout(
    struct facts *facts, const struct node *object, struct workload *workload);

/* Finds the objects that Rollouts name; all templates must be known. */
void relate_references(struct release *release);

/* Why Rollouts cannot use the objects they name, once these are found. */
void relate_refusals(struct release *release);

#endif
