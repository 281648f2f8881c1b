/* The command line as options, and the table that it is read by. */
#include "cli/command_line.h"

#include "cli/foreign_options.h"
#include "cli/option_rows.h"

#include <criterion/criterion.h>
#include <getopt.h>
#include <string.h>

/* A command line, whose words are cut out of text. */
struct parsing {
	char text[200];
	struct options options;
	struct fault fault;
};

/* Words with "|" between them. */
static int parse(struct parsing *parsing, const char *words)
{
	char program[] = "rolloutlint", *argv[20] = {program}, *rest;
	int argc = 1;

	*parsing = (struct parsing){0};
	cr_assert_lt(strlen(words), sizeof(parsing->text));
	strcpy(parsing->text, words);
	for (char *word = strtok_r(parsing->text, "|", &rest); word;
	     word = strtok_r(NULL, "|", &rest))
		argv[argc++] = word;
	optind = 0;
	return options_parse(&parsing->options, argc, argv, &parsing->fault);
}

static void release(struct parsing *parsing)
{
	fault_release(&parsing->fault);
	arena_release(&parsing->options.arena);
}

static void expect_refusal(const char *words, const char *wanted)
{
	struct parsing parsing;

	cr_assert_eq(parse(&parsing, words), -1, "%s", words);
	cr_expect_str_eq(fault_text(&parsing.fault), wanted);
	release(&parsing);
}

Test(cli_command_line, every_effect)
{
	struct parsing parsing;
	const struct options *options = &parsing.options;

	cr_assert_eq(parse(&parsing, "--contract|c.json|--values=a|-f=b|-nshop|"
				     "-q|-Werror|--jobs=3|x.yaml|-"),
	    0);
	cr_expect_str_eq(options->contract, "c.json");
	cr_assert_eq(options->nvalues, 2);
	cr_expect_str_eq(options->values[0], "a");
	cr_expect_str_eq(options->values[1], "b");
	cr_expect_str_eq(options->namespace, "shop");
	cr_expect(options->quiet);
	cr_expect_not(options->strict);
	cr_assert_eq(options->nwarnings, 1);
	cr_expect_str_eq(options->warnings[0], "error");
	cr_expect_eq(options->njobs, 3);
	cr_expect_eq(options->action, ACTION_LINT);
	cr_assert_eq(options->nfiles, 2);
	cr_expect_str_eq(options->files[1], "-");
	cr_assert_eq(options->noutputs, 1);
	cr_expect_str_eq(options->outputs[0].sink->name, "gcc");
	release(&parsing);
}

/* One "=" behind a letter is no part of its argument, as for Helm. */
Test(cli_command_line, equals_signs)
{
	struct parsing parsing;
	const struct options *options = &parsing.options;

	cr_assert_eq(parse(&parsing, "--set==a|-f|=b|-f==c|-W=d"), 0);
	cr_expect_str_eq(options->sets[0], "=a");
	cr_expect_str_eq(options->values[0], "b");
	cr_expect_str_eq(options->values[1], "=c");
	cr_expect_str_eq(options->warnings[0], "=d");
	release(&parsing);
}

Test(cli_command_line, actions)
{
	struct parsing parsing;
	const struct options *options = &parsing.options;

	cr_assert_eq(parse(&parsing, "--eval|1 + 1|--color"), 0);
	cr_expect_eq(options->action, ACTION_EVAL);
	cr_expect_str_eq(options->eval, "1 + 1");
	cr_expect_eq(options->color, WHEN_ALWAYS);
	release(&parsing);
	cr_assert_eq(parse(&parsing, "-h"), 0);
	cr_expect_eq(options->action, ACTION_HELP);
	release(&parsing);
}

Test(cli_command_line, refusals)
{
	expect_refusal("--contract", "'--contract' needs an argument");
	expect_refusal("-f", "'-f' needs an argument");
	expect_refusal("--quiet=yes", "'--quiet=yes' takes no argument");
	expect_refusal("--contrakt",
	    "unknown option '--contrakt'; did you mean '--contract'? "
	    "(rolloutlint --help lists all)");
	expect_refusal(
	    "-x", "unknown option '-x'; rolloutlint --help lists all");
	expect_refusal("-g",
	    "rolloutlint: error: unknown option '-g'; it belongs to "
	    "helm: helm template ... | rolloutlint");
	expect_refusal("--jobs|0", "--jobs: '0' is not a number from 1 to 64");
	expect_refusal(
	    "--color=red", "--color must be auto, always or never, not 'red'");
}

