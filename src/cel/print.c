/* Values and types as text: for --eval, for messages, for complaints. */
#include "cel/cel_value.h"

#include "base/json_quote.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits that tell any two doubles apart. */
#define ALL_DIGITS 17

/* From this power of ten on Go's %g has an exponent. */
#define GO_DIGITS 6

/* The shortest decimal that reads back as the same double; fixed notation from
 * 0.0001 up to that power of ten, else with an exponent. */
static void print_finite(double value, int fixed_below, struct buf *buf)
{
	char text[40];
	int digits, exponent, decimals;

	for (digits = 1; digits < ALL_DIGITS; digits++) {
		snprintf(text, sizeof(text), "%.*e", digits - 1, value);
		if (strtod(text, NULL) == value)
			break;
	}
	snprintf(text, sizeof(text), "%.*e", digits - 1, value);
	exponent = atoi(strchr(text, 'e') + 1);
	decimals = digits - 1 - exponent;
	if (exponent >= -4 && exponent < fixed_below)
		buf_printf(buf, "%.*f", decimals > 0 ? decimals : 0, value);
	else
		buf_add_text(buf, text);
}

/* Below 1e17 every digit still says something. */
void cel_print_double(double value, struct buf *buf)
{
	if (isfinite(value))
		print_finite(value, ALL_DIGITS, buf);
	else
		buf_add_text(buf, isnan(value) ? "nan"
				  : value < 0  ? "-inf"
					       : "inf");
}

void cel_print_go_double(double value, struct buf *buf)
{
	if (isfinite(value))
		print_finite(value, GO_DIGITS, buf);
	else
		buf_add_text(buf, isnan(value) ? "NaN"
				  : value < 0  ? "-Inf"
					       : "+Inf");
}

/* With ".0" where an int would look the same. */
static void print_double(double value, struct buf *buf)
{
	size_t start = buf->len;

	cel_print_double(value, buf);
	if (isfinite(value) &&
	    !memchr(buf->ptr + start, '.', buf->len - start) &&
	    !memchr(buf->ptr + start, 'e', buf->len - start))
		buf_add_text(buf, ".0");
}

static void print_list(const struct cel_list *list, struct buf *buf)
{
	size_t i;

	buf_add_char(buf, '[');
	for (i = 0; i < list->n; i++) {
		if (i)
			buf_add_text(buf, ", ");
		cel_print(list->items[i], buf);
	}
	buf_add_char(buf, ']');
}

static void print_map(const struct cel_map *part, struct buf *buf)
{
	const struct cel_map *map = cel_map_whole(part);
	size_t i;

	buf_add_char(buf, '{');
	for (i = 0; i < map->n; i++) {
		if (i)
			buf_add_text(buf, ", ");
		cel_print(map->keys[i], buf);
		buf_add_text(buf, ": ");
		cel_print(map->values[i], buf);
	}
	buf_add_char(buf, '}');
}

void cel_print(struct cel_value value, struct buf *buf)
{
	switch (value.kind) {
	case CEL_ERROR:
		buf_add_text(buf, "error: ");
		buf_add_slice(buf, value.text);
		return;
	case CEL_UNKNOWN: buf_add_text(buf, "unknown"); return;
	case CEL_NULL: buf_add_text(buf, "null"); return;
	case CEL_BOOL:
		buf_add_text(buf, value.boolean ? "true" : "false");
		return;
	case CEL_INT: buf_printf(buf, "%lld", (long long)value.integer); return;
	case CEL_DOUBLE: print_double(value.real, buf); return;
	case CEL_STRING: json_quote(buf, value.text); return;
	case CEL_LIST: print_list(value.list, buf); return;
	case CEL_MAP: print_map(value.map, buf); return;
	case CEL_OBJECT:
		value.object.class->spell(value.object.self, buf);
		return;
	case CEL_DYN: break;
	}
	BUG("a value of no kind");
}

void cel_spell(struct cel_value value, struct buf *buf)
{
	if (value.kind == CEL_STRING)
		buf_add_slice(buf, value.text);
	else if (value.kind == CEL_DOUBLE)
		cel_print_double(value.real, buf);
	else
		cel_print(value, buf);
}

static const char *kind_name(enum cel_kind kind)
{
	switch (kind) {
	case CEL_ERROR: return "error";
	case CEL_UNKNOWN: return "unknown";
	case CEL_NULL: return "null";
	case CEL_BOOL: return "bool";
	case CEL_INT: return "int";
	case CEL_DOUBLE: return "double";
	case CEL_STRING: return "string";
	case CEL_LIST: return "list";
	case CEL_MAP: return "map";
	case CEL_OBJECT: return "entity";
	case CEL_DYN: return "dyn";
	}
	BUG("a kind without a name");
}

void cel_type_spell(struct cel_type type, struct buf *buf)
{
	struct cel_type element = cel_type_element(type);

	if (type.kind == CEL_OBJECT && type.class)
		buf_add_text(buf, type.class->name);
	else
		buf_add_text(buf, kind_name(type.kind));
	if (element.kind == CEL_DYN)
		return;
	buf_add_char(buf, '<');
	if (element.kind == CEL_OBJECT && element.class)
		buf_add_text(buf, element.class->name);
	else
		buf_add_text(buf, kind_name(element.kind));
	buf_add_char(buf, '>');
}
