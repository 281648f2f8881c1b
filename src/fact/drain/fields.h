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
	COMPUTED(workload, mesh_drain_seconds, INT, "seconds",                \
	    "how long an annotation lets the proxy go on that a service "     \
	    "mesh puts into its pods; absent when none does")                 \
	COMPUTED(workload, mesh_drain_by, TEXT, "",                           \
	    "what says that, such as terminationDrainDuration of Istio's "    \
	    "proxy")                                                          \
	COMPUTED(workload, mesh_leaves, ONE(container), "",                   \
	    "the container that goes on longest after that proxy has ended")  \
	COMPUTED(workload, grace_needed, INT, "seconds",                      \
	    "what is enough for every container to drain, with a preStop of " \
	    "the length that is proposed where one serves and "               \
	    "has none")                                                       \
	COMPUTED(workload, grace_proposed, INT, "seconds",                    \
	    "the same, but no less than a governed rollout should give")

/* Of every container. */
#define DRAIN_CONTAINER_FIELDS(STORED, COMPUTED)                               \
	COMPUTED(container, drain, ONE(drain), "", "how it ends")              \
	COMPUTED(container, leaves, ONE(container), "",                        \
	    "of a sidecar that helps others (a proxy, a shipper of logs), by " \
	    "its name or image: the container that goes on longest after it "  \
	    "has ended, as it has no preStop of that length and is not told "  \
	    "to wait; never of a native sidecar")                              \
	COMPUTED(container, lost_port, TEXT, "",                               \
	    "name of a port that its postStart or preStop asks by httpGet "    \
	    "and that it does not declare")                                    \
	COMPUTED(container, lost_by, TEXT, "", "which asks it")                \
	STORED(container, prestop, TEXT, "",                                   \
	    "handler of lifecycle.preStop: sleep, exec, httpGet or tcpSocket") \
	STORED(container, prestop_seconds, INT, "seconds",                     \
	    "literal delay of preStop: its sleep action, or a sleep in its "   \
	    "command")                                                         \
	COMPUTED(container, prestop_stops, TEXT, "",                           \
	    "a command of preStop that stops the server at once, such as "     \
	    "nginx -s stop")                                                   \
	COMPUTED(container, waits_for, TEXT, "",                               \
	    "what the shell that is its first process waits for, such as a "   \
	    "pipeline, so that SIGTERM ends nothing")                          \
	COMPUTED(container, runner, TEXT, "",                                  \
	    "what it is told to start its server by, which may keep SIGTERM "  \
	    "from it or end before it: npm, npx, yarn, pnpm")

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
	COMPUTED(drain, app_by_flag, BOOL, "", "a flag says that")             \
	COMPUTED(drain, app_may_be_of_others, BOOL, "",                        \
	    "it is only by a name that may be about what the program manages " \
	    "or cleans up: a grace without what ends, or of a container that " \
	    "serves no requests a drain")                                      \
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
	COMPUTED(drain, end_seconds, INT, "seconds",                           \
	    "preStop (or the wait) and application together")                  \
	COMPUTED(drain, needed_seconds, INT, "seconds",                        \
	    "at least: preStop (or the wait, when that is longer), "           \
	    "application and margin together")                                 \
	COMPUTED(drain, grace_seconds, INT, "seconds",                         \
	    "the pod's terminationGracePeriodSeconds")                         \
	COMPUTED(drain, budget_seconds, INT, "seconds",                        \
	    "grace less preStop (or the wait) less application")

#endif
