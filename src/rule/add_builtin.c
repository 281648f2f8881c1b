/* The tables of the program's own rules -> the rules of a run. */
#include "rule/unpack.h"

void ruleset_add_builtin(struct ruleset *ruleset)
{
	ruleset_add_packed(ruleset, &builtin_rules);
}
