/*
 * The report of a load test, as load-report.schema.json of the contract's
 * system has it, and the summary that k6 writes.
 */
#include "evidence/page.h"

#include "doc/scalar.h"

/* A field of metrics or thresholds: a number from 0 on. */
static void check_number(const struct page *page, const struct node *mapping,
    const char *name, const struct paper_numbers *numbers, double most)
{
	const struct node *node = page_need(page, mapping, name);

	for (size_t i = 0; i < numbers->n; i++) {
		const struct paper_number *number = &numbers->items[i];

		if (strcmp(number->name, name) != 0)
			continue;
		if (number->value < 0 || number->value > most)
			page_refuse(page, node, most > 1
				? "%s must be a number from 0 on, not %s"
				: "%s must be a number from 0 to 1, not %s",
			    name, number->text);
		return;
	}
	if (node)
		page_refuse(page, node, "%s must be a number, not %s", name,
		    reader_describe(&page->reader, node));
}

/* Numbers under names of which some must be there; the last is a rate. */
static void read_numbers(const struct page *page, const char *name,
    const struct node *node, const char *const must[3],
    struct paper_numbers *numbers)
{
	if (!node)
		return;
	if (node->kind != NODE_MAPPING) {
		page_refuse(page, node, "%s must be a mapping, not %s", name,
		    reader_describe(&page->reader, node));
		return;
	}
	page_numbers(page, node, numbers);
	for (size_t i = 0; i < 3; i++)
		check_number(page, node, must[i], numbers, i < 2 ? 1e300 : 1);
}

void read_load(const struct page *page, const struct node *root)
{
	static const char *const names[] = {"schema_version", "kind", "suite",
	    "run_id", "metrics", "thresholds", "violations"};
	static const char *const kinds[] = {"ops_load_report_v1", NULL};
	static const char *const metrics[] = {"p95_ms", "p99_ms", "error_rate"};
	static const char *const thresholds[] = {
	    "p95_ms_max", "p99_ms_max", "error_rate_max"};
	struct paper *paper = page->paper;
	struct clause_text kind = {0};

	paper->form = PAPER_LOAD;
	page_version(page, node_get(root, "schema_version"));
	page_word(page, "kind", node_get(root, "kind"), kinds, &kind);
	page_read_common(page, root);
	page_text(page, "suite", node_get(root, "suite"), &paper->suite);
	page_text(
	    page, "scenario", node_get(root, "scenario"), &paper->scenario);
	page_text(page, "status", node_get(root, "status"), &paper->status);
	read_numbers(page, "metrics", node_get(root, "metrics"), metrics,
	    &paper->metrics);
	read_numbers(page, "thresholds", node_get(root, "thresholds"),
	    thresholds, &paper->thresholds);
	page_list(page, "violations", node_get(root, "violations"),
	    &paper->violations);
	for (size_t i = 0; i < COUNT_OF(names); i++)
		(void)page_need(page, root, names[i]);
}

/* What of k6's metrics stands for what of a load report. */
static const struct {
	const char *metric, *value, *name;
} k6_rows[] = {
    {"http_req_duration", "p(95)", "p95_ms"},
    {"http_req_duration", "p(99)", "p99_ms"},
    {"http_req_failed", "rate", "error_rate"},
    {"http_req_failed", "value", "error_rate"}, /* of --summary-export */
};

/* A metric's values are below "values", of --summary-export in itself. */
static const struct node *k6_value(
    const struct node *metric, const char *name)
{
	const struct node *values = node_get(metric, "values");

	return node_get(values ? values : metric, name);
}

static void read_k6_metrics(const struct page *page, const struct node *metrics)
{
	struct paper_number *items =
	    arena_array(page->arena, COUNT_OF(k6_rows), sizeof(*items));
	struct paper_numbers *numbers = &page->paper->metrics;

	numbers->items = items;
	numbers->place = page_place(page, metrics);
	for (size_t i = 0; i < COUNT_OF(k6_rows); i++) {
		const struct node *metric =
		    node_get(metrics, k6_rows[i].metric);
		const struct node *value = k6_value(metric, k6_rows[i].value);
		struct paper_numbers one = {0};
		struct pair pair = {value ? value->key : NULL, value};
		struct node alone = {
		    .kind = NODE_MAPPING, .n = 1, .pairs = &pair};

		if (!value || !value->key)
			continue;
		page_numbers(page, &alone, &one);
		if (!one.n) {
			page_refuse(page, value,
			    "%s of %s must be a number, not %s",
			    k6_rows[i].value, k6_rows[i].metric,
			    reader_describe(&page->reader, value));
			continue;
		}
		items[numbers->n] = one.items[0];
		items[numbers->n++].name = k6_rows[i].name;
	}
}

/* Whether a threshold was crossed: {"ok": false}, or true in what
 * --summary-export writes. */
static bool is_crossed(const struct node *threshold)
{
	bool value;

	if (threshold->kind == NODE_MAPPING)
		return node_to_bool(node_get(threshold, "ok"), &value) &&
		       !value;
	return node_to_bool(threshold, &value) && value;
}

static void read_k6_thresholds(
    const struct page *page, const struct node *metrics)
{
	struct clause_list *list = &page->paper->violations;
	struct buf items = {0};

	for (uint32_t i = 0; i < metrics->n; i++) {
		const struct node *all =
		    node_get(metrics->pairs[i].value, "thresholds");

		if (all && all->kind == NODE_MAPPING && all->n)
			page->paper->thresholds.place = page_place(page, all);
		for (uint32_t j = 0;
		     all && all->kind == NODE_MAPPING && j < all->n; j++) {
			struct clause_text item = {0};

			if (!is_crossed(all->pairs[j].value))
				continue;
			page_text(
			    page, "a threshold", all->pairs[j].key, &item);
			if (item.text)
				buf_add(&items, &item, sizeof(item));
		}
	}
	list->n = items.len / sizeof(*list->items);
	list->items = list->n
			  ? arena_copy(page->arena, items.ptr, items.len)
			  : NULL;
	list->place = page_place(page, metrics);
	buf_release(&items);
}

void read_k6(const struct page *page, const struct node *root)
{
	const struct node *metrics = node_get(root, "metrics");
	struct paper *paper = page->paper;

	paper->form = PAPER_LOAD;
	paper->kind = "k6 summary";
	page_read_common(page, root);
	page_text(page, "suite", node_get(root, "suite"), &paper->suite);
	page_text(
	    page, "scenario", node_get(root, "scenario"), &paper->scenario);
	read_k6_metrics(page, metrics);
	read_k6_thresholds(page, metrics);
}
