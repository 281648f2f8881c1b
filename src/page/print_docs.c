/* The program's rules and facts -> files of documentation. */
#include "page/print_docs.h"

#include "cmd/outcome.h"
#include "page/examples.h"
#include "page/man_pages.h"
#include "page/page_files.h"
#include "page/rule_text.h"

#include <string.h>

/* One run of --print-docs. */
struct docs {
	struct program *program;
	struct page_files files;
	struct example_texts *examples;
};

/* A table of the group of kind number first, when it is the group's first. */
static void add_table(struct docs *docs, size_t first)
{
	const struct diag_kind *const *kinds = docs->program->kinds;
	const char *group = kinds[first]->group;

	for (size_t i = 0; i < first; i++) {
		if (!strcmp(kinds[i]->group, group))
			return;
	}
	buf_printf(&docs->files.text,
	    "\n## %s\n\n| Rule | Severity | Finds |\n|---|---|---|\n", group);
	for (size_t i = first; i < docs->program->nkinds; i++) {
		const struct diag_kind *kind = kinds[i];

		if (!strcmp(kind->group, group))
			buf_printf(&docs->files.text,
			    "| [%s](%s.md) | %s | %s |\n", kind->id, kind->id,
			    severity_name(kind->severity),
			    kind->title ? kind->title : "");
	}
}

static int write_index(struct docs *docs)
{
	buf_printf(&docs->files.text,
	    "# Rules of rolloutlint\n\n"
	    "%zu rules, by group, with their default severity. A rule that is "
	    "off is turned\non with `-WID`, or by the contract. This page and "
	    "those that it links to are\nmade from the rule files by "
	    "`make docs`.\n",
	    docs->program->nkinds);
	for (size_t i = 0; i < docs->program->nkinds; i++)
		add_table(docs, i);
	return page_files_write(&docs->files, "/docs/rules", "README", ".md");
}

static int write_pages(struct docs *docs)
{
	for (size_t i = 0; i < docs->program->nkinds; i++) {
		const struct diag_kind *kind = docs->program->kinds[i];
		struct rule_example example = {0};
		int result;

		example_add_findings(docs->examples, kind, &example);
		rule_page_add(&docs->files.text, kind, &example);
		rule_example_release(&example);
		result = page_files_write(
		    &docs->files, "/docs/rules", kind->id, ".md");
		if (result)
			return result;
	}
	return 0;
}

static int write_manual(struct docs *docs)
{
	man_add_rules(
	    &docs->files.text, docs->program->kinds, docs->program->nkinds);
	if (page_files_write(&docs->files, "/man", "rolloutlint-rules", ".7"))
		return -1;
	man_add_facts(&docs->files.text);
	return page_files_write(
	    &docs->files, "/man", "rolloutlint-facts", ".7");
}

int print_docs(struct program *program)
{
	struct docs docs = {
	    .program = program,
	    .files = {.root = program->options.docs, .fault = &program->fault},
	};
	int result;

	docs.examples = example_texts_new(program);
	result = page_files_make(&docs.files, "") ||
		 page_files_make(&docs.files, "/man") ||
		 page_files_make(&docs.files, "/docs") ||
		 page_files_make(&docs.files, "/docs/rules") ||
		 write_index(&docs) || write_pages(&docs) ||
		 write_manual(&docs);
	example_texts_free(docs.examples);
	page_files_release(&docs.files);
	return result ? trouble(program) : STATUS_CLEAN;
}
