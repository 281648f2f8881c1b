/* Rule files that are taken, and the sentence for each that is not. */
#include "rule/rule.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define HEAD(id, code) "id: " id "\ncode: " code "\n"
#define BODY                                       \
	"severity: error\ngroup: drain\non: pdb\n" \
	"require: size(pdb.workloads) > 0\nmessage: no pods\n"

/* testdata/rules/NAME SUFFIX; caller frees. */
static char *data_path(const char *name, const char *suffix)
{
	const char *srcdir = getenv("srcdir");
	struct buf path = {0};

	buf_printf(&path, "%s/testdata/rules/%s%s", srcdir ? srcdir : ".", name,
	    suffix);
	buf_text(&path);
	return path.ptr;
}

/* What the file holds, without a newline at its end; caller frees. */
static char *read_line(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t size = 0;

	cr_assert_not_null(file, "%s", path);
	cr_assert(getline(&line, &size, file) > 0, "%s", path);
	line[strcspn(line, "\n")] = '\0';
	fclose(file);
	return line;
}

/* testdata/rules/NAME.yaml is refused as NAME.fault says. */
static void expect_refused(const char *name)
{
	char *path = data_path(name, ".yaml");
	char *fault_path = data_path(name, ".fault");
	char *wanted = read_line(fault_path);
	size_t folder = strlen(path) - strlen(name) - strlen(".yaml");
	struct ruleset ruleset = {0};
	struct fault fault = {0};
	const char *text;

	cr_expect_eq(ruleset_add_path(&ruleset, path, &fault), -1, "%s", name);
	cr_expect_eq(ruleset.n, 0, "%s", name);
	text = fault_text(&fault);
	cr_expect_eq(strncmp(text, path, folder), 0, "%s", text);
	if (strlen(text) >= folder)
		cr_expect_str_eq(text + folder, wanted, "'%s', not '%s'",
		    text + folder, wanted);
	ruleset_release(&ruleset);
	fault_release(&fault);
	free(wanted);
	free(fault_path);
	free(path);
}

Test(rule_load, every_refusal_has_its_sentence)
{
	char *folder = data_path("", "");
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	cr_assert_not_null(dir);
	while ((entry = readdir(dir))) {
		char *dot = strstr(entry->d_name, ".fault");

		if (!dot)
			continue;
		*dot = '\0';
		expect_refused(entry->d_name);
		count++;
	}
	closedir(dir);
	free(folder);
	cr_assert_geq(count, 60);
}

static int add(
    struct ruleset *ruleset, const struct origin *origin, const char *text)
{
	struct fault fault = {0};
	int result = ruleset_add_text(ruleset, origin, slice_of(text), &fault);

	cr_assert_eq(result, 0, "%s", fault_text(&fault));
	return result;
}

static void expect_fault(struct ruleset *ruleset, const struct origin *origin,
    const char *text, const char *sentence)
{
	struct fault fault = {0};
	size_t n = ruleset->n;

	cr_assert_eq(
	    ruleset_add_text(ruleset, origin, slice_of(text), &fault), -1);
	cr_assert_str_eq(fault_text(&fault), sentence);
	cr_assert_eq(ruleset->n, n);
	fault_release(&fault);
}

static const struct origin a_yaml = {.name = "dir/a.yaml"};
static const struct origin other_a_yaml = {.name = "other/a.yaml"};
static const struct origin b_yaml = {.name = "b.yaml"};
static const struct origin c_yaml = {.name = "c.yaml"};

Test(rule_load, the_smallest_rule)
{
	struct ruleset ruleset = {0};
	const struct rule *rule;

	add(&ruleset, &a_yaml, HEAD("a", "ACME101") BODY);
	rule = ruleset_find(&ruleset, SLICE("a"));
	cr_assert_not_null(rule);
	cr_assert_str_eq(rule->kind.id, "a");
	cr_assert_str_eq(rule->kind.code, "ACME101");
	cr_assert_str_eq(rule->kind.name, "A");
	cr_assert_str_eq(rule->kind.group, "drain");
	cr_assert_eq(rule->kind.severity, SEVERITY_ERROR);
	cr_assert_str_eq(rule->kind.message, "no pods");
	cr_assert_str_eq(rule->kind.invariant, "");
	cr_assert_str_eq(rule->kind.why, "");
	cr_assert_str_eq(rule->kind.fix, "");
	cr_assert_null(rule->kind.bad);
	cr_assert_null(rule->body->when.program);
	cr_assert_null(rule->body->at.program);
	cr_assert_eq(rule->clause.len, 0);
	cr_assert_eq(rule->on, ENTITY_pdb);
	cr_assert_null(ruleset_find(&ruleset, SLICE("b")));
	ruleset_release(&ruleset);
	cr_assert_null(ruleset_find(&ruleset, SLICE("a")));
}

