/* File names, as given on the command line, into names for other programs. */
#include "run/report_path.h"

#include <string.h>
#include <unistd.h>

static void drop_segment(struct buf *path)
{
	while (path->len && path->ptr[--path->len] != '/')
		continue;
}

/* Appends each segment behind a slash; ".." takes the last one away. */
static void add_segments(struct buf *path, const char *name)
{
	while (*name) {
		struct slice segment = {name, strcspn(name, "/")};

		if (slice_is(segment, ".."))
			drop_segment(path);
		else if (segment.len && !slice_is(segment, "."))
			buf_printf(path, "/%.*s", SLICE_ARGS(segment));
		name += segment.len + (name[segment.len] == '/');
	}
}

/* What of the path is below the folder; NULL when it is not there. */
static const char *below(const char *path, struct slice folder)
{
	if (slice_is(folder, "/"))
		folder.len = 0;
	if (!slice_starts(slice_of(path), folder) || path[folder.len] != '/')
		return NULL;
	return path + folder.len + 1;
}

struct slice repository_of(struct arena *arena, struct slice here)
{
	while (here.len) {
		int len = here.len > 1 ? (int)here.len : 0;

		if (!access(
			arena_printf(arena, "%.*s/.git", len, here.ptr), F_OK))
			return here;
		while (here.ptr[--here.len] != '/')
			continue;
		/* The last one is the root. */
		here.len += !here.len && len;
	}
	return here;
}

const char *report_path(struct arena *arena, const char *here, const char *name)
{
	struct slice folder = slice_of(here ? here : "");
	struct buf buf = {0};
	const char *path, *rest = NULL;

	if (!here)
		return NULL;
	if (*name != '/')
		add_segments(&buf, here);
	add_segments(&buf, name);
	path = arena_printf(arena, "%s", buf_text(&buf));
	buf_release(&buf);
	if (!slice_is(folder, "/") || *name != '/')
		rest = below(path, folder);
	if (!rest) {
		folder = repository_of(arena, folder);
		rest = folder.len ? below(path, folder) : NULL;
	}
	return rest ? rest : path;
}
