/* The methods of lists that Kubernetes has beyond the language (lists.go of
 * k8s.io/apiserver/pkg/cel/library). */
#include "cel/library.h"

static struct cel_value no_order(const struct call *call, const char *method)
{
	return cel_error(call->arena,
	    "%s() takes a list of numbers, strings or bools", method);
}

/* Whether the items have an order among them: those of one type, as the API
 * server's checker wants it. */
static bool is_ordered(const struct cel_list *list)
{
	int order;

	for (size_t i = 0; i < list->n; i++) {
		if (list->items[i].kind != list->items[0].kind ||
		    !cel_order(list->items[i], list->items[i], &order))
			return false;
	}
	return true;
}

struct cel_value list_is_sorted(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[0].list;
	int order;

	if (!is_ordered(list))
		return no_order(call, "isSorted");
	for (size_t i = 1; i < list->n; i++) {
		if (cel_order(list->items[i - 1], list->items[i], &order) &&
		    order > 0)
			return cel_bool(false);
	}
	return cel_bool(true);
}

static struct cel_value outermost(const struct call *call,
    const struct cel_list *list, int sign, const char *method)
{
	struct cel_value found;
	int order;

	if (!list->n)
		return cel_error(
		    call->arena, "%s() called on empty list", method);
	if (!is_ordered(list))
		return no_order(call, method);
	found = list->items[0];
	for (size_t i = 1; i < list->n; i++) {
		if (cel_order(list->items[i], found, &order) &&
		    order * sign > 0)
			found = list->items[i];
	}
	return found;
}

struct cel_value list_min(const struct call *call, const struct cel_value *args)
{
	return outermost(call, args[0].list, -1, "min");
}

struct cel_value list_max(const struct call *call, const struct cel_value *args)
{
	return outermost(call, args[0].list, 1, "max");
}

/* 0 of an empty one. */
struct cel_value list_sum(const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[0].list;
	struct cel_value sum = cel_int(0);

	for (size_t i = 0; i < list->n; i++) {
		const struct cel_value *item = &list->items[i];

		if (!i)
			sum = *item;
		if (item->kind != list->items[0].kind ||
		    !(NUMBER & BIT(item->kind)))
			return cel_error(
			    call->arena, "sum() takes a list of numbers");
		if (!i)
			continue;
		if (item->kind == CEL_DOUBLE)
			sum.real += item->real;
		else if (__builtin_add_overflow(
			     sum.integer, item->integer, &sum.integer))
			return cel_error(
			    call->arena, "the sum is too large for an int");
	}
	sum.place = (struct place){0};
	return sum;
}

struct cel_value list_index_of(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[0].list;

	for (size_t i = 0; i < list->n; i++) {
		if (cel_equal_within(list->items[i], args[1], call->steps))
			return cel_int((int64_t)i);
	}
	return cel_int(-1);
}

struct cel_value list_last_index_of(
    const struct call *call, const struct cel_value *args)
{
	const struct cel_list *list = args[0].list;

	for (size_t i = list->n; i > 0; i--) {
		if (cel_equal_within(list->items[i - 1], args[1], call->steps))
			return cel_int((int64_t)i - 1);
	}
	return cel_int(-1);
}
