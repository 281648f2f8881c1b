/*
 * The functions of templates that conditions are written with: Go's own and
 * those that Helm takes from Sprig.
 */
#include "helm/functions.h"

#include "helm/to_json.h"

#include <stdlib.h>

struct call {
	const struct pipeline_context *context;
	const struct known *arguments;
	size_t n;
};

static struct known known_truth(bool truth)
{
	return (struct known){NULL, tri_of(truth)};
}

static struct known known_bool(const struct call *call, bool truth)
{
	return known_value(value_scalar(call->context->arena, VALUE_BOOL,
	    truth ? SLICE("true") : SLICE("false")));
}

static struct known known_tri(const struct call *call, enum tri truth)
{
	return truth == TRI_UNKNOWN ? UNKNOWN
				    : known_bool(call, truth == TRI_YES);
}

static struct known known_text(const struct call *call, struct slice text)
{
	return known_value(
	    value_scalar(call->context->arena, VALUE_STRING, text));
}

static const struct value *argument(const struct call *call, size_t i)
{
	return call->arguments[i].value;
}

static bool argument_is(const struct call *call, size_t i, enum value_kind kind)
{
	return argument(call, i) && argument(call, i)->kind == kind;
}

static struct known last(const struct call *call)
{
	return call->arguments[call->n - 1];
}

static double number_of(const struct call *call, const struct value *value)
{
	return strtod(
	    arena_printf(call->context->arena, "%.*s", SLICE_ARGS(value->text)),
	    NULL);
}

static struct known call_not(const struct call *call)
{
	return known_tri(call, tri_not(call->arguments[0].truth));
}

/* The first argument of that truth, else the last.  One that is not known may
 * be the first: then the truth is certain, the value is not. */
static struct known first_of_truth(const struct call *call, bool truth)
{
	bool any_unknown = false;

	for (size_t i = 0; i < call->n; i++) {
		const struct known *known = &call->arguments[i];

		if (known->truth == tri_of(truth))
			return any_unknown ? known_truth(truth) : *known;
		any_unknown |= known->truth == TRI_UNKNOWN;
	}
	return any_unknown ? UNKNOWN : last(call);
}

static struct known call_and(const struct call *call)
{
	return first_of_truth(call, false);
}

static struct known call_or(const struct call *call)
{
	return first_of_truth(call, true);
}

/* nil when none is true */
static struct known call_coalesce(const struct call *call)
{
	struct known known = first_of_truth(call, true);

	return known.truth != TRI_NO
		   ? known
		   : known_value(value_new(call->context->arena, VALUE_NULL));
}

static struct known call_default(const struct call *call)
{
	const struct known *given = &call->arguments[1];
	const struct known *otherwise = &call->arguments[0];

	if (given->truth == TRI_YES)
		return *given;
	if (given->truth == TRI_NO)
		return *otherwise;
	return otherwise->truth == TRI_YES ? known_truth(true) : UNKNOWN;
}

/* ternary YES NO CONDITION */
static struct known call_ternary(const struct call *call)
{
	enum tri truth = call->arguments[2].truth;

	return truth == TRI_UNKNOWN ? UNKNOWN
				    : call->arguments[truth == TRI_NO];
}

/* Whether two values are equal; unknown also where Go has an error. */
static enum tri are_equal(
    const struct call *call, const struct value *a, const struct value *b)
{
	if (!a || !b)
		return TRI_UNKNOWN;
	if (a->kind == VALUE_NULL || b->kind == VALUE_NULL)
		return tri_of(a->kind == b->kind);
	if (a->kind != b->kind || a->kind == VALUE_LIST || a->kind == VALUE_MAP)
		return TRI_UNKNOWN;
	if (a->kind == VALUE_NUMBER)
		return tri_of(number_of(call, a) == number_of(call, b));
	return tri_of(slice_eq(a->text, b->text));
}

/* Whether the first equals any of the others. */
static struct known call_eq(const struct call *call)
{
	enum tri result = TRI_NO;

	for (size_t i = 1; i < call->n; i++)
		result = tri_or(result,
		    are_equal(call, argument(call, 0), argument(call, i)));
	return known_tri(call, result);
}

static struct known call_ne(const struct call *call)
{
	return known_tri(call,
	    tri_not(are_equal(call, argument(call, 0), argument(call, 1))));
}

/* Below 0, 0, above 0 as the first argument is to the second. */
static bool order(const struct call *call, int *ret_order)
{
	const struct value *a = argument(call, 0), *b = argument(call, 1);

	if (!a || !b || a->kind != b->kind)
		return false;
	if (a->kind == VALUE_STRING) {
		*ret_order = slice_cmp(a->text, b->text);
		return true;
	}
	if (a->kind != VALUE_NUMBER)
		return false;
	*ret_order = (number_of(call, a) > number_of(call, b)) -
		     (number_of(call, a) < number_of(call, b));
	return true;
}

static struct known call_gt(const struct call *call)
{
	int result;

	return order(call, &result) ? known_bool(call, result > 0) : UNKNOWN;
}

static struct known call_ge(const struct call *call)
{
	int result;

