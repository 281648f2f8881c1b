/* The table of options, and the command line read by it. */
#include "cmd/command_line.h"

#include "base/nearest.h"

#include <getopt.h>
#include <string.h>

/* More threads than this only get in each other's way. */
#define MOST_JOBS 64

/* What getopt_long() returns for the long options, from past all chars. */
enum key {
	KEY_CONTRACT = 256,
	KEY_PROFILE,
	KEY_NAMESPACE,
	KEY_CHART,
	KEY_ROOT,
	KEY_VALUES,
	KEY_SET,
	KEY_SET_STRING,
	KEY_MATRIX,
	KEY_SCENARIOS,
	KEY_MAP_LINES,
	KEY_RULES,
	KEY_CONFIG,
	KEY_NO_CONFIG,
	KEY_FORMAT,
	KEY_SARIF_CATEGORY,
	KEY_STDIN_FILENAME,
	KEY_FAIL_ON,
	KEY_COLOR,
	KEY_EXCERPT,
	KEY_FIXITS,
	KEY_ALLOW_EMPTY,
	KEY_JOBS,
	KEY_QUIET,
	KEY_NO_FOLD,
	KEY_SUMMARY,
	KEY_STRICT,
	KEY_CHECK_CONTRACT,
	KEY_NO_SUPPRESS,
	KEY_SHOW_SUPPRESSED,
	KEY_BASELINE,
	KEY_UPDATE_BASELINE,
	KEY_EVAL,
	KEY_ON,
	KEY_LIST_RULES,
	KEY_LIST_FACTS,
	KEY_EXPLAIN,
	KEY_TEST_RULES,
	KEY_VERSION,
	KEY_HELP,
};

/* Every long option: what getopt_long() knows and what --help says. */
static const struct {
	const char *name;
	enum key key;
	const char *argument; /* NULL: none; in brackets: may be left out */
	const char *help;
} rows[] = {
    {"contract", KEY_CONTRACT, "FILE",
	"the rollout safety contract; without one, what every\n"
	"safe rollout needs is asked for"},
    {"profile", KEY_PROFILE, "ID",
	"the profile of the contract; may be left out when it\n"
	"has only one"},
    {"namespace", KEY_NAMESPACE, "NAME",
	"the namespace the release goes to, which Helm does\n"
	"not write into manifests"},
    {"chart", KEY_CHART, "DIR",
	"the chart the input was rendered from: findings are at\n"
	"the lines of its templates, and its values.yaml is what\n"
	"other values come on top of; repeatable"},
    {"root", KEY_ROOT, "DIR",
	"the root of the repository: where the contract's\n"
	"values_file is, and what SARIF's names begin at"},
    {"values", KEY_VALUES, "FILE",
	"values on top of the profile's own; repeatable"},
    {"set", KEY_SET, "VALUES", "single values, as in Helm; repeatable"},
    {"set-string", KEY_SET_STRING, "VALUES", "... all of them strings"},
    {"matrix", KEY_MATRIX, "FILE",
	"the install matrix, held against the contract"},
    {"scenarios", KEY_SCENARIOS, "DIR",
	"the folder of upgrade and rollback scenarios"},
    {"rules", KEY_RULES, "PATH",
	"also the rules in this file or directory; repeatable"},
    {"config", KEY_CONFIG, "FILE",
	"levels and parameters of rules; without it the first\n"
	".rolloutlint.yaml from the working directory upward"},
    {"no-config", KEY_NO_CONFIG, NULL, "read no configuration file"},
    {"format", KEY_FORMAT, "NAME[=FILE]",
	"output format, to FILE or standard output; repeatable"},
    {"sarif-category", KEY_SARIF_CATEGORY, "NAME",
	"tells uploads of several profiles apart"},
    {"stdin-filename", KEY_STDIN_FILENAME, "NAME",
	"what standard input is called in findings"},
    {"fail-on", KEY_FAIL_ON, "LEVEL",
	"exit with 1 from this level on: error (the default),\n"
	"warning, note; or never"},
    {"color", KEY_COLOR, "[WHEN]", "auto (the default), always or never"},
    {"excerpt", KEY_EXCERPT, "[WHEN]",
	"show the lines of findings: auto (the default: on a\n"
	"terminal), always or never"},
    {"fixits", KEY_FIXITS, NULL,
	"print the edits that mend findings, as GCC does with\n"
	"-fdiagnostics-parseable-fixits"},
    {"no-fold", KEY_NO_FOLD, NULL,
	"tell of one mistake once for each object that has it"},
    {"allow-empty", KEY_ALLOW_EMPTY, NULL,
	"input without any document is no trouble"},
    {"jobs", KEY_JOBS, "N",
	"threads for large inputs; as many as processors without it"},
    {"summary", KEY_SUMMARY, NULL,
	"end with a table of the contract's clauses: which hold,\n"
	"are violated, or could not be checked"},
    {"check-contract", KEY_CHECK_CONTRACT, NULL,
	"no input: hold the contract's profiles against values,\n"
	"install matrix and scenarios"},
    {"strict", KEY_STRICT, NULL,
	"a clause that could not be checked is an error"},
    {"no-suppress", KEY_NO_SUPPRESS, NULL,
	"report also what comments, annotations and the\n"
	"configuration hold back"},
    {"show-suppressed", KEY_SHOW_SUPPRESSED, NULL,
	"say what was held back, and why"},
    {"baseline", KEY_BASELINE, "FILE",
	"report only what this SARIF of an earlier run has not"},
    {"update-baseline", KEY_UPDATE_BASELINE, "FILE",
	"write all findings, known ones too, as the next baseline"},
    {"quiet", KEY_QUIET, NULL, "no summary on standard error"},
    {"eval", KEY_EVAL, "EXPR",
	"print the value of an expression of the rule language"},
    {"on", KEY_ON, "ENTITY", "... for every such entity of the input"},
    {"list-rules", KEY_LIST_RULES, NULL, "print all rules"},
    {"list-facts", KEY_LIST_FACTS, NULL,
	"print all entities and fields that rules can name"},
    {"explain", KEY_EXPLAIN, "ID", "print all there is to say of a rule"},
    {"test-rules", KEY_TEST_RULES, NULL,
	"run the examples of all rules, printing TAP"},
    {"map-lines", KEY_MAP_LINES, NULL,
	"print for every line of the input the template line\n"
	"of --chart it comes from"},
    {"version", KEY_VERSION, NULL, "print the version"},
    {"help", KEY_HELP, NULL, "print this"},
};

