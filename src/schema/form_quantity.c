/* A text -> the number that a quantity stands for, and whether it may be that.
 */
#include "schema/form.h"

#include "base/quantity.h"

bool form_quantity_value(struct slice text, double *ret_value)
{
	bool negative = slice_starts(text, SLICE("-"));

	if (negative)
		text = (struct slice){text.ptr + 1, text.len - 1};
	if ((negative && slice_starts(text, SLICE("+"))) ||
	    !quantity_parse(text, ret_value))
		return false;
	if (negative)
		*ret_value = -*ret_value;
	return true;
}

bool form_quantity(struct slice text)
{
	double value;

	return form_quantity_value(text, &value);
}

bool form_quantity_not_negative(struct slice text)
{
	double value;

	return form_quantity_value(text, &value) && value >= 0;
}

bool form_quantity_positive(struct slice text)
{
	double value;

	return form_quantity_value(text, &value) && value > 0;
}

/* Whether the one spelling of a quantity is that of 1 with a suffix, or 0,
 * which is none. */
static bool is_unit(struct slice text, const char *const *suffixes, size_t n)
{
	struct buf spelled = {0};
	struct slice unit = text;
	bool found;

	if (quantity_spell(text, &spelled))
		unit = buf_slice(&spelled);
	found = slice_is(unit, "0");
	for (size_t i = 0; i < n && !found; i++)
		found = slice_starts(unit, SLICE("1")) &&
			slice_is((struct slice){unit.ptr + 1, unit.len - 1},
			    suffixes[i]);
	buf_release(&spelled);
	return found;
}

/* validContainerResourceDivisorForCPU of
 * k8s.io/kubernetes/pkg/apis/core/validation */
bool form_cpu_divisor(struct slice text)
{
	static const char *const suffixes[] = {"", "m"};

	return is_unit(text, suffixes, COUNT_OF(suffixes));
}

/* validContainerResourceDivisorForMemory of the same */
bool form_memory_divisor(struct slice text)
{
	static const char *const suffixes[] = {"", "k", "M", "G", "T", "P", "E",
	    "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

	return is_unit(text, suffixes, COUNT_OF(suffixes));
}
