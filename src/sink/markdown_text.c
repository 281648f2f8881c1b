/*
 * Text -> Markdown that shows it.  GitHub looks for mentions, references and
 * addresses in the page that it has made, where an escaped character is a
 * character again; an empty comment between two characters parts them there
 * and is not seen.
 */
#include "sink/markdown_text.h"

#include "report/plain.h"
#include "report/prose.h"
#include "report/xml.h"

#include <strings.h>

#define APART "<!-- -->"

/* Whether an address begins here, at its colon or its dot. */
static bool is_in_address(struct slice text, size_t i)
{
	struct slice rest = {text.ptr + i, text.len - i};

	return slice_starts(rest, SLICE("://")) ||
	       (text.ptr[i] == '.' && i >= 3 &&
		   !strncasecmp(text.ptr + i - 3, "www", 3)) ||
	       slice_starts(rest, SLICE(":www"));
}

/* Appends the character, apart from its neighbours where the two together would
 * mean something; false: it means nothing. */
static bool add_apart(struct buf *buf, struct slice text, size_t i)
{
	char c = text.ptr[i];

	if (c == '@' || c == '#') {
		if (c == '#')
			buf_add_char(buf, '\\');
		buf_printf(buf, "%c" APART, c);
		return true;
	}
	if (!is_in_address(text, i))
		return false;
	buf_printf(buf, APART "%c", c);
	return true;
}

void markdown_add(struct buf *buf, struct slice text)
{
	struct buf plain = {0};

	plain_add(&plain, text);
	text = buf_slice(&plain);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (add_apart(buf, text, i))
			continue;
		if (strchr("<>&", c))
			xml_add(buf, (struct slice){&text.ptr[i], 1});
		else if (strchr("\\`*_{}[]|~$", c))
			buf_printf(buf, "\\%c", c);
		else
			buf_add_char(buf, c);
	}
	buf_release(&plain);
}

void markdown_add_text(struct buf *buf, const char *text)
{
	markdown_add(buf, slice_of(text));
}

void markdown_add_html(struct buf *buf, struct slice text)
{
	struct buf plain = {0};

	plain_add(&plain, text);
	text = buf_slice(&plain);
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '#')
			buf_add_text(buf, "#" APART);
		else if (!add_apart(buf, text, i))
			xml_add(buf, (struct slice){&text.ptr[i], 1});
	}
	buf_release(&plain);
}

/* The longest run of backticks in text. */
static size_t longest_run(struct slice text)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < text.len; i++) {
		run = text.ptr[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void add_fence(struct buf *buf, size_t n)
{
	while (n--)
		buf_add_char(buf, '`');
}

void markdown_add_code(struct buf *buf, struct slice text)
{
	struct buf plain = {0};
	size_t fence;

	plain_add(&plain, text);
	text = buf_slice(&plain);
	fence = longest_run(text) + 1;
	add_fence(buf, fence);
	buf_add_text(buf, fence > 1 ? " " : "");
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '|')
			buf_add_char(buf, '\\');
		buf_add_char(buf, text.ptr[i]);
	}
	buf_add_text(buf, fence > 1 ? " " : "");
	add_fence(buf, fence);
	buf_release(&plain);
}

void markdown_add_fenced(
    struct buf *buf, struct slice lines, const char *language)
{
	size_t fence = longest_run(lines) + 1;

	fence = fence < 3 ? 3 : fence;
	add_fence(buf, fence);
	buf_printf(buf, "%s\n", language);
	while (lines.len) {
		ptrdiff_t end = slice_find(lines, SLICE("\n"), 0);
		size_t len = end < 0 ? lines.len : (size_t)end;
		size_t step = len + (end >= 0);

		plain_add(buf, (struct slice){lines.ptr, len});
		buf_add_char(buf, '\n');
		lines = (struct slice){lines.ptr + step, lines.len - step};
	}
	add_fence(buf, fence);
	buf_add_char(buf, '\n');
}

static void add_pieces(struct buf *buf, struct slice text)
{
	struct slice piece;
	enum prose_ink ink;

	while (prose_next_piece(&text, &piece, &ink)) {
		struct buf line = {0};

		for (size_t i = 0; i < piece.len; i++)
			buf_add_char(
			    &line, piece.ptr[i] == '\n' ? ' ' : piece.ptr[i]);
		if (ink == PROSE_WORD_OF_CODE)
			markdown_add_code(buf, buf_slice(&line));
		else
			markdown_add(buf, buf_slice(&line));
		buf_release(&line);
	}
}

void markdown_add_prose(struct buf *buf, const char *markdown)
{
	struct slice rest = slice_of(markdown ? markdown : "");
	struct prose_block block;

	while (prose_next(&rest, &block)) {
		buf_add_char(buf, '\n');
		if (block.kind == PROSE_CODE) {
			markdown_add_fenced(buf, block.text, "yaml");
			continue;
		}
		buf_add_text(buf, block.kind == PROSE_ITEM ? "- " : "");
		add_pieces(buf, slice_trim(block.text));
		buf_add_char(buf, '\n');
	}
}
