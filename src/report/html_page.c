/* Text, addresses, Markdown and lines of input -> HTML. */
#include "report/html_page.h"

#include "report/assets.h"
#include "report/line_span.h"
#include "report/plain.h"
#include "report/prose.h"
#include "report/xml.h"

/* Whatever slips through: nothing is loaded and nothing is sent. */
#define POLICY                                                       \
	"default-src 'none'; style-src 'unsafe-inline'; script-src " \
	"'unsafe-inline'; base-uri 'none'; form-action 'none'"

void html_add(struct buf *buf, struct slice text)
{
	struct buf plain = {0};

	plain_add(&plain, text);
	xml_add(buf, buf_slice(&plain));
	buf_release(&plain);
}

void html_add_text(struct buf *buf, const char *text)
{
	html_add(buf, slice_of(text));
}

void html_add_lines(struct buf *buf, struct slice lines)
{
	while (lines.len) {
		ptrdiff_t end = slice_find(lines, SLICE("\n"), 0);
		size_t len = end < 0 ? lines.len : (size_t)end;
		size_t step = len + (end >= 0);

		html_add(buf, (struct slice){lines.ptr, len});
		buf_add_char(buf, '\n');
		lines = (struct slice){lines.ptr + step, lines.len - step};
	}
}

static void begin(struct buf *buf)
{
	buf_add_text(buf, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
			  "<meta charset=\"utf-8\">\n"
			  "<meta name=\"viewport\" content=\"width=device-"
			  "width, initial-scale=1\">\n"
			  "<meta name=\"color-scheme\" content=\"light dark\">"
			  "\n");
}

static void add_title(struct buf *buf, const char *title)
{
	buf_add_text(buf, "<title>");
	html_add_text(buf, title);
	buf_add_text(buf, "</title>\n");
}

void html_begin(struct buf *buf, const char *title)
{
	begin(buf);
	buf_add_text(buf, "<meta http-equiv=\"Content-Security-Policy\" "
			  "content=\"" POLICY "\">\n");
	add_title(buf, title);
	buf_add_text(buf, "<style>\n");
	buf_add_text(buf, page_css);
	buf_add_text(buf, "</style>\n</head>\n<body>\n");
}

void html_begin_linked(struct buf *buf, const char *title, const char *root)
{
	begin(buf);
	add_title(buf, title);
	buf_printf(buf,
	    "<link rel=\"stylesheet\" href=\"%spage.css\">\n</head>\n"
	    "<body>\n",
	    root);
}

void html_end(struct buf *buf, bool with_script)
{
	if (with_script) {
		buf_add_text(buf, "<script>\n");
		buf_add_text(buf, report_js);
		buf_add_text(buf, "</script>\n");
	}
	buf_add_text(buf, "</body>\n</html>\n");
}

/* Whether a browser takes it for an address of the web, or of this folder: what
 * has no colon names no scheme. */
static bool is_address(struct slice address)
{
	return slice_starts(address, SLICE("https://")) ||
	       slice_starts(address, SLICE("http://")) ||
	       slice_find(address, SLICE(":"), 0) < 0;
}

void html_add_link(struct buf *buf, struct slice address, struct slice text)
{
	if (!is_address(address)) {
		html_add(buf, text);
		return;
	}
	buf_add_text(buf, "<a href=\"");
	html_add(buf, address);
	buf_add_text(buf, "\">");
	html_add(buf, text);
	buf_add_text(buf, "</a>");
}

/* A line end in a paragraph is a blank. */
static void add_running(struct buf *buf, struct slice text)
{
	struct buf line = {0};

	for (size_t i = 0; i < text.len; i++)
		buf_add_char(&line, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	html_add(buf, buf_slice(&line));
	buf_release(&line);
}

static void add_pieces(struct buf *buf, struct slice text)
{
	struct slice piece;
	enum prose_ink ink;

	while (prose_next_piece(&text, &piece, &ink)) {
		if (ink == PROSE_ADDRESS) {
			html_add_link(buf, piece, piece);
			continue;
		}
		buf_add_text(buf, ink == PROSE_TEXT ? "" : "<code>");
		add_running(buf, piece);
		buf_add_text(buf, ink == PROSE_TEXT ? "" : "</code>");
	}
}

static void add_block(struct buf *buf, const struct prose_block *block)
{
	if (block->kind == PROSE_CODE) {
		buf_add_text(buf, "<pre><code>");
		html_add_lines(buf, block->text);
		buf_add_text(buf, "</code></pre>\n");
		return;
	}
	buf_add_text(buf, block->kind == PROSE_ITEM ? "<li>" : "<p>");
	add_pieces(buf, slice_trim(block->text));
	buf_add_text(buf, block->kind == PROSE_ITEM ? "</li>\n" : "</p>\n");
}

void html_add_prose(struct buf *buf, const char *markdown)
{
	struct slice rest = slice_of(markdown ? markdown : "");
	struct prose_block block;
	bool in_list = false;

	while (prose_next(&rest, &block)) {
		bool is_item = block.kind == PROSE_ITEM;

		if (is_item && !in_list)
			buf_add_text(buf, "<ul>\n");
		if (!is_item && in_list)
			buf_add_text(buf, "</ul>\n");
		in_list = is_item;
		add_block(buf, &block);
	}
	if (in_list)
		buf_add_text(buf, "</ul>\n");
}

void html_add_excerpt(struct buf *buf, struct slice line, struct span span)
{
	struct buf copy = {0};
	struct span valid;
	struct slice before, covered, behind;

	buf_add_slice(&copy, line);
	valid = span_made_valid(span, buf_text(&copy));
	covered = line_covered(line, valid);
	before = (struct slice){line.ptr, (size_t)(covered.ptr - line.ptr)};
	behind = line_from(line, valid.end_col);
	buf_printf(buf, "<pre class=\"excerpt\"><span class=\"no\">%u</span>",
	    valid.line);
	html_add(buf, before);
	if (covered.len) {
		buf_add_text(buf, "<mark>");
		html_add(buf, covered);
		buf_add_text(buf, "</mark>");
	}
	html_add(buf, behind);
	buf_add_text(buf, "</pre>\n");
	buf_release(&copy);
}
