/* What gzip packed, and what only looks like it. */
#include "input/gunzip.h"

#include "input/test_tar.h"

#include <criterion/criterion.h>

static void expect_text(const struct buf *packed, const char *wanted)
{
	struct buf out = {0};
	struct fault fault = {0};

	cr_assert_eq(gunzip("x", buf_slice(packed), 1000, &out, &fault), 0,
	    "%s", fault_text(&fault));
	cr_expect_str_eq(buf_text(&out), wanted);
	buf_release(&out);
}

static void expect_fault(struct slice packed, size_t most, const char *wanted)
{
	struct buf out = {0};
	struct fault fault = {0};

	cr_assert_eq(gunzip("x", packed, most, &out, &fault), -1);
	cr_expect_str_eq(fault_text(&fault), wanted);
	buf_release(&out);
	fault_release(&fault);
}

/* RFC 1952, 2.2: members stand one behind the other. */
Test(input_gunzip, members_are_one_text)
{
	struct buf packed = {0};

	test_gzip_add(&packed, SLICE("one "));
	expect_text(&packed, "one ");
	test_gzip_add(&packed, SLICE("two"));
	expect_text(&packed, "one two");
	buf_add_text(&packed, "what somebody has put behind it");
	expect_text(&packed, "one two");
	buf_release(&packed);
}

Test(input_gunzip, what_is_no_gzip)
{
	struct buf packed = {0};

	expect_fault(SLICE(""), 10, "'x' is not packed by gzip");
	expect_fault(SLICE("kind: Pod"), 10, "'x' is not packed by gzip");
	expect_fault(SLICE("\x1f\x8b\x08"), 10, "'x' is cut off");
	expect_fault(
	    SLICE("\x1f\x8b\x09\0\0\0\0\0\0\0\0"), 10, "'x' is damaged");
	test_gzip_add(&packed, SLICE("a text that is longer than its packing"));
	expect_fault(
	    (struct slice){packed.ptr, packed.len - 6}, 100, "'x' is cut off");
	packed.ptr[packed.len - 6] ^= 1;
	expect_fault(buf_slice(&packed), 100, "'x' is damaged");
	buf_release(&packed);
}

/* No more than a block over the limit is made of a bomb. */
Test(input_gunzip, a_bomb)
{
	struct buf zeros = {0}, packed = {0}, out = {0};
	struct fault fault = {0};
	static const char block[4096];

	for (int i = 0; i < 1000; i++)
		buf_add(&zeros, block, sizeof(block));
	test_gzip_add(&packed, buf_slice(&zeros));
	cr_assert_lt(packed.len, 10000);
	cr_assert_eq(gunzip("x", buf_slice(&packed), 100000, &out, &fault), -1);
	cr_expect_str_eq(
	    fault_text(&fault), "'x' unpacks to more than 100000 bytes");
	cr_expect_leq(out.len, 100000 + 16384);
	fault_release(&fault);
	buf_release(&out);
	buf_release(&packed);
	buf_release(&zeros);
}
