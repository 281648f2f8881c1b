/* The options as a whole, once all of them are read. */
#include "cli/check_options.h"

#include "cli/foreign_options.h"
#include "cli/task_options.h"

#include <string.h>
#include <unistd.h>

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

/* What prints something about the program or its rules. */
static const char *action_without_input(enum action action)
{
	switch (action) {
	case ACTION_LIST_RULES: return "--list-rules";
	case ACTION_LIST_FACTS: return "--list-facts";
	case ACTION_EXPLAIN: return "--explain";
	case ACTION_TEST_RULES: return "--test-rules";
	case ACTION_PRINT_SCHEMA: return "--print-schema";
	case ACTION_PRINT_DOCS: return "--print-docs";
	case ACTION_PRINT_HTML: return "--print-html";
	case ACTION_COMPLETION: return "--completion";
	case ACTION_LINT:
	case ACTION_CHECK_CONTRACT:
	case ACTION_EVAL:
	case ACTION_MAP_LINES:
	case ACTION_PRINT_CONFIG:
	case ACTION_INIT:
	case ACTION_MERGE_SARIF:
	case ACTION_VERSION:
	case ACTION_HELP: break;
	}
	return NULL;
}

static int check_files(const struct options *options, struct fault *fault)
{
	const char *action = action_without_input(options->action);
	struct buf sentence = {0};

	if (action && options->nfiles)
		return fault_set(fault, "%s reads no input; leave '%s' out%s",
		    action, options->files[0],
		    options->action == ACTION_TEST_RULES
			? ", or write --rules before it"
			: "");
	if (options->nfiles && access(options->files[0], F_OK) &&
	    foreign_command(options->files[0], &sentence))
		fault_set(fault, "%s", buf_text(&sentence));
	buf_release(&sentence);
	if (fault->text.len)
		return -1;
	if (options->nignore_patterns && !options->nfiles)
		return fault_set(fault,
		    "--ignore-filename-pattern is about files and folders, and "
		    "none is named");
	return 0;
}

static bool reads_stdin(const struct options *options)
{
	for (size_t i = 0; i < options->nfiles; i++) {
		if (!strcmp(options->files[i], "-"))
			return true;
	}
	return !options->nfiles ||
	       (options->previous && !strcmp(options->previous, "-"));
}

static bool has_format(const struct options *options, const char *name)
{
	for (size_t i = 0; i < options->noutputs; i++) {
		if (!strcmp(options->outputs[i].sink->name, name))
			return true;
	}
	return false;
}

bool options_show_timelines(const struct options *options)
{
	for (size_t i = 0; i < options->noutputs; i++) {
		if (options->outputs[i].sink->has_timelines)
			return true;
	}
	return options->timeline;
}

static bool has_one_of(
    const struct options *options, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (has_format(options, names[i]))
			return true;
	}
	return false;
}

/* Formats that tell of one mistake once, and those that name pages of rules. */
static int check_contents(const struct options *options, struct fault *fault)
{
	static const char *const folded[] = {
	    "gcc", "github", "html", "markdown"};
	static const char *const linked[] = {
	    "sarif", "rdjson", "html", "markdown"};
	bool lists = options->action == ACTION_LIST_RULES;

	if (options->no_fold &&
	    !has_one_of(options, folded, COUNT_OF(folded)))
		return fault_set(fault,
		    "--no-fold is for what people read; formats for programs "
		    "tell of each object always, so leave it out");
	if (!options->docs_url || options->write_evidence ||
	    (lists ? has_format(options, "json")
		   : has_one_of(options, linked, COUNT_OF(linked))))
		return 0;
	return fault_set(fault,
	    "--docs-url is for links, which text has none of; ask for them "
	    "with --format %s",
	    lists ? "json" : "sarif=FILE, rdjson, html or markdown");
}

