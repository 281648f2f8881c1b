/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_ATTACH_FIELDS_H
#define FACT_ATTACH_FIELDS_H

#define ATTACH_ENTITIES(ENTITY)                                               \
	ENTITY(attachment, ATTACHMENT_FIELDS,                                 \
	    "a Gateway that a route of the Gateway API names in parentRefs, " \
	    "or a VirtualService of Istio in gateways")

#define STRUCT_attachment struct attachment

#define ATTACHMENT_FIELDS(STORED, COMPUTED)                                   \
	COMPUTED(attachment, manifest, ONE(manifest), "", "the route")        \
	STORED(attachment, gateway_name, TEXT, "", "the name of the Gateway") \
	STORED(attachment, section, TEXT, "",                                 \
	    "sectionName: the listener of that name")                         \
	STORED(attachment, port, INT, "", "the port of the listener")         \
	COMPUTED(attachment, gateway, ONE(manifest), "",                      \
	    "the Gateway; absent when the release has none of that name")     \
	COMPUTED(attachment, unnamed, ONE(manifest), "",                      \
	    "where it is absent: the only one of its namespace, which no "    \
	    "route names, though a listener has a host of the route")         \
	COMPUTED(attachment, lacks, TEXT, "",                                 \
	    "what no listener of the Gateway has for the route: section, "    \
	    "port, namespace, protocol, kind or host; absent when one takes " \
	    "it, or may")

#endif
