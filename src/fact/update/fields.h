/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_UPDATE_FIELDS_H
#define FACT_UPDATE_FIELDS_H

#define UPDATE_ENTITIES(ENTITY)                                              \
	ENTITY(update, UPDATE_FIELDS,                                        \
	    "how a Deployment, StatefulSet, DaemonSet, DeploymentConfig or " \
	    "Rollout replaces its pods; other kinds have no update")         \
	ENTITY(pdb, PDB_FIELDS, "a PodDisruptionBudget")

#define STRUCT_update struct workload
#define STRUCT_pdb struct pdb

/* Of every workload. */
#define UPDATE_WORKLOAD_FIELDS(STORED, COMPUTED)                              \
	COMPUTED(workload, quota_refused, ONE(container), "",                 \
	    "its first container that does not give what a ResourceQuota of " \
	    "its namespace asks each for")                                    \
	COMPUTED(workload, quota_asked, TEXT, "",                             \
	    "of which resource: cpu or memory")                               \
	COMPUTED(workload, quota_asks_limit, BOOL, "",                        \
	    "it asks for a limit; else for a request")                        \
	COMPUTED(workload, quota_asks, TEXT, "",                              \
	    "what that quota counts, such as limits.cpu")                     \
	COMPUTED(workload, quota_asker, TEXT, "", "its name")                 \
	COMPUTED(workload, bound, TEXT, "",                                   \
	    "a bound of a LimitRange of its namespace, as it is written, "    \
	    "that one of its containers does not keep to")                    \
	COMPUTED(workload, bound_is_most, BOOL, "",                           \
	    "it is the most of a limit; else the least of a request")         \
	COMPUTED(workload, bound_resource, TEXT, "", "of cpu or memory")      \
	COMPUTED(workload, bound_breaker, ONE(container), "",                 \
	    "the first container that does not keep to it")                   \
	COMPUTED(                                                             \
	    workload, bound_broken, TEXT, "", "what that container writes")   \
	COMPUTED(workload, forbidden, TEXT, "",                               \
	    "what of its pods the Pod Security Standard that its namespace "  \
	    "enforces does not allow, in words; absent when nothing")         \
	COMPUTED(workload, pod_standard, TEXT, "",                            \
	    "that standard: baseline or restricted; absent when the "         \
	    "Namespace is not in the stream or enforces none")                \
	STORED(workload, strategy, TEXT, "",                                  \
	    "RollingUpdate, Recreate, OnDelete; canary or blueGreen of a "    \
	    "Rollout")                                                        \
	STORED(workload, max_surge, TEXT, "",                                 \
	    "maxSurge as written; the controller's default when left out")    \
	STORED(workload, max_unavailable, TEXT, "",                           \
	    "maxUnavailable as written; the controller's default when left "  \
	    "out")                                                            \
	COMPUTED(workload, fixed_label, TEXT, "",                             \
	    "key of the first label that follows a version where the API "    \
	    "lets nothing change: in its selector or volumeClaimTemplates")   \
	COMPUTED(workload, fixed_value, TEXT, "", "value of that label")      \
	COMPUTED(workload, fixed_field, TEXT, "",                             \
	    "where it is: selector or volumeClaimTemplates")                  \
	COMPUTED(workload, fixed_follows, TEXT, "",                           \
	    "what it follows: the version of the chart, the tag of the "      \
	    "image, the version of the application")                          \
	STORED(workload, revision_history, INT, "",                           \
	    "revisionHistoryLimit; 10 when left out")                         \
	COMPUTED(workload, device, TEXT, "",                                  \
	    "a device that each of its pods has to itself, such as "          \
	    "nvidia.com/gpu")                                                 \
	STORED(workload, kept_apart, BOOL, "",                                \
	    "the scheduler is asked to keep its pods off one node: by "       \
	    "anti-affinity or a topologySpreadConstraint that selects them, " \
	    "or by a port that they take of the node")                        \
	COMPUTED(workload, affinity_astray, TEXT, "",                         \
	    "selector of its first anti-affinity that selects none of its "   \
	    "own pods; \"\" when that has no selector")                       \
	COMPUTED(workload, spread_astray, TEXT, "",                           \
	    "the same of its first topologySpreadConstraint")                 \
	COMPUTED(workload, unmet_label, TEXT, "",                             \
	    "a value of kubernetes.io/arch or kubernetes.io/os that its "     \
	    "pods ask of nodes and that no kubelet writes")                   \
	COMPUTED(workload, unmet_label_key, TEXT, "", "that label")           \
	COMPUTED(workload, undefined_topology, TEXT, "",                      \
	    "a topologyKey below kubernetes.io that Kubernetes does not "     \
	    "define, of a constraint or anti-affinity that must be met")      \
	COMPUTED(workload, undefined_topology_of, TEXT, "",                   \
	    "topologySpreadConstraints or podAntiAffinity")                   \
	COMPUTED(workload, spread_by, TEXT, "",                               \
	    "topologyKey of the first topologySpreadConstraint with "         \
	    "DoNotSchedule that counts its pods of every revision")           \
	STORED(workload, partition, INT, "pods",                              \
	    "partition of a StatefulSet's update; 0 when left out")           \
	COMPUTED(workload, when_scaled, TEXT, "",                             \
	    "of a StatefulSet with volumeClaimTemplates "                     \
	    "persistentVolumeClaimRetentionPolicy.whenScaled; absent when "   \
	    "left out")                                                       \
	COMPUTED(workload, ready_within_seconds, INT, "seconds",              \
	    "how long nothing may come of a new pod before its controller "   \
	    "calls the update failed: progressDeadlineSeconds; absent where " \
	    "there is no deadline")                                           \
	COMPUTED(workload, pdbs, MANY(pdb), "",                               \
	    "PodDisruptionBudgets that select its pods")                      \
	COMPUTED(workload, rivals, MANY(workload), "",                        \
	    "controllers earlier in the stream that claim the same pods")

