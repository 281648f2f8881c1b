/* Text into XML 1.0: escapes, and what has none. */
#include "report/xml.h"

#include "base/obeyed.h"

/* The production Char of XML 1.0; surrogates are no UTF-8 to begin with. */
static bool can_hold(uint32_t code)
{
	if (code < 0x20)
		return code == '\t' || code == '\n' || code == '\r';
	return code != 0xFFFE && code != 0xFFFF;
}

static const char *escape_of(uint32_t code, bool quoted)
{
	switch (code) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&apos;";
	case '\r': return "&#13;";
	case '\n': return quoted ? "&#10;" : NULL;
	case '\t': return quoted ? "&#9;" : NULL;
	default: return NULL;
	}
}

/* What means the same as a reference, but is not obeyed then. */
static bool is_referred(struct slice text, uint32_t code)
{
	return (code_is_obeyed(code) && code != '\n' && code != '\t') ||
	       command_begins(text);
}

static void add(struct buf *buf, struct slice text, bool quoted)
{
	while (text.len) {
		uint32_t code;
		size_t step = utf8_next(text, &code);
		const char *escape = escape_of(code, quoted);

		if (escape)
			buf_add_text(buf, escape);
		else if (code == 0xFFFD || !can_hold(code))
			buf_add_text(buf, "\xEF\xBF\xBD");
		else if (is_referred(text, code))
			buf_printf(buf, "&#%u;", (unsigned)code);
		else
			buf_add(buf, text.ptr, step);
		text = (struct slice){text.ptr + step, text.len - step};
	}
}

void xml_add(struct buf *buf, struct slice text)
{
	add(buf, text, false);
}

void xml_add_quoted(struct buf *buf, struct slice text)
{
	add(buf, text, true);
}

void xml_add_attribute(struct buf *buf, const char *name, struct buf *text)
{
	buf_printf(buf, " %s=\"", name);
	xml_add_quoted(buf, buf_slice(text));
	buf_add_char(buf, '"');
	buf_clear(text);
}

void xml_add_word(struct buf *buf, const char *name, const char *text)
{
	buf_printf(buf, " %s=\"%s\"", name, text);
}
