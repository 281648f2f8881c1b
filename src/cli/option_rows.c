/* The rows of the table of options, and what reads the arguments of some. */
#include "cli/option_rows.h"

#include "report/source_url.h"
#include "run/kind_filter.h"
#include "schema/schema.h"

#include <string.h>

/* More threads than this only get in each other's way. */
#define MOST_JOBS 64

/* No cluster has more: those of Kubernetes are made for 5,000. */
#define MOST_NODES 5000

/* Words that arguments can be; completions offer them. */
static const char *const whens[] = {"auto", "always", "never", NULL};
static const char *const markdown_uses[] = {"comment", "summary", NULL};
static const char *const thresholds[] = {
    "error", "warning", "note", "never", NULL};
static const char *const appliers[] = {"helm", "helm3", "helm4", "kubectl",
    "kubectl-server-side", "argocd", "flux", NULL};

static int parse_when(const char *option, const char *text, enum when *ret_when,
    struct fault *fault)
{
	if (!text)
		text = "always";
	for (size_t i = 0; whens[i]; i++) {
		if (!strcmp(text, whens[i])) {
			*ret_when = (enum when)i;
			return 0;
		}
	}
	return fault_set(
	    fault, "%s must be auto, always or never, not '%s'", option, text);
}

static int read_color(
    struct options *options, const char *argument, struct fault *fault)
{
	return parse_when("--color", argument, &options->color, fault);
}

static int read_excerpt(
    struct options *options, const char *argument, struct fault *fault)
{
	return parse_when("--excerpt", argument, &options->excerpt, fault);
}

static int read_fail_on(
    struct options *options, const char *text, struct fault *fault)
{
	if (!strcmp(text, "never")) {
		options->fail_on = SEVERITY_MAX;
		return 0;
	}
	if (severity_parse(slice_of(text), &options->fail_on) &&
	    options->fail_on != SEVERITY_OFF)
		return 0;
	return fault_set(fault,
	    "--fail-on must be error, warning, note or never, not '%s'", text);
}

static int read_jobs(
    struct options *options, const char *text, struct fault *fault)
{
	int64_t value;

	if (!slice_to_int(slice_of(text), &value) || value < 1 ||
	    value > MOST_JOBS)
		return fault_set(fault,
		    "--jobs: '%s' is not a number from 1 to %d", text,
		    MOST_JOBS);
	options->njobs = (unsigned)value;
	return 0;
}

static int read_nodes(
    struct options *options, const char *text, struct fault *fault)
{
	int64_t value;

	if (!slice_to_int(slice_of(text), &value) || value < 1 ||
	    value > MOST_NODES)
		return fault_set(fault,
		    "--nodes: '%s' is not a number from 1 to %d", text,
		    MOST_NODES);
	options->nodes = (int)value;
	return 0;
}

