/* Charts on disk, and documents of streams held against them. */
#include "map/chart_map.h"

#include "helm/chart.h"
#include "map/cost.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const char *test_dir(
    struct arena *arena, const char *folder, const char *name)
{
	const char *srcdir = getenv("srcdir");

	return arena_printf(
	    arena, "%s/testdata/%s/%s", srcdir ? srcdir : ".", folder, name);
}

static const char *chart_dir(struct arena *arena, const char *name)
{
	return test_dir(arena, "map", name);
}

Test(map_chart, templates_go_by_the_names_of_charts)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};
	const struct template_file *file;

	cr_assert_eq(
	    chart_load(&chart, chart_dir(&arena, "folder"), &fault), 0);
	cr_assert_str_eq(chart.name, "shop");
	file = chart_find(&chart, SLICE("shop/templates/web.yaml"));
	cr_assert_not_null(file);
	cr_assert(strstr(file->path, "/folder/templates/web.yaml"));
	/* Not by the folder's, and no notes. */
	cr_assert_null(chart_find(&chart, SLICE("folder/templates/web.yaml")));
	cr_assert_null(chart_find(&chart, SLICE("shop/templates/NOTES.txt")));
	/* A subchart is there once for every alias. */
	file = chart_find(&chart, SLICE("shop/charts/left/templates/db.yaml"));
	cr_assert_not_null(file);
	cr_assert_eq(file,
	    chart_find(&chart, SLICE("shop/charts/right/templates/db.yaml")));
	cr_assert_null(
	    chart_find(&chart, SLICE("shop/charts/db/templates/db.yaml")));
	/* A packed one is there as well. */
	file =
	    chart_find(&chart, SLICE("shop/charts/queue/templates/queue.yaml"));
	cr_assert_not_null(file);
	cr_assert(strstr(file->path,
	    "/folder/charts/queue-1.0.0.tgz/queue/templates/queue.yaml"));
	chart_release(&chart);
	arena_release(&arena);
}

/* Which charts there are, and their names, is read as for values. */
Test(map_chart, subcharts_are_those_that_helm_loads)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};

	cr_assert_eq(
	    chart_load(&chart, test_dir(&arena, "charts", "loader"), &fault),
	    0);
	cr_expect_not_null(chart_find(
	    &chart, SLICE("loader/charts/cache/templates/values.yaml")));
	cr_expect_null(chart_find(
	    &chart, SLICE("loader/charts/store/templates/values.yaml")));
	cr_expect_null(chart_find(
	    &chart, SLICE("loader/charts/shelf/templates/values.yaml")));
	cr_expect_null(chart_find(
	    &chart, SLICE("loader/charts/old/templates/values.yaml")));
	cr_expect_null(chart_find(
	    &chart, SLICE("loader/charts/drafts/templates/values.yaml")));
	cr_expect_eq(chart.nrefused, 0);
	chart_release(&chart);
	arena_release(&arena);
}

/* It goes by the name of its file, but another may be the chart's. */
Test(map_chart, archives_that_are_refused)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};

	cr_assert_eq(
	    chart_load(&chart,
		test_dir(&arena, "cases", "chart-refused/parent"), &fault),
	    0);
	cr_expect_eq(chart.nrefused, 1);
	cr_expect(slice_is(chart.refused[0].prefix, "c/charts/packed/"));
	cr_expect_not_null(
	    chart_find_refused(&chart, SLICE("c/charts/other/x.yaml")));
	cr_expect_null(chart_find_refused(&chart, SLICE("c/templates/x.yaml")));
	chart_release(&chart);
	arena_release(&arena);
}

