/* A kind of finding and an example of it -> text, and a page in Markdown. */
#include "page/rule_text.h"

#include <string.h>

/* What is being written, and how. */
struct writing {
	struct buf *out;
	const struct diag_kind *kind;
	bool is_page; /* Markdown; else text, indented by two */
};

static void add_heading(struct writing *writing, const char *title)
{
	buf_printf(
	    writing->out, writing->is_page ? "\n## %s\n\n" : "\n%s\n", title);
}

/* The lines of text; in text for a terminal indented by two. */
static void add_lines(struct writing *writing, const char *text)
{
	const char *indent = writing->is_page ? "" : "  ";

	while (*text) {
		size_t len = strcspn(text, "\n");

		buf_printf(writing->out, "%s%.*s\n", len ? indent : "",
		    (int)len, text);
		text += len + (text[len] == '\n');
	}
}

static void add_text(
    struct writing *writing, const char *title, const char *text)
{
	struct slice trimmed = slice_trim(slice_of(text ? text : ""));
	struct buf copy = {0};

	if (!trimmed.len)
		return;
	buf_add_slice(&copy, trimmed);
	add_heading(writing, title);
	add_lines(writing, buf_text(&copy));
	buf_release(&copy);
}

/* Text that stands as it is; on a page between fences longer than any in it. */
static void add_literal(struct writing *writing, const char *title,
    const char *language, const char *text)
{
	struct buf fence = {0};

	if (!text || !*text)
		return;
	add_heading(writing, title);
	buf_add_text(&fence, "```");
	while (strstr(text, buf_text(&fence)))
		buf_add_char(&fence, '`');
	if (writing->is_page)
		buf_printf(writing->out, "%s%s\n", buf_text(&fence), language);
	add_lines(writing, text);
	if (writing->is_page)
		buf_printf(writing->out, "%s\n", buf_text(&fence));
	buf_release(&fence);
}

static void add_items(struct writing *writing, const char *title,
    const char *const *items, size_t n, const char *before, const char *after)
{
	if (!n)
		return;
	add_heading(writing, title);
	for (size_t i = 0; i < n; i++)
		buf_printf(writing->out, "%s%s%s%s\n",
		    writing->is_page ? "- " : "  ",
		    writing->is_page ? before : "", items[i],
		    writing->is_page ? after : "");
}

/* What a comment, an option and the configuration turn off or on. */
static void add_switches(struct writing *writing)
{
	const struct diag_kind *kind = writing->kind;
	struct buf text = {0};

	add_heading(writing, kind->severity == SEVERITY_OFF
				 ? "How to turn it on"
				 : "How to turn it off");
	if (kind->severity == SEVERITY_OFF)
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
	if (writing->is_page)
		buf_printf(writing->out, "```yaml\n%s```\n", buf_text(&text));
	else
		add_lines(writing, buf_text(&text));
	buf_release(&text);
}

static void add_body(struct writing *writing, const char *example)
{
	const struct diag_kind *kind = writing->kind;

	add_literal(writing, "Example", "text", example);
	add_text(writing, "Why", kind->why);
	add_text(writing, "How to fix it", kind->fix);
	add_literal(writing, "Good example", "yaml", kind->good);
	add_literal(writing,
	    "Parameters, set with `params:` in .rolloutlint.yaml", "text",
	    kind->params);
	add_literal(
	    writing, "What --fixits proposes to write", "text", kind->edits);
	add_switches(writing);
	add_items(
	    writing, "Former names", kind->aliases, kind->naliases, "`", "`");
	add_items(writing, "Links", kind->see, kind->nsee, "<", ">");
}

static const char *title_of(const struct diag_kind *kind)
{
	return kind->title ? kind->title : kind->invariant;
}

void rule_text_add(
    struct buf *buf, const struct diag_kind *kind, const char *example)
{
	struct writing writing = {buf, kind, false};

	buf_printf(buf, "%s (%s): %s\n", kind->id, kind->code, title_of(kind));
	buf_printf(
	    buf, "%s, group %s", severity_name(kind->severity), kind->group);
	if (*kind->invariant)
		buf_printf(buf, "; guards: %s", kind->invariant);
	buf_add_char(buf, '\n');
	add_body(&writing, example);
}

void rule_page_add(
    struct buf *buf, const struct diag_kind *kind, const char *example)
{
	struct writing writing = {buf, kind, true};

	buf_printf(buf, "# %s: %s\n\n", kind->id, title_of(kind));
	buf_printf(buf, "`%s` by default, group `%s`, code `%s`.\n",
	    severity_name(kind->severity), kind->group, kind->code);
	add_body(&writing, example);
	buf_add_text(buf, "\n[All rules](README.md)\n");
}
