/* The constant tables of the built-in rules -> the rules of a run. */
#include "rule/builtin.h"
#include "rule/params.h"

void ruleset_add_builtin(struct ruleset *ruleset)
{
	struct arena *arena = &ruleset->arena;

	for (size_t i = 0; i < nbuiltin_rules; i++) {
		const struct builtin_rule *builtin = &builtin_rules[i];
		struct rule *rule =
		    arena_copy(arena, &builtin->rule, sizeof(*rule));

		if (builtin->nparams)
			params_bind(rule, arena,
			    arena_copy(arena, builtin->params,
				builtin->nparams * sizeof(struct param)),
			    builtin->nparams);
		ruleset_add_rule(ruleset, rule);
	}
}
