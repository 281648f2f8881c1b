/*
 * Toggles: a path into the values, and whether what is there is as the
 * contract wants it.
 */
#include "contract/toggle.h"

#include <stdlib.h>
#include <string.h>

enum {
	MOST_STEPS = 100,   /* of a path: a file is no deeper */
	MOST_TRIES = 10000, /* where keys with dots make it lead many ways */
};

/* A key, or an item of a list. */
struct step {
	struct slice key;
	bool is_index;
	size_t index;
};

struct path {
	struct arena arena; /* of keys */
	struct step steps[MOST_STEPS];
	size_t n;
	bool too_long;
};

/* Looking one path up. */
struct lookup {
	const struct path *path;
	struct arena arena; /* of keys put together */
	unsigned tries;
	bool open; /* it led into values that are not all known */
};

/* The first "=" without a "\" before it; text.len when there is none. */
static size_t find_equals(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '=')
			return i;
		i += text.ptr[i] == '\\';
	}
	return text.len;
}

struct toggle toggle_of(struct slice item)
{
	size_t at = find_equals(item);
	struct toggle toggle = {.bare = at == item.len};

	toggle.path = slice_trim((struct slice){item.ptr, at});
	if (!toggle.bare)
		toggle.wanted = slice_trim(
		    (struct slice){item.ptr + at + 1, item.len - at - 1});
	return toggle;
}

/* "[0][1]" at the end of a name is of indexes.  What begins like one and is
 * none, as "[x]" and "[-1]", would be a key that no file has. */
static bool are_indexes(struct slice text)
{
	while (text.len) {
		ptrdiff_t close = slice_find(text, SLICE("]"), 0);
		int64_t index;

		if (text.ptr[0] != '[' || close < 2 || text.ptr[1] == '-' ||
		    !slice_to_int(
			(struct slice){text.ptr + 1, (size_t)close - 1},
			&index))
			return false;
		text = (struct slice){
		    text.ptr + close + 1, text.len - (size_t)close - 1};
	}
	return true;
}

/* Of a name as it is written, with backslashes. */
static bool is_name(struct slice name)
{
	size_t i = 0;

	while (i < name.len && name.ptr[i] != '[')
		i += 1 + (name.ptr[i] == '\\');
	if (i >= name.len)
		return name.len;
	return i && are_indexes((struct slice){name.ptr + i, name.len - i});
}

bool toggle_has_names(const struct toggle *toggle)
{
	struct slice path = toggle->path;
	size_t from = 0; /* of the name */

	for (size_t i = 0; i < path.len; i++) {
		if (path.ptr[i] == '.') {
			if (!is_name((struct slice){path.ptr + from, i - from}))
				return false;
			from = i + 1;
		}
		i += path.ptr[i] == '\\';
	}
	return is_name((struct slice){path.ptr + from, path.len - from});
}

static void add_step(struct path *path, struct step step)
{
	if (path->n == MOST_STEPS)
		path->too_long = true;
	else
		path->steps[path->n++] = step;
}

/* The "[N]" at the end of what is left of a key: taken off it. */
static bool cut_index(struct slice *key, size_t *ret_index)
{
	size_t open = key->len;
	int64_t index;

	if (!key->len || key->ptr[key->len - 1] != ']')
		return false;
	while (open && key->ptr[open - 1] != '[')
		open--;
	if (open < 2 ||
	    !slice_to_int(
		(struct slice){key->ptr + open, key->len - open - 1}, &index) ||
	    index < 0)
		return false;
	*ret_index = (size_t)index;
	key->len = open - 1;
	return true;
}

/* A key and the indexes behind it, which come off it from the last. */
static void add_key(struct path *path, struct slice key)
{
	size_t indexes[MOST_STEPS], n = 0;

	while (n < MOST_STEPS && cut_index(&key, &indexes[n]))
		n++;
	add_step(path, (struct step){.key = slice_copy(&path->arena, key)});
	while (n)
		add_step(path,
		    (struct step){.is_index = true, .index = indexes[--n]});
}

static void path_init(struct path *path, struct slice text)
{
	struct buf key = {0};

	*path = (struct path){0};
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '.') {
			add_key(path, buf_slice(&key));
			buf_clear(&key);
			continue;
		}
		i += text.ptr[i] == '\\' && i + 1 < text.len;
		buf_add_char(&key, text.ptr[i]);
	}
	add_key(path, buf_slice(&key));
	buf_release(&key);
}

static const struct value *find(
    struct lookup *lookup, const struct value *value, size_t from);

/* The value below a map: by one key, or by several that were one key with
 * dots in it; the shortest that leads to the end. */
static const struct value *find_key(
    struct lookup *lookup, const struct value *map, size_t from)
{
	const struct path *path = lookup->path;
	struct slice key = path->steps[from].key;

	for (size_t next = from + 1; lookup->tries < MOST_TRIES; next++) {
		const struct value *below = value_get(map, key);
		const struct value *found =
		    below ? find(lookup, below, next) : NULL;

		lookup->tries++;
		if (found)
			return found;
		if (next == path->n || path->steps[next].is_index)
			break;
		key = slice_of(arena_printf(&lookup->arena, "%.*s.%.*s",
		    SLICE_ARGS(key), SLICE_ARGS(path->steps[next].key)));
	}
	lookup->open |= map->open;
	return NULL;
}

/* What the steps of the path from that one on lead to; NULL for nothing.
 * Recursion is bounded by the steps. */
static const struct value *find(
    struct lookup *lookup, const struct value *value, size_t from)
{
	const struct step *step = &lookup->path->steps[from];

	if (from == lookup->path->n)
		return value;
	if (step->is_index)
		return value->kind == VALUE_LIST && step->index < value->list.n
			   ? find(lookup, value->list.items[step->index],
				 from + 1)
			   : NULL;
	return value->kind == VALUE_MAP ? find_key(lookup, value, from) : NULL;
}

static bool is_scalar(const struct value *value)
{
	return value->kind == VALUE_BOOL || value->kind == VALUE_NUMBER ||
	       value->kind == VALUE_STRING;
}

/* Whether the value is the text, or a list that holds it. */
static bool matches(const struct value *value, struct slice wanted)
{
	if (is_scalar(value))
		return slice_eq(value->text, wanted);
	for (size_t i = 0; value->kind == VALUE_LIST && i < value->list.n;
	     i++) {
		const struct value *item = value->list.items[i];

		if (is_scalar(item) && slice_eq(item->text, wanted))
			return true;
	}
	return false;
}

/* Whether what a bare path leads to counts as given. */
static bool is_on(const struct value *value, bool required)
{
	if (!required && value->kind == VALUE_BOOL)
		return slice_is(value->text, "true");
	return !value_is_empty(value);
}

enum toggle_answer toggle_check(const struct toggle *toggle, bool required,
    const struct value *root, const struct value **ret_value)
{
	struct path path;
	struct lookup lookup = {.path = &path};
	const struct value *value;
	bool on = false;

	path_init(&path, toggle->path);
	value = path.too_long ? NULL : find(&lookup, root, 0);
	arena_release(&lookup.arena);
	arena_release(&path.arena);
	*ret_value = value;
	if (path.too_long || (!value && lookup.open))
		return TOGGLE_UNDECIDED;
	if (value)
		on = toggle->bare ? is_on(value, required)
				  : matches(value, toggle->wanted);
	return on == required ? TOGGLE_HOLDS : TOGGLE_VIOLATED;
}
