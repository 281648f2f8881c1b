/*
 * The fields of a profile: one table of their names, types and values, which
 * reading, checking and printing all go by.
 */
#ifndef CONTRACT_FIELD_H
#define CONTRACT_FIELD_H

#include "contract/contract.h"
#include "doc/reader.h"

/* One field; its name is as in the contract. */
struct field;

/* The field of that name, or NULL. */
const struct field *field_find(struct slice name);

/* Refuses a name that is no field's, written at key; returns -1. */
int field_refuse_unknown(const struct reader *reader, const struct node *key);

/* Reads value into the profile's field; -1 with the fault set when it is not
 * of the field's type or not one of its values. */
MUST_CHECK int field_read(const struct reader *reader,
    const struct field *field, const struct node *value,
    struct profile *profile);

/* The name of a field that the profile does not give, or NULL. */
const char *field_missing(const struct profile *profile);

#endif
