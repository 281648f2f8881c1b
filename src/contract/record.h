/*
 * The fields of a mapping: one table of their names, types and values, which
 * reading, checking and printing all go by.
 */
#ifndef CONTRACT_RECORD_H
#define CONTRACT_RECORD_H

#include "contract/contract.h"
#include "doc/reader.h"

enum field_kind {
	FIELD_WORD, /* struct clause_text */
	FIELD_NAME, /* the same, of lower-case letters, digits and "-" */
	FIELD_BOOL, /* struct clause_bool */
	FIELD_LIST, /* struct clause_list */
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;		     /* in the struct */
	const char *const *words;    /* the only ones, ended by NULL */
	const char *prefix, *suffix; /* with something in between; or NULL */
	bool optional;
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct record {
	const char *owner; /* in sentences: "a profile" */
	const struct field *fields;
	size_t n;
};

/* The field of that name, or NULL. */
const struct field *record_field(
    const struct record *record, struct slice name);

/*
 * Reads all pairs of mapping into the struct self.  -1 with the fault set for
 * a key that is no field, a value that is not of its field's type or not one
 * of its words.
 */
MUST_CHECK int record_read(const struct reader *reader,
    const struct record *record, const struct node *mapping, void *self);

/* The name of a field that must be there and is not, or NULL. */
const char *record_missing(const struct record *record, const void *self);

/* Where the field is written; none when it is not. */
struct place field_place(const struct field *field, const void *self);

/* Its value as text ("enabled", "true", "a=1, b"), "" when it is not written;
 * lists are put together in arena. */
const char *field_value(
    const struct field *field, const void *self, struct arena *arena);

#endif
