/*
 * File names into URI references that the strictest reader takes: GitHub's
 * service refuses a whole file for one bad reference, and its uploader stops
 * at an escape that does not decode to UTF-8.
 */
#include "report/uri.h"

#include <string.h>

/* RFC 3986's unreserved and sub-delims less ";", "@" and "/".  No ":", which
 * a first segment must not have. */
static bool is_literal(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("-._~!$&'()*+,=@/", c));
}

bool uri_is_absolute(const struct origin *origin)
{
	return (origin->relative ? origin->relative : origin->name)[0] == '/';
}

bool uri_is_nameless(const struct origin *origin)
{
	return origin->is_stdin && slice_is(slice_of(origin->name), "<stdin>");
}

struct slice uri_path(const struct origin *origin)
{
	struct slice name =
	    slice_of(origin->relative ? origin->relative : origin->name);

	if (uri_is_nameless(origin))
		return SLICE("stdin");
	while (slice_starts(name, SLICE("./")))
		name = (struct slice){name.ptr + 2, name.len - 2};
	return name;
}

void uri_add(struct buf *buf, const struct origin *origin)
{
	struct slice path = uri_path(origin);
	struct buf text = {0};

	while (slice_starts(path, SLICE("/")))
		path = (struct slice){path.ptr + 1, path.len - 1};
	buf_add_utf8(&text, path);
	for (size_t i = 0; i < text.len; i++) {
		if (is_literal(text.ptr[i]))
			buf_add_char(buf, text.ptr[i]);
		else
			buf_printf(buf, "%%%02X", (unsigned char)text.ptr[i]);
	}
	buf_release(&text);
}
