/* Members of archives, as several programs write them. */
#include "input/tar.h"

#include "input/test_tar.h"

#include <criterion/criterion.h>

/* "NAME KIND TEXT; ...", and the fault behind them. */
static void expect_members(const struct buf *bytes, const char *wanted)
{
	static const char letters[] = {
	    [TAR_FILE] = 'f',
	    [TAR_FOLDER] = 'd',
	    [TAR_LINK] = 'l',
	    [TAR_OTHER] = 'o',
	};
	struct arena arena = {0};
	struct tar tar = {"x", buf_slice(bytes), 0, &arena};
	struct tar_member member;
	struct fault fault = {0};
	struct buf got = {0};

	while (tar_next(&tar, &member, &fault) > 0)
		buf_printf(&got, "%.*s %c %.*s; ", SLICE_ARGS(member.name),
		    letters[member.kind], SLICE_ARGS(member.bytes));
	buf_add_text(&got, fault_text(&fault));
	cr_expect_str_eq(buf_text(&got), wanted);
	buf_release(&got);
	fault_release(&fault);
	arena_release(&arena);
}

Test(input_tar, files_folders_and_links)
{
	struct buf tar = {0};

	test_tar_add(&tar, "db/", '5', SLICE(""));
	test_tar_add(&tar, "db/a", '0', SLICE("one"));
	test_tar_add(&tar, "db/b", '\0', SLICE("two"));
	test_tar_add(&tar, "db/c", '2', SLICE(""));
	test_tar_add(&tar, "db/d", '6', SLICE(""));
	test_tar_add(&tar, "db/e", '0', SLICE(""));
	expect_members(&tar, "db/ d ; db/a f one; db/b f two; db/c l ; "
			     "db/d o ; db/e f ; ");
	test_tar_end(&tar);
	test_tar_add(&tar, "behind", '0', SLICE("the end"));
	expect_members(&tar, "db/ d ; db/a f one; db/b f two; db/c l ; "
			     "db/d o ; db/e f ; ");
	buf_release(&tar);
}

/* POSIX.1-2001: a header says more of the member behind it; one of all members
 * says nothing that is asked here.  GNU tar has another way. */
Test(input_tar, names_that_are_too_long_for_a_header)
{
	struct buf tar = {0};

	test_tar_add(
	    &tar, "pax_global_header", 'g', SLICE("17 path=not/this\n"));
	test_tar_add(
	    &tar, "x", 'x', SLICE("11 mtime=1\n16 path=a/b c\xC3\xA4\n"));
	test_tar_add(&tar, "short", '0', SLICE("one"));
	test_tar_add(&tar, "own", '0', SLICE("two"));
	test_tar_add(&tar, "././@LongLink", 'L', SLICE("long/name\0"));
	test_tar_add(&tar, "short", '0', SLICE("three"));
	expect_members(
	    &tar, "a/b c\xC3\xA4 f one; own f two; long/name f three; ");
	buf_release(&tar);
}

/* ustar has the front of a longer name in a field of its own. */
Test(input_tar, names_in_two_parts)
{
	struct buf tar = {0};
	unsigned sum = 0;

	test_tar_add(&tar, "b.yaml", '0', SLICE("text"));
	memcpy(tar.ptr + 345, "db/templates", 12);
	memset(tar.ptr + 148, ' ', 8);
	for (size_t i = 0; i < 512; i++)
		sum += (unsigned char)tar.ptr[i];
	snprintf(tar.ptr + 148, 8, "%06o", sum);
	expect_members(&tar, "db/templates/b.yaml f text; ");
	buf_release(&tar);
}

/* The size of a header is in octal; that of pax, which is decimal, counts. */
Test(input_tar, sizes_of_pax)
{
	struct buf tar = {0};

	test_tar_add(&tar, "x", 'x', SLICE("10 size=3\n"));
	test_tar_add(&tar, "a", '0', SLICE("one and more"));
	expect_members(&tar, "a f one; ");
	buf_release(&tar);
}

Test(input_tar, what_is_no_archive)
{
	struct buf tar = {0};

	test_tar_add(&tar, "a", '0', SLICE("one"));
	tar.len -= 510;
	expect_members(&tar, "the archive in 'x' is cut off");
	tar.len = 300;
	expect_members(&tar, "the archive in 'x' is cut off");
	buf_clear(&tar);
	test_tar_add(&tar, "a", '0', SLICE("one"));
	tar.ptr[0] = 'b';
	expect_members(&tar, "what is packed in 'x' is not a tar archive");
	/* A size in the base of 256, of which no file of a chart has need. */
	buf_clear(&tar);
	test_tar_add(&tar, "a", '0', SLICE("one"));
	tar.ptr[124] = (char)0x80;
	snprintf(tar.ptr + 148, 8, "%06o", 0);
	expect_members(&tar, "what is packed in 'x' is not a tar archive");
	buf_clear(&tar);
	expect_members(&tar, "");
	buf_release(&tar);
}
