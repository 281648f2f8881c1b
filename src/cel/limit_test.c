/*
 * Hostile expressions: cut short, nested without end, long without end, and
 * small ones that ask for endless work.
 */
#include "cel/cel.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct cel_variable variables[] = {
    {"object", {CEL_DYN, 0, NULL}},
};
static const struct cel_scope scope = {.vars = variables, .nvars = 1};
static const struct cel_scope lax_scope = {
    .vars = variables, .nvars = 1, .lax = true};

/* What became of source: "refused: ..." or the value, printed. */
static void spell_outcome(
    const struct cel_scope *in, struct slice source, struct buf *buf)
{
	static const struct cel_map empty;
	struct cel_value object = {.kind = CEL_MAP, .map = &empty};
	struct cel_problem problem = {0};
	const struct cel_program *program = cel_compile(source, in, &problem);
	struct arena arena = {0};

	if (program)
		cel_print(cel_eval(program, &object, NULL, &arena), buf);
	else
		buf_printf(buf, "refused: %s", fault_text(&problem.fault));
	cr_assert(program || problem.offset <= source.len);
	cel_program_free(program);
	fault_release(&problem.fault);
	arena_release(&arena);
}

static void expect_outcome(const struct buf *source, const char *wanted)
{
	struct slice shown = buf_slice(source);
	struct buf outcome = {0};

	spell_outcome(&scope, shown, &outcome);
	if (shown.len > 60)
		shown.len = 60;
	cr_expect_str_eq(buf_text(&outcome), wanted, "%.*s... gives %s",
	    SLICE_ARGS(shown), buf_text(&outcome));
	buf_release(&outcome);
}

static void add_times(struct buf *buf, const char *text, unsigned times)
{
	while (times--)
		buf_add_text(buf, text);
}

/* The outcome of opening so many times, middle, closing so many times. */
static void expect_nested(const char *opening, const char *middle,
    const char *closing, unsigned times, const char *wanted)
{
	struct buf source = {0};

	add_times(&source, opening, times);
	buf_add_text(&source, middle);
	add_times(&source, closing, times);
	expect_outcome(&source, wanted);
	buf_release(&source);
}

static const char too_deep[] =
    "refused: the expression is nested more than 250 levels deep";

Test(cel_limit, nesting_that_is_honest)
{
	expect_nested("(", "1", ")", 200, "1");
	expect_nested("-", "(1)", "", 200, "1");
	expect_nested("true ? 1 : ", "2", "", 200, "1");
	expect_nested("[1].all(x, ", "true", ")", 60, "true");
	expect_nested("[", "[]", "][0]", 100, "[]");
}

Test(cel_limit, nesting_of_the_source)
{
	expect_nested("(", "1", ")", 250, too_deep);
	expect_nested("(", "", "", 100000, too_deep);
	expect_nested("[", "1", "]", 100000, too_deep);
	expect_nested("{1: ", "2", "}", 100000, too_deep);
	expect_nested("-", "(1)", "", 100000, too_deep);
	expect_nested("!", "true", "", 100000, too_deep);
	expect_nested("-(", "1", ")", 100000, too_deep);
	expect_nested("true ? 1 : ", "2", "", 100000, too_deep);
	expect_nested("size(", "''", ")", 100000, too_deep);
	expect_nested("[1].all(x, ", "true", ")", 100000, too_deep);
	expect_nested("object[", "1", "]", 100000, too_deep);
}

/* These grow a tree without recursion of the parser. */
Test(cel_limit, nesting_of_the_tree)
{
	expect_nested("", "object", ".a", 100000, too_deep);
	expect_nested("", "object", "[0]", 100000, too_deep);
	expect_nested("", "''", ".size()", 100000, too_deep);
	expect_nested("", "[]", ".filter(x, true)", 100000, too_deep);
}

Test(cel_limit, long_chains_are_no_nesting)
{
	expect_nested("1 + ", "0", "", 50000, "50000");
	expect_nested("2 * 3 / 6 * ", "7", "", 50000, "7");
	expect_nested("true && ", "false", "", 50000, "false");
	expect_nested("false || ", "true", "", 50000, "true");
	expect_nested("true && false || ", "true", "", 50000, "true");
	expect_nested("[1].size() + ", "0", "", 20000, "20000");
}

static const char too_long[] = "error: the expression took too many steps";

/* 400 items, each looked at for each of 400, for each of 400. */
Test(cel_limit, work_of_nested_macros)
{
	struct buf list = {0};
	struct buf source = {0};

	buf_add_char(&list, '[');
	add_times(&list, "1,", 400);
	buf_add_char(&list, ']');
	buf_printf(&source, "%s.all(a, %s.all(b, %s.all(c, true)))",
	    buf_text(&list), buf_text(&list), buf_text(&list));
	expect_outcome(&source, too_long);
	buf_release(&source);
	buf_release(&list);
}

/* Each map() makes its item twice as large. */
static void expect_doubled(
    const char *start, const char *doubling, const char *use)
{
	struct buf source = {0};

	buf_add_text(&source, start);
	add_times(&source, doubling, 60);
	buf_add_text(&source, use);
	expect_outcome(&source, too_long);
	buf_release(&source);
}

