/* Which template is a file's companion, of few and of many. */
#include "map/companion.h"

#include "helm/chart.h"

#include <criterion/criterion.h>
#include <stdlib.h>

struct folder {
	struct arena arena;
	struct chart chart;
	struct companions companions;
	size_t nasked;
};

static const char workload[] = "kind: Deployment\n";
static const char budget[] = "kind: PodDisruptionBudget\n";

static struct template_file *add(
    struct folder *folder, const char *name, const char *text)
{
	struct chart *chart = &folder->chart;
	struct template_file *file = arena_alloc(&folder->arena, sizeof(*file));

	*file = (struct template_file){.chart = chart,
	    .name = slice_copy(&folder->arena, slice_of(name)),
	    .text = slice_of(text)};
	chart->files = grow(chart->files, chart->nfiles, &chart->cap_files,
	    sizeof(*chart->files));
	chart->files[chart->nfiles++] = file;
	return file;
}

static void release(struct folder *folder)
{
	companions_release(&folder->companions);
	free(folder->chart.files);
	arena_release(&folder->arena);
}

static bool has_budget(void *context, const struct template_file *candidate)
{
	struct folder *folder = context;

	folder->nasked++;
	return slice_find(candidate->text, slice_of(budget), 0) >= 0;
}

static const struct template_file *find(
    struct folder *folder, const struct template_file *file)
{
	return companion_find(&folder->companions, file,
	    SLICE("PodDisruptionBudget"), has_budget, folder);
}

Test(companion, the_name_that_has_most_in_common_is_chosen)
{
	struct folder folder = {0};
	struct template_file *web =
	    add(&folder, "a/templates/web.yaml", workload);
	struct template_file *job =
	    add(&folder, "a/templates/job.yaml", "kind: Job");
	struct template_file *near;

	near = add(&folder, "a/templates/web-pdb.yaml", budget);
	add(&folder, "a/templates/we-pdb.yaml", budget);
	add(&folder, "a/charts/b/templates/web.yaml-pdb.yaml", budget);
	add(&folder, "a/crds/web.yaml-pdb.yaml", budget);
	cr_expect_eq(find(&folder, web), near);
	/* All are named as much like web.yaml. */
	cr_expect_null(find(&folder, job));
	release(&folder);
}

Test(companion, there_is_none_when_two_are_as_near)
{
	struct folder folder = {0};
	struct template_file *web =
	    add(&folder, "a/templates/web.yaml", workload);

	add(&folder, "a/templates/web-pdb.yaml", budget);
	cr_expect_not_null(find(&folder, web));
	release(&folder);
	folder = (struct folder){0};
	web = add(&folder, "a/templates/web.yaml", workload);
	add(&folder, "a/templates/web-pdb.yaml", budget);
	/* On either side of it, in the order of names. */
	add(&folder, "a/templates/web_pdb.yaml", budget);
	cr_expect_null(find(&folder, web));
	release(&folder);
	folder = (struct folder){0};
	web = add(&folder, "a/templates/web.yaml", workload);
	add(&folder, "a/templates/web-b.yaml", budget);
	add(&folder, "a/templates/web-c.yaml", budget);
	cr_expect_null(find(&folder, web));
	release(&folder);
}

Test(companion, what_is_named_like_another_workload_is_that_ones)
{
	struct folder folder = {0};
	struct template_file *web =
	    add(&folder, "a/templates/web.yaml", workload);
	struct template_file *api =
	    add(&folder, "a/templates/api.yaml", workload);
	struct template_file *two = add(&folder, "a/templates/two.yaml",
	    "kind: Deployment\n---\nkind: StatefulSet\n");
	struct template_file *near;

	near = add(&folder, "a/templates/api-pdb.yaml", budget);
	add(&folder, "a/templates/two-pdb.yaml", budget);
	cr_expect_eq(find(&folder, api), near);
	cr_expect_null(find(&folder, web));
	/* Whose budget it is cannot be told. */
	cr_expect_null(find(&folder, two));
	release(&folder);
}

/* A file may have the object itself, and two may have one name. */
Test(companion, a_file_is_the_nearest_to_itself)
{
	struct folder folder = {0};
	struct template_file *web = add(&folder, "a/templates/web.yaml",
	    "kind: Deployment\n---\nkind: PodDisruptionBudget\n");

	add(&folder, "a/templates/web-pdb.yaml", budget);
	cr_expect_eq(find(&folder, web), web);
	release(&folder);
	folder = (struct folder){0};
	web = add(&folder, "a/templates/web.yaml", workload);
	add(&folder, "a/templates/web.yaml", workload);
	add(&folder, "a/templates/web-pdb.yaml", budget);
	cr_expect_null(find(&folder, web));
	release(&folder);
}

/* Plain files print no object that values could turn on. */
Test(companion, plain_files_are_not_asked)
{
	struct folder folder = {0};
	struct template_file *web =
	    add(&folder, "a/templates/web.yaml", workload);

	add(&folder, "a/templates/web-pdb.yaml", budget)->is_plain = true;
	cr_expect_null(find(&folder, web));
	release(&folder);
}

/* So that a chart of thousands costs no square of them. */
Test(companion, each_template_is_asked_once)
{
	struct folder folder = {0};
	struct buf name = {0};
	enum { N = 500 };

	for (unsigned i = 0; i < N; i++) {
		buf_clear(&name);
		buf_printf(&name, "a/templates/w%u-web.yaml", i);
		add(&folder, buf_text(&name), workload);
		buf_clear(&name);
		buf_printf(&name, "a/templates/w%u-pdb.yaml", i);
		add(&folder, buf_text(&name), budget);
	}
	for (size_t i = 0; i < folder.chart.nfiles; i += 2)
		cr_expect_eq(find(&folder, folder.chart.files[i]),
		    folder.chart.files[i + 1]);
	cr_expect_eq(folder.nasked, 2 * N);
	buf_release(&name);
	release(&folder);
}