/* What people paste from their call of Helm, by its long or its only name. */
static const struct {
	const char *names; /* each with a blank behind it */
	const char *hint;
} pasted[] = {
    {"set-json set-file set-literal ",
	"write what it sets to a file of values, for --values FILE"},
    {"generate-name g name-template release-name kube-version api-versions a "
     "include-crds skip-crds show-only s no-hooks skip-tests is-upgrade repo "
     "dependency-update devel enable-dns output-dir post-renderer debug "
     "dry-run validate kubeconfig kube-context create-namespace install i "
     "atomic wait timeout reuse-values reset-values skip-schema-validation ",
	"it is for helm: helm template ... | rolloutlint"},
};

static void help_row(
    struct buf *buf, const char *name, const char *argument, const char *help)
{
	struct buf left = {0};

	buf_printf(&left, "  --%s", name);
	if (argument && *argument == '[')
		buf_printf(
		    &left, "[=%.*s]", (int)strlen(argument) - 2, argument + 1);
	else if (argument)
		buf_printf(&left, " %s", argument);
	if (!strcmp(name, "quiet") || !strcmp(name, "help"))
		buf_printf(&left, ", -%c", *name);
	if (!strcmp(name, "values"))
		buf_add_text(&left, ", -f FILE");
	if (!strcmp(name, "namespace"))
		buf_add_text(&left, ", -n NAME");
	buf_printf(buf, "%-25s ", buf_text(&left));
	for (; *help; help++) {
		buf_add_char(buf, *help);
		if (*help == '\n')
			buf_printf(buf, "%26s", "");
	}
	buf_add_char(buf, '\n');
	buf_release(&left);
}

void options_help(struct buf *buf)
{
	buf_add_text(buf,
	    "usage: helm template RELEASE CHART | rolloutlint [OPTION]... "
	    "[FILE]...\n\n"
	    "Holds a rendered release to its rollout safety contract. Reads "
	    "standard input\nwithout a FILE, or for the FILE -.\n\n");
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		help_row(buf, rows[i].name, rows[i].argument, rows[i].help);
	buf_add_text(buf,
	    "  -Wno-ID                 never report the rule ID\n"
	    "  -WID                    report it though it is off\n"
	    "  -Werror, -Werror=ID     warnings are errors; those of a rule "
	    "are\n"
	    "  -Wno-error[=ID]         take that back\n"
	    "\nFormats:\n");
	for (size_t i = 0; sink_at(i); i++)
		buf_printf(
		    buf, "  %-23s %s\n", sink_at(i)->name, sink_at(i)->meaning);
	buf_add_text(buf,
	    "\nExit status: 0 nothing found from the level of --fail-on on, "
	    "1 findings,\n2 trouble.\n");
}