/* What is about a format that nobody asked for. */
static int check_formats(const struct options *options, struct fault *fault)
{
	if (options->sarif_category && !has_format(options, "sarif"))
		return fault_set(fault,
		    "--sarif-category is about SARIF; ask for that with "
		    "--format sarif=FILE");
	/* SARIF and rdjson have edits always. */
	if (options->fixits && !has_format(options, "gcc") &&
	    !has_format(options, "sarif") && !has_format(options, "rdjson"))
		return fault_set(fault,
		    "--fixits prints edits in text; ask for that with --format "
		    "gcc, or read them in SARIF, which has them always");
	if (options->markdown_summary && !has_format(options, "markdown"))
		return fault_set(fault,
		    "--markdown-for is about Markdown; ask for that with "
		    "--format markdown=FILE");
	if (options->source_url && !has_format(options, "markdown") &&
	    !has_format(options, "html"))
		return fault_set(fault,
		    "--source-url is for the links of a page; ask for one with "
		    "--format html=FILE or markdown=FILE");
	if (options->nodes && !options_show_timelines(options))
		return fault_set(fault,
		    "--nodes is about timelines; ask for them with --timeline, "
		    "or --format html=FILE or svg=FILE");
	return check_contents(options, fault);
}

/* What would be ignored in silence. */
static int check_use(const struct options *options, struct fault *fault)
{
	if (options->config && options->no_config)
		return fault_set(
		    fault, "--config and --no-config: give one of the two");
	if (options->no_suppress && options->show_suppressed)
		return fault_set(fault,
		    "--no-suppress holds nothing back that --show-suppressed "
		    "could show; give one of the two");
	if (options->evidence_max_age && !options->nevidence)
		return fault_set(fault,
		    "--evidence-max-age is of the files of --evidence, and "
		    "there are none");
	if (options->root && !options->contract && !options->ncharts)
		return fault_set(fault,
		    "--root is where a contract's values_file and a chart's "
		    "files are; give --contract FILE or --chart DIR");
	if (options->fix && options->gate)
		return fault_set(fault,
		    "--gate passes on what it was given, not what --fix makes "
		    "of it; give one of the two");
	if (options->fix && options->all_profiles)
		return fault_set(fault,
		    "--fix is for one profile at a time, not --all-profiles");
	if (options->fix && !options->ncharts && reads_stdin(options))
		return fault_set(fault,
		    "--fix cannot write into standard input; name the files, "
		    "or the chart that was rendered: --chart DIR");
	if (options->stdin_filename && !reads_stdin(options))
		return fault_set(fault,
		    "--stdin-filename names standard input, which is not "
		    "read; leave it out, or read '-'");
	return 0;
}

/* What is about a contract. */
static int check_contract_options(
    const struct options *options, struct fault *fault)
{
	if (options->action == ACTION_CHECK_CONTRACT && !options->contract)
		return fault_set(fault,
		    "--check-contract needs the contract: --contract FILE");
	if (options->action == ACTION_CHECK_CONTRACT && options->nfiles)
		return fault_set(fault,
		    "--check-contract takes no manifests; leave '%s' out, or "
		    "the option",
		    options->files[0]);
	if (((options->summary && !options->previous) || options->strict) &&
	    !options->contract)
		return fault_set(fault,
		    "--%s is about the clauses of a contract; give that with "
		    "--contract FILE",
		    options->strict ? "strict" : "summary");
	if (options->profile && !options->contract)
		return fault_set(fault,
		    "--profile names a profile of a contract; give that with "
		    "--contract FILE");
	return 0;
}