Test(cel_limit, work_of_growing_values)
{
	expect_doubled("[[1]]", ".map(x, x + x)", ".size() == 1");
	expect_doubled("['text']", ".map(x, x + x)", ".size() == 1 || true");
	expect_doubled("[1]", ".map(x, [x, x])", ".map(x, x == x)");
	expect_doubled("[1]", ".map(x, [x, x])", ".map(x, x in [x])");
}

Test(cel_limit, every_truncation_compiles_or_is_refused)
{
	static const char *const sources[] = {
	    "object.containers.all(c, c.image.matches('^[a-z]+:[0-9]+$'))",
	    "has(object.spec.replicas) && object.spec.replicas >= 2 ? 1 : 0",
	    "{'a': [1, 2.5e3, 0x1F], \"b\": {true: null, 7: -1}}.b[true]",
	    "[1, 2, 3].filter(x, x % 2 == 1).map(y, y > 1, y * 10) == [30]",
	    "'\\u00e9\\U0001F600\\x41\\101\\n' + r'\\d' + '''it's'''",
	    "\"\"\"a \"quoted\" text\"\"\" + R\"\"\"\\\"\"\" == \"\"",
	    "!(object || object.budget > 3) && -object.replicas < 0",
	    "size(object.labels) > 0 && 'app' in object.labels // end",
	    "object.`spec`.paths.exists_one(p, p.startsWith('/')) || false",
	    "int('12') + int(3.7) == 15 && double('1.5') < 2 && bool('t')",
	    "((((((1 + 2) * 3) - 4) / 5) % 6) != 0) == true",
	    "true ? false ? 1 : 2 : object.main == object ? 3 : 4",
	    "object.ports.map(p, [p].map(q, {string(q): q})).size() <= 2",
	    "object.name + '/' + object.image.size() + nobody(1)[2].x{}",
	};
	size_t i, len;

	for (i = 0; i < COUNT_OF(sources); i++) {
		for (len = 0; len <= strlen(sources[i]); len++) {
			/* A copy that ends where it ends, so that a sanitizer
			 * sees one byte too many being read. */
			struct slice cut = {xmalloc(len + !len), len};
			struct buf outcome = {0};

			memcpy((char *)cut.ptr, sources[i], len);
			spell_outcome(&scope, cut, &outcome);
			spell_outcome(&lax_scope, cut, &outcome);
			cr_expect_gt(outcome.len, 0);
			buf_release(&outcome);
			free((char *)cut.ptr);
		}
	}
}

/* What source gives over an object of 1000 keys, k0 to k999, and a text of
 * 6400 bytes as "text", within so many steps. */
static enum cel_kind kind_within(const char *source, uint64_t steps)
{
	struct arena arena = {0};
	struct cel_value *keys = arena_array(&arena, 1001, sizeof(*keys));
	struct cel_value *values = arena_array(&arena, 1001, sizeof(*values));
	struct cel_map map = {.n = 1001, .keys = keys, .values = values};
	struct cel_value object = {.kind = CEL_MAP, .map = &map};
	struct cel_problem problem = {0};
	const struct cel_program *program =
	    cel_compile(slice_of(source), &scope, &problem);
	char *text = arena_alloc(&arena, 6400);
	enum cel_kind kind;

	cr_assert(program, "%s", source);
	memset(text, 'a', 6400);
	keys[0] = cel_string(SLICE("text"));
	values[0] = cel_string((struct slice){text, 6400});
	for (int i = 0; i < 1000; i++) {
		keys[i + 1] =
		    cel_string(slice_of(arena_printf(&arena, "k%d", i)));
		values[i + 1] = cel_int(i);
	}
	kind = cel_eval_within(&steps, program, &object, NULL, &arena).kind;
	cel_program_free(program);
	arena_release(&arena);
	return kind;
}

/* Two keys a step, so 500 for a look into the map; 64 bytes of text a step, so
 * 100 for the text; a match may look at 6 KiB from each of them. */
Test(cel_limit, size_is_paid_for)
{
	static const struct {
		const char *source;
		uint64_t least;
	} rows[] = {
	    {"object.k999", 500},
	    {"object['k999']", 500},
	    {"has(object.k999)", 500},
	    {"object.?k999.hasValue()", 500},
	    {"object[?'k999'].hasValue()", 500},
	    {"'k999' in object", 500},
	    {"object == object", 500 * 1000},
	    {"object.text.contains('b')", 500 + 100},
	    {"size(object.text)", 500 + 100},
	    {"object.text + 'b'", 500 + 100},
	    {"object.text < 'b'", 500 + 100},
	    {"object.text in [dyn(object.text)]", 2 * 500 + 100},
	    {"object.text.matches('b')", 500 + 100 + 36 * 512},
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		uint64_t least = rows[i].least;

		cr_expect_eq(kind_within(rows[i].source, least), CEL_ERROR,
		    "%s within %d", rows[i].source, (int)least);
		cr_expect_neq(kind_within(rows[i].source, least * 2), CEL_ERROR,
		    "%s within %d", rows[i].source, (int)(least * 2));
	}
}
