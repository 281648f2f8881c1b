/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_APPLY_FIELDS_H
#define FACT_APPLY_FIELDS_H

#define APPLY_ENTITIES(ENTITY)                                              \
	ENTITY(conflict, CONFLICT_FIELDS,                                   \
	    "a field that a controller writes and owns, for which a later " \
	    "server-side apply, such as an upgrade by Helm 4, is refused")

#define STRUCT_conflict struct conflict

/* Of every manifest. */
#define APPLY_MANIFEST_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(manifest, json_bytes, INT, "bytes",                        \
	    "how large it is at least as JSON, as kubectl apply keeps it "  \
	    "in an annotation; absent when it is far from too large")

#define CONFLICT_FIELDS(STORED, COMPUTED)                                   \
	COMPUTED(conflict, manifest, ONE(manifest), "",                     \
	    "the object with the field, or the Rollout that names it")      \
	COMPUTED(conflict, workload, ONE(workload), "",                     \
	    "that object, a workload in either case")                       \
	STORED(conflict, form, TEXT, "",                                    \
	    "which field: replicas, selector (of Services that a Rollout "  \
	    "names), subsets (of a DestinationRule), quantity (of its pod " \
	    "template)")                                                    \
	STORED(conflict, field, TEXT, "",                                   \
	    "where it is in the objects, such as spec.selector")            \
	COMPUTED(conflict, objects, MANY(manifest), "",                     \
	    "the objects with the field, which are refused")                \
	STORED(conflict, named, TEXT, "",                                   \
	    "these in words, such as Service 'web'; of a quantity its key") \
	STORED(conflict, written, TEXT, "",                                 \
	    "replicas or the quantity as the manifest has it")              \
	STORED(conflict, becomes, TEXT, "",                                 \
	    "what the controller makes of that; absent when it depends on " \
	    "the load")                                                     \
	COMPUTED(conflict, strikes, BOOL, "",                               \
	    "the release that runs now (--previous) has it, too, so the "   \
	    "controller owns the field by now")                             \
	STORED(conflict, certain, BOOL, "",                                 \
	    "the controller writes the field whatever the load")            \
	COMPUTED(conflict, autoscaler, ONE(autoscaler), "",                 \
	    "who writes replicas; absent when it is a Rollout")

#endif
