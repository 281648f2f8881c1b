/* A scalar -> whether it can be read as what its field is of, and may be
 * that: encoding/json of Go on what sigs.k8s.io/yaml makes of YAML. */
#include "schema/walk.h"

#include "base/real.h"

#include <math.h>

/* Whether JSON writes the number without a point or an exponent, as Go reads
 * whole numbers: 1e3 and 1. are, 1.5 and 1e21 are not. */
static bool is_whole(const struct scalar *scalar, int64_t *ret_value)
{
	if (scalar->type == SCALAR_INT) {
		*ret_value = scalar->integer;
		return true;
	}
	if (scalar->type != SCALAR_DOUBLE ||
	    !has_no_fraction(scalar->real) || fabs(scalar->real) >= 0x1p63)
		return false;
	*ret_value = (int64_t)scalar->real;
	return true;
}

static bool is_number(const struct scalar *scalar)
{
	return scalar->type == SCALAR_INT || scalar->type == SCALAR_DOUBLE;
}

static void hold_values(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	/* Most fields are as if they were left out. */
	if (!node->text.len && !field->never_empty)
		return;
	for (const uint32_t *value = schema_lists + field->values; *value;
	     value++) {
		if (slice_is(node->text, api_text(*value)))
			return;
	}
	report_listed(frame, NULL, node, field->values);
}

static void hold_text(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	if (field->values)
		hold_values(frame, field, node);
	/* Nearly all forms are asked of what is not empty alone; required
	 * tells of the others. */
	else if (node->text.len || field->never_empty)
		report_form(frame, NULL, node, field->form);
	if (field->longest && node->text.len > field->longest)
		report_fault(frame, REFUSAL_VALUE, node,
		    "may have up to %u bytes, not %zu", field->longest,
		    node->text.len);
}

static void hold_bounds(const struct frame *frame, const struct field *field,
    const struct node *node, int64_t value)
{
	if (!field->bounded || (value >= field->least && value <= field->most))
		return;
	if (field->most == INT64_MAX)
		report_fault(frame, REFUSAL_VALUE, node,
		    "must be at least %lld, not %lld", (long long)field->least,
		    (long long)value);
	else
		report_fault(frame, REFUSAL_VALUE, node,
		    "must be from %lld to %lld, not %lld",
		    (long long)field->least, (long long)field->most,
		    (long long)value);
}

static void hold_int(const struct frame *frame, const struct field *field,
    const struct node *node, const struct scalar *scalar)
{
	bool is_small = field->of != OF_INT64;
	int64_t value;

	if (!is_whole(scalar, &value) ||
	    (is_small && (value < INT32_MIN || value > INT32_MAX))) {
		report_type(frame, node,
		    field->of == OF_INT_OR_STRING
			? "a whole number of 32 bits, or text"
		    : is_small ? "a whole number of 32 bits"
			       : "a whole number");
		return;
	}
	hold_bounds(frame, field, node, value);
}

/* Text as a number is written, or a number. */
static void hold_quantity(const struct frame *frame, const struct field *field,
    const struct node *node, const struct scalar *scalar)
{
	double value;
	bool is_read = scalar->type == SCALAR_STRING
			   ? form_quantity_value(scalar->text, &value)
			   : is_number(scalar);

	if (!is_read) {
		report_type(frame, node, "a quantity, such as 500m, 2 or 64Mi");
		return;
	}
	if (scalar->type == SCALAR_INT)
		value = (double)scalar->integer;
	else if (scalar->type == SCALAR_DOUBLE)
		value = scalar->real;
	if ((field->form == FORM_quantity_not_negative && value < 0) ||
	    (field->form == FORM_quantity_positive && value <= 0))
		report_fault(frame, REFUSAL_VALUE, node, "must be %s, not %.*s",
		    form_row(field->form)->words, SLICE_ARGS(scalar->text));
}

static void hold_string(const struct frame *frame, const struct field *field,
    const struct node *node, const struct scalar *scalar)
{
	if (scalar->type != SCALAR_STRING) {
		report_type(frame, node, "text");
		return;
	}
	if (field->of == OF_BYTES && !form_base64(scalar->text)) {
		report_type(frame, node, "text in base64");
		return;
	}
	if (field->of == OF_TIME && !form_time(scalar->text)) {
		report_type(
		    frame, node, "a time, such as 2026-01-31T12:00:00Z");
		return;
	}
	hold_text(frame, field, node);
}

static void hold_bool(const struct frame *frame, const struct node *node,
    const struct scalar *scalar)
{
	if (scalar->type != SCALAR_BOOL)
		report_type(frame, node, "true or false");
}

static void hold_double(const struct frame *frame, const struct node *node,
    const struct scalar *scalar)
{
	if (!is_number(scalar))
		report_type(frame, node, "a number");
}

static const char *wanted(const struct field *field)
{
	switch (field->of) {
	case OF_BOOL: return "true or false";
	case OF_INT32:
	case OF_INT64: return "a whole number";
	case OF_DOUBLE: return "a number";
	case OF_QUANTITY: return "a quantity, such as 500m, 2 or 64Mi";
	case OF_INT_OR_STRING: return "a whole number or text";
	case OF_BYTES: return "text in base64";
	case OF_TIME: return "a time, such as 2026-01-31T12:00:00Z";
	default: return "text";
	}
}

/* What Argo CD's plugin for Vault puts a secret in the place of: <path:A#KEY>,
 * or <KEY> where an annotation has the path. */
static bool is_place_of_secret(const struct frame *frame, struct slice text)
{
	return slice_starts(text, SLICE("<")) && slice_ends(text, SLICE(">")) &&
	       (slice_starts(text, SLICE("<path:")) ||
		   node_find(frame->walk->object, "metadata", "annotations",
		       "avp.kubernetes.io/path", NULL));
}

void hold_scalar(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	struct scalar scalar;

	if (node->kind != NODE_SCALAR) {
		report_type(frame, node, wanted(field));
		return;
	}
	scalar = scalar_as_sent(node);
	if (is_place_of_secret(frame, node->text))
		return;
	if (scalar.type == SCALAR_DOUBLE && !isfinite(scalar.real)) {
		report_type(frame, node, wanted(field));
		return;
	}
	switch (field->of) {
	case OF_BOOL: hold_bool(frame, node, &scalar); break;
	case OF_INT32:
	case OF_INT64: hold_int(frame, field, node, &scalar); break;
	case OF_DOUBLE: hold_double(frame, node, &scalar); break;
	case OF_QUANTITY: hold_quantity(frame, field, node, &scalar); break;
	case OF_INT_OR_STRING:
		if (scalar.type == SCALAR_STRING && !scalar.text.len &&
		    field->may_be_empty)
			break;
		if (scalar.type != SCALAR_STRING)
			hold_int(frame, field, node, &scalar);
		else
			report_name_or_number(frame, node, field->form);
		break;
	default: hold_string(frame, field, node, &scalar);
	}
}

void hold_nothing(const struct frame *frame, const struct field *field,
    const struct node *node)
{
	bool is_text = field->of == OF_STRING;
	bool is_int = field->of == OF_INT32 || field->of == OF_INT64;

	if (is_text && field->values)
		report_listed(frame, NULL, node, field->values);
	else if (is_text && !form_takes(field->form, (struct slice){"", 0}))
		report_fault(frame, REFUSAL_VALUE, node,
		    "must be %s, but is empty", form_row(field->form)->words);
	else if (is_int)
		hold_bounds(frame, field, node, 0);
}
