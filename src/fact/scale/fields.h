/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_SCALE_FIELDS_H
#define FACT_SCALE_FIELDS_H

#define SCALE_ENTITIES(ENTITY)                                  \
	ENTITY(autoscaler, AUTOSCALER_FIELDS,                   \
	    "a HorizontalPodAutoscaler or a KEDA ScaledObject") \
	ENTITY(vpa, VPA_FIELDS, "a VerticalPodAutoscaler")

#define STRUCT_autoscaler struct autoscaler
#define STRUCT_vpa struct vpa

/* Of every workload. */
#define SCALE_WORKLOAD_FIELDS(STORED, COMPUTED)                            \
	COMPUTED(workload, autoscalers, MANY(autoscaler), "",              \
	    "autoscalers that scale it")                                   \
	COMPUTED(workload, meant_class, TEXT, "",                          \
	    "the PriorityClass that was meant, where its own begins with " \
	    "system- and Kubernetes has none of that name, or is a slip "  \
	    "of the pen away from one of the stream")                      \
	COMPUTED(workload, class_misfit, TEXT, "",                         \
	    "what the containers of a pod request together, when it lies " \
	    "outside the range that the configuration gives for the "      \
	    "contract's expectedResourcesClass")

/* Of every container. */
#define SCALE_CONTAINER_FIELDS(STORED, COMPUTED)                              \
	STORED(container, cpu_request, TEXT, "",                              \
	    "resources.requests.cpu, else the limit, which is taken for it; " \
	    "or the pod's")                                                   \
	STORED(container, memory_request, TEXT, "",                           \
	    "resources.requests.memory, likewise")                            \
	STORED(container, requests, LABELS, "",                               \
	    "resources.requests, and what only the pod as a whole requests")  \
	STORED(container, limits, LABELS, "", "resources.limits, likewise")   \
	COMPUTED(container, tiny_memory, TEXT, "",                            \
	    "its memory limit, else its memory request, when it is under a "  \
	    "megabyte and not 0: its unit was left out or is m")              \
	STORED(container, tiny_is_limit, BOOL, "", "that is the limit")       \
	COMPUTED(container, unmeasured_by, ONE(autoscaler), "",               \
	    "an autoscaler whose utilisation is a part of a request that it " \
	    "does not make")

