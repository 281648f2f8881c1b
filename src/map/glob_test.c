/* Rendered lines held against what a template line must give. */
#include "map/glob.h"

#include <criterion/criterion.h>
#include <string.h>

/* "*" in the pattern is wild. */
static const struct glob *parse(const char *pattern, struct arena *arena)
{
	struct fragment fragments[16];
	size_t n = 0;

	while (*pattern) {
		size_t len = strcspn(pattern, "*");

		if (len)
			fragments[n++] =
			    (struct fragment){false, {pattern, len}};
		pattern += len;
		if (*pattern) {
			fragments[n++] = (struct fragment){true, {0}};
			pattern++;
		}
	}
	return glob_new(fragments, n, arena);
}

static bool fits(const char *pattern, const char *text)
{
	struct arena arena = {0};
	const struct glob *glob = parse(pattern, &arena);
	struct slice line = slice_of(text);
	bool result = (line_head(line) & glob->mask) == glob->head &&
		      glob_fits(glob, line);

	arena_release(&arena);
	return result;
}

Test(map_glob, words_must_be_there_in_order)
{
	cr_assert(fits("  kind: Pod", "kind: Pod"));
	cr_assert_not(fits("kind: Pod", "kind: Pods"));
	cr_assert_not(fits("kind: Pod", "kind: Po"));
	cr_assert(fits("name: *-*-x", "name: a-b-x"));
	cr_assert_not(fits("name: *-*-x", "name: a-x"));
	cr_assert(fits("*", "anything"));
	cr_assert(fits("a*b*a", "abba"));
	cr_assert_not(fits("ab*ba", "aba"));
	cr_assert(fits("longer than eight*", "longer than eight: 1"));
	cr_assert_not(fits("longer than eight*", "longer than nine: 1"));
}

/* Helm prints "key:" where the value is empty: the blank before it was at the
 * end of the line, and `quote` prints nothing for what is not there. */
Test(map_glob, a_value_may_be_missing)
{
	cr_assert(fits("key: *", "key:"));
	cr_assert(fits("key: \"*\"", "key:"));
	cr_assert(fits("key: \"*\"", "key: \"\""));
	cr_assert_not(fits("key: *", "keys:"));
	cr_assert_not(fits("key: \"*\"", "key: x"));
	cr_assert_not(fits("key: x*", "key:"));
}

/* A matcher that goes back would take as long as there are ways. */
Test(map_glob, many_wild_places_take_one_pass)
{
	struct arena arena = {0};
	struct fragment fragments[2000];
	struct buf line = {0};

	for (size_t i = 0; i < COUNT_OF(fragments); i++)
		fragments[i] = (struct fragment){i % 2 == 0, SLICE("a")};
	for (size_t i = 0; i < 999; i++)
		buf_add_char(&line, 'a');
	buf_add_char(&line, 'b');
	cr_assert_not(
	    glob_fits(glob_new(fragments, COUNT_OF(fragments), &arena),
		buf_slice(&line)));
	buf_release(&line);
	arena_release(&arena);
}
