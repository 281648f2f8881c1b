/*
 * The vocabulary of facts: every field a rule can name, once.
 *
 * One list macro per entity, one row per field:
 *
 *   STORED(entity, field, type, unit, meaning)    read from the manifest: a
 *       member of the entity's struct, filled in by collect
 *   COMPUTED(entity, field, type, unit, meaning)  worked out when asked: the
 *       function entity_field(release, entity)
 *
 * type is INT, BOOL, TEXT, LABELS (a map of texts), ONE(entity) or
 * MANY(entity).  The structs of model.h, the prototypes of the functions, the
 * evaluator, its error messages and --list-facts are all made from these rows.
 */
#ifndef FACT_FIELDS_H
#define FACT_FIELDS_H

/* ENTITY(entity, FIELDS, meaning) for every entity, in the order of print. */
#define ENTITIES(ENTITY)                                                     \
	ENTITY(release, RELEASE_FIELDS,                                      \
	    "everything that was rendered, as a whole")                      \
	ENTITY(contract, CONTRACT_FIELDS,                                    \
	    "the profile of the rollout safety contract in force")           \
	ENTITY(manifest, MANIFEST_FIELDS, "any object of the stream")        \
	ENTITY(workload, WORKLOAD_FIELDS, "an object with a pod template")   \
	ENTITY(container, CONTAINER_FIELDS,                                  \
	    "a container that runs as long as its pod: a regular one or a "  \
	    "native sidecar")                                                \
	ENTITY(probe, PROBE_FIELDS, "a probe of a container")                \
	ENTITY(drain, DRAIN_FIELDS,                                          \
	    "what happens between a container's removal and its end")        \
	ENTITY(update, UPDATE_FIELDS,                                        \
	    "how a Deployment, StatefulSet, DaemonSet, DeploymentConfig or " \
	    "Rollout replaces its pods; nobody tells of other kinds")        \
	ENTITY(warmup, WARMUP_FIELDS,                                        \
	    "a Job, init container, postStart hook or analysis that warms "  \
	    "the release up")                                                \
	ENTITY(step, STEP_FIELDS, "a step of a Rollout's canary")            \
	ENTITY(problem, PROBLEM_FIELDS,                                      \
	    "what the API server or the Argo Rollouts controller would "     \
	    "refuse")                                                        \
	ENTITY(reference, REFERENCE_FIELDS, "what a Rollout names")          \
	ENTITY(need, NEED_FIELDS,                                            \
	    "an object that pods cannot start without: those of a hook or "  \
	    "wave, and with waves of Argo CD all")                           \
	ENTITY(service, SERVICE_FIELDS, "a Service")                         \
	ENTITY(monitor, MONITOR_FIELDS,                                      \
	    "a ServiceMonitor or PodMonitor of the Prometheus operator")     \
	ENTITY(autoscaler, AUTOSCALER_FIELDS,                                \
	    "a HorizontalPodAutoscaler or a KEDA ScaledObject")              \
	ENTITY(vpa, VPA_FIELDS, "a VerticalPodAutoscaler")                   \
	ENTITY(pdb, PDB_FIELDS, "a PodDisruptionBudget")                     \
	ENTITY(networkpolicy, NETWORKPOLICY_FIELDS, "a NetworkPolicy")       \
	ENTITY(mangled, MANGLED_FIELDS,                                      \
	    "a whole number that was printed as a float, in an environment " \
	    "variable, an argument, a ConfigMap or a Secret")                \
	ENTITY(toggle, TOGGLE_FIELDS,                                        \
	    "an item of the profile's requiredToggles or forbiddenToggles")  \
	ENTITY(agreement, AGREEMENT_FIELDS,                                  \
	    "a field of the profile that the install matrix has, too")       \
	ENTITY(install, INSTALL_FIELDS,                                      \
	    "the profile's entry in the install matrix")                     \
	ENTITY(scenario, SCENARIO_FIELDS,                                    \
	    "a scenario of the profile in the install matrix")               \
	ENTITY(asset, ASSET_FIELDS, "a file of the folder of scenarios")

#define RELEASE_FIELDS(STORED, COMPUTED)                                       \
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
	    "a LimitRange is among the objects: it may fill requests in")

