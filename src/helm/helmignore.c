/* Lines of a .helmignore to patterns, with the meaning that Helm gives them. */
#include "helm/helmignore.h"

#include <string.h>

/* More are not read: no author has as many. */
#define MOST_PATTERNS 1000

static struct helmignore_pattern read_pattern(
    struct slice line, struct arena *arena)
{
	struct helmignore_pattern pattern = {0};

	if (line.ptr[0] == '!') {
		pattern.is_negated = true;
		line = slice_trim((struct slice){line.ptr + 1, line.len - 1});
	}
	if (line.len && line.ptr[line.len - 1] == '/') {
		pattern.is_folder = true;
		line.len--;
	}
	pattern.is_path = memchr(line.ptr, '/', line.len) != NULL;
	if (line.len && line.ptr[0] == '/')
		line = (struct slice){line.ptr + 1, line.len - 1};
	pattern.glob = arena_printf(arena, "%.*s", SLICE_ARGS(line));
	return pattern;
}

static struct slice cut_line(struct slice *rest)
{
	ptrdiff_t len = slice_find(*rest, SLICE("\n"), 0);
	size_t n = len < 0 ? rest->len : (size_t)len;
	size_t taken = len < 0 ? n : n + 1;
	struct slice line = {rest->ptr, n};

	*rest = (struct slice){rest->ptr + taken, rest->len - taken};
	return slice_trim(line);
}

struct helmignore helmignore_read(struct slice text, struct arena *arena)
{
	struct helmignore ignore = {0};
	size_t most = 1;

	for (size_t i = 0; i < text.len; i++)
		most += text.ptr[i] == '\n';
	ignore.patterns = arena_array(arena, most, sizeof(*ignore.patterns));
	while (text.len) {
		struct slice line = cut_line(&text);

		if (line.len && line.ptr[0] != '#' && ignore.n < MOST_PATTERNS)
			ignore.patterns[ignore.n++] = read_pattern(line, arena);
	}
	return ignore;
}

/* Whether the class that *glob is at, "[a-z]" or "[^a]", has that character;
 * goes behind it.  One without an end has none. */
static bool match_class(const char **glob, char c)
{
	const char *at = *glob + 1;
	bool is_negated = *at == '^', found = false;

	at += is_negated;
	do {
		char low, high;

		at += *at == '\\';
		low = high = *at;
		if (*at && at[1] == '-' && at[2]) {
			at += at[2] == '\\' ? 3 : 2;
			high = *at;
		}
		if (!*at)
			return false;
		found |= low <= c && c <= high;
	} while (*++at != ']');
	*glob = at + 1;
	return found != is_negated;
}

/* One character of the path, which is not at its end. */
static bool match_one(const char **glob, char c)
{
	if (**glob == '[')
		return c != '/' && match_class(glob, c);
	if (**glob == '?') {
		++*glob;
		return c != '/';
	}
	*glob += **glob == '\\';
	return *(*glob)++ == c;
}

/* As filepath.Match of Go: no star reaches into a folder, so that it is enough
 * to try again from the last one. */
static bool glob_matches(const char *glob, const char *path)
{
	const char *star = NULL, *from = NULL;

	while (*path) {
		if (*glob == '*') {
			star = ++glob;
			from = path;
		} else if (*glob && match_one(&glob, *path)) {
			path++;
		} else if (star && *from != '/') {
			glob = star;
			path = ++from;
		} else {
			return false;
		}
	}
	while (*glob == '*')
		glob++;
	return !*glob;
}

static bool matches(const struct helmignore_pattern *pattern, const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!pattern->is_path && slash)
		path = slash + 1;
	return glob_matches(pattern->glob, path);
}

bool helmignore_matches(
    const struct helmignore *ignore, const char *path, bool is_folder)
{
	for (size_t i = 0; i < ignore->n; i++) {
		const struct helmignore_pattern *pattern = &ignore->patterns[i];
		bool applies = is_folder || !pattern->is_folder;
		bool fits = applies && matches(pattern, path);

		if (fits != pattern->is_negated)
			return true;
	}
	return false;
}
