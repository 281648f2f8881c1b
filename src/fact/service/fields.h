/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_SERVICE_FIELDS_H
#define FACT_SERVICE_FIELDS_H

#define SERVICE_ENTITIES(ENTITY)                                               \
	ENTITY(service, SERVICE_FIELDS, "a Service")                           \
	ENTITY(backend, BACKEND_FIELDS,                                        \
	    "a Service that an Ingress, a route, a webhook, an APIService or " \
	    "a StatefulSet names")                                             \
	ENTITY(entry, ENTRY_FIELDS,                                            \
	    "a host and path whose requests an Ingress takes, all of them")    \
	ENTITY(destination, DESTINATION_FIELDS,                                \
	    "where a VirtualService of Istio sends requests, mirrors aside")   \
	ENTITY(monitor, MONITOR_FIELDS,                                        \
	    "a ServiceMonitor or PodMonitor of the Prometheus operator")

#define STRUCT_service struct service
#define STRUCT_backend struct backend
#define STRUCT_entry struct ingress_entry
#define STRUCT_destination struct destination
#define STRUCT_monitor struct monitor

/* Of every workload. */
#define SERVICE_WORKLOAD_FIELDS(STORED, COMPUTED)                           \
	COMPUTED(workload, awaited_circle, ONE(workload), "",               \
	    "a workload that its init containers wait for, and whose own "  \
	    "wait for it, maybe by way of others; told of the first only")  \
	COMPUTED(workload, blocked_ports, TEXT, "",                         \
	    "ports that Services target and no NetworkPolicy lets anybody " \
	    "reach, such as 8080 (Service 'web')")                          \
	COMPUTED(workload, blocked_services, MANY(service), "",             \
	    "the Services of these ports")                                  \
	COMPUTED(                                                           \
	    workload, served, BOOL, "", "one of its containers is served")  \
	COMPUTED(workload, served_by, TEXT, "",                             \
	    "what leads requests to it, a clause such as \"Service 'web' "  \
	    "sends requests to it\"; absent when it is not served")         \
	COMPUTED(workload, mounted_secrets, TEXTS, "",                      \
	    "names of the Secrets that its pods mount as volumes; absent "  \
	    "when there are none")                                          \
	COMPUTED(workload, clustered, BOOL, "",                             \
	    "its pods find each other: a headless Service lists them even " \
	    "when they are not ready, or a port's name says gossip, raft, " \
	    "peer and the like")                                            \
	COMPUTED(workload, lb_drain_seconds, INT, "seconds",                \
	    "how long a load balancer in front is told to leave requests "  \
	    "on a pod that ends; absent when nothing says")                 \
	COMPUTED(workload, registered, BOOL, "",                            \
	    "a load balancer in front sends requests to its pods by their " \
	    "addresses, and takes each of them out when it ends; absent "   \
	    "when nothing says")                                            \
	COMPUTED(workload, reached_by, MANY(service), "",                   \
	    "Services that send its pods requests: of those that select "   \
	    "them the ones with a port by number, or by a name that it "    \
	    "declares")                                                     \
	COMPUTED(workload, services, MANY(service), "",                     \
	    "Services that select its pods")

/* Of every container. */
#define SERVICE_CONTAINER_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(container, served, BOOL, "",                                  \
	    "requests of clients reach it: a Service of the stream leads to "  \
	    "one of its ports, it has a hostPort, or the stream has no "       \
	    "Service and it declares a port; not by ports whose names say "    \
	    "that they are watched (metrics, health) or for the members of a " \
	    "cluster (gossip); unknown when it is filled in")                  \
	COMPUTED(container, served_by, TEXT, "",                               \
	    "what leads requests to it, as of a workload")                     \
	COMPUTED(container, found_by_name, BOOL, "",                           \
	    "it is served by headless Services only, whose clients choose a "  \
	    "pod themselves")                                                  \
	COMPUTED(container, served_by_guess, BOOL, "",                         \
	    "no container declares the port of the Service that leads to it: " \
	    "another one may be meant")

