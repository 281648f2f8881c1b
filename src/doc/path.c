/* A node -> its spelled path, and places inside a scalar's text. */
#include "doc/tree.h"

#include "base/json_quote.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_plain_name(struct slice key)
{
	if (!key.len || !is_letter(key.ptr[0]))
		return false;
	for (size_t i = 1; i < key.len; i++) {
		char c = key.ptr[i];

		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return true;
}

static void add_key(struct buf *buf, const struct node *key)
{
	if (key->kind == NODE_SCALAR && is_plain_name(key->text)) {
		if (buf->len)
			buf_add_char(buf, '.');
		buf_add_slice(buf, key->text);
		return;
	}
	buf_add_char(buf, '[');
	if (key->kind == NODE_SCALAR) /* in one line, whatever it is */
		json_quote(buf, key->text);
	else
		buf_add_char(buf, '?');
	buf_add_char(buf, ']');
}

/* Recursion is bounded: a tree is no deeper than its limits. */
static void add_path(const struct node *node, struct buf *path)
{
	if (!node->parent)
		return;
	add_path(node->parent, path);
	if (node->parent->kind == NODE_SEQUENCE)
		buf_printf(path, "[%u]", node->index);
	else if (node->key)
		add_key(path, node->key);
}

void node_path(const struct node *node, struct buf *buf)
{
	struct buf path = {0};

	if (!node)
		return;
	add_path(node, &path);
	buf_add_slice(buf, buf_slice(&path));
	buf_release(&path);
}

/* Columns that text takes inside quotes: each of the doubled bytes two. */
static size_t width_of(struct slice text, const char *doubled)
{
	size_t width = utf8_count(text);

	for (size_t i = 0; i < text.len; i++) {
		for (const char *c = doubled; *c; c++)
			width += text.ptr[i] == *c;
	}
	return width;
}

/*
 * The columns before the character at offset, counted from the scalar's
 * start; false when the text as it was written cannot be told from its value
 * and its width: an anchor or a tag, a longer escape.
 */
static bool find_column(
    const struct node *scalar, size_t offset, size_t *ret_column)
{
	static const char *const doubled[] = {"", "'", "\"\\\n\t"};
	struct slice before = {scalar->text.ptr, offset};
	size_t width = scalar->span.end_col - scalar->span.col;
	bool found = false;

	if (scalar->plain) {
		size_t whole = utf8_count(scalar->text);

		*ret_column = width - whole + utf8_count(before);
		return whole <= width;
	}
	for (size_t i = 0; i < COUNT_OF(doubled); i++) {
		size_t column = 1 + width_of(before, doubled[i]);

		if (width_of(scalar->text, doubled[i]) + 2 != width)
			continue;
		if (found && column != *ret_column)
			return false;
		*ret_column = column;
		found = true;
	}
	return found;
}

struct span node_char_span(const struct node *scalar, size_t offset)
{
	struct span span = scalar->span;
	size_t column = 0;

	if (scalar->kind == NODE_SCALAR && span.line == span.end_line &&
	    offset <= scalar->text.len && find_column(scalar, offset, &column))
		span.col += (uint32_t)column;
	span.end_line = span.line;
	span.end_col = span.col + 1;
	return span;
}
