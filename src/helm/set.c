/*
 * --set into values: a=1,b.c=x,d[0]=y,e={1,2}, with "\" before a character
 * that is meant as it stands.  Where Helm's parser is odd ("a={}" is a list of
 * one empty string), this one is odd in the same way.
 */
#include "helm/set.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	MOST_NAMES = 30,    /* of a path, as Helm allows */
	MOST_LISTS = 100,   /* one in the other; no chart has two */
	MOST_INDEX = 65536, /* as Helm allows */
	MOST_EMPTY = 1000000,
	END = 0, /* no character of an argument */
};

struct setting {
	struct arena *arena;
	const char *option; /* as it will be shown: "--set a=1" */
	const char *name;   /* "--set" */
	const char *text, *p;
	const char *word; /* that was read last: faults are there */
	bool strings;
	size_t *nempty;
	struct fault *fault;
};

static int refuse(const struct setting *setting, const char *format, ...)
    PRINTF_LIKE(2, 3);
static int refuse(const struct setting *setting, const char *format, ...)
{
	struct slice before = {
	    setting->text, (size_t)(setting->word - setting->text)};
	struct buf text = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	fault_set(setting->fault, "%s '%s': at character %zu: %s",
	    setting->name, setting->text, utf8_count(before) + 1,
	    buf_text(&text));
	buf_release(&text);
	return -1;
}

/* Up to one of the stops, which is passed over; END for the end of all. */
static struct slice read_until(
    struct setting *setting, const char *stops, char *ret_stop)
{
	struct buf word = {0};
	struct slice kept;

	setting->word = setting->p;
	while (*setting->p && !strchr(stops, *setting->p)) {
		if (*setting->p == '\\' && !*++setting->p)
			break;
		buf_add_char(&word, *setting->p++);
	}
	*ret_stop = *setting->p;
	if (*setting->p)
		setting->p++;
	kept = slice_copy(setting->arena, buf_slice(&word));
	buf_release(&word);
	return kept;
}

static struct value *decided(const struct setting *setting, struct value *value)
{
	value->option = setting->option;
	return value;
}

static bool is_word(struct slice text, const char *word)
{
	return text.len == strlen(word) &&
	       !strncasecmp(text.ptr, word, text.len);
}

/* A number begins with no 0, but for 0 itself. */
static bool is_number(struct slice text, int64_t *ret_value)
{
	return text.len && (text.ptr[0] != '0' || text.len == 1) &&
	       slice_to_int(text, ret_value);
}

static struct value *typed(const struct setting *setting, struct slice text)
{
	struct arena *arena = setting->arena;
	struct value *value = value_scalar(arena, VALUE_STRING, text);
	int64_t number;

	if (setting->strings)
		return decided(setting, value);
	if (is_word(text, "true"))
		*value = *value_scalar(arena, VALUE_BOOL, SLICE("true"));
	else if (is_word(text, "false"))
		*value = *value_scalar(arena, VALUE_BOOL, SLICE("false"));
	else if (is_word(text, "null"))
		*value = *value_new(arena, VALUE_NULL);
	else if (is_number(text, &number))
		*value = *value_scalar(arena, VALUE_NUMBER,
		    slice_of(arena_printf(arena, "%lld", (long long)number)));
	return decided(setting, value);
}

/* What stands between braces; the first is passed over. */
static int read_list(struct setting *setting, struct value **ret_value)
{
	struct value *list =
	    decided(setting, value_new(setting->arena, VALUE_LIST));
	char stop;

	do {
		struct slice word = read_until(setting, ",}", &stop);

		if (stop == END)
			return refuse(setting, "the list lacks its '}'");
		value_set_item(
		    setting->arena, list, list->list.n, typed(setting, word));
	} while (stop != '}');
	if (*setting->p == ',')
		setting->p++;
	*ret_value = list;
	return 0;
}

/* What follows "=". */
static int read_value(struct setting *setting, struct value **ret_value)
{
	char stop;

	if (*setting->p == '{') {
		setting->p++;
		return read_list(setting, ret_value);
	}
	*ret_value = typed(setting, read_until(setting, ",", &stop));
	return 0;
}

/* What is there already, to be changed, or an empty one of that kind. */
static int open_inner(const struct setting *setting, struct slice key,
    struct value *there, enum value_kind kind, struct value **ret_inner)
{
	*ret_inner = there;
	if (!there)
		*ret_inner = decided(setting, value_new(setting->arena, kind));
	else if (there->kind != kind)
		return refuse(setting, "'%.*s' is already set and is not a %s",
		    SLICE_ARGS(key), kind == VALUE_MAP ? "mapping" : "list");
	return 0;
}

static int read_key(
    struct setting *setting, struct value *map, unsigned names, bool *ret_cut);

static int read_index(struct setting *setting, size_t *ret_index)
{
	char stop;
	struct slice word = read_until(setting, "]", &stop);
	int64_t index;

	if (stop == END)
		return refuse(setting, "the index lacks its ']'");
	if (!slice_to_int(word, &index) || index < 0 || index > MOST_INDEX)
		return refuse(setting,
		    "the index '%.*s' is not a number from 0 to %d",
		    SLICE_ARGS(word), MOST_INDEX);
	*ret_index = (size_t)index;
	return 0;
}

static struct value *item_of(const struct value *list, size_t index)
{
	return index < list->list.n ? list->list.items[index] : NULL;
}

