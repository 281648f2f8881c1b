/* x-kubernetes-validations -> what their rules refuse, as far as our CEL can
 * tell (pkg/apiserver/schema/cel of apiextensions-apiserver).
 *
 * What CEL sees is typed by the schema: a number is a double, keys that are no
 * names are escaped, what the schema does not describe is not there.  Times,
 * durations and bytes have types that this CEL has not, and nulls differ: what
 * depends on them is unknown. */
#include "custom/hold_datum.h"

#include "custom/hold_own.h"

#include <stdlib.h>
#include <string.h>

/* Longer messages are cut. */
#define MESSAGE_MAX 240

struct conversion {
	struct arena *arena;
	const struct node *object; /* the whole one */
	bool has_unknown;	   /* some value is */
	bool has_free;		   /* some list may be in any order */
	bool is_sorted;		   /* and is by what tells items apart */
};

static struct cel_value convert(
    struct conversion *conversion, const struct datum *datum);

static struct cel_value unknown(struct conversion *conversion)
{
	conversion->has_unknown = true;
	return (struct cel_value){.kind = CEL_UNKNOWN};
}

static struct cel_value convert_text(struct conversion *conversion,
    const struct structural *schema, struct slice text)
{
	if (schema && schema->format && schema->format->is_typed)
		return unknown(conversion);
	return cel_string(text);
}

static struct cel_value convert_scalar(struct conversion *conversion,
    const struct structural *schema, const struct node *node)
{
	struct scalar scalar = scalar_as_sent(node);
	uint8_t types = schema ? schema->types : 0;

	switch (scalar.type) {
	case SCALAR_NULL: return unknown(conversion);
	case SCALAR_BOOL: return cel_bool(scalar.boolean);
	case SCALAR_INT:
		return types & JSON_NUMBER ? cel_double((double)scalar.integer)
					   : cel_int(scalar.integer);
	case SCALAR_DOUBLE:
		return types & JSON_INTEGER ? cel_int((int64_t)scalar.real)
					    : cel_double(scalar.real);
	case SCALAR_STRING: break;
	}
	return convert_text(conversion, schema, scalar.text);
}

struct keyed {
	struct slice key;
	const struct datum *item;
};

static int compare_keyed(const void *left, const void *right)
{
	const struct keyed *one = left, *other = right;

	return slice_cmp(one->key, other->key);
}

/* The items of a list by what tells them apart. */
static const struct keyed *sorted_items(
    struct arena *arena, const struct datum *list)
{
	struct keyed *items = arena_array(arena, list->n, sizeof(*items));
	struct buf key = {0};

	for (uint32_t i = 0; i < list->n; i++) {
		buf_clear(&key);
		add_item_key(&key, list->schema, &list->items[i]);
		items[i] = (struct keyed){
		    slice_copy(arena, buf_slice(&key)), &list->items[i]};
	}
	qsort(items, list->n, sizeof(*items), compare_keyed);
	buf_release(&key);
	return items;
}

/* To CEL, lists whose items are told apart are equal in any order. */
static bool is_free(const struct datum *list)
{
	return list->n > 1 && list->schema &&
	       list->schema->list_type != LIST_ATOMIC;
}

static struct cel_value convert_list(
    struct conversion *conversion, const struct datum *datum)
{
	struct cel_list *list = arena_alloc(conversion->arena, sizeof(*list));
	struct cel_value *items =
	    arena_array(conversion->arena, datum->n, sizeof(*items));
	const struct keyed *sorted =
	    conversion->is_sorted && is_free(datum)
		? sorted_items(conversion->arena, datum)
		: NULL;

	conversion->has_free |= is_free(datum);
	for (uint32_t i = 0; i < datum->n; i++)
		items[i] = convert(
		    conversion, sorted ? sorted[i].item : &datum->items[i]);
	*list = (struct cel_list){.n = datum->n, .items = items};
	return (struct cel_value){.kind = CEL_LIST, .list = list};
}

