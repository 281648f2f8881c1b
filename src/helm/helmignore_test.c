/* What .helmignore keeps out, as Helm reads it. */
#include "helm/helmignore.h"

#include <criterion/criterion.h>

static bool is_ignored(const char *text, const char *path, bool is_folder)
{
	struct arena arena = {0};
	struct helmignore ignore = helmignore_read(slice_of(text), &arena);
	bool result = helmignore_matches(&ignore, path, is_folder);

	arena_release(&arena);
	return result;
}

Test(map_helmignore, names_match_in_every_folder)
{
	cr_expect(is_ignored("*.bak\n", "templates/a/web.bak", false));
	cr_expect(is_ignored("# no\n\n  *.bak\r\n", "web.bak", false));
	cr_expect_not(is_ignored("*.bak\n", "templates/bak.yaml", false));
	cr_expect_not(is_ignored("# *.bak\n", "web.bak", false));
	cr_expect_not(is_ignored("", "web.bak", false));
}

Test(map_helmignore, paths_match_from_the_chart_on)
{
	cr_expect(is_ignored("templates/old.tpl", "templates/old.tpl", false));
	cr_expect(is_ignored("/old.tpl", "old.tpl", false));
	cr_expect_not(is_ignored("/old.tpl", "templates/old.tpl", false));
	/* A star does not reach into folders. */
	cr_expect_not(
	    is_ignored("templates/*.tpl", "templates/a/old.tpl", false));
}

Test(map_helmignore, folders_may_be_meant)
{
	cr_expect(is_ignored("tests/", "templates/tests", true));
	cr_expect_not(is_ignored("tests/", "templates/tests", false));
}

/* Helm keeps out what a negated pattern does not match, not the reverse. */
Test(map_helmignore, negated_patterns_keep_all_others_out)
{
	cr_expect(is_ignored("!*.yaml", "templates/_helpers.tpl", false));
	cr_expect_not(is_ignored("!*.yaml", "templates/web.yaml", false));
}

Test(map_helmignore, globs_are_those_of_go)
{
	cr_expect(is_ignored("a?c", "abc", false));
	cr_expect_not(is_ignored("a?c", "ac", false));
	cr_expect(is_ignored("v[0-9].tpl", "v7.tpl", false));
	cr_expect_not(is_ignored("v[^0-9].tpl", "v7.tpl", false));
	cr_expect(is_ignored("*-*.tpl", "a-b-c.tpl", false));
	cr_expect(is_ignored("\\*", "*", false));
	cr_expect_not(is_ignored("\\*", "a", false));
	cr_expect(is_ignored("t/*/x", "t/a/x", false));
	cr_expect_not(is_ignored("t/*", "t/a/x", false));
}

Test(map_helmignore, broken_patterns_match_nothing)
{
	cr_expect_not(is_ignored("[", "web.yaml", false));
	cr_expect_not(is_ignored("[a-", "a", false));
	cr_expect_not(is_ignored("web.yaml\\", "web.yaml", false));
	cr_expect_not(is_ignored("/", "web.yaml", false));
}
