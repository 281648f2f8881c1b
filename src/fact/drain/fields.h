/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_DRAIN_FIELDS_H
#define FACT_DRAIN_FIELDS_H

#define DRAIN_ENTITIES(ENTITY)      \
	ENTITY(drain, DRAIN_FIELDS, \
	    "what happens between a container's removal and its end")

#define STRUCT_drain struct container

/* Of every workload. */
#define DRAIN_WORKLOAD_FIELDS(STORED, COMPUTED)                               \
	STORED(workload, grace_seconds, INT, "seconds",                       \
	    "terminationGracePeriodSeconds; 30 when left out")                \
	COMPUTED(workload, grace_needed, INT, "seconds",                      \
	    "what is enough for every container to drain, with a preStop of " \
	    "the length that is proposed where one serves and "               \
	    "has none")                                                       \
	COMPUTED(workload, grace_proposed, INT, "seconds",                    \
	    "the same, but no less than a governed rollout should give")

/* Of every container. */
#define DRAIN_CONTAINER_FIELDS(STORED, COMPUTED)                               \
	COMPUTED(container, drain, ONE(drain), "", "how it ends")              \
	STORED(container, prestop, TEXT, "",                                   \
	    "handler of lifecycle.preStop: sleep, exec, httpGet or tcpSocket") \
	STORED(container, prestop_seconds, INT, "seconds",                     \
	    "literal delay of preStop: its sleep action, or a sleep in its "   \
	    "command")

#define DRAIN_FIELDS(STORED, COMPUTED)                                         \
	COMPUTED(drain, container, ONE(container), "", "which one drains")     \
	COMPUTED(drain, workload, ONE(workload), "", "whose pods drain")       \
	COMPUTED(drain, prestop_seconds, INT, "seconds",                       \
	    "delay of the container's preStop; 0 without one, unknown when "   \
	    "no literal sleep tells")                                          \
	COMPUTED(drain, prestop_known, BOOL, "",                               \
	    "a literal sleep tells how long preStop takes, or there is none")  \
	COMPUTED(drain, app_seconds, INT, "seconds",                           \
	    "what the application takes to drain, by its environment, or by "  \
	    "a flag of its command or args; 0 when nothing says")              \
	COMPUTED(drain, app_by_flag, BOOL, "",                                 \
	    "a flag says that")                                                \
	COMPUTED(drain, file_seconds, INT, "seconds",                          \
	    "the longest that a file of a ConfigMap it mounts says the "       \
	    "program takes to shut down; absent when none does")               \
	COMPUTED(drain, file_needed_seconds, INT, "seconds",                   \
	    "preStop, that and margin together")                               \
	COMPUTED(drain, file_name, TEXT, "", "the key of that file")           \
	COMPUTED(drain, file_setting, TEXT, "", "what it is called there")     \
	COMPUTED(drain, file_object, TEXT, "", "name of the ConfigMap")        \
	COMPUTED(drain, wait_seconds, INT, "seconds",                          \
	    "of a native sidecar: how long the regular containers, then the "  \
	    "sidecars behind it, take at least until it is its turn to end; "  \
	    "its preStop runs meanwhile")                                      \
	COMPUTED(drain, margin_seconds, INT, "seconds",                        \
	    "what is left for the process to end")                             \
	COMPUTED(drain, needed_seconds, INT, "seconds",                        \
	    "at least: preStop (or the wait, when that is longer), "           \
	    "application and margin together")                                 \
	COMPUTED(drain, grace_seconds, INT, "seconds",                         \
	    "the pod's terminationGracePeriodSeconds")                         \
	COMPUTED(drain, budget_seconds, INT, "seconds",                        \
	    "grace less preStop (or the wait) less application")

#endif
