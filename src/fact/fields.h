/*
 * The vocabulary of facts: every field a rule can name, once.
 *
 * One list macro per entity, one row per field:
 *
 *   STORED(entity, field, type, unit, meaning)    read from the manifest: a
 *       member of the entity's struct, filled in by collect
 *   COMPUTED(entity, field, type, unit, meaning)  worked out when asked: the
 *       function fact_entity_field(release, entity)
 *
 * What few workloads or containers have is COMPUTED, too, though it is read:
 * KEEP_RARE puts it in a list and RARE finds it there, so that the others have
 * no room for it.
 *
 * type is INT, BOOL, TEXT, TEXTS (a list of texts), LABELS (a map of texts),
 * ONE(entity) or MANY(entity).  The structs of model.h, the prototypes of the
 * functions, the evaluator, its error messages and --list-facts are all made
 * from these rows.
 */
#ifndef FACT_FIELDS_H
#define FACT_FIELDS_H

#include "fact/apply/fields.h"
#include "fact/attach/fields.h"
#include "fact/called/fields.h"
#include "fact/change/fields.h"
#include "fact/command/fields.h"
#include "fact/config/fields.h"
#include "fact/contract/fields.h"
#include "fact/cut/fields.h"
#include "fact/drain/fields.h"
#include "fact/evidence/fields.h"
#include "fact/hook/fields.h"
#include "fact/network/fields.h"
#include "fact/overlap/fields.h"
#include "fact/pod/fields.h"
#include "fact/refusal/fields.h"
#include "fact/rollout/fields.h"
#include "fact/scale/fields.h"
#include "fact/service/fields.h"
#include "fact/taken/fields.h"
#include "fact/update/fields.h"
#include "fact/warmup/fields.h"

/* ENTITY(entity, FIELDS, meaning) for every entity, in the order of print; each
 * topic lists its own. */
#define ENTITIES(ENTITY)          \
	CORE_ENTITIES(ENTITY)     \
	POD_ENTITIES(ENTITY)      \
	COMMAND_ENTITIES(ENTITY)  \
	DRAIN_ENTITIES(ENTITY)    \
	SERVICE_ENTITIES(ENTITY)  \
	NETWORK_ENTITIES(ENTITY)  \
	SCALE_ENTITIES(ENTITY)    \
	UPDATE_ENTITIES(ENTITY)   \
	ATTACH_ENTITIES(ENTITY)   \
	TAKEN_ENTITIES(ENTITY)    \
	ROLLOUT_ENTITIES(ENTITY)  \
	APPLY_ENTITIES(ENTITY)    \
	REFUSAL_ENTITIES(ENTITY)  \
	WARMUP_ENTITIES(ENTITY)   \
	HOOK_ENTITIES(ENTITY)     \
	CHANGE_ENTITIES(ENTITY)   \
	CUT_ENTITIES(ENTITY)      \
	OVERLAP_ENTITIES(ENTITY)  \
	CONTRACT_ENTITIES(ENTITY) \
	EVIDENCE_ENTITIES(ENTITY)

#define CORE_ENTITIES(ENTITY)                                               \
	ENTITY(release, RELEASE_FIELDS,                                     \
	    "everything that was rendered, as a whole")                     \
	ENTITY(contract, CONTRACT_FIELDS,                                   \
	    "the profile of the rollout safety contract in force")          \
	ENTITY(manifest, MANIFEST_FIELDS, "any object of the stream")       \
	ENTITY(workload, WORKLOAD_FIELDS, "an object with a pod template")  \
	ENTITY(container, CONTAINER_FIELDS,                                 \
	    "a container that runs as long as its pod: a regular one or a " \
	    "native sidecar")                                               \
	ENTITY(problem, PROBLEM_FIELDS,                                     \
	    "what the API server or the Argo Rollouts controller would "    \
	    "refuse")

/* The struct behind each entity: the contract is one of its profiles; a drain
 * is a container seen from its end, an update a workload seen in time. */
#define STRUCT_release struct release
#define STRUCT_contract struct profile
#define STRUCT_manifest struct manifest
#define STRUCT_workload struct workload
#define STRUCT_container struct container
#define STRUCT_problem struct problem