static int parse_when(const char *option, const char *text, enum when *ret_when,
    struct fault *fault)
{
	static const char *const names[] = {"auto", "always", "never"};

	if (!text)
		text = "always";
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (!strcmp(text, names[i])) {
			*ret_when = (enum when)i;
			return 0;
		}
	}
	return fault_set(
	    fault, "%s: '%s' is none of auto, always and never", option, text);
}

static int parse_fail_on(
    const char *text, enum severity *ret_severity, struct fault *fault)
{
	if (!strcmp(text, "never")) {
		*ret_severity = SEVERITY_MAX;
		return 0;
	}
	if (severity_parse(slice_of(text), ret_severity) &&
	    *ret_severity != SEVERITY_OFF)
		return 0;
	return fault_set(fault,
	    "--fail-on: '%s' is none of error, warning, note and never", text);
}

static int parse_jobs(
    const char *text, unsigned *ret_njobs, struct fault *fault)
{
	int64_t value;

	if (!slice_to_int(slice_of(text), &value) || value < 1 ||
	    value > MOST_JOBS)
		return fault_set(fault,
		    "--jobs: '%s' is no number from 1 to %d", text, MOST_JOBS);
	*ret_njobs = (unsigned)value;
	return 0;
}

static int refuse_format(const char *text, size_t len, struct fault *fault)
{
	struct buf names = {0};

	for (size_t i = 0; sink_at(i); i++)
		buf_printf(&names, "%s%s", i ? ", " : "", sink_at(i)->name);
	fault_set(fault, "--format: '%.*s' is no format; there are %s",
	    (int)len, text, buf_text(&names));
	buf_release(&names);
	return -1;
}

static int parse_format(
    struct options *options, const char *text, struct fault *fault)
{
	size_t len = strcspn(text, "=");
	const struct sink *sink = sink_find((struct slice){text, len});
	const char *file = text[len] ? text + len + 1 : NULL;

	if (!sink)
		return refuse_format(text, len, fault);
	if (file && !*file)
		return fault_set(fault,
		    "--format %s: the name of a file must follow '='", text);
	for (size_t i = 0; i < options->noutputs; i++) {
		const char *other = options->outputs[i].file;

		if (!file && !other)
			return fault_set(fault,
			    "two formats cannot share standard output; give "
			    "one a file: --format %s=FILE",
			    text);
		if (file && other && !strcmp(file, other))
			return fault_set(fault,
			    "two formats cannot share the file '%s'", file);
	}
	options->outputs[options->noutputs++] = (struct output){sink, file};
	return 0;
}

/* Where the argument of an option goes as it is; NULL: it does not. */
static const char **text_of(struct options *options, int key)
{
	switch (key) {
	case KEY_CONTRACT: return &options->contract;
	case KEY_PROFILE: return &options->profile;
	case KEY_NAMESPACE: return &options->namespace;
	case KEY_ROOT: return &options->root;
	case KEY_MATRIX: return &options->matrix;
	case KEY_SCENARIOS: return &options->scenarios;
	case KEY_CONFIG: return &options->config;
	case KEY_SARIF_CATEGORY: return &options->sarif_category;
	case KEY_BASELINE: return &options->baseline;
	case KEY_UPDATE_BASELINE: return &options->update_baseline;
	case KEY_ON: return &options->on;
	default: return NULL;
	}
}

/* What is to be done instead of linting. */
static int take_action(struct options *options, int key, const char *argument)
{
	switch (key) { /* a flat switch */
	case KEY_MAP_LINES: options->action = ACTION_MAP_LINES; return 0;
	case KEY_EVAL:
		options->action = ACTION_EVAL;
		options->eval = argument;
		return 0;
	case KEY_LIST_RULES: options->action = ACTION_LIST_RULES; return 0;
	case KEY_LIST_FACTS: options->action = ACTION_LIST_FACTS; return 0;
	case KEY_EXPLAIN:
		options->action = ACTION_EXPLAIN;
		options->explain = argument;
		return 0;
	case KEY_TEST_RULES: options->action = ACTION_TEST_RULES; return 0;
	case KEY_VERSION: options->action = ACTION_VERSION; return 0;
	case 'h':
	case KEY_HELP: options->action = ACTION_HELP; return 0;
	default: break;
	}
	BUG("an option that getopt_long() knows and nobody reads");
}