/* Named as in the contract; "" and false when the profile does not ask. */
#define CONTRACT_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(contract, id, TEXT, "", "id of the profile")                  \
	COMPUTED(contract, suite, TEXT, "", "the suite that installs it")      \
	COMPUTED(contract, values_file, TEXT, "", "the profile's values file") \
	COMPUTED(contract, rollout_mode, TEXT, "", "deployment or rollout")    \
	COMPUTED(contract, warmup_required, BOOL, "",                          \
	    "the release must be warmed up before it serves")                  \
	COMPUTED(contract, readiness_path_required, BOOL, "",                  \
	    "readiness must ask the server, not only its port")                \
	COMPUTED(contract, intendedUse, TEXT, "",                              \
	    "ci, kind, prod, offline or perf")                                 \
	COMPUTED(contract, networkPolicyModeRequired, TEXT, "",                \
	    "disabled, internet-only, cluster-aware or custom")                \
	COMPUTED(contract, hpaPolicyRequired, TEXT, "", "disabled or enabled") \
	COMPUTED(contract, expectedResourcesClass, TEXT, "",                   \
	    "tiny, small, medium or large")                                    \
	COMPUTED(contract, prod_like, BOOL, "", "intendedUse is prod or perf") \
	COMPUTED(contract, dev_like, BOOL, "", "intendedUse is ci or kind")    \
	COMPUTED(contract, in_matrix, BOOL, "",                                \
	    "the install matrix has the profile; unknown when none was given") \
	COMPUTED(contract, missing_assets, TEXT, "",                           \
	    "what no file of the folder of scenarios describes though the "    \
	    "profile needs it: an upgrade, a rollback, an upgrade or a "       \
	    "rollback; absent when all is there, unknown when no folder was "  \
	    "given")

#define MANIFEST_FIELDS(STORED, COMPUTED)                                     \
	COMPUTED(manifest, group, TEXT, "", "API group, \"\" for the core")   \
	COMPUTED(manifest, version, TEXT, "", "API version, such as v1")      \
	COMPUTED(manifest, kind, TEXT, "", "kind")                            \
	COMPUTED(manifest, name, TEXT, "", "metadata.name")                   \
	COMPUTED(manifest, namespace, TEXT, "",                               \
	    "metadata.namespace, or that of --namespace; \"\" when neither "  \
	    "is known")                                                       \
	COMPUTED(manifest, source, TEXT, "",                                  \
	    "the chart template that made it, as Helm's Source comment says") \
	COMPUTED(manifest, hook, TEXT, "", "the events of a Helm hook")       \
	COMPUTED(manifest, hook_weight, TEXT, "", "weight of a Helm hook")    \
	COMPUTED(manifest, hook_weight_valid, BOOL, "",                       \
	    "the weight is an integer in a string, or left out")              \
	COMPUTED(manifest, hook_delete_policy, TEXT, "",                      \
	    "when Helm deletes the hook")                                     \
	COMPUTED(manifest, hook_log_policy, TEXT, "",                         \
	    "when Helm prints the hook's log")                                \
	COMPUTED(                                                             \
	    manifest, argo_hook, TEXT, "", "the phases of a hook of Argo CD") \
	COMPUTED(manifest, argo_delete_policy, TEXT, "",                      \
	    "when Argo CD deletes the hook")                                  \
	COMPUTED(manifest, sync_wave, TEXT, "", "wave of Argo CD")            \
	COMPUTED(manifest, sync_wave_valid, BOOL, "",                         \
	    "the wave is an integer in a string, or left out")                \
	COMPUTED(manifest, sync_options, TEXT, "",                            \
	    "how Argo CD applies the object")                                 \
	COMPUTED(manifest, earlier, ONE(manifest), "",                        \
	    "the first object of the stream with the same group, kind, "      \
	    "namespace and name")

