/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_REFUSAL_FIELDS_H
#define FACT_REFUSAL_FIELDS_H

#define REFUSAL_ENTITIES(ENTITY)                                           \
	ENTITY(refusal, REFUSAL_FIELDS,                                    \
	    "a fault for which the API server or a controller refuses an " \
	    "object of a kind that is described")                          \
	ENTITY(gap, GAP_FIELDS,                                            \
	    "what of a CustomResourceDefinition an object of its kind "    \
	    "could not be held to; once each, at the first such object")

#define STRUCT_refusal struct refusal
#define STRUCT_gap struct gap

/* Of the release. */
#define REFUSAL_RELEASE_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(release, kube_least, INT, "",                               \
	    "the oldest minor version of Kubernetes 1 that it is for, such " \
	    "as 35")                                                         \
	COMPUTED(release, applied_by, TEXT, "",                              \
	    "what applies it, as --applied-by says: helm when it does not")

/* Of every manifest. */
#define REFUSAL_MANIFEST_FIELDS(STORED, COMPUTED)                            \
	COMPUTED(manifest, described, BOOL, "",                              \
	    "the program, or a CustomResourceDefinition that it was given, " \
	    "knows the fields of its kind and what they may be")             \
	COMPUTED(manifest, first_use, ONE(manifest), "",                     \
	    "of a CustomResourceDefinition the first object of its kind in " \
	    "the stream, hooks aside")                                    \
	COMPUTED(manifest, meant_kind, TEXT, "",                             \
	    "the kind that was meant, where no Kubernetes serves what is "   \
	    "written; absent when it is served, or may be by others")        \
	COMPUTED(manifest, meant_api_version, TEXT, "",                      \
	    "the same of apiVersion, such as apps/v1")

#define REFUSAL_FIELDS(STORED, COMPUTED)                                       \
	COMPUTED(refusal, manifest, ONE(manifest), "", "the object it is in")  \
	STORED(refusal, class, TEXT, "",                                       \
	    "what is wrong with the field: type (it cannot be read), value "   \
	    "(it may not be that), missing, unknown or twice (an item of a "   \
	    "list has the key of another)")                                    \
	STORED(refusal, path, TEXT, "",                                        \
	    "where the field is, such as spec.containers[name=web].image")     \
	STORED(refusal, text, TEXT, "",                                        \
	    "what is wrong, as a sentence whose subject is the field")         \
	STORED(refusal, hint, TEXT, "",                                        \
	    "what was probably meant or what to do, such as: did you mean "    \
	    "'replicas'?; absent when unknown")                                \
	STORED(refusal, judge, TEXT, "",                                       \
	    "who refuses it: the API server, or the Argo Rollouts controller") \
	STORED(refusal, unfilled, BOOL, "",                                    \
	    "the value holds ${NAME}, which Flux or envsubst may fill in "     \
	    "before it is applied")                                            \
	STORED(refusal, minors, TEXT, "",                                      \
	    "the minor versions of Kubernetes that refuse it, in words; "      \
	    "absent when all do")

#define GAP_FIELDS(STORED, COMPUTED)                             \
	COMPUTED(gap, manifest, ONE(manifest), "", "the object") \
	STORED(gap, text, TEXT, "",                              \
	    "what was not checked, where it stands, and why not")

#endif
