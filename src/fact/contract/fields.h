/*
 * The part of the vocabulary of facts that this folder computes; ../fields.h
 * says how to read it.
 */
#ifndef FACT_CONTRACT_FIELDS_H
#define FACT_CONTRACT_FIELDS_H

#define CONTRACT_ENTITIES(ENTITY)                                           \
	ENTITY(toggle, TOGGLE_FIELDS,                                       \
	    "an item of the profile's requiredToggles or forbiddenToggles") \
	ENTITY(agreement, AGREEMENT_FIELDS,                                 \
	    "a field of the profile that the install matrix has, too")      \
	ENTITY(install, INSTALL_FIELDS,                                     \
	    "the profile's entry in the install matrix")                    \
	ENTITY(scenario, SCENARIO_FIELDS,                                   \
	    "a scenario of the profile in the install matrix")              \
	ENTITY(asset, ASSET_FIELDS, "a file of the folder of scenarios")

#define STRUCT_toggle struct held_toggle
#define STRUCT_agreement struct agreement
#define STRUCT_install struct matrix_profile
#define STRUCT_scenario struct matrix_scenario
#define STRUCT_asset struct asset

/* Known only when values were given. */
#define TOGGLE_FIELDS(STORED, COMPUTED)                                      \
	STORED(                                                              \
	    toggle, clause, TEXT, "", "the item, as the contract writes it") \
	STORED(toggle, path, TEXT, "", "the path into the values")           \
	STORED(toggle, wanted, TEXT, "",                                     \
	    "what follows the =; absent when there is none")                 \
	STORED(toggle, required, BOOL, "",                                   \
	    "it is of requiredToggles, else of forbiddenToggles")            \
	STORED(toggle, given, BOOL, "", "values were given")                 \
	STORED(toggle, holds, BOOL, "",                                      \
	    "the values are as the item asks; unknown without values, and "  \
	    "when a chart that was not given would decide")                  \
	STORED(toggle, value, TEXT, "",                                      \
	    "the value at the path; absent when it is not set")              \
	STORED(toggle, state, TEXT, "",                                      \
	    "how the value is, in words: is '3', is not set")                \
	STORED(toggle, option, TEXT, "",                                     \
	    "the --set that decided; absent when a file did")

#define AGREEMENT_FIELDS(STORED, COMPUTED)                                    \
	STORED(agreement, field, TEXT, "", "suite or values_file")            \
	STORED(                                                               \
	    agreement, matrix, TEXT, "", "what the install matrix has in it") \
	STORED(agreement, contract, TEXT, "", "what the contract has in it")  \
	STORED(agreement, agrees, BOOL, "", "both are the same")

#define INSTALL_FIELDS(STORED, COMPUTED)                                    \
	COMPUTED(                                                           \
	    install, name, TEXT, "", "the profile, as the matrix names it") \
	COMPUTED(install, suite, TEXT, "", "the suite that installs it")    \
	COMPUTED(install, values_file, TEXT, "", "its values file")         \
	COMPUTED(install, has_upgrade, BOOL, "",                            \
	    "the matrix has an upgrade scenario of the profile")            \
	COMPUTED(install, has_rollback, BOOL, "",                           \
	    "the matrix has a rollback scenario of the profile")

#define SCENARIO_FIELDS(STORED, COMPUTED)                                      \
	COMPUTED(scenario, name, TEXT, "", "its name")                         \
	COMPUTED(scenario, kind, TEXT, "", "install, upgrade or rollback")     \
	COMPUTED(scenario, suite, TEXT, "", "the suite that runs it")          \
	COMPUTED(scenario, baseline_ref, TEXT, "", "what is there before")     \
	COMPUTED(scenario, target_ref, TEXT, "", "what is there after")        \
	COMPUTED(scenario, missing_ref, TEXT, "",                              \
	    "the references that an upgrade or rollback lacks, absent when "   \
	    "it lacks none")                                                   \
	COMPUTED(                                                              \
	    scenario, leads_nowhere, BOOL, "", "both references are the same") \
	COMPUTED(scenario, course, TEXT, "",                                   \
	    "where it leads, in words, when it has both references")           \
	COMPUTED(scenario, upgrade, ONE(scenario), "",                         \
	    "of a rollback: the upgrade of the profile that it takes back, "   \
	    "else the first with both references")                             \
	COMPUTED(scenario, leads_back, BOOL, "",                               \
	    "of a rollback: its references are those of an upgrade of the "    \
	    "profile, reversed; true when there is no upgrade to compare it "  \
	    "with")

#define ASSET_FIELDS(STORED, COMPUTED)                                        \
	COMPUTED(asset, form, TEXT, "",                                       \
	    "what the file is: scenario, policy, invariants, compatibility "  \
	    "or other; the fields below are those of a scenario")             \
	COMPUTED(asset, id, TEXT, "", "its id")                               \
	COMPUTED(asset, kind, TEXT, "", "patch, minor, major or rollback")    \
	COMPUTED(asset, rolls_back, BOOL, "", "kind is rollback")             \
	COMPUTED(asset, from_version, TEXT, "", "what is there before")       \
	COMPUTED(asset, to_version, TEXT, "", "what is there after")          \
	COMPUTED(asset, older, BOOL, "",                                      \
	    "to_version is older than from_version, as semver.org orders "    \
	    "them")                                                           \
	COMPUTED(asset, newer, BOOL, "",                                      \
	    "to_version is newer; neither when one of them is not a version") \
	COMPUTED(asset, course, TEXT, "",                                     \
	    "where it leads, in words, when that is the wrong way")           \
	COMPUTED(                                                             \
	    asset, steps, TEXT, "", "its steps, with \", \" between them")    \
	COMPUTED(asset, failure_expected, BOOL, "",                           \
	    "the upgrade before it is meant to fail; false when left out")

#endif