#define WORKLOAD_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(workload, manifest, ONE(manifest), "", "the object itself")   \
	COMPUTED(workload, kind, TEXT, "", "kind")                             \
	COMPUTED(workload, group, TEXT, "", "API group")                       \
	COMPUTED(workload, name, TEXT, "", "metadata.name")                    \
	COMPUTED(workload, namespace, TEXT, "", "see manifest.namespace")      \
	COMPUTED(workload, is_rollout, BOOL, "", "a Rollout of Argo Rollouts") \
	COMPUTED(workload, long_running, BOOL, "",                             \
	    "runs until it is replaced: no Job, CronJob, hook pod or Helm "    \
	    "test")                                                            \
	COMPUTED(workload, served, BOOL, "",                                   \
	    "a Service selects it, or it declares a container port; ports "    \
	    "whose names say metrics, monitoring or health do not count")      \
	STORED(                                                                \
	    workload, replicas, INT, "pods", "spec.replicas; 1 when left out") \
	COMPUTED(workload, effective_replicas, INT, "pods",                    \
	    "the fewest pods asked for: the autoscaler's minimum, else "       \
	    "replicas; unknown for a DaemonSet or Job")                        \
	STORED(workload, min_ready_seconds, INT, "seconds",                    \
	    "minReadySeconds; 0 when left out")                                \
	STORED(workload, progress_deadline_seconds, INT, "seconds",            \
	    "progressDeadlineSeconds of a Deployment or Rollout; 600 when "    \
	    "left out")                                                        \
	STORED(workload, strategy, TEXT, "",                                   \
	    "RollingUpdate, Recreate, OnDelete; canary or blueGreen of a "     \
	    "Rollout")                                                         \
	STORED(workload, max_surge, TEXT, "",                                  \
	    "maxSurge as written; the controller's default when left out")     \
	STORED(workload, max_unavailable, TEXT, "",                            \
	    "maxUnavailable as written; the controller's default when left "   \
	    "out")                                                             \
	STORED(workload, partition, INT, "pods",                               \
	    "partition of a StatefulSet's update; 0 when left out")            \
	COMPUTED(workload, exclusive_claim, TEXT, "",                          \
	    "a claim its pods mount that one node at a time may use: it is "   \
	    "ReadWriteOnce or ReadWriteOncePod, or not in the stream")         \
	COMPUTED(workload, exclusive_access, TEXT, "",                         \
	    "access mode of the exclusive claim, when it is in the stream")    \
	STORED(workload, workload_ref, TEXT, "",                               \
	    "name of the Deployment whose template a Rollout takes")           \
	STORED(workload, scale_down, TEXT, "",                                 \
	    "workloadRef.scaleDown: never, onsuccess or progressively; never " \
	    "when left out")                                                   \
	STORED(workload, ttl_seconds, INT, "seconds",                          \
	    "ttlSecondsAfterFinished of a Job")                                \
	COMPUTED(workload, reached_by, MANY(service), "",                      \
	    "Services that send its pods requests: of those that select "      \
	    "them the ones with a port by number, or by a name that it "       \
	    "declares")                                                        \
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
	COMPUTED(workload, declares_ports, BOOL, "",                           \
	    "a container of its pods declares a port")                         \
	STORED(workload, grace_seconds, INT, "seconds",                        \
	    "terminationGracePeriodSeconds; 30 when left out")                 \
	COMPUTED(workload, services, MANY(service), "",                        \
	    "Services that select its pods")                                   \
	STORED(workload, host_network, BOOL, "",                               \
	    "hostNetwork of the pod; false when left out")                     \
	COMPUTED(workload, controller, ONE(workload), "",                      \
	    "what runs its pods: its governor when there is one, else itself") \
	COMPUTED(workload, ready_within_seconds, INT, "seconds",               \
	    "how long a new pod may take to become ready: the controller's "   \
	    "progressDeadlineSeconds less its minReadySeconds; absent where "  \
	    "there is no deadline")                                            \
	COMPUTED(workload, autoscalers, MANY(autoscaler), "",                  \
	    "autoscalers that scale it")                                       \
	COMPUTED(workload, pdbs, MANY(pdb), "",                                \
	    "PodDisruptionBudgets that select its pods")                       \
	COMPUTED(workload, networkpolicies, MANY(networkpolicy), "",           \
	    "NetworkPolicies that select its pods")                            \
	COMPUTED(workload, ingress_isolated, BOOL, "",                         \
	    "only what a NetworkPolicy lists may reach its pods")              \
	COMPUTED(workload, egress_isolated, BOOL, "",                          \
	    "its pods may reach only what a NetworkPolicy lists")              \
	COMPUTED(workload, ingress_policy, ONE(networkpolicy), "",             \
	    "the first NetworkPolicy that isolates its ingress")               \
	COMPUTED(workload, egress_policy, ONE(networkpolicy), "",              \
	    "the NetworkPolicy that makes egress_mode what it is")             \
	COMPUTED(workload, egress_mode, TEXT, "",                              \
	    "the network policy mode of its pods, all NetworkPolicies "        \
	    "together: disabled (egress is not isolated), cluster-aware (to "  \
	    "pods and namespaces), internet-only (to address ranges, DNS "     \
	    "aside) or custom")                                                \
	COMPUTED(workload, egress_reach, TEXT, "",                             \
	    "what isolated egress may reach, DNS aside: pods, address "        \
	    "ranges, both, anything or nothing")                               \
	COMPUTED(workload, dns_allowed, BOOL, "",                              \
	    "its pods may ask DNS by UDP and TCP, whoever answers")            \
	COMPUTED(workload, dns_blocked, TEXT, "",                              \
	    "the protocols by which DNS is not let out: UDP, TCP, or both")    \
	COMPUTED(workload, dns_denied, MANY(workload), "",                     \
	    "of the first workload that the same rules keep from DNS all of "  \
	    "them, but hooks for tests; of others none")                       \
	COMPUTED(workload, ports_denied, MANY(workload), "",                   \
	    "of the first long-running workload with ports that the same "     \
	    "rules let nobody reach all of them; of others none")              \
	COMPUTED(workload, mode_sharers, MANY(workload), "",                   \
	    "of the first long-running workload whose egress mode the same "   \
	    "rules make all of them; of others none")                          \
	COMPUTED(workload, blocked_ports, TEXT, "",                            \
	    "ports that Services target and no NetworkPolicy lets anybody "    \
	    "reach, such as 8080 (Service 'web')")                             \
	COMPUTED(workload, blocked_services, MANY(service), "",                \
	    "the Services of these ports")                                     \
	COMPUTED(workload, rivals, MANY(workload), "",                         \
	    "controllers earlier in the stream that claim the same pods")      \
	COMPUTED(workload, steps, MANY(step), "",                              \
	    "the steps of a Rollout's canary")                                 \
	STORED(workload, measured, BOOL, "",                                   \
	    "of a Rollout: an analysis, an experiment or a step plugin looks " \
	    "at the new version")                                              \
	STORED(workload, preview_service, TEXT, "",                            \
	    "blueGreen.previewService of a Rollout")                           \
	STORED(workload, auto_promotion, BOOL, "",                             \
	    "of a blueGreen Rollout: it is promoted as soon as its pods are "  \
	    "ready, neither asked (autoPromotionEnabled, true when left out) " \
	    "nor after a while (autoPromotionSeconds)")                        \
	STORED(workload, progress_deadline_abort, BOOL, "",                    \
	    "progressDeadlineAbort of a Rollout; false when left out")         \
	COMPUTED(workload, warmup, ONE(warmup), "",                            \
	    "the warmup that it is, of a Job")                                 \
	COMPUTED(workload, twin, ONE(workload), "",                            \
	    "of a Rollout the Deployment for the same pods, and the reverse; " \
	    "not the one that workloadRef names")                              \
	STORED(workload, class_misfit, TEXT, "",                               \
	    "what the containers of a pod request together, when it lies "     \
	    "outside the range that the configuration gives for the "          \
	    "contract's expectedResourcesClass")                               \
	COMPUTED(workload, drift, TEXT, "",                                    \
	    "where its pod template differs from its twin's: probes, "         \
	    "lifecycle, ports, environment, grace period")                     \
	STORED(workload, pod_fields, TEXT, "",                                 \
	    "names of the fields of its pods' spec, each between blanks; at "  \
	    "the place where another can be inserted")                         \
	COMPUTED(workload, grace_needed, INT, "seconds",                       \
	    "what is enough for every container to drain, with a preStop of "  \
	    "the length that is proposed where one serves and "                \
	    "has none")                                                        \
	COMPUTED(workload, grace_proposed, INT, "seconds",                     \
	    "the same, but no less than a governed rollout should give")

