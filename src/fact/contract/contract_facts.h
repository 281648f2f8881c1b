/*
 * What the contract is held against beside the objects: the values' toggles,
 * the install matrix, the files of scenarios.
 */
#ifndef FACT_CONTRACT_CONTRACT_FACTS_H
#define FACT_CONTRACT_CONTRACT_FACTS_H

#include "fact/facts.h"

/* An item of requiredToggles or forbiddenToggles, held against the values. */
struct held_toggle {
	const struct demand *demand;
	struct place place; /* of the value that decided, else of the item */
	TOGGLE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* A field that both the contract and the install matrix give. */
struct agreement {
	const struct demand *demand;
	struct place place; /* in the matrix */
	AGREEMENT_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* Lists what the contract is held against beside the objects: toggles, the
 * matrix's entries of the profile, the files of scenarios. */
void relate_evidence(struct release *release);
struct entity_list list_toggles(struct release *release);

/* The facts of the rows in fields.h. */
CONTRACT_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
TOGGLE_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
AGREEMENT_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
INSTALL_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
SCENARIO_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
ASSET_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
