/*
 * The configuration file, .rolloutlint.yaml: levels and parameters of rules,
 * for every profile and for single ones.
 *
 *     rules:
 *       ID: off | note | warning | error
 *       ID: {severity: warning, params: {NAME: VALUE}}
 *     profiles:
 *       PROFILE:
 *         rules: as above, on top
 *     settings: as rule/config_settings.h tells, also of a profile
 *     resourceClasses: as rule/classes.h tells
 *     suppressions: as rule/ignore.h tells
 *     evidence: as evidence/team_form.h tells
 */
#ifndef RULE_CONFIG_H
#define RULE_CONFIG_H

#include "contract/contract.h"
#include "diag/levels.h"
#include "diag/suppression.h"
#include "evidence/team_form.h"
#include "rule/rule.h"

/* The fields of the file, and of what it says of one rule and one profile. */
#define CONFIG_FIELDS 7
#define CONFIG_RULE_FIELDS 3
#define CONFIG_PROFILE_FIELDS 2
extern const char *const config_fields[CONFIG_FIELDS];
extern const char *const config_rule_fields[CONFIG_RULE_FIELDS];
extern const char *const config_profile_fields[CONFIG_PROFILE_FIELDS];

/* What a configuration changes. */
struct configured {
	struct ruleset *ruleset;
	struct settings *settings;
	struct buf *remarks; /* what works still but is spelled otherwise now,
				a line each */
	struct levels *levels;
	struct suppression_list *suppressions;
	struct team_forms *forms; /* of evidence */
	const struct diag_kind *const *kinds; /* all there are, to be named */
	size_t nkinds;
	const struct contract *contract; /* that is given, or NULL */
};

/*
 * Applies the file of origin, for the profile of that id.  All of the file is
 * checked, also what is meant for other profiles, which a contract that is
 * given must have.  -1 with FILE:LINE:COL and a
 * sentence for an unknown field, rule or parameter, or a wrong type.  What it
 * keeps lives in the ruleset's arena.
 */
MUST_CHECK int config_apply(const struct origin *origin, const char *profile,
    const struct configured *configured, struct fault *fault);

#endif