#define CONTAINER_FIELDS(STORED, COMPUTED)                                     \
	COMPUTED(container, workload, ONE(workload), "", "whose pods run it")  \
	STORED(container, name, TEXT, "",                                      \
	    "name; its place, such as containers[0], when it has none")        \
	STORED(container, image, TEXT, "", "image")                            \
	COMPUTED(container, image_tag, TEXT, "", "tag of the image")           \
	COMPUTED(container, image_digest, TEXT, "",                            \
	    "digest of the image, such as sha256:...")                         \
	COMPUTED(container, image_name, TEXT, "",                              \
	    "the image without tag and digest")                                \
	COMPUTED(container, drifted, ONE(container), "",                       \
	    "the first container of the stream whose image has the same name " \
	    "but another tag or digest")                                       \
	STORED(container, cpu_request, TEXT, "",                               \
	    "resources.requests.cpu, else the limit, which is taken for it; "  \
	    "or the pod's")                                                    \
	STORED(container, memory_request, TEXT, "",                            \
	    "resources.requests.memory, likewise")                             \
	COMPUTED(container, unmeasured_by, ONE(autoscaler), "",                \
	    "an autoscaler whose utilisation is a part of a request that it "  \
	    "does not make")                                                   \
	COMPUTED(container, sidecar, BOOL, "",                                 \
	    "a native sidecar: an init container with restartPolicy Always")   \
	COMPUTED(container, served, BOOL, "",                                  \
	    "requests reach it: a Service of the stream targets one of its "   \
	    "ports or, when none selects the pod, it declares a port; not by " \
	    "ports whose names say metrics, monitoring or health")             \
	COMPUTED(container, drain, ONE(drain), "", "how it ends")              \
	COMPUTED(container, readiness, ONE(probe), "", "readinessProbe")       \
	COMPUTED(container, liveness, ONE(probe), "", "livenessProbe")         \
	COMPUTED(container, startup, ONE(probe), "", "startupProbe")           \
	STORED(container, starts_after_seconds, INT, "seconds",                \
	    "how long the native sidecars before it may take to start, one "   \
	    "after the other, by their startupProbes; init containers that "   \
	    "end take longer still")                                           \
	STORED(container, declared_ports, TEXT, "",                            \
	    "the ports it declares, such as http 8080, 53/UDP")                \
	STORED(container, empty_readiness, BOOL, "",                           \
	    "there is a readinessProbe, but it has no handler")                \
	STORED(container, first_port, INT, "",                                 \
	    "the first port it declares for TCP")                              \
	STORED(container, fields, TEXT, "",                                    \
	    "names of its fields, as workload.pod_fields")                     \
	STORED(container, prestop, TEXT, "",                                   \
	    "handler of lifecycle.preStop: sleep, exec, httpGet or tcpSocket") \
	STORED(container, prestop_seconds, INT, "seconds",                     \
	    "literal delay of preStop: its sleep action, or a sleep in its "   \
	    "command")

