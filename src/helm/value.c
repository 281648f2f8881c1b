/*
 * Nodes of values files into values, and values merged: what the later one
 * does not say stays as it was.
 */
#include "helm/value.h"

#include "doc/scalar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Items of a list and keys of a map that a sentence shows. */
#define MOST_SPELLED 4

/* What shows a scalar that no double is written shorter as. */
#define MOST_DIGITS 17
/* A value deeper than that is not looked for. */
#define MOST_PATH 32

struct value *value_new(struct arena *arena, enum value_kind kind)
{
	struct value *value = arena_alloc(arena, sizeof(*value));

	value->kind = kind;
	return value;
}

struct value *value_scalar(
    struct arena *arena, enum value_kind kind, struct slice text)
{
	struct value *value = value_new(arena, kind);

	value->text = text;
	return value;
}

/* Takes the zeros off an exponent: "5e-08" is 5e-8 for JSON. */
static void trim_exponent(char *digits)
{
	char *e = strchr(digits, 'e');
	char *zero;

	if (!e)
		return;
	zero = e + 2;
	while (*zero == '0' && zero[1])
		zero++;
	memmove(e + 2, zero, strlen(zero) + 1);
}

/* The shortest decimal that is this double again, as JSON writes it: without
 * an exponent from a millionth on. */
static const char *shortest(struct arena *arena, double real)
{
	char digits[40];
	int precision = 1;
	double size = real < 0 ? -real : real;

	for (; precision <= MOST_DIGITS; precision++) {
		snprintf(digits, sizeof(digits), "%.*g", precision, real);
		if (strtod(digits, NULL) == real)
			break;
	}
	trim_exponent(digits);
	/* C turns to exponents a decimal or two earlier. */
	if (strchr(digits, 'e') && size >= 1e-6 && size < 1e-4)
		snprintf(digits, sizeof(digits), "%.*f",
		    precision + (size < 1e-5 ? 5 : 4), real);
	return arena_printf(arena, "%s", digits);
}

static const char *double_text(struct arena *arena, double real)
{
	if (real >= -1e15 && real <= 1e15 && real == (double)(int64_t)real)
		return arena_printf(arena, "%lld", (long long)real);
	return shortest(arena, real);
}

/* Helm's reader of values still takes YAML 1.1's single letters for booleans,
 * which the API server's does not. */
static bool is_letter(const struct node *node)
{
	return node->plain && !node->is_string && node->text.len == 1 &&
	       node->text.ptr[0] && strchr("yYnN", node->text.ptr[0]);
}

static struct value *read_letter(
    const struct reader *reader, const struct node *node)
{
	bool yes = node->text.ptr[0] == 'y' || node->text.ptr[0] == 'Y';

	return value_scalar(
	    reader->arena, VALUE_BOOL, yes ? SLICE("true") : SLICE("false"));
}

static struct value *read_scalar(
    const struct reader *reader, const struct node *node)
{
	static const enum value_kind kinds[] = {
	    [SCALAR_NULL] = VALUE_NULL,
	    [SCALAR_BOOL] = VALUE_BOOL,
	    [SCALAR_INT] = VALUE_NUMBER,
	    [SCALAR_DOUBLE] = VALUE_NUMBER,
	    [SCALAR_STRING] = VALUE_STRING,
	};
	struct scalar scalar = scalar_of(node);
	struct arena *arena = reader->arena;
	struct value *value = value_new(arena, kinds[scalar.type]);

	if (is_letter(node))
		return read_letter(reader, node);
	switch (scalar.type) {
	case SCALAR_NULL: break;
	case SCALAR_BOOL:
		value->text = scalar.boolean ? SLICE("true") : SLICE("false");
		break;
	case SCALAR_INT:
		value->text = slice_of(
		    arena_printf(arena, "%lld", (long long)scalar.integer));
		break;
	case SCALAR_DOUBLE:
		value->text = slice_of(double_text(arena, scalar.real));
		break;
	case SCALAR_STRING: value->text = slice_copy(arena, node->text); break;
	}
	return value;
}

