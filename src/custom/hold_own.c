/* A datum and a schema -> what the schema itself refuses: types, values, bounds
 * and what is missing (kube-openapi's validation, as apiextensions-apiserver
 * asks it). */
#include "custom/hold_own.h"

#include "base/real.h"

#include <math.h>
#include <string.h>

/* Digits of a double that people would write. */
#define DIGITS "%.15g"

struct frame frame_of(struct custom_walk *walk, const struct datum *datum)
{
	return (struct frame){.walk = &walk->walk, .node = datum->node};
}

bool refuse_value(struct custom_walk *walk, const struct datum *datum,
    bool is_silent, const char *format, ...)
{
	struct frame frame = frame_of(walk, datum);
	struct buf text = {0};
	va_list args;

	if (is_silent)
		return false;
	va_start(args, format);
	buf_vprintf(&text, format, args);
	va_end(args);
	report_text(&frame, NULL, datum->at, &text);
	buf_release(&text);
	return false;
}

/* As strings in an error: keeps rules from being asked. */
static bool refuse_amount(struct custom_walk *walk, const struct datum *datum,
    bool is_silent, const char *format, long long bound, long long amount)
{
	struct frame frame = frame_of(walk, datum);

	if (is_silent)
		return false;
	walk->is_blocked = true;
	report_fault(&frame, REFUSAL_VALUE, datum->at, format, bound, amount);
	return false;
}

static bool is_whole(const struct scalar *scalar)
{
	return scalar->type == SCALAR_INT ||
	       (scalar->type == SCALAR_DOUBLE &&
		   has_no_fraction(scalar->real) &&
		   fabs(scalar->real) < 0x1p63);
}

static bool is_number(const struct scalar *scalar)
{
	return scalar->type == SCALAR_INT || scalar->type == SCALAR_DOUBLE;
}

static bool scalar_has_type(uint8_t types, const struct node *node)
{
	struct scalar scalar = scalar_as_sent(node);

	if (scalar.type == SCALAR_BOOL)
		return types & JSON_BOOLEAN;
	if (scalar.type == SCALAR_STRING)
		return types & JSON_STRING;
	return (is_number(&scalar) && (types & JSON_NUMBER)) ||
	       (is_whole(&scalar) && (types & JSON_INTEGER));
}

bool has_json_type(const struct structural *schema, const struct node *node)
{
	if (!schema->types)
		return true;
	if (node->kind == NODE_MAPPING)
		return schema->types & JSON_OBJECT;
	/* typeValidator of kube-openapi lets lists pass for texts of a format.
	 */
	if (node->kind == NODE_SEQUENCE)
		return (schema->types & JSON_ARRAY) ||
		       (schema->format && schema->types == JSON_STRING);
	return scalar_has_type(schema->types, node);
}

const char *json_type_words(const struct structural *schema)
{
	uint8_t types = schema->types;

	if (types & JSON_OBJECT)
		return schema->additional ? "a mapping" : "a mapping of fields";
	if (types & JSON_ARRAY)
		return "a list";
	if (types & JSON_INTEGER)
		return types & JSON_STRING ? "a whole number or text"
					   : "a whole number";
	if (types & JSON_NUMBER)
		return "a number";
	return types & JSON_BOOLEAN ? "true or false" : "text";
}

static void tell_enumeration(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum)
{
	struct frame frame = frame_of(walk, datum);
	const char **values = arena_array(
	    &walk->arena, schema->nenumeration + 1, sizeof(*values));

	walk->is_blocked = true;
	for (size_t i = 0; i < schema->nenumeration; i++) {
		if (schema->enumeration[i]->kind != NODE_SCALAR) {
			refuse_value(walk, datum, false,
			    "is not one of the values that its schema lists");
			return;
		}
		values[i] = schema->enumeration[i]->text.ptr;
	}
	if (schema->nenumeration)
		report_choice(&frame, NULL, datum->at, values);
}

static bool is_enumerated(
    const struct structural *schema, const struct node *node)
{
	for (size_t i = 0; i < schema->nenumeration; i++) {
		if (json_equal(schema->enumeration[i], node))
			return true;
	}
	return !schema->nenumeration;
}