#define PROBE_FIELDS(STORED, COMPUTED)                                        \
	COMPUTED(probe, container, ONE(container), "", "whose probe it is")   \
	COMPUTED(probe, workload, ONE(workload), "", "whose pods are probed") \
	COMPUTED(probe, kind, TEXT, "", "readiness, liveness or startup")     \
	STORED(probe, handler, TEXT, "", "httpGet, tcpSocket, exec or grpc")  \
	STORED(probe, path, TEXT, "", "path of httpGet")                      \
	STORED(                                                               \
	    probe, scheme, TEXT, "", "scheme of httpGet; HTTP when left out") \
	STORED(probe, host, TEXT, "",                                         \
	    "host of httpGet or tcpSocket; \"\", the pod, when left out")     \
	STORED(probe, port_name, TEXT, "",                                    \
	    "port when that is a name; a number in quotes is one too")        \
	STORED(probe, port, INT, "",                                          \
	    "port as a number; absent for a name that its container does "    \
	    "not declare")                                                    \
	STORED(probe, port_protocol, TEXT, "",                                \
	    "protocol for which a container of the pod declares the port; "   \
	    "TCP when there are several, absent when nobody declares it")     \
	COMPUTED(probe, port_asker, ONE(probe), "",                           \
	    "the first of liveness, startup and readiness of its container "  \
	    "that asks the same port in the same way: the probe itself, "     \
	    "unless one before it does")                                      \
	STORED(probe, endpoint, TEXT, "",                                     \
	    "what is asked, ports resolved; equal texts ask the same")        \
	STORED(probe, initial_delay_seconds, INT, "seconds",                  \
	    "initialDelaySeconds; 0 when left out")                           \
	STORED(probe, period_seconds, INT, "seconds",                         \
	    "periodSeconds; 10 when left out")                                \
	STORED(probe, timeout_seconds, INT, "seconds",                        \
	    "timeoutSeconds; 1 when left out")                                \
	STORED(probe, success_threshold, INT, "",                             \
	    "successThreshold; 1 when left out")                              \
	STORED(probe, failure_threshold, INT, "",                             \
	    "failureThreshold; 3 when left out")                              \
	COMPUTED(probe, tolerated_seconds, INT, "seconds",                    \
	    "how long a running container may fail it: period x failure "     \
	    "threshold")                                                      \
	COMPUTED(probe, fails_after_seconds, INT, "seconds",                  \
	    "when a container that never answers has failed it: initial "     \
	    "delay + period x failure threshold")                             \
	COMPUTED(probe, least_deadline_seconds, INT, "seconds",               \
	    "the least progressDeadlineSeconds that a start fits in which "   \
	    "it allows: one more than the sidecars before, the probe and "    \
	    "minReadySeconds take")                                           \
	STORED(probe, grace_seconds, INT, "seconds",                          \
	    "terminationGracePeriodSeconds of the probe itself, for the "     \
	    "container that it kills")                                        \
	COMPUTED(probe, earliest_success_seconds, INT, "seconds",             \
	    "when it succeeds at the earliest: initial delay + period x "     \
	    "(success threshold - 1)")

#define DRAIN_FIELDS(STORED, COMPUTED)                                         \
	COMPUTED(drain, container, ONE(container), "", "which one drains")     \
	COMPUTED(drain, workload, ONE(workload), "", "whose pods drain")       \
	COMPUTED(drain, prestop_seconds, INT, "seconds",                       \
	    "delay of the container's preStop; 0 without one, unknown when "   \
	    "no literal sleep tells")                                          \
	COMPUTED(drain, prestop_known, BOOL, "",                               \
	    "a literal sleep tells how long preStop takes, or there is none")  \
	COMPUTED(drain, app_seconds, INT, "seconds",                           \
	    "what the application takes to drain, by its environment; 0 when " \
	    "no variable says")                                                \
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
	    "how many are available at every moment")                         \
	COMPUTED(update, takes_all, BOOL, "",                                 \
	    "maxUnavailable is 100%: however many pods there are, all may "   \
	    "be missing")                                                     \
	COMPUTED(update, obstacle, TEXT, "",                                  \
	    "what keeps it from going on, in words: amounts that are "        \
	    "refused, a pause, a partition, a claim, anti-affinity, a host "  \
	    "port")                                                           \
	COMPUTED(update, needs_spare_node, BOOL, "",                          \
	    "the obstacle is anti-affinity or a host port, which a node "     \
	    "without any of the pods overcomes")                              \
	COMPUTED(update, can_progress, BOOL, "", "there is no obstacle")      \
	COMPUTED(update, worst_seconds, INT, "seconds",                       \
	    "how long it may take: batches of pods that start as slowly as "  \
	    "their probes allow, and pauses; absent when it pauses until "    \
	    "somebody resumes it, unknown when an analysis decides")