/* In SARIF it must be a reference, which services refuse a whole report for
 * when it is none. */
static int parse_stdin_filename(
    const char *argument, const char **ret_name, struct fault *fault)
{
	const char *slash = strrchr(argument, '/');
	struct slice last = slice_of(slash ? slash + 1 : argument);

	if (!last.len || slice_is(last, ".") || slice_is(last, "..") ||
	    !strcmp(argument, "-"))
		return fault_set(fault,
		    "--stdin-filename: '%s' is no name of a file", argument);
	*ret_name = argument;
	return 0;
}

/* The argument of a letter, which Helm also takes as -f=FILE. */
static const char *without_equals(const char *argument)
{
	return argument + (*argument == '=');
}

static int take_option(
    struct options *options, int key, const char *argument, struct fault *fault)
{
	const char **text = text_of(options, key);

	if (text) {
		*text = argument;
		return 0;
	}
	switch (key) { /* a flat switch */
	case KEY_STDIN_FILENAME:
		return parse_stdin_filename(
		    argument, &options->stdin_filename, fault);
	case 'W': options->warnings[options->nwarnings++] = argument; return 0;
	case KEY_JOBS: return parse_jobs(argument, &options->njobs, fault);
	case 'q':
	case KEY_QUIET: options->quiet = true; return 0;
	case KEY_SUMMARY: options->summary = true; return 0;
	case KEY_STRICT: options->strict = true; return 0;
	case KEY_CHECK_CONTRACT:
		options->action = ACTION_CHECK_CONTRACT;
		return 0;
	case KEY_NO_SUPPRESS: options->no_suppress = true; return 0;
	case KEY_SHOW_SUPPRESSED: options->show_suppressed = true; return 0;
	case KEY_CHART:
		options->charts[options->ncharts++] = argument;
		return 0;
	case 'n': options->namespace = without_equals(argument); return 0;
	case 'f':
		argument = without_equals(argument);
		options->values[options->nvalues++] = argument;
		return 0;
	case KEY_VALUES:
		options->values[options->nvalues++] = argument;
		return 0;
	case KEY_SET: options->sets[options->nsets++] = argument; return 0;
	case KEY_SET_STRING:
		options->set_strings[options->nset_strings++] = argument;
		return 0;
	case KEY_RULES: options->rules[options->nrules++] = argument; return 0;
	case KEY_NO_CONFIG: options->no_config = true; return 0;
	case KEY_FORMAT: return parse_format(options, argument, fault);
	case KEY_FAIL_ON:
		return parse_fail_on(argument, &options->fail_on, fault);
	case KEY_COLOR:
		return parse_when("--color", argument, &options->color, fault);
	case KEY_EXCERPT:
		return parse_when(
		    "--excerpt", argument, &options->excerpt, fault);
	case KEY_NO_FOLD: options->no_fold = true; return 0;
	case KEY_FIXITS: options->fixits = true; return 0;
	case KEY_ALLOW_EMPTY: options->allow_empty = true; return 0;
	default: return take_action(options, key, argument);
	}
}

/* What to do with an option of Helm's; NULL when it is none. */
static const char *hint_for(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(pasted); i++) {
		const char *names = pasted[i].names;

		for (; *names; names += strcspn(names, " ") + 1) {
			size_t len = strcspn(names, " ");

			if (slice_eq(name, (struct slice){names, len}))
				return pasted[i].hint;
		}
	}
	return NULL;
}

static const char *nearest_option(struct slice name)
{
	const char *names[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		names[i] = rows[i].name;
	return nearest(name, names, COUNT_OF(names));
}

static int refuse_option(const char *argument, struct fault *fault)
{
	bool is_long = slice_starts(slice_of(argument), SLICE("--"));
	const char *name = argument + 1 + is_long;
	struct slice word = {name, strcspn(name, "=")};
	const char *hint = hint_for(word);
	const char *near = is_long ? nearest_option(word) : NULL;

	if (hint)
		return fault_set(
		    fault, "there is no option '%s'; %s", argument, hint);
	if (near)
		return fault_set(fault,
		    "there is no option '%s'; did you mean '--%s'? "
		    "(rolloutlint --help shows all)",
		    argument, near);
	return fault_set(fault,
	    "there is no option '%s'; rolloutlint --help shows all", argument);
}

/* getopt_long() has refused the argument before optind, or a letter of one
 * that it has not left yet. */
static int refuse(int key, char **argv, struct fault *fault)
{
	const char *argument = argv[optind - 1];
	char letter[] = {'-', (char)optopt, '\0'};

	if (key == ':')
		return fault_set(fault, "'%s' needs an argument", argument);
	if (optopt >= 256)
		return fault_set(fault, "'%s' takes no argument", argument);
	return refuse_option(optopt ? letter : argument, fault);
}

static void long_options(struct option *table)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		const char *argument = rows[i].argument;

		table[i] = (struct option){
		    .name = rows[i].name,
		    .has_arg = !argument	  ? no_argument
			       : *argument == '[' ? optional_argument
						  : required_argument,
		    .val = (int)rows[i].key,
		};
	}
}

