/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_TAKEN_FIELDS_H
#define FACT_TAKEN_FIELDS_H

#define TAKEN_ENTITIES(ENTITY)                                               \
	ENTITY(taking, TAKING_FIELDS,                                        \
	    "what an object has to itself: a Secret that it has written, a " \
	    "port of nodes, an address, a volume")

#define STRUCT_taking struct taking

#define TAKING_FIELDS(STORED, COMPUTED)                                        \
	COMPUTED(taking, manifest, ONE(manifest), "", "the object")            \
	COMPUTED(taking, of, TEXT, "",                                         \
	    "what kind of thing that is: Secret, host port, clusterIP, "       \
	    "address or volume")                                               \
	STORED(taking, name, TEXT, "", "its name, number or address")          \
	COMPUTED(taking, by_annotation, BOOL, "",                              \
	    "an annotation has cert-manager write the Secret")                 \
	COMPUTED(taking, rival, ONE(taking), "",                               \
	    "the same thing of an earlier object that is in its way; of host " \
	    "ports where both are on a node for sure, of annotations where "   \
	    "they are for other hosts")                                        \
	COMPUTED(taking, passed, TEXT, "",                                     \
	    "of a Certificate whose Secret none names: the Secret that an "    \
	    "Ingress or Gateway of its hosts names, and nothing makes")        \
	COMPUTED(taking, passed_by, ONE(manifest), "", "that object")          \
	COMPUTED(taking, passed_like, BOOL, "",                                \
	    "the names of both Secrets are alike")

#endif
