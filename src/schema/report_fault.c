/* What is wrong -> a sentence, told once for each node and field. */
#include "schema/walk.h"

#include "base/nearest.h"
#include "base/real.h"
#include "schema/hint.h"
#include "schema/way.h"

#include <math.h>
#include <string.h>

/* Longer values are cut. */
#define SHOWN_MAX 60

/* Whether this is the first that is told of that node, or of that field of
 * it. */
static bool is_first(
    struct walk *walk, const struct node *at, const char *field)
{
	size_t len = field ? strlen(field) : 0;
	char *key = arena_alloc(&walk->arena, sizeof(at) + len + 1);
	void **place;

	memcpy(key, &at, sizeof(at));
	if (len)
		memcpy(key + sizeof(at), field, len);
	place = map_slot(&walk->told, (struct slice){key, sizeof(at) + len});
	if (*place)
		return false;
	*place = walk;
	return true;
}

static void send(const struct frame *frame, const struct condition *condition,
    struct refusal_fault *fault)
{
	struct walk *walk = frame->walk;

	fault->text = buf_slice(&walk->text);
	fault->hint = buf_slice(&walk->hint);
	if (condition) {
		fault->by_controller = condition->by_controller;
		/* What all of the minors ask needs no mention. */
		if (condition->since > walk->minors.least)
			fault->since = condition->since;
		if (condition->before && condition->before <= walk->minors.most)
			fault->before = condition->before;
	}
	walk->sink->add(walk->sink->context, fault);
	buf_clear(&walk->text);
	buf_clear(&walk->hint);
}

/* The API server holds custom resources to their schema; of the rest their
 * controller tells, but where the schema alone is known. */
static bool is_by_controller(const struct frame *frame)
{
	const struct kind *kind = frame->walk->kind;

	return kind->is_custom && !kind->is_partial;
}

static void report_slice(const struct frame *frame,
    const struct condition *condition, enum refusal_class class,
    const struct node *at, struct slice text)
{
	struct refusal_fault fault = {.class = class, .at = at};

	if (!is_first(frame->walk, at, NULL)) {
		buf_clear(&frame->walk->hint);
		return;
	}
	if (condition && condition->text)
		buf_add_text(&frame->walk->text, api_text(condition->text));
	else
		buf_add_slice(&frame->walk->text, text);
	fault.by_controller = class != REFUSAL_TYPE && is_by_controller(frame);
	send(frame, condition, &fault);
}

void report_text(const struct frame *frame, const struct condition *condition,
    const struct node *at, const struct buf *text)
{
	report_slice(frame, condition, REFUSAL_VALUE, at, buf_slice(text));
}

static void report_list(const struct frame *frame,
    const struct condition *condition, enum refusal_class class,
    const struct node *at, const char *format, va_list args)
{
	struct buf text = {0};

	buf_vprintf(&text, format, args);
	report_slice(frame, condition, class, at, buf_slice(&text));
	buf_release(&text);
}

void report_fault(const struct frame *frame, enum refusal_class class,
    const struct node *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_list(frame, NULL, class, at, format, args);
	va_end(args);
}

void report_condition(const struct frame *frame,
    const struct condition *condition, enum refusal_class class,
    const struct node *at, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	report_list(frame, condition, class, at, format, args);
	va_end(args);
}

/* A text may hold anything, NUL too. */
void add_shown(struct buf *buf, struct slice text)
{
	bool is_cut = text.len > SHOWN_MAX;

	if (is_cut)
		text.len = SHOWN_MAX;
	buf_add_char(buf, '\'');
	buf_add_slice(buf, text);
	buf_add_text(buf, is_cut ? "...'" : "'");
}

/* Whether a template printed a whole number with an exponent, as Go does with
 * what it read from JSON or YAML. */
static bool is_float_of_whole(const struct scalar *scalar)
{
	return scalar->type == SCALAR_DOUBLE &&
	       slice_find(scalar->text, SLICE("e+"), 0) > 0 &&
	       has_no_fraction(scalar->real) &&
	       fabs(scalar->real) < 0x1p53;
}

