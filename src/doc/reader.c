/*
 * What reading a contract and its like has in common: texts, and the sentence
 * that says what is wrong where.
 */
#include "doc/reader.h"

#include "base/nearest.h"
#include "doc/scalar.h"

#include <string.h>

enum { QUOTED_MAX = 80 }; /* bytes of a wrong value that are repeated */

int reader_refuse(const struct reader *reader, const struct node *node,
    const char *format, ...)
{
	struct buf text = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	fault_at(reader->fault, reader->origin->name, node->span.line,
	    node->span.col, "%s", buf_text(&text));
	buf_release(&text);
	return -1;
}

/* At most QUOTED_MAX bytes of text, whole characters. */
static struct slice shortened(struct slice text)
{
	if (text.len <= QUOTED_MAX)
		return text;
	text.len = QUOTED_MAX;
	while (text.len && (text.ptr[text.len] & 0xC0) == 0x80)
		text.len--;
	return text;
}

const char *reader_quote(const struct reader *reader, struct slice text)
{
	struct slice part = shortened(text);
	struct buf buf = {0};
	const char *copy;

	buf_add_char(&buf, '\'');
	buf_add_utf8(&buf, part);
	for (size_t i = 0; i < buf.len; i++) {
		/* A fault is one line, ended by NUL. */
		if ((unsigned char)buf.ptr[i] < ' ')
			buf.ptr[i] = '?';
	}
	buf_add_text(&buf, part.len < text.len ? "...'" : "'");
	copy = slice_copy(reader->arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
	return copy;
}

const char *reader_describe(
    const struct reader *reader, const struct node *node)
{
	static const char *const names[] = {
	    [SCALAR_NULL] = "null",
	    [SCALAR_BOOL] = "the boolean",
	    [SCALAR_INT] = "the number",
	    [SCALAR_DOUBLE] = "the number",
	    [SCALAR_STRING] = "the string",
	};
	struct scalar scalar;
	const char *text;

	if (node->kind != NODE_SCALAR)
		return node->kind == NODE_MAPPING ? "a mapping" : "a list";
	scalar = scalar_of(node);
	if (scalar.type == SCALAR_NULL)
		return names[SCALAR_NULL];
	text = reader_quote(reader, scalar.text);
	if (scalar.type == SCALAR_STRING)
		return arena_printf(
		    reader->arena, "%s %s", names[scalar.type], text);
	return arena_printf(reader->arena, "%s %.*s", names[scalar.type],
	    (int)strlen(text) - 2, text + 1);
}

int reader_refuse_unknown(const struct reader *reader, const struct node *key,
    const char *owner, const char *const *names, size_t n)
{
	struct buf list = {0};
	const char *guess;

	if (key->kind != NODE_SCALAR)
		return reader_refuse(reader, key,
		    "the name of a field must be a word, not %s",
		    reader_describe(reader, key));
	guess = nearest(key->text, names, n);
	if (guess)
		return reader_refuse(reader, key,
		    "unknown field %s; did you mean '%s'?",
		    reader_quote(reader, key->text), guess);
	for (size_t i = 0; i < n; i++)
		buf_printf(&list, "%s%s", i ? ", " : "", names[i]);
	reader_refuse(reader, key, "unknown field %s; %s has %s",
	    reader_quote(reader, key->text), owner, buf_text(&list));
	buf_release(&list);
	return -1;
}

int reader_text(const struct reader *reader, const char *name,
    const struct node *node, const char **ret_text)
{
	struct slice text;

	if (node->kind != NODE_SCALAR || scalar_of(node).type != SCALAR_STRING)
		return reader_refuse(reader, node,
		    "%s must be a string, not %s", name,
		    reader_describe(reader, node));
	text = node->text;
	if (!text.len)
		return reader_refuse(reader, node,
		    "%s must be a string that is not empty", name);
	if (memchr(text.ptr, '\0', text.len))
		return reader_refuse(reader, node,
		    "%s must be a string without a NUL character", name);
	*ret_text = slice_copy(reader->arena, text).ptr;
	return 0;
}

int reader_check_keys(const struct reader *reader, const char *owner,
    const struct node *node, const char *const *names, size_t n)
{
	int result = 0;

	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "%s must be a mapping, not %s", owner,
		    reader_describe(reader, node));
	for (uint32_t i = 0; i < node->n; i++) {
		const struct node *key = node->pairs[i].key;
		size_t known = 0;

		while (key->kind == NODE_SCALAR && known < n &&
		       !slice_is(key->text, names[known]))
			known++;
		if (key->kind != NODE_SCALAR || known == n)
			result =
			    reader_refuse_unknown(reader, key, owner, names, n);
	}
	return result;
}
