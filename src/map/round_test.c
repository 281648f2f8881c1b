/* Which item of a loop a line was printed for, and what tells items apart. */
#include "map/round.h"

#include "helm/values_evaluator.h"
#include "map/item_index.h"
#include "map/subchart_values.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static const struct origin values_file = {.name = "values.yaml"};

/* The chart testdata/map/rounds with its own values. */
struct fixture {
	struct arena arena;
	struct values values;
	struct values_evaluator evaluator;
	struct chart_map *charts;
	struct round_effort *effort;
};

static const struct origin *make_origin(
    void *context, const char *name, const struct slice *packed)
{
	struct origin *origin = arena_alloc(context, sizeof(*origin));

	*origin = (struct origin){.name = name, .packed = packed};
	return origin;
}

static void load(struct fixture *fixture)
{
	const struct origin_maker maker = {make_origin, &fixture->arena};
	const char *srcdir = getenv("srcdir");
	const char *dir = arena_printf(&fixture->arena,
	    "%s/testdata/map/rounds", srcdir ? srcdir : ".");
	struct fault fault = {0};

	*fixture = (struct fixture){.arena = fixture->arena};
	fixture->charts = chart_map_new();
	fixture->effort = round_effort_new();
	cr_assert_eq(chart_map_add(fixture->charts, dir, &fault), 0);
	cr_assert_eq(
	    values_add_chart(&fixture->values, dir, &maker, &fault), 0);
	values_evaluator_init(&fixture->evaluator, &fixture->values);
	chart_map_use_values(fixture->charts, &fixture->evaluator);
}

static void release(struct fixture *fixture)
{
	round_effort_free(fixture->effort);
	chart_map_free(fixture->charts);
	values_evaluator_release(&fixture->evaluator);
	values_release(&fixture->values);
	arena_release(&fixture->arena);
}

/* A Deployment as the chart prints it, with one container. */
static void find(struct fixture *fixture, const char *app,
    const char *container, const char *image, struct round *ret_round)
{
	struct mapped_document mapped;
	struct document_text document = {
	    .source = SLICE("rounds/templates/all.yaml"),
	    .first_line = 1,
	    .wanted = true,
	};
	struct round_request request = {
	    .mapped = &mapped,
	    .source = document.source,
	    .values = &fixture->evaluator,
	    .effort = fixture->effort,
	};

	document.text = slice_of(arena_printf(&fixture->arena,
	    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: %s\n"
	    "spec:\n  replicas: 1\n  selector:\n    matchLabels: {app: %s}\n"
	    "  template:\n    metadata:\n      labels: {app: %s}\n    spec:\n"
	    "      containers:\n        - name: %s\n          image: %s\n"
	    "          ports:\n            - name: http\n"
	    "              containerPort: 8080\n",
	    app, app, app, container, image));
	chart_map_document(fixture->charts, &document, &mapped);
	request.line = mapped_document_find(&mapped, 15);
	cr_assert_not_null(request.line);
	round_effort_next(fixture->effort);
	if (!round_find(&request, ret_round))
		*ret_round = (struct round){0};
}

/* The name tells web from worker, both of which have a container main. */
Test(map_round, loops_in_loops_through_helpers)
{
	struct fixture fixture = {0};
	struct round round;
	struct buf path = {0};

	load(&fixture);
	find(&fixture, "web", "main", "web:latest", &round);
	cr_assert_not_null(round.item);
	cr_expect(slice_is(round.key, "main"));
	cr_expect_not(round.is_number);
	cr_expect(value_find_path(fixture.evaluator.root, round.items, &path));
	cr_expect_str_eq(buf_text(&path), ".apps[0].containers");
	buf_clear(&path);
	find(&fixture, "worker", "main", "worker:2", &round);
	cr_assert_not_null(round.item);
	cr_expect(value_find_path(fixture.evaluator.root, round.items, &path));
	cr_expect_str_eq(buf_text(&path), ".apps[2].containers");
	buf_release(&path);
	release(&fixture);
}

/* web2 is disabled, and nobody has a container of that name: other values have
 * printed that. */
