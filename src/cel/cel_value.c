/*
 * Values: made from nodes, compared, looked up.
 *
 * Numbers are compared by what they are worth, never by way of rounding: the
 * int 9007199254740993 is not the double 9007199254740992.0.
 */
#include "cel/cel_value.h"

#include <math.h>
#include <string.h>

struct cel_type cel_type_element(struct cel_type type)
{
	if (type.kind != CEL_LIST && type.kind != CEL_MAP)
		return cel_type_of(CEL_DYN);
	if (type.element == CEL_OBJECT)
		return (struct cel_type){CEL_OBJECT, CEL_DYN, type.class};
	return cel_type_of(type.element == CEL_ERROR ? CEL_DYN : type.element);
}

struct cel_type cel_type_join(struct cel_type a, struct cel_type b)
{
	struct cel_type inner_a = cel_type_element(a);
	struct cel_type inner_b = cel_type_element(b);

	if (a.kind != b.kind)
		return cel_type_of(CEL_DYN);
	if (a.kind == CEL_OBJECT && a.class != b.class)
		return cel_type_of(CEL_DYN);
	if (inner_a.kind != inner_b.kind || inner_a.class != inner_b.class)
		return cel_type_of(a.kind);
	return a;
}

int cel_class_field(const struct cel_class *class, struct slice name)
{
	size_t i;

	for (i = 0; i < class->nfields; i++) {
		if (slice_is(name, class->fields[i].name))
			return (int)i;
	}
	return -1;
}

struct cel_value cel_error(struct arena *arena, const char *format, ...)
{
	struct cel_value error = {.kind = CEL_ERROR};
	struct buf buf = {0};
	va_list args;

	va_start(args, format);
	buf_vprintf(&buf, format, args);
	va_end(args);
	error.text = slice_copy(arena, buf_slice(&buf));
	buf_release(&buf);
	return error;
}

static struct cel_value from_scalar(const struct node *node)
{
	struct scalar scalar = scalar_of(node);

	switch (scalar.type) {
	case SCALAR_NULL: return (struct cel_value){.kind = CEL_NULL};
	case SCALAR_BOOL: return cel_bool(scalar.boolean);
	case SCALAR_INT: return cel_int(scalar.integer);
	case SCALAR_DOUBLE: return cel_double(scalar.real);
	case SCALAR_STRING: return cel_string(scalar.text);
	}
	BUG("a scalar of no type");
}

static struct cel_value from_sequence(
    struct arena *arena, const struct origin *origin, const struct node *node)
{
	struct cel_value *items = arena_array(arena, node->n, sizeof(*items));
	struct cel_list *list = arena_alloc(arena, sizeof(*list));
	size_t i;

	for (i = 0; i < node->n; i++)
		items[i] = cel_from_node(arena, origin, node->items[i]);
	*list = (struct cel_list){.n = node->n, .items = items};
	return (struct cel_value){.kind = CEL_LIST, .list = list};
}

/* Keys are strings whatever they look like, as in Kubernetes' JSON; a key
 * that is no scalar has no name there and is left out. */
static bool is_named(const struct pair *pair)
{
	return pair->key->kind == NODE_SCALAR;
}

static struct cel_value from_mapping(
    struct arena *arena, const struct origin *origin, const struct node *node)
{
	struct cel_map *map = arena_alloc(arena, sizeof(*map));

	map->node = node;
	map->origin = origin;
	map->arena = arena;
	for (size_t i = 0; i < node->n; i++)
		map->n += is_named(&node->pairs[i]);
	return (struct cel_value){.kind = CEL_MAP, .map = map};
}

/* Recursion ends where document_load() limits depth. */
struct cel_value cel_from_node(
    struct arena *arena, const struct origin *origin, const struct node *node)
{
	struct cel_value value = {.kind = CEL_NULL};

	if (!node)
		return value;
	switch (node->kind) {
	case NODE_SCALAR: value = from_scalar(node); break;
	case NODE_SEQUENCE: value = from_sequence(arena, origin, node); break;
	case NODE_MAPPING: value = from_mapping(arena, origin, node); break;
	}
	value.place = (struct place){origin, node->span};
	return value;
}

static bool is_number(struct cel_value value)
{
	return value.kind == CEL_INT || value.kind == CEL_DOUBLE;
}

static int sign_of(bool above, bool below)
{
	return above - below;
}

/* Exact: the double is split into a whole int64 and what is left over. */
static int order_int_double(int64_t a, double b)
{
	int64_t whole;

	if (b >= 0x1p63)
		return -1;
	if (b < -0x1p63)
		return 1;
	whole = (int64_t)b;
	if (a != whole)
		return sign_of(a > whole, a < whole);
	return sign_of(b<(double)whole, b>(double) whole);
}

static bool order_numbers(
    struct cel_value a, struct cel_value b, int *ret_order)
{
	if ((a.kind == CEL_DOUBLE && isnan(a.real)) ||
	    (b.kind == CEL_DOUBLE && isnan(b.real)))
		return false;
	if (a.kind == CEL_INT && b.kind == CEL_INT)
		*ret_order =
		    sign_of(a.integer > b.integer, a.integer < b.integer);
	else if (a.kind == CEL_INT)
		*ret_order = order_int_double(a.integer, b.real);
	else if (b.kind == CEL_INT)
		*ret_order = -order_int_double(b.integer, a.real);
	else
		*ret_order = sign_of(a.real > b.real, a.real < b.real);
	return true;
}

