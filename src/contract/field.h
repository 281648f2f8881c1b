/*
 * The fields of a profile.
 */
#ifndef CONTRACT_FIELD_H
#define CONTRACT_FIELD_H

#include "contract/record.h"

/* The fields of struct profile; their names are as in the contract. */
extern const struct record profile_record;

/* Those of its "requires", which are members of struct profile, too. */
extern const struct record requires_record;

/* The field of that name, "requires.NAME" for one of "requires"; or NULL. */
const struct contract_field *profile_field(struct slice name);

/* Lists what the profile demands, in arena. */
void profile_list_demands(struct arena *arena, struct profile *profile);

#endif