#define SERVICE_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(service, manifest, ONE(manifest), "", "the object itself")   \
	COMPUTED(service, name, TEXT, "", "metadata.name")                    \
	COMPUTED(service, taken_node_port, INT, "",                           \
	    "the first port of the nodes that an earlier Service asks for, "  \
	    "too, of the same protocol")                                      \
	COMPUTED(service, port_taker, ONE(service), "", "that Service")       \
	STORED(service, type, TEXT, "", "spec.type; ClusterIP when left out") \
	STORED(service, headless, BOOL, "", "clusterIP is None")              \
	STORED(service, internal_traffic, TEXT, "",                           \
	    "internalTrafficPolicy; Cluster when left out")                   \
	STORED(service, registers_pods, BOOL, "",                             \
	    "its annotations have a load balancer send requests to pods by "  \
	    "their addresses: NLB with targets by IP, NEGs of Google")        \
	STORED(service, publishes_not_ready, BOOL, "",                        \
	    "publishNotReadyAddresses; false when left out")                  \
	COMPUTED(service, has_ports, BOOL, "",                                \
	    "it has ports; a headless one needs none to name its pods")       \
	COMPUTED(service, workloads, MANY(workload), "",                      \
	    "workloads whose pods it selects")                                \
	STORED(service, abandoned, BOOL, "",                                  \
	    "the upgrade takes its pods and brings no others, which is told " \
	    "as a cut")                                                       \
	STORED(service, selector, TEXT, "",                                   \
	    "its selector, spelled as kubectl does; absent when it has none") \
	COMPUTED(service, unresolved_port, TEXT, "",                          \
	    "the first named targetPort that one of its workloads does not "  \
	    "declare")                                                        \
	COMPUTED(service, unresolved_in, ONE(workload), "",                   \
	    "the first workload that does not declare it")                    \
	COMPUTED(service, undeclared_port, INT, "",                           \
	    "its first targetPort, where all are numbers and none of its "    \
	    "workloads declares or probes any of them, though they declare "  \
	    "ports for clients")                                              \
	COMPUTED(service, refused_port, INT, "",                              \
	    "the first targetPort by number that one of its workloads "       \
	    "declares, and another does not though it declares its ports")    \
	COMPUTED(service, refused_by, ONE(workload), "",                      \
	    "the first workload that does not declare it")                    \
	COMPUTED(service, answered_by, ONE(workload), "",                     \
	    "the first workload that does")                                   \
	COMPUTED(service, plain_rule, ONE(manifest), "",                      \
	    "a DestinationRule of Istio that has requests to it sent in "     \
	    "plain text, though proxies of its pods take mutual TLS only")    \
	COMPUTED(service, strict_policy, ONE(manifest), "",                   \
	    "the PeerAuthentication of the namespace that says so")           \
	COMPUTED(service, lb_scheme, TEXT, "",                                \
	    "internal or external, as an annotation of its cloud says for "   \
	    "its load balancer; absent when none does")                       \
	COMPUTED(service, scheme_before, TEXT, "",                            \
	    "the same in the release that runs now, where both have a load "  \
	    "balancer and it is another; absent else")                        \
	COMPUTED(service, also_unresolved, TEXT, "",                          \
	    "the other named targetPorts that this workload does not "        \
	    "declare, such as 'admin', 'grpc'")