#define UPDATE_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(                                                             \
	    update, workload, ONE(workload), "", "whose pods it replaces")    \
	COMPUTED(                                                             \
	    update, replicas, INT, "pods", "see workload.effective_replicas") \
	COMPUTED(update, surge, INT, "pods",                                  \
	    "how many more than replicas there may be, as the controller "    \
	    "rounds maxSurge")                                                \
	COMPUTED(update, surge_form, TEXT, "",                                \
	    "how maxSurge is written: number, percentage or invalid")         \
	COMPUTED(update, unavailable, INT, "pods",                            \
	    "how many may be missing, as the controller rounds "              \
	    "maxUnavailable")                                                 \
	COMPUTED(update, unavailable_form, TEXT, "",                          \
	    "how maxUnavailable is written: number, percentage or invalid")   \
	COMPUTED(update, capacity_floor, INT, "pods",                         \
	    "how many are available at every moment; of a StatefulSet where " \
	    "Kubernetes heeds its maxUnavailable, more where it does not")    \
	COMPUTED(update, takes_all, BOOL, "",                                 \
	    "maxUnavailable is 100%: however many pods there are, all may "   \
	    "be missing")                                                     \
	COMPUTED(update, adds_first, BOOL, "",                                \
	    "new pods must run before any old one may go")                    \
	COMPUTED(update, quota_limit, TEXT, "",                               \
	    "what a ResourceQuota of its namespace allows, where one pod "    \
	    "more than the release runs exceeds it; absent where none does")  \
	COMPUTED(update, quota_resource, TEXT, "",                            \
	    "of what: pods, requests.cpu, requests.memory, ...")              \
	COMPUTED(update, quota_name, TEXT, "", "name of that ResourceQuota")  \
	COMPUTED(update, obstacle, TEXT, "",                                  \
	    "what keeps it from going on, in words: amounts that are "        \
	    "refused, a pause, a partition, a claim, anti-affinity, a host "  \
	    "port")                                                           \
	COMPUTED(update, obstacle_kind, TEXT, "",                             \
	    "which obstacle that is: refused, pause, partition, claim, "      \
	    "anti-affinity or host port")                                     \
	COMPUTED(update, needs_spare_node, BOOL, "",                          \
	    "the obstacle is anti-affinity or a host port, which a node "     \
	    "without any of the pods overcomes")                              \
	COMPUTED(update, can_progress, BOOL, "", "there is no obstacle")      \
	COMPUTED(update, worst_seconds, INT, "seconds",                       \
	    "how long it may take: batches of pods that start as slowly as "  \
	    "their probes allow, and pauses; absent when it pauses until "    \
	    "somebody resumes it, unknown when an analysis decides")

