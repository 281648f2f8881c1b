/*
 * An object of a kind that the API serves, held to what the API takes.
 *
 * Every fault is told once, to whoever asked; an object without one costs a
 * walk over its nodes and no memory.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "doc/scalar.h"
#include "schema/types.h"

/* What is wrong, as far as it differs to who reads it. */
enum refusal_class {
	REFUSAL_TYPE,	 /* it cannot be read as what is wanted */
	REFUSAL_VALUE,	 /* it can, but may not be */
	REFUSAL_MISSING, /* it is not there */
	REFUSAL_UNKNOWN, /* there is no such field */
	REFUSAL_TWICE,	 /* two items of a list have one key */
};

struct refusal_fault {
	enum refusal_class class;
	const struct node *at; /* the value; of what is missing, what should
				  have it */
	struct slice field;    /* of REFUSAL_MISSING and REFUSAL_UNKNOWN: its
				  name; else empty */
	bool at_key;	       /* at is shown at its key, not at its value */
	struct slice text;     /* a sentence without its subject, which is the
				  field */
	struct slice
	    hint; /* what was probably meant, or what to do; or empty */
	bool by_controller;	/* not the API server says so, but whoever acts
				   on the object */
	const struct node *was; /* of a change, the value before it, where it is
				   known; else NULL */
	bool is_unsure; /* it depends on what the cluster has filled in */
	uint8_t since, before; /* the minors of Kubernetes 1 that refuse it; 0:
				  all */
};

struct refusal_sink {
	void (*add)(void *context, const struct refusal_fault *fault);
	void *context;
};

/* Minors of Kubernetes 1, from the least to the most: those that run it. */
struct minors {
	unsigned least, most;
};

/* Those that the program knows. */
#define MINORS_LEAST 35
#define MINORS_MOST 37

/* The kind of that name, or NULL: nobody describes it. */
const struct kind *schema_kind(
    const char *group, const char *version, const char *kind);

/* The same in that version or, of one that is described no more, in another:
 * what has the same name in both is of the same type. */
const struct kind *schema_kind_like(
    const char *group, const char *version, const char *kind);

/* The kind that was meant by one that no Kubernetes serves, which is certain:
 * its name differs by case or one letter, its group or version is another.
 * NULL for what is served, for groups of others, and for versions that a server
 * may have turned on (alpha, beta).  Sources: the groups of Kubernetes are
 * closed, as a CustomResourceDefinition needs a group with a dot, and one of
 * *.k8s.io the approval of Kubernetes. */
const struct served *schema_meant(
    const char *group, const char *version, const char *kind);

/* The field of a type that has that name, or NULL. */
const struct field *schema_field(const struct type *type, struct slice name);

/* Tells sink what the API of one of the minors refuses in an object of that
 * kind. */
void schema_hold(const struct kind *kind, struct minors minors,
    const struct node *object, const struct refusal_sink *sink);

#endif
