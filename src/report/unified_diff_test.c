/* Diffs as patch(1) and GNU diff -u write them. */
#include "report/unified_diff.h"

#include <criterion/criterion.h>

static void expect(const char *before, const char *after, const char *wanted)
{
	struct buf buf = {0};

	unified_diff_add(&buf, "x", slice_of(before), slice_of(after));
	cr_expect_str_eq(buf_text(&buf), wanted);
	buf_release(&buf);
}

Test(report_unified_diff, nothing_changed)
{
	expect("", "", "");
	expect("a\nb\n", "a\nb\n", "");
}

Test(report_unified_diff, a_line_is_changed_inserted_or_taken)
{
	expect("a\nb\nc\n", "a\nB\nc\n",
	    "--- x\n+++ x\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
	expect("a\nb\n", "a\nn\nb\n",
	    "--- x\n+++ x\n@@ -1,2 +1,3 @@\n a\n+n\n b\n");
	expect("a\nb\n", "a\n", "--- x\n+++ x\n@@ -1,2 +1 @@\n a\n-b\n");
	expect("", "a\n", "--- x\n+++ x\n@@ -0,0 +1 @@\n+a\n");
}

/* An insertion above a line that is changed, too. */
Test(report_unified_diff, both_at_one_line)
{
	expect("a\nb\nc\n", "a\nn\nB\nc\n",
	    "--- x\n+++ x\n@@ -1,3 +1,4 @@\n a\n-b\n+n\n+B\n c\n");
}

Test(report_unified_diff, last_line_without_end)
{
	expect("a\nb", "a\nB",
	    "--- x\n+++ x\n@@ -1,2 +1,2 @@\n a\n-b\n"
	    "\\ No newline at end of file\n+B\n"
	    "\\ No newline at end of file\n");
}

/* Seven lines between two changes part them, six do not. */
Test(report_unified_diff, hunks)
{
	expect("x\n1\n2\n3\n4\n5\n6\n7\nx\n", "y\n1\n2\n3\n4\n5\n6\n7\ny\n",
	    "--- x\n+++ x\n@@ -1,4 +1,4 @@\n-x\n+y\n 1\n 2\n 3\n"
	    "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-x\n+y\n");
	expect("x\n1\n2\n3\n4\n5\n6\nx\n", "y\n1\n2\n3\n4\n5\n6\ny\n",
	    "--- x\n+++ x\n@@ -1,8 +1,8 @@\n-x\n+y\n 1\n 2\n 3\n 4\n 5\n 6\n"
	    "-x\n+y\n");
}
