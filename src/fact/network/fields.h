/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_NETWORK_FIELDS_H
#define FACT_NETWORK_FIELDS_H

#define NETWORK_ENTITIES(ENTITY) \
	ENTITY(networkpolicy, NETWORKPOLICY_FIELDS, "a NetworkPolicy")

#define STRUCT_networkpolicy struct networkpolicy

/* Of every workload. */
#define NETWORK_WORKLOAD_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(workload, networkpolicies, MANY(networkpolicy), "",          \
	    "NetworkPolicies that select its pods")                           \
	COMPUTED(workload, ingress_isolated, BOOL, "",                        \
	    "only what a NetworkPolicy lists may reach its pods")             \
	COMPUTED(workload, egress_isolated, BOOL, "",                         \
	    "its pods may reach only what a NetworkPolicy lists")             \
	COMPUTED(workload, ingress_policy, ONE(networkpolicy), "",            \
	    "the first NetworkPolicy that isolates its ingress")              \
	COMPUTED(workload, egress_policy, ONE(networkpolicy), "",             \
	    "the NetworkPolicy that makes egress_mode what it is")            \
	COMPUTED(workload, egress_mode, TEXT, "",                             \
	    "the network policy mode of its pods, all NetworkPolicies "       \
	    "together: disabled (egress is not isolated), cluster-aware (to " \
	    "pods and namespaces), internet-only (to address ranges, DNS "    \
	    "aside) or custom")                                               \
	COMPUTED(workload, egress_reach, TEXT, "",                            \
	    "what isolated egress may reach, DNS aside: pods, address "       \
	    "ranges, both, anything or nothing")                              \
	COMPUTED(workload, dns_allowed, BOOL, "",                             \
	    "its pods may ask DNS by UDP and TCP, whoever answers")           \
	COMPUTED(workload, dns_blocked, TEXT, "",                             \
	    "the protocols by which DNS is not let out: UDP, TCP, or both")   \
	COMPUTED(workload, dns_near, BOOL, "",                                \
	    "port 53 is let out to pods of its own namespace alone, and no "  \
	    "DNS is known to answer there")                                   \
	COMPUTED(workload, dns_denied, MANY(workload), "",                    \
	    "of the first workload that the same rules keep from DNS all of " \
	    "them, but hooks for tests; of others none")                      \
	COMPUTED(workload, ports_denied, MANY(workload), "",                  \
	    "of the first long-running workload with ports that the same "    \
	    "rules let no one reach all of them; of others none")             \
	COMPUTED(workload, mode_sharers, MANY(workload), "",                  \
	    "of the first long-running workload whose egress mode the same "  \
	    "rules make all of them; of others none")

#define NETWORKPOLICY_FIELDS(STORED, COMPUTED)                                 \
	COMPUTED(                                                              \
	    networkpolicy, manifest, ONE(manifest), "", "the object itself")   \
	COMPUTED(networkpolicy, name, TEXT, "", "metadata.name")               \
	STORED(networkpolicy, selector, TEXT, "",                              \
	    "podSelector, spelled as kubectl does; absent when it is for all " \
	    "pods")                                                            \
	STORED(                                                                \
	    networkpolicy, policy_types, TEXT, "", "policyTypes, as written")  \
	STORED(networkpolicy, isolates_ingress, BOOL, "",                      \
	    "policyTypes has Ingress or is left out")                          \
	STORED(networkpolicy, isolates_egress, BOOL, "",                       \
	    "policyTypes has Egress, or is left out and there are rules for "  \
	    "egress")                                                          \
	STORED(networkpolicy, ingress_rules, INT, "", "rules for ingress")     \
	STORED(networkpolicy, egress_rules, INT, "", "rules for egress")       \
	COMPUTED(networkpolicy, workloads, MANY(workload), "",                 \
	    "workloads whose pods it selects")

#endif
