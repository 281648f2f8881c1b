/* Sources: encodings, what is refused, and reading twice. */
#include "input/source.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct origin origin = {.name = "x.yaml"};

/* All a source has, asked for in pieces of that size; -1 as source_read(). */
static int read_all(
    struct source *source, size_t size, struct buf *all, struct fault *fault)
{
	char bytes[4096];
	ssize_t n;

	buf_clear(all);
	while ((n = source_read(source, bytes, size, fault)) > 0)
		buf_add(all, bytes, (size_t)n);
	return (int)n;
}

/* bytes must be read as text, whatever the size of the reads. */
static void expect_text(struct slice bytes, const char *text)
{
	for (size_t size = 1; size < 40; size++) {
		struct fault fault = {0};
		struct source source;
		struct buf all = {0};

		source_init_memory(&source, &origin, bytes);
		cr_assert_eq(read_all(&source, size, &all, &fault), 0);
		cr_assert_str_eq(buf_text(&all), text, "read by %zu", size);
		source_release(&source);
		buf_release(&all);
	}
}

static void expect_fault(struct slice bytes, const char *text)
{
	struct fault fault = {0};
	struct source source;
	struct buf all = {0};

	source_init_memory(&source, &origin, bytes);
	cr_assert_eq(read_all(&source, 100, &all, &fault), -1);
	cr_assert_str_eq(fault_text(&fault), text);
	source_release(&source);
	buf_release(&all);
	fault_release(&fault);
}

Test(input_source, text_stays_as_it_is)
{
	expect_text(SLICE(""), "");
	expect_text(SLICE("a"), "a");
	expect_text(SLICE("a: \xC3\xA9\r\nb: 2\n"), "a: \xC3\xA9\r\nb: 2\n");
}

Test(input_source, only_the_first_byte_order_mark_goes)
{
	expect_text(SLICE("\xEF\xBB\xBF"), "");
	expect_text(SLICE("\xEF\xBB\xBF"
			  "a\xEF\xBB\xBF"),
	    "a\xEF\xBB\xBF");
}

Test(input_source, utf16_becomes_utf8)
{
	expect_text(SLICE("\xFF\xFE"
			  "a\0\xE9\0\x3D\xD8\x00\xDE\n\0"),
	    "a\xC3\xA9\xF0\x9F\x98\x80\n");
	expect_text(SLICE("\xFE\xFF"
			  "\0a\0\xE9\xD8\x3D\xDE\x00\0\n"),
	    "a\xC3\xA9\xF0\x9F\x98\x80\n");
}

Test(input_source, bad_utf16_becomes_the_replacement_character)
{
	/* a low surrogate alone, a high one before a letter, half a unit */
	expect_text(SLICE("\xFF\xFE\x00\xDE"
			  "a\0"),
	    "\xEF\xBF\xBD"
	    "a");
	expect_text(SLICE("\xFF\xFE\x3D\xD8"
			  "a\0"),
	    "\xEF\xBF\xBD"
	    "a");
	expect_text(SLICE("\xFF\xFE"
			  "a\0b"),
	    "a\xEF\xBF\xBD");
	/* a high surrogate that the end cuts off */
	expect_text(SLICE("\xFF\xFE"
			  "a\0\x3D\xD8"),
	    "a\xEF\xBF\xBD");
}

Test(input_source, utf32_becomes_utf8)
{
	expect_text(SLICE("\xFF\xFE\0\0"
			  "a\0\0\0\xE9\0\0\0\x00\xF6\x01\0"),
	    "a\xC3\xA9\xF0\x9F\x98\x80");
	expect_text(SLICE("\0\0\xFE\xFF"
			  "\0\0\0a\0\0\x20\xAC\0\x01\xF6\x00"),
	    "a\xE2\x82\xAC\xF0\x9F\x98\x80");
}

Test(input_source, bad_utf32_becomes_the_replacement_character)
{
	/* a surrogate, a number past the last, half a unit */
	expect_text(SLICE("\0\0\xFE\xFF"
			  "\0\0\xD8\x3D\0\0\0a"),
	    "\xEF\xBF\xBD"
	    "a");
	expect_text(SLICE("\0\0\xFE\xFF"
			  "\0\x11\0\0\xFF\xFF\xFF\xFF\0\0\0a"),
	    "\xEF\xBF\xBD\xEF\xBF\xBD"
	    "a");
	expect_text(SLICE("\xFF\xFE\0\0"
			  "a\0\0\0b\0"),
	    "a\xEF\xBF\xBD");
}

Test(input_source, what_is_no_text_is_refused)
{
	expect_fault(SLICE("\x1f\x8b\x08\x00"),
	    "'x.yaml' is not text but gzip data (a packed chart?): render it "
	    "first, helm template RELEASE CHART");
	expect_fault(
	    SLICE("ab\0c"), "'x.yaml' is not text: a NUL byte at offset 2");
	expect_fault(SLICE("\xEF\xBB\xBF"
			   "a\0"),
	    "'x.yaml' is not text: a NUL byte at offset 4");
}