	return order(call, &result) ? known_bool(call, result >= 0) : UNKNOWN;
}

static struct known call_lt(const struct call *call)
{
	int result;

	return order(call, &result) ? known_bool(call, result < 0) : UNKNOWN;
}

static struct known call_le(const struct call *call)
{
	int result;

	return order(call, &result) ? known_bool(call, result <= 0) : UNKNOWN;
}

static struct known call_len(const struct call *call)
{
	const struct value *value = argument(call, 0);
	size_t n;

	if (!value || value->kind == VALUE_BOOL || value->kind == VALUE_NUMBER)
		return UNKNOWN;
	if (value->kind == VALUE_MAP && value->open)
		return UNKNOWN;
	n = value->kind == VALUE_MAP	? value_size(value)
	    : value->kind == VALUE_LIST ? value->list.n
					: value->text.len;
	return known_value(value_scalar(call->context->arena, VALUE_NUMBER,
	    slice_of(arena_printf(call->context->arena, "%zu", n))));
}

/* hasKey MAP KEY */
static struct known call_has_key(const struct call *call)
{
	const struct value *map = argument(call, 0), *value;

	if (!argument_is(call, 0, VALUE_MAP) ||
	    !argument_is(call, 1, VALUE_STRING))
		return UNKNOWN;
	value = value_get(map, argument(call, 1)->text);
	/* Which keys with null are taken away depends on Helm's version. */
	if (value)
		return known_tri(
		    call, value->kind == VALUE_NULL ? TRI_UNKNOWN : TRI_YES);
	return known_tri(call, map->open ? TRI_UNKNOWN : TRI_NO);
}

/* get MAP KEY: empty when there is none */
static struct known call_get(const struct call *call)
{
	struct known known;

	if (!argument_is(call, 1, VALUE_STRING))
		return UNKNOWN;
	known = known_field(
	    call->context->arena, call->arguments[0], argument(call, 1)->text);
	return known.value && known.value->kind == VALUE_NULL
		   ? known_text(call, SLICE(""))
		   : known;
}

/* index MAP KEY... */
static struct known call_index(const struct call *call)
{
	struct known known = call->arguments[0];

	for (size_t i = 1; i < call->n; i++) {
		if (!argument_is(call, i, VALUE_STRING))
			return UNKNOWN;
		known = known_field(
		    call->context->arena, known, argument(call, i)->text);
	}
	return known;
}

/* dig KEY... DEFAULT MAP */
static struct known call_dig(const struct call *call)
{
	struct known known = last(call);

	for (size_t i = 0; i + 2 < call->n; i++) {
		if (!argument_is(call, i, VALUE_STRING))
			return UNKNOWN;
		known = known_field(
		    call->context->arena, known, argument(call, i)->text);
		if (known.value && known.value->kind == VALUE_NULL)
			return call->arguments[call->n - 2];
	}
	return known;
}

/* dict KEY VALUE... */
static struct known call_dict(const struct call *call)
{
	struct arena *arena = call->context->arena;
	struct value *map = value_new(arena, VALUE_MAP);

	for (size_t i = 0; i + 1 < call->n; i += 2) {
		const struct value *value = argument(call, i + 1);

		if (!argument_is(call, i, VALUE_STRING))
			return UNKNOWN;
		if (!value)
			value = &unknown_value;
		value_put(arena, map, argument(call, i)->text,
		    (struct value *)(uintptr_t)value);
	}
	return known_value(map);
}

/* What a kind is called; NULL for numbers, which have several. */
static const char *kind_name(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL: return "invalid";
	case VALUE_BOOL: return "bool";
	case VALUE_STRING: return "string";
	case VALUE_LIST: return "slice";
	case VALUE_MAP: return "map";
	case VALUE_NUMBER: break;
	}
	return NULL;
}

static struct known call_kind_of(const struct call *call)
{
	const struct value *value = argument(call, 0);
	const char *name = value ? kind_name(value) : NULL;

	return name ? known_text(call, slice_of(name)) : UNKNOWN;
}

/* kindIs and typeIs KIND VALUE; only for what both call the same. */
static struct known call_kind_is(const struct call *call)
{
	static const char *const words[] = {"bool", "string", "slice", "map"};
	const struct value *value = argument(call, 1);
	const char *name;

	if (!argument_is(call, 0, VALUE_STRING) || !value)
		return UNKNOWN;
	name = kind_name(value);
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_is(argument(call, 0)->text, words[i]))
			return known_bool(
			    call, name && slice_is(slice_of(name), words[i]));
	}
	return UNKNOWN;
}

static struct known call_type_is(const struct call *call)
{
	if (argument_is(call, 0, VALUE_STRING) &&
	    (slice_is(argument(call, 0)->text, "string") ||
		slice_is(argument(call, 0)->text, "bool")))
		return call_kind_is(call);
	return UNKNOWN;
}

static struct known call_to_string(const struct call *call)
{
	const struct value *value = argument(call, 0);

	if (call->context->prints)
		return last(call);
	return value && (value->kind == VALUE_STRING ||
			    value->kind == VALUE_BOOL)
		   ? known_text(call, value->text)
		   : UNKNOWN;
}

