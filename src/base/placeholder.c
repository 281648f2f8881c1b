/* The text of a message -> its placeholders and what stands between them. */
#include "base/placeholder.h"

#include <string.h>

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

struct slice placeholder_skip_plain(struct slice *rest)
{
	struct slice plain = {rest->ptr, 0};

	while (plain.len < rest->len && plain.ptr[plain.len] != '{' &&
	       plain.ptr[plain.len] != '}')
		plain.len++;
	*rest = slice_from(*rest, plain.len);
	return plain;
}

bool placeholder_next(struct slice *rest, struct placeholder_piece *ret_piece)
{
	size_t taken = 1;

	if (!rest->len)
		return false;
	*ret_piece = (struct placeholder_piece){.text = {rest->ptr, 1}};
	if (starts_placeholder(*rest, &ret_piece->text)) {
		ret_piece->is_placeholder = true;
		taken = ret_piece->text.len + 2;
	} else if (slice_starts(*rest, SLICE("{{")) ||
		   slice_starts(*rest, SLICE("}}"))) {
		taken = 2;
	} else {
		ret_piece->is_lone_brace =
		    *rest->ptr == '{' || *rest->ptr == '}';
	}
	*rest = slice_from(*rest, taken);
	return true;
}

size_t placeholder_count(const char *message)
{
	struct slice rest = slice_of(message);
	struct placeholder_piece piece;
	const char *brace;
	size_t count = 0;

	/* From brace to brace: nothing between them counts, nor do those that
	 * close. */
	while ((brace = memchr(rest.ptr, '{', rest.len))) {
		rest = slice_from(rest, (size_t)(brace - rest.ptr));
		placeholder_next(&rest, &piece);
		count += piece.is_placeholder;
	}
	return count;
}

/* Takes off rest what comes before the next placeholder or the end. */
static void cut_literal(struct slice *rest, struct buf *ret_literal)
{
	struct slice name;
	struct placeholder_piece piece;

	buf_clear(ret_literal);
	while (rest->len && !starts_placeholder(*rest, &name) &&
	       placeholder_next(rest, &piece))
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

bool placeholder_match(
    const char *message, struct slice text, struct slice *ret_values)
{
	struct slice rest = slice_of(message);
	struct buf literal = {0};
	struct placeholder_piece piece;
	ptrdiff_t end;

	cut_literal(&rest, &literal);
	end = slice_starts(text, buf_slice(&literal)) ? 0 : -1;
	if (!rest.len && literal.len != text.len)
		end = -1;
	while (end >= 0 && rest.len) {
		text = slice_from(text, (size_t)end + literal.len);
		placeholder_next(&rest, &piece);
		cut_literal(&rest, &literal);
		end = find_literal(text, buf_slice(&literal), !rest.len);
		if (end >= 0)
			*ret_values++ = (struct slice){text.ptr, (size_t)end};
	}
	buf_release(&literal);
	return end >= 0;
}
