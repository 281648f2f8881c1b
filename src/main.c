/*
 * rolloutlint: the command line in, the exit status out.  The only file that
 * sees argv, the environment and exit().
 */
#include "contract/contract.h"
#include "diag/levels.h"
#include "examples.h"
#include "options.h"
#include "query.h"
#include "rule/config.h"
#include "run.h"
#include "sink/describe.h"
#include "sink/sink.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATUS_CLEAN, STATUS_FINDINGS, STATUS_TROUBLE };

/* Everything that main() makes and gives back. */
struct program {
	struct options options;
	struct ruleset ruleset;
	struct contract contract;
	const struct profile *profile;
	struct levels levels;
	struct settings settings;
	struct arena arena;
	const struct origin **origins; /* the inputs, then the contract */
	size_t ninputs, norigins;
	const struct diag_kind **kinds; /* of all rules and our own, by code */
	size_t nkinds;
	struct fault fault;
	char *here; /* the working directory; NULL when nobody can tell */
	bool stdin_closed;
};

/* One sentence on standard error, fit for a terminal and a log: a file's name
 * may hold anything. */
static void complain(const char *sentence)
{
	struct buf plain = {0};

	sink_add_plain(&plain, slice_of(sentence));
	fprintf(stderr, "rolloutlint: error: %s\n", buf_text(&plain));
	buf_release(&plain);
}

static int trouble(struct program *program)
{
	complain(fault_text(&program->fault));
	return STATUS_TROUBLE;
}

/* Writes what standard output still holds; a disk that is full and a reader
 * that is gone are trouble. */
static int finish_stdout(struct program *program, int status)
{
	errno = 0;
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	fault_set(&program->fault, "cannot write to standard output: %s",
	    errno ? strerror(errno) : "an earlier write failed");
	return trouble(program);
}

static int print(struct program *program, struct buf *text, int status)
{
	if (text->len)
		fwrite(text->ptr, 1, text->len, stdout);
	buf_release(text);
	return finish_stdout(program, status);
}

/*
 * Files opened later must not become standard streams: a closed one is filled
 * with /dev/null, which for output fails as a closed one would.
 */
static bool fill_standard_streams(bool *ret_stdin_closed)
{
	*ret_stdin_closed = fcntl(0, F_GETFD) < 0;
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", O_RDONLY) != fd)
			return false;
	}
	return true;
}

/* What an absolute name is below the working directory, or NULL: an alert must
 * not depend on where a checkout happens to be. */
static const char *relative_name(
    const struct program *program, const char *name)
{
	size_t len = program->here ? strlen(program->here) : 0;

	if (len < 2 || strncmp(name, program->here, len) != 0 ||
	    name[len] != '/' || !name[len + 1])
		return NULL;
	return name + len + 1;
}

static struct origin *origin_new(
    struct program *program, const char *name, enum origin_role role)
{
	struct origin *origin = arena_alloc(&program->arena, sizeof(*origin));

	*origin = (struct origin){
	    .name = name,
	    .relative = relative_name(program, name),
	    .role = role,
	    .index = (unsigned)program->norigins,
	};
	program->origins[program->norigins++] = origin;
	return origin;
}

static void add_stdin(struct program *program)
{
	const char *name = program->options.stdin_filename;

	origin_new(program, name ? name : "<stdin>", ORIGIN_MANIFEST)
	    ->is_stdin = true;
}

static void make_origins(struct program *program)
{
	const struct options *options = &program->options;

	program->origins = arena_array(
	    &program->arena, options->nfiles + 2, sizeof(*program->origins));
	for (size_t i = 0; i < options->nfiles; i++) {
		if (!strcmp(options->files[i], "-"))
			add_stdin(program);
		else
			origin_new(program, options->files[i], ORIGIN_MANIFEST);
	}
	if (!options->nfiles)
		add_stdin(program);
	program->ninputs = program->norigins;
}

/* Telling about rules has nothing to do with any contract. */
static bool needs_contract(enum action action)
{
	return action == ACTION_LINT || action == ACTION_EVAL;
}

static int load_contract(struct program *program)
{
	const struct options *options = &program->options;
	const struct origin *origin = NULL;

	if (options->contract && needs_contract(options->action)) {
		origin =
		    origin_new(program, options->contract, ORIGIN_CONTRACT);
		if (contract_load(&program->contract, origin, &program->fault))
			return -1;
	} else {
		contract_builtin(&program->contract);
	}
	program->profile = contract_profile(
	    &program->contract, origin, options->profile, &program->fault);
	return program->profile ? 0 : -1;
}

static int by_code(const void *left, const void *right)
{
	const struct diag_kind *const *a = left, *const *b = right;

	return strcmp((*a)->code, (*b)->code);
}

