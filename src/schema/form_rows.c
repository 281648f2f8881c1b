/* Forms by their numbers. */
#include "schema/form.h"

static const struct form_row rows[] = {
#define FORM(id, name, words, good, bad) \
	[FORM_##id] = {name, words, good, bad, form_##id},
#include "schema/form.def"
#undef FORM
};

const struct form_row *form_row(enum form form)
{
	return &rows[form];
}

bool form_takes(enum form form, struct slice text)
{
	return form == FORM_NONE || rows[form].takes(text);
}
