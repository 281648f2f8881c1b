/* Fingerprints of lines, as quotes ask for them. */
#include "input/line_hashes.h"

#include <criterion/criterion.h>
#include <stdlib.h>

#define SAME "Lorem ipsum dolor sit amet.\n"

static const struct origin origin = {.name = "<stdin>", .is_stdin = true};

/* The fingerprint of one line of text; NULL when it has none. */
static const char *fingerprint(
    struct slice text, uint32_t line, struct arena *arena)
{
	const char *hash = NULL, *quoted = NULL;
	struct place place = {&origin, {line, 1, line, 2}};
	struct quote quote = {&place, &quoted, &hash, NULL};
	struct source source;

	source_init_memory(&source, &origin, text);
	quote_lines(&quote, 1, (struct source *[]){&source}, 1, 1, arena);
	source_release(&source);
	return hash;
}

static void expect(struct slice text, uint32_t line, const char *wanted)
{
	struct arena arena = {0};

	cr_assert_str_eq(fingerprint(text, line, &arena), wanted);
	arena_release(&arena);
}

Test(input_fingerprint, of_the_file_that_is_reported)
{
	expect(SLICE(" a\nb\n  \t\tc\n d"), 2, "54703d4cd895b18:1");
	expect(SLICE(" a\nb\n  \t\tc\n d"), 4, "a23a3dc5e078b07b:1");
}

/* Lines of one hash are numbered, also when only the last is asked for. */
Test(input_fingerprint, equal_lines_are_numbered)
{
	struct slice text = SLICE(SAME SAME SAME SAME SAME SAME SAME SAME);

	expect(text, 1, "a7f2ff13bc495cf2:1");
	expect(text, 4, "a7f2ff13bc495cf2:4");
	expect(text, 5, "a7f2ff1481e87703:1");
}

/* GitHub hashes a byte order mark as part of the first line. */
Test(input_fingerprint, byte_order_mark_counts)
{
	struct arena arena = {0};
	const char *with = fingerprint(SLICE("\xEF\xBB\xBF"
					     "a\n"),
	    1, &arena);
	const char *twice = fingerprint(SLICE("\xEF\xBB\xBF\xEF\xBB\xBF"
					      "a\n"),
	    1, &arena);
	const char *without = fingerprint(SLICE("a\n"), 1, &arena);

	cr_assert_str_neq(with, without);
	cr_assert_str_neq(with, twice);
	arena_release(&arena);
}

Test(input_fingerprint, several_at_once)
{
	static const uint32_t lines[] = {4, 1, 9, 1};
	struct slice text = SLICE(" a\nb\n  \t\tc\n d");
	const char *quoted[4] = {0}, *hashes[4] = {0};
	struct quote quotes[4];
	struct place places[4];
	struct arena arena = {0};
	struct source source;

	for (size_t i = 0; i < 4; i++) {
		places[i] = (struct place){&origin, {lines[i], 1, lines[i], 2}};
		quotes[i] = (struct quote){
		    &places[i], &quoted[i], i == 3 ? NULL : &hashes[i], NULL};
	}
	source_init_memory(&source, &origin, text);
	quote_lines(quotes, 4, (struct source *[]){&source}, 1, 1, &arena);
	cr_assert_str_eq(hashes[0], "a23a3dc5e078b07b:1");
	cr_assert_str_eq(hashes[1], "271789c17abda88f:1");
	cr_assert_null(hashes[2]); /* there is no line 9 */
	cr_assert_null(hashes[3]); /* and nobody asked here */
	cr_assert_str_eq(quoted[3], " a");
	source_release(&source);
	arena_release(&arena);
}
