/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_CUT_FIELDS_H
#define FACT_CUT_FIELDS_H

#define CUT_ENTITIES(ENTITY)                                                   \
	ENTITY(entrance, ENTRANCE_FIELDS,                                      \
	    "a host and path by which requests come from outside; with "       \
	    "--previous alone")                                                \
	ENTITY(cut, CUT_FIELDS,                                                \
	    "a Service, or a worker, that has no endpoint while the "          \
	    "upgrade is on its way")

#define STRUCT_cut struct cut
#define STRUCT_entrance struct entrance

/* Of the release. */
#define CUT_RELEASE_FIELDS(STORED, COMPUTED)         \
	COMPUTED(release, cuts, MANY(cut), "",       \
	    "all Services and workers that have no endpoint for a time")

#define ENTRANCE_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(entrance, manifest, ONE(manifest), "",                        \
	    "the Ingress or route")                                            \
	STORED(entrance, host, TEXT, "", "the host; \"\" for all")             \
	STORED(entrance, path, TEXT, "", "the path; / when left out")

#define CUT_FIELDS(STORED, COMPUTED)                                           \
	COMPUTED(cut, manifest, ONE(manifest), "",                             \
	    "the Service or worker in the new release; what is gone, in the "  \
	    "one that runs now")                                               \
	COMPUTED(cut, service, ONE(service), "",                               \
	    "the Service that runs now; absent for a worker, which has none")  \
	COMPUTED(cut, workload, ONE(workload), "",                             \
	    "the workload whose pods answer now")                              \
	COMPUTED(cut, next, ONE(workload), "",                                 \
	    "the one whose pods will; absent when there is none")              \
	STORED(cut, reason, TEXT, "",                                          \
	    "selector: it selects no old pod; port: it has no such port any "  \
	    "more; target, number: its port leads where no old pod listens; "  \
	    "entry: no route leads to it any more; host, path: none takes "    \
	    "that one; gone: the Service is removed; gone with its pods: "     \
	    "they, too; moved: both, and others of another name start; "       \
	    "replaced: what makes the old pods is deleted while the next "     \
	    "starts; abandoned: it is deleted and none is next; unmatched: "   \
	    "it selects no pod, old or new; unselected: it has no selector "   \
	    "any more; class: its Ingress moves to another one; external: it " \
	    "becomes a name for another host; balancer, "                      \
	    "address, node port, node ports: what it is "                      \
	    "reached by from outside is gone")                                 \
	STORED(cut, port, INT, "",                                             \
	    "the Service's port, for port and target; its node port, for "     \
	    "these")                                                           \
	STORED(cut, target, TEXT, "",                                          \
	    "what the port leads to in the new release, a name or a number; "  \
	    "the path, for host and path; the address or class before; for "   \
	    "external the host")                                               \
	STORED(cut, host, TEXT, "", "the host, for host and path")             \
	STORED(cut, has_entry, BOOL, "",                                       \
	    "an Ingress or route of the new release leads to the Service")     \
	STORED(cut, least_seconds, INT, "seconds",                             \
	    "the least that probes let the next pods take to be ready")        \
	STORED(cut, later, BOOL, "",                                           \
	    "it is to come of what a refused upgrade does not do, such as a "  \
	    "deletion: so not before one is accepted")                         \
	STORED(cut, lasts, BOOL, "",                                           \
	    "the next pods are refused, so that it lasts until somebody acts") \
	STORED(cut, where, TEXT, "", "the field that decides it")              \
	STORED(cut, for_clients, BOOL, "",                                     \
	    "the Service is for requests of clients, not for metrics, health " \
	    "or the members of a cluster, nor for the API server alone, "      \
	    "whose webhooks go with what is gone")

#endif