/* Standard output is for the manifests alone. */
static int check_gate(const struct options *options, struct fault *fault)
{
	if (!options->gate)
		return 0;
	if (options->previous && !strcmp(options->previous, "-"))
		return fault_set(fault,
		    "--gate passes on what standard input holds, which is the "
		    "new release; give --previous a file");
	if (options->nfiles > 1 ||
	    (options->nfiles && strcmp(options->files[0], "-") != 0))
		return fault_set(fault,
		    "--gate passes on what standard input holds; write "
		    "rolloutlint --gate <'%s'",
		    options->files[0]);
	for (size_t i = 0; i < options->noutputs; i++) {
		const struct output *output = &options->outputs[i];

		if (!output->file && output->sink->is_machine)
			return fault_set(fault,
			    "--gate leaves standard output to the manifests; "
			    "give the format a file: --format %s=FILE",
			    output->sink->name);
	}
	return 0;
}

/* What is about profiles that --all-profiles judges, without it. */
static int check_no_profiles(const struct options *options, struct fault *fault)
{
	const char *stray = options->render    ? "render"
			    : options->renders ? "renders"
			    : options->release ? "release"
					       : NULL;

	return stray ? fault_set(fault, "--%s goes with --all-profiles", stray)
		     : 0;
}

/* What is for one release, or has another place where there are several. */
static int check_single(const struct options *options, struct fault *fault)
{
	const char *stray = options->gate	      ? "gate"
			    : options->separate	      ? "separate"
			    : options->profile	      ? "profile"
			    : options->stdin_filename ? "stdin-filename"
						      : NULL;

	if (options->nevidence || options->write_evidence)
		return fault_set(fault,
		    "--%s is for one profile at a time, not --all-profiles",
		    options->nevidence ? "evidence" : "write-evidence");
	if (stray)
		return fault_set(fault,
		    "--all-profiles judges each profile with its own input and "
		    "has no use for --%s; leave it out",
		    stray);
	if (options->nfiles)
		return fault_set(fault,
		    "--all-profiles takes no manifests but those of --render "
		    "or --renders; leave '%s' out",
		    options->files[0]);
	return 0;
}

/* Each profile has its own input, and each render its own place. */
static int check_profiles(const struct options *options, struct fault *fault)
{
	if (!options->all_profiles)
		return check_no_profiles(options, fault);
	if (!options->contract)
		return fault_set(fault,
		    "--all-profiles are those of a contract; give that with "
		    "--contract FILE");
	if (!options->render == !options->renders)
		return fault_set(fault,
		    "--all-profiles needs either --render COMMAND or --renders "
		    "DIR");
	if (options->release && !options->render)
		return fault_set(fault, "--release goes with --render");
	return check_single(options, fault);
}

/* What a task needs, and what it cannot take. */
static int check_task(const struct options *options, struct fault *fault)
{
	bool merges = options->action == ACTION_MERGE_SARIF;

	if (merges && !options->nfiles)
		return fault_set(
		    fault, "--merge-sarif needs the files to merge");
	if (merges && reads_stdin(options))
		return fault_set(fault,
		    "--merge-sarif reads each file twice, so standard input "
		    "cannot be one");
	if (options->action == ACTION_MAP_LINES && !options->ncharts)
		return fault_set(fault,
		    "--map-lines needs the chart the input was rendered from: "
		    "--chart DIR");
	if (options->action == ACTION_INIT &&
	    (options->nfiles || options->ncharts > 1))
		return fault_set(fault,
		    "--init takes nothing but one --chart; it writes the "
		    "contract into the working directory");
	return 0;
}

int options_check(
    const struct options *options, const bool *given, struct fault *fault)
{
	if (options->action == ACTION_HELP || options->action == ACTION_VERSION)
		return 0;
	if (task_options_check(options, given, fault) ||
	    check_gate(options, fault) || check_profiles(options, fault) ||
	    check_task(options, fault))
		return -1;
	if (options->namespace && !is_namespace(options->namespace))
		return fault_set(fault,
		    "--namespace: '%s' is not a namespace name; those are "
		    "lower-case letters, digits and '-'",
		    options->namespace);
	if (check_contract_options(options, fault) ||
	    check_files(options, fault) || check_use(options, fault) ||
	    check_formats(options, fault))
		return -1;
	return check_baseline(options, fault);
}
