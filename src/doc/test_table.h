/*
 * For unit tests: tables of cases in testdata/facts, one case a line, its
 * columns apart by " | ", the last one saying why.  Lines that are empty or
 * begin with "#" do not count.
 */
#ifndef DOC_TEST_TABLE_H
#define DOC_TEST_TABLE_H

#include "doc/tree.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEST_COLUMNS 8

struct test_row {
	const char *name;		  /* of the file */
	size_t line;			  /* in it */
	struct slice cells[TEST_COLUMNS]; /* without blanks around them */
};

/* Splits a line into n cells. */
static inline void test_row_split(
    struct test_row *row, struct slice line, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		ptrdiff_t bar = slice_find(line, SLICE(" | "), 0);
		size_t len = bar < 0 ? line.len : (size_t)bar;

		cr_assert_eq(bar < 0, i + 1 == n, "%s:%zu: %zu columns wanted",
		    row->name, row->line, n);
		row->cells[i] = slice_trim((struct slice){line.ptr, len});
		if (bar >= 0)
			line = (struct slice){
			    line.ptr + len + 3, line.len - len - 3};
	}
	cr_assert_gt(row->cells[n - 1].len, 0, "%s:%zu: no reason given",
	    row->name, row->line);
}

/* Calls check for each row, of n columns each; there must be at least so many
 * rows.  srcdir is the environment's, or NULL. */
static inline void test_table(const char *srcdir, const char *name, size_t n,
    size_t least, void (*check)(const struct test_row *row))
{
	struct test_row row = {.name = name};
	size_t size = 0, count = 0;
	char *line = NULL;
	struct buf path = {0};
	ssize_t len;
	FILE *file;

	buf_printf(&path, "%s/testdata/facts/%s", srcdir ? srcdir : ".", name);
	file = fopen(buf_text(&path), "r");
	cr_assert_not_null(file, "%s", buf_text(&path));
	while ((len = getline(&line, &size, file)) > 0) {
		row.line++;
		if (*line == '#' || *line == '\n')
			continue;
		test_row_split(&row, (struct slice){line, (size_t)len}, n);
		check(&row);
		count++;
	}
	cr_assert_geq(count, least, "%s has only %zu rows", name, count);
	free(line);
	fclose(file);
	buf_release(&path);
}

/* A cell's text, ended by NUL, in arena. */
static inline const char *test_cell(
    const struct test_row *row, size_t i, struct arena *arena)
{
	return slice_copy(arena, row->cells[i]).ptr;
}

/* A cell as YAML; NULL when it is empty. */
static inline const struct node *test_cell_node(
    const struct test_row *row, size_t i, struct arena *arena)
{
	static const struct origin origin = {.name = "cell"};
	struct events *events = events_new(row->cells[i], 1);
	struct finding_list findings = {0};
	const struct node *root = NULL;
	int result = document_load(
	    events, &origin, &default_limits, arena, &findings, &root);

	cr_assert(result >= 0 && !findings.n, "%s:%zu: %s", row->name,
	    row->line, findings.n ? findings.items[0].text : "?");
	events_free(events);
	return root;
}

#endif