#define AUTOSCALER_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(autoscaler, manifest, ONE(manifest), "", "the object itself") \
	COMPUTED(autoscaler, kind, TEXT, "", "kind")                           \
	COMPUTED(autoscaler, name, TEXT, "", "metadata.name")                  \
	STORED(autoscaler, target_kind, TEXT, "", "kind of what it scales")    \
	STORED(autoscaler, target_name, TEXT, "", "name of what it scales")    \
	STORED(autoscaler, target_version, TEXT, "",                           \
	    "apiVersion of what it scales")                                    \
	STORED(autoscaler, target_fields, TEXTS, "",                           \
	    "names of the fields of scaleTargetRef, as workload.pod_fields")   \
	COMPUTED(autoscaler, targets, MANY(workload), "",                      \
	    "what it scales, as far as it is in the stream")                   \
	COMPUTED(autoscaler, target_group, TEXT, "",                           \
	    "API group of what it scales; absent when it gives none")          \
	COMPUTED(autoscaler, target_found, BOOL, "",                           \
	    "what it scales is in the stream; unknown when only its "          \
	    "namespace could tell")                                            \
	COMPUTED(autoscaler, namesake, ONE(workload), "",                      \
	    "when it is not: a workload of that name, but of another kind or " \
	    "group")                                                           \
	COMPUTED(autoscaler, rival, ONE(autoscaler), "",                       \
	    "the first autoscaler of the stream that scales the same")         \
	STORED(autoscaler, hpa_name, TEXT, "",                                 \
	    "name of the HorizontalPodAutoscaler that it is or that KEDA "     \
	    "makes of it")                                                     \
	COMPUTED(autoscaler, name_rival, ONE(autoscaler), "",                  \
	    "the first autoscaler of the stream that is turned into one of "   \
	    "the same name")                                                   \
	COMPUTED(autoscaler, unmeasured, ONE(container), "",                   \
	    "the first container of its targets without the request that a "   \
	    "utilisation is a part of")                                        \
	COMPUTED(autoscaler, unmeasured_resource, TEXT, "",                    \
	    "what that container does not request: cpu or memory")             \
	COMPUTED(autoscaler, lost_auth, TEXT, "",                              \
	    "the TriggerAuthentication that a trigger names and the release "  \
	    "lacks, while it has one that may be meant")                       \
	COMPUTED(autoscaler, spare_auth, ONE(manifest), "",                    \
	    "that one: the only one of the namespace that no trigger names, "  \
	    "or one of that name, for the namespace or for the cluster, that " \
	    "the trigger's kind does not mean")                                \
	STORED(autoscaler, scale_up_policy, TEXT, "",                          \
	    "behavior.scaleUp.selectPolicy: Max, Min or Disabled")             \
	STORED(autoscaler, paused, TEXT, "",                                   \
	    "of a ScaledObject the number of pods that it is told to leave "   \
	    "its target at (autoscaling.keda.sh/paused-replicas), or now, "    \
	    "the number that there is (autoscaling.keda.sh/paused)")           \
	COMPUTED(autoscaler, far_target, INT, "percent",                       \
	    "the first utilisation that it aims at, when its targets reach "   \
	    "none of its metrics: at their limits they use too little of "     \
	    "their requests for one pod more")                                 \
	COMPUTED(autoscaler, far_most, INT, "percent",                         \
	    "what they use of their requests at their limits, rounded down")   \
	COMPUTED(autoscaler, far_resource, TEXT, "",                           \
	    "of which resource that is: cpu or memory")                        \
	COMPUTED(autoscaler, lost_container, TEXT, "",                         \
	    "a container that a metric names and none of its targets has")     \
	STORED(autoscaler, min_replicas, INT, "pods",                          \
	    "minReplicas, 1 when left out; KEDA's minReplicaCount, 0 when "    \
	    "left out")                                                        \
	STORED(autoscaler, may_rest, BOOL, "",                                 \
	    "it may scale to no pods: it has a metric of type Object or "      \
	    "External, or is KEDA's")                                          \
	STORED(autoscaler, max_replicas, INT, "pods",                          \
	    "maxReplicas; KEDA's maxReplicaCount, 100 when left out")

#define VPA_FIELDS(STORED, COMPUTED)                                           \
	COMPUTED(vpa, manifest, ONE(manifest), "", "the object itself")        \
	COMPUTED(vpa, name, TEXT, "", "metadata.name")                         \
	STORED(vpa, target_kind, TEXT, "", "kind of whose pods it sizes")      \
	STORED(vpa, target_name, TEXT, "", "name of whose pods it sizes")      \
	COMPUTED(vpa, targets, MANY(workload), "",                             \
	    "whose pods it sizes, as far as it is in the stream")              \
	COMPUTED(vpa, target_group, TEXT, "", "see autoscaler.target_group")   \
	COMPUTED(vpa, target_found, BOOL, "", "see autoscaler.target_found")   \
	COMPUTED(vpa, namesake, ONE(workload), "", "see autoscaler.namesake")  \
	STORED(vpa, update_mode, TEXT, "",                                     \
	    "updatePolicy.updateMode: Off, Initial, Recreate, "                \
	    "InPlaceOrRecreate or Auto; Auto when left out")                   \
	STORED(vpa, min_replicas, INT, "pods",                                 \
	    "updatePolicy.minReplicas: of how many pods it evicts one; 2 "     \
	    "when "                                                            \
	    "left out, unless the updater is told otherwise")                  \
	COMPUTED(vpa, rival, ONE(autoscaler), "",                              \
	    "an autoscaler of the same target that scales by a utilisation, "  \
	    "which is a part of a request that this one may set")              \
	COMPUTED(vpa, rival_resource, TEXT, "", "that request: cpu or memory") \
	COMPUTED(vpa, twin, ONE(vpa), "",                                      \
	    "an earlier VerticalPodAutoscaler of the same target; neither "    \
	    "is Off")

#endif
