/*
 * Ports of pods that Services lead to and NetworkPolicies admit.
 */
#ifndef FACT_SERVICE_ADMITTED_H
#define FACT_SERVICE_ADMITTED_H

#include "fact/network/network.h"
#include "fact/service/service.h"

/* A port of a pod that a Service targets. */
struct target {
	const struct service *service;
	const char *name; /* or NULL */
	int64_t number;
	uint8_t protocols;
};

/* Where a port of a Service leads in the pods that owner has the template of.
 * False for nowhere: a name that no container declares, or a number that is no
 * port's. */
bool find_target(const struct workload *owner, const struct service_port *port,
    struct target *target);

/* Whether a rule of the policy, which selects these pods, lets anybody in at
 * that port; unknown rules may. */
bool policy_admits(const struct networkpolicy *policy,
    const struct workload *owner, const struct target *target);

#endif
