/* The nearest of some names. */
#include "base/nearest.h"

#include <criterion/criterion.h>

static const char *const names[] = {
    "rollout_mode", "warmup_required", "suite", "id"};

static const char *guess(const char *word)
{
	return nearest(slice_of(word), names, COUNT_OF(names));
}

Test(base_nearest, one_letter_off)
{
	cr_assert_str_eq(guess("suit"), "suite");   /* deleted */
	cr_assert_str_eq(guess("suiite"), "suite"); /* inserted */
	cr_assert_str_eq(guess("suiTe"), "suite");  /* changed */
	cr_assert_str_eq(guess("siute"), "suite");  /* swapped */
	cr_assert_str_eq(guess("suite"), "suite");  /* the same */
}

Test(base_nearest, a_third_of_the_letters_may_differ)
{
	cr_assert_str_eq(guess("rolloutMode"), "rollout_mode");
	cr_assert_str_eq(guess("warmupRequired"), "warmup_required");
	cr_assert_null(guess("warm"));
}

Test(base_nearest, short_words_may_differ_by_one)
{
	cr_assert_str_eq(guess("i"), "id");
	cr_assert_null(guess("xy"));
}

Test(base_nearest, nothing_is_close_to_nothing)
{
	cr_assert_null(guess(""));
	cr_assert_null(nearest(SLICE("id"), names, 0));
}

Test(base_nearest, no_guess_at_long_words)
{
	static const char long_name[] =
	    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"
	    "abcdefghijklmnopqrstuvwxyz";
	const char *only[] = {long_name};

	cr_assert_null(nearest(slice_of(long_name), only, 1));
	cr_assert_null(nearest(SLICE("abc"), only, 1));
}

Test(base_nearest, first_of_equally_near)
{
	static const char *const twins[] = {"cat", "car"};

	cr_assert_str_eq(nearest(SLICE("cax"), twins, 2), "cat");
}

Test(base_nearest, whether_one_letter_off)
{
	cr_assert(is_one_letter_off(SLICE("web"), SLICE("webb")));
	cr_assert(is_one_letter_off(SLICE("web"), SLICE("wbe")));
	cr_assert(is_one_letter_off(SLICE("web"), SLICE("wet")));
	cr_assert_not(is_one_letter_off(SLICE("web"), SLICE("web")));
	cr_assert_not(is_one_letter_off(SLICE("web"), SLICE("wobs")));
	cr_assert_not(is_one_letter_off(SLICE("web"), SLICE("webbb")));
}
