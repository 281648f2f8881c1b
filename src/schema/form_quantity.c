/* A text -> the number that a quantity stands for. */
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
