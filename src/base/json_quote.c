/* Any bytes -> a string of JSON. */
#include "base/json_quote.h"

#include "base/obeyed.h"

/* The two characters that stand for one; NULL: it has none. */
static const char *short_escape(uint32_t code)
{
	switch (code) {
	case '"': return "\\\"";
	case '\\': return "\\\\";
	case '\n': return "\\n";
	case '\r': return "\\r";
	case '\t': return "\\t";
	default: return NULL;
	}
}

/* No number of YAML's is over four digits and half a character. */
static bool needs_number(struct slice text, uint32_t code, bool as_go)
{
	if (!as_go)
		return (code_is_obeyed(code) && code <= 0xFFFF) ||
		       command_begins(text);
	return code < ' ' || code == '<' || code == '>' || code == '&' ||
	       code == 0x2028 ||
	       code == 0x2029;
}

static void quote(struct buf *buf, struct slice text, bool as_go)
{
	buf_add_char(buf, '"');
	while (text.len) {
		uint32_t code;
		size_t step = utf8_next(text, &code);
		const char *escape = short_escape(code);

		if (escape)
			buf_add_text(buf, escape);
		else if (needs_number(text, code, as_go))
			buf_printf(buf, "\\u%04x", (unsigned)code);
		else
			buf_add_utf8(buf, (struct slice){text.ptr, step});
		text = (struct slice){text.ptr + step, text.len - step};
	}
	buf_add_char(buf, '"');
}

void json_quote(struct buf *buf, struct slice text)
{
	quote(buf, text, false);
}

void json_quote_as_go(struct buf *buf, struct slice text)
{
	quote(buf, text, true);
}

void json_add_escape(struct buf *buf, uint32_t code)
{
	if (code > 0xFFFF) {
		code -= 0x10000;
		buf_printf(buf, "\\u%04x", (unsigned)(0xD800 | code >> 10));
		code = 0xDC00 | (code & 0x3FF);
	}
	buf_printf(buf, "\\u%04x", (unsigned)code);
}

/* A character, or an escape of two; returns its bytes. */
static size_t add_safe(struct buf *buf, struct slice text)
{
	uint32_t code;
	size_t len = utf8_next(text, &code);

	if (code == '\\' && text.len > 1)
		len = 2;
	if (code >= ' ' && (code_is_obeyed(code) || command_begins(text)))
		json_add_escape(buf, code);
	else
		buf_add(buf, text.ptr, len);
	return len;
}

void json_add_safe(struct buf *buf, struct slice json)
{
	while (json.len) {
		size_t step = add_safe(buf, json);

		json = (struct slice){json.ptr + step, json.len - step};
	}
}
