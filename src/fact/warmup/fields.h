/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_WARMUP_FIELDS_H
#define FACT_WARMUP_FIELDS_H

#define WARMUP_ENTITIES(ENTITY)                                             \
	ENTITY(warmup, WARMUP_FIELDS,                                       \
	    "a Job, init container, postStart hook or analysis that warms " \
	    "the release up")

#define STRUCT_warmup struct warmup

/* Of every workload. */
#define WARMUP_WORKLOAD_FIELDS(STORED, COMPUTED)    \
	COMPUTED(workload, warmup, ONE(warmup), "", \
	    "the warmup that it is, of a Job")

#define WARMUP_FIELDS(STORED, COMPUTED)                                        \
	COMPUTED(warmup, manifest, ONE(manifest), "", "the object it is in")   \
	COMPUTED(warmup, workload, ONE(workload), "",                          \
	    "the Job, or what has the container; absent for an analysis")      \
	COMPUTED(warmup, form, TEXT, "",                                       \
	    "Job, init container, postStart hook or analysis")                 \
	STORED(warmup, name, TEXT, "", "name of the Job, container or metric") \
	STORED(warmup, seeds, BOOL, "",                                        \
	    "all that says a warmup is a seed: it fills a store, which keeps " \
	    "what it got")                                                     \
	STORED(warmup, called_hosts, TEXTS, "",                                \
	    "names of hosts, as far as they may be Services, that the Job "    \
	    "calls")                                                           \
	COMPUTED(warmup, mounts_claim, BOOL, "",                               \
	    "the Job mounts a claim, which keeps what it wrote over upgrades") \
	COMPUTED(warmup, on_install, TEXT, "",                                 \
	    "when it runs on the first install, told by the long-running "     \
	    "workloads: before, beside, after, never")                         \
	COMPUTED(warmup, on_upgrade, TEXT, "",                                 \
	    "the same on an upgrade; told by the promotion for an analysis")   \
	COMPUTED(warmup, awaited, BOOL, "",                                    \
	    "an init container of the release waits for the Job by its name")  \
	COMPUTED(warmup, served_weight, INT, "",                               \
	    "the setWeight that is reached before the step with an analysis; " \
	    "absent when there is none")                                       \
	STORED(warmup, backoff_limit, INT, "",                                 \
	    "backoffLimit of the Job; 6 when left out")                        \
	STORED(warmup, active_deadline_seconds, INT, "seconds",                \
	    "activeDeadlineSeconds of the Job or of its pods")                 \
	STORED(warmup, hidden_failure, TEXT, "",                               \
	    "what makes its command succeed whatever happens: || true, exit "  \
	    "0, &")                                                            \
	COMPUTED(warmup, discarded, TEXT, "",                                  \
	    "the volume of the Job that holds what it made, when no other "    \
	    "pod gets to see it")                                              \
	COMPUTED(warmup, shared_claim, TEXT, "",                               \
	    "a claim for one node that the Job shares with a long-running "    \
	    "workload")                                                        \
	COMPUTED(warmup, shared_access, TEXT, "", "access mode of that claim") \
	COMPUTED(warmup, shared_with, ONE(workload), "", "who else mounts it") \
	COMPUTED(warmup, stale, ONE(container), "",                            \
	    "a container of the Job whose image is another version than the "  \
	    "workloads run")                                                   \
	COMPUTED(warmup, fresh, ONE(container), "",                            \
	    "a container of a workload with that image")

#endif
