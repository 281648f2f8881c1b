/*
 * The report of a conformance suite, as conformance-report.schema.json of the
 * contract's system has it.
 */
#include "evidence/page.h"

static const char *const verdicts[] = {"pass", "fail", NULL};

static void read_section(const struct page *page, const struct pair *pair,
    struct paper_section *section)
{
	static const char *const names[] = {"status", "missing", "failed"};
	const struct node *node = pair->value;

	page_text(page, "the name of a section", pair->key, &section->name);
	if (node->kind != NODE_MAPPING) {
		page_refuse(page, node,
		    "section '%s' must be a mapping, not %s",
		    section->name.text ? section->name.text : "",
		    reader_describe(&page->reader, node));
		return;
	}
	for (uint32_t i = 0; i < node->n; i++) {
		const struct node *key = node->pairs[i].key;

		if (key->kind != NODE_SCALAR ||
		    (!slice_is(key->text, names[0]) &&
			!slice_is(key->text, names[1]) &&
			!slice_is(key->text, names[2])))
			page_refuse(page, key,
			    "%s is an unknown field of a section",
			    key->kind == NODE_SCALAR
				? reader_quote(&page->reader, key->text)
				: "a list or mapping as a key");
	}
	page_word(page, "status", page_need(page, node, "status"), verdicts,
	    &section->status);
	page_list(page, "missing", page_need(page, node, "missing"),
	    &section->missing);
	page_list(
	    page, "failed", page_need(page, node, "failed"), &section->failed);
}

static void read_sections(const struct page *page, const struct node *node)
{
	struct paper *paper = page->paper;
	struct paper_section *sections;

	if (!node)
		return;
	paper->sections_place = page_place(page, node);
	if (node->kind != NODE_MAPPING) {
		page_refuse(page, node, "sections must be a mapping, not %s",
		    reader_describe(&page->reader, node));
		return;
	}
	sections = arena_array(page->arena, node->n, sizeof(*sections));
	for (uint32_t i = 0; i < node->n; i++)
		read_section(page, &node->pairs[i], &sections[i]);
	paper->sections = sections;
	paper->nsections = node->n;
}

void read_conformance(const struct page *page, const struct node *root)
{
	static const char *const names[] = {"schema_version", "run_id",
	    "suite_id", "status", "failed_sections", "sections"};
	struct paper *paper = page->paper;

	paper->form = PAPER_CONFORMANCE;
	page_check_keys(page, root, names, COUNT_OF(names));
	page_version(page, node_get(root, "schema_version"));
	page_read_common(page, root);
	page_text(page, "suite_id", node_get(root, "suite_id"), &paper->suite);
	page_word(page, "status", node_get(root, "status"), verdicts,
	    &paper->status);
	page_list(page, "failed_sections", node_get(root, "failed_sections"),
	    &paper->failed_sections);
	read_sections(page, node_get(root, "sections"));
	for (size_t i = 0; i < COUNT_OF(names); i++)
		(void)page_need(page, root, names[i]);
}