/* All kinds of finding there are: SARIF's catalogue, --list-rules, -W. */
static void list_kinds(struct program *program)
{
	const struct ruleset *ruleset = &program->ruleset;
	size_t n = 0;

	program->kinds = arena_array(
	    &program->arena, ruleset->n + KIND_MAX, sizeof(*program->kinds));
	for (int i = 0; i < KIND_MAX; i++)
		program->kinds[n++] = own_kind((enum own_kind)i);
	for (size_t i = 0; i < ruleset->n; i++)
		program->kinds[n++] = &ruleset->rules[i]->kind;
	qsort(program->kinds, n, sizeof(*program->kinds), by_code);
	program->nkinds = n;
}

/* The nearest .rolloutlint.yaml from the working directory upward, as a path
 * relative to it, in buf; false when there is none. */
static bool find_config(struct buf *buf)
{
	char *here = getcwd(NULL, 0);
	bool found = false;

	for (char *slash = here; slash && !found;) {
		buf_add_text(buf, ".rolloutlint.yaml");
		found = !access(buf_text(buf), F_OK);
		slash = strrchr(here, '/');
		if (found || !slash)
			break;
		*slash = '\0';
		buf->len -= strlen(".rolloutlint.yaml");
		buf_add_text(buf, "../");
	}
	free(here);
	return found;
}

static int load_config(struct program *program)
{
	const struct options *options = &program->options;
	struct buf found = {0};
	const char *path = options->config;
	struct origin *origin = arena_alloc(&program->arena, sizeof(*origin));
	int result = 0;

	if (!path && !options->no_config && find_config(&found))
		path = buf_text(&found);
	if (path) {
		origin->name = arena_printf(&program->arena, "%s", path);
		origin->role = ORIGIN_CONTRACT;
		result = config_apply(origin, program->profile->id.text,
		    &program->ruleset, &program->levels, program->kinds,
		    program->nkinds, &program->fault);
	}
	buf_release(&found);
	return result;
}

static int load_rules(struct program *program)
{
	const struct options *options = &program->options;

	ruleset_add_builtin(&program->ruleset);
	for (size_t i = 0; i < options->nrules; i++) {
		if (ruleset_add_path(
			&program->ruleset, options->rules[i], &program->fault))
			return -1;
	}
	list_kinds(program);
	if (load_config(program) || ruleset_settings(&program->ruleset,
					&program->settings, &program->fault))
		return -1;
	for (size_t i = 0; i < options->nwarnings; i++) {
		if (levels_add(&program->levels, options->warnings[i],
			program->kinds, program->nkinds, &program->fault))
			return -1;
	}
	return 0;
}

/* Whether something for people is wanted on a stream. */
static bool wanted(enum when when, FILE *stream)
{
	const char *term = getenv("TERM");

	if (when != WHEN_AUTO)
		return when == WHEN_ALWAYS;
	return isatty(fileno(stream)) && (!term || strcmp(term, "dumb") != 0);
}

static struct sink_options sink_options_for(
    const struct options *options, FILE *out)
{
	const char *no_color = getenv("NO_COLOR");
	bool forbidden = options->color == WHEN_AUTO && no_color && *no_color;

	return (struct sink_options){
	    .color = !forbidden && wanted(options->color, out),
	    .quote = wanted(options->excerpt, out),
	};
}

/* Whether any output shows lines of the input. */
static bool wants_quotes(const struct options *options)
{
	for (size_t i = 0; i < options->noutputs; i++) {
		const struct output *output = &options->outputs[i];

		if (output->sink->is_machine ||
		    options->excerpt == WHEN_ALWAYS ||
		    (!output->file && wanted(options->excerpt, stdout)))
			return true;
	}
	return false;
}

static int write_file(struct program *program, const struct output *output,
    const struct report *report)
{
	FILE *out = fopen(output->file, "w");
	struct sink_options how;
	bool failed;

	if (!out)
		return fault_set(&program->fault, "cannot write '%s': %s",
		    output->file, strerror(errno));
	how = sink_options_for(&program->options, out);
	output->sink->write(out, report, &how);
	errno = 0;
	failed = ferror(out);
	failed |= fclose(out) != 0;
	if (!failed)
		return 0;
	return fault_set(&program->fault, "cannot write '%s': %s", output->file,
	    strerror(errno ? errno : EIO));
}

/* All outputs; the one to standard output is flushed and checked too. */
static int write_outputs(struct program *program, const struct report *report)
{
	int status = report->exit_status;

	for (size_t i = 0; i < program->options.noutputs; i++) {
		const struct output *output = &program->options.outputs[i];

		if (output->file) {
			if (write_file(program, output, report))
				status = trouble(program);
			continue;
		}
		struct sink_options how =
		    sink_options_for(&program->options, stdout);

		output->sink->write(stdout, report, &how);
		status = finish_stdout(program, status);
	}
	return status;
}