#define CORE_RELEASE_FIELDS(STORED, COMPUTED)                                  \
	COMPUTED(release, main, ONE(workload), "",                             \
	    "the workload the release is about: the first Rollout, else the "  \
	    "first served long-running workload, else the first long-running " \
	    "one")                                                             \
	COMPUTED(release, manifests, MANY(manifest), "", "all objects")        \
	COMPUTED(release, workloads, MANY(workload), "",                       \
	    "all objects with a pod template")                                 \
	COMPUTED(release, rollouts, MANY(workload), "",                        \
	    "the Argo Rollouts among the workloads")                           \
	COMPUTED(release, warmups, MANY(warmup), "", "all warmups")            \
	COMPUTED(release, services, MANY(service), "", "all Services")         \
	COMPUTED(                                                              \
	    release, autoscalers, MANY(autoscaler), "", "all autoscalers")     \
	COMPUTED(release, vpas, MANY(vpa), "", "all VerticalPodAutoscalers")   \
	COMPUTED(release, pdbs, MANY(pdb), "", "all PodDisruptionBudgets")     \
	COMPUTED(release, networkpolicies, MANY(networkpolicy), "",            \
	    "all NetworkPolicies")                                             \
	COMPUTED(release, has_limit_range, BOOL, "",                           \
	    "a LimitRange is among the objects: it may fill requests in")      \
	COMPUTED(release, has_makers, BOOL, "",                                \
	    "a custom resource is among the objects of which an operator may " \
	    "make workloads")                                                  \
	COMPUTED(release, may_evict, BOOL, "",                                 \
	    "a Role or ClusterRole lets an account evict pods, as who drains " \
	    "nodes does")                                                      \
	COMPUTED(release, has_kustomization, BOOL, "",                         \
	    "a kustomization is among the files: others may be its patches")

#define RELEASE_FIELDS(STORED, COMPUTED)      \
	CORE_RELEASE_FIELDS(STORED, COMPUTED) \
	CHANGE_RELEASE_FIELDS(STORED, COMPUTED) \
	CUT_RELEASE_FIELDS(STORED, COMPUTED)    \
	OVERLAP_RELEASE_FIELDS(STORED, COMPUTED) \
	REFUSAL_RELEASE_FIELDS(STORED, COMPUTED)

/* Named as in the contract, those of "requires" without that; "" and false when
 * the profile does not ask. */
#define CONTRACT_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(contract, id, TEXT, "", "id of the profile")                  \
	COMPUTED(contract, suite, TEXT, "", "the suite that installs it")      \
	COMPUTED(contract, values_file, TEXT, "", "the profile's values file") \
	COMPUTED(contract, rollout_mode, TEXT, "", "deployment or rollout")    \
	COMPUTED(contract, warmup_required, BOOL, "",                          \
	    "the release must be warmed up before it serves")                  \
	COMPUTED(contract, readiness_path_required, BOOL, "",                  \
	    "readiness must ask the server, not only its port")                \
	COMPUTED(contract, intendedUse, TEXT, "", "what the profile is for")   \
	COMPUTED(contract, networkPolicyModeRequired, TEXT, "",                \
	    "disabled, internet-only, cluster-aware or custom")                \
	COMPUTED(contract, hpaPolicyRequired, TEXT, "", "disabled or enabled") \
	COMPUTED(contract, expectedResourcesClass, TEXT, "",                   \
	    "tiny, small, medium or large")                                    \
	COMPUTED(contract, minReplicas, INT, "pods",                           \
	    "the fewest pods of a workload that serves requests")              \
	COMPUTED(contract, maxUnavailablePercent, INT, "percent",              \
	    "the most pods that an update may take away at once")              \
	COMPUTED(contract, gracePeriodMin, INT, "seconds",                     \
	    "the shortest terminationGracePeriodSeconds of a workload that "   \
	    "serves requests")                                                 \
	COMPUTED(contract, podDisruptionBudget, BOOL, "",                      \
	    "served workloads of several pods must have one")                  \
	COMPUTED(contract, antiAffinity, BOOL, "",                             \
	    "something must keep the pods of a served workload off one node")  \
	COMPUTED(contract, imagePullPolicy, TEXT, "",                          \
	    "the pull policy of every container")                              \
	COMPUTED(contract, memoryLimits, BOOL, "",                             \
	    "containers must have a memory limit")                             \
	COMPUTED(contract, cpuLimits, BOOL, "",                                \
	    "containers must have a cpu limit")                                \
	COMPUTED(contract, networkPolicyIngress, BOOL, "",                     \
	    "NetworkPolicies must isolate the ingress of every workload")      \
	COMPUTED(contract, priorityClass, BOOL, "",                            \
	    "every workload must have a priority class")                       \
	COMPUTED(contract, imageDigest, BOOL, "",                              \
	    "images must be named by their digests")                           \
	COMPUTED(contract, prod_like, BOOL, "",                                \
	    "prod_like is true or, without that, intendedUse prod or perf")    \
	COMPUTED(contract, dev_like, BOOL, "",                                 \
	    "prod_like is false or, without that, intendedUse ci or kind")     \
	COMPUTED(contract, in_matrix, BOOL, "",                                \
	    "the install matrix has the profile; unknown when none was given") \
	COMPUTED(contract, missing_assets, TEXT, "",                           \
	    "what no file of the folder of scenarios describes though the "    \
	    "profile needs it: an upgrade, a rollback, an upgrade or a "       \
	    "rollback; absent when all is there, unknown when no folder was "  \
	    "given")

