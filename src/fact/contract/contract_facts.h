/*
 * What the contract is held against beside the objects: the values' toggles,
 * the install matrix, the files of scenarios.
 */
#ifndef FACT_CONTRACT_CONTRACT_FACTS_H
#define FACT_CONTRACT_CONTRACT_FACTS_H

#include "fact/facts.h"

/* Lists what the contract is held against beside the objects: toggles, the
 * matrix's entries of the profile, the files of scenarios. */
void relate_evidence(struct release *release);
struct entity_list list_toggles(struct release *release);

#endif