/* Fields in any order: the entity is known before what names it. */
Test(rule_load, the_largest_rule)
{
	static const struct origin origin = {.name = "two-words-2.yml"};
	struct ruleset ruleset = {0};
	const struct rule *rule;

	add(&ruleset, &origin,
	    "message: \"{container.name} of {workload.name}\"\n"
	    "require: container.served\n"
	    "examples:\n"
	    "  bad: [{yaml: x, contract: {id: c}}, {yaml: y}]\n"
	    "  good: [{yaml: z}]\n"
	    "notes: [{at: workload, message: m}, {at: container.name, "
	    "when: 'true', message: n}]\n"
	    "at: container.name\nclause: hpaPolicyRequired\n"
	    "when: contract.prod_like\n"
	    "severity_when: {note: 'true', off: 'false'}\n"
	    "params: {least: 1}\n"
	    "on: container\nfix: f\nwhy: w\ninvariant: i\n"
	    "group: own\nseverity: off\ncode: AB100\nid: two-words-2\n");
	rule = ruleset.rules[0];
	cr_assert_str_eq(rule->kind.name, "TwoWords2");
	cr_assert_eq(rule->kind.severity, SEVERITY_OFF);
	cr_assert_str_eq(rule->kind.invariant, "i");
	cr_assert_str_eq(rule->kind.why, "w");
	cr_assert_str_eq(rule->kind.fix, "f");
	cr_assert_str_eq(rule->kind.bad, "x\n");
	cr_assert_str_eq(rule->kind.good, "z\n");
	cr_assert_eq(rule->nbad, 2);
	cr_assert_eq(rule->ngood, 1);
	cr_assert_not_null(rule->bad[0].contract);
	cr_assert_null(rule->bad[1].contract);
	cr_assert_eq(rule->bad[0].place.span.line, 4);
	cr_assert_eq(rule->body->notes.n, 2);
	cr_assert_null(rule->body->notes.items[0].when.program);
	cr_assert_not_null(rule->body->notes.items[1].when.program);
	cr_assert_not_null(rule->body->raises[SEVERITY_NOTE].program);
	cr_assert_not_null(rule->body->raises[SEVERITY_OFF].program);
	cr_assert_null(rule->body->raises[SEVERITY_ERROR].program);
	cr_assert(slice_is(rule->clause, "hpaPolicyRequired"));
	ruleset_release(&ruleset);
}

Test(rule_load, ids_and_codes_are_taken_once)
{
	struct ruleset ruleset = {0};

	add(&ruleset, &a_yaml, HEAD("a", "ACME101") BODY);
	expect_fault(&ruleset, &other_a_yaml, HEAD("a", "ACME102") BODY,
	    "other/a.yaml:1:5: error: id 'a' is taken by the rule in "
	    "dir/a.yaml");
	expect_fault(&ruleset, &b_yaml, HEAD("b", "ACME101") BODY,
	    "b.yaml:2:7: error: code 'ACME101' is taken by the rule 'a'");
	/* A refused rule takes nothing. */
	add(&ruleset, &b_yaml, HEAD("b", "ACME102") BODY);
	ruleset_release(&ruleset);
}