static struct value *read_list(
    const struct reader *reader, const struct node *node)
{
	struct value *list = value_new(reader->arena, VALUE_LIST);

	list->list.n = list->list.cap = node->n;
	list->list.items =
	    arena_array(reader->arena, node->n, sizeof(*list->list.items));
	for (uint32_t i = 0; i < node->n; i++)
		list->list.items[i] = value_read(reader, node->items[i]);
	return list;
}

static int by_key(const void *left, const void *right)
{
	const struct value_entry *a = left, *b = right;
	const struct span *x = &a->value->place.span;
	const struct span *y = &b->value->place.span;
	int order = slice_cmp(a->key, b->key);

	if (!order)
		order = (x->line > y->line) - (x->line < y->line);
	return order ? order : (x->col > y->col) - (x->col < y->col);
}

/* Where what a pair says is written: at the value when it is one word there,
 * at the key when the value begins below it or was written elsewhere. */
static struct place pair_place(
    const struct reader *reader, const struct pair *pair)
{
	const struct node *value = pair->value;
	bool begins_below = value->kind != NODE_SCALAR &&
			    value->span.line != pair->key->span.line;

	return node_place(reader->origin,
	    begins_below || value->key != pair->key ? pair->key : value);
}

/* Keys are scalars: documents with others are refused before. */
static struct value_entry read_pair(
    const struct reader *reader, const struct pair *pair)
{
	struct value *key = read_scalar(reader, pair->key);
	struct value_entry entry = {key->text, value_read(reader, pair->value)};

	if (key->kind == VALUE_NULL)
		entry.key = slice_copy(reader->arena, pair->key->text);
	entry.value->place = pair_place(reader, pair);
	return entry;
}

/* Keys that YAML tells apart may be one for Helm (1 and "1"): the last wins. */
static size_t drop_twins(struct value_entry *entries, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++) {
		if (kept && slice_eq(entries[kept - 1].key, entries[i].key))
			kept--;
		entries[kept++] = entries[i];
	}
	return kept;
}

static struct value *read_map(
    const struct reader *reader, const struct node *node)
{
	struct value *map = value_new(reader->arena, VALUE_MAP);
	struct value_entry *entries =
	    arena_array(reader->arena, node->n, sizeof(*entries));

	for (uint32_t i = 0; i < node->n; i++)
		entries[i] = read_pair(reader, &node->pairs[i]);
	if (node->n)
		qsort(entries, node->n, sizeof(*entries), by_key);
	map->map.entries = entries;
	map->map.cap = node->n;
	map->map.n = drop_twins(entries, node->n);
	return map;
}

/* Recursion is bounded: a tree is no deeper than its limits. */
struct value *value_read(const struct reader *reader, const struct node *node)
{
	struct value *value = NULL;

	switch (node->kind) {
	case NODE_SCALAR: value = read_scalar(reader, node); break;
	case NODE_SEQUENCE: value = read_list(reader, node); break;
	case NODE_MAPPING: value = read_map(reader, node); break;
	}
	value->place = node_place(reader->origin, node);
	return value;
}

