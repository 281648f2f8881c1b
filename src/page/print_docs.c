/* The program's rules and facts -> files of documentation. */
#include "page/print_docs.h"

#include "cmd/outcome.h"
#include "page/examples.h"
#include "page/man_pages.h"
#include "page/rule_text.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* One run of --print-docs. */
struct docs {
	struct program *program;
	struct buf path; /* of the file that is being written */
	struct buf text;
	struct example_texts *examples;
};

static int make_folder(struct docs *docs, const char *name)
{
	const char *root = docs->program->options.docs;

	buf_clear(&docs->path);
	buf_printf(&docs->path, "%s%s", root, name);
	if (!mkdir(buf_text(&docs->path), 0777) || errno == EEXIST)
		return 0;
	return fault_set(&docs->program->fault, "cannot make '%s': %s",
	    buf_text(&docs->path), strerror(errno));
}

/* Writes text into the file root/folder/name and empties it. */
static int write_file(
    struct docs *docs, const char *folder, const char *name, const char *end)
{
	FILE *file;
	size_t len = docs->text.len, written;

	buf_clear(&docs->path);
	buf_printf(&docs->path, "%s/%s/%s%s", docs->program->options.docs,
	    folder, name, end);
	file = fopen(buf_text(&docs->path), "w");
	if (!file)
		return fault_set(&docs->program->fault, "cannot write '%s': %s",
		    buf_text(&docs->path), strerror(errno));
	written = fwrite(buf_text(&docs->text), 1, len, file);
	buf_clear(&docs->text);
	if (fclose(file) || written != len)
		return fault_set(&docs->program->fault, "cannot write '%s': %s",
		    buf_text(&docs->path), strerror(errno));
	return 0;
}

/* A table of the group of kind number first, when it is the group's first. */
static void add_table(struct docs *docs, size_t first)
{
	const struct diag_kind *const *kinds = docs->program->kinds;
	const char *group = kinds[first]->group;

	for (size_t i = 0; i < first; i++) {
		if (!strcmp(kinds[i]->group, group))
			return;
	}
	buf_printf(&docs->text,
	    "\n## %s\n\n| Rule | Severity | Finds |\n|---|---|---|\n", group);
	for (size_t i = first; i < docs->program->nkinds; i++) {
		const struct diag_kind *kind = kinds[i];

		if (!strcmp(kind->group, group))
			buf_printf(&docs->text, "| [%s](%s.md) | %s | %s |\n",
			    kind->id, kind->id, severity_name(kind->severity),
			    kind->title ? kind->title : "");
	}
}

static int write_index(struct docs *docs)
{
	buf_printf(&docs->text,
	    "# Rules of rolloutlint\n\n"
	    "%zu rules, by group, with their default severity. A rule that is "
	    "off is turned\non with `-WID`, or by the contract. This page and "
	    "those that it links to are\nmade from the rule files by "
	    "`make docs`.\n",
	    docs->program->nkinds);
	for (size_t i = 0; i < docs->program->nkinds; i++)
		add_table(docs, i);
	return write_file(docs, "docs/rules", "README", ".md");
}

static int write_pages(struct docs *docs)
{
	for (size_t i = 0; i < docs->program->nkinds; i++) {
		const struct diag_kind *kind = docs->program->kinds[i];
		struct buf example = {0};
		int result;

		example_add_findings(docs->examples, kind, &example);
		rule_page_add(&docs->text, kind, buf_text(&example));
		buf_release(&example);
		result = write_file(docs, "docs/rules", kind->id, ".md");
		if (result)
			return result;
	}
	return 0;
}

static int write_manual(struct docs *docs)
{
	man_add_rules(&docs->text, docs->program->kinds, docs->program->nkinds);
	if (write_file(docs, "man", "rolloutlint-rules", ".7"))
		return -1;
	man_add_facts(&docs->text);
	return write_file(docs, "man", "rolloutlint-facts", ".7");
}

int print_docs(struct program *program)
{
	struct docs docs = {.program = program};
	int result;

	docs.examples = example_texts_new(program);
	result = make_folder(&docs, "") || make_folder(&docs, "/man") ||
		 make_folder(&docs, "/docs") ||
		 make_folder(&docs, "/docs/rules") || write_index(&docs) ||
		 write_pages(&docs) || write_manual(&docs);
	example_texts_free(docs.examples);
	buf_release(&docs.path);
	buf_release(&docs.text);
	return result ? trouble(program) : STATUS_CLEAN;
}