/* Words of CEL, which fields of that name have "__" around. */
static bool is_reserved(struct slice name)
{
	static const char *const words[] = {"as", "break", "const", "continue",
	    "else", "false", "for", "function", "if", "import", "in", "let",
	    "loop", "namespace", "null", "package", "return", "true", "var",
	    "void", "while"};

	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(name, words[i]))
			return true;
	}
	return false;
}

/* Escape() of apiserver's cel: "a-b" is a__dash__b. */
static struct slice escaped(struct arena *arena, struct slice name)
{
	struct buf buf = {0};
	struct slice kept;

	if (is_reserved(name)) {
		buf_printf(&buf, "__%.*s__", SLICE_ARGS(name));
		kept = slice_copy(arena, buf_slice(&buf));
		buf_release(&buf);
		return kept;
	}
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		if (c == '_' && i + 1 < name.len && name.ptr[i + 1] == '_') {
			buf_add_text(&buf, "__underscores__");
			i++;
		} else if (c == '.') {
			buf_add_text(&buf, "__dot__");
		} else if (c == '-') {
			buf_add_text(&buf, "__dash__");
		} else if (c == '/') {
			buf_add_text(&buf, "__slash__");
		} else {
			buf_add_char(&buf, c);
		}
	}
	kept = slice_copy(arena, buf_slice(&buf));
	buf_release(&buf);
	return kept;
}

/* Of the object and of objects in it, what CEL sees without any schema. */
static bool is_type_name(struct slice name)
{
	return slice_is(name, "apiVersion") || slice_is(name, "kind");
}

static const struct structural text_schema = {.types = JSON_STRING};
static const struct property meta_properties[] = {
    {{"generateName", 12}, &text_schema}, {{"name", 4}, &text_schema}};
static const struct structural meta_schema = {
    .types = JSON_OBJECT,
    .properties = meta_properties,
    .nproperties = 2,
};

/* name and generateName. */
static struct cel_value convert_meta(
    struct conversion *conversion, const struct datum *datum)
{
	struct member members[2];
	struct datum seen = {
	    .node = datum->node,
	    .schema = &meta_schema,
	    .members = members,
	};

	for (uint32_t i = 0; datum->node->kind == NODE_MAPPING && i < datum->n;
	     i++) {
		const struct member *member = &datum->members[i];

		if (seen.n == COUNT_OF(members) ||
		    !structural_property(&meta_schema, member->name))
			continue;
		members[seen.n] = *member;
		members[seen.n].is_property = true;
		members[seen.n++].value.schema = &text_schema;
	}
	return datum->node->kind == NODE_MAPPING ? convert(conversion, &seen)
						 : unknown(conversion);
}

static bool is_object(
    const struct conversion *conversion, const struct datum *datum)
{
	return datum->node == conversion->object ||
	       (datum->schema && datum->schema->embedded);
}

static struct cel_value convert_mapping(
    struct conversion *conversion, const struct datum *datum)
{
	struct arena *arena = conversion->arena;
	struct cel_map *map = arena_alloc(arena, sizeof(*map));
	struct cel_value *keys = arena_array(arena, datum->n, sizeof(*keys));
	struct cel_value *values =
	    arena_array(arena, datum->n, sizeof(*values));
	bool is_whole = is_object(conversion, datum);
	size_t n = 0;

	for (uint32_t i = 0; i < datum->n; i++) {
		const struct member *member = &datum->members[i];

		if (is_whole && slice_is(member->name, "metadata"))
			values[n] = convert_meta(conversion, &member->value);
		else if (member->value.schema ||
			 (is_whole && is_type_name(member->name)))
			values[n] = convert(conversion, &member->value);
		else
			continue;
		keys[n++] = cel_string(member->is_property
					   ? escaped(arena, member->name)
					   : member->name);
	}
	*map = (struct cel_map){.n = n, .keys = keys, .values = values};
	return (struct cel_value){.kind = CEL_MAP, .map = map};
}