Test(map_round, what_no_item_prints)
{
	struct fixture fixture = {0};
	struct round round;

	load(&fixture);
	find(&fixture, "web2", "main", "web:latest", &round);
	cr_expect_null(round.item);
	find(&fixture, "web", "other", "web:latest", &round);
	cr_expect_null(round.item);
	release(&fixture);
}

static size_t look_up(const struct item_index *index,
    const struct template_file *file, const char *line)
{
	const struct mapped_line mapped = {
	    .text = slice_of(line), .inner = file, .inner_line = 1};

	return item_index_get(index, &mapped);
}

/* The words around the action are no part of what it prints, nor are quotes;
 * what two items print tells nothing. */
Test(map_item_index, texts_to_items)
{
	const struct template_file file = {
	    .text = SLICE("  host: {{ .host }} # x\n")};
	struct item_indexes indexes = {0};
	struct item_index *index = item_index_find(
	    &indexes, &file, &indexes, SLICE("{{ .host }}"));

	cr_assert(index->is_new);
	item_index_add(index, SLICE("a"), 0);
	item_index_add(index, SLICE("b"), 1);
	item_index_add(index, SLICE("c"), 2);
	item_index_add(index, SLICE("b"), 3);
	cr_expect_eq(look_up(index, &file, "host: a # x"), 1);
	cr_expect_eq(look_up(index, &file, "host: \"c\" # x"), 3);
	cr_expect_eq(look_up(index, &file, "host: b # x"), 0);
	cr_expect_eq(look_up(index, &file, "host: d # x"), 0);
	cr_expect_eq(look_up(index, &file, "port: a # x"), 0);
	cr_expect_eq(look_up(index, &file, "host: a"), 0);
	/* It could be that of the item without a text. */
	item_index_add(index, SLICE(""), 4);
	cr_expect_eq(look_up(index, &file, "host: a # x"), 0);
	item_indexes_release(&indexes);
}

Test(map_item_index, one_of_a_loop_and_an_action)
{
	struct item_indexes indexes = {0};
	struct slice action = SLICE("{{ .host }}");
	int loops[2] = {0};
	struct item_index *index =
	    item_index_find(&indexes, &loops[0], loops, action);

	cr_expect_eq(
	    item_index_find(&indexes, &loops[0], loops, action), index);
	cr_expect_not(index->is_new);
	cr_expect_neq(
	    item_index_find(&indexes, &loops[1], loops, action), index);
	item_indexes_release(&indexes);
}

Test(map_subchart, names_in_sources)
{
	struct slice source = SLICE("a/charts/b/charts/c/templates/charts/x");

	cr_expect(slice_is(subchart_next(&source), "b"));
	cr_expect(slice_is(subchart_next(&source), "c"));
	cr_expect_eq(subchart_next(&source).len, 0);
}

/* What the user writes stands below the names of the charts. */
Test(map_subchart, paths_of_the_parent)
{
	struct values values = {0};
	struct fault fault = {0};
	struct buf path = {0};
	const struct value *tag, *db;

	cr_assert_eq(values_add_text(&values, &values_file,
			 SLICE("db: {image: {tag: latest}}\ntag: x\n"), &fault),
	    0);
	db = value_get(values.root, SLICE("db"));
	tag = value_get(value_get(db, SLICE("image")), SLICE("tag"));
	cr_expect(subchart_value_path(
	    values.root, SLICE("app/charts/db/templates/x"), tag, &path));
	cr_expect_str_eq(buf_text(&path), ".Values.db.image.tag");
	buf_clear(&path);
	cr_expect_not(subchart_value_path(
	    values.root, SLICE("app/templates/x"), tag, &path));
	cr_expect_not(subchart_value_path(values.root,
	    SLICE("app/charts/db/templates/x"),
	    value_get(values.root, SLICE("tag")), &path));
	cr_expect_not(subchart_value_path(
	    values.root, SLICE("app/charts/mq/templates/x"), tag, &path));
	cr_expect_eq(path.len, 0);
	buf_release(&path);
	values_release(&values);
}
