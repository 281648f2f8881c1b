/* Looking up, checking and running the rows of the table in function.c. */
#include "cel/function.h"

#include <string.h>

struct overloads overloads_find(struct slice name, enum form form)
{
	struct overloads all = overloads_all();
	struct overloads found = {0};
	size_t i;

	for (i = 0; i < all.n; i++) {
		if (!(all.rows[i].forms & form) ||
		    !slice_is(name, all.rows[i].name))
			continue;
		if (!found.n)
			found.rows = &all.rows[i];
		found.n++;
	}
	return found;
}

bool overload_takes(
    const struct overload *overload, size_t nargs, const struct cel_type *types)
{
	size_t i;

	if (overload->nargs != nargs)
		return false;
	for (i = 0; i < nargs; i++) {
		if (types[i].kind != CEL_DYN &&
		    !(overload->args[i] & BIT(types[i].kind)))
			return false;
	}
	return true;
}

static void spell_kinds(unsigned kinds, struct buf *buf)
{
	enum cel_kind kind;

	if (kinds == ANY) {
		buf_add_text(buf, "anything");
	} else if (kinds == KEY) {
		buf_add_text(buf, "key");
	} else if (kinds == NUMBER) {
		buf_add_text(buf, "number");
	} else {
		for (kind = CEL_NULL; !(kinds & BIT(kind)); kind++)
			;
		cel_type_spell(cel_type_of(kind), buf);
	}
}

static void spell_args(const struct overload *overload, struct buf *buf)
{
	size_t i;

	for (i = 0; i < overload->nargs; i++) {
		if (i)
			buf_add_text(buf, " and ");
		spell_kinds(overload->args[i], buf);
	}
}

static void spell_types(const struct cel_type *types, size_t n, struct buf *buf)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (i)
			buf_add_text(buf, " and ");
		cel_type_spell(types[i], buf);
	}
}

/* The rows that take that many operands; rows of one name that do are
 * neighbours as well. */
static struct overloads with_nargs(struct overloads overloads, size_t nargs)
{
	while (overloads.n && overloads.rows[0].nargs != nargs) {
		overloads.rows++;
		overloads.n--;
	}
	while (overloads.n && overloads.rows[overloads.n - 1].nargs != nargs)
		overloads.n--;
	return overloads;
}

void overloads_refuse(struct overloads overloads, enum form form, size_t nargs,
    const struct cel_type *types, struct buf *buf)
{
	struct overloads rows = with_nargs(overloads, nargs);
	size_t receiver = form == FORM_METHOD;
	size_t i;

	buf_printf(buf, form == FORM_OPERATOR ? "'%s'" : "%s()",
	    overloads.rows[0].name);
	if (!rows.n) {
		size_t want = overloads.rows[0].nargs - receiver;

		buf_printf(buf, " takes %zu argument%s, not %zu", want,
		    want == 1 ? "" : "s", nargs - receiver);
		return;
	}
	for (i = 0; i < rows.n; i++) {
		buf_add_text(buf, i == 0	   ? " takes "
				  : i < rows.n - 1 ? ", "
						   : " or ");
		spell_args(&rows.rows[i], buf);
	}
	buf_add_text(buf, ", not ");
	spell_types(types, nargs, buf);
}

static struct cel_value no_overload(struct overloads overloads, enum form form,
    const struct call *call, const struct cel_value *args, size_t nargs)
{
	struct cel_type types[MAX_ARGS] = {{0}};
	struct buf sentence = {0};
	struct cel_value error;

	for (size_t i = 0; i < nargs; i++) {
		types[i] = cel_type_of(args[i].kind);
		if (args[i].kind == CEL_OBJECT)
			types[i].class = args[i].object.class;
	}
	overloads_refuse(overloads, form, nargs, types, &sentence);
	error = cel_error(call->arena, "%s", buf_text(&sentence));
	buf_release(&sentence);
	return error;
}

/* The same of values, each of which has a kind. */
static bool takes_values(
    const struct overload *overload, size_t nargs, const struct cel_value *args)
{
	size_t i;

	if (overload->nargs != nargs)
		return false;
	for (i = 0; i < nargs; i++) {
		if (!(overload->args[i] & BIT(args[i].kind)))
			return false;
	}
	return true;
}

struct cel_value overloads_apply(struct overloads overloads, enum form form,
    const struct call *call, const struct cel_value *args, size_t nargs)
{
	for (size_t i = 0; i < overloads.n; i++) {
		if (takes_values(&overloads.rows[i], nargs, args))
			return overloads.rows[i].apply(call, args);
	}
	return no_overload(overloads, form, call, args, nargs);
}
