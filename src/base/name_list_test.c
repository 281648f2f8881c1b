/* Names that lists of words recognise, and entries that are refused. */
#include "base/name_list.h"

#include <criterion/criterion.h>
#include <string.h>

/* The items of a list that is written with ", " between them. */
static size_t split(char *text, const char **items)
{
	size_t n = 0;

	for (char *item = strtok(text, ","); item; item = strtok(NULL, ","))
		items[n++] = item + strspn(item, " ");
	return n;
}

/* Whether the name is one by such lists, which may be "". */
static bool has(
    const char *says, const char *but_not, const char *unless, const char *name)
{
	char texts[3][200];
	const char *items[3][20];
	struct name_list *list = name_list_new();
	struct fault fault = {0};
	struct name_words words = {items[0], 0, items[1], 0, items[2], 0};
	bool result;

	strcpy(texts[0], says);
	strcpy(texts[1], but_not);
	strcpy(texts[2], unless);
	words.nsays = split(texts[0], items[0]);
	words.nbut_not = split(texts[1], items[1]);
	words.nunless = split(texts[2], items[2]);
	cr_assert_eq(
	    name_list_add(list, &words, &fault), 0, "%s", fault_text(&fault));
	result = name_list_has(list, slice_of(name));
	name_list_free(list);
	return result;
}

static void expect(const char *entry, const char *name, bool expected)
{
	cr_assert_eq(has(entry, "", "", name), expected, "%s: %s", entry, name);
}

/* At what is no letter and no digit, at capitals, at digits. */
Test(base_name_list, words_of_a_name)
{
	expect("drain", "drain", true);
	expect("drain", "MAX_DRAIN_SECONDS", true);
	expect("drain", "max.drain-seconds", true);
	expect("drain", "maxDrainSeconds", true);
	expect("drain", "HTTPDrainMS", true);
	expect("http", "HTTPDrainMS", true);
	expect("drain", "DRAIN2", true);
	expect("drain", "2drain", true);
	expect("drain", "draining", false);
	expect("drain", "braindrain", false);
	expect("drain", "DRAINING", false);
	expect("DRAIN", "drain", true);
	expect("drain", "", false);
	expect("drain", "_-_", false);
}

/* A word may be in parts, also over three of them. */
Test(base_name_list, words_in_parts)
{
	expect("shutdown", "SHUT_DOWN", true);
	expect("shutdown", "shutDown", true);
	expect("shutdown", "shut and down", false);
	expect("abc", "a-b-c", true);
	expect("abcd", "a-b-c-d", false);
	expect("startup", "RESTART_UPSTREAM", false);
}

Test(base_name_list, stars)
{
	expect("drain*", "draining", true);
	expect("drain*", "undrained", false);
	expect("*drain", "braindrain", true);
	expect("*drain", "draining", false);
	expect("*drain*", "undrained", true);
	expect("drain*", "drain", true);
	expect("no *", "no-warmup", true);
	expect("no *", "no", false);
	/* A star alone is one word, not several parts of it. */
	expect("no * x", "no-a-x", true);
	expect("no * x", "no-a-b-x", false);
}

Test(base_name_list, words_in_a_row)
{
	expect("node drain", "NODE_DRAIN_SECONDS", true);
	expect("node drain", "node-a-drain", false);
	expect("node drain", "drain-node", false);
	expect("node drain", "nodeDrain", true);
	expect("shutdown time", "SHUT_DOWN_TIME", true);
}

Test(base_name_list, other_characters_are_meant_as_they_are)
{
	expect("--seed", "app --SEED 3", true);
	expect("--seed", "app -seed", false);
	expect("^-", "-x", true);
	expect("^-", "x-", false);
	expect("random.seed", "np.random.seed(1)", true);
}

/* What "but not" finds does not count; elsewhere in the name it does. */
Test(base_name_list, but_not)
{
	cr_assert_not(has("seed", "no *", "", "no-seed"));
	cr_assert(has("seed", "no *", "", "no-data-seed"));
	cr_assert(has("seed", "no *", "", "no-seed-but-seed"));
	cr_assert_not(has("warmup", "*=off", "", "--cache-warmup=off"));
	cr_assert(has("warmup", "*=off", "", "--cache-warmup=offline"));
	cr_assert(has("warmup", "*=off", "", "warmup --x=off"));
	cr_assert_not(has("warmup", "*=off", "", "--warmup_fully=off"));
	cr_assert_not(has("warmup*", "warmupdate", "", "warm-update"));
}

Test(base_name_list, unless)
{
	cr_assert_not(has("drain", "", "interval", "DRAIN_CHECK_INTERVAL"));
	cr_assert(has("drain", "", "interval", "DRAIN_INTERVALS"));
	cr_assert_not(has("seed", "", "^-", "--db-seed"));
}

Test(base_name_list, any_of_several_and_patterns)
{
	struct name_list *list = name_list_new();
	struct fault fault = {0};
	const char *drain = "drain", *grace = "grace", *cache = "cache";

	cr_assert_not(name_list_has(NULL, SLICE("drain")));
	cr_assert_not(name_list_has(list, SLICE("drain")));
	cr_assert_eq(
	    name_list_add(list,
		&(struct name_words){&drain, 1, NULL, 0, NULL, 0}, &fault),
	    0);
	cr_assert_eq(
	    name_list_add(list,
		&(struct name_words){&grace, 1, NULL, 0, &cache, 1}, &fault),
	    0);
	cr_assert(name_list_has(list, SLICE("cache-drain")));
	cr_assert_not(name_list_has(list, SLICE("cache-grace")));
	cr_assert_eq(name_list_add_pattern(list, SLICE("^x+$"), &fault), 0);
	cr_assert(name_list_has(list, SLICE("xx")));
	cr_assert_not(name_list_has(list, SLICE("xxy")));
	cr_assert_eq(name_list_add_pattern(list, SLICE("("), &fault), -1);
	fault_release(&fault);
	name_list_free(list);
}

static void expect_refused(const char *entry, const char *sentence)
{
	struct name_list *list = name_list_new();
	struct fault fault = {0};

	cr_assert_eq(
	    name_list_add(list,
		&(struct name_words){&entry, 1, NULL, 0, NULL, 0}, &fault),
	    -1);
	cr_assert_str_eq(fault_text(&fault), sentence);
	fault_release(&fault);
	name_list_free(list);
}

Test(base_name_list, entries_that_say_nothing)
{
	expect_refused("", "'' has no word in it");
	expect_refused(" * ", "' * ' has no word in it");
	expect_refused("a b c d e", "'a b c d e' has more than 4 words");
	expect_refused(
	    "a*b", "'a*b' has a '*' inside a word; it can stand at either end");
	expect_refused("^", "'^' has no text behind it");
}

/* Each of 25 letters may be taken by the inner or the outer star: 2 to the 25
 * ways, more than a match may take. */
Test(base_name_list, a_pattern_that_takes_too_long_is_remembered)
{
	struct name_list *list = name_list_new();
	struct fault fault = {0};

	cr_assert_eq(name_list_add_pattern(list, SLICE("^(a+)+$"), &fault), 0);
	cr_assert_not(name_list_has(list, SLICE("aaab")));
	cr_assert_not(name_list_gave_up(list));
	cr_assert_not(name_list_has(list, SLICE("aaaaaaaaaaaaaaaaaaaaaaaaab")));
	cr_assert(name_list_gave_up(list));
	cr_assert_not(name_list_gave_up(NULL));
	name_list_free(list);
}