#define BACKEND_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(                                                              \
	    backend, manifest, ONE(manifest), "", "the object that names it")  \
	COMPUTED(backend, kind, TEXT, "", "kind of the object")                \
	COMPUTED(backend, name, TEXT, "", "metadata.name of the object")       \
	STORED(backend, service_name, TEXT, "", "the name of the Service")     \
	STORED(backend, port, TEXT, "",                                        \
	    "the port that is named, by number or name; absent when none is")  \
	COMPUTED(backend, service, ONE(service), "",                           \
	    "the Service; absent when it is not in the stream, unknown when "  \
	    "the namespaces cannot tell")                                      \
	COMPUTED(backend, near, ONE(service), "",                              \
	    "where the Service is absent, one of its namespace whose name is " \
	    "a slip of the pen away")                                          \
	COMPUTED(backend, has_port, BOOL, "",                                  \
	    "the Service has the port, or none is named")                      \
	COMPUTED(backend, ports, TEXT, "",                                     \
	    "where it has not, the ports that it has, such as 80 ('http'), "   \
	    "9090")                                                            \
	COMPUTED(backend, repeats, BOOL, "",                                   \
	    "the object names the same Service and port before, for the "      \
	    "same requests")                                                   \
	STORED(backend, governs, BOOL, "",                                     \
	    "the object is a StatefulSet whose pods get their names by it")    \
	STORED(backend, advertised, BOOL, "",                                  \
	    "the containers of that StatefulSet are told names of pods under " \
	    "it")                                                              \
	STORED(backend, fails_closed, BOOL, "",                                \
	    "a webhook that must answer: failurePolicy Fail")                  \
	STORED(backend, for_pods, BOOL, "",                                    \
	    "a webhook that is asked before a pod is created, without a "      \
	    "selector or condition that could leave out some")                 \
	COMPUTED(backend, caught, ONE(manifest), "",                           \
	    "a custom resource of the stream, hooks aside, that a webhook "    \
	    "must admit before it is created, as it fails closed and nothing " \
	    "leaves some out")                                                 \
	COMPUTED(backend, bundle, TEXT, "", "of a webhook: caBundle")          \
	COMPUTED(backend, untrusted_secret, ONE(manifest), "",                 \
	    "of a webhook: the Secret that its pods mount, whose certificate " \
	    "none of caBundle has signed")                                     \
	STORED(backend, injected_from, TEXT, "",                               \
	    "of a webhook: the Certificate whose authority cert-manager puts " \
	    "into caBundle (cert-manager.io/inject-ca-from)")                  \
	COMPUTED(backend, injected_for, ONE(manifest), "",                     \
	    "the Certificate that its pods serve, where the stream lacks "     \
	    "that one")                                                        \
	COMPUTED(backend, issued_by, ONE(manifest), "",                        \
	    "the Certificate that its pods serve, where it is for other "      \
	    "hosts than the API server asks")                                  \
	COMPUTED(backend, uncovered, TEXT, "",                                 \
	    "the host that it asks then, such as guard.shop.svc")              \
	COMPUTED(backend, granted, BOOL, "",                                   \
	    "no other namespace has to allow it, or one does; false of a "     \
	    "route of the Gateway API to a Service of another namespace, "     \
	    "where the stream has no ReferenceGrant of that namespace")        \
	STORED(backend, needs_node_ports, BOOL, "",                            \
	    "an Ingress whose load balancer sends requests to ports of the "   \
	    "nodes: ALB with target-type instance")                            \
	STORED(backend, registers_pods, BOOL, "",                              \
	    "an Ingress whose load balancer sends requests to pods by their "  \
	    "addresses: ALB with target-type ip")                              \
	STORED(backend, for_built_ins, BOOL, "",                               \
	    "a webhook that is asked about objects of Kubernetes itself, not " \
	    "only of custom resources")

#define ENTRY_FIELDS(STORED, COMPUTED)                                         \
	COMPUTED(entry, manifest, ONE(manifest), "", "the Ingress")            \
	STORED(entry, class, TEXT, "",                                         \
	    "ingressClassName, or the annotation that was there before; \"\" " \
	    "when left out")                                                   \
	STORED(entry, host, TEXT, "", "the host; \"\" for all")                \
	STORED(entry, path, TEXT, "", "the path; / when left out")             \
	STORED(entry, rival, ONE(entry), "",                                   \
	    "the first of another Ingress of the same class with the same "    \
	    "host, path and pathType")

#define DESTINATION_FIELDS(STORED, COMPUTED)                                  \
	COMPUTED(                                                             \
	    destination, manifest, ONE(manifest), "", "the VirtualService")   \
	STORED(destination, host, TEXT, "", "the host, as it is written")     \
	STORED(destination, subset, TEXT, "",                                 \
	    "the subset; absent when none is named")                          \
	STORED(destination, port, INT, "",                                    \
	    "the number of the port; absent when none is named")              \
	COMPUTED(destination, rule, ONE(manifest), "",                        \
	    "the last DestinationRule of the stream for that host")           \
	COMPUTED(destination, service, ONE(service), "",                      \
	    "the Service of that host, when it is in the stream")             \
	COMPUTED(destination, defined, BOOL, "",                              \
	    "a DestinationRule for that host defines the subset; true when "  \
	    "none is in the stream")                                          \
	COMPUTED(destination, unmet, TEXT, "",                                \
	    "the labels of the subset, where none of the pods that the "      \
	    "Service selects has them; absent when one does, or may")         \
	COMPUTED(destination, ports, TEXT, "",                                \
	    "where the Service lacks the port, the ports that it has, such "  \
	    "as 80 ('http'), 9090")                                           \
	COMPUTED(destination, half_qualified, BOOL, "",                       \
	    "the host is the Service's name and namespace without the "       \
	    "domain of the cluster, such as web.shop or web.shop.svc, which " \
	    "Istio does not complete")

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

#endif