/* Which variables hold one value only, everywhere in the file. */
Test(map_chart, variables_that_change_are_noted)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};
	const struct defines *defines = &chart.defines;
	const struct template_file *file;

	cr_assert_eq(
	    chart_load(&chart, chart_dir(&arena, "writing"), &fault), 0);
	file = chart_find(&chart, SLICE("writing/templates/x.yaml"));
	cr_assert_not_null(file);
	cr_expect_not(variable_changes(defines, file, SLICE("$once")));
	cr_expect(variable_changes(defines, file, SLICE("$twice")));
	cr_expect(variable_changes(defines, file, SLICE("$i")));
	cr_expect(variable_changes(defines, file, SLICE("$item")));
	cr_expect(variable_changes(defines, file, SLICE("$with")));
	file = chart_find(&chart, SLICE("writing/templates/y.yaml"));
	cr_assert_not_null(file);
	cr_expect_not(variable_changes(defines, file, SLICE("$twice")));
	chart_release(&chart);
	arena_release(&arena);
}

static void expect_changes(const char *name, bool wanted)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};

	cr_assert_eq(chart_load(&chart, chart_dir(&arena, name), &fault), 0);
	cr_expect_eq(chart.changes_values, wanted, "%s", name);
	chart_release(&chart);
	arena_release(&arena);
}

/* Files of values do not tell then what the templates see. */
Test(map_chart, templates_may_write_into_the_values)
{
	expect_changes("writing", true);
	expect_changes("folder", false);
}

Test(map_chart, a_folder_without_a_chart_is_refused)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};

	cr_assert_eq(
	    chart_load(&chart, chart_dir(&arena, "nowhere"), &fault), -1);
	cr_assert(strstr(fault_text(&fault), "nowhere/Chart.yaml"));
	fault_release(&fault);
	arena_release(&arena);
}

/* The define nearest to the root of the chart is parsed last, and wins. */
Test(map_chart, the_outermost_define_wins)
{
	struct arena arena = {0};
	struct chart chart;
	struct fault fault = {0};
	const struct define *define;

	cr_assert_eq(
	    chart_load(&chart, chart_dir(&arena, "folder"), &fault), 0);
	define = defines_find(&chart.defines, SLICE("shop.labels"));
	cr_assert_not_null(define);
	cr_assert(slice_is(define->file->name, "shop/templates/_names.tpl"));
	chart_release(&chart);
	arena_release(&arena);
}

static struct chart_map *load(struct arena *arena)
{
	struct chart_map *map = chart_map_new();
	struct fault fault = {0};

	cr_assert_eq(chart_map_add(map, chart_dir(arena, "folder"), &fault), 0);
	return map;
}

Test(map_map, a_document_is_mapped)
{
	struct arena arena = {0};
	struct chart_map *map = load(&arena);
	struct mapped_document mapped;
	struct document_text document = {
	    .source = SLICE("shop/templates/settings.yaml"),
	    .text = SLICE("---\n# Source: shop/templates/settings.yaml\n"
			  "apiVersion: v1\nkind: ConfigMap\nodd: 1\n"
			  "metadata:\n  name: web\n  labels:\n"
			  "    app: shop\ndata:\n  mode: slow\n"),
	    .first_line = 11,
	    .wanted = true,
	};
	const struct mapped_line *line;

	chart_map_document(map, &document, &mapped);
	cr_assert_eq(mapped.n, 9);
	cr_assert_eq(mapped.nmisfits, 1);
	line = mapped_document_find(&mapped, 13);
	cr_assert_not_null(line);
	cr_assert_eq(line->line, 1);
	cr_assert_eq(line->helper.len, 0);
	cr_assert_eq(mapped_document_find(&mapped, 15)->line, 0);
	line = mapped_document_find(&mapped, 19);
	cr_assert_eq(line->line, 6);
	cr_assert(slice_is(line->helper, "shop.labels"));
	cr_assert(slice_is(line->inner->name, "shop/templates/_names.tpl"));
	cr_assert_eq(line->inner_line, 2);
	/* What Helm prints before the document is not of it. */
	cr_assert_null(mapped_document_find(&mapped, 12));
	cr_assert_null(mapped_document_find(&mapped, 22));
	chart_map_free(map);
	arena_release(&arena);
}

