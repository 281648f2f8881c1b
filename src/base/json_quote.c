/* Any bytes -> a string of JSON. */
#include "base/json_quote.h"

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

static bool needs_number(uint32_t code, bool as_go)
{
	if (code < ' ')
		return true;
	if (!as_go)
		return code == 0x7F;
	return code == '<' || code == '>' || code == '&' || code == 0x2028 ||
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
		else if (needs_number(code, as_go))
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
