/* Packed charts: what is in them, and which are refused. */
#include "helm/archive.h"

#include "input/test_tar.h"

#include <criterion/criterion.h>

struct fixture {
	struct arena arena;
	struct buf tar;
	struct archive archive;
	size_t left;
};

static int read_tar(struct fixture *fixture, struct fault *fault)
{
	struct buf packed = {0};
	int result;

	fixture->left = 100 << 20;
	test_gzip_add(&packed, buf_slice(&fixture->tar));
	result = archive_read("charts/db-1.0.0.tgz", buf_slice(&packed),
	    &fixture->left, &fixture->arena, &fixture->archive, fault);
	buf_release(&packed);
	return result;
}

static void release(struct fixture *fixture)
{
	buf_release(&fixture->tar);
	arena_release(&fixture->arena);
}

/* What reading a chart with one member of that name and kind ends with. */
static void expect_fault(const char *name, char type, const char *wanted)
{
	struct fixture fixture = {0};
	struct fault fault = {0};

	test_tar_add(&fixture.tar, "db/Chart.yaml", '0', SLICE("name: db"));
	test_tar_add(&fixture.tar, name, type, SLICE(""));
	cr_assert_eq(read_tar(&fixture, &fault), -1, "%s", name);
	cr_expect_str_eq(fault_text(&fault), wanted);
	fault_release(&fault);
	release(&fixture);
}

static void expect_names(
    const struct archive *archive, const char *folder, const char *wanted)
{
	struct buf got = {0};
	struct slice name;
	size_t at = 0;

	while ((name = archive_next_name(archive, slice_of(folder), &at)).len)
		buf_printf(&got, "%.*s ", SLICE_ARGS(name));
	cr_expect_str_eq(buf_text(&got), wanted);
	buf_release(&got);
}

/* Helm takes the first segment off, whatever it is, and cleans the rest. */
Test(helm_archive, files_by_path)
{
	struct fixture fixture = {0};
	const struct archive *archive = &fixture.archive;
	const struct archive_file *file;
	struct fault fault = {0};

	test_tar_add(&fixture.tar, "db/Chart.yaml", '0', SLICE("name: db"));
	test_tar_add(&fixture.tar, "db/README.md", '0', SLICE("read me"));
	test_tar_add(&fixture.tar, "db/templates/", '5', SLICE(""));
	test_tar_add(&fixture.tar, "db/./templates//b.yaml", '0', SLICE("b"));
	test_tar_add(&fixture.tar, "db\\templates\\a.yaml", '0', SLICE("a"));
	test_tar_add(&fixture.tar, "db/templates/more/c.yaml", '0',
	    SLICE("\xEF\xBB\xBF"
		  "c"));
	test_tar_add(&fixture.tar, "db/templates-old/d.yaml", '0', SLICE("d"));
	cr_assert_eq(read_tar(&fixture, &fault), 0, "%s", fault_text(&fault));
	cr_expect_str_eq(archive->root, "charts/db-1.0.0.tgz/db");
	expect_names(
	    archive, "charts/db-1.0.0.tgz/db", "Chart.yaml templates ");
	expect_names(
	    archive, "charts/db-1.0.0.tgz/db/templates", "a.yaml b.yaml more ");
	expect_names(archive, "charts/db-1.0.0.tgz/db/templ", "");
	file = archive_find(
	    archive, SLICE("charts/db-1.0.0.tgz/db/templates/more/c.yaml"));
	cr_assert_not_null(file);
	cr_expect(slice_is(file->text, "c"));
	cr_expect_null(
	    archive_find(archive, SLICE("charts/db-1.0.0.tgz/db/README.md")));
	cr_expect(archive_has_folder(
	    archive, SLICE("charts/db-1.0.0.tgz/db/templates/more")));
	cr_expect_not(archive_has_folder(
	    archive, SLICE("charts/db-1.0.0.tgz/db/Chart.yaml")));
	cr_expect(archive_holds(archive, SLICE("charts/db-1.0.0.tgz/x")));
	cr_expect_not(archive_holds(archive, SLICE("charts/db-1.0.0.tgz")));
	cr_expect_not(archive_holds(archive, SLICE("charts/db-1.0.0.tgz.x")));
	cr_expect_lt(fixture.left, (100 << 20) - fixture.tar.len + 1);
	release(&fixture);
}

/* pkg/chart/loader/archive.go refuses all but links and a first segment "..",
 * which it cuts off: in a report that would be a file beside the archive. */
Test(helm_archive, paths_out_of_the_folder)
{
	expect_fault("db/../../etc/passwd", '0',
	    "'charts/db-1.0.0.tgz' is refused: 'db/../../etc/passwd' in it "
	    "leads out of its folder");
	expect_fault("..\\x", '2',
	    "'charts/db-1.0.0.tgz' is refused: '..\\x' in it is a link");
	expect_fault("db//etc/passwd", '0',
	    "'charts/db-1.0.0.tgz' is refused: 'db//etc/passwd' in it is an "
	    "absolute path");
	expect_fault("db/c:/x", '0',
	    "'charts/db-1.0.0.tgz' is refused: 'db/c:/x' in it is a path of a "
	    "drive");
	expect_fault("values.yaml", '0',
	    "'charts/db-1.0.0.tgz' is refused: 'values.yaml' in it is in no "
	    "folder");
	expect_fault("../templates/x.yaml", '0',
	    "'charts/db-1.0.0.tgz' is refused: '../templates/x.yaml' in it "
	    "leads out of its folder");
	expect_fault("db/pipe", '6',
	    "'charts/db-1.0.0.tgz' is refused: 'db/pipe' in it is neither a "
	    "file nor a folder");
}

/* As tar appends a file again when it has changed: Helm's engine keeps
 * templates in a map by path, so the last is rendered. */
Test(helm_archive, members_of_one_path)
{
	struct fixture fixture = {0};
	const struct archive_file *file;
	struct fault fault = {0};

	test_tar_add(&fixture.tar, "db/templates/a.yaml", '0', SLICE("old"));
	test_tar_add(&fixture.tar, "db/values.yaml", '0', SLICE("b: 1"));
	test_tar_add(&fixture.tar, "db/templates//a.yaml", '0', SLICE("mid"));
	test_tar_add(&fixture.tar, "db/templates/a.yaml", '0', SLICE("new"));
	cr_assert_eq(read_tar(&fixture, &fault), 0, "%s", fault_text(&fault));
	cr_expect_eq(fixture.archive.nfiles, 2);
	file = archive_find(&fixture.archive,
	    SLICE("charts/db-1.0.0.tgz/db/templates/a.yaml"));
	cr_assert_not_null(file);
	cr_expect(slice_is(file->text, "new"));
	release(&fixture);
}

Test(helm_archive, an_empty_one)
{
	struct fixture fixture = {0};
	struct fault fault = {0};

	test_tar_end(&fixture.tar);
	cr_assert_eq(read_tar(&fixture, &fault), -1);
	cr_expect_str_eq(
	    fault_text(&fault), "'charts/db-1.0.0.tgz' is an empty archive");
	fault_release(&fault);
	release(&fixture);
}

Test(helm_archive, too_many_files)
{
	struct fixture fixture = {0};
	struct fault fault = {0};

	for (int i = 0; i <= 20000; i++)
		test_tar_add(&fixture.tar, "db/x", '0', SLICE(""));
	cr_assert_eq(read_tar(&fixture, &fault), -1);
	cr_expect_str_eq(fault_text(&fault),
	    "'charts/db-1.0.0.tgz' has more than 20000 files");
	fault_release(&fault);
	release(&fixture);
}
