/* Folders as charts: which subcharts, by which names, and what is refused. */
#include "helm/chart_folder.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* A chart in a folder of its own. */
struct fixture {
	struct arena arena;
	struct chart_files files;
	char dir[32];
};

static const struct origin *make_origin(
    void *context, const char *name, const struct slice *packed)
{
	struct origin *origin = arena_alloc(context, sizeof(*origin));

	*origin = (struct origin){.name = name, .packed = packed};
	return origin;
}

static void make_folder(struct fixture *fixture, const char *name)
{
	const char *path =
	    arena_printf(&fixture->arena, "%s/%s", fixture->dir, name);

	cr_assert_eq(mkdir(path, 0777), 0, "%s", path);
}

static void write_file(
    struct fixture *fixture, const char *name, const char *text)
{
	FILE *out = fopen(
	    arena_printf(&fixture->arena, "%s/%s", fixture->dir, name), "w");

	cr_assert_not_null(out, "%s", name);
	fputs(text, out);
	fclose(out);
}

static void set_up(struct fixture *fixture)
{
	*fixture = (struct fixture){.dir = "/tmp/chart-XXXXXX"};
	cr_assert_not_null(mkdtemp(fixture->dir));
	make_folder(fixture, "charts");
}

static void tear_down(struct fixture *fixture)
{
	const char *command =
	    arena_printf(&fixture->arena, "rm -r %s", fixture->dir);

	cr_expect_eq(system(command), 0);
	arena_release(&fixture->arena);
}

static const struct chart_folder *read_chart(struct fixture *fixture)
{
	const struct origin_maker maker = {make_origin, &fixture->arena};

	chart_files_init(&fixture->files, fixture->dir, &fixture->arena);
	return chart_folder_read(&fixture->files, &maker);
}

/* "NAME KIND; ..." where the kind is a letter: Folder, Refused or Absent. */
static void expect_subcharts(struct fixture *fixture, const char *wanted)
{
	const struct chart_folder *folder = read_chart(fixture);
	struct buf got = {0};

	cr_assert_null(folder->problem, "%s", folder->problem);
	for (size_t i = 0; i < folder->nsubcharts; i++) {
		const struct subchart *subchart = &folder->subcharts[i];

		buf_printf(&got, "%s%.*s %c", i ? "; " : "",
		    SLICE_ARGS(subchart->name),
		    subchart->folder	? 'F'
		    : subchart->refused ? 'R'
					: 'A');
	}
	cr_expect_str_eq(buf_text(&got), wanted);
	buf_release(&got);
}

/* The name ends before a version: three numbers before fewer. */
Test(helm_chart_folder, names_of_packed_charts)
{
	struct fixture fixture;

	set_up(&fixture);
	write_file(&fixture, "Chart.yaml", "name: a\n");
	write_file(&fixture, "charts/b-2-1.0.0.tgz", "");
	write_file(&fixture, "charts/c-v2.0.1-rc.1.tgz", "");
	write_file(&fixture, "charts/d-1.2.tgz", "");
	write_file(&fixture, "charts/e-f.tgz", "");
	write_file(&fixture, "charts/_g-1.0.0.tgz", "");
	write_file(&fixture, "charts/h-1.0.0.tgz.prov", "");
	expect_subcharts(&fixture, "b-2 R; c R; d R; e-f R");
	tear_down(&fixture);
}

/* A chart goes by each of its aliases, else by its own name, else by that of
 * its folder; what is not fetched comes last. */
Test(helm_chart_folder, aliases_and_what_is_absent)
{
	struct fixture fixture;

	set_up(&fixture);
	write_file(&fixture, "Chart.yaml",
	    "name: a\n"
	    "dependencies:\n"
	    "- {name: far}\n"
	    "- {name: b, alias: left}\n"
	    "- {name: b, alias: right}\n"
	    "- {name: gone, alias: off}\n");
	make_folder(&fixture, "charts/b-folder");
	write_file(&fixture, "charts/b-folder/Chart.yaml", "name: b\n");
	make_folder(&fixture, "charts/c");
	write_file(&fixture, "charts/c/Chart.yaml", "version: 1.0.0\n");
	make_folder(&fixture, "charts/no-chart");
	expect_subcharts(&fixture, "left F; right F; c F; far A; off A");
	tear_down(&fixture);
}

/* A list in requirements.yaml takes the place of the one in Chart.yaml, also an
 * empty one; a file without a list does not. */
