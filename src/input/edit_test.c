/* Edits: exactly these characters of a line, or none. */
#include "input/edit.h"

#include <criterion/criterion.h>

struct sample {
	const char *line;
	uint32_t col, end_col;
	enum fix_kind kind;
	const char *text, *json; /* what is to be written */
	const char *after;	 /* the line and its end; NULL: no edit */
};

static const struct sample samples[] = {
    /* The scalar alone goes, whatever is around it. */
    {"  replicas: 3  # three", 13, 14, FIX_REPLACE, "4", "4",
	"  replicas: 4  # three\n"},
    {"{a: 3, b: 3}", 5, 6, FIX_REPLACE, "4", "4", "{a: 4, b: 3}\n"},
    /* Columns are code points, edits are bytes. */
    {"{\xC3\xA9\xE2\x82\xAC: x, kind: A}", 15, 16, FIX_REPLACE, "B", "\"B\"",
	"{\xC3\xA9\xE2\x82\xAC: x, kind: B}\n"},
    /* What is quoted, or stands behind a key of JSON, is written as JSON. */
    {"kind: 'A'", 7, 10, FIX_REPLACE, "B", "\"B\"", "kind: \"B\"\n"},
    {"{\"n\": 1}", 7, 8, FIX_REPLACE, "B", "\"B\"", "{\"n\": \"B\"}\n"},
    /* An anchor, an alias, a block and half a quoted text stay. */
    {"n: &a 1", 4, 8, FIX_REPLACE, "2", "2", NULL},
    {"n: *a", 4, 6, FIX_REPLACE, "2", "2", NULL},
    {"n: |", 4, 5, FIX_REPLACE, "2", "2", NULL},
    {"n: \"long", 4, 5, FIX_REPLACE, "2", "2", NULL},
    {"n: long text", 4, 5, FIX_REPLACE, "2", "2", NULL},
    {"n: 1", 4, 9, FIX_REPLACE, "2", "2", NULL},
    /* A key of a block gets a line above it, as far in. */
    {"    image: x", 5, 10, FIX_INSERT, "a: 1", "\"a\": 1",
	"    a: 1\n    image: x\n"},
    {"  \"image\" : x", 3, 10, FIX_INSERT, "a: 1", "\"a\": 1",
	"  a: 1\n  \"image\" : x\n"},
    /* No room for a line: behind a dash, an anchor, a tab, another key. */
    {"  - image: x", 5, 10, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
    {"  &k image: x", 3, 11, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
    {"\timage: x", 2, 7, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
    {"--- image: x", 5, 10, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
    {"  image", 3, 8, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
    {"  image:x", 3, 8, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
    /* In braces it becomes the first entry. */
    {"- {image: x}", 3, 4, FIX_INSERT, "a: 1", "\"a\": 1",
	"- {a: 1, image: x}\n"},
    {"[{ \"image\": 0}]", 2, 3, FIX_INSERT, "a: 1", "\"a\": 1",
	"[{\"a\": 1,  \"image\": 0}]\n"},
    {"\"spec\": {", 9, 10, FIX_INSERT, "a: 1", "\"a\": 1",
	"\"spec\": {\"a\": 1, \n"},
    {"spec: {}", 7, 9, FIX_INSERT, "a: 1", "\"a\": 1", NULL},
};

static void apply(const struct fix *fix, const char *line, struct buf *buf)
{
	buf_add(buf, line, fix->byte_col - 1);
	buf_add_text(buf, fix->text);
	buf_printf(buf, "%s\n", line + fix->end_byte_col - 1);
}

static void expect_edit(const struct sample *sample)
{
	struct arena arena = {0};
	struct buf after = {0};
	struct fix fix = {
	    .kind = sample->kind,
	    .place.span = {7, sample->col, 7, sample->end_col},
	    .text = sample->text,
	    .json = sample->json,
	};
	bool ok = fix_locate(&fix, slice_of(sample->line), false, &arena);

	cr_assert_eq(ok, sample->after != NULL, "%s", sample->line);
	if (ok) {
		apply(&fix, sample->line, &after);
		cr_assert_str_eq(buf_text(&after), sample->after);
		cr_assert_eq(fix.place.span.line, 7);
		cr_assert_eq(fix.place.span.end_line, 7);
	}
	buf_release(&after);
	arena_release(&arena);
}

Test(input_edit, lines)
{
	for (size_t i = 0; i < COUNT_OF(samples); i++)
		expect_edit(&samples[i]);
}

/* Code points for SARIF and bytes for GCC, of one and the same text. */
Test(input_edit, counts_columns_both_ways)
{
	struct arena arena = {0};
	struct fix fix = {
	    .kind = FIX_REPLACE,
	    .place.span = {1, 11, 1, 12},
	    .text = "B",
	    .json = "\"B\"",
	};

	cr_assert(fix_locate(&fix, SLICE("{\xC3\xA9: x, k: A}"), false,
		      &arena) == true);
	cr_assert_eq(fix.place.span.col, 11);
	cr_assert_eq(fix.byte_col, 12);
	cr_assert_eq(fix.end_byte_col, 13);
	arena_release(&arena);
}

Test(input_edit, inserted_line_ends_as_the_others)
{
	struct arena arena = {0};
	struct fix fix = {
	    .kind = FIX_INSERT,
	    .place.span = {4, 3, 4, 8},
	    .text = "a: 1",
	    .json = "\"a\": 1",
	};

	cr_assert(fix_locate(&fix, SLICE("  image: x"), true, &arena));
	cr_assert_str_eq(fix.text, "  a: 1\r\n");
	cr_assert_eq(fix.byte_col, 1);
	cr_assert_eq(fix.place.span.col, 1);
	cr_assert_eq(fix.place.span.end_col, 1);
	arena_release(&arena);
}