#define WARMUP_FIELDS(STORED, COMPUTED)                                        \
	COMPUTED(warmup, manifest, ONE(manifest), "", "the object it is in")   \
	COMPUTED(warmup, workload, ONE(workload), "",                          \
	    "the Job, or what has the container; absent for an analysis")      \
	COMPUTED(warmup, form, TEXT, "",                                       \
	    "Job, init container, postStart hook or analysis")                 \
	STORED(warmup, name, TEXT, "", "name of the Job, container or metric") \
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

#define STEP_FIELDS(STORED, COMPUTED)                                          \
	COMPUTED(step, workload, ONE(workload), "", "the Rollout")             \
	STORED(                                                                \
	    step, number, INT, "", "counted from 0, as the controller does")   \
	STORED(step, kind, TEXT, "",                                           \
	    "setWeight, pause, analysis, experiment, setCanaryScale, "         \
	    "setHeaderRoute, setMirrorRoute or plugin")                        \
	STORED(step, weight, INT, "", "setWeight")                             \
	STORED(step, full_weight, INT, "",                                     \
	    "the weight that is all traffic: maxTrafficWeight; 100 when left " \
	    "out")                                                             \
	STORED(step, pause_seconds, INT, "seconds",                            \
	    "pause.duration; absent when the pause lasts until somebody "      \
	    "promotes")                                                        \
	STORED(step, gated, BOOL, "",                                          \
	    "a pause, an analysis, an experiment or a plugin holds the "       \
	    "rollout before the next setWeight or the end")                    \
	STORED(step, analysed, BOOL, "",                                       \
	    "the analysis in the background runs by then")

#define PROBLEM_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(problem, manifest, ONE(manifest), "", "the object it is in") \
	COMPUTED(problem, workload, ONE(workload), "",                        \
	    "the object, when it is a workload")                              \
	STORED(problem, area, TEXT, "",                                       \
	    "what is refused: rollout (the Rollout's own spec), pods (what "  \
	    "a workload makes them from) or analysis (a template of one)")    \
	STORED(problem, text, TEXT, "", "what is wrong")

#define REFERENCE_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(reference, workload, ONE(workload), "", "the Rollout")       \
	STORED(reference, kind, TEXT, "", "kind of the object that is named") \
	STORED(reference, name, TEXT, "", "its name")                         \
	STORED(reference, role, TEXT, "",                                     \
	    "the field that names it: canaryService, workloadRef, ...")       \
	COMPUTED(reference, found, BOOL, "",                                  \
	    "the object is in the stream; unknown when only its namespace "   \
	    "could tell")                                                     \
	COMPUTED(reference, object, ONE(manifest), "",                        \
	    "the object, when it is surely in the stream")                    \
	COMPUTED(reference, refusal, TEXT, "",                                \
	    "what keeps the Rollout from using the object, in words")         \
	COMPUTED(reference, service, ONE(service), "",                        \
	    "the Service, when it is one and in the stream")                  \
	COMPUTED(reference, selector, TEXT, "",                               \
	    "the Service's selector, spelled as kubectl does")                \
	COMPUTED(reference, selects, BOOL, "",                                \
	    "the Service's selector selects the Rollout's pods; true when "   \
	    "there is no Service or selector that could fail to")

#define NEED_FIELDS(STORED, COMPUTED)                                     \
	COMPUTED(need, workload, ONE(workload), "", "whose pods need it") \
	STORED(need, kind, TEXT, "",                                      \
	    "ConfigMap, Secret, ServiceAccount or PersistentVolumeClaim") \
	STORED(need, name, TEXT, "", "its name")                          \
	STORED(need, role, TEXT, "",                                      \
	    "the field that names it: envFrom, env, volumes, "            \
	    "serviceAccountName, imagePullSecrets")                       \
	COMPUTED(need, provider, ONE(manifest), "",                       \
	    "the object, when it is in the stream")                       \
	COMPUTED(need, late_on_install, BOOL, "",                         \
	    "on the first install it is made after the pods need it")     \
	COMPUTED(need, late_on_upgrade, BOOL, "",                         \
	    "on an upgrade it is made or changed after the pods need it") \
	COMPUTED(need, there_before, BOOL, "",                            \
	    "an install makes it, so that an upgrade finds an old one")   \
	COMPUTED(need, by_name, BOOL, "",                                 \
	    "late only where Helm orders hooks of one weight by name")

