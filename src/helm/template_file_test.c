/* Lines of files, near and far. */
#include "helm/template_file.h"

#include <criterion/criterion.h>

#define NLINES 1000

/* "line 1", "line 2" ... of which each fifth is empty. */
static void add_lines(struct buf *text)
{
	for (unsigned i = 1; i <= NLINES; i++) {
		if (i % 5)
			buf_printf(text, "line %u", i);
		buf_add_char(text, '\n');
	}
	buf_add_text(text, "rest");
}

static void expect_line(const struct template_file *file, unsigned i)
{
	struct buf wanted = {0};

	if (i % 5)
		buf_printf(&wanted, "line %u", i);
	cr_expect(slice_eq(template_file_line(file, i), buf_slice(&wanted)),
	    "line %u is another", i);
	buf_release(&wanted);
}

Test(template_file, lines_are_found_with_and_without_marks)
{
	struct buf text = {0};
	struct arena arena = {0};
	struct template_file file = {0};

	add_lines(&text);
	file.text = buf_slice(&text);
	for (unsigned round = 0; round < 2; round++) {
		for (unsigned i = 1; i <= NLINES; i++)
			expect_line(&file, i);
		cr_expect(
		    slice_is(template_file_line(&file, NLINES + 1), "rest"));
		cr_expect_eq(template_file_line(&file, NLINES + 2).len, 0);
		cr_expect_eq(template_file_line(&file, 90000).len, 0);
		cr_expect_eq(template_file_line(&file, 0).len, 0);
		template_file_mark(&file, &arena);
	}
	arena_release(&arena);
	buf_release(&text);
}

/* What is far before a line is not looked at. */
Test(template_file, marked_lines_are_not_counted_from_the_first)
{
	struct buf text = {0};
	struct arena arena = {0};
	struct template_file file = {0};
	size_t before;

	add_lines(&text);
	file.text = buf_slice(&text);
	template_file_mark(&file, &arena);
	before =
	    (size_t)(template_file_line(&file, NLINES - TEMPLATE_MARK).ptr -
		     text.ptr);
	memset(text.ptr, 'x', before);
	expect_line(&file, NLINES - 1);
	arena_release(&arena);
	buf_release(&text);
}
