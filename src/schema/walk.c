/* An object's tree -> what its kind's types do not take: fields that are not
 * there, values of wrong types, what is missing, given twice or unknown. */
#include "schema/walk.h"

#include <stdlib.h>
#include <string.h>

/* Up to so many things are compared with each other. */
#define FEW 16

static bool is_given(const struct node *node)
{
	return !node_is_null(node);
}

const struct kind *schema_kind(
    const char *group, const char *version, const char *kind)
{
	for (size_t i = 0; i < schema_nkinds; i++) {
		const struct kind *row = &schema_kinds[i];

		if (text_eq(api_text(row->kind), kind) &&
		    text_eq(api_text(row->group), group) &&
		    text_eq(api_text(row->version), version))
			return row;
	}
	return NULL;
}

const struct kind *schema_kind_like(
    const char *group, const char *version, const char *kind)
{
	const struct kind *found = schema_kind(group, version, kind);

	for (size_t i = 0; !found && i < schema_nkinds; i++) {
		const struct kind *row = &schema_kinds[i];

		if (text_eq(api_text(row->kind), kind) &&
		    text_eq(api_text(row->group), group))
			found = row;
	}
	return found;
}

/* Shorter names come first, which is quicker to tell. */
static int compare_names(struct slice name, const struct field *field)
{
	if (name.len != field->len)
		return name.len < field->len ? -1 : 1;
	return memcmp(name.ptr, api_text(field->name), name.len);
}

