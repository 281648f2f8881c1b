/*
 * The constant tables of the built-in rules: the same as what the loader makes
 * of the files of rules/, and written so that C reads them back.
 */
#include "cel/code.h"
#include "rule/pack.h"
#include "rule/sources.h"
#include "rule/unpack.h"
#include "rule/write_rules.h"

#include <criterion/criterion.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the first line that differs, for whoever has to find it. */
static size_t first_difference(struct slice a, struct slice b)
{
	size_t line = 1;

	for (size_t i = 0; i < a.len && i < b.len; i++) {
		if (a.ptr[i] != b.ptr[i])
			return line;
		line += a.ptr[i] == '\n';
	}
	return line;
}

/* Whatever of a rule is written is the same in both. */
Test(rule_write_rules, tables_are_what_the_loader_makes)
{
	struct ruleset loaded = {0}, compiled = {0};
	struct buf of_loaded = {0}, of_compiled = {0};

	ruleset_add_sources(&loaded);
	ruleset_add_builtin(&compiled);
	write_rules(&of_loaded, &loaded);
	write_rules(&of_compiled, &compiled);
	cr_assert_gt(loaded.n, 0);
	cr_assert(slice_eq(buf_slice(&of_loaded), buf_slice(&of_compiled)),
	    "line %zu of src/rule/builtin.c",
	    first_difference(buf_slice(&of_loaded), buf_slice(&of_compiled)));
	buf_release(&of_loaded);
	buf_release(&of_compiled);
	ruleset_release(&loaded);
	ruleset_release(&compiled);
}

/* Whether two structs have anything in the same words.  Addresses differ. */
static void expect_same_words(
    const char *id, const void *a, const void *b, size_t size)
{
	for (size_t i = 0; i < size / sizeof(uintptr_t); i++) {
		uintptr_t of_a, of_b;

		memcpy(&of_a, (const uintptr_t *)a + i, sizeof(of_a));
		memcpy(&of_b, (const uintptr_t *)b + i, sizeof(of_b));
		cr_assert_eq(!of_a, !of_b, "%s: word %zu of it", id, i);
	}
}

/* What the tables do not have, see rule/packed.h, or have elsewhere. */
static struct rule without_loader_parts(const struct rule *rule)
{
	struct rule copy = *rule;

	copy.body = NULL;
	memset(&copy.packed, 0, sizeof(copy.packed));
	if (!copy.clause.len)
		copy.clause.ptr = NULL;
	copy.bad = copy.good = NULL;
	copy.nbad = copy.ngood = 0;
	return copy;
}

static struct scope without_names(const struct scope *scope)
{
	struct scope copy = *scope;

	memset(copy.vars, 0, sizeof(copy.vars));
	copy.cel.vars = NULL;
	copy.cel.owner = NULL;
	return copy;
}

/* Whoever adds a field to struct rule has to pack it, too: where one of the
 * rules has anything, the other has something. */
Test(rule_write_rules, no_field_is_left_out)
{
	struct ruleset loaded = {0}, compiled = {0};

	ruleset_add_sources(&loaded);
	ruleset_add_builtin(&compiled);
	for (size_t i = 0; i < loaded.n; i++) {
		const struct rule *from = loaded.rules[i];
		const struct rule *to = compiled.rules[i];
		struct rule a = without_loader_parts(from);
		struct rule b = without_loader_parts(to);
		struct scope of_a = without_names(from->scope);
		struct scope of_b = without_names(to->scope);
		const char *id = from->kind.id;

		expect_same_words(id, &a, &b, sizeof(a));
		expect_same_words(id, &of_a, &of_b, sizeof(of_a));
		expect_same_words(id, from->body,
		    rule_body(to, &compiled.arena), sizeof(*from->body));
	}
	ruleset_release(&loaded);
	ruleset_release(&compiled);
}

static void expect_file(const struct rule_source *source, const char *path)
{
	const char *name = strrchr(path, '/') + 1;
	FILE *file = fopen(path, "rb");
	char *text = malloc(source->len + 2);
	size_t len;

	cr_assert_not_null(file, "%s", path);
	cr_assert_str_eq(source->name, name);
	len = fread(text, 1, source->len + 1, file);
	cr_assert_eq(len, source->len, "%s", path);
	cr_assert_eq(memcmp(text, source->text, len), 0, "%s", path);
	fclose(file);
	free(text);
}

