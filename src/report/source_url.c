/* A pattern and a place -> the address of its line. */
#include "report/source_url.h"

#include "report/uri.h"

#define FILE_MARK "{file}"
#define LINE_MARK "{line}"

bool source_url_is_valid(const char *pattern)
{
	struct slice text = slice_of(pattern);

	return (slice_starts(text, SLICE("https://")) ||
		   slice_starts(text, SLICE("http://"))) &&
	       slice_find(text, SLICE(FILE_MARK), 0) >= 0 &&
	       !strpbrk(pattern, " \t\r\n<>\"\\`");
}

bool source_url_add(struct buf *buf, const char *pattern, struct place place)
{
	struct slice rest = slice_of(pattern ? pattern : "");

	if (!rest.len || !place_known(place) || uri_is_nameless(place.origin) ||
	    uri_is_absolute(place.origin))
		return false;
	while (rest.len) {
		size_t step = 1;

		if (slice_starts(rest, SLICE(FILE_MARK))) {
			step = strlen(FILE_MARK);
			uri_add(buf, place.origin);
		} else if (slice_starts(rest, SLICE(LINE_MARK))) {
			step = strlen(LINE_MARK);
			buf_add_number(buf, place.span.line);
		} else {
			buf_add_char(buf, rest.ptr[0]);
		}
		rest = (struct slice){rest.ptr + step, rest.len - step};
	}
	return true;
}