/* "1 error, 2 warnings"; "nothing found" */
static void count_findings(const struct finding_list *findings, struct buf *buf)
{
	size_t counts[SEVERITY_MAX] = {0};
	bool any = false;

	for (size_t i = 0; i < findings->n; i++)
		counts[findings->items[i].severity]++;
	for (int i = SEVERITY_ERROR; i > SEVERITY_OFF; i--) {
		if (!counts[i])
			continue;
		buf_printf(buf, "%s%zu %s%s", any ? ", " : "", counts[i],
		    severity_name((enum severity)i), counts[i] > 1 ? "s" : "");
		any = true;
	}
	if (!any)
		buf_add_text(buf, "nothing found");
}

static void summarise(const struct program *program, const struct run *run)
{
	size_t objects = run->release->lists[ENTITY_manifest].n;
	struct buf counts = {0};

	if (program->options.quiet || (!objects && run->ntroubles))
		return;
	count_findings(&run->result.findings, &counts);
	fprintf(stderr, "rolloutlint: %zu object%s held to profile '%s': %s\n",
	    objects, objects == 1 ? "" : "s", program->profile->id.text,
	    buf_text(&counts));
	buf_release(&counts);
}

static int status_of(const struct program *program, const struct run *run)
{
	if (run->ntroubles)
		return STATUS_TROUBLE;
	for (size_t i = 0; i < run->result.findings.n; i++) {
		if (run->result.findings.items[i].severity >=
		    program->options.fail_on)
			return STATUS_FINDINGS;
	}
	return STATUS_CLEAN;
}

static bool has_error(const struct run *run)
{
	for (size_t i = 0; i < run->result.findings.n; i++) {
		if (run->result.findings.items[i].severity == SEVERITY_ERROR)
			return true;
	}
	return false;
}

/* Nobody pipes nothing on purpose: the step before has failed unseen.  What
 * holds no object has not been checked and must not look as if it had. */
static void check_emptiness(const struct program *program, struct run *run)
{
	if (run->ntroubles || program->options.allow_empty)
		return;
	if (!run->result.ndocuments)
		run_trouble(run,
		    "the input holds no document; did `helm template` fail? "
		    "(a pipe hides its exit status: use `set -o pipefail`; "
		    "--allow-empty if nothing is right)");
	else if (!run->release->lists[ENTITY_manifest].n && !has_error(run))
		run_trouble(run,
		    "the input holds no Kubernetes object, so nothing was "
		    "checked; is it what `helm template` prints?");
}

static int report_run(struct program *program, struct run *run)
{
	struct trouble *troubles =
	    arena_array(&program->arena, run->ntroubles, sizeof(*troubles));
	struct report report = {
	    .version = PACKAGE_VERSION,
	    .kinds = program->kinds,
	    .nkinds = program->nkinds,
	    .origins = program->origins,
	    .norigins = program->norigins,
	    .troubles = troubles,
	    .ntroubles = run->ntroubles,
	};
	int status;

	if (wants_quotes(&program->options))
		run_quote(run);
	for (size_t i = 0; i < run->ntroubles; i++)
		troubles[i].text = run->troubles[i];
	report.findings = run->result.findings.items;
	report.nfindings = run->result.findings.n;
	report.exit_status = status_of(program, run);
	status = write_outputs(program, &report);
	for (size_t i = 0; i < run->ntroubles; i++)
		complain(run->troubles[i]);
	summarise(program, run);
	return status;
}

static unsigned processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

static struct run_options run_options_for(struct program *program)
{
	unsigned njobs = program->options.njobs;

	return (struct run_options){
	    .inputs = program->origins,
	    .ninputs = program->ninputs,
	    .ruleset = &program->ruleset,
	    .settings = &program->settings,
	    .profile = program->profile,
	    .namespace = program->options.namespace,
	    .limits = &default_limits,
	    .njobs = njobs ? njobs : processors(),
	    .keep_sources = wants_quotes(&program->options),
	};
}

static bool reads_stdin(const struct program *program)
{
	for (size_t i = 0; i < program->ninputs; i++) {
		if (program->origins[i]->is_stdin)
			return true;
	}
	return false;
}

/* Waiting for a person to type manifests is never what was meant. */
static int check_stdin(struct program *program)
{
	if (!reads_stdin(program))
		return 0;
	if (program->stdin_closed)
		return fault_set(&program->fault, "standard input is closed");
	if (isatty(0))
		return fault_set(&program->fault,
		    "nothing to lint: pipe a release in (helm template "
		    "RELEASE CHART | rolloutlint) or name files");
	return 0;
}

static int lint(struct program *program)
{
	struct run_options run_options = run_options_for(program);
	struct run run = {0};
	int status;

	if (check_stdin(program))
		return trouble(program);
	run_lint(&run, &run_options);
	levels_apply(&program->levels, &run.result.findings);
	check_emptiness(program, &run);
	status = report_run(program, &run);
	run_release(&run);
	return status;
}