/* As kubeconform's users write them; what follows an option is not one. */
Test(cli_command_line, one_dash)
{
	struct parsing parsing;
	const struct options *options = &parsing.options;

	cr_assert_eq(parse(&parsing, "-skip|Secret|-reject=Pod|--baseline|"
				     "-strict|-namespace|shop|-nweb-1|x"),
	    -1);
	cr_expect_str_eq(fault_text(&parsing.fault),
	    "--namespace is given twice, and only one of the two could count");
	release(&parsing);
	cr_assert_eq(parse(&parsing, "-skip|Secret|-reject=Pod|--baseline|"
				     "-strict|-namespace|shop|x|--|-summary"),
	    0);
	cr_assert_eq(options->nskipped, 1);
	cr_expect_str_eq(options->skipped[0], "Secret");
	cr_expect_str_eq(options->rejected[0], "Pod");
	cr_expect_str_eq(options->baseline, "-strict");
	cr_expect_str_eq(options->namespace, "shop");
	cr_assert_eq(options->nfiles, 2);
	cr_expect_str_eq(options->files[1], "-summary");
	release(&parsing);
}

/* All of them are told in one run, with what was given to them as far as that
 * cannot spoil the sentence. */
Test(cli_command_line, options_of_other_programs)
{
	expect_refusal("-strict|-o|json|x",
	    "rolloutlint: error: unknown option '-strict'; unknown fields "
	    "and keys given twice are always told; --strict is about the "
	    "clauses of a contract\n"
	    "rolloutlint: error: '-o' is '--format json' here");
	expect_refusal("--skip-kinds=a 'b",
	    "rolloutlint: error: '--skip-kinds' "
	    "is '--skip KIND' here");
	expect_refusal("--no-color|x",
	    "rolloutlint: error: '--no-color' is '--color=never' here");
	expect_refusal("-qv", "unknown option '-v'; it may be --verbose or "
			      "--version here");
}

/* An argument that means nothing here, or something else, is not passed on: the
 * names of others' checks, a format and a version that we do not have. */
Test(cli_command_line, arguments_of_other_programs)
{
	expect_refusal("--exclude=no-probe",
	    "rolloutlint: error: '--exclude' is '-Wno-ID' here; --list-rules "
	    "shows the ids of rules");
	expect_refusal(
	    "-o|pretty", "rolloutlint: error: '-o' is '--format NAME' here");
	expect_refusal("-kubernetes-version|1.18.0",
	    "rolloutlint: error: '-kubernetes-version' is '--kube-version "
	    "VERSION' here");
	expect_refusal(
	    "-p=1000", "rolloutlint: error: '-p' is '--jobs N' here");
	expect_refusal("--severity|warning",
	    "rolloutlint: error: '--severity' is '--fail-on warning' here");
}

/* What is written in place of the word in capitals at the end of advice. */
static const char *sample_of(const char *word)
{
	static const char *const samples[][2] = {{"NAME", "json"},
	    {"KIND", "Secret"}, {"LEVEL", "note"}, {"N", "2"}, {"DIR", "x"},
	    {"FILE", "x"}, {"PATTERN", "x"}, {"VERSION", "1.36"}};

	for (size_t i = 0; i < COUNT_OF(samples); i++) {
		if (!strcmp(word, samples[i][0]))
			return samples[i][1];
	}
	return word;
}

/* A release on standard input, and one beside it, so that options about either
 * have something to be about. */
static void expect_followed(const char *advice)
{
	struct parsing parsing;
	struct buf words = {0};
	const char *word = strchr(advice, ' ');

	buf_add(
	    &words, advice, word ? (size_t)(word - advice) : strlen(advice));
	if (word)
		buf_printf(&words, "|%s", sample_of(word + 1));
	if (strcmp(advice, "--list-rules") != 0)
		buf_add_text(&words, strstr(advice, "--fix") ? "|x" : "|x|-");
	cr_expect_eq(parse(&parsing, buf_text(&words)), 0, "%s: %s", advice,
	    fault_text(&parsing.fault));
	release(&parsing);
	buf_release(&words);
}