#define CORE_MANIFEST_FIELDS(STORED, COMPUTED)                                \
	COMPUTED(manifest, group, TEXT, "", "API group, \"\" for the core")   \
	COMPUTED(manifest, version, TEXT, "", "API version, such as v1")      \
	COMPUTED(manifest, kind, TEXT, "", "kind")                            \
	COMPUTED(manifest, name, TEXT, "", "metadata.name")                   \
	COMPUTED(manifest, namespace, TEXT, "",                               \
	    "metadata.namespace, or that of --namespace; \"\" when neither "  \
	    "is known")                                                       \
	COMPUTED(manifest, source, TEXT, "",                                  \
	    "the chart template that made it, as Helm's Source comment says") \
	COMPUTED(manifest, owner, TEXT, "",                                   \
	    "name of the controller that made it, as ownerReferences say")    \
	COMPUTED(manifest, raw, RAW, "", "the object as it is written")       \
	COMPUTED(manifest, is_live, BOOL, "",                                 \
	    "as kubectl get prints it, with what controllers have written: "  \
	    "it has a uid")                                                   \
	COMPUTED(manifest, install_only, BOOL, "",                            \
	    "its template in the chart of --chart prints nothing on an "      \
	    "upgrade")                                                        \
	COMPUTED(manifest, beside_workloads, BOOL, "",                        \
	    "an object with a pod template is, or may be, in its namespace")  \
	COMPUTED(manifest, earlier, ONE(manifest), "",                        \
	    "the first object of its file with the same group, kind, "        \
	    "namespace and name")

#define MANIFEST_FIELDS(STORED, COMPUTED)      \
	CORE_MANIFEST_FIELDS(STORED, COMPUTED) \
	APPLY_MANIFEST_FIELDS(STORED, COMPUTED) \
	CHANGE_MANIFEST_FIELDS(STORED, COMPUTED) \
	HOOK_MANIFEST_FIELDS(STORED, COMPUTED) \
	REFUSAL_MANIFEST_FIELDS(STORED, COMPUTED)

#define CORE_WORKLOAD_FIELDS(STORED, COMPUTED)                                 \
	COMPUTED(workload, manifest, ONE(manifest), "", "the object itself")   \
	COMPUTED(workload, raw, RAW, "", "the object as it is written")       \
	COMPUTED(workload, kind, TEXT, "", "kind")                             \
	COMPUTED(workload, group, TEXT, "", "API group")                       \
	COMPUTED(workload, name, TEXT, "", "metadata.name")                    \
	COMPUTED(workload, namespace, TEXT, "", "see manifest.namespace")      \
	COMPUTED(workload, is_rollout, BOOL, "", "a Rollout of Argo Rollouts") \
	COMPUTED(workload, long_running, BOOL, "",                             \
	    "runs until it is replaced: no Job, CronJob, hook pod or Helm "    \
	    "test")                                                            \
	STORED(                                                                \
	    workload, replicas, INT, "pods", "spec.replicas; 1 when left out") \
	COMPUTED(workload, effective_replicas, INT, "pods",                    \
	    "the fewest pods asked for: the autoscaler's minimum, else "       \
	    "replicas; unknown for a DaemonSet or Job")                        \
	COMPUTED(workload, scaled_to_zero, BOOL, "",                           \
	    "replicas is 0 and no autoscaler says otherwise: it has no pods")  \
	STORED(workload, min_ready_seconds, INT, "seconds",                    \
	    "minReadySeconds; 0 when left out")                                \
	STORED(workload, progress_deadline_seconds, INT, "seconds",            \
	    "progressDeadlineSeconds of a Deployment or Rollout; 600 when "    \
	    "left out")                                                        \
	COMPUTED(workload, workload_ref, TEXT, "",                             \
	    "name of the Deployment whose template a Rollout takes")           \
	STORED(workload, scale_down, TEXT, "",                                 \
	    "workloadRef.scaleDown: never, onsuccess or progressively; never " \
	    "when left out")                                                   \
	COMPUTED(workload, ttl_seconds, INT, "seconds",                        \
	    "ttlSecondsAfterFinished of a Job")                                \
	COMPUTED(workload, concurrency_policy, TEXT, "",                       \
	    "concurrencyPolicy of a CronJob; Allow when left out")             \
	COMPUTED(workload, starting_deadline_seconds, INT, "seconds",          \
	    "startingDeadlineSeconds of a CronJob")                            \
	COMPUTED(workload, rollout, ONE(workload), "",                         \
	    "of another workload the Rollout that runs its pods: its "         \
	    "governor, or else its twin")                                      \
	COMPUTED(workload, governor, ONE(workload), "",                        \
	    "the Rollout whose workloadRef names this one")                    \
	COMPUTED(workload, selector_matches, BOOL, "",                         \
	    "its selector matches the labels of its own pod template")         \
	COMPUTED(workload, selector_valid, BOOL, "",                           \
	    "the API takes its selector, as far as its form goes")             \
	STORED(workload, selector, TEXT, "",                                   \
	    "its selector, spelled as kubectl does")                           \
	COMPUTED(workload, labels, LABELS, "", "labels of the pod template")   \
	COMPUTED(workload, containers, MANY(container), "",                    \
	    "regular containers and native sidecars")                          \
	COMPUTED(workload, controller, ONE(workload), "",                      \
	    "what runs its pods: its governor when there is one, else itself")

