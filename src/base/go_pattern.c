/* A pattern as Go reads it -> the PCRE2 pattern that matches the same texts.
 *
 * Nearly all is alike.  What differs: Go's "$" is the very end, its \s has no
 * vertical tab, "{" without a count is a letter; and Go refuses much that
 * PCRE2 takes, which is left to be unknown here. */
#include "base/go_pattern.h"

#include <string.h>

/* Go refuses to repeat anything more often. */
#define REPEAT_MAX 1000

#define BLANKS "\\t\\n\\f\\r "

/* What was read last: what a repetition may stand behind. */
enum last { LAST_NOTHING, LAST_ATOM, LAST_REPEAT, LAST_LAZY };

struct translation {
	const char *at, *end;
	struct buf *out;
	enum last last;
};

static bool is_alnum(char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
	return is_digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

/* The bytes from here up to the one that ends them, copied. */
static bool copy_through(struct translation *t, char last)
{
	const char *stop = memchr(t->at, last, (size_t)(t->end - t->at));

	if (!stop)
		return false;
	buf_add(t->out, t->at, (size_t)(stop + 1 - t->at));
	t->at = stop + 1;
	return true;
}

/* Behind "\p": a letter, or a name in braces. */
static bool copy_property(struct translation *t)
{
	if (t->at == t->end)
		return false;
	if (*t->at == '{')
		return copy_through(t, '}');
	buf_add_char(t->out, *t->at++);
	return true;
}

/* Behind "\x": two digits, or any in braces. */
static bool copy_code(struct translation *t)
{
	if (t->at < t->end && *t->at == '{')
		return copy_through(t, '}');
	if (t->end - t->at < 2 || !is_hex(t->at[0]) || !is_hex(t->at[1]))
		return false;
	buf_add(t->out, t->at, 2);
	t->at += 2;
	return true;
}

/* At a backslash. */
static bool translate_escape(struct translation *t, bool in_class)
{
	char c;

	if (t->end - t->at < 2)
		return false;
	c = t->at[1];
	t->at += 2;
	if (c == 's' || c == 'S') {
		if (in_class && c == 'S')
			return false;
		buf_add_text(t->out, in_class	? BLANKS
				     : c == 's' ? "[" BLANKS "]"
						: "[^" BLANKS "]");
		return true;
	}
	if (is_alnum(c) && !strchr("dDwWnrtfapPx", c) &&
	    (in_class || !strchr("bBAz", c)))
		return false;
	if (c & 0x80)
		return false;
	buf_add_char(t->out, '\\');
	buf_add_char(t->out, c);
	if (c == 'p' || c == 'P')
		return copy_property(t);
	return c != 'x' || copy_code(t);
}

/* At "[" within a class: a named one, such as [:alpha:], or the letter. */
static bool translate_inner_bracket(struct translation *t)
{
	char next = t->end - t->at > 1 ? t->at[1] : '\0';

	if (next == '.' || next == '=')
		return false;
	if (next == ':')
		return copy_through(t, ']');
	buf_add_text(t->out, "\\[");
	t->at++;
	return true;
}

/* At "[". */
static bool translate_class(struct translation *t)
{
	buf_add_char(t->out, *t->at++);
	if (t->at < t->end && *t->at == '^')
		buf_add_char(t->out, *t->at++);
	if (t->at < t->end && *t->at == ']') {
		buf_add_text(t->out, "\\]");
		t->at++;
	}
	while (t->at < t->end && *t->at != ']') {
		if (*t->at == '\\') {
			if (!translate_escape(t, true))
				return false;
		} else if (*t->at == '[') {
			if (!translate_inner_bracket(t))
				return false;
		} else {
			buf_add_char(t->out, *t->at++);
		}
	}
	if (t->at == t->end)
		return false;
	buf_add_char(t->out, *t->at++);
	return true;
}

/* Behind "(?": a name, or flags other than m, which changes "$". */
static bool translate_group(struct translation *t)
{
	const char *start = t->at;

	if (t->at < t->end && *t->at == 'P')
		t->at++;
	if (t->at < t->end && *t->at == '<') {
		t->at++;
		if (t->at == t->end || !is_alnum(*t->at))
			return false;
		t->at = start;
		return copy_through(t, '>');
	}
	t->at = start;
	while (t->at < t->end && memchr("isU-", *t->at, 4))
		t->at++;
	if (t->at == t->end || (*t->at != ':' && *t->at != ')'))
		return false;
	if (*t->at == ')' && t->at == start)
		return false;
	t->at++;
	buf_add(t->out, start, (size_t)(t->at - start));
	return true;
}

/* At "(". */
static bool translate_paren(struct translation *t)
{
	buf_add_char(t->out, *t->at++);
	if (t->at == t->end || *t->at == '*')
		return false;
	if (*t->at != '?')
		return true;
	buf_add_char(t->out, *t->at++);
	return translate_group(t);
}

/* A repetition of len bytes. */
static bool add_repeat(struct translation *t, size_t len)
{
	if (t->last == LAST_LAZY ||
	    (t->last == LAST_REPEAT && (len != 1 || *t->at != '?')))
		return false;
	t->last = t->last == LAST_REPEAT ? LAST_LAZY : LAST_REPEAT;
	buf_add(t->out, t->at, len);
	t->at += len;
	return true;
}

/* A number of the braces; *at moves behind it. */
static bool take_count(const char **at, const char *end)
{
	unsigned long value = 0;
	const char *start = *at;

	while (*at < end && is_digit(**at) && value <= REPEAT_MAX)
		value = value * 10 + (unsigned long)(*(*at)++ - '0');
	return *at > start && value <= REPEAT_MAX;
}

/* At "{": {2}, {2,} or {2,3}, or a letter. */
static bool translate_brace(struct translation *t)
{
	const char *at = t->at + 1;

	if (at < t->end && is_digit(*at)) {
		if (!take_count(&at, t->end))
			return false;
		if (at < t->end && *at == ',') {
			at++;
			if (at < t->end && is_digit(*at) &&
			    !take_count(&at, t->end))
				return false;
		}
		return at < t->end && *at == '}' &&
		       add_repeat(t, (size_t)(at + 1 - t->at));
	}
	buf_add_text(t->out, "\\{");
	t->at++;
	t->last = LAST_ATOM;
	return true;
}

static bool translate_one(struct translation *t)
{
	char c = *t->at;

	if (c == '*' || c == '+' || c == '?')
		return add_repeat(t, 1);
	if (c == '{')
		return translate_brace(t);
	t->last = LAST_ATOM;
	switch (c) {
	case '\\': return translate_escape(t, false);
	case '[': return translate_class(t);
	case '(': return translate_paren(t);
	case '$':
		buf_add_text(t->out, "\\z");
		t->at++;
		return true;
	default: buf_add_char(t->out, c); t->at++;
	}
	return true;
}

bool go_pattern_translate(struct slice pattern, struct buf *translated)
{
	struct translation t = {
	    .at = pattern.ptr,
	    .end = pattern.ptr + pattern.len,
	    .out = translated,
	    .last = LAST_ATOM,
	};

	while (t.at < t.end) {
		if (!translate_one(&t))
			return false;
	}
	return true;
}

/* What goes through a pattern to see where Go stops. */
struct scan {
	const char *at, *end;
	unsigned depth; /* of groups */
	enum last last;
	bool is_literal; /* from \Q on nothing is looked at */
};

/* At a backslash. */
static bool scan_escape(struct scan *scan, bool in_class)
{
	char c, next;

	if (scan->end - scan->at < 2)
		return false;
	c = scan->at[1];
	scan->at += 2;
	next = scan->at < scan->end ? *scan->at : '\0';
	scan->last = LAST_ATOM;
	if (c >= '1' && c <= '9')
		return c <= '7' && next >= '0' && next <= '7';
	scan->is_literal = !in_class && (c == 'Q' || c == 'E');
	return scan->is_literal || c == '0' || !is_alnum(c) ||
	       strchr("AbBCdDwWsSnrtfavpPxz", c);
}

/* At "[" within a class. */
static void scan_inner_bracket(struct scan *scan)
{
	const char *at = scan->at + 2;

	if (scan->end - scan->at > 1 && scan->at[1] == ':') {
		while (scan->end - at > 1 && (at[0] != ':' || at[1] != ']'))
			at++;
		if (scan->end - at > 1)
			scan->at = at + 1;
	}
	scan->at++;
}

/* At "[". */
static bool scan_class(struct scan *scan)
{
	scan->at++;
	if (scan->at < scan->end && *scan->at == '^')
		scan->at++;
	if (scan->at < scan->end && *scan->at == ']')
		scan->at++;
	while (scan->at < scan->end && *scan->at != ']') {
		if (*scan->at == '[')
			scan_inner_bracket(scan);
		else if (*scan->at != '\\')
			scan->at++;
		else if (!scan_escape(scan, true))
			return false;
	}
	scan->last = LAST_ATOM;
	return scan->at++ < scan->end;
}

/* At "(". */
static bool scan_group(struct scan *scan)
{
	const char *at = scan->at;
	size_t rest = (size_t)(scan->end - at);

	scan->depth++;
	scan->at++;
	scan->last = LAST_NOTHING;
	if (rest < 2 || at[1] != '?')
		return true;
	scan->at++;
	scan->last = LAST_ATOM;
	if (rest < 4 || !strchr("imsU-:<P", at[2]))
		return false;
	if (at[2] == 'P')
		return at[3] == '<';
	return at[2] != '<' || is_alnum(at[3]) || at[3] == '_';
}

/* At "*", "+" or "?". */
static bool scan_repeat(struct scan *scan)
{
	char c = *scan->at++;

	if (scan->last == LAST_NOTHING || scan->last == LAST_LAZY ||
	    (scan->last == LAST_REPEAT && c != '?'))
		return false;
	scan->last = scan->last == LAST_REPEAT ? LAST_LAZY : LAST_REPEAT;
	return true;
}

static bool scan_one(struct scan *scan)
{
	switch (*scan->at) {
	case '\\': return scan_escape(scan, false);
	case '[': return scan_class(scan);
	case '(': return scan_group(scan);
	case '*':
	case '+':
	case '?': return scan_repeat(scan);
	case '|': scan->last = LAST_NOTHING; break;
	default: scan->last = LAST_ATOM;
	}
	return *scan->at++ != ')' || scan->depth-- > 0;
}

bool go_pattern_refused(struct slice pattern)
{
	struct scan scan = {
	    .at = pattern.ptr, .end = pattern.ptr + pattern.len};

	while (scan.at < scan.end && !scan.is_literal) {
		if (!scan_one(&scan))
			return true;
	}
	return !scan.is_literal && scan.depth > 0;
}