Test(input_source, a_late_nul_is_left_to_the_parser)
{
	char bytes[8193];
	struct fault fault = {0};
	struct source source;
	struct buf all = {0};

	memset(bytes, 'a', sizeof(bytes));
	bytes[8192] = '\0';
	source_init_memory(
	    &source, &origin, (struct slice){bytes, sizeof(bytes)});
	cr_assert_eq(read_all(&source, 1000, &all, &fault), 0);
	cr_assert_eq(all.len, sizeof(bytes));
	bytes[8191] = '\0';
	cr_assert_eq(source_reread(&source), 0);
	cr_assert_eq(read_all(&source, 1000, &all, &fault), -1);
	source_release(&source);
	buf_release(&all);
	fault_release(&fault);
}

Test(input_source, what_cannot_be_opened)
{
	struct origin missing = {.name = "/nowhere/x.yaml"};
	struct origin folder = {.name = "/"};
	struct fault fault = {0};
	struct source source;

	cr_assert_eq(source_open(&source, &missing, false, &fault), -1);
	cr_assert_str_eq(fault_text(&fault),
	    "cannot read '/nowhere/x.yaml': No such file or directory");
	cr_assert_eq(source_open(&source, &folder, true, &fault), -1);
	cr_assert_str_eq(fault_text(&fault),
	    "'/' is a directory; name the files in it, or pipe "
	    "`helm template` in");
	fault_release(&fault);
}

/* Hands out "ab", is interrupted, hands out "cd", and breaks. */
static ssize_t read_broken(void *context, void *bytes, size_t size)
{
	static const int errors[] = {0, EINTR, 0, EIO};
	size_t *step = context;

	cr_assert(size >= 2);
	errno = errors[*step];
	if (!errno)
		memcpy(bytes, *step ? "cd" : "ab", 2);
	return errors[(*step)++] ? -1 : 2;
}

Test(input_source, a_read_error_comes_after_what_was_read)
{
	size_t step = 0;
	struct source source = {
	    .origin = &origin,
	    .read = read_broken,
	    .context = &step,
	    .fd = -1,
	    .spool = -1,
	    .started = true,
	};
	struct fault fault = {0};
	struct buf all = {0};

	cr_assert_eq(read_all(&source, 10, &all, &fault), -1);
	cr_assert_str_eq(buf_text(&all), "abcd");
	cr_assert_str_eq(
	    fault_text(&fault), "cannot read 'x.yaml': Input/output error");
	source_release(&source);
	buf_release(&all);
	fault_release(&fault);
}

Test(input_source, a_file_can_be_read_again)
{
	char name[] = "/tmp/source_test.XXXXXX";
	struct origin file = {.name = name};
	struct fault fault = {0};
	struct source source;
	struct buf all = {0};
	int fd = mkstemp(name);

	cr_assert(fd >= 0);
	cr_assert_eq(write(fd,
			 "\xEF\xBB\xBF"
			 "a: 1\n",
			 8),
	    8);
	close(fd);
	cr_assert_eq(source_open(&source, &file, true, &fault), 0);
	unlink(name);
	cr_assert_eq(source.spool, -1, "a file needs no copy");
	for (int i = 0; i < 3; i++) {
		cr_assert_eq(read_all(&source, 3, &all, &fault), 0);
		cr_assert_str_eq(buf_text(&all), "a: 1\n");
		cr_assert_eq(source_reread(&source), 0);
	}
	source_release(&source);
	buf_release(&all);
}

/* Puts a pipe that holds bytes in the place of standard input. */
static void pipe_in(struct slice bytes)
{
	int ends[2];

	cr_assert_eq(pipe(ends), 0);
	cr_assert_eq(write(ends[1], bytes.ptr, bytes.len), (ssize_t)bytes.len);
	close(ends[1]);
	cr_assert_eq(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
}

Test(input_source, a_pipe_is_read_again_from_its_copy)
{
	struct origin input = {.name = "<stdin>", .is_stdin = true};
	struct fault fault = {0};
	struct source source;
	struct buf all = {0};

	pipe_in(SLICE("\xFF\xFE"
		      "a\0\xE9\0"));
	cr_assert_eq(source_open(&source, &input, true, &fault), 0);
	for (int i = 0; i < 3; i++) {
		cr_assert_eq(read_all(&source, 2, &all, &fault), 0);
		cr_assert_str_eq(buf_text(&all), "a\xC3\xA9");
		cr_assert_eq(source_reread(&source), 0);
	}
	source_release(&source);
	buf_release(&all);
}

Test(input_source, a_pipe_without_a_copy_is_read_once)
{
	struct origin input = {.name = "<stdin>", .is_stdin = true};
	struct fault fault = {0};
	struct source source;
	struct buf all = {0};

	pipe_in(SLICE("a: 1\n"));
	cr_assert_eq(source_open(&source, &input, false, &fault), 0);
	cr_assert_eq(read_all(&source, 100, &all, &fault), 0);
	cr_assert_eq(source_reread(&source), -1);
	source_release(&source);
	buf_release(&all);
}