/* Evaluates over the input; the rules are left out of it. */
static int evaluate_input(struct program *program, struct query *query)
{
	struct run_options run_options = run_options_for(program);
	struct ruleset none = {0};
	struct run run = {0};
	int status;

	if (check_stdin(program))
		return trouble(program);
	run_options.ruleset = &none;
	/* Lines of values come in the order of the input. */
	run_options.njobs = 1;
	run_options.visit = query_visit;
	run_options.visit_context = query;
	run_lint(&run, &run_options);
	check_emptiness(program, &run);
	query_evaluate(query, run.release);
	for (size_t i = 0; i < run.result.findings.n; i++) {
		fault_set(&program->fault, "%s:%u: %s",
		    run.result.findings.items[i].place.origin->name,
		    run.result.findings.items[i].place.span.line,
		    run.result.findings.items[i].text);
		complain(fault_text(&program->fault));
	}
	for (size_t i = 0; i < run.ntroubles; i++)
		complain(run.troubles[i]);
	status = run.ntroubles	   ? STATUS_TROUBLE
		 : has_error(&run) ? STATUS_FINDINGS
				   : STATUS_CLEAN;
	run_release(&run);
	return status;
}

static int evaluate(struct program *program)
{
	const struct options *options = &program->options;
	struct query query;
	int status = STATUS_CLEAN;

	if (query_init(&query, options->eval, options->on, program->profile,
		&program->fault)) {
		trouble(program);
		fputs(buf_text(&query.out), stderr);
		query_release(&query);
		return STATUS_TROUBLE;
	}
	if (query_is_constant(&query))
		query_evaluate(&query, NULL);
	else
		status = evaluate_input(program, &query);
	if (query.failed && status == STATUS_CLEAN)
		status = STATUS_FINDINGS;
	status = print(program, &query.out, status);
	query_release(&query);
	return status;
}

static int explain(struct program *program)
{
	const char *id = program->options.explain;

	for (size_t i = 0; i < program->nkinds; i++) {
		const struct diag_kind *kind = program->kinds[i];

		if (!strcmp(kind->id, id) || !strcmp(kind->code, id)) {
			describe_kind(stdout, kind);
			return finish_stdout(program, STATUS_CLEAN);
		}
	}
	fault_set(&program->fault,
	    "--explain: there is no rule '%s'; --list-rules shows them all",
	    id);
	return trouble(program);
}

static int test_rules(struct program *program)
{
	struct examples_result result;

	examples_run(&program->ruleset, &program->settings, &result);
	return print(program, &result.tap,
	    result.nfailed ? STATUS_FINDINGS : STATUS_CLEAN);
}

static int act(struct program *program)
{
	struct buf text = {0};

	switch (program->options.action) {
	case ACTION_HELP:
		options_help(&text);
		return print(program, &text, STATUS_CLEAN);
	case ACTION_VERSION:
		buf_printf(&text, "rolloutlint %s\n", PACKAGE_VERSION);
		return print(program, &text, STATUS_CLEAN);
	case ACTION_LIST_FACTS:
		vocabulary_describe(&text);
		return print(program, &text, STATUS_CLEAN);
	case ACTION_LIST_RULES:
	case ACTION_EXPLAIN:
	case ACTION_TEST_RULES:
	case ACTION_LINT:
	case ACTION_EVAL: break;
	}
	program->here = getcwd(NULL, 0);
	make_origins(program);
	if (load_contract(program) || load_rules(program))
		return trouble(program);
	switch (program->options.action) {
	case ACTION_LIST_RULES:
		describe_list(stdout, program->kinds, program->nkinds);
		return finish_stdout(program, STATUS_CLEAN);
	case ACTION_EXPLAIN: return explain(program);
	case ACTION_TEST_RULES: return test_rules(program);
	case ACTION_EVAL: return evaluate(program);
	case ACTION_LINT:
	case ACTION_LIST_FACTS:
	case ACTION_VERSION:
	case ACTION_HELP: break;
	}
	return lint(program);
}

static void program_release(struct program *program)
{
	levels_release(&program->levels);
	settings_release(&program->settings);
	ruleset_release(&program->ruleset);
	contract_release(&program->contract);
	options_release(&program->options);
	arena_release(&program->arena);
	fault_release(&program->fault);
	free(program->here);
}

int main(int argc, char **argv)
{
	struct program program = {0};
	int status;

	/* A reader that goes away is an error of write(), not our death. */
	signal(SIGPIPE, SIG_IGN);
	if (!fill_standard_streams(&program.stdin_closed))
		return STATUS_TROUBLE;
	if (options_parse(&program.options, argc, argv, &program.fault))
		status = trouble(&program);
	else
		status = act(&program);
	program_release(&program);
	return status;
}