static bool hold_least(struct custom_walk *walk, const struct bounds *bounds,
    const struct datum *datum, double value, bool is_silent)
{
	struct slice text = datum->node->text;

	if (!bounds->has_least || value > bounds->least ||
	    (!bounds->excludes_least && value == bounds->least))
		return true;
	return refuse_value(walk, datum, is_silent,
	    "must be %s " DIGITS ", not %.*s",
	    bounds->excludes_least ? "more than" : "at least", bounds->least,
	    SLICE_ARGS(text));
}

static bool hold_most(struct custom_walk *walk, const struct bounds *bounds,
    const struct datum *datum, double value, bool is_silent)
{
	struct slice text = datum->node->text;

	if (!bounds->has_most || value < bounds->most ||
	    (!bounds->excludes_most && value == bounds->most))
		return true;
	return refuse_value(walk, datum, is_silent,
	    "must be %s " DIGITS ", not %.*s",
	    bounds->excludes_most ? "less than" : "at most", bounds->most,
	    SLICE_ARGS(text));
}

/* Only of whole numbers is a remainder certain. */
static bool hold_multiple(struct custom_walk *walk, const struct bounds *bounds,
    const struct datum *datum, double value, bool is_silent)
{
	struct slice text = datum->node->text;

	if (!bounds->has_multiple || bounds->multiple < 1 ||
	    !has_no_fraction(bounds->multiple) ||
	    fabs(value) > 0x1p53 || is_multiple(value, bounds->multiple))
		return true;
	return refuse_value(walk, datum, is_silent,
	    "must be a multiple of " DIGITS ", not %.*s", bounds->multiple,
	    SLICE_ARGS(text));
}

static bool hold_number(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum,
    const struct scalar *scalar, bool is_silent)
{
	double value =
	    scalar->type == SCALAR_INT ? (double)scalar->integer : scalar->real;

	return !schema->bounds ||
	       (hold_least(walk, schema->bounds, datum, value, is_silent) &&
		   hold_most(walk, schema->bounds, datum, value, is_silent) &&
		   hold_multiple(
		       walk, schema->bounds, datum, value, is_silent));
}

static bool hold_length(struct custom_walk *walk, const struct bounds *bounds,
    const struct datum *datum, bool is_silent)
{
	long long length = (long long)utf8_count(datum->node->text);

	if (bounds->most_length >= 0 && length > bounds->most_length)
		return refuse_amount(walk, datum, is_silent,
		    "may have up to %lld characters, not %lld",
		    bounds->most_length, length);
	if (length >= bounds->least_length)
		return true;
	if (!length)
		return refuse_value(
		    walk, datum, is_silent, "must not be empty");
	return refuse_value(walk, datum, is_silent,
	    "must have at least %lld characters, not %lld",
	    (long long)bounds->least_length, length);
}

static bool tell_pattern(struct custom_walk *walk,
    const struct pattern *pattern, const struct datum *datum, bool is_silent)
{
	struct frame frame = frame_of(walk, datum);
	struct buf text = {0};

	if (is_silent)
		return false;
	buf_add_text(&text, "must match the pattern ");
	buf_add_slice(&text, pattern->text);
	buf_add_text(&text, ", not ");
	add_shown(&text, datum->node->text);
	report_text(&frame, NULL, datum->at, &text);
	buf_release(&text);
	return false;
}

/* Takes steps off; when there are not enough, what was asked is uncertain. */
static bool spend(struct custom_walk *walk, uint64_t steps)
{
	if (walk->steps >= steps) {
		walk->steps -= steps;
		return true;
	}
	walk->steps = 0;
	walk->is_unsure = true;
	return false;
}

static void tell_slow(struct custom_walk *walk, const struct pattern *pattern)
{
	struct buf text = {0};

	buf_add_text(&text, "the pattern ");
	buf_add_slice(&text, pattern->text);
	buf_add_text(&text, " takes too long to match");
	walk->sink->gap(walk->sink->context, pattern, buf_text(&text));
	buf_release(&text);
}

