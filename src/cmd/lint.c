/* A loaded program -> its findings, with all that becomes of them, reported. */
#include "cmd/lint.h"

#include "cmd/gate.h"
#include "cmd/input.h"
#include "cmd/outcome.h"
#include "cmd/progress.h"
#include "diag/suppression.h"
#include "diag/yield.h"
#include "run/baseline_match.h"
#include "run/clause_verdicts.h"
#include "run/kind_filter.h"
#include "run/relocate.h"

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

/* After the levels, which may have turned the finding off that tells of a
 * value. */
static void report_untold(const struct program *program, struct run *run,
    const struct verdicts *verdicts)
{
	struct finding_list untold = {0};

	verdicts_report_untold(run, verdicts, &untold);
	levels_apply(&program->levels, &untold);
	for (size_t i = 0; i < untold.n; i++)
		finding_add(&run->result.findings, &untold.items[i]);
	if (untold.n)
		finding_list_sort(&run->result.findings);
	finding_list_release(&untold);
}

/* The manifests go on when nothing stands against it. */
static int pass_on(struct program *program, int status)
{
	if (!program->options.gate || status != STATUS_CLEAN)
		return status;
	if (!gate_pass_on(&program->fault))
		return status;
	return program->fault.text.len ? trouble(program) : STATUS_TROUBLE;
}

static int refuse_input(struct program *program, struct buf *ret_remark)
{
	if (ret_remark)
		buf_add_text(ret_remark, fault_text(&program->fault));
	return trouble(program);
}

void lint_rendered(
    struct program *program, const struct run_options *options, struct run *run)
{
	run_lint(run, options);
	kinds_reject(run, &program->options);
	suppress(program, run);
	kinds_skip(run, &program->options);
	levels_apply(&program->levels, &run->result.findings);
	findings_yield(&run->result.findings);
}

void lint_judge(struct program *program, struct run_options *options,
    struct run *run, struct verdicts *verdicts)
{
	struct progress progress;

	ruleset_silence(&program->ruleset, &program->levels);
	options->progress = progress_tell;
	options->progress_context = &progress;
	progress_start(&progress, program->options.quiet);
	run_lint(run, options);
	progress_end(&progress);
	/* A run that follows, with the same options, is none to wait for. */
	options->progress = NULL;
	kinds_reject(run, &program->options);
	input_check_emptiness(program, run);
	verdicts_decide(run, verdicts);
	suppress(program, run);
	kinds_skip(run, &program->options);
	/* Not before: a comment holds back what is at its rendered line. */
	if (relocate_findings(program, run, verdicts))
		run_add_fault(run, &program->fault);
	else if (program->options.ncharts && program->remarks.len &&
		 !program->options.quiet)
		remark(buf_text(&program->remarks));
	/* Files of charts may have moved them. */
	options->origins = program->origins;
	levels_apply(&program->levels, &run->result.findings);
	report_untold(program, run, verdicts);
	findings_yield(&run->result.findings);
	if (report_wants_quotes(&program->options))
		run_quote(run, report_wants_hashes(&program->options));
	if (program->options.baseline)
		run->ngone =
		    baseline_match(&run->result.findings, &program->baseline);
	verdicts_conclude(run, verdicts);
}

int lint(struct program *program, struct buf *ret_remark)
{
	struct run_options run_options = input_run_options(program);
	struct run run = {0};
	struct verdicts verdicts;
	int status;

	if (input_check(program) ||
	    (program->options.gate && gate_keep_input(&program->fault)))
		return refuse_input(program, ret_remark);
	lint_judge(program, &run_options, &run, &verdicts);
	status = report_run(program, &run, &verdicts, 1, ret_remark);
	run_release(&run);
	return pass_on(program, status);
}
