/* The methods of texts that Kubernetes has beyond the language (ext.Strings()
 * of cel-go); characters are code points. */
#include "cel/library.h"

#include <string.h>

struct cel_value too_expensive(const struct call *call)
{
	return cel_error(call->arena, "the expression took too many steps");
}

/* The bytes before the character of that number; -1: there are not so many.
 * One behind the last is the end. */
static ptrdiff_t offset_of(struct slice text, int64_t number)
{
	size_t at = 0;
	uint32_t code;

	if (number < 0)
		return -1;
	for (; number > 0; number--) {
		if (at == text.len)
			return -1;
		at += utf8_next(
		    (struct slice){text.ptr + at, text.len - at}, &code);
	}
	return (ptrdiff_t)at;
}

static struct cel_value out_of_range(const struct call *call, int64_t index)
{
	return cel_error(
	    call->arena, "index out of range: %lld", (long long)index);
}

struct cel_value text_char_at(
    const struct call *call, const struct cel_value *args)
{
	struct slice text = args[0].text;
	ptrdiff_t at = offset_of(text, args[1].integer);
	uint32_t code;

	if (at < 0)
		return out_of_range(call, args[1].integer);
	text = (struct slice){text.ptr + at, text.len - (size_t)at};
	if (text.len)
		text.len = utf8_next(text, &code);
	return cel_string(text);
}

static int64_t characters(struct slice text, size_t bytes)
{
	return (int64_t)utf8_count((struct slice){text.ptr, bytes});
}

struct cel_value text_index_of(
    const struct call *call, const struct cel_value *args)
{
	ptrdiff_t at = slice_find(args[0].text, args[1].text, 0);

	(void)call;
	return cel_int(at < 0 ? -1 : characters(args[0].text, (size_t)at));
}

struct cel_value text_last_index_of(
    const struct call *call, const struct cel_value *args)
{
	struct slice text = args[0].text, part = args[1].text;

	(void)call;
	for (size_t end = text.len; end >= part.len; end--) {
		if (slice_ends((struct slice){text.ptr, end}, part))
			return cel_int(characters(text, end - part.len));
		if (!end)
			break;
	}
	return cel_int(-1);
}

static struct cel_value with_case(
    const struct call *call, struct slice text, char first, char last)
{
	struct slice copy = slice_copy(call->arena, text);
	char *bytes = (char *)(uintptr_t)copy.ptr;

	for (size_t i = 0; i < copy.len; i++) {
		if (bytes[i] >= first && bytes[i] <= last)
			bytes[i] ^= 'a' ^ 'A';
	}
	return cel_string(copy);
}

struct cel_value text_lower(
    const struct call *call, const struct cel_value *args)
{
	return with_case(call, args[0].text, 'A', 'Z');
}

struct cel_value text_upper(
    const struct call *call, const struct cel_value *args)
{
	return with_case(call, args[0].text, 'a', 'z');
}

/* unicode.IsSpace() of Go. */
static bool is_space(uint32_t code)
{
	static const uint32_t others[] = {
	    ' ', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};

	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (code == others[i])
			return true;
	}
	return (code >= '\t' && code <= '\r') ||
	       (code >= 0x2000 && code <= 0x200A);
}

struct cel_value text_trim(
    const struct call *call, const struct cel_value *args)
{
	struct slice text = args[0].text;
	size_t first = text.len, end = 0, n;
	uint32_t code;

	(void)call;
	for (size_t at = 0; at < text.len; at += n) {
		n = utf8_next(
		    (struct slice){text.ptr + at, text.len - at}, &code);
		if (is_space(code))
			continue;
		if (first > at)
			first = at;
		end = at + n;
	}
	if (!end)
		return cel_string(SLICE(""));
	return cel_string((struct slice){text.ptr + first, end - first});
}

/* A way through a text along what separates its parts: a text, or when that is
 * empty the places before each character. */
struct parts {
	struct slice text, separator;
	size_t at;
	int64_t left; /* separators to use; all when negative */
	bool is_done;
};

/* The next part; false when there is none. */
static bool next_part(struct parts *parts, struct slice *ret_part)
{
	struct slice rest = {
	    parts->text.ptr + parts->at, parts->text.len - parts->at};
	ptrdiff_t found = -1;
	uint32_t code;

	if (parts->is_done)
		return false;
	if (parts->left && parts->separator.len)
		found = slice_find(rest, parts->separator, 0);
	else if (parts->left && rest.len)
		found = (ptrdiff_t)utf8_next(rest, &code);
	if (parts->left > 0)
		parts->left--;
	parts->is_done =
	    found < 0 || (!parts->separator.len && (size_t)found == rest.len);
	if (found >= 0)
		rest.len = (size_t)found;
	parts->at += rest.len + parts->separator.len;
	*ret_part = rest;
	return true;
}