/* A post-renderer has written the stream anew: other columns, same lines. */
Test(map_map, other_indentation_is_put_up_with)
{
	struct arena arena = {0};
	struct chart_map *map = load(&arena);
	struct mapped_document mapped;
	struct document_text document = {
	    .source = SLICE("shop/templates/settings.yaml"),
	    .text = SLICE("apiVersion: v1\nkind: ConfigMap\nmetadata:\n"
			  "    name: web\n    labels:\n        app: shop\n"
			  "data:\n    mode: slow\n"),
	    .first_line = 1,
	    .wanted = true,
	};

	chart_map_document(map, &document, &mapped);
	cr_assert_eq(mapped.nmisfits, 0);
	cr_assert_eq(mapped_document_find(&mapped, 4)->line, 4);
	cr_assert_eq(mapped_document_find(&mapped, 8)->line, 8);
	chart_map_free(map);
	arena_release(&arena);
}

Test(map_map, another_chart_is_noticed)
{
	struct arena arena = {0};
	struct chart_map *map = load(&arena);
	struct mapped_document mapped;
	struct document_text document = {
	    .source = SLICE("shop/templates/settings.yaml"),
	    .text = SLICE("a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\n"),
	    .first_line = 1,
	    .wanted = true,
	};

	cr_assert_null(chart_map_stale(map, 0));
	chart_map_document(map, &document, &mapped);
	cr_assert(chart_map_is_stale(mapped.file));
	cr_assert(strstr(chart_map_stale(map, 0), "folder/Chart.yaml"));
	chart_map_free(map);
	arena_release(&arena);
}

/* A document that is too much says nothing of whether the chart is stale. */
Test(map_map, giving_up_is_not_a_misfit)
{
	struct arena arena = {0};
	struct chart_map *map = load(&arena);
	struct mapped_document mapped;
	struct document_text document = {
	    .source = SLICE("shop/templates/settings.yaml"),
	    .first_line = 1,
	    .wanted = true,
	};
	struct buf text = {0};

	for (size_t i = 0; i <= MOST_LINES; i++)
		buf_add_text(&text, "a: 1\n");
	document.text = buf_slice(&text);
	chart_map_document(map, &document, &mapped);
	cr_assert(mapped.gave_up);
	cr_assert_eq(mapped.lines[0].line, 0);
	cr_assert_not(chart_map_is_stale(mapped.file));
	document.text = SLICE("apiVersion: v1\nkind: ConfigMap\n");
	chart_map_document(map, &document, &mapped);
	cr_assert_not(mapped.gave_up);
	cr_assert_eq(mapped.lines[0].line, 1);
	buf_release(&text);
	chart_map_free(map);
	arena_release(&arena);
}

Test(map_map, templates_nobody_has_map_nothing)
{
	struct arena arena = {0};
	struct chart_map *map = load(&arena);
	struct mapped_document mapped;
	struct document_text document = {
	    .source = SLICE("other/templates/web.yaml"),
	    .text = SLICE("a: 1\n"),
	    .first_line = 1,
	    .wanted = true,
	};

	chart_map_document(map, &document, &mapped);
	cr_assert_null(mapped.file);
	cr_assert_eq(mapped.n, 1);
	cr_assert_eq(mapped.lines[0].line, 0);
	chart_map_free(map);
	arena_release(&arena);
}

Test(map_map, a_post_renderer_gets_the_name_in_an_annotation)
{
	struct slice text =
	    SLICE("metadata:\n  annotations:\n    "
		  "postrenderer.helm.sh/postrender-filename: 'a/b.yaml'\n"
		  "  name: x\n");

	cr_assert(slice_is(document_source(SLICE(""), text), "a/b.yaml"));
	cr_assert(slice_is(document_source(SLICE("c.yaml"), text), "c.yaml"));
	cr_assert_eq(document_source(SLICE(""), SLICE("a: 1\n")).len, 0);
}