const struct field *schema_field(const struct type *type, struct slice name)
{
	size_t low = 0, high = type->nfields;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const struct field *field = &type_fields(type)[middle];
		int order = compare_names(name, field);

		if (order == 0)
			return field;
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static void hold_type(struct walk *walk, const struct frame *above,
    const struct type *type, const struct node *node);

/* A value of a field, which is given. */
static void hold_one(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	bool is_mapping = field->of == OF_TYPE || field->of == OF_OBJECT;

	if (field->of == OF_ANY)
		return;
	if (!is_mapping)
		hold_scalar(frame, field, node);
	else if (node->kind != NODE_MAPPING)
		report_type(frame, node, "a mapping of fields");
	else if (field->of == OF_TYPE)
		hold_type(frame->walk, frame, &schema_types[field->type], node);
}

/* The fields that an item must have, listed; none: an empty text. */
static void list_required(const struct type *type, struct buf *list)
{
	for (size_t i = 0; i < type->nfields; i++) {
		const struct field *field = &type_fields(type)[i];

		if (field->required || field->present)
			buf_printf(list, "%s%s", list->len ? " and " : "",
			    api_text(field->name));
	}
}

/* What it lacks is told of it once, not field by field. */
static void hold_null_item(
    const struct frame *frame, const struct type *type, const struct node *node)
{
	struct buf list = {0};

	list_required(type, &list);
	if (list.len)
		report_fault(frame, REFUSAL_MISSING, node,
		    "may not be null: an item needs %s", buf_text(&list));
	else
		hold_type(frame->walk, frame, type, node);
	buf_release(&list);
}

/* The controller of Rollouts holds a template to all that is asked of pods;
 * other custom resources are held to their schema alone. */
static bool is_schema_alone(const struct frame *frame)
{
	const struct kind *kind = frame->walk->kind;

	if (!kind->is_custom || strcmp(api_text(kind->kind), "Rollout"))
		return kind->is_custom;
	for (; frame; frame = frame->above) {
		if (!strcmp(api_text(frame->type->name), "PodTemplateSpec"))
			return false;
	}
	return true;
}

/* An item cannot be left out: of "" its form is asked, as of any other text. */
static bool is_empty_text(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	return field->of == OF_STRING && node->kind == NODE_SCALAR &&
	       !node->text.len && !is_schema_alone(frame);
}

/* A schema wants something; null in a map is dropped before it is asked. */
static void refuse_null(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	if (field->shape == SHAPE_LIST && field->of != OF_ANY)
		report_fault(frame, REFUSAL_TYPE, node, "may not be null");
}

/* Types of Go read an item or value that is null as one without anything in
 * it; custom resources refuse it. */
static void hold_item(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	if (is_given(node) && is_empty_text(frame, field, node))
		hold_nothing(frame, field, node);
	else if (is_given(node))
		hold_one(frame, field, node);
	else if (frame->walk->kind->is_custom)
		refuse_null(frame, field, node);
	else if (field->of == OF_TYPE)
		hold_null_item(frame, &schema_types[field->type], node);
	else
		hold_nothing(frame, field, node);
}

/* The part of its key that an item has; ports are of TCP unless they say. */
static struct slice key_part(const struct node *item, const char *name)
{
	const struct node *value = node_get(item, name);

	if (is_given(value) && value->kind == NODE_SCALAR)
		return value->text;
	return strcmp(name, "protocol") ? (struct slice){"", 0} : SLICE("TCP");
}

static bool has_key_of(const struct field *field, const struct node *left,
    const struct node *right)
{
	if (!field->keys)
		return left->kind == NODE_SCALAR &&
		       right->kind == NODE_SCALAR &&
		       slice_eq(left->text, right->text);
	for (const uint32_t *key = schema_lists + field->keys; *key; key++) {
		struct slice part = key_part(left, api_text(*key));

		if (!part.len ||
		    !slice_eq(part, key_part(right, api_text(*key))))
			return false;
	}
	return true;
}

/* Most lists are short: a map would cost more. */
static void hold_keys_of_few(const struct frame *frame,
    const struct field *field, const struct node *list)
{
	for (uint32_t i = 1; i < list->n; i++) {
		for (uint32_t j = 0; j < i; j++) {
			if (!has_key_of(field, list->items[i], list->items[j]))
				continue;
			report_twice(frame, field, list->items[i]);
			break;
		}
	}
}

static void add_key(
    const struct field *field, const struct node *item, struct buf *key)
{
	if (!field->keys && item->kind == NODE_SCALAR)
		buf_add_slice(key, item->text);
	for (const uint32_t *name = schema_lists + field->keys; *name; name++) {
		buf_add_slice(key, key_part(item, api_text(*name)));
		buf_add_char(key, '\n');
	}
}

static void hold_keys_of_many(const struct frame *frame,
    const struct field *field, const struct node *list)
{
	struct arena arena = {0};
	struct buf key = {0};
	struct map seen = {0};

	for (uint32_t i = 0; i < list->n; i++) {
		const struct node *item = list->items[i];
		void **place;

		buf_clear(&key);
		add_key(field, item, &key);
		place = map_slot(&seen, slice_copy(&arena, buf_slice(&key)));
		if (*place && has_key_of(field, item, *place))
			report_twice(frame, field, item);
		*place = (void *)(uintptr_t)item;
	}
	map_release(&seen);
	buf_release(&key);
	arena_release(&arena);
}

/* Of server-side apply alone: other ways take two items of one key. */
static void hold_keys(const struct frame *frame, const struct field *field,
    const struct node *list)
{
	for (uint32_t i = 0; field->keys && i < list->n; i++) {
		if (!is_given(list->items[i]))
			report_fault(frame, REFUSAL_TWICE, list->items[i],
			    "may not be null: it has no %s to identify it",
			    api_text(schema_lists[field->keys]));
	}
	if (list->n <= FEW)
		hold_keys_of_few(frame, field, list);
	else
		hold_keys_of_many(frame, field, list);
}

/* The number of the lowest of some bits, which stand for fields. */
static size_t lowest_bit(uint64_t bits)
{
	return (size_t)__builtin_ctzll(bits);
}

/* After the conditions, which tell what all ways of applying refuse. */
static void hold_lists(const struct frame *frame)
{
	uint64_t left = frame->seen;

	for (; left; left &= left - 1) {
		size_t i = lowest_bit(left);
		const struct field *field = &type_fields(frame->type)[i];
		const struct node *list = frame->given[i];

		if (list->kind == NODE_SEQUENCE &&
		    (field->keys || field->is_set))
			hold_keys(frame, field, list);
	}
}

static void hold_list(const struct frame *frame, const struct field *field,
    const struct node *list)
{

	if (list->kind != NODE_SEQUENCE) {
		report_type(frame, list, "a list");
		return;
	}
	if (field->filled && !list->n)
		report_fault(frame, REFUSAL_VALUE, list, "must not be empty");
	if (field->most_items && list->n > field->most_items)
		report_fault(frame, REFUSAL_VALUE, list,
		    "may have up to %u items, not %u", field->most_items,
		    list->n);
	for (uint32_t i = 0; i < list->n; i++)
		hold_item(frame, field, list->items[i]);
}

static void hold_map_key(const struct frame *frame, const struct field *field,
    const struct pair *pair)
{
	struct buf text = {0};

	if (pair->key->kind != NODE_SCALAR ||
	    form_takes(field->key_form, pair->key->text))
		return;
	buf_add_text(&text, "has the key ");
	add_shown(&text, pair->key->text);
	buf_printf(
	    &text, ", which must be %s", form_row(field->key_form)->words);
	report_text(frame, NULL, pair->key, &text);
	buf_release(&text);
}

static void hold_map(const struct frame *frame, const struct field *field,
    const struct node *map)
{
	if (map->kind != NODE_MAPPING) {
		report_type(frame, map, "a mapping");
		return;
	}
	if (field->filled && !map->n)
		report_fault(frame, REFUSAL_VALUE, map, "must not be empty");
	for (uint32_t i = 0; i < map->n; i++) {
		hold_map_key(frame, field, &map->pairs[i]);
		hold_item(frame, field, map->pairs[i].value);
	}
}

static void hold_field(const struct frame *frame, const struct field *field,
    const struct node *value)
{
	if (field->shape == SHAPE_ONE)
		hold_one(frame, field, value);
	else if (field->shape == SHAPE_LIST)
		hold_list(frame, field, value);
	else
		hold_map(frame, field, value);
}

/* Lists and maps are required with something in them, texts too, but for
 * those that are held to a schema alone. */
static bool is_empty(const struct frame *frame, const struct field *field,
    const struct node *value)
{
	if (field->present || is_schema_alone(frame))
		return false;
	if (field->shape != SHAPE_ONE)
		return !value->n && value->kind != NODE_SCALAR;
	return field->of == OF_STRING && value->kind == NODE_SCALAR &&
	       !value->text.len;
}

static void hold_required(const struct frame *frame)
{
	uint64_t left = frame->type->needed;

	for (; left; left &= left - 1) {
		size_t i = lowest_bit(left);
		const struct field *field = &type_fields(frame->type)[i];
		const struct node *value = frame->given[i];

		if (!value)
			report_missing(
			    frame, NULL, frame->node, api_text(field->name));
		else if (is_empty(frame, field, value))
			report_fault(
			    frame, REFUSAL_VALUE, value, "must not be empty");
	}
}

/* Whether sops has encrypted the object, which nobody applies as it stands. */
static bool is_encrypted(const struct node *object)
{
	return is_given(node_find(object, "sops", "mac", NULL));
}

static bool is_of_sops(const struct frame *frame, const struct pair *pair)
{
	return !frame->above && pair->key->kind == NODE_SCALAR &&
	       slice_is(pair->key->text, "sops");
}

static void tell_unknown(const struct frame *frame, const struct pair *pair)
{
	if (is_of_sops(frame, pair))
		report_unknown_hinted(frame, pair,
		    SLICE("the object is encrypted and was not checked: run "
			  "sops --decrypt first"));
	else
		report_unknown(frame, pair);
}

/* Of what has none of its type's fields a rule may tell in one sentence. */
static void hold_unknown(const struct frame *frame)
{
	const struct type *type = frame->type;
	const struct node *node = frame->node;

	if (type->is_open || (type->is_whole && !frame->seen))
		return;
	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];

		if (pair->key->kind != NODE_SCALAR ||
		    !schema_field(type, pair->key->text))
			tell_unknown(frame, pair);
	}
}

