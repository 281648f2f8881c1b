/* Which actions write into the values. */
#include "helm/values_written.h"

#include <criterion/criterion.h>

static void expect(const char *action, bool writes)
{
	cr_expect_eq(
	    action_writes_values(slice_of(action)), writes, "%s", action);
}

Test(helm_values_written, functions_that_change_their_argument)
{
	expect("$_ := set .Values \"a\" 1", true);
	expect("set\n  .Values.web \"a\" 1", true);
	expect("$_ := set (.Values.web) \"a\" 1", true);
	expect("$_ := unset $.Values.web \"a\"", true);
	expect("merge .Values.web .Values.defaults | toYaml", true);
	expect("mustMergeOverwrite ((.Values.web)) $x", true);
	expect("$_ := set $ \"Values\" $x", true);
	expect("if set .Values.web \"a\" 1", true);
}

/* What they give may be the values themselves. */
Test(helm_values_written, behind_functions_that_pass_on)
{
	expect("set (index .Values \"web\") \"a\" 1", true);
	expect("set (default dict .Values.web) \"a\" 1", true);
	expect("set (get $ \"x\") \"a\" .Values.b", false);
}

Test(helm_values_written, what_only_reads)
{
	expect("toYaml .Values.web", false);
	expect("merge (dict \"a\" .Values.web) .Values.b", false);
	expect("mergeOverwrite (deepCopy .Values.web) .Values.b", false);
	expect("$_ := set $x \"a\" .Values.web", false);
	expect(".Values.set .Values.merge", false);
}

/* A string is no call. */
Test(helm_values_written, words_in_strings)
{
	expect("fail \"use set .Values.web instead\"", false);
	expect("printf `set .Values.web` | quote", false);
}