/* "90m", "1h30m", "7d": seconds, 0 when it is no such time. */
static int64_t duration_of(struct slice text)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = {{'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}};
	int64_t sum = 0, number;
	size_t next = 0;

	while (text.len) {
		size_t n = strspn(text.ptr, "0123456789");

		if (!n || n > 6 || !slice_to_int((struct slice){text.ptr, n},
				       &number))
			return 0;
		while (next < COUNT_OF(units) &&
		       units[next].unit != text.ptr[n])
			next++;
		if (next == COUNT_OF(units))
			return 0;
		sum += number * units[next++].seconds;
		text = (struct slice){text.ptr + n + 1, text.len - n - 1};
	}
	return sum;
}

static int read_max_age(
    struct options *options, const char *text, struct fault *fault)
{
	options->evidence_max_age = duration_of(slice_of(text));
	if (options->evidence_max_age)
		return 0;
	return fault_set(fault,
	    "--evidence-max-age: '%s' is not a time such as 90m, 24h or 7d",
	    text);
}

static int read_applied_by(
    struct options *options, const char *text, struct fault *fault)
{
	options->applied_by = text;
	for (size_t i = 0; appliers[i]; i++) {
		if (!strcmp(text, appliers[i]))
			return 0;
	}
	return fault_set(fault,
	    "--applied-by: unknown '%s'; known: helm (3 or 4), helm3, helm4, "
	    "kubectl, kubectl-server-side, argocd, flux",
	    text);
}

/* "1.36", "v1.36.3": the minor; false for anything else. */
static bool read_minor(struct slice text, unsigned *ret_minor)
{
	struct slice minor;
	int64_t value;
	ptrdiff_t dot;

	if (slice_starts(text, SLICE("v")))
		text = (struct slice){text.ptr + 1, text.len - 1};
	if (!slice_starts(text, SLICE("1.")))
		return false;
	minor = (struct slice){text.ptr + 2, text.len - 2};
	dot = slice_find(minor, SLICE("."), 0);
	if (dot >= 0)
		minor.len = (size_t)dot;
	if (!slice_to_int(minor, &value) || value < MINORS_LEAST ||
	    value > MINORS_MOST)
		return false;
	*ret_minor = (unsigned)value;
	return true;
}

static int read_kube_version(
    struct options *options, const char *text, struct fault *fault)
{
	struct slice first = slice_of(text), last = first;
	ptrdiff_t dash = slice_find(first, SLICE("-"), 0);

	if (dash >= 0) {
		first.len = (size_t)dash;
		last = (struct slice){
		    last.ptr + dash + 1, last.len - (size_t)dash - 1};
	}
	if (!read_minor(first, &options->kube_least) ||
	    !read_minor(last, &options->kube_most) ||
	    options->kube_least > options->kube_most)
		return fault_set(fault,
		    "--kube-version: '%s' must be a version from 1.%d to "
		    "1.%d, or the first and the last of several with a dash "
		    "between them",
		    text, MINORS_LEAST, MINORS_MOST);
	return 0;
}

static int refuse_format(const char *text, size_t len, struct fault *fault)
{
	struct buf names = {0};

	for (size_t i = 0; sink_at(i); i++)
		buf_printf(&names, "%s%s", i ? ", " : "", sink_at(i)->name);
	fault_set(fault, "--format: unknown format '%.*s'; known: %s", (int)len,
	    text, buf_text(&names));
	buf_release(&names);
	return -1;
}

static int read_format(
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
	if (file && !strcmp(file, "-"))
		file = NULL;
	for (size_t i = 0; i < options->noutputs; i++) {
		const char *other = options->outputs[i].file;

		if (!file && !other)
			return fault_set(fault,
			    "two formats cannot share standard output; give "
			    "one a file: --format %s=FILE",
			    sink->name);
		if (file && other && !strcmp(file, other))
			return fault_set(fault,
			    "two formats cannot share the file '%s'", file);
	}
	options->outputs[options->noutputs++] =
	    (struct output){.sink = sink, .file = file};
	return 0;
}

static int read_kinds(const char *option, const char *text, const char **items,
    size_t *n, struct fault *fault)
{
	if (!kind_list_is_valid(text))
		return fault_set(fault,
		    "%s: '%s' is not a list of kinds; write KIND or "
		    "GROUP/VERSION/KIND, such as Secret,apps/v1/Deployment",
		    option, text);
	items[(*n)++] = text;
	return 0;
}

static int read_skip(
    struct options *options, const char *argument, struct fault *fault)
{
	return read_kinds(
	    "--skip", argument, options->skipped, &options->nskipped, fault);
}

static int read_reject(
    struct options *options, const char *argument, struct fault *fault)
{
	return read_kinds("--reject", argument, options->rejected,
	    &options->nrejected, fault);
}

static int read_markdown_for(
    struct options *options, const char *text, struct fault *fault)
{
	options->markdown_summary = !strcmp(text, "summary");
	if (options->markdown_summary || !strcmp(text, "comment"))
		return 0;
	return fault_set(
	    fault, "--markdown-for must be comment or summary, not '%s'", text);
}

static int read_source_url(
    struct options *options, const char *text, struct fault *fault)
{
	options->source_url = text;
	if (source_url_is_valid(text))
		return 0;
	return fault_set(fault,
	    "--source-url: '%s' must begin with https:// or http:// and have "
	    "{file} where the file's path goes",
	    text);
}

/* In SARIF it must be a reference, which services refuse a whole report for
 * when it is none. */
static int read_stdin_filename(
    struct options *options, const char *argument, struct fault *fault)
{
	const char *slash = strrchr(argument, '/');
	struct slice last = slice_of(slash ? slash + 1 : argument);

	if (!last.len || slice_is(last, ".") || slice_is(last, "..") ||
	    !strcmp(argument, "-"))
		return fault_set(fault,
		    "--stdin-filename: '%s' is not a file name", argument);
	options->stdin_filename = argument;
	return 0;
}

/* The effects, each with all fields between the argument and the help. */
#define FIELD(name) offsetof(struct options, name)
#define TEXT(name) \
	OPTION_TEXT, REPEAT_REFUSED, FIELD(name), 0, ACTION_LINT, NULL
#define LIST(name) \
	OPTION_LIST, REPEAT_ALL, FIELD(name), FIELD(n##name), ACTION_LINT, NULL
#define FLAG(name) OPTION_FLAG, REPEAT_ALL, FIELD(name), 0, ACTION_LINT, NULL
#define ACTION(action) OPTION_ACTION, REPEAT_ALL, 0, 0, action, NULL, 0
#define ACTION_WITH(action, name) \
	OPTION_ACTION, REPEAT_REFUSED, FIELD(name), 0, action, NULL, 0
#define READ(repeat, function) \
	OPTION_READ, REPEAT_##repeat, 0, 0, ACTION_LINT, function

/* The tasks that an option means something for. */
#define FOR(name) TASK(ACTION_##name)
/* What holds a release to rules; --print-config shows what with. */
#define LINTS (FOR(LINT) | TASK_DIFF | FOR(PRINT_CONFIG))
#define READS (LINTS | FOR(EVAL) | FOR(MAP_LINES))
#define JUDGES (LINTS | FOR(CHECK_CONTRACT))
#define REPORTS (JUDGES & ~TASK_DIFF)
#define TELLS                                                       \
	(FOR(LIST_RULES) | FOR(EXPLAIN) | FOR(TEST_RULES) |         \
	    FOR(PRINT_SCHEMA) | FOR(PRINT_DOCS) | FOR(PRINT_HTML) | \
	    FOR(COMPLETION))
/* What is as well in an alias of the program's name. */
#define ANY (~0u)

static const struct option_row rows[] = {
    {"chart", 0, "DIR", LIST(charts), READS | FOR(CHECK_CONTRACT) | FOR(INIT),
	"the chart the input was rendered from: findings are at\n"
	"the lines of its templates, and its values.yaml is what\n"
	"other values come on top of; repeatable"},
    {"crds", 0, "PATH", LIST(crds), LINTS | FOR(EVAL),
	"CustomResourceDefinitions, a file or a folder: objects of\n"
	"their kinds are held to them; repeatable"},
    {"namespace", 'n', "NAME", TEXT(namespace), LINTS | FOR(EVAL),
	"the namespace the release goes to, which Helm does\n"
	"not write into manifests"},
    {"previous", 0, "FILE", TEXT(previous), LINTS | FOR(EVAL),
	"the release that runs now (- for standard input): the\n"
	"upgrade from it is checked, too"},
    {"kube-version", 0, "VERSION", READ(REFUSED, read_kube_version),
	LINTS | FOR(EVAL) | FOR(TEST_RULES),
	"the Kubernetes that the release is for, such as 1.36 or\n"
	"1.35-1.36; by default all known versions"},
    {"applied-by", 0, "WHAT", READ(REFUSED, read_applied_by),
	LINTS | FOR(EVAL) | FOR(TEST_RULES),
	"what applies the release: helm (3 or 4), helm3, helm4,\n"
	"kubectl, kubectl-server-side, argocd or flux"},
    {"separate", 0, NULL, FLAG(separate), LINTS | FOR(EVAL),
	"each file or folder is a release of its own, as of several\n"
	"environments, not a part of one"},
    {"skip", 0, "KIND", READ(ALL, read_skip), LINTS,
	"no findings on objects of this kind, or of\n"
	"GROUP/VERSION/KIND; several with commas; repeatable"},
    {"reject", 0, "KIND", READ(ALL, read_reject), LINTS,
	"an error for every object of this kind; spelled as\n"
	"for --skip"},
    {"ignore-filename-pattern", 0, "PATTERN", LIST(ignore_patterns), READS,
	"files and folders whose path this matches are not read;\n"
	"repeatable"},
    {"allow-empty", 0, NULL, FLAG(allow_empty), READS, "accept empty input"},
    {"stdin-filename", 0, "NAME", READ(REFUSED, read_stdin_filename), READS,
	"what standard input is called in findings"},
    {"jobs", 0, "N", READ(LAST, read_jobs), ANY,
	"threads for large inputs; default: as many as processors"},
    {"contract", 0, "FILE", TEXT(contract), READS | FOR(CHECK_CONTRACT),
	"the rollout safety contract; by default only what every\n"
	"safe rollout needs is checked"},
    {"profile", 0, "ID", TEXT(profile), READS | FOR(CHECK_CONTRACT),
	"the profile of the contract; may be left out when it\n"
	"has only one"},
    {"all-profiles", 0, NULL, FLAG(all_profiles), FOR(LINT),
	"every profile of the contract in one run, each rendered by\n"
	"--render or found below --renders"},
    {"render", 0, "COMMAND", TEXT(render), FOR(LINT),
	"how your Helm renders a profile, without a shell:\n"
	"'helm template {release} {chart} -f {values_file}'"},
    {"release", 0, "NAME", TEXT(release), FOR(LINT),
	"what {release} is; the chart's name without it"},
    {"renders", 0, "DIR", TEXT(renders), FOR(LINT),
	"the folder of renders: PROFILE.yaml of each profile"},
    {"root", 0, "DIR", TEXT(root), READS | FOR(CHECK_CONTRACT),
	"the root of the repository: where the contract's\n"
	"values_file is, and what SARIF's names begin at"},
    {"values", 'f', "FILE", LIST(values), READS | FOR(CHECK_CONTRACT),
	"values on top of the profile's own; repeatable"},
    {"set", 0, "VALUES", LIST(sets), READS | FOR(CHECK_CONTRACT),
	"single values, as in Helm; repeatable"},
    {"set-string", 0, "VALUES", LIST(set_strings), READS | FOR(CHECK_CONTRACT),
	"... all of them strings"},
    {"matrix", 0, "FILE", TEXT(matrix), LINTS | FOR(EVAL) | FOR(CHECK_CONTRACT),
	"the install matrix, held against the contract"},
    {"scenarios", 0, "DIR", TEXT(scenarios),
	LINTS | FOR(EVAL) | FOR(CHECK_CONTRACT),
	"the folder of upgrade and rollback scenarios"},
    {"evidence", 0, "PATH", LIST(evidence), FOR(LINT) | FOR(PRINT_CONFIG),
	"a file or folder of reports that back the promotion:\n"
	"renders, validation, conformance, load; repeatable"},
    {"evidence-max-age", 0, "TIME", READ(REFUSED, read_max_age),
	FOR(LINT) | FOR(PRINT_CONFIG),
	"the most that a report may be old: 90m, 24h, 7d"},
    {"write-evidence", 0, "DIR", TEXT(write_evidence),
	FOR(LINT) | FOR(PRINT_CONFIG),
	"write what this run has shown into a folder, for --evidence\n"
	"of the next stage"},
    {"strict", 0, NULL, FLAG(strict), JUDGES,
	"a clause that could not be checked is an error"},
    {NULL, 'W', "ID", LIST(warnings), JUDGES,
	"  -Wno-ID                 never report the rule ID, or a group\n"
	"  -WID                    report it although it is off\n"
	"  -Werror, -Werror=ID     warnings are errors; those of a rule are\n"
	"  -Wno-error[=ID]         undo that\n"},
    {"rules", 0, "PATH", LIST(rules), JUDGES | FOR(EVAL) | TELLS,
	"also the rules in this file or directory; repeatable"},
    {"config", 0, "FILE", TEXT(config),
	JUDGES | FOR(EVAL) | FOR(EXPLAIN) | FOR(TEST_RULES),
	"levels and parameters of rules; without it the first\n"
	".rolloutlint.yaml from the working directory upward"},
    {"no-config", 0, NULL, FLAG(no_config), ANY, "read no configuration file"},
    {"no-suppress", 0, NULL, FLAG(no_suppress), JUDGES,
	"report also findings that comments, annotations and the\n"
	"configuration suppress"},
    {"show-suppressed", 0, NULL, FLAG(show_suppressed), REPORTS,
	"show suppressed findings, with their reasons"},
    {"baseline", 0, "FILE", TEXT(baseline), JUDGES,
	"report only findings that this SARIF of an earlier run\n"
	"does not contain"},
    {"update-baseline", 0, "FILE", TEXT(update_baseline), REPORTS,
	"write all findings, known ones too, as the next baseline"},
    {"format", 0, "NAME[=FILE]", READ(ALL, read_format),
	REPORTS | FOR(LIST_RULES),
	"output format, to FILE or standard output; repeatable"},
    {"sarif-category", 0, "NAME", TEXT(sarif_category), REPORTS,
	"distinguishes the uploads of several profiles"},
    {"markdown-for", 0, "WHAT", READ(REFUSED, read_markdown_for), REPORTS,
	"how long Markdown may be on GitHub: comment (the default,\n"
	"65,536 characters) or summary (1 MiB)"},
    {"source-url", 0, "URL", READ(REFUSED, read_source_url), REPORTS,
	"where people look at a line of a file, for links in pages:\n"
	"'https://HOST/blob/main/{file}#L{line}'"},
    {"docs-url", 0, "URL", TEXT(docs_url), REPORTS | FOR(LIST_RULES),
	"where the pages of rules are, for links in reports"},
    {"fail-on", 0, "LEVEL", READ(REFUSED, read_fail_on), REPORTS,
	"exit with 1 if a finding has this level or a higher one:\n"
	"error (the default), warning, note; or never"},
    {"color", 0, "[WHEN]", READ(LAST, read_color), ANY,
	"auto (the default), always or never"},
    {"excerpt", 0, "[WHEN]", READ(LAST, read_excerpt), ANY,
	"show the lines of findings: auto (the default: on a\n"
	"terminal), always or never"},
    {"fixits", 0, NULL, FLAG(fixits), FOR(LINT) | FOR(PRINT_CONFIG),
	"print the edits that fix findings, as GCC does with\n"
	"-fdiagnostics-parseable-fixits"},
    {"no-fold", 0, NULL, FLAG(no_fold), REPORTS,
	"report one mistake once for each object that has it"},
    {"summary", 0, NULL, FLAG(summary), REPORTS,
	"end with a table of the contract's clauses: which hold,\n"
	"are violated, or could not be checked"},
    {"timeline", 0, NULL, FLAG(timeline), FOR(LINT) | FOR(PRINT_CONFIG),
	"end with each workload's update before it happens: pods\n"
	"that start, serve and end, and where findings strike"},
    {"nodes", 0, "N", READ(REFUSED, read_nodes),
	FOR(LINT) | FOR(PRINT_CONFIG),
	"how many nodes run a DaemonSet, for --timeline; 3 by\n"
	"default"},
    {"verbose", 0, NULL, FLAG(verbose), READS | JUDGES,
	"say on standard error which files are read and what they set"},
    {"quiet", 'q', NULL, FLAG(quiet), ANY, "no summary on standard error"},
    {"gate", 0, NULL, FLAG(gate), FOR(LINT) | FOR(PRINT_CONFIG),
	"print the input, unchanged, if nothing is found at the\n"
	"level of --fail-on or above; findings go to stderr"},
    {"fix", 0, NULL, FLAG(fix), FOR(LINT) | FOR(PRINT_CONFIG),
	"write fixes into the files, or with --chart into the\n"
	"templates, and report what is left"},
    {"diff", 0, NULL, FLAG(diff), FOR(LINT) | FOR(PRINT_CONFIG),
	"show what --fix would write"},
    {"check-contract", 0, NULL, ACTION(ACTION_CHECK_CONTRACT),
	"hold the contract's profiles against values, install\n"
	"matrix and scenarios; there is no input"},
    {"init", 0, NULL, ACTION(ACTION_INIT),
	"write a contract, an install matrix and a configuration\n"
	"to begin with for the chart of --chart, or of here"},
    {"list-rules", 0, NULL, ACTION(ACTION_LIST_RULES), "print all rules"},
    {"explain", 0, "ID", ACTION_WITH(ACTION_EXPLAIN, explain),
	"explain a rule, with examples and its fix"},
    {"list-facts", 0, "[ENTITY]", ACTION_WITH(ACTION_LIST_FACTS, facts_of),
	"print all entities and fields that rules can name, or\n"
	"those of one"},
    {"eval", 0, "EXPR", ACTION_WITH(ACTION_EVAL, eval),
	"print the value of an expression of the rule language"},
    {"on", 0, "ENTITY", TEXT(on), FOR(EVAL),
	"... for every such entity of the input"},
    {"test-rules", 0, NULL, ACTION(ACTION_TEST_RULES),
	"run the examples of all rules, or of those that --rules\n"
	"names, printing TAP"},
    {"map-lines", 0, NULL, ACTION(ACTION_MAP_LINES),
	"print for every line of the input the template line\n"
	"of --chart it comes from"},
    {"print-config", 0, NULL, ACTION(ACTION_PRINT_CONFIG),
	"print which files are read and what they set"},
    {"print-schema", 0, "NAME", ACTION_WITH(ACTION_PRINT_SCHEMA, schema),
	"print the JSON Schema of a contract, configuration,\n"
	"rule or matrix"},
    {"print-docs", 0, "DIR", ACTION_WITH(ACTION_PRINT_DOCS, docs),
	"write a page for each rule, and manual pages of rules\n"
	"and facts, below this folder"},
    {"print-html", 0, "DIR", ACTION_WITH(ACTION_PRINT_HTML, docs),
	"write the rules as pages in HTML below this folder"},
    {"completion", 0, "SHELL", ACTION_WITH(ACTION_COMPLETION, shell),
	"print what completes command lines in bash, fish or zsh"},
    {"merge-sarif", 0, NULL, ACTION(ACTION_MERGE_SARIF),
	"print the SARIF of several runs, the FILEs, as one: a run\n"
	"for each category"},
    {"version", 0, NULL, ACTION(ACTION_VERSION), "print the version"},
    {"help", 'h', NULL, ACTION(ACTION_HELP), "print this"},
};

_Static_assert(COUNT_OF(rows) <= OPTIONS_MAX, "room for all of them");

/* Above which row a heading stands in --help. */
static const struct {
	const char *name; /* of the row; NULL: that of -W */
	const char *heading;
} headings[] = {
    {"chart", "Input:"},
    {"contract", "Contract and values:"},
    {NULL, "Rules:"},
    {"format", "Output:"},
    {"check-contract", "Instead of linting:"},
};

const char *option_heading(const struct option_row *row)
{
	for (size_t i = 0; i < COUNT_OF(headings); i++) {
		const char *name = headings[i].name;

		if (name && row->name ? !strcmp(name, row->name)
				      : name == row->name)
			return headings[i].heading;
	}
	return NULL;
}

const struct option_row *option_rows(size_t *ret_n)
{
	*ret_n = COUNT_OF(rows);
	return rows;
}

const struct option_row *option_row_named(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		if (rows[i].name && slice_is(name, rows[i].name))
			return &rows[i];
	}
	return NULL;
}

static const struct {
	option_read_fn *read;
	const char *const *words;
} word_lists[] = {
    {read_color, whens},
    {read_excerpt, whens},
    {read_fail_on, thresholds},
    {read_markdown_for, markdown_uses},
    {read_applied_by, appliers},
};

void option_words(const struct option_row *row, struct buf *words)
{
	for (size_t i = 0; i < COUNT_OF(word_lists); i++) {
		const char *const *word = word_lists[i].words;

		for (; row->read == word_lists[i].read && *word; word++)
			buf_printf(words, " %s", *word);
	}
	for (size_t i = 0; row->read == read_format && sink_at(i); i++)
		buf_printf(words, " %s", sink_at(i)->name);
}
