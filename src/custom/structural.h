/*
 * A schema of a CustomResourceDefinition, read: what values it takes.
 *
 * All of it lives in the arena of its definition and is const once that has
 * been prepared.  apiextensions-apiserver calls such a schema structural: each
 * value has a type, and what stands in allOf, anyOf, oneOf and not asks more of
 * values but describes none.
 */
#ifndef CUSTOM_STRUCTURAL_H
#define CUSTOM_STRUCTURAL_H

#include "base/regex.h"
#include "cel/cel.h"
#include "custom/text_format.h"
#include "doc/tree.h"

/* Types of JSON, or-ed. */
enum json_type {
	JSON_OBJECT = 1,
	JSON_ARRAY = 2,
	JSON_STRING = 4,
	JSON_INTEGER = 8,
	JSON_NUMBER = 16,
	JSON_BOOLEAN = 32,
};

/* How the items of a list are told apart. */
enum list_type { LIST_ATOMIC, LIST_SET, LIST_MAP };

/* Of numbers, and of how much there may be; counts are -1 where any. */
struct bounds {
	double least, most, multiple;
	bool has_least, has_most, has_multiple;
	bool excludes_least, excludes_most;
	int64_t least_length, most_length; /* of a text, in code points */
	int64_t least_items, most_items;
	int64_t least_keys, most_keys;
};

struct pattern {
	struct slice text;
	const struct regex *regex; /* NULL: what it matches is unknown */
	struct pattern *next;	   /* of the version */
	uint32_t line;
};

/* An item of x-kubernetes-validations. */
struct validation {
	struct slice rule, message, telling, field_path;
	uint32_t line;	    /* of the rule, in the definition's file */
	bool asks_old;	    /* it may be asked without an old object, too */
	bool is_transition; /* compares with the old object: not at creation */
	const struct cel_program *program; /* NULL: not understood */
	const char *problem;		   /* why not; else NULL */
	const struct cel_program *words; /* of telling, or NULL */
	struct validation *next;	 /* of the version */
};

struct property {
	struct slice name;
	const struct structural *schema;
};

struct structural_list {
	const struct structural *const *items;
	size_t n;
};

struct slice_list {
	const struct slice *items;
	size_t n;
};

struct structural {
	uint8_t types;	   /* of enum json_type; 0: any */
	uint8_t list_type; /* enum list_type */
	bool nullable, preserves, embedded;
	bool takes_any_key; /* additionalProperties: true */
	bool only_required; /* it asks for fields to be there, no more */
	uint32_t nproperties;
	uint32_t ndefaults; /* properties that have one */
	const struct property *properties; /* by name */
	const struct structural *items, *additional;
	struct slice_list required, list_keys;
	const struct node *const *enumeration;
	size_t nenumeration;
	const struct node *otherwise; /* its default, or NULL */
	const struct bounds *bounds;  /* or NULL */
	const struct pattern *pattern;
	const struct text_format *format;
	struct structural_list all_of, any_of, one_of;
	const struct structural *excluded; /* "not" */
	struct validation *validations;
	size_t nvalidations;
};

/* A property by its name, and its schema; NULL: there is none. */
const struct property *structural_find(
    const struct structural *schema, struct slice name);
const struct structural *structural_property(
    const struct structural *schema, struct slice name);

#endif
