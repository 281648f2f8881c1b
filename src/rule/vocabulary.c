/*
 * Classes of the rule language from the rows of fields.h.
 *
 * Each row becomes a field of its entity's class and a getter; the macros
 * below are all there is between a row and an expression that names it.
 */
#include "rule/vocabulary.h"

#include "base/nearest.h"
#include "fact/apply/apply.h"
#include "fact/attach/attach.h"
#include "fact/called/called.h"
#include "fact/change/change.h"
#include "fact/computed.h"
#include "fact/command/command.h"
#include "fact/config/configuration.h"
#include "fact/contract/contract_facts.h"
#include "fact/cut/cut.h"
#include "fact/cut/entrances.h"
#include "fact/drain/drain.h"
#include "fact/entity.h"
#include "fact/evidence/proof.h"
#include "fact/hook/hook.h"
#include "fact/network/network.h"
#include "fact/overlap/overlap.h"
#include "fact/pod/pod.h"
#include "fact/refusal/refusal.h"
#include "fact/rollout/rollout.h"
#include "fact/scale/scale.h"
#include "fact/service/backends.h"
#include "fact/service/ingress.h"
#include "fact/service/service.h"
#include "fact/service/subsets.h"
#include "fact/taken/taken.h"
#include "fact/update/update.h"
#include "fact/warmup/warmup.h"

#include <stdlib.h>
#include <string.h>

/* Where a field comes from, and what is said where it is absent. */
struct source {
	struct fact (*get)(const struct release *, const void *);
	struct slice absent;
};

