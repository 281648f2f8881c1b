/*
 * The fields of a mapping: one table of their names, types and values, which
 * reading, checking, printing and the JSON Schema all go by.
 */
#ifndef CONTRACT_RECORD_H
#define CONTRACT_RECORD_H

#include "contract/contract.h"
#include "doc/reader.h"

enum field_kind {
	FIELD_WORD,   /* struct clause_text */
	FIELD_NAME,   /* the same, of lower-case letters, digits and "-" */
	FIELD_PATH,   /* the same, a relative path that stays below its root */
	FIELD_BOOL,   /* struct clause_bool */
	FIELD_INT,    /* struct clause_int */
	FIELD_LIST,   /* struct clause_list */
	FIELD_RECORD, /* struct place; what is in it has fields of its own */
};

struct record;

struct contract_field {
	const char *name;
	enum field_kind kind;
	size_t offset;		  /* in the struct */
	const char *const *words; /* FIELD_WORD: the only ones, ended by NULL;
				     or NULL */
	int64_t least, most;	  /* FIELD_INT */
	const struct record *record; /* FIELD_RECORD: its fields, which are
					members of the same struct */
	bool optional;
	const char *meaning; /* for the JSON Schema; NULL: the name says it */
	const char *example; /* for --init; NULL: its first word, or true */
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

struct record {
	const char *owner; /* in sentences: "a profile" */
	const struct contract_field *fields;
	size_t n;
	bool takes_null; /* null stands for a field that asks for nothing */
};

/* The field of that name, or NULL. */
const struct contract_field *record_field(
    const struct record *record, struct slice name);

/*
 * Reads all pairs of mapping into the struct self.  -1 with a fault for each
 * key that is no field and each value that is not of its field's type or not
 * one of its words.
 */
MUST_CHECK int record_read(const struct reader *reader,
    const struct record *record, const struct node *mapping, void *self);

/*
 * Refuses a struct that lacks fields that must be there, each with a fault at
 * the node: "WHAT lacks the field 'FIELD'".
 */
MUST_CHECK int record_check_complete(const struct reader *reader,
    const struct record *record, const struct node *node, const char *what,
    const void *self);

/* Gives self what other has and self does not, fields of records one by one. */
void record_inherit(const struct record *record, void *self, const void *other);

/* Where the field is written; none when it is not. */
struct place field_place(const struct contract_field *field, const void *self);

/* Its value as text ("enabled", "true", "a=1, b"), "" when it is not written;
 * lists are put together in arena. */
const char *field_value(
    const struct contract_field *field, const void *self, struct arena *arena);

#endif