/* Every option that a sentence names is one of ours. */
static void expect_known(const char *sentence)
{
	const char *rest = sentence;

	while ((rest = strstr(rest, "--"))) {
		size_t len = strspn(rest + 2, "abcdefghijklmnopqrstuvwxyz-");

		cr_expect(option_row_named((struct slice){rest + 2, len}), "%s",
		    sentence);
		rest += 2;
	}
}

static void try_advice(struct slice name, const char *argument)
{
	struct buf word = {0}, sentence = {0};
	char *advice, *end;

	buf_printf(&word, "-%.*s", SLICE_ARGS(name));
	cr_assert(foreign_option(buf_text(&word), argument, &sentence));
	expect_known(strchr(strchr(buf_text(&sentence), '\'') + 1, '\''));
	advice = strstr(sentence.ptr, " is '");
	end = strstr(sentence.ptr, "' here");
	if (advice && end) {
		*end = '\0';
		expect_followed(advice + strlen(" is '"));
	}
	buf_release(&word);
	buf_release(&sentence);
}

/* Whatever the other program was given, what we say to write can be written. */
Test(cli_command_line, advice_can_be_followed)
{
	static const char *const arguments[] = {NULL, "pretty", "json",
	    "medium", "warning", "1000", "1.18.0", "Pod", "-x", "no-probe"};
	const char *names;

	for (size_t row = 0; (names = foreign_option_names(row)); row++) {
		for (; *names; names += strcspn(names, " ") + 1) {
			struct slice name = {names, strcspn(names, " ")};

			for (size_t i = 0; i < COUNT_OF(arguments); i++)
				try_advice(name, arguments[i]);
		}
	}
}

/* No name of the table is one of ours, which would be out of reach then. */
Test(cli_command_line, own_options_are_not_foreign)
{
	size_t n;
	const struct option_row *rows = option_rows(&n);

	for (size_t i = 0; i < n; i++) {
		struct buf word = {0}, sentence = {0};

		if (rows[i].name) {
			buf_printf(&word, "--%s", rows[i].name);
			cr_expect_not(
			    foreign_option(buf_text(&word), NULL, &sentence));
		}
		buf_clear(&word);
		buf_printf(&word, "-%c", rows[i].letter ? rows[i].letter : '-');
		cr_expect_not(foreign_option(buf_text(&word), NULL, &sentence));
		buf_release(&word);
		buf_release(&sentence);
	}
}

Test(cli_command_line, given_twice)
{
	struct parsing parsing;

	expect_refusal("--previous|a|--previous|b",
	    "--previous is given twice, and only one of the two could count");
	expect_refusal("--fail-on|note|--fail-on|never",
	    "--fail-on is given twice, and only one of the two could count");
	expect_refusal("--eval|1|--explain|x",
	    "--explain and another option each say what to do instead of "
	    "linting; give one of them");
	cr_assert_eq(parse(&parsing, "--color|--color=never|--jobs|2|--jobs|3|"
				     "-q|-q|--values|a|--values|b"),
	    0);
	cr_expect_eq(parsing.options.color, WHEN_NEVER);
	cr_expect_eq(parsing.options.njobs, 3);
	release(&parsing);
	cr_assert_eq(parse(&parsing, "--list-rules|--help|--explain|x"), 0);
	cr_expect_eq(parsing.options.action, ACTION_HELP);
	release(&parsing);
}