Test(helm_chart_folder, requirements)
{
	struct fixture fixture;

	set_up(&fixture);
	write_file(&fixture, "Chart.yaml",
	    "name: a\napiVersion: v2\ndependencies: [{name: b}]\n");
	expect_subcharts(&fixture, "b A");
	write_file(&fixture, "requirements.yaml", "# nothing\n");
	expect_subcharts(&fixture, "b A");
	write_file(&fixture, "requirements.yaml", "dependencies: [{name: c}]");
	expect_subcharts(&fixture, "c A");
	write_file(&fixture, "requirements.yaml", "dependencies: []\n");
	expect_subcharts(&fixture, "");
	write_file(&fixture, ".helmignore", "requirements.yaml\n");
	expect_subcharts(&fixture, "b A");
	tear_down(&fixture);
}

Test(helm_chart_folder, values_are_there_or_not)
{
	struct fixture fixture;

	set_up(&fixture);
	write_file(&fixture, "Chart.yaml", "name: a\n");
	cr_expect_null(read_chart(&fixture)->values);
	write_file(&fixture, "values.yaml", "a: 1\n");
	cr_expect_not_null(read_chart(&fixture)->values);
	write_file(&fixture, ".helmignore", "values.yaml\n");
	cr_expect_null(read_chart(&fixture)->values);
	tear_down(&fixture);
}

static void expect_problem(struct fixture *fixture, const char *wanted)
{
	const struct chart_folder *folder = read_chart(fixture);

	cr_assert_not_null(folder->problem);
	cr_expect_str_eq(folder->problem + strlen(fixture->dir), wanted);
	cr_expect_eq(folder->nsubcharts, 0);
}

Test(helm_chart_folder, problems)
{
	struct fixture fixture;

	set_up(&fixture);
	write_file(&fixture, "Chart.yaml", "- a\n");
	expect_problem(&fixture,
	    "/Chart.yaml:1:1: error: a chart must be a mapping, not a list");
	write_file(&fixture, "Chart.yaml", "name: a\n");
	write_file(&fixture, "requirements.yaml", "a: 1\na: 2\n");
	expect_problem(&fixture, "/requirements.yaml:2:1: error: key 'a' is "
				 "given twice in one mapping "
				 "(see 1:1)");
	tear_down(&fixture);
}

/* A chart that links to itself comes to an end, with the reason there. */
Test(helm_chart_folder, charts_without_end)
{
	struct fixture fixture;
	const struct chart_folder *folder;
	size_t depth = 1;

	set_up(&fixture);
	write_file(&fixture, "Chart.yaml", "name: a\n");
	cr_assert_eq(symlink("..", arena_printf(&fixture.arena, "%s/charts/x",
				       fixture.dir)),
	    0);
	for (folder = read_chart(&fixture); !folder->problem; depth++) {
		cr_assert_eq(folder->nsubcharts, 1);
		folder = folder->subcharts[0].folder;
	}
	cr_expect_eq(depth, 11);
	cr_expect(slice_ends(slice_of(folder->problem),
	    SLICE(": charts nested more than 10 levels deep")));
	tear_down(&fixture);
}

/* Takes all memory there is, and then the small pieces that were given back, of
 * which there is a list for each size. */
static void use_up_memory(void)
{
	const struct rlimit least = {0, 0};
	void *volatile taken;
	size_t size;

	cr_assert_eq(setrlimit(RLIMIT_AS, &least), 0);
	for (size = (size_t)1 << 24; size; size -= size > 2048 ? size / 2 : 8)
		do
			taken = malloc(size);
		while (taken);
}

/* A file that is there is not read as one without bytes.  It is one of the
 * sources, as the program ends before a folder could be removed. */
Test(helm_chart_folder, a_file_that_memory_lacks_for_ends_the_program,
    .exit_code = 2)
{
	struct arena arena = {0};
	struct chart_files files;
	const char *srcdir = getenv("srcdir"), *path;
	const char *sanitizers = getenv("SANITIZERS");

	if (sanitizers && *sanitizers)
		exit(2); /* they have allocators of their own */
	chart_files_init(&files,
	    arena_printf(&arena, "%s/testdata/charts/checkout",
		srcdir ? srcdir : "."),
	    &arena);
	path = arena_printf(&arena, "%s/Chart.yaml", files.top);
	use_up_memory();
	chart_files_read(&files, path);
}
