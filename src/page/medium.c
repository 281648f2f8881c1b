/* Headings, prose, code and lists -> text, Markdown or HTML. */
#include "page/medium.h"

#include "report/html_page.h"
#include "report/prose.h"

#define INDENT "  "

void put_heading(const struct writing *writing, const char *title)
{
	switch (writing->medium) {
	case MEDIUM_TEXT: buf_printf(writing->out, "\n%s\n", title); break;
	case MEDIUM_MARKDOWN:
		buf_printf(writing->out, "\n## %s\n\n", title);
		break;
	case MEDIUM_HTML:
		buf_add_text(writing->out, "<h2>");
		html_add_text(writing->out, title);
		buf_add_text(writing->out, "</h2>\n");
		break;
	}
}

void put_prose(
    const struct writing *writing, const char *title, const char *markdown)
{
	struct slice text = slice_trim(slice_of(markdown ? markdown : ""));

	if (!text.len)
		return;
	put_heading(writing, title);
	switch (writing->medium) {
	case MEDIUM_TEXT: prose_add_text(writing->out, markdown, INDENT); break;
	case MEDIUM_MARKDOWN:
		buf_add_slice(writing->out, text);
		buf_add_char(writing->out, '\n');
		break;
	case MEDIUM_HTML: html_add_prose(writing->out, markdown); break;
	}
}

/* Each line behind the indent; blank ones stay so. */
static void add_indented(struct buf *buf, const char *lines)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		buf_printf(buf, "%s%.*s\n", len ? INDENT : "", (int)len, lines);
		lines += len + (lines[len] == '\n');
	}
}

/* Between fences that are longer than any in the lines. */
static void add_fenced(struct buf *buf, const char *language, const char *lines)
{
	struct buf fence = {0};

	buf_add_text(&fence, "```");
	while (strstr(lines, buf_text(&fence)))
		buf_add_char(&fence, '`');
	buf_printf(buf, "%s%s\n%s", buf_text(&fence), language, lines);
	if (!slice_ends(slice_of(lines), SLICE("\n")))
		buf_add_char(buf, '\n');
	buf_printf(buf, "%s\n", buf_text(&fence));
	buf_release(&fence);
}

/* How a line of a diff is shown; those with the file's name are no change. */
static const char *class_of(struct slice line)
{
	if (slice_starts(line, SLICE("+++ ")) ||
	    slice_starts(line, SLICE("--- ")))
		return "same";
	return line.len && *line.ptr == '+'   ? "new"
	       : line.len && *line.ptr == '-' ? "old"
					      : "same";
}

static void add_diff(struct buf *buf, const char *lines)
{
	buf_add_text(buf, "<pre class=\"edit\">");
	while (*lines) {
		struct slice line = {lines, strcspn(lines, "\n")};

		buf_printf(buf, "<span class=\"%s\">", class_of(line));
		html_add(buf, line);
		buf_add_text(buf, "</span>");
		lines += line.len + (lines[line.len] == '\n');
	}
	buf_add_text(buf, "</pre>\n");
}

void put_literal(const struct writing *writing, const char *title,
    const char *language, const char *lines)
{
	if (!lines || !*lines)
		return;
	put_heading(writing, title);
	if (writing->medium == MEDIUM_TEXT) {
		add_indented(writing->out, lines);
	} else if (writing->medium == MEDIUM_MARKDOWN) {
		add_fenced(writing->out, language, lines);
	} else if (!strcmp(language, "diff")) {
		add_diff(writing->out, lines);
	} else {
		buf_printf(writing->out, "<pre class=\"%s\"><code>", language);
		html_add_lines(writing->out, slice_of(lines));
		buf_add_text(writing->out, "</code></pre>\n");
	}
}

/* An item, between the marks of Markdown or in the element of HTML. */
static void add_item(const struct writing *writing, const char *before,
    const char *after, const char *item)
{
	struct slice text = slice_of(item);
	bool is_address = *before == '<';

	if (writing->medium == MEDIUM_TEXT) {
		buf_printf(writing->out, INDENT "%s\n", item);
		return;
	}
	if (writing->medium == MEDIUM_MARKDOWN) {
		buf_printf(writing->out, "- %s%s%s\n", before, item, after);
		return;
	}
	buf_add_text(writing->out, is_address ? "<li>" : "<li><code>");
	if (is_address)
		html_add_link(writing->out, text, text);
	else
		html_add(writing->out, text);
	buf_add_text(writing->out, is_address ? "</li>\n" : "</code></li>\n");
}

static void put_items(const struct writing *writing, const char *title,
    const char *const *items, size_t n, const char *before, const char *after)
{
	bool is_html = writing->medium == MEDIUM_HTML;

	if (!n)
		return;
	put_heading(writing, title);
	buf_add_text(writing->out, is_html ? "<ul>\n" : "");
	for (size_t i = 0; i < n; i++)
		add_item(writing, before, after, items[i]);
	buf_add_text(writing->out, is_html ? "</ul>\n" : "");
}

void put_words(const struct writing *writing, const char *title,
    const char *const *words, size_t n)
{
	put_items(writing, title, words, n, "`", "`");
}

void put_links(const struct writing *writing, const char *title,
    const char *const *addresses, size_t n)
{
	put_items(writing, title, addresses, n, "<", ">");
}
