/*
 * A value -> what a template knows of it: the value, and whether "if" takes it
 * for true.
 */
#include "helm/known_value.h"

const struct value unknown_value = {.kind = VALUE_MAP, .open = true};

static bool value_is_zero(const struct value *value)
{
	for (size_t i = 0; i < value->text.len; i++) {
		char c = value->text.ptr[i];

		if (c == 'e' || c == 'E')
			break;
		if (c >= '1' && c <= '9')
			return false;
	}
	return true;
}

static enum tri truth_of(const struct value *value)
{
	switch (value->kind) {
	case VALUE_NULL: return TRI_NO;
	case VALUE_BOOL: return tri_of(slice_is(value->text, "true"));
	case VALUE_NUMBER: return tri_of(!value_is_zero(value));
	case VALUE_STRING: return tri_of(value->text.len > 0);
	case VALUE_LIST: return tri_of(value->list.n > 0);
	case VALUE_MAP:
		return value_size(value) ? TRI_YES
		       : value->open	 ? TRI_UNKNOWN
					 : TRI_NO;
	}
	BUG("unknown kind of value");
}

struct known known_value(const struct value *value)
{
	return value && value != &unknown_value
		   ? (struct known){value, truth_of(value)}
		   : UNKNOWN;
}

struct known known_field(struct arena *arena, struct known of, struct slice key)
{
	const struct value *value;

	/* Of anything else Helm would not have printed a field. */
	if (!of.value || of.value->kind != VALUE_MAP)
		return UNKNOWN;
	value = value_get(of.value, key);
	if (!value && !of.value->open)
		value = value_new(arena, VALUE_NULL);
	return known_value(value);
}