/* Recursion ends with the depth of the object. */
static struct cel_value convert(
    struct conversion *conversion, const struct datum *datum)
{
	switch (datum->node->kind) {
	case NODE_SEQUENCE: return convert_list(conversion, datum);
	case NODE_MAPPING: return convert_mapping(conversion, datum);
	case NODE_SCALAR: break;
	}
	return convert_scalar(conversion, datum->schema, datum->node);
}

/* The part of a fieldPath from at on: ".name", "['name']"; false at the end,
 * or where it is none. */
static bool take_step(struct slice path, size_t *at, struct slice *ret_name)
{
	size_t start;
	char quote;

	if (*at >= path.len)
		return false;
	if (path.ptr[*at] == '.') {
		start = ++*at;
		while (*at < path.len && !strchr(".[", path.ptr[*at]))
			++*at;
		*ret_name = (struct slice){path.ptr + start, *at - start};
		return true;
	}
	if (path.len - *at < 4 || path.ptr[*at] != '[')
		return false;
	quote = path.ptr[*at + 1];
	start = *at + 2;
	for (*at = start; *at < path.len && path.ptr[*at] != quote;)
		++*at;
	*ret_name = (struct slice){path.ptr + start, *at - start};
	*at += 2;
	return true;
}

/* What the rule's fieldPath leads to, as far as it is there. */
static const struct datum *datum_at(
    const struct datum *datum, struct slice path)
{
	const struct datum *next = datum;
	struct slice name;
	size_t at = 0;

	while (next && take_step(path, &at, &name)) {
		datum = next;
		next = datum_member(datum, name);
	}
	return next ? next : datum;
}

/* On one line, and not endless. */
static void add_message(struct buf *text, struct slice message)
{
	bool is_cut = message.len > MESSAGE_MAX;

	if (is_cut)
		message.len = MESSAGE_MAX;
	message = slice_trim(message);
	for (size_t i = 0; i < message.len; i++)
		buf_add_char(text,
		    (unsigned char)message.ptr[i] < ' ' ? ' ' : message.ptr[i]);
	buf_add_text(text, is_cut ? "..." : "");
}

static void add_words(struct buf *text, const struct validation *validation,
    const struct cel_value *values, struct arena *arena)
{
	struct cel_value words = {.kind = CEL_UNKNOWN};

	if (validation->words)
		words = cel_eval(validation->words, values, NULL, arena);
	if (words.kind == CEL_STRING && slice_trim(words.text).len)
		add_message(text, words.text);
	else if (validation->message.len)
		add_message(text, validation->message);
	else
		add_message(text, validation->rule);
}

static void tell_broken(struct custom_walk *walk, const struct datum *datum,
    const struct validation *validation, const struct cel_value *values,
    struct slice error)
{
	const struct datum *at = datum_at(datum, validation->field_path);
	struct frame frame = frame_of(walk, at);
	struct buf text = {0};

	if (walk->before)
		walk->before = datum_at(walk->before, validation->field_path);
	buf_add_text(&text, "breaks a rule of its schema: ");
	add_words(&text, validation, values, &walk->walk.arena);
	if (error.len) {
		buf_add_text(&text, " (");
		buf_add_slice(&text, error);
		buf_add_char(&text, ')');
	}
	report_rule(&frame, at->at, validation->rule.ptr, &text);
	buf_release(&text);
}

static void tell_undecided(struct custom_walk *walk,
    const struct validation *validation, struct slice why)
{
	struct buf text = {0};

	buf_add_text(&text, "the rule '");
	add_message(&text, validation->rule);
	buf_printf(
	    &text, "' (%s:%u)", walk->kind->origin->name, validation->line);
	if (why.len)
		buf_printf(&text, ": %.*s", SLICE_ARGS(why));
	else
		buf_add_text(&text,
		    ": times, durations, bytes and nulls are not known "
		    "here");
	walk->sink->gap(walk->sink->context, validation, buf_text(&text));
	buf_release(&text);
}

