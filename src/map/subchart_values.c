/* Names of subcharts to paths of values. */
#include "map/subchart_values.h"

#include <string.h>

#define FOLDER "/charts/"

struct slice subchart_next(struct slice *source)
{
	ptrdiff_t at = slice_find(*source, SLICE(FOLDER), 0), end;
	struct slice name = {0};

	if (at < 0)
		return name;
	at += (ptrdiff_t)sizeof(FOLDER) - 1;
	end = slice_find(*source, SLICE("/"), (size_t)at);
	if (end < 0)
		return name;
	name = (struct slice){source->ptr + at, (size_t)(end - at)};
	*source = (struct slice){source->ptr + end, source->len - (size_t)end};
	return name;
}

bool subchart_has_place(const struct chart *chart, struct place place)
{
	struct slice top = slice_of(chart->dir);
	struct slice name;

	if (!place_known(place))
		return false;
	name = slice_of(place.origin->name);
	return slice_starts(name, top) &&
	       slice_starts(
		   (struct slice){name.ptr + top.len, name.len - top.len},
		   SLICE(FOLDER));
}

bool subchart_value_path(const struct value *root, struct slice source,
    const struct value *value, struct buf *path)
{
	struct buf found = {0};
	struct slice name;
	bool is_there;

	buf_add_text(&found, ".Values");
	while (root && (name = subchart_next(&source)).len) {
		root = value_get(root, name);
		buf_printf(&found, ".%.*s", SLICE_ARGS(name));
	}
	is_there = root && found.len > strlen(".Values") &&
		   value_find_path(root, value, &found);
	if (is_there)
		buf_add_slice(path, buf_slice(&found));
	buf_release(&found);
	return is_there;
}
