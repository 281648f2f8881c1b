/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_POD_FIELDS_H
#define FACT_POD_FIELDS_H

#define POD_ENTITIES(ENTITY)                                                 \
	ENTITY(probe, PROBE_FIELDS, "a probe of a container")                \
	ENTITY(mangled, MANGLED_FIELDS,                                      \
	    "a whole number that was printed as a float, in an environment " \
	    "variable, an argument, a ConfigMap or a Secret")

#define STRUCT_probe struct probe
#define STRUCT_mangled struct mangled

/* Of every workload. */
#define POD_WORKLOAD_FIELDS(STORED, COMPUTED)                                  \
	COMPUTED(workload, exclusive_claim, TEXT, "",                          \
	    "a claim its pods mount that one node at a time may use: it is "   \
	    "ReadWriteOnce or ReadWriteOncePod, or not in the stream")         \
	COMPUTED(workload, exclusive_access, TEXT, "",                         \
	    "access mode of the exclusive claim, when it is in the stream")    \
	COMPUTED(workload, shared_claim, TEXT, "",                             \
	    "a claim for one node that another workload, an earlier one or a " \
	    "Job, mounts as well, and nothing keeps their pods together")      \
	COMPUTED(                                                              \
	    workload, claim_sharer, ONE(workload), "", "that other workload")  \
	COMPUTED(workload, stays_close, BOOL, "",                              \
	    "its pods must run on one node by name, or where other pods run")  \
	COMPUTED(workload, holds_data, BOOL, "",                               \
	    "its pods have data that others cannot share: an exclusive claim " \
	    "or volumeClaimTemplates")                                         \
	COMPUTED(workload, declares_ports, BOOL, "",                           \
	    "a container of its pods declares a port")                         \
	COMPUTED(workload, only_waits, BOOL, "",                               \
	    "its containers do nothing but wait, so that nothing is lost "     \
	    "with a pod: an image named pause, sleep, tail -f /dev/null")      \
	STORED(workload, host_network, BOOL, "",                               \
	    "hostNetwork of the pod; false when left out")                     \
	COMPUTED(workload, twin, ONE(workload), "",                            \
	    "of a Rollout the Deployment for the same pods, and the reverse; " \
	    "not the one that workloadRef names")                              \
	COMPUTED(workload, drift, TEXT, "",                                    \
	    "where its pod template differs from its twin's: probes, "         \
	    "lifecycle, ports, environment, grace period")                     \
	COMPUTED(workload, migration, TEXT, "",                                \
	    "name of the first container, init containers before the others, " \
	    "that is told to change the schema of a database: manage.py "      \
	    "migrate, rails db:migrate, alembic upgrade, flyway migrate")      \
	COMPUTED(workload, pinned_node, TEXT, "",                              \
	    "the one node that its pods must run on: nodeName, or "            \
	    "nodeSelector by kubernetes.io/hostname")                          \
	COMPUTED(workload, ready_gate, TEXT, "",                               \
	    "a condition in its readinessGates, which somebody else sets "     \
	    "before a pod is ready; not InPlaceUpdateReady of OpenKruise")     \
	COMPUTED(workload, refused_root, TEXT, "",                             \
	    "name of the first container whose runAsNonRoot is true and "      \
	    "whose runAsUser is 0")                                            \
	COMPUTED(workload, unending, TEXT, "",                                 \
	    "of a Job or CronJob a container that goes on beside the work, "   \
	    "such as a proxy that is not a native sidecar, and that nothing "  \
	    "seems to end")                                                    \
	COMPUTED(workload, unending_mesh, BOOL, "",                            \
	    "a Job or CronJob asks for the proxy of a service mesh, and "      \
	    "nothing seems to end that")                                       \
	COMPUTED(workload, awaited_hosts, TEXTS, "",                           \
	    "names of hosts, as far as they may be Services, that its init "   \
	    "containers, or a postStart, ask in scripts that do not give up")  \
	COMPUTED(workload, awaited_services, MANY(service), "",                \
	    "Services of these names, in whatever namespace")                  \
	COMPUTED(workload, dns_policy, TEXT, "",                               \
	    "dnsPolicy of pods that resolve names as their node does, not "    \
	    "the cluster's DNS: Default or ClusterFirst; absent when it is "   \
	    "left out, or they do not")                                        \
	COMPUTED(workload, unresolved_hosts, TEXTS, "",                        \
	    "names of hosts, as far as they may be Services, that its "        \
	    "containers are told, where hostNetwork with dnsPolicy "           \
	    "ClusterFirst, or Default, asks the node's resolver for them")     \
	COMPUTED(workload, unresolved_services, MANY(service), "",             \
	    "Services of these names, in whatever namespace")                  \
	COMPUTED(workload, open_tmpfs, TEXT, "",                             \
	    "name of the first emptyDir in memory without a sizeLimit that " \
	    "a container without a memory limit writes to")                  \
	COMPUTED(workload, tmpfs, TEXT, "",                                    \
	    "sizeLimit of an emptyDir in memory that is above the memory "     \
	    "limit of every container that writes to it; absent when there "   \
	    "is none, or one of them has no limit")                            \
	COMPUTED(workload, tmpfs_volume, TEXT, "", "that volume")              \
	COMPUTED(                                                              \
	    workload, tmpfs_limit, TEXT, "", "the largest of these limits")    \
	COMPUTED(workload, claim_user, INT, "",                                \
	    "runAsUser of the only container that writes to a claim; absent "  \
	    "when it has none, or a group of its own")                         \
	COMPUTED(workload, claim_written, TEXT, "",                            \
	    "the volume of its first claim")                                   \
	COMPUTED(workload, shares_files, BOOL, "",                             \
	    "where there is one: files of claims may be its own all the "      \
	    "same, by a group of the pod or an init container")                \
	COMPUTED(workload, priority_class, TEXT, "", "priorityClassName")      \
	STORED(workload, pod_fields, TEXTS, "",                                \
	    "names of the fields of its pods' spec, at the place where "       \
	    "another can be inserted")

