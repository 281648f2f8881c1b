/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_OVERLAP_FIELDS_H
#define FACT_OVERLAP_FIELDS_H

#define OVERLAP_ENTITIES(ENTITY)                                              \
	ENTITY(exclusion, EXCLUSION_FIELDS,                                   \
	    "running pods that the new NetworkPolicies shut out while new "   \
	    "ones take their place")                                          \
	ENTITY(emptied, EMPTIED_FIELDS,                                       \
	    "a directory in which old pods keep data and new ones find none") \
	ENTITY(inherited, INHERITED_FIELDS,                                   \
	    "a database that keeps its volume while its version changes")     \
	ENTITY(skipped, SKIPPED_FIELDS,                                       \
	    "a hook that ran on an upgrade and does not any more, or later")

#define STRUCT_exclusion struct exclusion
#define STRUCT_emptied struct emptied
#define STRUCT_inherited struct inherited
#define STRUCT_skipped struct skipped

/* Of the release. */
#define OVERLAP_RELEASE_FIELDS(STORED, COMPUTED)           \
	COMPUTED(release, exclusions, MANY(exclusion), "", \
	    "all running pods that the new NetworkPolicies shut out")

#define EXCLUSION_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(exclusion, manifest, ONE(manifest), "",                      \
	    "the NetworkPolicy, as an object")                                \
	COMPUTED(exclusion, policy, ONE(networkpolicy), "",                   \
	    "the new NetworkPolicy that lets new pods through and not these") \
	COMPUTED(exclusion, workload, ONE(workload), "",                      \
	    "whose running pods they are, in the release that runs now")      \
	COMPUTED(exclusion, peer, ONE(workload), "",                          \
	    "the workload at the other end, for from and to; else absent")    \
	COMPUTED(exclusion, service, ONE(service), "",                        \
	    "the Service that leads to them, for port and selector")          \
	STORED(exclusion, way, TEXT, "",                                      \
	    "port: no rule admits the port they listen on; selector: what "   \
	    "admits it selects the new pods alone; from: they may not "       \
	    "connect to the peer; to: the peer may not connect to them; "     \
	    "egress: they may not connect at all")                             \
	STORED(exclusion, port, INT, "", "the port, for port and selector")   \
	STORED(exclusion, labels, TEXT, "",                                   \
	    "the selector that new pods meet and they do not, spelled as "    \
	    "kubectl does")                                                   \
	STORED(exclusion, where, TEXT, "",                                    \
	    "name of the policy, at the field that decides it")

#define EMPTIED_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(emptied, manifest, ONE(manifest), "",                        \
	    "the new object that has the pod template")                       \
	COMPUTED(emptied, workload, ONE(workload), "", "whose new pods it is") \
	COMPUTED(emptied, previous, ONE(workload), "",                        \
	    "whose old pods, in the release that runs now")                   \
	STORED(emptied, path, TEXT, "",                                       \
	    "the directory, at what is mounted there from now on")            \
	STORED(emptied, claim, TEXT, "",                                      \
	    "name of the claim that old pods mount there; of a StatefulSet "  \
	    "the first of them")                                              \
	STORED(emptied, part, TEXT, "",                                       \
	    "where they mount the same claim by another subPath the one of "  \
	    "the old pods, \"\" when they mount all of it; else absent")      \
	STORED(emptied, moved, BOOL, "",                                      \
	    "they mount the claim at another path, which is in to, and are "  \
	    "told nothing else than the old ones; else absent")               \
	STORED(emptied, to, TEXT, "",                                         \
	    "what new pods mount there, in words")

#define INHERITED_FIELDS(STORED, COMPUTED)                                   \
	COMPUTED(inherited, manifest, ONE(manifest), "",                     \
	    "the new object that has the pod template")                      \
	COMPUTED(inherited, transition, ONE(transition), "",                 \
	    "what becomes of its pods")                                      \
	STORED(inherited, server, TEXT, "",                                  \
	    "which database: PostgreSQL, MySQL, MongoDB, Elasticsearch, "    \
	    "OpenSearch, Redis or RabbitMQ")                                 \
	STORED(inherited, from, TEXT, "",                                    \
	    "tag of its image in the release that runs now")                 \
	STORED(inherited, to, TEXT, "", "tag of its new image")              \
	STORED(inherited, opens, BOOL, "",                                   \
	    "the new version opens what that of now has written; true when " \
	    "in doubt")                                                      \
	STORED(inherited, goes_back, BOOL, "",                               \
	    "that of now opens what the new one writes; true when in doubt")

#define SKIPPED_FIELDS(STORED, COMPUTED)                                     \
	COMPUTED(skipped, manifest, ONE(manifest), "",                       \
	    "the hook in the new release; of what is gone, in the one that " \
	    "runs now")                                                      \
	COMPUTED(skipped, next, ONE(manifest), "",                           \
	    "the hook that now runs before it, for order; else absent")      \
	STORED(skipped, way, TEXT, "",                                       \
	    "gone: it is removed, and no new one has its event; never: it "  \
	    "is for installs alone; after: it ran before the upgrade; "      \
	    "order: a hook that it ran before now runs before it")           \
	STORED(skipped, goes_on, BOOL, "",                                   \
	    "of one that is gone: the new release still runs its image")

#endif
