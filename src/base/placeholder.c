/*
 * Message templates: text with {placeholders} taken apart and written anew.
 * A doubled brace stands for itself; a brace without its partner, too.
 */
#include "sink/template.h"

/* A placeholder, or the text between two. */
struct piece {
	bool is_placeholder;
	struct slice text; /* of a placeholder: without the braces */
};

static struct slice slice_from(struct slice text, size_t from)
{
	return (struct slice){text.ptr + from, text.len - from};
}

/* Where the placeholder that text starts with ends: the offset of its "}", or
 * -1.  It is an expression: braces in it nest, and quotes hide them. */
static ptrdiff_t placeholder_end(struct slice text)
{
	char quote = '\0';
	int depth = 0;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (quote && c == '\\')
			i++;
		else if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '"' || c == '\'')
			quote = c;
		else if (c == '{')
			depth++;
		else if (c == '}' && --depth == 0)
			return (ptrdiff_t)i;
	}
	return -1;
}

/* The placeholder that text starts with, if it does. */
static bool starts_placeholder(struct slice text, struct slice *ret_name)
{
	ptrdiff_t end;

	if (!slice_starts(text, SLICE("{")) || slice_starts(text, SLICE("{{")))
		return false;
	end = placeholder_end(text);
	if (end < 0)
		return false;
	*ret_name = (struct slice){text.ptr + 1, (size_t)end - 1};
	return true;
}

/* Takes the next piece off rest; text comes one character at a time. */
static bool next_piece(struct slice *rest, struct piece *ret_piece)
{
	size_t taken = 1;

	if (!rest->len)
		return false;
	ret_piece->is_placeholder = starts_placeholder(*rest, &ret_piece->text);
	if (ret_piece->is_placeholder) {
		taken = ret_piece->text.len + 2;
	} else {
		ret_piece->text = (struct slice){rest->ptr, 1};
		if (slice_starts(*rest, SLICE("{{")) ||
		    slice_starts(*rest, SLICE("}}")))
			taken = 2;
	}
	*rest = slice_from(*rest, taken);
	return true;
}

size_t template_count(const char *message)
{
	struct slice rest = slice_of(message);
	struct piece piece;
	size_t count = 0;

	while (next_piece(&rest, &piece))
		count += piece.is_placeholder;
	return count;
}

/* Takes off rest what comes before the next placeholder or the end. */
static void take_literal(struct slice *rest, struct buf *ret_literal)
{
	struct slice name;
	struct piece piece;

	buf_clear(ret_literal);
	while (rest->len && !starts_placeholder(*rest, &name) &&
	       next_piece(rest, &piece))
		buf_add_slice(ret_literal, piece.text);
}

/* Where the value before literal ends in text: at the literal's last place
 * when it is to end the text, else at its first; -1 when it has none. */
static ptrdiff_t find_literal(
    struct slice text, struct slice literal, bool is_last)
{
	if (!is_last)
		return slice_find(text, literal, 0);
	return slice_ends(text, literal) ? (ptrdiff_t)(text.len - literal.len)
					 : -1;
}

bool template_match(
    const char *message, struct slice text, struct slice *ret_values)
{
	struct slice rest = slice_of(message);
	struct buf literal = {0};
	struct piece piece;
	ptrdiff_t end;

	take_literal(&rest, &literal);
	end = slice_starts(text, buf_slice(&literal)) ? 0 : -1;
	if (!rest.len && literal.len != text.len)
		end = -1;
	while (end >= 0 && rest.len) {
		text = slice_from(text, (size_t)end + literal.len);
		next_piece(&rest, &piece);
		take_literal(&rest, &literal);
		end = find_literal(text, buf_slice(&literal), !rest.len);
		if (end >= 0)
			*ret_values++ = (struct slice){text.ptr, (size_t)end};
	}
	buf_release(&literal);
	return end >= 0;
}

void template_add_stop(struct buf *buf)
{
	if (!slice_ends(buf_slice(buf), SLICE(".")))
		buf_add_char(buf, '.');
}

void template_add_numbered(struct buf *buf, const char *message)
{
	struct slice rest = slice_of(message);
	struct piece piece;
	size_t count = 0;

	while (next_piece(&rest, &piece)) {
		if (piece.is_placeholder) {
			bool quoted = slice_ends(buf_slice(buf), SLICE("'")) &&
				      slice_starts(rest, SLICE("'"));

			buf_printf(buf, quoted ? "{%zu}" : "'{%zu}'", count++);
			continue;
		}
		buf_add_slice(buf, piece.text);
		if (slice_is(piece.text, "{") || slice_is(piece.text, "}"))
			buf_add_slice(buf, piece.text);
	}
	template_add_stop(buf);
}

void template_add_readable(struct buf *buf, const char *message)
{
	struct slice rest = slice_of(message);
	struct piece piece;

	while (next_piece(&rest, &piece)) {
		if (piece.is_placeholder)
			buf_add_text(buf, "...");
		else
			buf_add_slice(buf, piece.text);
	}
	template_add_stop(buf);
}
