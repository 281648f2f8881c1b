/* An expression and the input -> lines of values. */
#include "cmd/evaluate.h"

#include "cmd/input.h"
#include "cmd/outcome.h"
#include "cmd/query.h"

/* Evaluates over the input; the rules are left out of it. */
static int evaluate_input(struct program *program, struct query *query)
{
	struct run_options run_options = input_run_options(program);
	struct ruleset none = {0};
	struct run run = {0};
	struct buf text = {0};
	int status;

	if (input_check(program))
		return trouble(program);
	run_options.ruleset = &none;
	/* Lines of values come in the order of the input. */
	run_options.njobs = 1;
	run_options.visit = query_visit;
	run_options.visit_context = query;
	run_lint(&run, &run_options);
	input_check_emptiness(program, &run);
	for (size_t i = 0; i < run.nparts; i++)
		query_evaluate(query, run.parts[i].release);
	for (size_t i = 0; i < run.result.findings.n; i++) {
		const struct finding *finding = &run.result.findings.items[i];

		fault_set(&program->fault, "%s:%u: %s",
		    finding->place.origin->name, finding->place.span.line,
		    finding_text(finding, &text));
		complain(fault_text(&program->fault));
	}
	for (size_t i = 0; i < run.ntroubles; i++)
		complain_trouble(&run.troubles[i]);
	status = run.ntroubles		       ? STATUS_TROUBLE
		 : input_has_error(&run) ? STATUS_FINDINGS
					       : STATUS_CLEAN;
	run_release(&run);
	buf_release(&text);
	return status;
}

int evaluate(struct program *program)
{
	const struct options *options = &program->options;
	struct query query;
	int status = STATUS_CLEAN;

	if (query_init(&query, options->eval, options->on, program->profile,
		&program->fault)) {
		trouble(program);
		complain_lines(buf_text(&query.out));
		query_release(&query);
		return STATUS_TROUBLE;
	}
	if (query.warning.len)
		remark(buf_text(&query.warning));
	program->settings.keeps_raw |= cel_program_reads_raw(query.program);
	/* What the contract is held against is part of a release. */
	if (query_is_constant(&query) && !program->evidence.matrix &&
	    !program->evidence.scenarios)
		query_evaluate(&query, NULL);
	else
		status = evaluate_input(program, &query);
	if (query.failed && status == STATUS_CLEAN)
		status = STATUS_FINDINGS;
	status = print_lines(program, &query.out, status);
	query_release(&query);
	return status;
}
