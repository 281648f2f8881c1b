/*
 * The assets of upgrade and rollback scenarios: what each file of the folder
 * is, and for those that describe a scenario, what it does.
 */
#ifndef CONTRACT_SCENARIO_H
#define CONTRACT_SCENARIO_H

#include "contract/contract.h"
#include "helm/values.h"

/* What a file of the folder is, as its fields say. */
enum asset_form {
	ASSET_SCENARIO,	     /* steps from one version to another */
	ASSET_POLICY,	     /* policy_id: what an evolution may change */
	ASSET_INVARIANTS,    /* upgrade_contract, rollback_contract */
	ASSET_COMPATIBILITY, /* a table of versions */
	ASSET_OTHER,	     /* none of these: nobody's business here */
};

struct asset {
	const struct origin *origin;
	enum asset_form form;
	struct place place; /* of its id, else of the document */
	/* Of a scenario only: */
	struct clause_text id, from_version, to_version;
	struct clause_text kind; /* patch minor major rollback */
	struct clause_bool failure_expected;
	struct clause_list steps;
	const char *all_steps; /* with ", " between them */
	int direction;	       /* -1 to an older version, 1 to a newer one; 0 */
	const char *course;    /* that, in words, when it is wrong; or NULL */
};

struct scenarios {
	struct arena arena; /* owns all of it */
	struct asset *assets;
	size_t n, cap;
};

/*
 * Reads every .json, .yaml and .yml file of the folder and of those in it, in
 * the order of their names.  -1 with FILE:LINE:COL and a sentence for a folder
 * or file that cannot be read, bad JSON or YAML, a scenario that lacks a
 * field, has an unknown one or one of another type, an id given twice.
 */
MUST_CHECK int scenarios_load(struct scenarios *scenarios, const char *dir,
    const struct origin_maker *maker, struct fault *fault);

/* Adds one file's text. */
MUST_CHECK int scenarios_parse(struct scenarios *scenarios,
    const struct origin *origin, struct slice text, struct fault *fault);

void scenarios_release(struct scenarios *scenarios);

/* "scenario", "policy", ... */
const char *asset_form_name(enum asset_form form);

/* Whether the scenario rolls back; others upgrade. */
bool asset_rolls_back(const struct asset *asset);

/*
 * Compares versions as semver.org orders them: <0, 0, >0 in *ret_order.  False
 * when one of them is no version.
 */
bool versions_compare(const char *a, const char *b, int *ret_order);

#endif
