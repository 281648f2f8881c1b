/* Lines are paired from the top, and what is left between pairs is a change. */
#include "report/unified_diff.h"

#include <stdlib.h>
#include <string.h>

/* Lines around a change. */
#define CONTEXT 3

/* How far ahead a line is looked for, as behind lines that were inserted. */
#define MOST_INSERTED 64

struct lines {
	struct slice *items; /* with their line ends */
	size_t n, cap;
};

/* A line of the diff. */
struct step {
	char sign; /* ' ', '-' or '+' */
	struct slice line;
};

struct steps {
	struct step *items;
	size_t n, cap;
};

static void split(struct lines *lines, struct slice text)
{
	while (text.len) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t len = end ? (size_t)(end - text.ptr) + 1 : text.len;

		lines->items = grow(
		    lines->items, lines->n, &lines->cap, sizeof(*lines->items));
		lines->items[lines->n++] = (struct slice){text.ptr, len};
		text = (struct slice){text.ptr + len, text.len - len};
	}
}

static void add_step(struct steps *steps, char sign, struct slice line)
{
	steps->items =
	    grow(steps->items, steps->n, &steps->cap, sizeof(*steps->items));
	steps->items[steps->n++] = (struct step){sign, line};
}

/* Whether both have a line there, and it is the same. */
static bool same(
    const struct lines *a, size_t i, const struct lines *b, size_t j)
{
	return i < a->n && j < b->n && slice_eq(a->items[i], b->items[j]);
}

/* How many lines of after from j on were inserted before line i of before. */
static size_t count_inserted(
    const struct lines *before, size_t i, const struct lines *after, size_t j)
{
	/* Changed, not moved down. */
	if (same(before, i + 1, after, j + 1))
		return 0;
	for (size_t n = 1; n <= MOST_INSERTED; n++) {
		if (same(before, i, after, j + n))
			return n;
	}
	return 0;
}

static void compare(
    struct steps *steps, const struct lines *before, const struct lines *after)
{
	size_t i = 0, j = 0;

	while (i < before->n || j < after->n) {
		size_t inserted;

		if (same(before, i, after, j)) {
			add_step(steps, ' ', before->items[i++]);
			j++;
			continue;
		}
		inserted = count_inserted(before, i, after, j);
		if (!inserted && i < before->n)
			add_step(steps, '-', before->items[i++]);
		if (!inserted && j < after->n)
			inserted = 1;
		for (; inserted; inserted--)
			add_step(steps, '+', after->items[j++]);
	}
}

static void print_step(struct buf *buf, const struct step *step)
{
	struct slice line = step->line;

	buf_add_char(buf, step->sign);
	buf_add(buf, line.ptr, line.len);
	if (!line.len || line.ptr[line.len - 1] != '\n')
		buf_add_text(buf, "\n\\ No newline at end of file\n");
}

/* The end of the hunk that begins at from: behind it are more lines without a
 * change than two contexts have. */
static size_t find_end(const struct steps *steps, size_t from)
{
	size_t end = from, plain = 0;

	for (size_t i = from; i < steps->n && plain <= 2 * CONTEXT; i++) {
		if (steps->items[i].sign == ' ') {
			plain++;
			continue;
		}
		plain = 0;
		end = i + 1;
	}
	return end + CONTEXT < steps->n ? end + CONTEXT : steps->n;
}

/* ",N" is left out for one line; a hunk without lines begins at the one before
 * it. */
static void print_range(struct buf *buf, char sign, size_t first, size_t n)
{
	buf_printf(buf, " %c%zu", sign, n ? first : first - 1);
	if (n != 1)
		buf_printf(buf, ",%zu", n);
}

/* line: numbers of the two first lines, which are moved behind the hunk. */
static void print_hunk(struct buf *buf, const struct steps *steps, size_t from,
    size_t to, size_t line[2])
{
	size_t n[2] = {0};

	for (size_t i = from; i < to; i++) {
		n[0] += steps->items[i].sign != '+';
		n[1] += steps->items[i].sign != '-';
	}
	buf_add_text(buf, "@@");
	print_range(buf, '-', line[0], n[0]);
	print_range(buf, '+', line[1], n[1]);
	buf_add_text(buf, " @@\n");
	for (size_t i = from; i < to; i++)
		print_step(buf, &steps->items[i]);
	line[0] += n[0];
	line[1] += n[1];
}

static void print_hunks(
    struct buf *buf, const char *name, const struct steps *steps)
{
	size_t line[2] = {1, 1}, at = 0;
	bool any = false;

	for (size_t i = 0; i < steps->n; i++) {
		size_t from, to;

		if (steps->items[i].sign == ' ')
			continue;
		if (!any)
			buf_printf(buf, "--- %s\n+++ %s\n", name, name);
		any = true;
		from = i > at + CONTEXT ? i - CONTEXT : at;
		to = find_end(steps, i);
		line[0] += from - at;
		line[1] += from - at;
		print_hunk(buf, steps, from, to, line);
		at = to;
		i = to - 1;
	}
}

void unified_diff_add(
    struct buf *buf, const char *name, struct slice before, struct slice after)
{
	struct lines old = {0}, new = {0};
	struct steps steps = {0};

	split(&old, before);
	split(&new, after);
	compare(&steps, &old, &new);
	print_hunks(buf, name, &steps);
	free(old.items);
	free(new.items);
	free(steps.items);
}
