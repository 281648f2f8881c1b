/*
 * An object as the API server has it before it asks the schema: without what
 * is unknown and without nulls, with defaults.
 */
#ifndef CUSTOM_DATUM_H
#define CUSTOM_DATUM_H

#include "custom/custom.h"
#include "custom/structural.h"
#include "schema/walk.h"

struct datum {
	const struct node *node; /* what was written, or the default */
	const struct node *at;	 /* where it is shown: the node, or what would
				    have it */
	const struct structural *schema; /* NULL: nothing is asked of it */
	uint32_t n;			 /* members or items */
	bool is_default;		 /* nobody wrote it */
	union {
		struct member *members;
		struct datum *items;
	};
};

struct member {
	struct slice name;
	bool is_property; /* the schema names it: it is no key of a map */
	struct datum value;
};

/* The walk over one object of a custom kind. */
struct custom_walk {
	struct walk walk; /* of the reports */
	const struct custom_kind *kind;
	const struct custom_version *version;
	const struct custom_sink *sink;
	const struct node *object;
	const struct node *earlier; /* what the object was; NULL: not asked */
	const struct datum *before; /* what the value in hand was, likewise */
	bool has_more;		    /* which has fields that it had not */
	struct arena arena;	    /* of the data */
	uint64_t steps;		    /* left to spend */
	bool keeps_all;		    /* in metadata, where nothing is dropped */
	bool is_blocked; /* a fault was found that keeps rules from being
			    asked */
	bool is_unsure;	 /* what was asked last cannot be told */
};

/* The version of that name, or NULL. */
const struct custom_version *custom_version_find(
    const struct custom_kind *kind, const char *name);

/* Makes the datum of the whole object, and tells of fields that are unknown.
 * False when it would be too large. */
bool datum_make(struct custom_walk *walk, struct datum *ret_root);

/* Makes the datum of one value that a schema describes, likewise. */
bool datum_make_of(struct custom_walk *walk, const struct structural *schema,
    const struct node *node, struct datum *ret_datum);

/* How many values a node has, itself among them. */
uint64_t count_values(const struct node *node);

/* The member of that name, or NULL. */
const struct datum *datum_member(const struct datum *datum, struct slice name);

/* The member or item of that number. */
const struct datum *datum_inner(const struct datum *datum, uint32_t i);

/* Whether two values of JSON are equal; 1 is 1.0. */
bool json_equal(const struct node *left, const struct node *right);

/* Tells a field that the schema does not have. */
void report_unknown_property(const struct frame *frame, const struct pair *pair,
    const struct structural *schema);

#endif