/* Self and what it was; none without a before. */
static void convert_both(struct custom_walk *walk,
    struct conversion *conversion, const struct datum *datum,
    const struct datum *before, struct cel_value values[2])
{
	values[0] = convert(conversion, datum);
	values[1] = cel_none();
	if (!before)
		return;
	conversion->object = walk->earlier;
	values[1] = convert(conversion, before);
}

/* Whether a change that breaks a rule as lists are written keeps it when those
 * that are equal in any order are in one. */
static bool keeps_in_order(struct custom_walk *walk, const struct datum *datum,
    const struct validation *validation, const struct conversion *conversion)
{
	struct conversion sorting = {
	    .arena = conversion->arena,
	    .object = walk->object,
	    .is_sorted = true,
	};
	struct cel_value values[2], result;

	if (!conversion->has_free || !walk->before)
		return false;
	convert_both(walk, &sorting, datum, walk->before, values);
	result = cel_eval_within(
	    &walk->steps, validation->program, values, NULL, conversion->arena);
	return !walk->steps || (result.kind == CEL_BOOL && result.boolean);
}

/* The API server refuses the object for what a rule cannot get, too; of other
 * errors it is not certain that they are its own, nor of a change whether the
 * cluster has filled in what is not there. */
static void hold_validation(struct custom_walk *walk, const struct datum *datum,
    const struct validation *validation, const struct conversion *conversion,
    const struct cel_value *values)
{
	struct cel_value result = cel_eval_within(
	    &walk->steps, validation->program, values, NULL, conversion->arena);
	bool is_known = !conversion->has_unknown;
	bool is_broken = result.kind == CEL_BOOL && !result.boolean;
	bool lacks_key = result.kind == CEL_ERROR && !walk->before &&
			 slice_starts(result.text, SLICE("no such key: "));

	/* That the object takes too many steps is said of all of it. */
	if (!walk->steps || (result.kind == CEL_BOOL && result.boolean))
		return;
	if (is_broken && keeps_in_order(walk, datum, validation, conversion))
		return;
	if (is_known && (is_broken || lacks_key))
		tell_broken(walk, datum, validation, values,
		    lacks_key ? result.text : (struct slice){"", 0});
	else
		tell_undecided(walk, validation,
		    result.kind == CEL_ERROR ? result.text
					     : (struct slice){"", 0});
}

/* Whether a rule has something to say of a new value, or of a change. */
static bool is_asked(const struct validation *validation, bool is_change)
{
	return is_change ? validation->is_transition || validation->asks_old
			 : !validation->is_transition;
}

/* A rule about changes that is not understood was passed over until now. */
static void hold_rule(struct custom_walk *walk, const struct datum *datum,
    const struct validation *validation, const struct conversion *conversion,
    const struct cel_value *values)
{
	if (validation->program)
		hold_validation(walk, datum, validation, conversion, values);
	else if (validation->is_transition)
		tell_undecided(walk, validation, slice_of(validation->problem));
}

void hold_own_rules(struct custom_walk *walk, const struct datum *datum,
    const struct datum *before)
{
	const struct structural *schema = datum->schema;
	struct arena arena = {0};
	struct conversion conversion = {
	    .arena = &arena, .object = walk->object};
	struct cel_value values[2];

	if (!schema->nvalidations || node_is_null(datum->node) ||
	    (before && node_is_null(before->node)) ||
	    !cel_steps_take(&walk->steps, count_values(datum->node)))
		return;
	convert_both(walk, &conversion, datum, before, values);
	for (size_t i = 0; i < schema->nvalidations; i++) {
		const struct validation *validation = &schema->validations[i];

		walk->before = before;
		if (is_asked(validation, before != NULL))
			hold_rule(walk, datum, validation, &conversion, values);
	}
	arena_release(&arena);
}

/* Recursion ends with the depth of the object. */
void hold_validations(struct custom_walk *walk, const struct datum *datum)
{
	if (!datum->schema || datum->is_default)
		return;
	hold_own_rules(walk, datum, NULL);
	if (datum->node->kind == NODE_SCALAR)
		return;
	for (uint32_t i = 0; i < datum->n; i++)
		hold_validations(walk, datum_inner(datum, i));
}