/* What a node is, in words, and what to do when that was not meant. */
static void add_found(struct buf *buf, struct buf *hint,
    const struct node *node, const char *wanted)
{
	bool wants_text = slice_starts(slice_of(wanted), SLICE("text"));
	struct scalar scalar;

	if (node->kind != NODE_SCALAR) {
		buf_add_text(
		    buf, node->kind == NODE_SEQUENCE ? "a list" : "a mapping");
		return;
	}
	scalar = scalar_as_sent(node);
	switch (scalar.type) {
	case SCALAR_BOOL:
		buf_printf(buf, "the boolean %.*s", SLICE_ARGS(node->text));
		break;
	case SCALAR_INT:
	case SCALAR_DOUBLE:
		buf_printf(buf, "the number %.*s", SLICE_ARGS(node->text));
		break;
	case SCALAR_NULL: buf_add_text(buf, "nothing"); return;
	case SCALAR_STRING:
		buf_add_text(buf, "the text ");
		add_shown(buf, node->text);
		if (slice_starts(slice_of(wanted), SLICE("a quantity")))
			hint_quantity(node->text, hint);
		return;
	}
	if (wants_text && is_float_of_whole(&scalar))
		buf_printf(hint, "write \"%.0f\" in quotes", scalar.real);
	else if (wants_text)
		buf_printf(
		    hint, "write \"%.*s\" in quotes", SLICE_ARGS(node->text));
}

/* Whether a text would be a number or a boolean without its quotes. */
static bool is_quoted_other(const struct node *node)
{
	struct node bare = *node;

	if (node->kind != NODE_SCALAR || node->plain)
		return false;
	bare.plain = true;
	bare.is_string = false;
	return bare.text.len && scalar_as_sent(&bare).type != SCALAR_STRING &&
	       scalar_as_sent(&bare).type != SCALAR_NULL;
}

void report_type(
    const struct frame *frame, const struct node *at, const char *wanted)
{
	struct refusal_fault fault = {.class = REFUSAL_TYPE, .at = at};
	struct buf *text = &frame->walk->text;

	if (!is_first(frame->walk, at, NULL))
		return;
	buf_printf(text, "must be %s, not ", wanted);
	add_found(text, &frame->walk->hint, at, wanted);
	if (is_quoted_other(at))
		buf_add_text(&frame->walk->hint, "remove the quotes");
	send(frame, NULL, &fault);
}

static struct slice text_of(const struct node *node)
{
	return node->kind == NODE_SCALAR ? node->text : (struct slice){"", 0};
}

void report_choice(const struct frame *frame, const struct condition *condition,
    const struct node *at, const char *const *values)
{
	struct buf text = {0};
	const char *near;
	size_t n = 0;

	buf_add_text(&text, values[1] ? "must be one of " : "must be ");
	for (; values[n]; n++)
		buf_printf(&text, "%s%s", n ? ", " : "",
		    *values[n] ? values[n] : "\"\"");
	buf_add_text(&text, ", not ");
	add_shown(&text, text_of(at));
	near = nearest(text_of(at), values, n);
	if (near && !(condition && condition->text))
		buf_printf(&frame->walk->hint, "did you mean '%s'?", near);
	report_text(frame, condition, at, &text);
	buf_release(&text);
}

void report_listed(const struct frame *frame, const struct condition *condition,
    const struct node *at, uint16_t list)
{
	const char *values[LIST_MAX + 1] = {NULL};

	for (size_t i = 0; schema_lists[list + i]; i++)
		values[i] = api_text(schema_lists[list + i]);
	report_choice(frame, condition, at, values);
}

void report_form(const struct frame *frame, const struct condition *condition,
    const struct node *at, enum form form)
{
	struct buf text = {0};

	if (at->kind != NODE_SCALAR || form_takes(form, at->text))
		return;
	buf_printf(&text, "must be %s, not ", form_row(form)->words);
	add_shown(&text, at->text);
	report_text(frame, condition, at, &text);
	buf_release(&text);
}

