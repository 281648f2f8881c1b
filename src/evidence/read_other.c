/*
 * Forms that say what reports are held against, or only that there is a
 * release: thresholds by scenario, suites, a release's gates.
 */
#include "evidence/page.h"

void read_thresholds(const struct page *page, const struct node *root)
{
	struct paper *paper = page->paper;
	struct paper_scenario *scenarios =
	    arena_array(page->arena, root->n, sizeof(*scenarios));

	paper->form = PAPER_THRESHOLDS;
	for (uint32_t i = 0; i < root->n; i++) {
		const struct node *key = root->pairs[i].key;
		const struct node *value = root->pairs[i].value;

		if (key->kind != NODE_SCALAR)
			continue;
		scenarios[paper->nscenarios].name =
		    slice_copy(page->arena, key->text).ptr;
		page_numbers(
		    page, value, &scenarios[paper->nscenarios].allowed);
		if (value->kind != NODE_MAPPING)
			page_refuse(page, value,
			    "the thresholds of '%s' must be a mapping, not %s",
			    scenarios[paper->nscenarios].name,
			    reader_describe(&page->reader, value));
		for (uint32_t j = 0;
		     value->kind == NODE_MAPPING && j < value->n; j++) {
			struct paper_numbers one = {0};
			struct node alone = {.kind = NODE_MAPPING,
			    .n = 1,
			    .pairs = &value->pairs[j]};

			page_numbers(page, &alone, &one);
			if (!one.n || one.items[0].value < 0)
				page_refuse(page, value->pairs[j].value,
				    "a threshold must be a number from 0 on, "
				    "not %s",
				    reader_describe(&page->reader,
					value->pairs[j].value));
		}
		paper->nscenarios++;
	}
	paper->scenarios = scenarios;
}

void read_suites(const struct page *page, const struct node *root)
{
	const struct node *suites = node_get(root, "suites");
	struct paper *paper = page->paper;
	struct clause_text *items;

	paper->form = PAPER_SUITES;
	page_version(page, node_get(root, "schema_version"));
	if (!suites || suites->kind != NODE_SEQUENCE) {
		page_refuse(page, suites ? suites : root,
		    "suites must be a list, not %s",
		    suites ? reader_describe(&page->reader, suites)
			   : "left out");
		return;
	}
	items = arena_array(page->arena, suites->n, sizeof(*items));
	for (uint32_t i = 0; i < suites->n; i++)
		page_text(page, "id",
		    page_need(page, suites->items[i], "id"), &items[i]);
	paper->suites = (struct clause_list){
	    items, suites->n, page_place(page, suites)};
}

/* A gate that nobody ran is no failure, and does not say that it passed. */
static void read_gate(const struct page *page, const struct node *gate)
{
	struct paper *paper = page->paper;
	struct clause_text status = {0};

	if (gate->kind != NODE_MAPPING) {
		page_refuse(page, gate, "a gate must be a mapping, not %s",
		    reader_describe(&page->reader, gate));
		return;
	}
	page_text(page, "status", page_need(page, gate, "status"), &status);
	if (!status.text || (strcmp(status.text, "fail") != 0 &&
				strcmp(status.text, "failed") != 0 &&
				strcmp(status.text, "error") != 0))
		return;
	if (!paper->nfailed++)
		paper->failure = status.place;
}

void read_release(const struct page *page, const struct node *root)
{
	const struct node *gates = node_get(root, "gates");
	struct paper *paper = page->paper;

	paper->form = PAPER_RELEASE;
	page_version(page, node_get(root, "schema_version"));
	page_read_common(page, root);
	page_text(page, "status", node_get(root, "status"), &paper->status);
	if (gates && gates->kind != NODE_SEQUENCE)
		page_refuse(page, gates, "gates must be a list, not %s",
		    reader_describe(&page->reader, gates));
	for (uint32_t i = 0;
	     gates && gates->kind == NODE_SEQUENCE && i < gates->n; i++)
		read_gate(page, gates->items[i]);
	page_text(page, "release",
	    node_find(root, "pin_freeze_status", "release", NULL),
	    &paper->frozen);
	(void)page_need(page, root, "release");
	(void)page_need(page, root, "status");
}
