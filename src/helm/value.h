/*
 * Values of a chart: what a values file or --set gives, as a tree that knows
 * where each value was decided.
 *
 * All of a tree lives in one arena.  Keys of a map are kept in the order of
 * their bytes, so that two maps are merged in one pass.
 */
#ifndef HELM_VALUE_H
#define HELM_VALUE_H

#include "doc/reader.h"

enum value_kind {
	VALUE_NULL, /* taken away, or never there */
	VALUE_BOOL,
	VALUE_NUMBER,
	VALUE_STRING,
	VALUE_LIST,
	VALUE_MAP,
};

struct value;

struct value_entry {
	struct slice key;
	struct value *value;
};

struct value {
	enum value_kind kind;
	bool open;	    /* of a map: what else it holds, nobody has read */
	bool gone;	    /* null, which took away what the chart sets */
	struct place place; /* where it was decided; none for an option */
	const char *option; /* that decided it, "--set a=1"; or NULL */
	union {
		struct slice text; /* of a scalar, as YAML resolves it */
		struct {
			struct value **items;
			size_t n, cap;
		} list;
		struct {
			struct value_entry *entries;
			size_t n, cap;
		} map;
	};
};

/* An empty one of that kind. */
struct value *value_new(struct arena *arena, enum value_kind kind);

/* A scalar of that text, which is borrowed. */
struct value *value_scalar(
    struct arena *arena, enum value_kind kind, struct slice text);

/* What a node says, read into reader's arena. */
struct value *value_read(const struct reader *reader, const struct node *node);

/* The value of a key; NULL when there is none or map is no map. */
struct value *value_get(const struct value *map, struct slice key);

/* Sets the value of a key, replacing an earlier one; the key is borrowed. */
void value_put(struct arena *arena, struct value *map, struct slice key,
    struct value *value);

/* Sets an item of a list, which grows as needed: items that nobody set are
 * null. */
void value_set_item(
    struct arena *arena, struct value *list, size_t index, struct value *item);

/*
 * What is left of under when over comes on top of it: maps are merged deep,
 * anything else of over wins, a null too.  Where both are maps the result is a
 * map of its own; parts of both are shared.  Either may be NULL.
 */
struct value *value_merge(
    struct arena *arena, struct value *over, struct value *under);

/* The same when under is what a chart sets by default: a null of over takes the
 * key away with what was there.  It stays in the map to tell who did that, and
 * counts as not being there. */
struct value *value_merge_defaults(
    struct arena *arena, struct value *over, struct value *under);

/* A copy of the maps and lists; scalars are shared. */
struct value *value_copy(struct arena *arena, const struct value *value);

/* How many entries a map has that count. */
size_t value_size(const struct value *map);

/* Appends where a value is in the tree of root, ".a.b[0]", of a scalar that
 * several share the first; nothing for root itself.  False when it is not
 * there. */
bool value_find_path(
    const struct value *root, const struct value *value, struct buf *path);

/* Whether it has a text: neither null nor a list nor a map. */
bool value_is_scalar(const struct value *value);

/* Whether it is null, "", [] or {}; NULL is. */
bool value_is_empty(const struct value *value);

/* For a sentence, on one line: true, text, [a, b], {k: ...}. */
void value_spell(const struct value *value, struct buf *buf);

#endif