#define SERVICE_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(service, manifest, ONE(manifest), "", "the object itself")   \
	COMPUTED(service, name, TEXT, "", "metadata.name")                    \
	STORED(service, type, TEXT, "", "spec.type; ClusterIP when left out") \
	STORED(service, headless, BOOL, "", "clusterIP is None")              \
	STORED(service, publishes_not_ready, BOOL, "",                        \
	    "publishNotReadyAddresses; false when left out")                  \
	COMPUTED(service, workloads, MANY(workload), "",                      \
	    "workloads whose pods it selects")                                \
	STORED(service, selector, TEXT, "",                                   \
	    "its selector, spelled as kubectl does; absent when it has none") \
	COMPUTED(service, unresolved_port, TEXT, "",                          \
	    "the first named targetPort that one of its workloads does not "  \
	    "declare")                                                        \
	COMPUTED(service, unresolved_in, ONE(workload), "",                   \
	    "the first workload that does not declare it")                    \
	COMPUTED(service, also_unresolved, TEXT, "",                          \
	    "the other named targetPorts that this workload does not "        \
	    "declare, such as 'admin', 'grpc'")

#define MONITOR_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(monitor, manifest, ONE(manifest), "", "the object itself")    \
	COMPUTED(monitor, kind, TEXT, "", "ServiceMonitor or PodMonitor")      \
	COMPUTED(monitor, name, TEXT, "", "metadata.name")                     \
	STORED(monitor, selector, TEXT, "",                                    \
	    "its selector, spelled as kubectl does; \"\" when it is for all")  \
	COMPUTED(monitor, services, MANY(service), "",                         \
	    "Services that a ServiceMonitor selects")                          \
	COMPUTED(monitor, workloads, MANY(workload), "",                       \
	    "workloads whose pods a PodMonitor selects")                       \
	COMPUTED(monitor, unresolved_port, TEXT, "",                           \
	    "the first port by name of its endpoints that nothing it selects " \
	    "has")

#define AUTOSCALER_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(autoscaler, manifest, ONE(manifest), "", "the object itself") \
	COMPUTED(autoscaler, kind, TEXT, "", "kind")                           \
	COMPUTED(autoscaler, name, TEXT, "", "metadata.name")                  \
	STORED(autoscaler, target_kind, TEXT, "", "kind of what it scales")    \
	STORED(autoscaler, target_name, TEXT, "", "name of what it scales")    \
	STORED(autoscaler, target_version, TEXT, "",                           \
	    "apiVersion of what it scales")                                    \
	STORED(autoscaler, target_fields, TEXT, "",                            \
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
	COMPUTED(autoscaler, unmeasured, ONE(container), "",                   \
	    "the first container of its targets without the request that a "   \
	    "utilisation is a part of")                                        \
	COMPUTED(autoscaler, unmeasured_resource, TEXT, "",                    \
	    "what that container does not request: cpu or memory")             \
	STORED(autoscaler, min_replicas, INT, "pods",                          \
	    "minReplicas, 1 when left out; KEDA's minReplicaCount, 0 when "    \
	    "left out")                                                        \
	STORED(autoscaler, may_rest, BOOL, "",                                 \
	    "it may scale to no pods: it has a metric of type Object or "      \
	    "External, or is KEDA's")                                          \
	STORED(autoscaler, max_replicas, INT, "pods",                          \
	    "maxReplicas; KEDA's maxReplicaCount, 100 when left out")

#define VPA_FIELDS(STORED, COMPUTED)                                          \
	COMPUTED(vpa, manifest, ONE(manifest), "", "the object itself")       \
	COMPUTED(vpa, name, TEXT, "", "metadata.name")                        \
	STORED(vpa, target_kind, TEXT, "", "kind of whose pods it sizes")     \
	STORED(vpa, target_name, TEXT, "", "name of whose pods it sizes")     \
	COMPUTED(vpa, targets, MANY(workload), "",                            \
	    "whose pods it sizes, as far as it is in the stream")             \
	COMPUTED(vpa, target_group, TEXT, "", "see autoscaler.target_group")  \
	COMPUTED(vpa, target_found, BOOL, "", "see autoscaler.target_found")  \
	COMPUTED(vpa, namesake, ONE(workload), "", "see autoscaler.namesake") \
	STORED(vpa, update_mode, TEXT, "",                                    \
	    "updatePolicy.updateMode: Off, Initial, Recreate, "               \
	    "InPlaceOrRecreate or Auto; Auto when left out")                  \
	COMPUTED(vpa, rival, ONE(autoscaler), "",                             \
	    "an autoscaler of the same target that scales by a utilisation, " \
	    "which is a part of a request that this one may set")             \
	COMPUTED(vpa, rival_resource, TEXT, "", "that request: cpu or memory")

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

#define MANGLED_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(mangled, manifest, ONE(manifest), "", "the object it is in")  \
	STORED(                                                                \
	    mangled, name, TEXT, "", "of the variable, the key or the option") \
	STORED(mangled, within, BOOL, "",                                      \
	    "it is one of the settings in a longer text")                      \
	STORED(mangled, value, TEXT, "", "as it is written")                   \
	STORED(mangled, number, INT, "", "what it was meant to be")

/* Known only when values were given. */
#define TOGGLE_FIELDS(STORED, COMPUTED)                                      \
	STORED(                                                              \
	    toggle, clause, TEXT, "", "the item, as the contract writes it") \
	STORED(toggle, path, TEXT, "", "the path into the values")           \
	STORED(toggle, wanted, TEXT, "",                                     \
	    "what follows the =; absent when there is none")                 \
	STORED(toggle, required, BOOL, "",                                   \
	    "it is of requiredToggles, else of forbiddenToggles")            \
	STORED(toggle, given, BOOL, "", "values were given")                 \
	STORED(toggle, holds, BOOL, "",                                      \
	    "the values are as the item asks; unknown without values, and "  \
	    "when a chart that was not given would decide")                  \
	STORED(toggle, value, TEXT, "",                                      \
	    "the value at the path; absent when it is not set")              \
	STORED(toggle, state, TEXT, "",                                      \
	    "how the value is, in words: is '3', is not set")                \
	STORED(toggle, option, TEXT, "",                                     \
	    "the --set that decided; absent when a file did")

#define AGREEMENT_FIELDS(STORED, COMPUTED)                                    \
	STORED(agreement, field, TEXT, "", "suite or values_file")            \
	STORED(                                                               \
	    agreement, matrix, TEXT, "", "what the install matrix has in it") \
	STORED(agreement, contract, TEXT, "", "what the contract has in it")  \
	STORED(agreement, agrees, BOOL, "", "both are the same")

#define INSTALL_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(                                                           \
	    install, name, TEXT, "", "the profile, as the matrix names it") \
	COMPUTED(install, suite, TEXT, "", "the suite that installs it")    \
	COMPUTED(install, values_file, TEXT, "", "its values file")         \
	COMPUTED(install, has_upgrade, BOOL, "",                            \
	    "the matrix has an upgrade scenario of the profile")            \
	COMPUTED(install, has_rollback, BOOL, "",                           \
	    "the matrix has a rollback scenario of the profile")

