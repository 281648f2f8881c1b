/*
 * A line -> the events of what stands in it.  What libyaml would read in
 * another way, or refuse, is not for this reader: each test here is stricter
 * than libyaml's own.
 */
#include "input/quick_scan.h"

#include "base/eight.h"

#include <stdlib.h>
#include <string.h>

/* Flow collections within each other. */
#define MOST_FLOW 64

/* Whether one of eight bytes is neither printable ASCII nor LF.  No sum or
 * difference below leaves its byte; its top bit tells. */
static bool has_odd_byte(uint64_t word)
{
	uint64_t is_control = ~((word | TOP_BITS) - EVERY_BYTE * 0x20);
	uint64_t is_no_lf = ((word ^ EVERY_BYTE * '\n') & LOW_BITS) + LOW_BITS;
	uint64_t is_delete = (word & LOW_BITS) + EVERY_BYTE;

	return ((is_control & is_no_lf) | is_delete | word) & TOP_BITS;
}

/* What libyaml takes within a line. */
static bool is_odd_code(uint32_t code)
{
	return code < 0xA0 || code == 0x2028 || code == 0x2029 ||
	       code == 0xFEFF || (code >= 0xFFFD && code <= 0xFFFF);
}

/* Bytes of the character there; 0 when it is not for this reader. */
static size_t accept(struct slice text, size_t at, struct quick_bytes *bytes)
{
	char c = text.ptr[at];
	uint32_t code;
	size_t len;

	bytes->has_tab |= c == '\t';
	if ((c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t')
		return 1;
	if (!((unsigned char)c & 0x80))
		return 0;
	len = utf8_next((struct slice){text.ptr + at, text.len - at}, &code);
	bytes->is_ascii = false;
	return is_odd_code(code) ? 0 : len;
}

bool quick_accepts(struct slice text, struct quick_bytes *ret_bytes)
{
	size_t at = 0, word;

	*ret_bytes = (struct quick_bytes){.is_ascii = true};
	while (at < text.len) {
		while (at + 8 <= text.len &&
		       !has_odd_byte(eight_bytes(text.ptr + at)))
			at += 8;
		for (word = at + 8; at < word && at < text.len;) {
			size_t len = accept(text, at, ret_bytes);

			if (!len)
				return false;
			at += len;
		}
	}
	return true;
}

size_t quick_count_chars(const char *from, const char *to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += ((unsigned char)*from & 0xC0) != 0x80;
	return n;
}

const struct event_seldom quick_no_seldom = {
    .anchor = {"", 0}, .tag = {"", 0}, .doing = ""};

void quick_add_scalar(
    const struct quick_line *line, const struct quick_scalar *scalar)
{
	struct event *event =
	    quick_add(line, EVENT_SCALAR, scalar->at, scalar->end);

	event->value = scalar->written;
	event->style = (uint8_t)scalar->style;
	event->plain = scalar->plain;
	event->is_borrowed =
	    scalar->style == QUICK_AS_WRITTEN && scalar->written.len;
}

/* What is behind the line's end reads as its LF. */
static char at_byte(const struct quick_line *line, size_t at)
{
	return at < line->end ? line->text.ptr[at] : '\n';
}

static bool ends_word(const struct quick_line *line, size_t at)
{
	char c = at_byte(line, at);

	return c == ' ' || c == '\n';
}

size_t quick_skip_more(const struct quick_line *line, size_t at)
{
	const char *text = line->text.ptr;
	size_t n = 8;

	/* What templates print is indented by a dozen blanks and more. */
	while (n == 8 && at < line->end && at + 8 <= line->text.len) {
		n = zeros_before(eight_bytes(text + at) ^ (EVERY_BYTE * ' '));
		at += n;
	}
	while (n == 8 && at < line->end && text[at] == ' ')
		at++;
	return at < line->end ? at : line->end;
}

bool quick_is_rest_empty(const struct quick_line *line, size_t at)
{
	size_t next = quick_skip_blanks(line, at);

	return next == line->end || (next > at && line->text.ptr[next] == '#');
}

/* Whether a plain scalar may begin with the character; "-" apart. */
static bool starts_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || ((unsigned char)c & 0x80) ||
	       (c && strchr("_./$(+=~<^;)\\", c));
}

/* Whether the ":" there may be part of a plain scalar in a flow collection. */
static bool is_inner_colon(const struct quick_line *line, size_t at)
{
	char c = at_byte(line, at + 1);

	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '/';
}

/* The first ":" or "#" of the line from a byte on; its end without one.  Of all
 * lines but the last, eight bytes may be looked at that go beyond it. */
static size_t find_mark(const struct quick_line *line, size_t at)
{
	const char *text = line->text.ptr;
	uint64_t word, marks = 0;

	while (!marks && at < line->end && at + 8 <= line->text.len) {
		word = eight_bytes(text + at);
		marks = zeros_in(word ^ (EVERY_BYTE * ':')) |
			zeros_in(word ^ (EVERY_BYTE * '#'));
		at += zeros_before(marks);
	}
	while (!marks && at < line->end && text[at] != ':' && text[at] != '#')
		at++;
	return at < line->end ? at : line->end;
}

/* Where a plain scalar of a block ends: at ": " or " #". */
static size_t find_block_end(const struct quick_line *line, size_t at)
{
	const char *text = line->text.ptr;

	while ((at = find_mark(line, at)) < line->end) {
		if (text[at] == ':' ? ends_word(line, at + 1)
				    : text[at - 1] == ' ')
			break;
		at++;
	}
	return at;
}

/* Where a plain scalar of a flow collection ends, at the end of its line at the
 * latest; SIZE_MAX when it is not for this reader. */
static size_t find_flow_end(const struct quick_line *line, size_t at)
{
	const char *text = line->text.ptr;
	size_t i;

	for (i = at; i < line->end; i++) {
		char c = text[i];

		if (strchr(",]}", c) || (c == ':' && ends_word(line, i + 1)))
			break;
		if (strchr("[{?\"'#", c) ||
		    (c == ':' && !is_inner_colon(line, i)))
			return SIZE_MAX;
	}
	return i;
}

/* Where a plain scalar ends; false: not for this reader. */
static bool find_plain_end(
    const struct quick_line *line, size_t at, bool in_flow, size_t *ret_end)
{
	const char *text = line->text.ptr;
	size_t end =
	    in_flow ? find_flow_end(line, at) : find_block_end(line, at);

	if (end == SIZE_MAX ||
	    (line->bytes.has_tab && memchr(text + at, '\t', end - at)))
		return false;
	/* "key :" */
	if (end < line->end && text[end] == ':' && text[end - 1] == ' ')
		return false;
	while (text[end - 1] == ' ')
		end--;
	*ret_end = end;
	return true;
}

static bool scan_plain(const struct quick_line *line, size_t at, bool in_flow,
    struct quick_scalar *ret_scalar)
{
	char c = at_byte(line, at), next = at_byte(line, at + 1);
	size_t end;

	if (c == '-' ? !starts_plain(next) && next != '-' : !starts_plain(c))
		return false;
	if (!find_plain_end(line, at, in_flow, &end))
		return false;
	*ret_scalar = (struct quick_scalar){
	    .at = at,
	    .end = end,
	    .written = {line->text.ptr + at, end - at},
	    .plain = true,
	};
	return true;
}

/* The value of "\C", or '\0' for what this reader leaves to libyaml. */
static char unescape(char c)
{
	switch (c) {
	case 'n': return '\n';
	case 't': return '\t';
	case '"':
	case '/':
	case '\\': return c;
	default: return '\0';
	}
}

static bool scan_quoted(
    const struct quick_line *line, size_t at, struct quick_scalar *ret_scalar)
{
	const char *text = line->text.ptr;
	char quote = text[at];
	bool is_as_written = true;
	size_t i = at + 1;

	for (;; i++) {
		if (i >= line->end || text[i] == '\t')
			return false;
		if (text[i] == quote && quote == '\'' &&
		    at_byte(line, i + 1) == '\'') {
			is_as_written = false;
			i++;
		} else if (text[i] == quote) {
			break;
		} else if (text[i] == '\\' && quote == '"') {
			if (!unescape(at_byte(line, ++i)))
				return false;
			is_as_written = false;
		}
	}
	*ret_scalar = (struct quick_scalar){
	    .at = at,
	    .end = i + 1,
	    .written = {text + at + 1, i - at - 1},
	    .style = is_as_written  ? QUICK_AS_WRITTEN
		     : quote == '"' ? QUICK_DOUBLE
				    : QUICK_SINGLE,
	};
	return true;
}

bool quick_scan_scalar(const struct quick_line *line, size_t at, bool in_flow,
    struct quick_scalar *ret_scalar)
{
	char c = at_byte(line, at);

	if (c == '"' || c == '\'')
		return scan_quoted(line, at, ret_scalar);
	return scan_plain(line, at, in_flow, ret_scalar);
}

static bool scan_flow_node(
    struct quick_line *line, size_t at, int depth, size_t *ret_end);

/* The byte behind blanks and ends of lines, which a flow collection has between
 * its tokens.  What may begin a document or a directive there is not for this
 * reader: it finds no token at the end of the text. */
static size_t skip_lines(struct quick_line *line, size_t at)
{
	const struct slice text = line->text;

	at = quick_skip_blanks(line, at);
	while (at == line->end && line->end + 1 < text.len) {
		size_t start = line->end + 1;
		const char *lf =
		    memchr(text.ptr + start, '\n', text.len - start);

		if (strchr("-.%", text.ptr[start]))
			break;
		line->number++;
		line->start = start;
		line->end = lf ? (size_t)(lf - text.ptr) : text.len;
		at = quick_skip_blanks(line, start);
	}
	return at;
}

/* "key: " of a flow mapping; *at moves to its value. */
static bool scan_flow_key(struct quick_line *line, size_t *at)
{
	struct quick_scalar key;

	if (!quick_scan_scalar(line, *at, true, &key) ||
	    at_byte(line, key.end) != ':' || !ends_word(line, key.end + 1) ||
	    key.end - *at > MOST_KEY)
		return false;
	quick_add_scalar(line, &key);
	*at = quick_skip_blanks(line, key.end + 1);
	return true;
}

/* Recursion is bounded by MOST_FLOW. */
static bool scan_flow(
    struct quick_line *line, size_t at, int depth, size_t *ret_end)
{
	bool is_list = line->text.ptr[at] == '[';
	char close = is_list ? ']' : '}';

	if (depth > MOST_FLOW)
		return false;
	quick_add(line, is_list ? EVENT_SEQUENCE_START : EVENT_MAPPING_START,
	    at, at + 1);
	at = skip_lines(line, at + 1);
	while (at_byte(line, at) != close) {
		if (!is_list && !scan_flow_key(line, &at))
			return false;
		if (!scan_flow_node(line, at, depth, &at))
			return false;
		at = skip_lines(line, at);
		if (at_byte(line, at) == close)
			break;
		if (at_byte(line, at) != ',')
			return false;
		at = skip_lines(line, at + 1);
		if (at_byte(line, at) == close)
			return false;
	}
	quick_add(
	    line, is_list ? EVENT_SEQUENCE_END : EVENT_MAPPING_END, at, at + 1);
	*ret_end = at + 1;
	return true;
}

static bool scan_flow_node(
    struct quick_line *line, size_t at, int depth, size_t *ret_end)
{
	struct quick_scalar scalar;
	char c = at_byte(line, at);

	if (c == '[' || c == '{')
		return scan_flow(line, at, depth + 1, ret_end);
	if (!quick_scan_scalar(line, at, true, &scalar))
		return false;
	quick_add_scalar(line, &scalar);
	*ret_end = scalar.end;
	return true;
}

bool quick_scan_flow(struct quick_line *line, size_t at, size_t *ret_end)
{
	return scan_flow(line, at, 1, ret_end);
}

static struct slice value_of_quoted(
    struct slice written, char mark, struct buf *buf)
{
	for (size_t i = 0; i < written.len; i++) {
		char c = written.ptr[i];

		if (c == mark)
			c = mark == '\\' ? unescape(written.ptr[++i])
					 : written.ptr[++i];
		buf_add_char(buf, c);
	}
	return buf_slice(buf);
}

/* The lines of a block without their indentation. */
static struct slice value_of_block(
    struct slice lines, size_t indent, enum quick_style style, struct buf *buf)
{
	size_t last = 0; /* behind the last line that has text */

	while (lines.len) {
		const char *lf = memchr(lines.ptr, '\n', lines.len);
		size_t len = lf ? (size_t)(lf - lines.ptr) : lines.len;
		size_t skipped = len < indent ? len : indent;

		buf_add(buf, lines.ptr + skipped, len - skipped);
		if (len > skipped)
			last = buf->len + (lf != NULL);
		if (lf)
			buf_add_char(buf, '\n');
		lines.ptr += len + (lf != NULL);
		lines.len -= len + (lf != NULL);
	}
	if (style != QUICK_KEPT)
		buf->len = last;
	if (style == QUICK_STRIPPED && buf->len &&
	    buf->ptr[buf->len - 1] == '\n')
		buf->len--;
	return buf_slice(buf);
}

void quick_finish(struct event *event, struct buf *buf)
{
	buf_clear(buf);
	switch (event->style) {
	case QUICK_SINGLE:
		event->value = value_of_quoted(event->value, '\'', buf);
		break;
	case QUICK_DOUBLE:
		event->value = value_of_quoted(event->value, '\\', buf);
		break;
	default:
		event->value = value_of_block(event->value, event->indent,
		    (enum quick_style)event->style, buf);
		break;
	}
	event->style = QUICK_AS_WRITTEN;
}

void quick_release(struct quick_events *events)
{
	free(events->items);
	*events = (struct quick_events){0};
}
