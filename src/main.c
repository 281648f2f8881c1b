/*
 * rolloutlint: the command line in, the exit status out.  The only file that
 * sees argv.
 */
#include "cmd/command_line.h"
#include "cmd/contract_check.h"
#include "cmd/describe.h"
#include "cmd/examples.h"
#include "cmd/outcome.h"
#include "cmd/query.h"
#include "diag/suppression.h"
#include "helm/values_evaluator.h"
#include "run/baseline_match.h"
#include "run/clause_verdicts.h"
#include "run/map_lines.h"
#include "run/relocate.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

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

static unsigned processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > 8 ? 8 : (unsigned)n;
}

static struct run_options run_options_for(struct program *program)
{
	unsigned njobs = program->options.njobs;

	return (struct run_options){
	    .inputs = program->inputs,
	    .ninputs = program->ninputs,
	    .ruleset = &program->ruleset,
	    .settings = &program->settings,
	    .profile = program->profile,
	    .evidence = program->evidence,
	    .origins = program->origins,
	    .namespace = program->options.namespace,
	    .limits = &default_limits,
	    .njobs = njobs ? njobs : processors(),
	    .keep_sources = program->options.ncharts > 0 ||
			    report_wants_quotes(&program->options),
	};
}

static bool reads_stdin(const struct program *program)
{
	for (size_t i = 0; i < program->ninputs; i++) {
		if (program->inputs[i]->is_stdin)
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

/* The day suppressions are judged by, in UTC: that of a reproducible build when
 * there is one, so that a run can be repeated. */
static int read_today(struct program *program)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	bool given = epoch && *epoch;
	int64_t seconds = time(NULL);
	struct tm day;
	time_t now;

	if (!given || slice_to_int(slice_of(epoch), &seconds)) {
		now = (time_t)seconds;
		if (now >= 0 && gmtime_r(&now, &day) &&
		    strftime(program->today, sizeof(program->today), "%Y-%m-%d",
			&day))
			return 0;
	}
	return fault_set(&program->fault,
	    "SOURCE_DATE_EPOCH must be a number of seconds since 1970, before "
	    "the year 10000, not '%s'",
	    given ? epoch : "");
}

/* Those of the configuration come last: what is nearer counts first. */
static void suppress(struct program *program, struct run *run)
{
	struct suppression_list *list = &run->result.suppressions;

	if (program->options.no_suppress)
		return;
	for (size_t i = 0; i < program->suppressions.n; i++)
		suppression_add(list, &program->suppressions.items[i]);
	suppressions_apply(list, &run->result.findings, program->kinds,
	    program->nkinds, program->today);
	finding_list_sort(&run->result.findings);
}

static int lint(struct program *program)
{
	struct run_options run_options = run_options_for(program);
	struct run run = {0};
	struct verdicts verdicts;
	int status;

	if (check_stdin(program))
		return trouble(program);
	run_lint(&run, &run_options);
	check_emptiness(program, &run);
	verdicts_judge(&run, &verdicts);
	suppress(program, &run);
	/* Not before: a comment holds back what is at its rendered line. */
	if (relocate_findings(program, &run, &verdicts))
		run_trouble(&run, "%s", fault_text(&program->fault));
	/* Files of charts may have moved them. */
	run_options.origins = program->origins;
	levels_apply(&program->levels, &run.result.findings);
	if (report_wants_quotes(&program->options))
		run_quote(&run);
	if (program->options.baseline)
		run.ngone =
		    baseline_match(&run.result.findings, &program->baseline);
	verdicts_conclude(&run, &verdicts);
	status = report_run(program, &run, &verdicts, 1);
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

static int print_map(struct program *program)
{
	const struct options *options = &program->options;
	struct chart_map *map = NULL;
	struct values_evaluator values_evaluator;
	struct buf out = {0};
	int status = STATUS_CLEAN;

	values_evaluator_init(&values_evaluator, program->evidence.values);
	if (!check_stdin(program))
		map = load_charts(
		    options->charts, options->ncharts, &program->fault);
	if (map && program->evidence.values)
		chart_map_use_values(map, &values_evaluator.evaluator);
	for (size_t i = 0; map && i < program->ninputs; i++) {
		if (print_map_lines(
			map, program->inputs[i], &out, &program->fault))
			status = trouble(program);
	}
	if (!map)
		status = trouble(program);
	chart_map_free(map);
	values_evaluator_release(&values_evaluator);
	return print(program, &out, status);
}

static int explain(struct program *program)
{
	const char *id = program->options.explain;
	const struct diag_kind *kind =
	    kind_find(program->kinds, program->nkinds, slice_of(id));

	if (kind) {
		describe_kind(stdout, kind);
		return finish_stdout(program, STATUS_CLEAN);
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
	case ACTION_MAP_LINES:
	case ACTION_CHECK_CONTRACT:
	case ACTION_LINT:
	case ACTION_EVAL: break;
	}
	if (read_today(program) || program_load(program))
		return trouble(program);
	switch (program->options.action) {
	case ACTION_LIST_RULES:
		describe_list(stdout, program->kinds, program->nkinds);
		return finish_stdout(program, STATUS_CLEAN);
	case ACTION_EXPLAIN: return explain(program);
	case ACTION_TEST_RULES: return test_rules(program);
	case ACTION_EVAL: return evaluate(program);
	case ACTION_MAP_LINES: return print_map(program);
	case ACTION_CHECK_CONTRACT:
		return check_contract(program, program->today);
	case ACTION_LINT:
	case ACTION_LIST_FACTS:
	case ACTION_VERSION:
	case ACTION_HELP: break;
	}
	return lint(program);
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
