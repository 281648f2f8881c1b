/* The constant tables of the built-in rules -> the rules of a run. */
#include "rule/builtin.h"
#include "rule/params.h"

#include <string.h>

static void add_params(
    struct rule *rule, struct arena *arena, const struct builtin_rule *builtin)
{
	struct param *params =
	    arena_array(arena, builtin->nparams, sizeof(*params));

	memcpy(params, builtin->params, builtin->nparams * sizeof(*params));
	params_bind(rule, arena, params, builtin->nparams);
}

void ruleset_add_builtin(struct ruleset *ruleset)
{
	struct rule *rules =
	    arena_array(&ruleset->arena, nbuiltin_rules, sizeof(*rules));

	for (size_t i = 0; i < nbuiltin_rules; i++) {
		rules[i] = builtin_rules[i].rule;
		if (builtin_rules[i].nparams)
			add_params(
			    &rules[i], &ruleset->arena, &builtin_rules[i]);
		ruleset_add_rule(ruleset, &rules[i]);
	}
}
