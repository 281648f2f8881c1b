/*
 * Programs of expressions -> C.  What they point to is written in place, as
 * compound literals, which outside of functions are constants like any other.
 */
#include "rule/write_program.h"

#include <inttypes.h>
#include <math.h>

/* Octal escapes end after three digits, whatever follows; '?' might begin a
 * trigraph. */
static void write_char(struct buf *buf, unsigned char c)
{
	if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
		buf_printf(buf, "\\%03o", c);
	else
		buf_add_char(buf, (char)c);
}

static void write_literal(struct buf *buf, struct slice text)
{
	buf_add_char(buf, '"');
	for (size_t i = 0; i < text.len; i++) {
		write_char(buf, (unsigned char)text.ptr[i]);
		if (text.ptr[i] == '\n' && i + 1 < text.len)
			buf_add_text(buf, "\"\n\"");
	}
	buf_add_char(buf, '"');
}

void write_text(struct buf *buf, const char *text)
{
	if (text)
		write_literal(buf, slice_of(text));
	else
		buf_add_text(buf, "NULL");
}

void write_slice(struct buf *buf, struct slice text)
{
	buf_add_char(buf, '{');
	write_literal(buf, text);
	buf_printf(buf, ", %zu}", text.len);
}

void write_place(struct buf *buf, const char *origin, struct place place)
{
	buf_printf(buf, "{&%s, {%u, %u, %u, %u}}", origin, place.span.line,
	    place.span.col, place.span.end_line, place.span.end_col);
}

static void write_integer(struct buf *buf, int64_t value)
{
	if (value == INT64_MIN)
		buf_add_text(buf, "INT64_MIN");
	else
		buf_printf(buf, "INT64_C(%" PRId64 ")", value);
}

static void write_real(struct buf *buf, double value)
{
	if (!isfinite(value))
		BUG("a number of a rule that C has no literal for");
	buf_printf(buf, "%a", value);
}

static void write_list(
    struct buf *buf, const char *origin, const struct cel_list *list)
{
	buf_printf(
	    buf, "&(const struct cel_list){.n = %zu, .items = ", list->n);
	if (list->n) {
		buf_add_text(buf, "(const struct cel_value[]){\n");
		for (size_t i = 0; i < list->n; i++) {
			write_value(buf, origin, &list->items[i]);
			buf_add_text(buf, ",\n");
		}
		buf_add_char(buf, '}');
	} else {
		buf_add_text(buf, "NULL");
	}
	buf_add_char(buf, '}');
}

static void write_content(
    struct buf *buf, const char *origin, const struct cel_value *value)
{
	switch (value->kind) {
	case CEL_NULL: buf_add_text(buf, ".kind = CEL_NULL"); return;
	case CEL_BOOL:
		buf_printf(
		    buf, ".kind = CEL_BOOL, .boolean = %d", value->boolean);
		return;
	case CEL_INT:
		buf_add_text(buf, ".kind = CEL_INT, .integer = ");
		write_integer(buf, value->integer);
		return;
	case CEL_DOUBLE:
		buf_add_text(buf, ".kind = CEL_DOUBLE, .real = ");
		write_real(buf, value->real);
		return;
	case CEL_STRING:
		buf_add_text(buf, ".kind = CEL_STRING, .text = ");
		write_slice(buf, value->text);
		return;
	case CEL_LIST:
		buf_add_text(buf, ".kind = CEL_LIST, .list = ");
		write_list(buf, origin, value->list);
		return;
	case CEL_ERROR:
	case CEL_UNKNOWN:
	case CEL_MAP:
	case CEL_OBJECT:
	case CEL_DYN: break;
	}
	BUG("a value that no rule is made of");
}

void write_value(
    struct buf *buf, const char *origin, const struct cel_value *value)
{
	buf_add_char(buf, '{');
	write_content(buf, origin, value);
	if (place_known(value->place)) {
		buf_add_text(buf, ", .place = ");
		write_place(buf, origin, value->place);
	}
	buf_add_char(buf, '}');
}

static void write_node(struct buf *buf, const struct cel_node *node)
{
	buf_printf(buf, "{%u, %u, %u, %u, %u, %u, %u},\n", node->op, node->kind,
	    node->row, node->nrows, node->n, node->first, node->what);
}

void write_program(struct buf *buf, const struct cel_program *program)
{
	if (!program) {
		buf_add_text(buf, "NULL");
		return;
	}
	buf_printf(buf,
	    "&(const struct cel_program){.nnodes = %u, .nodes = "
	    "(const struct cel_node[]){\n",
	    program->nnodes);
	for (uint32_t i = 0; i < program->nnodes; i++)
		write_node(buf, &program->nodes[i]);
	buf_add_char(buf, '}');
	if (program->nconstants)
		buf_printf(buf,
		    ", .nconstants = %u, .constants = "
		    "(const struct cel_value[]){\n",
		    program->nconstants);
	for (uint32_t i = 0; i < program->nconstants; i++) {
		write_value(buf, NULL, &program->constants[i]);
		buf_add_text(buf, ",\n");
	}
	buf_printf(buf, "%s, .nlocals = %u, .uses = %" PRIu64 "}",
	    program->nconstants ? "}" : "", program->nlocals, program->uses);
}
