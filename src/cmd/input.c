/* The inputs of the program -> how to run over them, and what is wrong with
 * them as a whole. */
#include "cmd/input.h"

#include "base/parallel.h"
#include "cmd/outcome.h"

#include <unistd.h>

bool input_has_error(const struct run *run)
{
	for (size_t i = 0; i < run->result.findings.n; i++) {
		if (run->result.findings.items[i].severity == SEVERITY_ERROR)
			return true;
	}
	return false;
}

/* Whether an error is told, of one of n files or, with NULL, of any: what is
 * switched off says of nothing why it was not checked. */
static bool tells_error(const struct program *program, const struct run *run,
    const struct origin *const *files, size_t n)
{
	for (size_t i = 0; i < run->result.findings.n; i++) {
		const struct finding *finding = &run->result.findings.items[i];
		size_t file = 0;

		while (file < n && files[file] != finding->place.origin)
			file++;
		if ((!files || file < n) &&
		    levels_severity(&program->levels, finding) ==
			SEVERITY_ERROR)
			return true;
	}
	return false;
}

/* A file that is a release of its own has to hold one: others do not stand in
 * for it. */
static void check_parts(const struct program *program, struct run *run)
{
	for (size_t i = 0; i < run->nparts; i++) {
		const struct run_part *part = &run->parts[i];

		if (!part->release->lists[ENTITY_manifest].n &&
		    !tells_error(program, run,
			run->options->inputs + part->first, part->n))
			run_add_trouble(run,
			    "'%s' contains no Kubernetes object, so nothing "
			    "was checked; is it the output of `helm template`?",
			    part->name);
	}
}

/* Nobody pipes nothing on purpose: the step before has failed unseen.  What
 * holds no object has not been checked and must not look as if it had. */
void input_check_emptiness(const struct program *program, struct run *run)
{
	if (run->ntroubles || program->options.allow_empty)
		return;
	if (run->previous.release &&
	    !run->previous.release->lists[ENTITY_manifest].n &&
	    !tells_error(program, run, run->options->previous,
		run->options->nprevious))
		run_add_trouble(run,
		    "'%s' of --previous contains no Kubernetes object to "
		    "compare with; did `helm get manifest` fail?",
		    program->options.previous);
	if (!run->result.ndocuments && program->options.render)
		run_add_trouble(run,
		    "the command of --render has printed no document; "
		    "--allow-empty if that is expected");
	else if (!run->result.ndocuments &&
		 !tells_error(program, run, NULL, 0))
		run_add_trouble(run,
		    "the input is empty; did `helm template` fail? (a "
		    "pipe hides its exit status: use `set -o pipefail`; "
		    "use --allow-empty if empty input is expected)");
	else if (run->nparts > 1)
		check_parts(program, run);
	else if (!run_object_count(run) &&
		 (!run->result.ndocuments ||
		     !tells_error(program, run, NULL, 0)))
		run_add_trouble(run,
		    "the input contains no Kubernetes object, so nothing "
		    "was checked; is it the output of `helm template`?");
}

struct run_options input_run_options(struct program *program)
{
	bool separate = program->options.separate;

	return (struct run_options){
	    .inputs = program->inputs,
	    .ninputs = program->ninputs,
	    .previous = program->previous,
	    .nprevious = program->nprevious,
	    .ruleset = &program->ruleset,
	    .settings = &program->settings,
	    .profile = program->profile,
	    .evidence = program->evidence,
	    .origins = program->origins,
	    .namespace = program->options.namespace,
	    .releases = separate ? program->releases : NULL,
	    .nreleases = separate ? program->nreleases : 0,
	    .limits = &default_limits,
	    .njobs = parallel_jobs(program->options.njobs),
	    .keep_sources = program->options.ncharts > 0 ||
			    program->options.diff ||
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
int input_check(struct program *program)
{
	if (program->nprevious && program->options.separate)
		return fault_set(&program->fault,
		    "--previous and --separate: one release is held against "
		    "another, so there can be no more than one new one");
	if (program->options.separate &&
	    (program->options.nevidence || program->options.write_evidence))
		return fault_set(&program->fault,
		    "--%s and --separate: evidence is of one release; lint "
		    "each by itself",
		    program->options.nevidence ? "evidence" : "write-evidence");
	if (program->nprevious && program->previous[0]->is_stdin &&
	    reads_stdin(program))
		return fault_set(&program->fault,
		    "--previous -: standard input cannot hold both releases; "
		    "name the file of the new one");
	if (!reads_stdin(program) &&
	    !(program->nprevious && program->previous[0]->is_stdin))
		return 0;
	if (program->stdin_closed)
		return fault_set(&program->fault, "standard input is closed");
	if (isatty(0))
		return fault_set(&program->fault,
		    "nothing to lint: pipe a release in (helm template "
		    "RELEASE CHART | rolloutlint) or name files");
	return 0;
}