/* Where key is among the entries of a map, or belongs; whether it is there. */
static size_t find_entry(
    const struct value *map, struct slice key, bool *ret_found)
{
	size_t low = 0, high = map->map.n;

	*ret_found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = slice_cmp(map->map.entries[middle].key, key);

		*ret_found |= order == 0;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct value *value_get(const struct value *map, struct slice key)
{
	size_t at;
	bool found;

	if (!map || map->kind != VALUE_MAP)
		return NULL;
	at = find_entry(map, key, &found);
	return found ? map->map.entries[at].value : NULL;
}

/* grow() for arrays in an arena: what was outgrown stays there unused. */
static void *more(struct arena *arena, const void *items, size_t n, size_t *cap,
    size_t least, size_t size)
{
	size_t wanted = *cap * 2 < least ? least : *cap * 2;
	void *moved = arena_array(arena, wanted, size);

	if (n)
		memcpy(moved, items, n * size);
	*cap = wanted;
	return moved;
}

void value_put(struct arena *arena, struct value *map, struct slice key,
    struct value *value)
{
	struct value_entry *entries;
	bool found;
	size_t at = find_entry(map, key, &found);

	if (found) {
		map->map.entries[at].value = value;
		return;
	}
	if (map->map.n == map->map.cap)
		map->map.entries = more(arena, map->map.entries, map->map.n,
		    &map->map.cap, map->map.n + 8, sizeof(*entries));
	entries = map->map.entries;
	memmove(entries + at + 1, entries + at,
	    (map->map.n - at) * sizeof(*entries));
	entries[at] = (struct value_entry){key, value};
	map->map.n++;
}

void value_set_item(
    struct arena *arena, struct value *list, size_t index, struct value *item)
{
	if (index >= list->list.cap)
		list->list.items = more(arena, list->list.items, list->list.n,
		    &list->list.cap, index + 1, sizeof(*list->list.items));
	for (; list->list.n <= index; list->list.n++)
		list->list.items[list->list.n] = value_new(arena, VALUE_NULL);
	list->list.items[index] = item;
}

static struct value *merge(struct arena *arena, struct value *over,
    struct value *under, bool defaults);

static const struct value_entry *entry_at(const struct value *map, size_t i)
{
	return i < map->map.n ? &map->map.entries[i] : NULL;
}

/* Both are in the order of their keys: one pass. */
static struct value *merge_maps(
    struct arena *arena, struct value *over, struct value *under, bool defaults)
{
	struct value *map = value_new(arena, VALUE_MAP);
	size_t n = over->map.n + under->map.n, i = 0, j = 0;
	struct value_entry *to = arena_array(arena, n, sizeof(*to));

	map->place = over->place;
	map->option = over->option;
	map->open = over->open || under->open;
	map->map.entries = to;
	map->map.cap = n;
	while (i < over->map.n || j < under->map.n) {
		const struct value_entry *a = entry_at(over, i);
		const struct value_entry *b = entry_at(under, j);
		int order = !a ? 1 : !b ? -1 : slice_cmp(a->key, b->key);

		*to = order <= 0 ? *a : *b;
		if (order == 0)
			to->value = merge(arena, a->value, b->value, defaults);
		i += order <= 0;
		j += order >= 0;
		to++;
	}
	map->map.n = (size_t)(to - map->map.entries);
	return map;
}

static struct value *gone(struct arena *arena, const struct value *null)
{
	struct value *value = value_new(arena, VALUE_NULL);

	*value = *null;
	value->gone = true;
	return value;
}

/* Recursion is bounded: neither is deeper than files and --set may be. */
static struct value *merge(
    struct arena *arena, struct value *over, struct value *under, bool defaults)
{
	if (!over || !under)
		return over ? over : under;
	if (over->kind == VALUE_MAP && under->kind == VALUE_MAP)
		return merge_maps(arena, over, under, defaults);
	if (over->kind == VALUE_NULL && defaults)
		return gone(arena, over);
	return over;
}

struct value *value_merge(
    struct arena *arena, struct value *over, struct value *under)
{
	return merge(arena, over, under, false);
}

struct value *value_merge_defaults(
    struct arena *arena, struct value *over, struct value *under)
{
	return merge(arena, over, under, true);
}

struct value *value_copy(struct arena *arena, const struct value *value)
{
	struct value *copy;

	if (value->kind != VALUE_MAP && value->kind != VALUE_LIST)
		return (struct value *)(uintptr_t)value;
	copy = arena_alloc(arena, sizeof(*copy));
	*copy = *value;
	if (value->kind == VALUE_LIST) {
		copy->list.cap = value->list.n;
		copy->list.items = arena_array(
		    arena, value->list.n, sizeof(*copy->list.items));
		for (size_t i = 0; i < value->list.n; i++)
			copy->list.items[i] =
			    value_copy(arena, value->list.items[i]);
		return copy;
	}
	copy->map.cap = value->map.n;
	copy->map.entries =
	    arena_array(arena, value->map.n, sizeof(*copy->map.entries));
	for (size_t i = 0; i < value->map.n; i++)
		copy->map.entries[i] =
		    (struct value_entry){value->map.entries[i].key,
			value_copy(arena, value->map.entries[i].value)};
	return copy;
}

/* The numbers of the items, from root on, that lead to a value: how many; -1:
 * none do. */
static int find_path(const struct value *at, const struct value *value,
    size_t path[MOST_PATH], int depth)
{
	size_t n = at->kind == VALUE_MAP    ? at->map.n
		   : at->kind == VALUE_LIST ? at->list.n
					    : 0;
	int found = -1;

	if (at == value)
		return depth;
	for (size_t i = 0; depth < MOST_PATH && found < 0 && i < n; i++) {
		path[depth] = i;
		found =
		    find_path(at->kind == VALUE_MAP ? at->map.entries[i].value
						    : at->list.items[i],
			value, path, depth + 1);
	}
	return found;
}

bool value_find_path(
    const struct value *root, const struct value *value, struct buf *path)
{
	size_t steps[MOST_PATH];
	int n = find_path(root, value, steps, 0);

	for (int i = 0; i < n; i++) {
		if (root->kind == VALUE_MAP) {
			buf_printf(path, ".%.*s",
			    SLICE_ARGS(root->map.entries[steps[i]].key));
			root = root->map.entries[steps[i]].value;
		} else {
			buf_printf(path, "[%zu]", steps[i]);
			root = root->list.items[steps[i]];
		}
	}
	return n >= 0;
}

bool value_is_scalar(const struct value *value)
{
	return value->kind != VALUE_LIST && value->kind != VALUE_MAP &&
	       value->kind != VALUE_NULL;
}

size_t value_size(const struct value *map)
{
	size_t n = 0;

	for (size_t i = 0; i < map->map.n; i++)
		n += !map->map.entries[i].value->gone;
	return n;
}

bool value_is_empty(const struct value *value)
{
	if (!value)
		return true;
	switch (value->kind) {
	case VALUE_NULL: return true;
	case VALUE_BOOL:
	case VALUE_NUMBER: return false;
	case VALUE_STRING: return !value->text.len;
	case VALUE_LIST: return !value->list.n;
	case VALUE_MAP: return !value_size(value);
	}
	BUG("a value of no kind");
}

static void spell_item(const struct value *item, struct buf *buf)
{
	if (item->kind == VALUE_LIST)
		buf_add_text(buf, item->list.n ? "[...]" : "[]");
	else if (item->kind == VALUE_MAP)
		buf_add_text(buf, value_size(item) ? "{...}" : "{}");
	else
		value_spell(item, buf);
}

static void spell_list(const struct value *list, struct buf *buf)
{
	buf_add_char(buf, '[');
	for (size_t i = 0; i < list->list.n && i < MOST_SPELLED; i++) {
		buf_add_text(buf, i ? ", " : "");
		spell_item(list->list.items[i], buf);
	}
	buf_add_text(buf, list->list.n > MOST_SPELLED ? ", ...]" : "]");
}

static void spell_map(const struct value *map, struct buf *buf)
{
	size_t n = 0;

	buf_add_char(buf, '{');
	for (size_t i = 0; i < map->map.n && n < MOST_SPELLED; i++) {
		if (map->map.entries[i].value->gone)
			continue;
		buf_add_text(buf, n++ ? ", " : "");
		buf_add_slice(buf, map->map.entries[i].key);
	}
	buf_add_text(buf, value_size(map) > n ? ", ...}" : "}");
}

void value_spell(const struct value *value, struct buf *buf)
{
	switch (value->kind) {
	case VALUE_NULL: buf_add_text(buf, "null"); return;
	case VALUE_BOOL:
	case VALUE_NUMBER:
	case VALUE_STRING: buf_add_slice(buf, value->text); return;
	case VALUE_LIST: spell_list(value, buf); return;
	case VALUE_MAP: spell_map(value, buf); return;
	}
	BUG("a value of no kind");
}
