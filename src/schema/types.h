/*
 * What the API takes, as constant tables: kinds, their types and fields, and
 * conditions across fields.
 *
 * scripts/fields makes the tables from the files of rules/fields at build
 * time; nothing is parsed when the program starts.  They hold no addresses, as
 * each would cost every start a page it is written to: what they name, they
 * name by number.
 */
#ifndef SCHEMA_TYPES_H
#define SCHEMA_TYPES_H

#include "schema/form.h"

/* What a value is, apart from lists and maps. */
enum of {
	OF_ANY,	   /* whatever it is */
	OF_OBJECT, /* a mapping with whatever keys */
	OF_BOOL,
	OF_INT32,
	OF_INT64,
	OF_DOUBLE,
	OF_STRING,
	OF_BYTES, /* in base64 */
	OF_QUANTITY,
	OF_INT_OR_STRING,
	OF_TIME, /* RFC 3339 */
	OF_TYPE, /* a mapping of the fields of a type */
};

enum shape {
	SHAPE_ONE,
	SHAPE_LIST, /* of such values */
	SHAPE_MAP,  /* from any key to such values */
};

/* A text by its number, which is where it begins among all; 0 is none. */
extern const char schema_texts[];

static inline const char *api_text(uint32_t number)
{
	return schema_texts + number;
}

/* Lists of numbers of texts, each ended by 0.  The number of a list is where it
 * begins; 0 is none. */
extern const uint32_t schema_lists[];

/* The most texts of a list. */
#define LIST_MAX 32

struct field {
	uint32_t name;
	uint8_t len; /* bytes of the name */
	uint8_t shape;
	uint8_t of;
	uint16_t type;		 /* of OF_TYPE: number in schema_types */
	uint16_t form, key_form; /* enum form, of each value, of each key */
	bool required;		 /* and not empty, where it is a text */
	bool present;		 /* required, though it may be empty */
	bool filled;		 /* not empty where it is written */
	bool never_empty;	 /* nor, of a text, left empty */
	bool may_be_empty;	 /* a text of a number or a name, as if it
				    were left out */
	bool is_set;		 /* a list without two equal values */
	bool bounded;		 /* least and most count */
	int64_t least, most;	 /* of a number */
	uint32_t longest;	 /* bytes of a text; 0: any */
	uint32_t most_items;	 /* of a list; 0: any */
	uint32_t otherwise;	 /* what it is when left out, or none */
	uint16_t values;	 /* list of all that it may be, or none */
	uint16_t keys;		 /* list of what tells items apart, or none */
};

/* A way from an object down its fields: spec.containers[].name. */
struct path_step {
	uint32_t name;
	uint8_t len; /* bytes of the name */
	bool each;   /* then to each item of the list, or value of the map */
};

struct path {
	uint32_t text;	/* as the file has it */
	uint16_t steps; /* number of the first in schema_steps */
	uint8_t n;
	uint8_t first; /* number of the field that it begins with */
};

enum test {
	TEST_GIVEN,
	TEST_ABSENT,
	TEST_EMPTY,  /* not there, or without anything in it */
	TEST_FILLED, /* neither */
	TEST_IS,     /* one of the values, which a default may be, too */
	TEST_NOT,
	TEST_LESS, /* than the number, as the following */
	TEST_AT_MOST,
	TEST_MORE,
	TEST_AT_LEAST,
};

/* One test of a condition: holds when what one of the ways leads to holds;
 * TEST_ABSENT, TEST_EMPTY and TEST_NOT, when none is otherwise. */
struct atom {
	uint16_t path; /* number in schema_paths */
	uint8_t test;  /* enum test */
	uint16_t values;
	int64_t number;
};

enum verb {
	VERB_ONE_OF,	  /* exactly one of the paths is given */
	VERB_AT_MOST_ONE, /* no two */
	VERB_SOME,	  /* at least one */
	VERB_NEED,	  /* all of them */
	VERB_FORBID,	  /* none of them */
	VERB_IS,	  /* one of the values, where it is given */
	VERB_NOT,	  /* none of them */
	VERB_FORM,	  /* of that form, where it is given */
	VERB_COMPARE,	  /* with a number, or with what others lead to */
	VERB_UNIQUE,	  /* no two values of all the paths are equal */
	VERB_REFER,	  /* each value is one that others lead to */
	VERB_MATCHES,	  /* a selector selects the labels of others */
	VERB_WITHIN,	  /* no quantity of a map is over that of others */
	VERB_CHECK,	  /* a function says */
};

struct checking;

struct condition {
	uint8_t verb; /* enum verb */
	uint8_t npaths, nothers, natoms;
	uint16_t paths, others; /* numbers of the first in schema_path_lists */
	uint64_t firsts;	/* bits of the fields that paths begin with */
	uint16_t atoms;		/* number of the first in schema_atoms: all must
				   hold, else nothing is asked */
	uint16_t values;
	uint8_t compare; /* enum test */
	int64_t number;
	uint16_t form;	       /* enum form */
	uint8_t check;	       /* number in schema_checks */
	uint32_t text;	       /* why it is refused, or none: says itself */
	uint8_t since, before; /* minors of Kubernetes 1 that ask it; 0: all */
	bool by_controller;    /* not the API server asks it */
};

/* A field that the type does not have, though older versions or similar types
 * do. */
struct misplaced {
	uint32_t name;
	uint32_t hint; /* what to write, as a sentence without a full stop */
};

struct type {
	uint32_t name;
	uint16_t fields;     /* number of the first in schema_fields: short
				names first, then by bytes */
	uint16_t conditions; /* of the first in schema_conditions */
	uint16_t misplaced;  /* of the first field in schema_misplaced that
				people write in it */
	uint8_t nfields, nconditions, nmisplaced;
	uint64_t needed; /* bits of the fields that are required or present */
	bool is_open;	 /* it has fields that are not described */
	bool is_whole;	 /* where it has none of its fields, a rule tells of it,
			    not each key */
};

struct kind {
	uint32_t group, version, kind;
	uint16_t type;
	bool is_custom; /* held to a schema: its controller asks the rest */
	bool is_partial; /* some of its schema is known, by what all releases
			    of it ask; it counts as undescribed */
};

/* A kind that a server knows, described or not. */
struct served {
	uint32_t group, version, kind;
	uint32_t api_version; /* group and version, as people write them */
};

/* A type has at most so many fields. */
#define FIELDS_MAX 64

extern const struct field schema_fields[];
extern const struct path_step schema_steps[];
extern const struct path schema_paths[];
extern const uint16_t schema_path_lists[]; /* numbers of paths */
extern const struct atom schema_atoms[];
extern const struct condition schema_conditions[];
extern void (*const schema_checks[])(const struct checking *checking);
extern const struct misplaced schema_misplaced[];
extern const struct type schema_types[];
extern const size_t schema_ntypes;
extern const struct kind schema_kinds[];
extern const size_t schema_nkinds;
extern const struct served schema_served[];
extern const size_t schema_nserved;

static inline const struct field *type_fields(const struct type *type)
{
	return schema_fields + type->fields;
}

static inline const struct path_step *path_steps(const struct path *path)
{
	return schema_steps + path->steps;
}

/* The path of that index in the list that begins at the number. */
static inline const struct path *listed_path(uint16_t list, size_t i)
{
	return &schema_paths[schema_path_lists[list + i]];
}

#endif