/* Of every container. */
#define POD_CONTAINER_FIELDS(STORED, COMPUTED)                               \
	COMPUTED(container, readiness, ONE(probe), "", "readinessProbe")     \
	COMPUTED(container, liveness, ONE(probe), "", "livenessProbe")       \
	COMPUTED(container, startup, ONE(probe), "", "startupProbe")         \
	STORED(container, starts_after_seconds, INT, "seconds",              \
	    "how long the native sidecars before it may take to start, one " \
	    "after the other, by their startupProbes; init containers that " \
	    "end take longer still")                                         \
	COMPUTED(container, start_seconds, INT, "seconds",                   \
	    "the longest that its probes let it take from its own start "    \
	    "until it is ready: startupProbe until it fails, then "          \
	    "readinessProbe: delay, success threshold x period")             \
	COMPUTED(container, least_start_seconds, INT, "seconds",             \
	    "the least that its probes let it take from its own start "      \
	    "until it is ready")                                             \
	COMPUTED(container, least_deadline_seconds, INT, "seconds",          \
	    "the least progressDeadlineSeconds that such a start fits in: "  \
	    "one more than the sidecars before and the start take, or than " \
	    "minReadySeconds alone")                                         \
	STORED(container, only_waits, BOOL, "",                              \
	    "it does nothing but wait: an image named pause, sleep, "        \
	    "tail -f /dev/null")                                             \
	STORED(container, declared_ports, TEXT, "",                          \
	    "the ports it declares, such as http 8080, 53/UDP")              \
	COMPUTED(container, ready_with, ONE(container), "",                  \
	    "another container of its pod, but no helper of the others, "    \
	    "whose readinessProbe the pod waits for")                        \
	COMPUTED(container, empty_readiness, BOOL, "",                       \
	    "there is a readinessProbe, but it has no handler")              \
	STORED(container, filled_in, BOOL, "",                               \
	    "an admission webhook puts a container in its place: its image " \
	    "is auto, and the pod template asks for injection")              \
	COMPUTED(container, image_fault, TEXT, "",                           \
	    "why no kubelet can read its image, in words; absent when one "  \
	    "can, or where a later step fills it in")                        \
	STORED(container, pull_policy, TEXT, "",                             \
	    "imagePullPolicy; when left out Always for an image without a "  \
	    "tag or with latest, else IfNotPresent")                         \
	COMPUTED(container, heap, TEXT, "",                                  \
	    "its memory limit, where a heap it is told to take (-Xmx, "      \
	    "--max-old-space-size, GOMEMLIMIT) is larger")                   \
	COMPUTED(container, heap_mebibytes, INT, "mebibytes", "that heap")   \
	COMPUTED(container, taken_port, INT, "",                             \
	    "its first port for TCP, where a container before it in the "    \
	    "pod declares that as its first one, too")                       \
	COMPUTED(container, port_variable, TEXT, "",                         \
	    "a variable such as MEMOS_PORT, which the program of its image " \
	    "takes its port from, and which it does not set itself")         \
	COMPUTED(container, early_variable, TEXT, "",                        \
	    "the first variable that another names with $(NAME) above the "  \
	    "place where it is defined")                                     \
	STORED(container, first_port, INT, "",                               \
	    "the first port it declares for TCP")

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
	COMPUTED(probe, asks_node, BOOL, "",                                  \
	    "its host is a loopback address, such as localhost, and so that " \
	    "of the node it is asked from; false with hostNetwork, where "    \
	    "that is the pod's own")                                          \
	COMPUTED(probe, asked_host, TEXT, "",                                  \
	    "the first host that its command asks, as far as it may be a "    \
	    "Service")                                                        \
	COMPUTED(probe, asked_services, MANY(service), "",                    \
	    "Services of that name, in whatever namespace")                   \
	COMPUTED(probe, always_succeeds, BOOL, "",                             \
	    "its command succeeds whatever the container does: true, exit 0, " \
	    "an echo at the end; absent when it may fail")                    \
	COMPUTED(probe, slow_command, TEXT, "",                                \
	    "a program of its command that takes a second or more to start, " \
	    "by a Java, Erlang or JavaScript runtime: rabbitmq-diagnostics, " \
	    "nodetool, mongosh; absent when there is none")                   \
	STORED(probe, asked_port, TEXT, "",                                   \
	    "the port as it is written, a number or a name")                  \
	STORED(probe, port_name, TEXT, "",                                    \
	    "port when that is a name; a number in quotes is one too")        \
	STORED(probe, port, INT, "",                                          \
	    "port as a number; absent for a name that its container does "    \
	    "not declare")                                                    \
	COMPUTED(probe, port_valid, BOOL, "",                                 \
	    "there is a port, it is a number or stands for one, and that is " \
	    "from 1 to 65535")                                                \
	STORED(probe, port_protocol, TEXT, "",                                \
	    "protocol for which a container of the pod declares the port; "   \
	    "TCP when there are several, absent when undeclared")     \
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
	    "how long a running container may fail it: failure threshold x "  \
	    "the longer of period and timeout, as one attempt waits for the " \
	    "other")                                                          \
	COMPUTED(probe, fails_after_seconds, INT, "seconds",                  \
	    "when a container that never answers has failed it: initial "     \
	    "delay + tolerated seconds")                                      \
	COMPUTED(probe, grace_seconds, INT, "seconds",                         \
	    "terminationGracePeriodSeconds of the probe itself, for the "     \
	    "container that it kills")                                        \
	COMPUTED(probe, earliest_success_seconds, INT, "seconds",             \
	    "when it succeeds at the earliest: initial delay + period x "     \
	    "(success threshold - 1)")

#define MANGLED_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(mangled, manifest, ONE(manifest), "", "the object it is in")  \
	STORED(                                                                \
	    mangled, name, TEXT, "", "of the variable, the key or the option") \
	STORED(mangled, within, BOOL, "",                                      \
	    "it is one of the settings in a longer text")                      \
	STORED(mangled, value, TEXT, "", "as it is written")                   \
	STORED(mangled, number, INT, "", "what it was meant to be")

#endif