/* Of a whole number it is the same. */
static struct known call_int(const struct call *call)
{
	int64_t integer;

	if (call->context->prints)
		return last(call);
	return argument_is(call, 0, VALUE_NUMBER) &&
		       slice_to_int(argument(call, 0)->text, &integer)
		   ? last(call)
		   : UNKNOWN;
}

/* contains, hasPrefix, hasSuffix: WHAT TEXT */
static bool has_texts(const struct call *call)
{
	return argument_is(call, 0, VALUE_STRING) &&
	       argument_is(call, 1, VALUE_STRING);
}

static struct known call_contains(const struct call *call)
{
	return has_texts(call)
		   ? known_bool(call, slice_find(argument(call, 1)->text,
					  argument(call, 0)->text, 0) >= 0)
		   : UNKNOWN;
}

static struct known call_has_prefix(const struct call *call)
{
	return has_texts(call)
		   ? known_bool(call, slice_starts(argument(call, 1)->text,
					  argument(call, 0)->text))
		   : UNKNOWN;
}

static struct known call_has_suffix(const struct call *call)
{
	return has_texts(call)
		   ? known_bool(call, slice_ends(argument(call, 1)->text,
					  argument(call, 0)->text))
		   : UNKNOWN;
}

/* has ITEM LIST */
static struct known call_has(const struct call *call)
{
	const struct value *list = argument(call, 1);
	enum tri result = TRI_NO;

	if (!argument(call, 0) || !argument_is(call, 1, VALUE_LIST))
		return UNKNOWN;
	for (size_t i = 0; i < list->list.n; i++)
		result = tri_or(result,
		    are_equal(call, argument(call, 0), list->list.items[i]));
	return known_tri(call, result);
}

static struct known call_last(const struct call *call)
{
	return last(call);
}

static struct known call_to_json(const struct call *call)
{
	struct known known = UNKNOWN;
	struct buf json = {0};

	if (argument(call, 0) && value_to_json(argument(call, 0), &json))
		known =
		    known_text(call, slice_of(arena_printf(call->context->arena,
					 "%s", buf_text(&json))));
	buf_release(&json);
	return known;
}

/* tpl TEXT CONTEXT: what is wrong is in the text, whatever it becomes. */
static struct known call_tpl(const struct call *call)
{
	const struct known *text = &call->arguments[0];

	if (call->context->prints)
		return *text;
	return argument_is(call, 0, VALUE_STRING) &&
		       slice_find(text->value->text, SLICE("{{"), 0) < 0
		   ? *text
		   : UNKNOWN;
}

/* Text that changes its form and not where it comes from. */
static struct known call_print(const struct call *call)
{
	return call->context->prints ? last(call) : UNKNOWN;
}

static const struct {
	const char *name;
	size_t least, most;
	struct known (*call)(const struct call *call);
} functions[] = {
    {"and", 1, SIZE_MAX, call_and},
    {"coalesce", 1, SIZE_MAX, call_coalesce},
    {"contains", 2, 2, call_contains},
    {"default", 2, 2, call_default},
    {"dict", 0, SIZE_MAX, call_dict},
    {"dig", 3, SIZE_MAX, call_dig},
    {"empty", 1, 1, call_not},
    {"eq", 2, SIZE_MAX, call_eq},
    {"ge", 2, 2, call_ge},
    {"get", 2, 2, call_get},
    {"gt", 2, 2, call_gt},
    {"has", 2, 2, call_has},
    {"hasKey", 2, 2, call_has_key},
    {"hasPrefix", 2, 2, call_has_prefix},
    {"hasSuffix", 2, 2, call_has_suffix},
    {"indent", 2, 2, call_print},
    {"index", 2, SIZE_MAX, call_index},
    {"int", 1, 1, call_int},
    {"int64", 1, 1, call_int},
    {"kindIs", 2, 2, call_kind_is},
    {"kindOf", 1, 1, call_kind_of},
    {"le", 2, 2, call_le},
    {"len", 1, 1, call_len},
    {"lt", 2, 2, call_lt},
    {"ne", 2, 2, call_ne},
    {"nindent", 2, 2, call_print},
    {"not", 1, 1, call_not},
    {"or", 1, SIZE_MAX, call_or},
    {"quote", 1, 1, call_print},
    {"required", 2, 2, call_last},
    {"squote", 1, 1, call_print},
    {"ternary", 3, 3, call_ternary},
    {"toJson", 1, 1, call_to_json},
    {"toString", 1, 1, call_to_string},
    {"toYaml", 1, 1, call_print},
    {"tpl", 2, 2, call_tpl},
    {"trim", 1, 1, call_print},
    {"typeIs", 2, 2, call_type_is},
};

struct known function_call(const struct pipeline_context *context,
    struct slice name, const struct known *arguments, size_t n)
{
	struct call call = {context, arguments, n};

	for (size_t i = 0; i < COUNT_OF(functions); i++) {
		if (slice_is(name, functions[i].name))
			return n >= functions[i].least && n <= functions[i].most
				   ? functions[i].call(&call)
				   : UNKNOWN;
	}
	return UNKNOWN;
}
