/*
 * Sources in parts: what is quoted and hashed of a large one does not depend on
 * how many threads have read it.
 */
#include "input/parts.h"

#include "input/quote.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	NLINES = 60000,
	NQUOTES = 4000,
};

static const struct origin origin = {.name = "<stdin>", .is_stdin = true};

/* The next of some numbers that look like any. */
static uint32_t draw(uint32_t *seed, uint32_t below)
{
	*seed = *seed * 1664525 + 1013904223;
	return (*seed >> 8) % below;
}

/* Lines that repeat, of all lengths and ends, some hundred KB for each
 * thread. */
static void add_lines(struct buf *text, uint32_t seed)
{
	static const char *const words[] = {"name: web", "  - port: 80",
	    "\xC3\xA4\xE2\x82\xAC\xF0\x9F\x98\x80", "\t", "", "x", "\xE2\x82",
	    "a line that is longer than most of them, of about sixty"};
	static const char *const ends[] = {"\n", "\n", "\n", "\r\n", "\r"};

	for (int i = 0; i < NLINES; i++) {
		for (uint32_t n = draw(&seed, 4); n; n--)
			buf_add_text(text, words[draw(&seed, COUNT_OF(words))]);
		if (!draw(&seed, 5000))
			for (int j = 0; j < 60000; j++)
				buf_add_char(text, ' ');
		buf_add_text(text, ends[draw(&seed, COUNT_OF(ends))]);
	}
}

/* What one number of threads makes of it. */
struct answer {
	const char *lines[NQUOTES], *hashes[NQUOTES];
	bool crlf[NQUOTES];
	struct arena arena;
};

static struct answer *ask(struct source *source, unsigned njobs)
{
	struct answer *answer = xcalloc(1, sizeof(*answer));
	struct quote *quotes = xcalloc(NQUOTES, sizeof(*quotes));
	struct place *places = xcalloc(NQUOTES, sizeof(*places));
	uint32_t seed = 7;

	for (size_t i = 0; i < NQUOTES; i++) {
		uint32_t line = 1 + draw(&seed, NLINES + 9);

		places[i] = (struct place){&origin, {line, 1, line, 2}};
		quotes[i] = (struct quote){&places[i], &answer->lines[i],
		    i % 3 ? &answer->hashes[i] : NULL,
		    i % 2 ? &answer->crlf[i] : NULL};
	}
	quote_lines(quotes, NQUOTES, (struct source *[]){source}, 1, njobs,
	    &answer->arena);
	free(quotes);
	free(places);
	return answer;
}

static void expect_text(const char *got, const char *wanted)
{
	cr_assert_eq(!got, !wanted);
	if (got)
		cr_assert_str_eq(got, wanted);
}

static void expect_same(struct source *source, unsigned njobs)
{
	struct answer *one = ask(source, 1), *other = ask(source, njobs);

	for (size_t i = 0; i < NQUOTES; i++) {
		expect_text(other->lines[i], one->lines[i]);
		expect_text(other->hashes[i], one->hashes[i]);
		cr_assert_eq(other->crlf[i], one->crlf[i]);
	}
	arena_release(&one->arena);
	arena_release(&other->arena);
	free(one);
	free(other);
}

/* Also with a byte order mark, which is no part of the first line's text but
 * of its hash. */
Test(input_parts, answers_do_not_depend_on_threads)
{
	for (uint32_t seed = 0; seed < 4; seed++) {
		struct buf text = {0};
		struct source source;
		struct parts parts;

		if (seed % 2)
			buf_add_text(&text, "\xEF\xBB\xBF");
		add_lines(&text, seed);
		source_init_memory(&source, &origin, buf_slice(&text));
		cr_assert(parts_cut(&parts, &source, 8));
		cr_assert_geq(parts.n, 4, "there is nothing to share");
		expect_same(&source, 2);
		expect_same(&source, 8);
		source_release(&source);
		buf_release(&text);
	}
}

/* A file is read at any place, memory too; the answers are the same. */
Test(input_parts, of_a_file)
{
	char name[] = "/tmp/parts-XXXXXX";
	const struct origin file = {.name = name};
	struct fault fault = {0};
	struct buf text = {0};
	struct source source;
	struct parts parts;
	int fd = mkstemp(name);

	add_lines(&text, 1);
	cr_assert_eq(write(fd, text.ptr, text.len), (ssize_t)text.len);
	close(fd);
	cr_assert_eq(source_open(&source, &file, false, &fault), 0);
	source.origin = &origin;
	cr_assert(parts_cut(&parts, &source, 2));
	cr_assert_eq(parts.n, 4);
	expect_same(&source, 2);
	source_release(&source);
	cr_assert_eq(remove(name), 0);
	buf_release(&text);
}

/* What is in UTF-16 has its places elsewhere. */
Test(input_parts, of_what_can_only_be_read_from_its_start)
{
	struct buf text = {0};
	struct source source;
	struct parts parts;

	buf_add(&text, "\xFF\xFE", 2);
	for (int i = 0; i < 500000; i++)
		buf_add(&text, i % 9 ? "a\0" : "\n\0", 2);
	source_init_memory(&source, &origin, buf_slice(&text));
	cr_assert(parts_cut(&parts, &source, 2));
	cr_assert_eq(parts.n, 1);
	expect_same(&source, 2);
	source_release(&source);
	buf_release(&text);
}
