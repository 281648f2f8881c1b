/*
 * Load reports: of a governed rollout one under rollout and one under rollback,
 * each within what its scenario allows.
 */
#include "fact/evidence/limits_met.h"
#include "fact/evidence/proof.h"

#include <stdlib.h>
#include <strings.h>

static const struct {
	enum decision decision;
	const char *scenario; /* as suites and tables of thresholds name it */
	const char *word, *not_word; /* in names of files */
	const char *when;
} wanted[] = {
    {DECIDE_ROLLOUT, "load-under-rollout", "rollout", "rollback",
	"under rollout"},
    {DECIDE_ROLLBACK, "load-under-rollback", "rollback", "rollout",
	"under rollback"},
};

/* A script is run by several scenarios, and is the name of none. */
static bool is_script(const char *suite)
{
	return slice_ends(slice_of(suite), SLICE(".js")) ||
	       slice_ends(slice_of(suite), SLICE(".ts"));
}

/* The clause that the name of a file belongs to; DECISION_MAX: none. */
static enum decision by_name(const struct paper *paper)
{
	const char *name = file_name_of(paper->origin->name);

	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		if (strstr(name, wanted[i].word) &&
		    !strstr(name, wanted[i].not_word))
			return wanted[i].decision;
	}
	return DECISION_MAX;
}

/* What the report says that it is of: its suite or scenario; text NULL: only
 * its name can tell. */
static struct clause_text own_scenario(const struct paper *paper)
{
	if (paper->suite.text && !is_script(paper->suite.text))
		return paper->suite;
	return paper->scenario;
}

static enum decision decision_of(const struct paper *paper)
{
	struct clause_text own = own_scenario(paper);

	if (!own.text)
		return by_name(paper);
	for (size_t i = 0; i < COUNT_OF(wanted); i++) {
		if (!strcmp(own.text, wanted[i].scenario))
			return wanted[i].decision;
	}
	return DECISION_MAX;
}

static bool is_failed(const struct clause_text *status)
{
	static const char *const words[] = {
	    "fail", "failed", "failure", "error"};

	for (size_t i = 0; status->text && i < COUNT_OF(words); i++) {
		if (!strcasecmp(status->text, words[i]))
			return true;
	}
	return false;
}

static const char *and_more(struct judging *judging, size_t n)
{
	return n < 2 ? ""
		     : arena_printf(&judging->release->arena,
			   " (and %zu more)", n - 1);
}

/* What a report says against itself or its scenario's thresholds. */
static bool tell_flaw(struct judging *judging, const struct paper *paper,
    enum decision decision, const char *scenario, const char *when)
{
	const struct clause_list *violations = &paper->violations;
	struct limit_flaw flaw;

	if (violations->n) {
		(void)proof_fault(judging, decision, "failing",
		    violations->items[0].place,
		    "rollback review: load %s has violated '%s'%s", when,
		    violations->items[0].text,
		    and_more(judging, violations->n));
		return true;
	}
	if (is_failed(&paper->status)) {
		(void)proof_fault(judging, decision, "failing",
		    paper->status.place,
		    "rollback review: load %s says that it failed", when);
		return true;
	}
	if (!limits_met(judging, paper, scenario, &flaw))
		return false;
	(void)proof_fault(judging, decision, flaw.fault, flaw.place, "%s%s%s",
	    !strcmp(flaw.fault, "failing") ? "rollback review: " : "",
	    flaw.text, and_more(judging, flaw.n));
	return true;
}

static void judge_wanted(struct judging *judging, size_t which)
{
	const struct dossier *dossier = judging->dossier;
	enum decision decision = wanted[which].decision;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];
		struct clause_text own = own_scenario(paper);

		if (paper->form != PAPER_LOAD ||
		    decision_of(paper) != decision ||
		    !paper_is_sound(judging, i, decision))
			continue;
		if (!tell_flaw(judging, paper, decision,
			wanted[which].scenario, wanted[which].when))
			proof_hold(judging, decision,
			    own.text		? own.place
			    : paper->suite.text ? paper->suite.place
						: paper->place);
	}
}

/* A malformed report that does not say what it is of stands for what nothing
 * else is there for. */
static void judge_malformed(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];
		enum decision decision = decision_of(paper);

		if (paper->form != PAPER_LOAD || !paper->malformed)
			continue;
		if (decision == DECISION_MAX)
			decision = by_name(paper);
		for (size_t j = 0;
		     decision == DECISION_MAX && j < COUNT_OF(wanted); j++) {
			if (!judging->answered[wanted[j].decision])
				decision = wanted[j].decision;
		}
		(void)paper_is_sound(judging, i, decision);
	}
}

/* How many reports say that they are of a scenario. */
static size_t count_of(const struct judging *judging, enum decision decision)
{
	size_t n = 0;

	for (size_t i = 0; i < judging->dossier->n; i++) {
		const struct paper *paper = &judging->dossier->papers[i];

		n += paper->form == PAPER_LOAD && !paper->is_sealed &&
		     decision_of(paper) == decision;
	}
	return n;
}

/* A report that may have been meant for the clause: its name says so, or it is
 * of no clause; NULL when there is none. */
static const struct paper *stray_for(
    struct judging *judging, enum decision decision)
{
	const struct paper *found = NULL;

	for (size_t i = 0; i < judging->dossier->n; i++) {
		const struct paper *paper = &judging->dossier->papers[i];
		enum decision own = decision_of(paper);

		if (paper->form != PAPER_LOAD || paper->is_sealed ||
		    judging->used[i] || own == decision ||
		    !own_scenario(paper).text)
			continue;
		if (own != DECISION_MAX && count_of(judging, own) < 2)
			continue;
		if (by_name(paper) == decision)
			return paper;
		if (own == DECISION_MAX || !found)
			found = paper;
	}
	return found;
}

static void judge_lacking(struct judging *judging, size_t which)
{
	enum decision decision = wanted[which].decision;
	const struct paper *stray;

	if (!judging_demand(judging, decision) || judging->answered[decision])
		return;
	stray = stray_for(judging, decision);
	if (stray) {
		judging->used[stray - judging->dossier->papers] = true;
		(void)proof_fault(judging, decision, "other-suite",
		    own_scenario(stray).place,
		    "this load report is of '%s', and profile '%s' needs one "
		    "of '%s'",
		    own_scenario(stray).text, judging->profile->id.text,
		    wanted[which].scenario);
		return;
	}
	proof_missing(judging, decision,
	    "no load report of '%s' is among the evidence",
	    wanted[which].scenario);
}

/* Reports that no clause asks for were still given as evidence. */
static void judge_rest(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];
		const char *own = own_scenario(paper).text;

		if (paper->form != PAPER_LOAD ||
		    decision_of(paper) != DECISION_MAX ||
		    !paper_is_sound(judging, i, DECISION_MAX))
			continue;
		(void)tell_flaw(judging, paper, DECISION_MAX, own,
		    own ? arena_printf(
			      &judging->release->arena, "of '%s'", own)
			: "of no known scenario");
	}
}

void judge_load(struct judging *judging)
{
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		judge_wanted(judging, i);
	judge_malformed(judging);
	for (size_t i = 0; i < COUNT_OF(wanted); i++)
		judge_lacking(judging, i);
	judge_rest(judging);
}
