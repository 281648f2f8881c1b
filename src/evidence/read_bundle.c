/* What --write-evidence has sealed: bundle.json. */
#include "evidence/page.h"

#include "doc/scalar.h"

static void read_sealed(const struct page *page, const struct node *files)
{
	struct paper *paper = page->paper;
	struct paper_sealed *sealed;

	if (!files)
		return;
	if (files->kind != NODE_MAPPING) {
		page_refuse(page, files, "files must be a mapping, not %s",
		    reader_describe(&page->reader, files));
		return;
	}
	sealed = arena_array(page->arena, files->n, sizeof(*sealed));
	for (uint32_t i = 0; i < files->n; i++) {
		page_text(page, "the name of a file", files->pairs[i].key,
		    &sealed[i].name);
		page_text(page, "the digest of a file", files->pairs[i].value,
		    &sealed[i].digest);
	}
	paper->sealed = sealed;
	paper->nsealed = files->n;
}

void read_bundle(const struct page *page, const struct node *root)
{
	static const char *const names[] = {"format", "schema_version",
	    "profile", "generated_at", "render", "allowed", "files", "inputs",
	    "versions"};
	static const char *const formats[] = {"rolloutlint-evidence", NULL};
	const struct node *render = node_get(root, "render");
	const struct node *allowed = node_get(root, "allowed");
	struct paper *paper = page->paper;
	struct clause_text format = {0};

	paper->form = PAPER_BUNDLE;
	page_check_keys(page, root, names, COUNT_OF(names));
	page_word(page, "format", node_get(root, "format"), formats, &format);
	page_version(page, node_get(root, "schema_version"));
	page_read_common(page, root);
	if (render && render->kind != NODE_MAPPING)
		page_refuse(page, render, "render must be a mapping, not %s",
		    reader_describe(&page->reader, render));
	else if (render)
		page_text(page, "digest", page_need(page, render, "digest"),
		    &paper->render);
	if (allowed && !node_to_bool(allowed, &paper->allowed.value))
		page_refuse(page, allowed,
		    "allowed must be true or false, not %s",
		    reader_describe(&page->reader, allowed));
	paper->allowed.place = page_place(page, allowed);
	read_sealed(page, node_get(root, "files"));
	for (size_t i = 0; i < COUNT_OF(names); i++)
		(void)page_need(page, root, names[i]);
}