#define WORKLOAD_FIELDS(STORED, COMPUTED)         \
	CORE_WORKLOAD_FIELDS(STORED, COMPUTED)    \
	POD_WORKLOAD_FIELDS(STORED, COMPUTED)     \
	CALLED_WORKLOAD_FIELDS(STORED, COMPUTED)  \
	CONFIG_WORKLOAD_FIELDS(STORED, COMPUTED)  \
	HOOK_WORKLOAD_FIELDS(STORED, COMPUTED)    \
	DRAIN_WORKLOAD_FIELDS(STORED, COMPUTED)   \
	SERVICE_WORKLOAD_FIELDS(STORED, COMPUTED) \
	NETWORK_WORKLOAD_FIELDS(STORED, COMPUTED) \
	SCALE_WORKLOAD_FIELDS(STORED, COMPUTED)   \
	UPDATE_WORKLOAD_FIELDS(STORED, COMPUTED)  \
	ROLLOUT_WORKLOAD_FIELDS(STORED, COMPUTED) \
	WARMUP_WORKLOAD_FIELDS(STORED, COMPUTED)

#define CORE_CONTAINER_FIELDS(STORED, COMPUTED)                                \
	COMPUTED(container, workload, ONE(workload), "", "whose pods run it")  \
	STORED(container, name, TEXT, "",                                      \
	    "name; its place, such as containers[0], when it has none")        \
	COMPUTED(container, raw, RAW, "", "the container as it is written")   \
	STORED(container, image, TEXT, "", "image")                            \
	COMPUTED(container, image_tag, TEXT, "", "tag of the image")           \
	COMPUTED(container, image_digest, TEXT, "",                            \
	    "digest of the image, such as sha256:...")                         \
	COMPUTED(container, image_name, TEXT, "",                              \
	    "the image without tag and digest")                                \
	COMPUTED(container, drifted, ONE(container), "",                       \
	    "the first container of the stream with the same image name, "     \
	    "where it comes before this one and has another tag or digest")    \
	COMPUTED(container, sidecar, BOOL, "",                                 \
	    "a native sidecar: an init container with restartPolicy Always")   \
	STORED(container, fields, TEXTS, "",                                   \
	    "names of its fields, as workload.pod_fields")

#define CONTAINER_FIELDS(STORED, COMPUTED)         \
	CORE_CONTAINER_FIELDS(STORED, COMPUTED)    \
	POD_CONTAINER_FIELDS(STORED, COMPUTED)     \
	DRAIN_CONTAINER_FIELDS(STORED, COMPUTED)   \
	SERVICE_CONTAINER_FIELDS(STORED, COMPUTED) \
	SCALE_CONTAINER_FIELDS(STORED, COMPUTED)

#define PROBLEM_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(problem, manifest, ONE(manifest), "", "the object it is in") \
	COMPUTED(problem, workload, ONE(workload), "",                        \
	    "the object, when it is a workload")                              \
	STORED(problem, area, TEXT, "",                                       \
	    "what is refused: rollout (the Rollout's own spec), pods (what "  \
	    "a workload makes them from) or analysis (a template of one)")    \
	STORED(problem, text, TEXT, "", "what is wrong")

/* The rows of an entity by number: FIELD_workload_replicas, ... */
#define FIELD_NUMBER(entity, field, type, unit, meaning) \
	FIELD_##entity##_##field,

/* What a struct of facts has for each row. */
#define MEMBER_STORED(entity, field, type, unit, meaning) struct fact field;
#define MEMBER_COMPUTED(entity, field, type, unit, meaning)

/* fact_workload_served(release, workload), ...: one for each COMPUTED row, of
 * which meaning says what it gives; any place in it is in the entity's file
 * unless file_index says otherwise. */
#define PROTOTYPE_STORED(entity, field, type, unit, meaning)
#define PROTOTYPE_COMPUTED(entity, field, type, unit, meaning) \
	struct fact fact_##entity##_##field(                   \
	    const struct release *, const STRUCT_##entity *);

#endif