bool cel_order(struct cel_value a, struct cel_value b, int *ret_order)
{
	if (is_number(a) && is_number(b))
		return order_numbers(a, b, ret_order);
	if (a.kind != b.kind)
		return false;
	if (a.kind == CEL_STRING)
		*ret_order = slice_cmp(a.text, b.text);
	else if (a.kind == CEL_BOOL)
		*ret_order = sign_of(a.boolean, b.boolean);
	else
		return false;
	return true;
}

bool cel_steps_take(uint64_t *steps, uint64_t price)
{
	bool is_enough = price <= *steps;

	*steps = is_enough ? *steps - price : 0;
	return is_enough;
}

static bool lists_equal(
    const struct cel_list *a, const struct cel_list *b, uint64_t *steps)
{
	size_t i;

	if (a->n != b->n)
		return false;
	for (i = 0; i < a->n; i++) {
		if (!cel_equal_within(a->items[i], b->items[i], steps))
			return false;
	}
	return true;
}

static bool maps_equal(
    const struct cel_map *a, const struct cel_map *b, uint64_t *steps)
{
	const struct cel_map *whole = cel_map_whole(a);

	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < whole->n; i++) {
		const struct cel_value *other;

		if (!cel_steps_take(steps, b->n / CEL_KEYS_A_STEP))
			return false;
		other = cel_map_find(b, whole->keys[i]);
		if (!other ||
		    !cel_equal_within(whole->values[i], *other, steps))
			return false;
	}
	return true;
}

/* Texts of one length are compared to their end. */
static uint64_t text_price(struct cel_value a, struct cel_value b)
{
	bool are_read = a.kind == CEL_STRING && b.kind == CEL_STRING &&
			a.text.len == b.text.len;

	return are_read ? a.text.len / CEL_BYTES_A_STEP : 0;
}

/* Recursion ends with the depth of the values, which parser and document
 * limit; the work is limited by steps. */
bool cel_equal_within(struct cel_value a, struct cel_value b, uint64_t *steps)
{
	int order;

	if (!cel_steps_take(steps, 1 + text_price(a, b)))
		return false;
	if (a.kind == CEL_STRING && b.kind == CEL_STRING)
		return slice_eq(a.text, b.text);
	if (cel_order(a, b, &order))
		return order == 0;
	if (a.kind != b.kind)
		return false;
	switch (a.kind) {
	case CEL_NULL: return true;
	case CEL_LIST: return lists_equal(a.list, b.list, steps);
	case CEL_MAP: return maps_equal(a.map, b.map, steps);
	case CEL_OBJECT:
		return a.object.class == b.object.class &&
		       a.object.self == b.object.self;
	case CEL_BOOL:
	case CEL_INT:
	case CEL_DOUBLE:
	case CEL_STRING:
	case CEL_ERROR:
	case CEL_UNKNOWN:
	case CEL_DYN: break;
	}
	return false;
}

bool cel_equal(struct cel_value a, struct cel_value b)
{
	uint64_t steps = UINT64_MAX;

	return cel_equal_within(a, b, &steps);
}

const struct cel_map *cel_map_whole(const struct cel_map *map)
{
	/* Made by from_mapping(), for one thread. */
	struct cel_map *whole = (struct cel_map *)(uintptr_t)map;
	struct cel_value *keys, *values;
	size_t n = 0;

	if (!map->node || map->keys)
		return map;
	keys = arena_array(map->arena, map->n, sizeof(*keys));
	values = arena_array(map->arena, map->n, sizeof(*values));
	for (size_t i = 0; i < map->node->n; i++) {
		const struct pair *pair = &map->node->pairs[i];

		if (!is_named(pair))
			continue;
		keys[n] = cel_string(pair->key->text);
		keys[n].place = (struct place){map->origin, pair->key->span};
		values[n++] =
		    cel_from_node(map->arena, map->origin, pair->value);
	}
	whole->keys = keys;
	whole->values = values;
	return whole;
}

/* A value of a mapping that was asked for. */
struct cel_found {
	struct cel_found *next;
	const struct node *node;
	struct cel_value value;
};

static const struct cel_value *add_found(
    const struct cel_map *map, const struct node *node)
{
	/* Made by from_mapping(), for one thread. */
	struct cel_map *made = (struct cel_map *)(uintptr_t)map;
	struct cel_found *found = arena_alloc(map->arena, sizeof(*found));

	found->next = map->found;
	found->node = node;
	found->value = cel_from_node(map->arena, map->origin, node);
	made->found = found;
	return &found->value;
}

/* Of a mapping of which not all has been asked for. */
static const struct cel_value *find_in_mapping(
    const struct cel_map *map, struct cel_value key)
{
	const struct node *node =
	    key.kind == CEL_STRING ? node_get_key(map->node, key.text) : NULL;
	const struct cel_found *found = map->found;

	if (!node)
		return NULL;
	while (found && found->node != node)
		found = found->next;
	return found ? &found->value : add_found(map, node);
}

const struct cel_value *cel_map_find(
    const struct cel_map *map, struct cel_value key)
{
	int order;
	size_t i;

	if (map->node && !map->keys)
		return find_in_mapping(map, key);
	for (i = 0; i < map->n; i++) {
		if (cel_order(map->keys[i], key, &order) && order == 0)
			return &map->values[i];
	}
	return NULL;
}
