/*
 * --check-contract: the contract against what is given beside the manifests,
 * profile by profile.
 */
#ifndef CMD_CONTRACT_CHECK_H
#define CMD_CONTRACT_CHECK_H

#include "run/program.h"

/*
 * Holds the contract's profiles (all, or the one of --profile) against their
 * values, the install matrix and the scenarios, and reports what was found as
 * one run; today as suppressions_apply() takes it.  Returns the exit status.
 */
int check_contract(struct program *program, const char *today);

#endif