/* Recursion is bounded: a tree is no deeper than its limits. */
static void hold_type(struct walk *walk, const struct frame *above,
    const struct type *type, const struct node *node)
{
	const struct node *given[FIELDS_MAX];
	struct frame frame = {walk, above, type, node, given, 0};
	bool has_unknown = false;

	memset(given, 0, type->nfields * sizeof(*given));

	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		const struct field *field =
		    pair->key->kind == NODE_SCALAR
			? schema_field(type, pair->key->text)
			: NULL;

		if (!field) {
			has_unknown = true;
		} else if (is_given(pair->value)) {
			given[field - type_fields(type)] = pair->value;
			frame.seen |= UINT64_C(1)
				      << (field - type_fields(type));
		}
	}
	if (has_unknown)
		hold_unknown(&frame);
	if (!above && is_encrypted(node))
		return;
	for (uint64_t left = frame.seen; left; left &= left - 1) {
		size_t i = lowest_bit(left);

		hold_field(&frame, &type_fields(type)[i], given[i]);
	}
	hold_required(&frame);
	hold_conditions(&frame);
	hold_lists(&frame);
}

void schema_hold(const struct kind *kind, struct minors minors,
    const struct node *object, const struct refusal_sink *sink)
{
	struct walk walk = {
	    .kind = kind,
	    .object = object,
	    .minors = minors,
	    .sink = sink,
	};

	if (object->kind == NODE_MAPPING)
		hold_type(&walk, NULL, &schema_types[kind->type], object);
	map_release(&walk.told);
	arena_release(&walk.arena);
	buf_release(&walk.text);
	buf_release(&walk.hint);
}
