/* The program's rules -> pages in HTML, all of one frame. */
#include "page/print_html.h"

#include "cmd/outcome.h"
#include "page/examples.h"
#include "page/page_files.h"
#include "page/rule_text.h"
#include "report/assets.h"
#include "report/html_page.h"

#include <string.h>

struct site {
	const struct diag_kind *const *kinds;
	size_t nkinds;
	struct page_files files;
	struct example_texts *examples;
};

static const char *title_of(const struct diag_kind *kind)
{
	return kind->title ? kind->title : "";
}

/* root: the way to the top folder, "" or "../". */
static void begin(struct site *site, const char *title, const char *root)
{
	struct buf *text = &site->files.text;

	html_begin_linked(text, title, root);
	buf_printf(text,
	    "<header class=\"top\"><div class=\"width\"><p class=\"tool\">"
	    "<a href=\"%sindex.html\">rolloutlint %s, all rules</a></p></div>"
	    "</header>\n<main class=\"width doc\">\n",
	    root, PACKAGE_VERSION);
}

static void end(struct site *site)
{
	buf_add_text(&site->files.text, "</main>\n");
	html_end(&site->files.text, false);
}

static bool is_first_of_group(const struct site *site, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (!strcmp(site->kinds[j]->group, site->kinds[i]->group))
			return false;
	}
	return true;
}

static void add_groups(struct site *site)
{
	struct buf *text = &site->files.text;

	buf_add_text(text, "<nav><ul class=\"groups\">\n");
	for (size_t i = 0; i < site->nkinds; i++) {
		const char *group = site->kinds[i]->group;

		if (!is_first_of_group(site, i))
			continue;
		buf_add_text(text, "<li><a href=\"#");
		html_add_text(text, group);
		buf_add_text(text, "\">");
		html_add_text(text, group);
		buf_add_text(text, "</a></li>\n");
	}
	buf_add_text(text, "</ul></nav>\n");
}

static void add_row(struct buf *text, const struct diag_kind *kind)
{
	struct buf address = {0};

	buf_printf(&address, "rules/%s.html", kind->id);
	buf_add_text(text, "<tr><td>");
	html_add_link(text, buf_slice(&address), slice_of(kind->id));
	buf_printf(text, "</td><td><span class=\"badge %s\">%s</span></td><td>",
	    severity_name(kind->severity), severity_name(kind->severity));
	html_add_text(text, title_of(kind));
	buf_add_text(text, "</td></tr>\n");
	buf_release(&address);
}

/* The rules of the group of kind number first. */
static void add_table(struct site *site, size_t first)
{
	const char *group = site->kinds[first]->group;
	struct buf *text = &site->files.text;

	buf_add_text(text, "<h2 id=\"");
	html_add_text(text, group);
	buf_add_text(text, "\">");
	html_add_text(text, group);
	buf_add_text(text, "</h2>\n<div class=\"scroll\">"
			   "<table class=\"rules stack\">\n<thead><tr><th>Rule"
			   "</th><th>Severity</th><th>Finds</th></tr></thead>"
			   "\n<tbody>\n");
	for (size_t i = first; i < site->nkinds; i++) {
		if (!strcmp(site->kinds[i]->group, group))
			add_row(text, site->kinds[i]);
	}
	buf_add_text(text, "</tbody></table></div>\n");
}

static int write_index(struct site *site)
{
	begin(site, "Rules of rolloutlint", "");
	buf_printf(&site->files.text,
	    "<h1>Rules of rolloutlint</h1>\n<p>%zu rules, by group, with their "
	    "default severity. A rule that is off is turned on with "
	    "<code>-WID</code>, or by the contract.</p>\n",
	    site->nkinds);
	add_groups(site);
	for (size_t i = 0; i < site->nkinds; i++) {
		if (is_first_of_group(site, i))
			add_table(site, i);
	}
	end(site);
	return page_files_write(&site->files, "", "index", ".html");
}

/* A link to the rule before or behind, if there is one. */
static void add_turn(
    struct buf *text, const struct diag_kind *kind, const char *what)
{
	struct buf address = {0}, label = {0};

	buf_printf(&address, "%s.html", kind->id);
	buf_printf(&label, "%s: %s", what, kind->id);
	html_add_link(text, buf_slice(&address), buf_slice(&label));
	buf_add_char(text, '\n');
	buf_release(&address);
	buf_release(&label);
}

static int write_rule(struct site *site, size_t i)
{
	const struct diag_kind *kind = site->kinds[i];
	struct buf *text = &site->files.text, title = {0};
	struct rule_example example = {0};

	buf_printf(&title, "%s: %s", kind->id, title_of(kind));
	begin(site, buf_text(&title), "../");
	example_add_findings(site->examples, kind, &example);
	rule_html_add(text, kind, &example);
	buf_add_text(text, "<nav class=\"turn\">\n");
	if (i)
		add_turn(text, site->kinds[i - 1], "Before");
	if (i + 1 < site->nkinds)
		add_turn(text, site->kinds[i + 1], "Next");
	buf_add_text(text, "</nav>\n");
	end(site);
	rule_example_release(&example);
	buf_release(&title);
	return page_files_write(&site->files, "/rules", kind->id, ".html");
}

static int write_site(struct site *site)
{
	if (page_files_make(&site->files, "") ||
	    page_files_make(&site->files, "/rules"))
		return -1;
	buf_add_text(&site->files.text, page_css);
	if (page_files_write(&site->files, "", "page", ".css") ||
	    write_index(site))
		return -1;
	for (size_t i = 0; i < site->nkinds; i++) {
		if (write_rule(site, i))
			return -1;
	}
	return 0;
}

int print_html(struct program *program)
{
	struct site site = {
	    .kinds = program->kinds,
	    .nkinds = program->nkinds,
	    .files = {.root = program->options.docs, .fault = &program->fault},
	    .examples = example_texts_new(program),
	};
	int result = write_site(&site);

	example_texts_free(site.examples);
	page_files_release(&site.files);
	return result ? trouble(program) : STATUS_CLEAN;
}