/* What cannot be told counts as a match, and is said. */
static bool hold_pattern(struct custom_walk *walk,
    const struct pattern *pattern, const struct datum *datum, bool is_silent)
{
	int matches = -1;

	if (!spend(walk, regex_steps(datum->node->text)))
		return true;
	if (pattern->regex)
		matches = regex_matches(pattern->regex, datum->node->text);
	if (matches < 0)
		walk->is_unsure = true;
	if (matches < 0 && pattern->regex)
		tell_slow(walk, pattern);
	return matches || tell_pattern(walk, pattern, datum, is_silent);
}

static bool hold_format(struct custom_walk *walk,
    const struct text_format *format, const struct datum *datum, bool is_silent)
{
	struct frame frame = frame_of(walk, datum);
	struct buf text = {0};

	if (format->takes(datum->node->text))
		return true;
	if (is_silent)
		return false;
	buf_printf(&text, "must be %s, not ", format->words);
	add_shown(&text, datum->node->text);
	report_text(&frame, NULL, datum->at, &text);
	buf_release(&text);
	return false;
}

static bool hold_text(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	return (!schema->bounds ||
		   hold_length(walk, schema->bounds, datum, is_silent)) &&
	       (!schema->pattern ||
		   hold_pattern(walk, schema->pattern, datum, is_silent)) &&
	       (!schema->format ||
		   hold_format(walk, schema->format, datum, is_silent));
}

static bool hold_amount(struct custom_walk *walk, const struct datum *datum,
    int64_t least, int64_t most, bool is_silent)
{
	bool is_list = datum->node->kind == NODE_SEQUENCE;
	long long n = datum->n;

	if (most >= 0 && n > most)
		return refuse_amount(walk, datum, is_silent,
		    is_list ? "may have up to %lld items, not %lld"
			    : "may have up to %lld keys, not %lld",
		    most, n);
	if (n >= least)
		return true;
	if (!n)
		return refuse_value(
		    walk, datum, is_silent, "must not be empty");
	return refuse_value(walk, datum, is_silent,
	    is_list ? "must have at least %lld items, not %lld"
		    : "must have at least %lld keys, not %lld",
	    (long long)least, n);
}

/* What the API server has of an object, or leaves to its controller, is asked
 * elsewhere. */
static bool is_asked_elsewhere(const struct custom_walk *walk,
    const struct datum *datum, struct slice name)
{
	return datum->node == walk->object &&
	       (slice_is(name, "apiVersion") || slice_is(name, "kind") ||
		   slice_is(name, "metadata") || slice_is(name, "status"));
}

static bool hold_required(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum, bool is_silent)
{
	struct frame frame = frame_of(walk, datum);
	bool holds = true;

	if (!spend(walk, schema->required.n * (uint64_t)datum->n))
		return true;
	for (size_t i = 0; i < schema->required.n; i++) {
		struct slice name = schema->required.items[i];

		if (datum_member(datum, name) ||
		    is_asked_elsewhere(walk, datum, name))
			continue;
		holds = false;
		if (is_silent)
			break;
		report_missing(&frame, NULL, datum->at, name.ptr);
	}
	return holds;
}

static bool hold_scalar_datum(struct custom_walk *walk,
    const struct structural *schema, const struct datum *datum, bool is_silent)
{
	struct scalar scalar = scalar_as_sent(datum->node);

	if (is_number(&scalar))
		return hold_number(walk, schema, datum, &scalar, is_silent);
	if (scalar.type == SCALAR_STRING)
		return hold_text(walk, schema, datum, is_silent);
	return true;
}

bool hold_own(struct custom_walk *walk, const struct structural *schema,
    const struct datum *datum, bool is_silent)
{
	const struct bounds *bounds = schema->bounds;

	if (!spend(walk, schema->nenumeration))
		return true;
	if (!is_enumerated(schema, datum->node)) {
		if (!is_silent)
			tell_enumeration(walk, schema, datum);
		return false;
	}
	switch (datum->node->kind) {
	case NODE_SCALAR:
		return hold_scalar_datum(walk, schema, datum, is_silent);
	case NODE_SEQUENCE:
		return !bounds || hold_amount(walk, datum, bounds->least_items,
				      bounds->most_items, is_silent);
	case NODE_MAPPING: break;
	}
	return hold_required(walk, schema, datum, is_silent) &&
	       (!bounds || hold_amount(walk, datum, bounds->least_keys,
			       bounds->most_keys, is_silent));
}