/* Their order is that of the names' bytes, which glob() has in locale C. */
Test(rule_write_rules, texts_are_those_of_the_files)
{
	const char *srcdir = getenv("srcdir");
	char pattern[4096];
	glob_t found;

	snprintf(
	    pattern, sizeof(pattern), "%s/rules/*.yaml", srcdir ? srcdir : ".");
	cr_assert_eq(glob(pattern, 0, NULL, &found), 0, "%s", pattern);
	cr_assert_eq(found.gl_pathc, nrule_sources);
	for (size_t i = 0; i < nrule_sources; i++)
		expect_file(&rule_sources[i], found.gl_pathv[i]);
	globfree(&found);
}

/* What the configuration changes is the run's own. */
Test(rule_write_rules, each_run_has_its_own_parameters)
{
	struct ruleset first = {0}, second = {0};
	size_t nparams = 0;

	ruleset_add_builtin(&first);
	ruleset_add_builtin(&second);
	for (size_t i = 0; i < first.n; i++) {
		struct params *params = &first.rules[i]->params;
		const struct params *others = &second.rules[i]->params;

		cr_assert_eq(params->n, others->n);
		for (size_t j = 0; j < params->n; j++) {
			params->items[j].value = cel_int(12345);
			cr_assert_neq(others->items[j].value.integer, 12345);
			nparams++;
		}
	}
	cr_assert_gt(nparams, 0);
	ruleset_release(&first);
	ruleset_release(&second);
}

/* A pattern that is not needed costs nothing: the tables have its text only. */
Test(rule_write_rules, programs_of_tables_own_nothing)
{
	struct ruleset compiled = {0};
	size_t nprograms = 0;

	ruleset_add_builtin(&compiled);
	for (size_t i = 0; i < compiled.n; i++) {
		const struct rule *rule = compiled.rules[i];
		const struct rule_body *tests =
		    rule_tests(rule, &compiled.arena);
		const struct cel_program *program =
		    tests->ncases ? tests->cases[0].when.program
				  : tests->require.program;

		if (!program)
			continue;
		cr_assert_null(program->owned, "%s", rule->kind.id);
		nprograms++;
	}
	cr_assert_gt(nprograms, 0);
	ruleset_release(&compiled);
}

/* What a run has no entity for is read from no table. */
Test(rule_write_rules, rules_on_entities_stay_packed)
{
	struct ruleset compiled = {0};

	ruleset_add_builtin(&compiled);
	for (size_t i = 0; i < compiled.n; i++)
		cr_assert_eq(compiled.rules[i]->body != NULL,
		    compiled.rules[i]->on == ON_OBJECT, "%s",
		    compiled.rules[i]->kind.id);
	ruleset_release(&compiled);
}

/* A rule, packed and unpacked again. */
struct packed {
	struct ruleset from, to;
	struct packing packing;
	struct packed_rules tables;
};

static void pack(struct packed *packed, const char *rule)
{
	static const struct origin origin = {
	    .name = "a.yaml", .role = ORIGIN_CONTRACT};
	struct fault fault = {0};
	struct buf text = {0};

	*packed = (struct packed){0};
	buf_printf(&text, "id: a\ncode: ACME101\nseverity: warning\n%s", rule);
	cr_assert_eq(
	    ruleset_add_text(&packed->from, &origin,
		slice_copy(&packed->from.arena, buf_slice(&text)), &fault),
	    0, "%s", fault_text(&fault));
	buf_release(&text);
	pack_rules(&packed->packing, &packed->from);
	packed->tables = packing_tables(&packed->packing);
	ruleset_add_packed(&packed->to, &packed->tables);
	cr_assert_eq(packed->to.n, 1);
}

static void packed_release(struct packed *packed)
{
	ruleset_release(&packed->from);
	ruleset_release(&packed->to);
	packing_release(&packed->packing);
}

/* A constant of an expression, which may be null, where no parameter is. */
static void expect_null_constant(const struct rule_body *body)
{
	const struct cel_program *program = body->require.program;

	cr_assert_eq(program->nconstants, 1);
	cr_expect_eq(program->constants[0].kind, CEL_NULL);
}

