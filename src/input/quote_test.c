/* Lines of the input, read again for the findings that are at them. */
#include "input/quote.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char untouched[] = "untouched";

/* The lines of text that are asked for, in that order; n of them. */
static void quote(const char *text, size_t len, const uint32_t *lines, size_t n,
    const char **ret_lines, struct arena *arena)
{
	const struct origin origin = {.name = "<stdin>", .is_stdin = true};
	struct source source;
	struct quote *quotes = xcalloc(n, sizeof(*quotes));
	struct place *places = xcalloc(n, sizeof(*places));

	source_init_memory(&source, &origin, (struct slice){text, len});
	for (size_t i = 0; i < n; i++) {
		ret_lines[i] = untouched;
		places[i] = (struct place){&origin, {lines[i], 1, lines[i], 2}};
		quotes[i] =
		    (struct quote){&places[i], &ret_lines[i], NULL, NULL};
	}
	quote_lines(quotes, n, (struct source *[]){&source}, 1, 1, arena);
	source_release(&source);
	free(quotes);
	free(places);
}

static void expect_line(
    struct slice text, uint32_t number, const char *expected)
{
	struct arena arena = {0};
	const char *line;

	quote(text.ptr, text.len, &number, 1, &line, &arena);
	cr_assert_str_eq(line, expected);
	arena_release(&arena);
}

Test(input_quote, lines_are_without_their_ends)
{
	expect_line(SLICE("one\ntwo\nthree"), 1, "one");
	expect_line(SLICE("one\ntwo\nthree"), 2, "two");
	expect_line(SLICE("one\ntwo\nthree"), 3, "three");
	expect_line(SLICE("one\r\ntwo\r\n"), 1, "one");
	expect_line(SLICE("one\r\ntwo\r\n"), 2, "two");
	expect_line(SLICE("  a: b \t\n"), 1, "  a: b \t");
}

Test(input_quote, lines_that_cannot_be_had)
{
	expect_line(SLICE("one\n"), 2, untouched);
	expect_line(SLICE("one\n"), 7, untouched);
	expect_line(SLICE(""), 1, untouched);
	expect_line(SLICE("a\n\nb\n"), 2, untouched);
	expect_line(SLICE("a\n\r\nb\n"), 2, untouched);
	expect_line(SLICE("a\n\nb\n"), 3, "b");
}

Test(input_quote, in_any_order_and_more_than_once)
{
	static const uint32_t lines[] = {3, 1, 3, 9, 2};
	static const char *const wanted[] = {
	    "three", "one", "three", untouched, "two"};
	const char *got[COUNT_OF(lines)];
	struct arena arena = {0};

	quote("one\ntwo\nthree\n", 14, lines, COUNT_OF(lines), got, &arena);
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		cr_assert_str_eq(got[i], wanted[i]);
	arena_release(&arena);
}

/* Longer than the limit by one, at it, and the line behind both. */
Test(input_quote, very_long_lines_are_left_out)
{
	static const uint32_t lines[] = {1, 2, 3};
	const char *got[COUNT_OF(lines)];
	struct arena arena = {0};
	struct buf text = {0};

	for (int i = 0; i < 4096; i++)
		buf_add_char(&text, 'a');
	buf_add_text(&text, "\n");
	for (int i = 0; i < 4097; i++)
		buf_add_char(&text, 'b');
	buf_add_text(&text, "\nshort\n");
	quote(text.ptr, text.len, lines, COUNT_OF(lines), got, &arena);
	cr_assert_eq(strlen(got[0]), 4096);
	cr_assert_str_eq(got[1], untouched);
	cr_assert_str_eq(got[2], "short");
	buf_release(&text);
	arena_release(&arena);
}

/* Over many blocks the lines are still counted right. */
Test(input_quote, a_line_far_down)
{
	struct arena arena = {0};
	struct buf text = {0};
	const uint32_t number = 20000;
	const char *line;

	for (uint32_t i = 1; i <= 30000; i++)
		buf_printf(&text, "line %u\n", i);
	quote(text.ptr, text.len, &number, 1, &line, &arena);
	cr_assert_str_eq(line, "line 20000");
	buf_release(&text);
	arena_release(&arena);
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	fputs(text, file);
	fclose(file);
}

