/* Entries of the configuration into settings of the facts. */
#include "rule/config_settings.h"

#include "doc/scalar.h"

static int read_entries(const struct reader *reader, const struct node *words,
    const char *name, const char *const **ret_items, size_t *ret_n)
{
	const struct node *list = node_get(words, name);
	const char **items;

	if (!list)
		return 0;
	if (list->kind != NODE_SEQUENCE)
		return reader_refuse(reader, list,
		    "%s must be a list of words, not %s", name,
		    reader_describe(reader, list));
	items = arena_array(reader->arena, list->n, sizeof(*items));
	for (uint32_t i = 0; i < list->n; i++) {
		if (reader_text(reader, "an entry", list->items[i], &items[i]))
			return -1;
	}
	*ret_items = items;
	*ret_n = list->n;
	return 0;
}

static int read_words(const struct reader *reader, const struct node *node,
    struct name_words *words)
{
	static const char *const names[] = {"says", "but_not", "unless"};

	if (reader_check_keys(
		reader, "a list of words", node, names, COUNT_OF(names)) ||
	    read_entries(reader, node, "says", &words->says, &words->nsays) ||
	    read_entries(
		reader, node, "but_not", &words->but_not, &words->nbut_not) ||
	    read_entries(
		reader, node, "unless", &words->unless, &words->nunless))
		return -1;
	return words->nsays ? 0
			    : reader_refuse(reader, node,
				  "a list of words must have 'says'");
}

/* Says where it is what the facts do not take. */
static int place_reason(const struct reader *reader, const struct node *node,
    int result, struct fault *reason)
{
	if (result)
		reader_refuse(reader, node, "%s", fault_text(reason));
	fault_release(reason);
	return result;
}

/* One list, or several. */
static int set_words(const struct reader *reader, const struct node *node,
    const struct setting *setting, struct settings *kept)
{
	bool is_list = node->kind == NODE_SEQUENCE;
	uint32_t n = is_list ? node->n : 1;
	struct name_words *words =
	    arena_array(reader->arena, n, sizeof(*words));
	struct fault reason = {0};
	int result;

	for (uint32_t i = 0; i < n; i++) {
		if (read_words(
			reader, is_list ? node->items[i] : node, &words[i]))
			return -1;
	}
	result = settings_set_words(kept, setting, words, n, &reason);
	return place_reason(reader, node, result, &reason);
}

static int set_value(const struct reader *reader, const struct node *node,
    const struct setting *setting, struct settings *kept)
{
	struct fault reason = {0};
	int64_t number;
	int result;

	if (node->kind != NODE_SCALAR)
		return set_words(reader, node, setting, kept);
	result = node_to_int(node, &number)
		     ? settings_set_int(kept, setting, number, &reason)
		     : settings_set_pattern(kept, setting, node->text, &reason);
	return place_reason(reader, node, result, &reason);
}

static int refuse_name(const struct reader *reader, const struct node *key)
{
	const char **names =
	    arena_array(reader->arena, nsetting_rows, sizeof(*names));

	for (size_t i = 0; i < nsetting_rows; i++)
		names[i] = setting_rows[i].name;
	return reader_refuse_unknown(
	    reader, key, "settings", names, nsetting_rows);
}

static int read_setting(
    const struct reader *reader, const struct pair *pair, struct settings *kept)
{
	const struct setting *setting = pair->key->kind == NODE_SCALAR
					    ? setting_find(pair->key->text)
					    : NULL;
	struct settings scratch = {0};
	int result;

	if (!setting)
		return refuse_name(reader, pair->key);
	result =
	    set_value(reader, pair->value, setting, kept ? kept : &scratch);
	settings_release(&scratch);
	return result;
}

int config_settings_read(const struct reader *reader, const struct node *node,
    struct settings *settings)
{
	int result = 0;

	if (node_is_null(node))
		return 0;
	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "settings must be a mapping of names to values, not %s",
		    reader_describe(reader, node));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_setting(reader, &node->pairs[i], settings))
			result = -1;
	}
	return result;
}