/* A rule answers to the names it had, which nobody else can take. */
Test(rule_load, aliases)
{
	struct ruleset ruleset = {0};
	const struct rule *rule;

	add(&ruleset, &a_yaml,
	    HEAD("a", "ACME101") "aliases: [old-a, ACME100]\n" BODY);
	rule = ruleset_find(&ruleset, SLICE("a"));
	cr_assert_not_null(rule);
	cr_assert_eq(ruleset_find(&ruleset, SLICE("old-a")), rule);
	cr_assert_eq(ruleset_find(&ruleset, SLICE("ACME100")), rule);
	cr_assert_eq(rule->kind.naliases, 2);
	cr_assert_str_eq(rule->kind.aliases[1], "ACME100");
	expect_fault(&ruleset, &b_yaml, HEAD("b", "ACME100") BODY,
	    "b.yaml:2:7: error: code 'ACME100' is taken by the rule 'a'");
	expect_fault(&ruleset, &b_yaml,
	    HEAD("b", "ACME102") "aliases: [a]\n" BODY,
	    "b.yaml:3:11: error: alias 'a' is taken by the rule 'a'");
	/* Of a rule that was split each part has the name. */
	add(&ruleset, &c_yaml,
	    HEAD("c", "ACME103") "aliases: [x, old-a]\n" BODY);
	expect_fault(&ruleset, &b_yaml,
	    HEAD("b", "ACME102") "aliases: [ACME101]\n" BODY,
	    "b.yaml:3:11: error: alias 'ACME101' is taken by the rule 'a'");
	ruleset_release(&ruleset);
}

Test(rule_load, titles_and_links)
{
	struct ruleset ruleset = {0};
	const struct diag_kind *kind;

	add(&ruleset, &a_yaml,
	    HEAD(
		"a", "ACME101") "title: "
				"0123456789012345678901234567890123456789012345"
				"678\u00e9\n"
				"see: [\"https://a.example/b#c\"]\n" BODY);
	kind = &ruleset.rules[0]->kind;
	cr_assert_eq(kind->nsee, 1);
	cr_assert_str_eq(kind->see[0], "https://a.example/b#c");
	cr_assert_eq(utf8_count(slice_of(kind->title)), 50);
	ruleset_release(&ruleset);
}

/* The catalogue has the message of each case, filled in. */
Test(rule_load, cases)
{
	struct ruleset ruleset = {0};
	const struct rule *rule;

	add(&ruleset, &a_yaml,
	    HEAD("a", "ACME101") "severity: error\ngroup: drain\non: pdb\n"
				 "message: \"{{case}} '{pdb.name}' {case}\"\n"
				 "cases:\n"
				 "  - when: pdb.never_allows\n"
				 "    says: \"is {pdb.name}\"\n"
				 "  - says: waits\n"
				 "    severity: note\n");
	rule = ruleset.rules[0];
	cr_assert_eq(rule->body->ncases, 2);
	cr_assert_null(rule->body->require.program);
	cr_assert_eq(rule->kind.ncases, 2);
	cr_assert_str_eq(
	    rule->kind.cases[0], "{{case}} '{pdb.name}' is {pdb.name}");
	cr_assert_str_eq(rule->kind.cases[1], "{{case}} '{pdb.name}' waits");
	cr_assert_not(rule->body->cases[0].has_severity);
	cr_assert(rule->body->cases[1].has_severity);
	ruleset_release(&ruleset);
}

/* A message that is left out is what the case says; one without {case} is the
 * same in all. */
Test(rule_load, messages_with_cases)
{
	struct ruleset ruleset = {0};

	add(&ruleset, &a_yaml,
	    HEAD("a", "ACME101") "severity: error\ngroup: drain\non: pdb\n"
				 "cases: [{says: waits}]\n");
	cr_assert_str_eq(ruleset.rules[0]->kind.message, "{case}");
	cr_assert_str_eq(ruleset.rules[0]->kind.cases[0], "waits");
	add(&ruleset, &b_yaml,
	    HEAD("b", "ACME102") "severity: error\ngroup: drain\non: pdb\n"
				 "message: waits\n"
				 "cases: [{when: pdb.never_allows}]\n");
	cr_assert_eq(ruleset.rules[1]->body->ncases, 1);
	cr_assert_eq(ruleset.rules[1]->kind.ncases, 0);
	ruleset_release(&ruleset);
}

Test(rule_load, codes_that_only_look_like_ours)
{
	struct ruleset ruleset = {0};

	add(&ruleset, &a_yaml, HEAD("a", "RLX101") BODY);
	add(&ruleset, &b_yaml, HEAD("b", "XRL101") BODY);
	add(&ruleset, &c_yaml, HEAD("c", "RX101") BODY);
	ruleset_release(&ruleset);
}