Test(input_quote, several_files)
{
	char folder[] = "/tmp/quote-XXXXXX";
	struct buf names[3] = {0};
	struct origin origins[3];
	const char *got[4] = {untouched, untouched, untouched, untouched};
	struct arena arena = {0};

	cr_assert_not_null(mkdtemp(folder));
	for (unsigned i = 0; i < 3; i++) {
		buf_printf(&names[i], "%s/%u.yaml", folder, i);
		origins[i] =
		    (struct origin){.name = buf_text(&names[i]), .index = i};
	}
	write_file(origins[0].name, "a1\na2\n");
	write_file(origins[1].name, "b1\nb2\n");
	quote_lines(
	    (struct quote[]){{&(struct place){&origins[1], {2, 1, 2, 2}},
				 &got[0], NULL, NULL},
		{&(struct place){&origins[0], {1, 1, 1, 2}}, &got[1], NULL,
		    NULL},
		{&(struct place){&origins[2], {1, 1, 1, 2}}, &got[2], NULL,
		    NULL},
		{&(struct place){&origins[1], {1, 1, 1, 2}}, &got[3], NULL,
		    NULL}},
	    4, NULL, 0, 1, &arena);
	cr_assert_str_eq(got[0], "b2");
	cr_assert_str_eq(got[1], "a1");
	cr_assert_str_eq(got[2], untouched, "the file is not there");
	cr_assert_str_eq(got[3], "b1");
	for (int i = 0; i < 2; i++)
		cr_assert_eq(remove(origins[i].name), 0);
	cr_assert_eq(rmdir(folder), 0);
	for (int i = 0; i < 3; i++)
		buf_release(&names[i]);
	arena_release(&arena);
}

/* Standard input that was not kept is gone; it is never read for this. */
Test(input_quote, standard_input_that_is_gone)
{
	const struct origin origin = {.name = "<stdin>", .is_stdin = true};
	const char *line = untouched;
	struct arena arena = {0};

	quote_lines(&(struct quote){&(struct place){&origin, {1, 1, 1, 2}},
			&line, NULL, NULL},
	    1, NULL, 0, 1, &arena);
	cr_assert_str_eq(line, untouched);
	quote_lines(NULL, 0, NULL, 0, 1, &arena);
	arena_release(&arena);
}

/* Of several open sources each quote finds its own. */
Test(input_quote, several_sources_that_are_still_open)
{
	static const char *const texts[] = {"a1\na2\n", "b1\nb2\n"};
	struct origin origins[] = {
	    {.name = "<stdin>", .is_stdin = true}, {.name = "-", .index = 1}};
	struct source sources[2], *kept[] = {&sources[1], &sources[0]};
	const char *lines[2] = {untouched, untouched};
	struct arena arena = {0};

	for (int i = 0; i < 2; i++)
		source_init_memory(
		    &sources[i], &origins[i], slice_of(texts[i]));
	quote_lines(
	    (struct quote[]){{&(struct place){&origins[1], {2, 1, 2, 2}},
				 &lines[1], NULL, NULL},
		{&(struct place){&origins[0], {2, 1, 2, 2}}, &lines[0], NULL,
		    NULL}},
	    2, kept, 2, 1, &arena);
	cr_assert_str_eq(lines[0], "a2");
	cr_assert_str_eq(lines[1], "b2");
	for (int i = 0; i < 2; i++)
		source_release(&sources[i]);
	arena_release(&arena);
}

/* Nobody writes to it any more: to open it would be to wait for ever. */
Test(input_quote, a_pipe_with_a_name_is_not_opened, .timeout = 20)
{
	char folder[] = "/tmp/quote-XXXXXX";
	struct buf name = {0};
	struct origin origin = {0};
	const char *line = untouched;
	struct arena arena = {0};

	cr_assert_not_null(mkdtemp(folder));
	buf_printf(&name, "%s/pipe", folder);
	origin.name = buf_text(&name);
	cr_assert_eq(mkfifo(origin.name, 0600), 0);
	quote_lines(&(struct quote){&(struct place){&origin, {1, 1, 1, 2}},
			&line, NULL, NULL},
	    1, NULL, 0, 1, &arena);
	cr_assert_str_eq(line, untouched);
	cr_assert_eq(remove(origin.name), 0);
	cr_assert_eq(rmdir(folder), 0);
	buf_release(&name);
	arena_release(&arena);
}

/* With a NUL in it the line would end early for C. */
Test(input_quote, a_line_with_a_nul_is_left_out)
{
	static const char text[] = "a\0b\nc\n";
	const struct origin origin = {.name = "<stdin>", .is_stdin = true};
	const char *lines[2] = {untouched, untouched};
	struct arena arena = {0};
	struct source source;

	source_init_memory(
	    &source, &origin, (struct slice){text, sizeof(text) - 1});
	quote_lines((struct quote[]){{&(struct place){&origin, {1, 1, 1, 2}},
					 &lines[0], NULL, NULL},
			{&(struct place){&origin, {2, 1, 2, 2}}, &lines[1],
			    NULL, NULL}},
	    2, (struct source *[]){&source}, 1, 1, &arena);
	cr_assert_str_eq(lines[0], untouched);
	source_release(&source);
	arena_release(&arena);
}
