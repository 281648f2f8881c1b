/* Names of files as other programs read them. */
#include "run/report_path.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void expect(const char *here, const char *name, const char *expected)
{
	struct arena arena = {0};
	const char *got = report_path(&arena, here, name);

	cr_assert_str_eq(got, expected, "%s: %s", name, got);
	arena_release(&arena);
}

Test(reference, below_the_working_directory)
{
	expect("/none/here", "a.yaml", "a.yaml");
	expect("/none/here", "./a//b/./c.yaml", "a/b/c.yaml");
	expect("/none/here", "a/../b.yaml", "b.yaml");
	expect("/none/here", "../here/b.yaml", "b.yaml");
	expect("/none/here", "/none/here/b.yaml", "b.yaml");
	expect("/none/here", "/none//x/../here/b.yaml", "b.yaml");
	expect("/none/here", "<stdin>", "<stdin>");
	expect("/", "b.yaml", "b.yaml");
	expect("/", "..", "");
}

Test(reference, elsewhere)
{
	expect("/none/here", "../b.yaml", "/none/b.yaml");
	expect("/none/here", "../hereafter/b.yaml", "/none/hereafter/b.yaml");
	expect("/none/here", "../../../../b.yaml", "/b.yaml");
	expect("/none/here", "/b/./c.yaml", "/b/c.yaml");
	expect("/", "/none/b.yaml", "/none/b.yaml");
	cr_assert_null(report_path(NULL, NULL, "b.yaml"));
}

static void expect_repository(const char *here, const char *expected)
{
	struct arena arena = {0};
	struct slice got = repository_of(&arena, slice_of(here));

	cr_assert(slice_is(got, expected), "%s", here);
	arena_release(&arena);
}

Test(reference, no_repository)
{
	if (!access("/.git", F_OK))
		return;
	expect_repository("/none/here", "");
	expect_repository("/", "");
}

/* A checkout is not where it was on another machine. */
Test(reference, in_the_repository_that_the_directory_is_in)
{
	char folder[] = "/tmp/reference_test.XXXXXX";
	struct buf path = {0};

	cr_assert_not_null(mkdtemp(folder));
	buf_printf(&path, "%s/.git", folder);
	cr_assert_eq(mkdir(buf_text(&path), 0700), 0);
	path.len = strlen(folder);
	buf_add_text(&path, "/sub/deep");
	expect(buf_text(&path), "../../b.yaml", "b.yaml");
	expect(buf_text(&path), "../b.yaml", "sub/b.yaml");
	expect(buf_text(&path), "b.yaml", "b.yaml");
	expect(buf_text(&path), "/none/b.yaml", "/none/b.yaml");
	expect_repository(buf_text(&path), folder);
	expect_repository(folder, folder);
	path.len = strlen(folder);
	buf_add_text(&path, "/.git");
	rmdir(buf_text(&path));
	rmdir(folder);
	buf_release(&path);
}
