/* A kind of finding and an example of it -> text, Markdown, HTML. */
#include "page/rule_text.h"

#include "page/medium.h"
#include "report/html_page.h"

void rule_example_release(struct rule_example *example)
{
	buf_release(&example->findings);
	buf_release(&example->diff);
}

/* What a comment, an option and the configuration turn off or on. */
static void put_switches(
    const struct writing *writing, const struct diag_kind *kind)
{
	bool is_off = kind->severity == SEVERITY_OFF;
	struct buf text = {0};

	if (is_off)
		buf_printf(&text,
		    "# everywhere, on the command line\n-W%s\n\n"
		    "# everywhere, in .rolloutlint.yaml\n"
		    "rules:\n  %s: {severity: warning}\n",
		    kind->id, kind->id);
	else if (kind->locked)
		buf_printf(&text,
		    "# its findings cannot be suppressed; only\n-Wno-%s\n",
		    kind->id);
	else
		buf_printf(&text,
		    "# for one line, in the manifest or template\n"
		    "# rolloutlint:ignore %s REASON\n\n"
		    "# for one object, as an annotation\n"
		    "ignore.rolloutlint/%s: REASON\n\n"
		    "# everywhere, in .rolloutlint.yaml\n"
		    "rules:\n  %s: {severity: \"off\"}\n\n"
		    "# everywhere, on the command line\n-Wno-%s\n\n"
		    "# or make it an error\n-Werror=%s\n",
		    kind->id, kind->id, kind->id, kind->id, kind->id);
	put_literal(writing,
	    is_off ? "How to turn it on" : "How to turn it off", "yaml",
	    buf_text(&text));
	buf_release(&text);
}

/* What the rule prints of its example or, where that takes more files than one
 * run is shown of, the files. */
static void put_example(const struct writing *writing,
    const struct diag_kind *kind, struct rule_example *example)
{
	if (example->findings.len)
		put_literal(
		    writing, "Example", "text", buf_text(&example->findings));
	else
		put_literal(writing, "Example", "yaml", kind->bad);
}

static void put_body(const struct writing *writing,
    const struct diag_kind *kind, struct rule_example *example)
{
	put_example(writing, kind, example);
	put_prose(writing, "Why", kind->why);
	put_prose(writing, "How to fix it", kind->fix);
	put_literal(
	    writing, "What --fix does", "diff", buf_text(&example->diff));
	put_literal(writing, "Good example", "yaml", kind->good);
	put_literal(writing,
	    "Parameters, set with params: in .rolloutlint.yaml", "text",
	    kind->params);
	put_switches(writing, kind);
	put_words(writing, "Former names", kind->aliases, kind->naliases);
	put_links(writing, "Links", kind->see, kind->nsee);
}

static const char *title_of(const struct diag_kind *kind)
{
	return kind->title ? kind->title : kind->invariant;
}

void rule_text_add(
    struct buf *buf, const struct diag_kind *kind, struct rule_example *example)
{
	const struct writing writing = {buf, MEDIUM_TEXT};

	buf_printf(buf, "%s (%s): %s\n", kind->id, kind->code, title_of(kind));
	buf_printf(
	    buf, "%s, group %s", severity_name(kind->severity), kind->group);
	if (*kind->invariant)
		buf_printf(buf, "; guards: %s", kind->invariant);
	buf_add_char(buf, '\n');
	put_body(&writing, kind, example);
}

void rule_page_add(
    struct buf *buf, const struct diag_kind *kind, struct rule_example *example)
{
	const struct writing writing = {buf, MEDIUM_MARKDOWN};

	buf_printf(buf, "# %s: %s\n\n", kind->id, title_of(kind));
	buf_printf(buf, "`%s` by default, group `%s`, code `%s`.\n",
	    severity_name(kind->severity), kind->group, kind->code);
	put_body(&writing, kind, example);
	buf_add_text(buf, "\n[All rules](README.md)\n");
}

void rule_html_add(
    struct buf *buf, const struct diag_kind *kind, struct rule_example *example)
{
	const struct writing writing = {buf, MEDIUM_HTML};

	buf_add_text(buf, "<h1>");
	html_add_text(buf, title_of(kind));
	buf_add_text(buf, "</h1>\n<p class=\"where\"><span class=\"mono\">");
	html_add_text(buf, kind->id);
	buf_printf(buf,
	    "</span> <span class=\"badge %s\">%s by default</span> "
	    "<span>group ",
	    severity_name(kind->severity), severity_name(kind->severity));
	html_add_text(buf, kind->group);
	buf_add_text(buf, "</span> <span>code ");
	html_add_text(buf, kind->code);
	buf_add_text(buf, "</span></p>\n");
	put_body(&writing, kind, example);
}
