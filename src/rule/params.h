/*
 * Parameters of rules: what a rule may be told, by its file and by the
 * configuration, and the settings of facts that some stand for.
 */
#ifndef RULE_PARAMS_H
#define RULE_PARAMS_H

#include "rule/rule.h"

/*
 * Reads the rule's field params into its parameters: NAME: DEFAULT, or NAME:
 * {default, meaning, sets}.  -1 with the fault of reader set.
 */
MUST_CHECK int params_read(
    struct rule *rule, const struct reader *reader, const struct node *node);

/* Makes the items the rule's parameters, which its scope has from then on; they
 * and what is made live in the arena. */
void params_bind(
    struct rule *rule, struct arena *arena, struct param *items, size_t n);

/* Gives a parameter another value, of the same type, and with it the setting
 * that it sets; with settings NULL it is only checked that it could.  -1 when
 * there is none of that name, the type is another, or the facts refuse it. */
MUST_CHECK int params_set(struct rule *rule, const struct reader *reader,
    const struct node *name, const struct node *value,
    struct settings *settings);

/* The setting that has taken the place of the parameter, or NULL. */
const struct setting *params_setting(
    const struct rule *rule, struct slice name);

/* Gives the facts the settings that rules have parameters for. */
MUST_CHECK int ruleset_settings(const struct ruleset *ruleset,
    struct settings *settings, struct fault *fault);

/* Gives the parameters that show a setting its value. */
void ruleset_show_settings(
    struct ruleset *ruleset, const struct settings *settings);

#endif
