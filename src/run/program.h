/*
 * Everything a run of the program is made from: what the command line names,
 * read and checked.
 */
#ifndef RUN_PROGRAM_H
#define RUN_PROGRAM_H

#include "contract/contract.h"
#include "contract/evidence.h"
#include "contract/matrix.h"
#include "contract/scenario.h"
#include "custom/custom.h"
#include "diag/levels.h"
#include "diag/suppression.h"
#include "evidence/team_form.h"
#include "fact/settings.h"
#include "helm/values.h"
#include "rule/rule.h"
#include "run/baseline.h"
#include "run/options.h"
#include "run/run.h"

/* All zero but for the options is ready for program_load(). */
struct program {
	struct options options;
	struct ruleset ruleset;
	struct contract contract;
	const struct profile *profile;
	struct evidence evidence; /* of what is below, as far as given */
	struct values values;
	struct matrix matrix;
	struct scenarios scenarios;
	struct team_forms team_forms;  /* of evidence, in the ruleset */
	struct dossier dossier;	       /* of --evidence */
	struct profile profile_backed; /* the profile with demands of that */
	struct custom_set customs; /* of --crds and charts; in arena */
	struct map install_only;   /* names of templates, in arena */
	struct levels levels;
	struct suppression_list suppressions; /* of the configuration */
	struct baseline baseline;
	struct settings settings;
	struct buf remarks; /* on the configuration, a line each */
	struct arena arena;
	const struct origin **inputs;  /* in arena */
	const struct origin **origins; /* the inputs, then all else read */
	size_t ninputs, norigins, cap_origins;
	struct run_inputs *releases; /* with --separate, in arena */
	size_t nreleases;
	const struct origin **previous; /* of --previous, in arena */
	size_t nprevious;
	const struct diag_kind **kinds; /* of all rules and our own, by code */
	size_t nkinds;
	struct fault fault;
	const char *config; /* the configuration that was read, or NULL */
	const char *profile_values; /* the profile's values file, if read */
	char *here; /* the working directory; NULL when unknown */
	bool stdin_closed;
	bool stdout_lost; /* what was wrong with it has been told */
	int64_t now; /* seconds since 1970 */
	char today[sizeof("YYYY-MM-DD")]; /* that suppressions are judged by */
};

/*
 * Reads the contract, the rules, the configuration and the baseline that the
 * options name.
 * -1 with the fault set when one of them is not there or not what it should
 * be.
 */
MUST_CHECK int program_load(struct program *program);

/* Fills the kinds of findings when program_load() has not come to that: of the
 * built-in rules, and of those of --rules that can be read. */
void program_know_rules(struct program *program);

/* Adds a file that is read; name is borrowed. */
struct origin *program_origin(
    struct program *program, const char *name, enum origin_role role);

/* For an origin_maker, whose context is the program: the origin of what is
 * asked of the release, a file or a member of a packed chart. */
const struct origin *program_make_origin(
    void *program, const char *name, const struct slice *packed);

/* Reads the values, the install matrix and the scenarios; the contract has been
 * read.  -1 with the fault set. */
MUST_CHECK int program_load_evidence(struct program *program);

void program_release(struct program *program);

#endif
