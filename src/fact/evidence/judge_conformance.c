/*
 * The conformance report of the profile's suite: it must have passed, in all of
 * its parts, and have the sections that the profile needs.
 */
#include "fact/evidence/proof.h"

#include <stdlib.h>

/* What speaks against a status of pass: the first of it. */
struct complaint {
	struct place place;
	const char *section, *what;
	size_t n;
};

static void complain(struct complaint *complaint, struct place place,
    const char *section, const char *what)
{
	if (complaint->n++)
		return;
	complaint->place = place;
	complaint->section = section;
	complaint->what = what;
}

static void look_at_section(
    const struct paper_section *section, struct complaint *complaint)
{
	const char *name = section->name.text;

	if (!strcmp(section->status.text, "fail"))
		complain(complaint, section->status.place, name,
		    "its status is fail");
	else if (section->failed.n)
		complain(complaint, section->failed.items[0].place, name,
		    "something in it failed");
	else if (section->missing.n)
		complain(complaint, section->missing.items[0].place, name,
		    "something in it is missing");
}

/* The section of that name, or NULL. */
static const struct paper_section *section_of(
    const struct paper *paper, const char *name)
{
	for (size_t i = 0; i < paper->nsections; i++) {
		if (!strcmp(paper->sections[i].name.text, name))
			return &paper->sections[i];
	}
	return NULL;
}

/* What is told once: a section that failed, and that the list has it. */
static struct complaint look_at(const struct paper *paper)
{
	struct complaint complaint = {0};

	for (size_t i = 0; i < paper->nsections; i++)
		look_at_section(&paper->sections[i], &complaint);
	if (!complaint.n && paper->failed_sections.n)
		complain(&complaint, paper->failed_sections.items[0].place,
		    paper->failed_sections.items[0].text,
		    "it is among failed_sections");
	return complaint;
}

static void tell_failure(struct judging *judging, enum decision decision,
    const struct paper *paper, const struct complaint *complaint)
{
	if (complaint->section)
		(void)proof_fault(judging, decision, "failing",
		    paper->status.place,
		    "rollback review: conformance suite '%s' failed, section "
		    "'%s' among it",
		    paper->suite.text, complaint->section);
	else
		(void)proof_fault(judging, decision, "failing",
		    paper->status.place,
		    "rollback review: conformance suite '%s' failed",
		    paper->suite.text);
}

static bool is_asked(const struct judging *judging, const char *field)
{
	const struct demand *demand = profile_demand(
	    judging->profile, slice_of(field), (struct place){0});

	return demand && demand->asks;
}

/* Sections that a profile's demands are about, or an object of its release is.
 * Those of a governed rollout show readiness and drain, too. */
static const struct {
	const char *section, *demand;
	enum entity_kind entity;
	bool governed;
} needs[] = {
    {"probes", "readiness_path_required", ENTITY_MAX, true},
    {"hpa", "hpaPolicyRequired", ENTITY_autoscaler, false},
    {"networkpolicy", "networkPolicyModeRequired", ENTITY_networkpolicy, false},
    {"pdb", "requires.podDisruptionBudget", ENTITY_pdb, true},
};

static bool is_needed(const struct judging *judging, size_t i)
{
	const struct release *release = judging->release;

	return is_asked(judging, needs[i].demand) ||
	       (needs[i].governed && profile_is_governed(judging->profile)) ||
	       (needs[i].entity != ENTITY_MAX &&
		   release->lists[needs[i].entity].n);
}

static bool lacks_section(struct judging *judging, const struct paper *paper)
{
	for (size_t i = 0; i < COUNT_OF(needs); i++) {
		if (!is_needed(judging, i) ||
		    section_of(paper, needs[i].section))
			continue;
		(void)proof_fault(judging, DECIDE_CONFORMANCE, "missing",
		    paper->sections_place,
		    "the conformance report has no section '%s', which profile "
		    "'%s' needs",
		    needs[i].section, judging->profile->id.text);
		return true;
	}
	return false;
}

static void judge_report(struct judging *judging, enum decision decision,
    const struct paper *paper)
{
	struct complaint complaint = look_at(paper);

	if (!strcmp(paper->status.text, "fail")) {
		tell_failure(judging, decision, paper, &complaint);
		return;
	}
	if (complaint.n) {
		(void)proof_fault(judging, decision, "contradictory",
		    complaint.place,
		    "status is pass, though of section '%s' it says that %s",
		    complaint.section, complaint.what);
		return;
	}
	/* A team's own report has passed as a whole. */
	if (decision != DECISION_MAX &&
	    (paper->is_mapped || !lacks_section(judging, paper)))
		proof_hold(judging, decision, paper->status.place);
}

/* What is said of the suite without standing against it. */
static void add_remark(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;
	struct proof *const *proofs =
	    (struct proof *const *)(void *)judging->proofs.ptr;
	size_t n = judging->proofs.len / sizeof(*proofs);
	bool has_list = false;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		has_list |= paper->form == PAPER_SUITES;
		for (size_t j = 0; j < paper->suites.n; j++) {
			const char *id = paper->suites.items[j].text;

			if (id && !strcmp(id, judging->suite.text))
				return;
		}
	}
	if (has_list && n && !proofs[n - 1]->fault.has_value)
		proofs[n - 1]->remark = "the list of suites does not have it";
}

/* Reports of suites that no clause asks for were still given as evidence. */
static void judge_strays(
    struct judging *judging, const struct paper *const *strays, size_t n)
{
	for (size_t i = 0; i < n; i++)
		judge_report(judging, DECISION_MAX, strays[i]);
}

static void tell_other_suite(
    struct judging *judging, const struct paper *stray)
{
	(void)proof_fault(judging, DECIDE_CONFORMANCE, "other-suite",
	    stray->suite.place,
	    "this is the report of suite '%s', and profile '%s' is tested by "
	    "'%s'",
	    stray->suite.text, judging->profile->id.text, judging->suite.text);
}

void judge_conformance(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;
	const struct paper **strays = xcalloc(dossier->n + 1, sizeof(*strays));
	size_t n = 0;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		if (paper->form != PAPER_CONFORMANCE ||
		    !paper_is_sound(judging, i, DECIDE_CONFORMANCE))
			continue;
		if (!judging->suite.text) {
			judge_report(judging, DECISION_MAX, paper);
		} else if (!strcmp(paper->suite.text, judging->suite.text)) {
			judge_report(judging, DECIDE_CONFORMANCE, paper);
			add_remark(judging);
		} else {
			strays[n++] = paper;
		}
	}
	if (n && !judging->answered[DECIDE_CONFORMANCE])
		tell_other_suite(judging, strays[0]);
	else
		judge_strays(judging, strays, n);
	free(strays);
	proof_missing(judging, DECIDE_CONFORMANCE,
	    "no report of conformance suite '%s' is among the evidence",
	    judging->suite.text ? judging->suite.text : "");
}