/* What would be ignored in silence. */
Test(cli_command_line, without_effect)
{
	static const char *const refused[] = {"--list-rules|x",
	    "--test-rules|x", "--explain|id|x", "--print-schema|rule|x",
	    "--list-facts|x|y", "--config|a|--no-config",
	    "--no-suppress|--show-suppressed", "--sarif-category|a",
	    "--fixits|--format|json", "--stdin-filename|a|x",
	    "--ignore-filename-pattern|a", "lint", "--on|workload",
	    "--map-lines", "--profile|a", "--nodes|3",
	    "--nodes|3|--format|json", "--source-url|https://h/{file}",
	    "--markdown-for|summary", "--no-fold|--format|json",
	    "--no-fold|--format|tap|--format|sarif=x",
	    "--docs-url|https://h", "--docs-url|https://h|--format|gitlab",
	    "--docs-url|https://h|--list-rules", "--root|."};
	static const char *const taken[] = {"--sarif-category|a|--format|sarif",
	    "--stdin-filename|a|x|-", "--stdin-filename|a|x|--previous|-",
	    "--fixits|--format|gcc", "--fixits|--format|sarif",
	    "--nodes|3|--timeline", "--nodes|3|--format|svg",
	    "--source-url|https://h/{file}|--format|html",
	    "--markdown-for|summary|--format|markdown", "--no-fold",
	    "--no-fold|--format|github|--format|json=x",
	    "--no-fold|--format|html", "--no-fold|--format|markdown",
	    "--docs-url|https://h|--format|sarif",
	    "--docs-url|https://h|--format|rdjson",
	    "--docs-url|https://h|--format|html",
	    "--docs-url|https://h|--format|markdown",
	    "--docs-url|https://h|--write-evidence|x", "--root|.|--chart|x",
	    "--root|.|--contract|x"};
	struct parsing parsing;

	expect_refusal("--previous|x|--summary|--strict|y",
	    "--strict is about the clauses of a contract; give that with "
	    "--contract FILE");
	for (size_t i = 0; i < COUNT_OF(refused); i++) {
		cr_expect_eq(parse(&parsing, refused[i]), -1, "%s", refused[i]);
		cr_expect_gt(strlen(fault_text(&parsing.fault)), 20);
		release(&parsing);
	}
	for (size_t i = 0; i < COUNT_OF(taken); i++) {
		cr_expect_eq(parse(&parsing, taken[i]), 0, "%s", taken[i]);
		release(&parsing);
	}
}

/* A merge reads SARIF, so nothing about manifests, rules or formats changes
 * it; all of that is told at once. */
Test(cli_command_line, options_of_other_tasks)
{
	expect_refusal("--merge-sarif|--format|sarif=x|-Werror|a.sarif|"
		       "--contract|c.json",
	    "--merge-sarif has no use for --contract, -W, --format; leave "
	    "them out");
	expect_refusal("--list-facts|--rules|x",
	    "--list-facts has no use for --rules; leave it out");
	expect_refusal("--diff|--format|json|x.yaml",
	    "--diff has no use for --format; leave it out");
	expect_refusal("--print-config|--all-profiles|--release|x",
	    "--print-config has no use for --all-profiles, --release; leave "
	    "them out");
	expect_refusal("--on|workload|x.yaml", "--on goes with --eval");
}

/* What changes what is printed is taken, and so is what only says how. */
Test(cli_command_line, options_of_tasks)
{
	static const char *const taken[] = {
	    "--merge-sarif|-q|--color=never|a.sarif",
	    "--list-rules|--rules|x|--format|json|--docs-url|https://r.invalid",
	    "--explain|x|--rules|x|--config|c.yaml",
	    "--diff|--chart|x|--baseline|b|-Wx|-q|-nshop",
	    "--print-config|--contract|c|--format|sarif=x|--strict|x.yaml",
	    "--print-config|--timeline|--nodes|2|--fix|x.yaml",
	    "--print-config|--gate", "--print-config|--diff|x.yaml",
	    "--check-contract|--contract|c|--matrix|m|--baseline|b|--format|"
	    "json",
	    "--help|--merge-sarif|--strict"};
	struct parsing parsing;

	for (size_t i = 0; i < COUNT_OF(taken); i++) {
		cr_expect_eq(parse(&parsing, taken[i]), 0, "%s: %s", taken[i],
		    fault_text(&parsing.fault));
		release(&parsing);
	}
}

/* No two options share a name or a letter, and each has what its effect
 * needs. */
Test(cli_command_line, rows_are_told_apart)
{
	size_t n;
	const struct option_row *rows = option_rows(&n);

	cr_assert_gt(n, 30);
	for (size_t i = 0; i < n; i++) {
		cr_expect(rows[i].name || rows[i].letter);
		cr_expect_eq(
		    rows[i].effect == OPTION_READ, rows[i].read != NULL);
		cr_expect_eq(rows[i].effect == OPTION_LIST, rows[i].count != 0);
		for (size_t k = 0; k < i; k++) {
			cr_expect(!rows[i].name || !rows[k].name ||
				  strcmp(rows[i].name, rows[k].name) != 0);
			cr_expect(!rows[i].letter ||
				  rows[i].letter != rows[k].letter);
		}
	}
}
