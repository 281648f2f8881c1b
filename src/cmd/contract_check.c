/*
 * Each profile is a run of its own, with its own values and its own part of
 * the configuration, over no input at all.  What they find is gathered in the
 * program's own run, in the names of its files and rules.
 */
#include "cmd/contract_check.h"

#include "cmd/outcome.h"
#include "diag/yield.h"
#include "run/baseline_match.h"
#include "run/clause_verdicts.h"

#include <stdlib.h>
#include <string.h>

/* One profile's check; alive until all is reported, since findings refer to
 * its suppressions. */
struct profile_check {
	struct program program;
	struct run_options options;
	struct run run;
	struct verdicts verdicts;
	bool is_loaded;
};

struct gathering {
	struct program *program; /* that reports */
	struct run *run;
	struct map origins; /* by name, of the program */
	struct map kinds;   /* by id, of the program */
};

static void index_program(struct gathering *gathering)
{
	const struct program *program = gathering->program;

	for (size_t i = 0; i < program->norigins; i++)
		*map_slot(
		    &gathering->origins, slice_of(program->origins[i]->name)) =
		    (void *)(uintptr_t)program->origins[i];
	for (size_t i = 0; i < program->nkinds; i++)
		*map_slot(&gathering->kinds, slice_of(program->kinds[i]->id)) =
		    (void *)(uintptr_t)program->kinds[i];
}

static const struct origin *gather_origin(
    struct gathering *gathering, const struct origin *origin)
{
	void **slot;

	if (!origin)
		return NULL;
	slot = map_slot(&gathering->origins, slice_of(origin->name));
	if (!*slot)
		*slot = program_origin(
		    gathering->program, origin->name, origin->role);
	return *slot;
}

static struct note *gather_notes(
    struct gathering *gathering, const struct finding *finding)
{
	struct note *notes = arena_array(
	    &gathering->run->arena, finding->nnotes, sizeof(*notes));

	for (size_t i = 0; i < finding->nnotes; i++) {
		notes[i] = finding->notes[i];
		notes[i].place.origin =
		    gather_origin(gathering, notes[i].place.origin);
	}
	return notes;
}

static void gather(
    struct gathering *gathering, const struct profile_check *check)
{
	const struct finding_list *findings = &check->run.result.findings;

	for (size_t i = 0; i < check->program.norigins; i++)
		gather_origin(gathering, check->program.origins[i]);
	for (size_t i = 0; i < findings->n; i++) {
		struct finding finding = findings->items[i];

		finding.kind =
		    map_find(&gathering->kinds, slice_of(finding.kind->id));
		finding.place.origin =
		    gather_origin(gathering, finding.place.origin);
		finding.notes = gather_notes(gathering, &finding);
		finding_add(&gathering->run->result.findings, &finding);
	}
}

/* The same command line for one profile; the arrays stay the program's own. */
static int load_profile(struct profile_check *check,
    const struct program *program, const struct profile *profile)
{
	check->program.options = program->options;
	check->program.options.arena = (struct arena){0};
	check->program.options.profile = profile->id.text;
	check->is_loaded = !program_load(&check->program) &&
			   !program_load_evidence(&check->program);
	/* What holds back findings about manifests finds none here. */
	levels_set(&check->program.levels, own_kind(KIND_SUPPRESSION_UNUSED),
	    SEVERITY_OFF);
	return check->is_loaded ? 0 : -1;
}

static void run_profile(struct profile_check *check, const char *today)
{
	struct program *program = &check->program;
	struct finding_list *findings = &check->run.result.findings;

	check->options = (struct run_options){
	    .ruleset = &program->ruleset,
	    .settings = &program->settings,
	    .profile = program->profile,
	    .evidence = program->evidence,
	    .origins = program->origins,
	    .limits = &default_limits,
	};
	run_lint(&check->run, &check->options);
	verdicts_decide(&check->run, &check->verdicts);
	if (!program->options.no_suppress)
		suppressions_apply(&program->suppressions, findings,
		    program->kinds, program->nkinds, today);
	levels_apply(&program->levels, findings);
	findings_yield(findings);
	verdicts_conclude(&check->run, &check->verdicts);
}

static void check_profile(struct gathering *gathering,
    struct profile_check *check, const struct profile *profile,
    const char *today)
{
	if (load_profile(check, gathering->program, profile)) {
		run_add_fault(gathering->run, &check->program.fault);
		return;
	}
	run_profile(check, today);
	gather(gathering, check);
}

static void release_checks(struct profile_check *checks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		run_release(&checks[i].run);
		program_release(&checks[i].program);
	}
	free(checks);
}

/* Of the profiles that could be judged; returns how many. */
static size_t list_verdicts(
    const struct profile_check *checks, size_t n, struct verdicts *verdicts)
{
	size_t njudged = 0;

	for (size_t i = 0; i < n; i++) {
		if (checks[i].is_loaded)
			verdicts[njudged++] = checks[i].verdicts;
	}
	return njudged;
}

int check_contract(struct program *program, const char *today)
{
	const struct contract *contract = &program->contract;
	size_t n = program->options.profile ? 1 : contract->nprofiles;
	const struct profile *first =
	    program->options.profile ? program->profile : contract->profiles;
	struct profile_check *checks = xcalloc(n, sizeof(*checks));
	struct verdicts *verdicts =
	    arena_array(&program->arena, n, sizeof(*verdicts));
	struct run_options options = {.limits = &default_limits};
	struct run run = {.options = &options};
	struct gathering gathering = {.program = program, .run = &run};
	int status;

	index_program(&gathering);
	for (size_t i = 0; i < n; i++)
		check_profile(&gathering, &checks[i], &first[i], today);
	finding_list_sort(&run.result.findings);
	if (report_wants_quotes(&program->options))
		run_quote(&run, report_wants_hashes(&program->options));
	if (program->options.baseline)
		run.ngone =
		    baseline_match(&run.result.findings, &program->baseline);
	status = report_run(program, &run, verdicts,
	    list_verdicts(checks, n, verdicts), NULL);
	run_release(&run);
	release_checks(checks, n);
	map_release(&gathering.origins);
	map_release(&gathering.kinds);
	return status;
}