/* Every array has room for all of argv: none can overflow. */
static void make_room(struct options *options, size_t argc)
{
	struct arena *arena = &options->arena;

	options->rules = arena_array(arena, argc, sizeof(char *));
	options->warnings = arena_array(arena, argc, sizeof(char *));
	options->files = arena_array(arena, argc, sizeof(char *));
	options->charts = arena_array(arena, argc, sizeof(char *));
	options->values = arena_array(arena, argc, sizeof(char *));
	options->sets = arena_array(arena, argc, sizeof(char *));
	options->set_strings = arena_array(arena, argc, sizeof(char *));
	options->outputs =
	    arena_array(arena, argc + 1, sizeof(*options->outputs));
}

/* RFC 1123, as Kubernetes holds namespaces to it. */
static bool is_namespace(const char *name)
{
	size_t len = strlen(name);

	return len && len <= 63 && name[0] != '-' && name[len - 1] != '-' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") == len;
}

/* A report holds less than a baseline does, and would take its place. */
static int check_baseline(const struct options *options, struct fault *fault)
{
	const char *names[] = {options->baseline, options->update_baseline};

	for (size_t i = 0; i < options->noutputs * COUNT_OF(names); i++) {
		const char *file = options->outputs[i / COUNT_OF(names)].file;
		const char *name = names[i % COUNT_OF(names)];

		if (file && name && !strcmp(file, name))
			return fault_set(fault,
			    "--format would overwrite the baseline '%s'; only "
			    "--update-baseline writes one",
			    name);
	}
	return 0;
}

static int check_combination(struct options *options, struct fault *fault)
{
	if (options->on && !options->eval)
		return fault_set(fault, "--on goes with --eval");
	if (options->action == ACTION_MAP_LINES && !options->ncharts)
		return fault_set(fault,
		    "--map-lines needs the chart the input was rendered from: "
		    "--chart DIR");
	if (options->namespace && !is_namespace(options->namespace))
		return fault_set(fault,
		    "--namespace: '%s' is no name of a namespace; those are "
		    "lower-case letters, digits and '-'",
		    options->namespace);
	if (options->action == ACTION_CHECK_CONTRACT && !options->contract)
		return fault_set(fault,
		    "--check-contract needs the contract: --contract FILE");
	if (options->action == ACTION_CHECK_CONTRACT && options->nfiles)
		return fault_set(fault,
		    "--check-contract takes no manifests; leave '%s' out, or "
		    "the option",
		    options->files[0]);
	if ((options->summary || options->strict) && !options->contract)
		return fault_set(fault,
		    "--%s is about the clauses of a contract; give that with "
		    "--contract FILE",
		    options->summary ? "summary" : "strict");
	if (options->profile && !options->contract)
		return fault_set(fault,
		    "--profile names a profile of a contract; give that with "
		    "--contract FILE");
	return check_baseline(options, fault);
}

int options_parse(
    struct options *options, int argc, char **argv, struct fault *fault)
{
	struct option table[COUNT_OF(rows) + 1] = {0};
	int key;

	*options = (struct options){.fail_on = SEVERITY_ERROR};
	make_room(options, (size_t)argc);
	long_options(table);
	opterr = 0;
	while (
	    (key = getopt_long(argc, argv, ":f:hn:qW:", table, NULL)) != -1) {
		if (key == '?' || key == ':')
			return refuse(key, argv, fault);
		if (take_option(options, key, optarg, fault))
			return -1;
	}
	while (optind < argc)
		options->files[options->nfiles++] = argv[optind++];
	if (!options->noutputs)
		options->outputs[options->noutputs++].sink =
		    sink_find(SLICE("gcc"));
	return check_combination(options, fault);
}