/* The program's own rules load, and stand in the order of their files. */
Test(rule_load, rules_of_the_program)
{
	struct ruleset ruleset = {0};
	const struct rule *own;

	ruleset_add_sources(&ruleset);
	cr_assert_gt(ruleset.n, 0);
	for (size_t i = 1; i < ruleset.n; i++)
		cr_assert_lt(strcmp(ruleset.rules[i - 1]->origin->name,
				 ruleset.rules[i]->origin->name),
		    0);
	for (size_t i = 0; i < ruleset.n; i++) {
		const struct rule *rule = ruleset.rules[i];

		cr_assert_geq(rule->nbad, 2, "%s", rule->kind.id);
		cr_assert_geq(rule->ngood, 2, "%s", rule->kind.id);
		cr_assert_gt(strlen(rule->kind.why), 0, "%s", rule->kind.id);
		cr_assert_gt(strlen(rule->kind.fix), 0, "%s", rule->kind.id);
		cr_assert_not_null(rule->kind.title, "%s", rule->kind.id);
		cr_assert_gt(rule->kind.nsee, 0, "%s", rule->kind.id);
		cr_assert_not_null(
		    strchr(rule->kind.message, '{'), "%s", rule->kind.id);
	}
	own = ruleset.rules[0];
	cr_assert_eq(strncmp(own->origin->name, "<built-in>/", 11), 0);
	cr_assert_eq(strncmp(own->kind.code, "RL", 2), 0);
	ruleset_release(&ruleset);
}

static void write_file(const char *folder, const char *name, const char *text)
{
	struct buf path = {0};
	FILE *file;

	buf_printf(&path, "%s/%s", folder, name);
	file = fopen(buf_text(&path), "w");
	cr_assert_not_null(file);
	fputs(text, file);
	fclose(file);
	buf_release(&path);
}

static void remove_files(const char *folder, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf path = {0};

		buf_printf(&path, "%s/%s", folder, names[i]);
		cr_assert_eq(remove(buf_text(&path)), 0);
		buf_release(&path);
	}
	cr_assert_eq(rmdir(folder), 0);
}

Test(rule_load, all_rules_of_a_folder_by_name)
{
	static const char *const names[] = {
	    "b.yaml", "a.yml", "README", ".hidden.yaml", "c.yaml~"};
	char folder[] = "/tmp/rules-XXXXXX";
	struct ruleset ruleset = {0};
	struct fault fault = {0};

	cr_assert_not_null(mkdtemp(folder));
	write_file(folder, names[0], HEAD("b", "ACME102") BODY);
	write_file(folder, names[1], HEAD("a", "ACME101") BODY);
	for (size_t i = 2; i < COUNT_OF(names); i++)
		write_file(folder, names[i], "{");
	cr_assert_eq(ruleset_add_path(&ruleset, folder, &fault), 0, "%s",
	    fault_text(&fault));
	cr_assert_eq(ruleset.n, 2);
	cr_assert_str_eq(ruleset.rules[0]->kind.id, "a");
	cr_assert_str_eq(ruleset.rules[1]->kind.id, "b");
	ruleset_release(&ruleset);
	remove_files(folder, names, COUNT_OF(names));
}

static void expect_path_fault(const char *path, const char *sentence)
{
	struct ruleset ruleset = {0};
	struct fault fault = {0};
	struct buf wanted = {0};

	buf_printf(&wanted, sentence, path);
	cr_assert_eq(ruleset_add_path(&ruleset, path, &fault), -1);
	cr_assert_str_eq(fault_text(&fault), buf_text(&wanted));
	buf_release(&wanted);
	fault_release(&fault);
	ruleset_release(&ruleset);
}

Test(rule_load, folders_and_files_that_are_not_there)
{
	char folder[] = "/tmp/rules-XXXXXX";

	cr_assert_not_null(mkdtemp(folder));
	expect_path_fault(folder,
	    "'%s' holds no rules: no file whose name ends in .yaml or .yml");
	cr_assert_eq(rmdir(folder), 0);
	expect_path_fault(
	    folder, "cannot read the rules in '%s': No such file or directory");
}
