/* Markdown of rules -> its blocks, and text for a terminal. */
#include "report/prose.h"

#define WIDTH 80 /* columns of a terminal */

static struct slice after(struct slice text, size_t n)
{
	return (struct slice){text.ptr + n, text.len - n};
}

/* Takes the first line off rest, without its end. */
static struct slice take_line(struct slice *rest)
{
	ptrdiff_t end = slice_find(*rest, SLICE("\n"), 0);
	struct slice line = *rest;

	if (end < 0) {
		*rest = after(*rest, rest->len);
		return line;
	}
	line.len = (size_t)end;
	*rest = after(*rest, (size_t)end + 1);
	return line;
}

static bool is_fence(struct slice line)
{
	return slice_starts(line, SLICE("```"));
}

static bool is_item(struct slice line)
{
	return slice_starts(line, SLICE("- "));
}

/* The lines up to the fence that ends the block, which is taken, too. */
static void take_code(struct slice *rest, struct prose_block *block)
{
	const char *start = rest->ptr;
	struct slice line;

	block->kind = PROSE_CODE;
	block->text = (struct slice){start, 0};
	while (rest->len) {
		line = take_line(rest);
		if (is_fence(line))
			return;
		block->text.len = (size_t)(rest->ptr - start);
	}
}

/* Lines up to a blank one, or to what begins another block. */
static void take_lines(struct slice *rest, struct prose_block *block)
{
	const char *start = rest->ptr;

	do {
		struct slice line = take_line(rest);

		block->text = (struct slice){
		    start, (size_t)(line.ptr + line.len - start)};
	} while (rest->len && rest->ptr[0] != '\n' && !is_fence(*rest) &&
		 !is_item(*rest));
}

bool prose_next(struct slice *rest, struct prose_block *ret_block)
{
	while (rest->len && rest->ptr[0] == '\n')
		*rest = after(*rest, 1);
	if (!rest->len)
		return false;
	if (is_fence(*rest)) {
		take_line(rest);
		take_code(rest, ret_block);
		return true;
	}
	ret_block->kind = is_item(*rest) ? PROSE_ITEM : PROSE_PARAGRAPH;
	if (ret_block->kind == PROSE_ITEM)
		*rest = after(*rest, 2);
	take_lines(rest, ret_block);
	return true;
}

/* Takes what stands between the mark that rest begins with and its partner. */
static bool take_marked(
    struct slice *rest, struct slice partner, struct slice *ret_text)
{
	ptrdiff_t end = slice_find(*rest, partner, 1);

	if (end < 0)
		return false;
	*ret_text = (struct slice){rest->ptr + 1, (size_t)end - 1};
	*rest = after(*rest, (size_t)end + 1);
	return true;
}

bool prose_next_piece(
    struct slice *rest, struct slice *ret_text, enum prose_ink *ret_ink)
{
	size_t len = 0;

	if (!rest->len)
		return false;
	*ret_ink = PROSE_WORD_OF_CODE;
	if (rest->ptr[0] == '`' && take_marked(rest, SLICE("`"), ret_text))
		return true;
	*ret_ink = PROSE_ADDRESS;
	if (slice_starts(*rest, SLICE("<http")) &&
	    take_marked(rest, SLICE(">"), ret_text))
		return true;
	*ret_ink = PROSE_TEXT;
	do
		len++;
	while (
	    len < rest->len && rest->ptr[len] != '`' && rest->ptr[len] != '<');
	*ret_text = (struct slice){rest->ptr, len};
	*rest = after(*rest, len);
	return true;
}

/* A paragraph as one line: marks are left out, line ends are blanks. */
static void add_unmarked(struct buf *buf, struct slice text)
{
	struct slice piece;
	enum prose_ink ink;

	while (prose_next_piece(&text, &piece, &ink)) {
		for (size_t i = 0; i < piece.len; i++)
			buf_add_char(
			    buf, piece.ptr[i] == '\n' ? ' ' : piece.ptr[i]);
	}
}

/* Takes the first word off rest; empty at its end. */
static struct slice take_word(struct slice *rest)
{
	struct slice word = slice_trim(*rest);
	size_t len = 0;

	while (len < word.len && word.ptr[len] != ' ')
		len++;
	*rest = after(word, len);
	word.len = len;
	return word;
}

/* The words of text as lines: the first begins with first, the others with
 * other, which is as wide. */
static void add_wrapped(
    struct buf *buf, struct slice text, const char *first, const char *other)
{
	size_t start = strlen(first), column = start;
	struct slice word;

	buf_add_text(buf, first);
	for (;;) {
		size_t width;

		word = take_word(&text);
		if (!word.len)
			break;
		width = utf8_count(word);
		if (column > start && column + 1 + width > WIDTH) {
			buf_printf(buf, "\n%s", other);
			column = start;
		} else if (column > start) {
			buf_add_char(buf, ' ');
			column++;
		}
		buf_add_slice(buf, word);
		column += width;
	}
	buf_add_char(buf, '\n');
}

static void add_code(struct buf *buf, struct slice text, const char *indent)
{
	while (text.len) {
		struct slice line = take_line(&text);

		if (line.len)
			buf_printf(buf, "%s  %.*s", indent, SLICE_ARGS(line));
		buf_add_char(buf, '\n');
	}
}

static void add_block(
    struct buf *buf, const struct prose_block *block, const char *indent)
{
	struct buf line = {0}, first = {0}, other = {0};
	bool item = block->kind == PROSE_ITEM;

	if (block->kind == PROSE_CODE) {
		add_code(buf, block->text, indent);
		return;
	}
	add_unmarked(&line, block->text);
	buf_printf(&first, "%s%s", indent, item ? "- " : "");
	buf_printf(&other, "%s%s", indent, item ? "  " : "");
	add_wrapped(buf, buf_slice(&line), buf_text(&first), buf_text(&other));
	buf_release(&line);
	buf_release(&first);
	buf_release(&other);
}

void prose_add_text(struct buf *buf, const char *markdown, const char *indent)
{
	struct slice rest = slice_of(markdown ? markdown : "");
	enum prose_kind before = PROSE_PARAGRAPH;
	struct prose_block block;
	bool any = false;

	while (prose_next(&rest, &block)) {
		if (any && (block.kind != PROSE_ITEM || before != PROSE_ITEM))
			buf_add_char(buf, '\n');
		add_block(buf, &block, indent);
		before = block.kind;
		any = true;
	}
}
