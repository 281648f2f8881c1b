/*
 * The fields of a profile.
 */
#ifndef CONTRACT_FIELD_H
#define CONTRACT_FIELD_H

#include "contract/record.h"

/* The fields of struct profile; their names are as in the contract. */
extern const struct record profile_record;

#endif