/* One getter a row. */
#define GETTER_STORED(entity, field, type, unit, meaning)      \
	static struct fact get_##entity##_##field(             \
	    const struct release *release, const void *self)   \
	{                                                      \
		(void)release;                                 \
		return ((const STRUCT_##entity *)self)->field; \
	}
#define GETTER_COMPUTED(entity, field, type, unit, meaning)    \
	static struct fact get_##entity##_##field(             \
	    const struct release *release, const void *self)   \
	{                                                      \
		return fact_##entity##_##field(release, self); \
	}
#define GETTERS(entity, fields, meaning) fields(GETTER_STORED, GETTER_COMPUTED)
ENTITIES(GETTERS)

/* Fields may be of any class: all are declared first. */
#define CLASS(entity) class_##entity
#define DECLARE_CLASS(entity, fields, meaning) \
	static const struct cel_class CLASS(entity);
ENTITIES(DECLARE_CLASS)

#define TYPE_INT                \
	{                       \
		.kind = CEL_INT \
	}
#define TYPE_BOOL                \
	{                        \
		.kind = CEL_BOOL \
	}
#define TYPE_TEXT                  \
	{                          \
		.kind = CEL_STRING \
	}
#define TYPE_TEXTS                                      \
	{                                               \
		.kind = CEL_LIST, .element = CEL_STRING \
	}
#define TYPE_LABELS                                    \
	{                                              \
		.kind = CEL_MAP, .element = CEL_STRING \
	}
#define TYPE_RAW                \
	{                       \
		.kind = CEL_DYN \
	}
#define TYPE_ONE(entity)                                    \
	{                                                   \
		.kind = CEL_OBJECT, .class = &CLASS(entity) \
	}
#define TYPE_MANY(entity)                                \
	{                                                \
		.kind = CEL_LIST, .element = CEL_OBJECT, \
		.class = &CLASS(entity)                  \
	}

/* The fields of a class and, beside them, their getters. */
#define FIELD_ROW(entity, field, type, unit, meaning) \
	{#field, TYPE_##type, unit, meaning},
/* What every has() of a field that is not there gives, and nobody reads then.
 */
#define GETTER_ROW(entity, field, type, unit, meaning) \
	{get_##entity##_##field,                       \
	    {"this " #entity " has no " #field,        \
		sizeof("this " #entity " has no " #field) - 1}},
#define TABLES(entity, fields, meaning)                        \
	static const struct cel_field fields_of_##entity[] = { \
	    fields(FIELD_ROW, FIELD_ROW)};                     \
	static const struct source sources_of_##entity[] = {   \
	    fields(GETTER_ROW, GETTER_ROW)};
ENTITIES(TABLES)

static struct cel_value object_value(
    const struct cel_class *class, const void *entity)
{
	return (struct cel_value){
	    .kind = CEL_OBJECT,
	    .place = class->place(entity),
	    .object = {class, entity},
	};
}

/* Lists from that length on are made once: many entities share them, and
 * making one costs its length. */
#define LONG_LIST 16

struct long_list {
	struct {
		const void *const *items;
		size_t n;
		const struct cel_class *class;
	} made_of; /* its bytes are the key */
	struct cel_list list;
};

static struct slice key_of_list(const struct long_list *list)
{
	return (struct slice){
	    (const char *)&list->made_of, sizeof(list->made_of)};
}

static void make_list(struct arena *arena, const struct cel_class *class,
    const struct entity_list *from, struct cel_list *list)
{
	struct cel_value *items = arena_array(arena, from->n, sizeof(*items));

	for (size_t i = 0; i < from->n; i++)
		items[i] = object_value(class, from->items[i]);
	*list = (struct cel_list){.n = from->n, .items = items};
}

static const struct cel_list *long_list(struct context *context,
    const struct cel_class *class, const struct entity_list *from)
{
	struct long_list asked = {.made_of = {from->items, from->n, class}};
	struct long_list *list =
	    map_find(&context->long_lists, key_of_list(&asked));

	if (list)
		return &list->list;
	list = arena_alloc(&context->kept, sizeof(*list));
	list->made_of = asked.made_of;
	make_list(&context->kept, class, from, &list->list);
	list->list.is_kept = true;
	*map_slot(&context->long_lists, key_of_list(list)) = list;
	return &list->list;
}

/* The lists of a release are const, and stay as long as it does. */
static void list_value(const struct context *context, struct arena *arena,
    const struct cel_class *class, const struct entity_list *from,
    struct cel_value *ret_value)
{
	struct cel_list *list;

	ret_value->kind = CEL_LIST;
	if (from->n >= LONG_LIST) {
		ret_value->list = long_list(
		    (struct context *)(uintptr_t)context, class, from);
		return;
	}
	list = arena_alloc(arena, sizeof(*list));
	make_list(arena, class, from, list);
	ret_value->list = list;
}

static struct cel_value text_value(const char *text)
{
	return (struct cel_value){.kind = CEL_STRING, .text = slice_of(text)};
}

static void texts_value(struct arena *arena, const struct text_list *from,
    struct cel_value *ret_value)
{
	struct cel_list *list = arena_alloc(arena, sizeof(*list));
	struct cel_value *items = arena_array(arena, from->n, sizeof(*items));

	for (size_t i = 0; i < from->n; i++)
		items[i] = text_value(from->items[i]);
	*list = (struct cel_list){.n = from->n, .items = items};
	ret_value->kind = CEL_LIST;
	ret_value->list = list;
}

static void labels_value(struct arena *arena, const struct label_list *from,
    struct cel_value *ret_value)
{
	struct cel_map *map = arena_alloc(arena, sizeof(*map));
	struct cel_value *keys = arena_array(arena, from->n, sizeof(*keys));
	struct cel_value *values = arena_array(arena, from->n, sizeof(*values));

	for (size_t i = 0; i < from->n; i++) {
		keys[i] = text_value(from->items[i].key);
		values[i] = text_value(from->items[i].value);
	}
	*map = (struct cel_map){.n = from->n, .keys = keys, .values = values};
	ret_value->kind = CEL_MAP;
	ret_value->map = map;
}

/* A fact's value as one of the field's type; its place is set already. */
static void convert(const struct context *context, struct arena *arena,
    const struct cel_type *type, const struct fact *fact,
    struct cel_value *ret_value)
{
	ret_value->kind = type->kind;
	switch (type->kind) {
	case CEL_INT: ret_value->integer = fact->integer; return;
	case CEL_BOOL: ret_value->boolean = fact->boolean; return;
	case CEL_STRING: ret_value->text = slice_of(fact->text); return;
	case CEL_OBJECT:
		*ret_value = object_value(type->class, fact->entity);
		return;
	case CEL_LIST:
		if (type->element == CEL_STRING)
			texts_value(arena, fact->texts, ret_value);
		else
			list_value(
			    context, arena, type->class, fact->list, ret_value);
		return;
	case CEL_MAP: labels_value(arena, fact->labels, ret_value); return;
	case CEL_ERROR:
	case CEL_UNKNOWN:
	case CEL_NULL:
	case CEL_DOUBLE:
	case CEL_DYN: break;
	}
	BUG("a field of a type that no row has");
}

/* The release that an entity is of. */
static const struct release *release_of(
    const struct release *release, enum entity_kind kind, const void *self)
{
	const struct manifest *manifest;

	if (!release || !release->previous)
		return release;
	manifest = entity_manifest(kind, self);
	return manifest && manifest->origin->role == ORIGIN_PREVIOUS
		   ? release->previous
		   : release;
}

struct raw_value {
	const struct node *node; /* its bytes are the key */
	struct cel_value value;
};

/* Made once for all that is asked of an entity: a macro asks as often as it has
 * items. */
static struct cel_value raw_value(const struct context *context,
    struct arena *arena, const struct origin *origin, const struct node *node)
{
	struct map *raws = (struct map *)(uintptr_t)&context->raws;
	struct raw_value *raw = map_find(raws, map_address_key(&node));

	if (raw)
		return raw->value;
	raw = arena_alloc(arena, sizeof(*raw));
	raw->node = node;
	raw->value = cel_from_node(arena, origin, node);
	*map_slot(raws, map_address_key(&raw->node)) = raw;
	return raw->value;
}

/* What every class's get() does, with the class's own tables. */
static bool get_field(const struct context *context, enum entity_kind kind,
    const void *self, const struct cel_type *type, const struct source *source,
    struct arena *arena, struct cel_value *ret_value)
{
	struct fact fact =
	    source->get(release_of(context->release, kind, self), self);

	*ret_value = (struct cel_value){0};
	if (fact.state != FACT_UNKNOWN && !fact.has_value) {
		ret_value->text = source->absent; /* of a CEL_ERROR */
		return false;
	}
	/* What the release gives is kept, for all who ask. */
	if (!context->is_asking || kind == ENTITY_release)
		ret_value->place =
		    fact_place(context->release, kind, self, fact);
	if (fact.state == FACT_UNKNOWN)
		ret_value->kind = CEL_UNKNOWN;
	else if (type->kind == CEL_DYN)
		*ret_value = raw_value(context, arena,
		    entity_manifest(kind, self)->origin, fact.entity);
	else
		convert(context, arena, type, &fact, ret_value);
	return fact.state == FACT_KNOWN;
}

/* What every class's ask() does: as get_field(), for who needs no value. */
static bool ask_field(const struct context *context, enum entity_kind kind,
    const void *self, const struct source *source, bool is_bool, bool has,
    bool *ret_holds)
{
	struct fact fact;

	if (!has && !is_bool)
		return false;
	fact = source->get(release_of(context->release, kind, self), self);
	if (fact.state == FACT_UNKNOWN || (!has && !fact.has_value))
		return false;
	*ret_holds = has ? fact.state == FACT_KNOWN : fact.boolean;
	return true;
}

/* The lists of the release are long and named often: made once. */
static bool get_release_field(const struct context *context, const void *self,
    size_t field, struct cel_value *ret_value)
{
	struct cel_value *kept = &context->lists[field];
	struct arena *arena = (struct arena *)(uintptr_t)&context->kept;

	if (kept->kind != CEL_ERROR) {
		*ret_value = *kept;
		return true;
	}
	if (!get_field(context, ENTITY_release, self,
		&fields_of_release[field].type, &sources_of_release[field],
		arena, ret_value))
		return false;
	*kept = *ret_value;
	return true;
}

#define CLASS_GET(entity, fields, meaning)                                  \
	static bool get_of_##entity(const void *context, const void *self,  \
	    size_t field, struct arena *arena, struct cel_value *ret_value) \
	{                                                                   \
		if (ENTITY_##entity == ENTITY_release)                      \
			return get_release_field(                           \
			    context, self, field, ret_value);               \
		return get_field(context, ENTITY_##entity, self,            \
		    &fields_of_##entity[field].type,                        \
		    &sources_of_##entity[field], arena, ret_value);         \
	}                                                                   \
	static bool ask_of_##entity(const void *context, const void *self,  \
	    size_t field, bool has, bool *ret_holds)                        \
	{                                                                   \
		return ask_field(context, ENTITY_##entity, self,            \
		    &sources_of_##entity[field],                            \
		    fields_of_##entity[field].type.kind == CEL_BOOL, has,   \
		    ret_holds);                                             \
	}                                                                   \
	static struct place place_of_##entity(const void *self)             \
	{                                                                   \
		return entity_place(ENTITY_##entity, self);                 \
	}                                                                   \
	static void spell_##entity(const void *self, struct buf *buf)       \
	{                                                                   \
		entity_spell(ENTITY_##entity, self, buf);                   \
	}
ENTITIES(CLASS_GET)

#define CLASS_ROW(entity, field_list, sentence)         \
	static const struct cel_class CLASS(entity) = { \
	    .name = #entity,                            \
	    .meaning = sentence,                        \
	    .fields = fields_of_##entity,               \
	    .nfields = COUNT_OF(fields_of_##entity),    \
	    .get = get_of_##entity,                     \
	    .ask = ask_of_##entity,                     \
	    .place = place_of_##entity,                 \
	    .spell = spell_##entity,                    \
	};
ENTITIES(CLASS_ROW)

const struct cel_class *entity_class(enum entity_kind kind)
{
#define CLASS_POINTER(entity, fields, meaning) &CLASS(entity),
	static const struct cel_class *const classes[] = {
	    ENTITIES(CLASS_POINTER)};

	return classes[kind];
}

enum entity_kind entity_of_class(const struct cel_class *class)
{
	for (int kind = 0; kind < ENTITY_MAX; kind++) {
		if (entity_class((enum entity_kind)kind) == class)
			return (enum entity_kind)kind;
	}
	BUG("a class that is no entity's");
}

bool entity_named(
    struct slice name, enum entity_kind *ret_kind, const char **ret_nearest)
{
	const char *names[ENTITY_MAX + 1];

	for (int kind = 0; kind < ENTITY_MAX; kind++)
		names[kind] = entity_class((enum entity_kind)kind)->name;
	names[ON_OBJECT] = "object";
	for (size_t kind = 0; kind < COUNT_OF(names); kind++) {
		if (slice_is(name, names[kind])) {
			*ret_kind = (enum entity_kind)kind;
			return true;
		}
	}
	*ret_nearest = nearest(name, names, COUNT_OF(names));
	return false;
}

static void describe_field(const struct cel_field *field, struct buf *buf)
{
	struct buf type = {0};

	cel_type_spell(field->type, &type);
	buf_printf(buf, "  %-26s %-16s %s%s%s%s\n", field->name,
	    buf_text(&type), field->meaning, *field->unit ? " (" : "",
	    field->unit, *field->unit ? ")" : "");
	buf_release(&type);
}

void entity_describe(enum entity_kind kind, struct buf *buf)
{
	const struct cel_class *class;

	if (kind == ON_OBJECT) {
		buf_add_text(buf,
		    "object: any object of the stream as it is written, in "
		    "rules on object\n");
		return;
	}
	class = entity_class(kind);
	buf_printf(buf, "%s: %s\n", class->name, class->meaning);
	for (size_t i = 0; i < class->nfields; i++)
		describe_field(&class->fields[i], buf);
}

void vocabulary_describe(struct buf *buf)
{
	for (int kind = 0; kind < ENTITY_MAX; kind++) {
		entity_describe((enum entity_kind)kind, buf);
		buf_add_char(buf, '\n');
	}
	entity_describe(ON_OBJECT, buf);
}

static void add_variable(
    struct scope *scope, const char *name, enum entity_kind kind)
{
	size_t n = scope->cel.nvars++;

	scope->kinds[n] = kind;
	scope->vars[n].name = name;
	scope->vars[n].type = (struct cel_type){.kind = CEL_DYN};
	if (kind != ON_OBJECT)
		scope->vars[n].type = (struct cel_type){
		    .kind = CEL_OBJECT, .class = entity_class(kind)};
}

/* Entities that others are part of: "workload" for a container, and so on. */
static const enum entity_kind owners[] = {ENTITY_container, ENTITY_workload};

void scope_init(struct scope *scope, bool visits, enum entity_kind on)
{
	*scope = (struct scope){.visits = visits, .on = on};
	scope->cel.vars = scope->vars;
	if (visits && on == ON_OBJECT)
		add_variable(scope, "object", ON_OBJECT);
	else if (visits)
		add_variable(scope, entity_class(on)->name, on);
	for (size_t i = 0; visits && i < COUNT_OF(owners); i++) {
		const char *name = entity_class(owners[i])->name;

		if (on != ON_OBJECT && owners[i] != on &&
		    cel_class_field(entity_class(on), slice_of(name)) >= 0)
			add_variable(scope, name, owners[i]);
	}
	if (!visits || on != ENTITY_contract)
		add_variable(scope, "contract", ENTITY_contract);
	if (!visits || (on != ON_OBJECT && on != ENTITY_release))
		add_variable(scope, "release", ENTITY_release);
}

void scope_add_params(
    struct scope *scope, const struct cel_class *class, const void *self)
{
	size_t n = scope->cel.nvars++;

	scope->kinds[n] = (enum entity_kind)OF_PARAMS;
	scope->vars[n].name = "params";
	scope->vars[n].type =
	    (struct cel_type){.kind = CEL_OBJECT, .class = class};
	scope->params =
	    (struct cel_value){.kind = CEL_OBJECT, .object = {class, self}};
}

void context_init(struct context *context, const struct release *release,
    const struct profile *profile)
{
	*context = (struct context){
	    .release = release, .profile = profile, .steps = UINT64_MAX};
	context->lists =
	    xcalloc(COUNT_OF(fields_of_release), sizeof(*context->lists));
}

void context_release(struct context *context)
{
	arena_release(&context->arena);
	arena_release(&context->kept);
	cel_patterns_release(&context->patterns);
	cel_answers_release(&context->answers);
	map_release(&context->long_lists);
	map_release(&context->raws);
	free(context->lists);
}

struct cel_value context_eval(struct context *context,
    const struct cel_program *program, const struct cel_value *values)
{
	return cel_eval_with(&context->patterns, &context->answers,
	    &context->steps, program, values, context, &context->arena);
}

struct cel_value context_ask(struct context *context,
    const struct cel_program *program, const struct cel_value *values)
{
	struct cel_value value;

	context->is_asking = true;
	value = context_eval(context, program, values);
	context->is_asking = false;
	return value;
}

void context_forget(struct context *context)
{
	map_release(&context->raws);
	arena_reset(&context->arena);
}

/* The entity of that kind that entity is part of. */
static struct cel_value owner_value(struct context *context,
    enum entity_kind on, const void *entity, enum entity_kind owner)
{
	const struct cel_class *class = entity_class(on);
	int field = cel_class_field(class, slice_of(entity_class(owner)->name));
	struct cel_value value;

	class->get(context, entity, (size_t)field, &context->arena, &value);
	return value;
}

void scope_values(const struct scope *scope, struct context *context,
    const void *entity, struct cel_value *values)
{
	for (size_t i = 0; i < scope->cel.nvars; i++) {
		enum entity_kind kind = scope->kinds[i];

		if (kind == (enum entity_kind)OF_PARAMS)
			values[i] = scope->params;
		else if (scope->visits && kind == scope->on)
			values[i] = object_value(entity_class(kind), entity);
		else if (kind == ENTITY_contract)
			values[i] =
			    object_value(entity_class(kind), context->profile);
		else if (kind == ENTITY_release)
			values[i] =
			    object_value(entity_class(kind), context->release);
		else
			values[i] =
			    owner_value(context, scope->on, entity, kind);
	}
}

void scope_params(const struct scope *scope, struct cel_value *values)
{
	size_t n = scope->cel.nvars;

	if (n && scope->kinds[n - 1] == (enum entity_kind)OF_PARAMS)
		values[n - 1] = scope->params;
}

void scope_object_values(const struct scope *scope, struct context *context,
    struct cel_value object, struct cel_value *values)
{
	for (size_t i = 0; i < scope->cel.nvars; i++) {
		if (scope->kinds[i] == (enum entity_kind)OF_PARAMS)
			values[i] = scope->params;
		else if (scope->kinds[i] == ON_OBJECT)
			values[i] = object;
		else
			values[i] = object_value(
			    entity_class(ENTITY_contract), context->profile);
	}
}