#define SCENARIO_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(scenario, name, TEXT, "", "its name")                         \
	COMPUTED(scenario, kind, TEXT, "", "install, upgrade or rollback")     \
	COMPUTED(scenario, suite, TEXT, "", "the suite that runs it")          \
	COMPUTED(scenario, baseline_ref, TEXT, "", "what is there before")     \
	COMPUTED(scenario, target_ref, TEXT, "", "what is there after")        \
	COMPUTED(scenario, missing_ref, TEXT, "",                              \
	    "the references that an upgrade or rollback lacks, absent when "   \
	    "it lacks none")                                                   \
	COMPUTED(                                                              \
	    scenario, leads_nowhere, BOOL, "", "both references are the same") \
	COMPUTED(scenario, course, TEXT, "",                                   \
	    "where it leads, in words, when it has both references")           \
	COMPUTED(scenario, upgrade, ONE(scenario), "",                         \
	    "of a rollback: the upgrade of the profile that it takes back, "   \
	    "else the first with both references")                             \
	COMPUTED(scenario, leads_back, BOOL, "",                               \
	    "of a rollback: its references are those of an upgrade of the "    \
	    "profile, reversed; true when there is no upgrade to compare it "  \
	    "with")

#define ASSET_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(asset, form, TEXT, "",                                      \
	    "what the file is: scenario, policy, invariants, compatibility " \
	    "or other; the fields below are those of a scenario")            \
	COMPUTED(asset, id, TEXT, "", "its id")                              \
	COMPUTED(asset, kind, TEXT, "", "patch, minor, major or rollback")   \
	COMPUTED(asset, rolls_back, BOOL, "", "kind is rollback")            \
	COMPUTED(asset, from_version, TEXT, "", "what is there before")      \
	COMPUTED(asset, to_version, TEXT, "", "what is there after")         \
	COMPUTED(asset, older, BOOL, "",                                     \
	    "to_version is older than from_version, as semver.org orders "   \
	    "them")                                                          \
	COMPUTED(asset, newer, BOOL, "",                                     \
	    "to_version is newer; neither when one of them is no version")   \
	COMPUTED(asset, course, TEXT, "",                                    \
	    "where it leads, in words, when that is the wrong way")          \
	COMPUTED(                                                            \
	    asset, steps, TEXT, "", "its steps, with \", \" between them")   \
	COMPUTED(asset, failure_expected, BOOL, "",                          \
	    "the upgrade before it is meant to fail; false when left out")

#endif
