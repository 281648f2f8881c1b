/*
 * The constant tables of the built-in rules: the same as what the loader makes
 * of the files of rules/, and written so that C reads them back.
 */
#include "cel/code.h"
#include "rule/builtin.h"
#include "rule/sources.h"
#include "rule/write_program.h"
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

/* What the tables do not have, see rule/builtin.h. */
static struct rule without_loader_parts(const struct rule *rule)
{
	struct rule copy = *rule;

	memset(copy.scope.vars, 0, sizeof(copy.scope.vars));
	copy.scope.cel.vars = NULL;
	copy.scope.cel.owner = NULL;
	copy.bad = copy.good = NULL;
	copy.nbad = copy.ngood = 0;
	copy.when.place = copy.at.place = (struct place){0};
	copy.about.place = copy.require.place = (struct place){0};
	for (int i = 0; i < SEVERITY_MAX; i++)
		copy.raises[i].place = (struct place){0};
	return copy;
}

/* Whoever adds a field to struct rule has to write it, too: where one of the
 * rules has anything, the other has something.  Addresses differ. */
Test(rule_write_rules, no_field_is_left_out)
{
	struct ruleset loaded = {0}, compiled = {0};

	ruleset_add_sources(&loaded);
	ruleset_add_builtin(&compiled);
	for (size_t i = 0; i < loaded.n; i++) {
		struct rule a = without_loader_parts(loaded.rules[i]);
		struct rule b = without_loader_parts(compiled.rules[i]);
		const char *id = loaded.rules[i]->kind.id;
		uintptr_t of_a[sizeof(a) / sizeof(uintptr_t)];
		uintptr_t of_b[sizeof(b) / sizeof(uintptr_t)];

		memcpy(of_a, &a, sizeof(a));
		memcpy(of_b, &b, sizeof(b));
		for (size_t j = 0; j < COUNT_OF(of_a); j++)
			cr_assert_eq(
			    !of_a[j], !of_b[j], "%s: word %zu of it", id, j);
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
	size_t nprograms = 0;

	for (size_t i = 0; i < nbuiltin_rules; i++) {
		const struct rule *rule = &builtin_rules[i].rule;
		const struct cel_program *program =
		    rule->ncases ? rule->cases[0].when.program
				 : rule->require.program;

		if (!program)
			continue;
		cr_assert_null(program->owned, "%s", rule->kind.id);
		nprograms++;
	}
	cr_assert_gt(nprograms, 0);
}

static void expect_slice(struct slice text, const char *expected)
{
	struct buf buf = {0};

	write_slice(&buf, text);
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
}

Test(rule_write_rules, texts)
{
	expect_slice(SLICE("plain"), "{\"plain\", 5}");
	expect_slice(SLICE("a\nb\n"), "{\"a\\012\"\n\"b\\012\", 4}");
	/* Three digits, so that the 7 is no part of the escape. */
	expect_slice(SLICE("\0017"), "{\"\\0017\", 2}");
	expect_slice(SLICE("a\0b"), "{\"a\\000b\", 3}");
	expect_slice(SLICE("\"\\?"), "{\"\\042\\134\\077\", 3}");
	expect_slice(SLICE("\xc3\xa4"), "{\"\\303\\244\", 2}");
}

static void expect_value(struct cel_value value, const char *expected)
{
	struct buf buf = {0};

	write_value(&buf, "origin", &value);
	cr_assert_str_eq(buf_text(&buf), expected);
	buf_release(&buf);
}

Test(rule_write_rules, values)
{
	static const struct origin origin = {.name = "a.yaml"};
	static const struct cel_value one = {.kind = CEL_INT, .integer = 1};
	static const struct cel_list ones = {.n = 1, .items = &one}, none = {0};
	struct cel_value placed = one;

	expect_value(cel_int(-3), "{.kind = CEL_INT, .integer = INT64_C(-3)}");
	/* The magnitude of the least is none that C has a literal for. */
	expect_value(
	    cel_int(INT64_MIN), "{.kind = CEL_INT, .integer = INT64_MIN}");
	expect_value(cel_double(0.1),
	    "{.kind = CEL_DOUBLE, .real = 0x1.999999999999ap-4}");
	expect_value(cel_bool(true), "{.kind = CEL_BOOL, .boolean = 1}");
	expect_value(
	    (struct cel_value){.kind = CEL_NULL}, "{.kind = CEL_NULL}");
	expect_value((struct cel_value){.kind = CEL_LIST, .list = &none},
	    "{.kind = CEL_LIST, .list = &(const struct cel_list){.n = 0, "
	    ".items = NULL}}");
	expect_value((struct cel_value){.kind = CEL_LIST, .list = &ones},
	    "{.kind = CEL_LIST, .list = &(const struct cel_list){.n = 1, "
	    ".items = "
	    "(const struct cel_value[]){\n"
	    "{.kind = CEL_INT, .integer = INT64_C(1)},\n}}}");
	placed.place = (struct place){&origin, {1, 2, 3, 4}};
	expect_value(placed, "{.kind = CEL_INT, .integer = INT64_C(1), "
			     ".place = {&origin, {1, 2, 3, 4}}}");
}
