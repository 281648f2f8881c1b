#include "cel/cel.h"

#include <criterion/criterion.h>

static void add(struct slice name, struct slice field, void *context)
{
	struct buf *buf = context;

	if (buf->len)
		buf_add_char(buf, ' ');
	buf_add_slice(buf, name);
	if (field.len) {
		buf_add_char(buf, '.');
		buf_add_slice(buf, field);
	}
}

static const struct {
	const char *source, *names;
} rows[] = {
    {"1 + 2", ""},
    {"object.spec.replicas <= params.most", "object.spec params.most"},
    {"has(object.spec.paused) || !flag", "object.spec flag"},
    /* A field that is asked for is named at its end. */
    {"has(variables.a)", "variables.a"},
    {"variables['a'] in [b, {c: d}]", "variables b c d"},
    {"a ? b.x : c", "a b.x c"},
    {"object.items.all(i, i.size > least)", "object.items least"},
    {"i.x && object.items.exists(i, i.x)", "i.x object.items"},
    {"l.map(x, x.on, f(x, y))", "l y"},
    /* What is no macro here may be one elsewhere. */
    {"l.items.transformList(i, v, i + v + w)", "l.items w"},
    {"l.items.transformList(i, v, i) == v", "l.items v"},
    /* A library's name, not an object's. */
    {"math.greatest(a, 1) == 1", ""},
    {"size(a.b)", "a.b"},
    {"-a + b * c", "a b c"},
};

Test(cel_free_names, are_what_no_macro_declares)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct buf names = {0};

		cr_expect(cel_visit_names(
			      slice_of(rows[i].source), add, &names),
		    "%s", rows[i].source);
		cr_expect_str_eq(
		    buf_text(&names), rows[i].names, "%s", rows[i].source);
		buf_release(&names);
	}
}

Test(cel_free_names, of_what_is_beyond_our_grammar_none_is_told)
{
	struct buf names = {0};

	cr_expect(!cel_visit_names(
	    SLICE("l.all(i, v, v > w)"), add, &names));
	cr_expect(!cel_visit_names(SLICE("a +"), add, &names));
	cr_expect_eq(names.len, 0);
	buf_release(&names);
}