void report_name_or_number(
    const struct frame *frame, const struct node *at, enum form form)
{
	struct node bare = *at;

	if (form_takes(form, at->text))
		return;
	bare.plain = true;
	bare.is_string = false;
	/* Of a part of the pods the form says that it has no quotes. */
	if (form == FORM_port_name && !at->plain &&
	    scalar_as_sent(&bare).type == SCALAR_INT)
		buf_add_text(&frame->walk->hint, "remove the quotes");
	report_form(frame, NULL, at, form);
}

void report_missing(const struct frame *frame,
    const struct condition *condition, const struct node *at, const char *field)
{
	struct refusal_fault fault = {
	    .class = REFUSAL_MISSING,
	    .at = at,
	    .field = slice_of(field),
	};

	if (!is_first(frame->walk, at, field))
		return;
	/* What is empty or null is shown where that is written. */
	if (!strchr(field, '.') && node_get(at, field)) {
		fault.at = node_get(at, field);
		fault.field = (struct slice){"", 0};
	}
	fault.at_key = true;
	buf_add_text(&frame->walk->text, condition && condition->text
					     ? api_text(condition->text)
					     : "is required");
	fault.by_controller = condition && is_by_controller(frame);
	send(frame, condition, &fault);
}

void report_missing_below(const struct frame *frame,
    const struct condition *condition, const struct path *path)
{
	const char *rest;
	const struct node *deepest = way_deepest(frame, path, &rest);

	/* Of what is no mapping its type is told. */
	if (deepest->kind == NODE_MAPPING || node_is_null(deepest))
		report_missing(frame, condition, deepest, rest);
}

void report_missing_one(const struct frame *frame,
    const struct condition *condition, const char *fields)
{
	struct refusal_fault fault = {
	    .class = REFUSAL_MISSING,
	    .at = frame->node,
	    .at_key = true,
	};

	if (!is_first(frame->walk, frame->node, fields))
		return;
	if (condition->text)
		buf_add_text(&frame->walk->text, api_text(condition->text));
	else
		buf_printf(&frame->walk->text, "needs one of %s", fields);
	fault.by_controller = is_by_controller(frame);
	send(frame, condition, &fault);
}

void report_twice(const struct frame *frame, const struct field *field,
    const struct node *item)
{
	const struct node *key =
	    field->keys ? node_get(item, api_text(schema_lists[field->keys]))
			: NULL;
	struct refusal_fault fault = {
	    .class = REFUSAL_TWICE, .at = key ? key : item};
	struct buf *text = &frame->walk->text;

	if (!is_first(frame->walk, fault.at, NULL))
		return;
	buf_add_text(text, "is given twice: an earlier item has the same ");
	for (size_t i = 0; schema_lists[field->keys + i]; i++)
		buf_printf(text, "%s%s", i ? " and " : "",
		    api_text(schema_lists[field->keys + i]));
	if (!field->keys)
		buf_add_text(text, "value");
	send(frame, NULL, &fault);
}

static struct slice name_of_key(const struct pair *pair)
{
	return pair->key->kind == NODE_SCALAR ? pair->key->text
					      : (struct slice){"?", 1};
}

static void send_unknown(const struct frame *frame, const struct pair *pair)
{
	struct refusal_fault fault = {
	    .class = REFUSAL_UNKNOWN,
	    .at = pair->key,
	    .field = name_of_key(pair),
	};

	buf_add_text(&frame->walk->text, "is unknown");
	send(frame, NULL, &fault);
}

void report_unknown(const struct frame *frame, const struct pair *pair)
{
	if (!is_first(frame->walk, pair->key, NULL))
		return;
	hint_field(frame, name_of_key(pair), &frame->walk->hint);
	send_unknown(frame, pair);
}

void report_unknown_hinted(
    const struct frame *frame, const struct pair *pair, struct slice hint)
{
	if (!is_first(frame->walk, pair->key, NULL))
		return;
	buf_add_slice(&frame->walk->hint, hint);
	send_unknown(frame, pair);
}

void report_rule(const struct frame *frame, const struct node *at,
    const char *rule, const struct buf *text)
{
	struct refusal_fault fault = {.class = REFUSAL_VALUE, .at = at};

	if (!is_first(frame->walk, at, rule))
		return;
	buf_add_slice(&frame->walk->text, buf_slice(text));
	send(frame, NULL, &fault);
}
