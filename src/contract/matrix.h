/*
 * The install matrix: which profiles are installed, upgraded and rolled back
 * by which suite, and from what to what.
 */
#ifndef CONTRACT_MATRIX_H
#define CONTRACT_MATRIX_H

#include "contract/contract.h"

struct record;

/* One entry of "profiles". */
struct matrix_profile {
	struct clause_text name, values_file, suite;
};

/* One entry of "scenarios". */
struct matrix_scenario {
	struct clause_text name;
	struct clause_text kind; /* install upgrade rollback */
	struct clause_text profile, suite;
	struct clause_text baseline_ref, target_ref; /* text NULL: not given */
	const char *course; /* from where to where, in words; or NULL */
};

struct matrix {
	struct arena arena; /* owns all of it */
	const struct matrix_profile *profiles;
	size_t nprofiles;
	const struct matrix_scenario *scenarios;
	size_t nscenarios;
};

/* The fields of an entry of "profiles" and of "scenarios". */
extern const struct record matrix_profile_record, matrix_scenario_record;

/* The fields of the matrix itself; all but the last must be there. */
#define MATRIX_FIELDS 4
extern const char *const matrix_fields[MATRIX_FIELDS];

/*
 * Reads the matrix at origin->name.  -1 with FILE:LINE:COL and a sentence for
 * an unreadable file, bad JSON or YAML, an unknown or missing field, a wrong
 * type, a name given twice.  An upgrade without references is none of that:
 * rules report it.
 */
MUST_CHECK int matrix_load(
    struct matrix *matrix, const struct origin *origin, struct fault *fault);

/* The same from bytes; origin names them in messages and places. */
MUST_CHECK int matrix_parse(struct matrix *matrix, const struct origin *origin,
    struct slice bytes, struct fault *fault);

void matrix_release(struct matrix *matrix);

/* The entry for a profile: that of its id, else that of its name; or NULL. */
const struct matrix_profile *matrix_profile(
    const struct matrix *matrix, const struct profile *profile);

#endif