/* The mapping that an item is or, whatever it is, becomes. */
static struct value *item_map(
    const struct setting *setting, const struct value *list, size_t index)
{
	struct value *item = item_of(list, index);

	if (item && item->kind == VALUE_MAP)
		return item;
	return decided(setting, value_new(setting->arena, VALUE_MAP));
}

static int read_item(struct setting *setting, struct value *list,
    unsigned names, unsigned lists, bool *ret_cut);

/* Each index may leave 65,536 items empty, so they are counted. */
static int put_item(const struct setting *setting, struct value *list,
    size_t index, struct value *item)
{
	if (index > list->list.n)
		*setting->nempty += index - list->list.n;
	if (*setting->nempty > MOST_EMPTY)
		return refuse(setting,
		    "the indexes leave more than %d items of lists empty",
		    MOST_EMPTY);
	value_set_item(setting->arena, list, index, item);
	return 0;
}

/* "[0][1]..." */
static int read_inner_list(struct setting *setting, struct value *list,
    size_t index, unsigned names, unsigned lists, bool *ret_cut)
{
	struct value *inner = item_of(list, index);

	if (inner && inner->kind == VALUE_NULL)
		inner = NULL;
	if (open_inner(setting, SLICE("the item"), inner, VALUE_LIST, &inner) ||
	    read_item(setting, inner, names, lists + 1, ret_cut))
		return -1;
	return put_item(setting, list, index, inner);
}

/* "[0].key..." */
static int read_inner_map(struct setting *setting, struct value *list,
    size_t index, unsigned names, bool *ret_cut)
{
	struct value *map = item_map(setting, list, index);

	if (read_key(setting, map, names, ret_cut))
		return -1;
	/* Helm forgets an item whose last key ends the text with "=". */
	if (*ret_cut && index >= list->list.n)
		return 0;
	return put_item(setting, list, index, map);
}

/* What follows "[". */
static int read_item(struct setting *setting, struct value *list,
    unsigned names, unsigned lists, bool *ret_cut)
{
	size_t index = 0;
	struct value *value;
	char stop;

	if (lists > MOST_LISTS)
		return refuse(setting, "the lists are nested too deeply");
	if (read_index(setting, &index))
		return -1;
	stop = *setting->p;
	if (stop == END) {
		*ret_cut = true;
		return 0;
	}
	setting->word = setting->p++;
	if (!strchr("[.=", stop))
		return refuse(setting, "'=', '.' or '[' must follow the index");
	if (stop == '[')
		return read_inner_list(
		    setting, list, index, names, lists, ret_cut);
	if (stop == '.')
		return read_inner_map(setting, list, index, names, ret_cut);
	if (read_value(setting, &value))
		return -1;
	return put_item(setting, list, index, value);
}

/* Helm drops a key without a name. */
static void set_key(const struct setting *setting, struct value *map,
    struct slice key, struct value *value)
{
	if (key.len)
		value_put(setting->arena, map, key, value);
}

static int read_list_of(struct setting *setting, struct value *map,
    struct slice key, unsigned names, bool *ret_cut)
{
	struct value *list;

	if (open_inner(setting, key, value_get(map, key), VALUE_LIST, &list) ||
	    read_item(setting, list, names, 0, ret_cut))
		return -1;
	set_key(setting, map, key, list);
	return 0;
}

static int read_map_of(struct setting *setting, struct value *map,
    struct slice key, unsigned names, bool *ret_cut)
{
	struct value *inner;

	if (names >= MOST_NAMES)
		return refuse(setting, "names nested more than %d levels deep",
		    MOST_NAMES);
	if (open_inner(setting, key, value_get(map, key), VALUE_MAP, &inner) ||
	    read_key(setting, inner, names + 1, ret_cut))
		return -1;
	if (!inner->map.n)
		return *ret_cut ? 0
				: refuse(setting, "'%.*s.' has no value",
				      SLICE_ARGS(key));
	set_key(setting, map, key, inner);
	return 0;
}

/* One "key=value", whatever the key is made of.  *ret_cut: the text ended
 * where something more could have stood. */
static int read_key(
    struct setting *setting, struct value *map, unsigned names, bool *ret_cut)
{
	char stop;
	struct slice key = read_until(setting, "=[,.", &stop);
	struct value *value;

	switch (stop) {
	case '=': break;
	case '[': return read_list_of(setting, map, key, names, ret_cut);
	case '.': return read_map_of(setting, map, key, names, ret_cut);
	default:
		if (stop == END && !key.len) {
			*ret_cut = true;
			return 0;
		}
		return refuse(setting, "'%.*s' has no value", SLICE_ARGS(key));
	}
	*ret_cut = !*setting->p;
	if (read_value(setting, &value))
		return -1;
	set_key(setting, map, key, value);
	return 0;
}

int set_parse(struct arena *arena, struct value *root, const char *option,
    const char *text, bool strings, size_t *nempty, struct fault *fault)
{
	struct setting setting = {
	    .arena = arena,
	    .option = arena_printf(arena, "%s %s", option, text),
	    .name = option,
	    .text = text,
	    .p = text,
	    .strings = strings,
	    .nempty = nempty,
	    .fault = fault,
	};
	bool cut = false;

	while (*setting.p && !cut) {
		if (read_key(&setting, root, 0, &cut))
			return -1;
	}
	return 0;
}