#define PDB_FIELDS(STORED, COMPUTED)                                          \
	COMPUTED(pdb, manifest, ONE(manifest), "", "the object itself")       \
	COMPUTED(pdb, name, TEXT, "", "metadata.name")                        \
	COMPUTED(pdb, workloads, MANY(workload), "",                          \
	    "workloads whose pods it selects")                                \
	STORED(                                                               \
	    pdb, selector, TEXT, "", "its selector, spelled as kubectl does") \
	COMPUTED(pdb, selector_valid, BOOL, "",                               \
	    "the API takes its selector, as far as its form goes")            \
	STORED(pdb, min_available, TEXT, "", "minAvailable as written")       \
	STORED(pdb, max_unavailable, TEXT, "", "maxUnavailable as written")   \
	COMPUTED(pdb, min_available_form, TEXT, "",                           \
	    "how minAvailable is written: number, percentage or invalid")     \
	COMPUTED(pdb, max_unavailable_form, TEXT, "",                         \
	    "how maxUnavailable is written: number, percentage or invalid")   \
	STORED(pdb, unhealthy_policy, TEXT, "",                               \
	    "unhealthyPodEvictionPolicy, AlwaysAllow or IfHealthyBudget; "    \
	    "IfHealthyBudget when left out")                                  \
	COMPUTED(pdb, limit, TEXT, "",                                        \
	    "the one of maxUnavailable and minAvailable that counts: the "    \
	    "former if it has both")                                          \
	COMPUTED(pdb, limit_name, TEXT, "",                                   \
	    "which that is: maxUnavailable or minAvailable")                  \
	COMPUTED(pdb, expected_pods, INT, "pods",                             \
	    "the fewest pods that its workloads run together; unknown when "  \
	    "one of them has no count")                                       \
	COMPUTED(pdb, desired_healthy, INT, "pods",                           \
	    "how many of the expected pods must be healthy, as the "          \
	    "disruption "                                                     \
	    "controller rounds")                                              \
	COMPUTED(pdb, allowed_disruptions, INT, "pods",                       \
	    "how many pods may be evicted at once when the fewest run and "   \
	    "all "                                                            \
	    "are healthy")                                                    \
	COMPUTED(pdb, never_allows, BOOL, "",                                 \
	    "it allows no eviction, however many pods there are: "            \
	    "maxUnavailable 0, minAvailable 100%")                            \
	COMPUTED(pdb, never_refuses, BOOL, "",                                \
	    "it allows every eviction, however many pods there are: "         \
	    "minAvailable 0, maxUnavailable 100%")                            \
	COMPUTED(pdb, uncounted, ONE(workload), "",                           \
	    "a DaemonSet or Job among its workloads, whose pods the "         \
	    "disruption "                                                     \
	    "controller cannot count as its amount asks: it allows no "       \
	    "eviction")                                                       \
	COMPUTED(pdb, contested, ONE(workload), "",                           \
	    "the first of its workloads that an earlier budget selects, too") \
	COMPUTED(pdb, rival, ONE(pdb), "", "that earlier budget")

#endif