static struct cel_value list_of(
    const struct call *call, const struct cel_value *items, size_t n)
{
	struct cel_list *list = arena_alloc(call->arena, sizeof(*list));

	*list = (struct cel_list){.n = n, .items = items};
	return (struct cel_value){.kind = CEL_LIST, .list = list};
}

/* strings.SplitN(): at most so many parts, all when negative. */
static struct cel_value split(
    const struct call *call, const struct cel_value *args, int64_t most)
{
	struct parts parts = {
	    args[0].text, args[1].text, 0, most < 0 ? -1 : most - 1, false};
	struct parts counted = parts;
	struct cel_value *items;
	struct slice part;
	size_t n = 0;

	if (!most || (!args[0].text.len && !args[1].text.len))
		return list_of(call, NULL, 0);
	while (next_part(&counted, &part))
		n++;
	if (!cel_steps_take(call->steps, n))
		return too_expensive(call);
	items = arena_array(call->arena, n, sizeof(*items));
	for (size_t i = 0; next_part(&parts, &part); i++)
		items[i] = cel_string(part);
	return list_of(call, items, n);
}

struct cel_value text_split(
    const struct call *call, const struct cel_value *args)
{
	return split(call, args, -1);
}

struct cel_value text_split_some(
    const struct call *call, const struct cel_value *args)
{
	return split(call, args, args[2].integer);
}

struct cel_value text_substring_to(
    const struct call *call, const struct cel_value *args)
{
	struct slice text = args[0].text;
	ptrdiff_t first = offset_of(text, args[1].integer);
	ptrdiff_t end = offset_of(text, args[2].integer);

	if (first < 0)
		return out_of_range(call, args[1].integer);
	if (end < first)
		return out_of_range(call, args[2].integer);
	return cel_string(
	    (struct slice){text.ptr + first, (size_t)(end - first)});
}

struct cel_value text_substring(
    const struct call *call, const struct cel_value *args)
{
	struct cel_value with_end[] = {
	    args[0], args[1], cel_int((int64_t)utf8_count(args[0].text))};

	return text_substring_to(call, with_end);
}

static struct cel_value kept(const struct call *call, struct buf *text)
{
	struct cel_value value =
	    cel_string(slice_copy(call->arena, buf_slice(text)));

	buf_release(text);
	return value;
}

/* strings.Replace(): so many of them, all when negative; an empty text stands
 * before each character and at the end. */
static struct cel_value replace(
    const struct call *call, const struct cel_value *args, int64_t most)
{
	struct slice with = args[2].text;
	struct parts parts = {args[0].text, args[1].text, 0, most, false};
	bool is_first = true, is_between = args[1].text.len != 0;
	uint64_t price = with.len / CEL_BYTES_A_STEP + 1;
	struct buf text = {0};
	struct slice part;

	if (!is_between && most) {
		buf_add_slice(&text, with);
		parts.left -= parts.left > 0;
	}
	while (next_part(&parts, &part)) {
		bool is_paid = cel_steps_take(call->steps, price);

		if (!is_first && is_paid)
			buf_add_slice(&text, with);
		is_first = false;
		if (is_paid)
			buf_add_slice(&text, part);
		if (is_paid)
			continue;
		buf_release(&text);
		return too_expensive(call);
	}
	if (!is_between && parts.left && args[0].text.len)
		buf_add_slice(&text, with);
	return kept(call, &text);
}

struct cel_value text_replace(
    const struct call *call, const struct cel_value *args)
{
	return replace(call, args, -1);
}

struct cel_value text_replace_some(
    const struct call *call, const struct cel_value *args)
{
	return replace(call, args, args[3].integer);
}

struct cel_value list_join_with(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[0].list;
	struct buf text = {0};

	for (size_t i = 0; i < list->n; i++) {
		struct slice item = list->items[i].text;
		bool is_text = list->items[i].kind == CEL_STRING;

		if (is_text &&
		    cel_steps_take(call->steps,
			1 + (args[1].text.len + item.len) / CEL_BYTES_A_STEP)) {
			if (i)
				buf_add_slice(&text, args[1].text);
			buf_add_slice(&text, item);
			continue;
		}
		buf_release(&text);
		return is_text ? too_expensive(call)
			       : cel_error(call->arena,
				     "join() takes a list of strings");
	}
	return kept(call, &text);
}

struct cel_value list_join(
    const struct call *call, const struct cel_value *args)
{
	struct cel_value with[] = {args[0], cel_string(SLICE(""))};

	return list_join_with(call, with);
}