/* Of every kind, at its place, and at both ends of the numbers. */
Test(rule_write_rules, values_come_back)
{
	static const char *const names[] = {
	    "least", "real", "flag", "long", "list", "none"};
	struct packed packed;
	const struct params *from, *to;

	pack(&packed, "group: own\non: workload\nmessage: m\n"
		      "require: dyn(workload.name) != null\n"
		      "params:\n  least: -9223372036854775808\n  real: 0.1\n"
		      "  flag: false\n  long: \"a\\n\\\"\\\\?\\u00e4\"\n"
		      "  list: [1, x, 2.5]\n  none: []\n");
	from = &packed.from.rules[0]->params;
	to = &packed.to.rules[0]->params;
	cr_assert_eq(from->n, COUNT_OF(names));
	cr_assert_eq(to->n, COUNT_OF(names));
	for (size_t i = 0; i < to->n; i++) {
		const struct param *a = &from->items[i], *b = &to->items[i];

		cr_expect_str_eq(b->name, names[i]);
		cr_expect(cel_equal(a->value, b->value), "%s", names[i]);
		cr_expect_eq(a->value.kind, b->value.kind, "%s", names[i]);
		cr_expect_str_eq(b->value.place.origin->name, "a.yaml");
		cr_expect_eq(b->value.place.span.line, 9 + i);
		cr_expect_eq(b->place.span.col, a->place.span.col);
	}
	expect_null_constant(packed.from.rules[0]->body);
	expect_null_constant(rule_body(packed.to.rules[0], &packed.to.arena));
	packed_release(&packed);
}

/* What is read with the first finding: the words, places and edits. */
Test(rule_write_rules, bodies_come_back)
{
	struct packed packed;
	const struct rule_body *body;

	pack(&packed,
	    "group: own\non: workload\nmessage: 'x {workload.name}: {case}'\n"
	    "clause: hpaPolicyRequired\naliases: [b, c]\n"
	    "severity_when: {error: 'workload.name == \"a\"'}\n"
	    "cases:\n  - says: one\n    when: 'workload.name == \"b\"'\n"
	    "    severity: note\n  - says: 'two {workload.name}'\n"
	    "notes: [{at: workload, message: see}]\n"
	    "fixit: {at: workload.name, replace: b}\n");
	body = rule_body(packed.to.rules[0], &packed.to.arena);
	cr_assert_null(packed.to.rules[0]->body);
	cr_expect(packed.to.rules[0]->may_raise);
	cr_expect(slice_is(packed.to.rules[0]->clause, "hpaPolicyRequired"));
	cr_expect_str_eq(packed.to.rules[0]->kind.aliases[1], "c");
	cr_expect_null(body->when.program);
	cr_expect_not_null(body->raises[SEVERITY_ERROR].program);
	cr_assert_eq(body->message.n, 2);
	cr_expect(slice_is(body->message.parts[0].literal, "x "));
	cr_expect_not_null(body->message.parts[0].placeholder);
	cr_expect(slice_is(body->message.parts[1].literal, ": "));
	cr_expect(body->message.parts[1].is_case);
	cr_assert_eq(body->ncases, 2);
	cr_expect(body->cases[0].has_severity);
	cr_expect_eq(body->cases[0].severity, SEVERITY_NOTE);
	cr_expect(slice_is(body->cases[1].says.parts[0].literal, "two "));
	cr_expect(
	    slice_is(body->notes.items[0].message.parts[0].literal, "see"));
	cr_expect_eq(body->nfixits, 1);
	cr_expect(slice_is(body->fixits[0].texts[0].pieces[0].yaml, "b"));
	packed_release(&packed);
}

/* As C: octal escapes have three digits, so that the 7 is no part of one. */
Test(rule_write_rules, texts_are_written_for_c)
{
	struct packed packed;
	struct buf buf = {0};

	pack(&packed, "group: own\non: workload\nrequire: 'true'\n"
		      "message: \"\\x017\\\"\\\\?\\u00e4\"\n");
	write_rules(&buf, &packed.from);
	cr_assert_geq(
	    slice_find(buf_slice(&buf),
		SLICE("\"\\0017\\042\\134\\077\\303\\244\\000\"\n"), 0),
	    0, "%s", buf_text(&buf));
	buf_release(&buf);
	packed_release(&packed);
}
