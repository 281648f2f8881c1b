/*
 * Verdicts per clause.  Violated by any finding that breaks it; held when a
 * rule that decides it has looked at something and nobody was in doubt; else
 * not checked, and the reader is told what is missing.  Silence is no answer.
 */
#include "run/clause_verdicts.h"

#include "diag/suppression.h"
#include "fact/evidence/proof.h"
#include "fact/settings.h"
#include "helm/values.h"
#include "run/unread.h"

#include <stdlib.h>
#include <string.h>

static const char nothing_there[] = "nothing in the input is subject to it";
static const char not_read[] = "part of the input could not be read";
static const char no_object[] =
    "part of the input is not a Kubernetes object, and no rule checked it";

static const char limited[] =
    "a limit of the program was reached, and the rest was not checked";

static const char wrong_type[] =
    "a value has a type that the API refuses, so no rule could read it";

static bool needs_input(enum evidence_kind needs)
{
	return needs == NEEDS_MANIFESTS || needs == NEEDS_CLASSES;
}

/* What is missing before a demand can be judged; NULL: nothing is. */
static const char *missing(const struct run *run, enum evidence_kind needs)
{
	const struct run_options *options = run->options;

	if (!options->ninputs && needs_input(needs))
		return "no manifests were given; pipe a release in";
	switch (needs) {
	case NEEDS_MANIFESTS:
	case NEEDS_EVIDENCE: return NULL;
	case NEEDS_VALUES:
		return options->evidence.values ? NULL
						: "no values were given; pass "
						  "--root DIR or --values FILE";
	case NEEDS_MATRIX:
		return options->evidence.matrix
			   ? NULL
			   : "no install matrix was given; pass --matrix FILE";
	case NEEDS_CLASSES:
		return settings_class(options->settings,
			   options->profile->resources_class.text)
			   ? NULL
			   : "the class has no range; set resourceClasses in "
			     "the configuration file";
	}
	BUG("evidence of no kind");
}

/* How much of the input left a doubt. */
static const char *doubt_of_input(struct run *run, const struct tally *tally)
{
	const char *hint = run->options->namespace ? "" : " (try --namespace)";

	return arena_printf(&run->arena, "the input does not show %zu of %zu%s",
	    tally->unknown, tally->met + tally->unknown, hint);
}

static const char *doubt_of_values(const struct values *values)
{
	return values->without_chart
		   ? "not set in the given values, and the chart's own are "
		     "unknown; pass --chart DIR"
		   : "not set, unless by a subchart that is missing from "
		     "charts/ or refused; helm dependency build fetches it";
}

static const char *doubt(
    struct run *run, enum evidence_kind needs, const struct tally *tally)
{
	if (needs == NEEDS_VALUES)
		return doubt_of_values(run->options->evidence.values);
	if (needs == NEEDS_CLASSES)
		return arena_printf(&run->arena,
		    "pods of %zu of %zu workloads do not request all of it; "
		    "set resources.requests",
		    tally->unknown, tally->met + tally->unknown);
	return doubt_of_input(run, tally);
}

static bool has_finding(const struct run *run, enum own_kind kind)
{
	const struct finding_list *findings = &run->result.findings;

	for (size_t i = 0; i < findings->n; i++) {
		if (findings->items[i].kind == own_kind(kind))
			return true;
	}
	return false;
}

const char *gap_in_input(const struct run *run)
{
	static const enum own_kind kinds[] = {KIND_YAML_SYNTAX,
	    KIND_ALIAS_LIMIT, KIND_DEPTH_LIMIT, KIND_SIZE_LIMIT};

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (has_finding(run, kinds[i]))
			return not_read;
	}
	if (run->ntroubles)
		return not_read;
	if (has_finding(run, KIND_NOT_AN_OBJECT))
		return no_object;
	if (has_finding(run, KIND_LIMIT_REACHED))
		return limited;
	return place_known(unread_first(run)) ? wrong_type : NULL;
}

/* Of a demand that no finding breaks. */
static void decide_without_finding(struct run *run, const struct demand *demand,
    const struct tally *tally, struct verdict *verdict)
{
	const char *lacks = missing(run, demand->needs);

	verdict->status = VERDICT_UNCHECKED;
	if (!demand->asks)
		verdict->status = VERDICT_NOT_ASKED;
	else if (lacks)
		verdict->remark = lacks;
	else if (tally->unknown)
		verdict->remark = doubt(run, demand->needs, tally);
	else if (!tally->met)
		verdict->remark = has_finding(run, KIND_LIMIT_REACHED)
				      ? limited
				      : nothing_there;
	else
		verdict->status = VERDICT_HOLDS;
}

/* What was not read may be what a render has otherwise. */
static bool is_about_render(const struct demand *demand)
{
	return !strcmp(demand->field, decision_clause(DECIDE_RENDER));
}

/* What holds in what could be read may not hold in the rest. */
static void mark_gaps(const struct run *run, struct verdict *verdicts)
{
	const struct profile *profile = run->options->profile;
	const char *gap = gap_in_input(run);

	if (!gap)
		return;
	for (size_t i = 0; i < profile->ndemands; i++) {
		if (verdicts[i].status != VERDICT_HOLDS ||
		    !(needs_input(profile->demands[i].needs) ||
			is_about_render(&profile->demands[i])))
			continue;
		verdicts[i].status = VERDICT_UNCHECKED;
		verdicts[i].remark = gap;
	}
}

static void decide_by_findings(
    const struct finding_list *findings, struct verdict *verdicts)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];
		struct verdict *verdict;

		if (!finding->demand)
			continue;
		verdict = &verdicts[finding->demand - 1];
		if (verdict->status == VERDICT_VIOLATED) {
			verdict->nothers++;
			continue;
		}
		verdict->status = VERDICT_VIOLATED;
		verdict->remark = "";
		verdict->rule = finding->kind->id;
		verdict->place = finding->place;
		verdict->breach = finding->demand;
	}
}

/* Where the matrix has no entry to hold a demand against, what it says of the
 * profile breaks that, too. */
static void decide_by_matrix(
    const struct profile *profile, struct verdict *verdicts)
{
	const struct verdict *broken = NULL;

	for (size_t i = 0; i < profile->ndemands && !broken; i++) {
		if (profile->demands[i].needs == NEEDS_MATRIX &&
		    verdicts[i].status == VERDICT_VIOLATED)
			broken = &verdicts[i];
	}
	for (size_t i = 0; broken && i < profile->ndemands; i++) {
		struct verdict *verdict = &verdicts[i];

		if (profile->demands[i].needs != NEEDS_MATRIX ||
		    verdict->remark != nothing_there)
			continue;
		verdict->status = VERDICT_VIOLATED;
		verdict->remark = "";
		verdict->rule = broken->rule;
		verdict->place = broken->place;
		verdict->breach = broken->breach;
	}
}

/* Whether an earlier demand lacks the same: it has told so for both. */
static bool is_told(const struct verdict *verdicts, size_t i)
{
	for (size_t j = 0; j < i; j++) {
		if (verdicts[j].status == VERDICT_UNCHECKED &&
		    !strcmp(verdicts[j].remark, verdicts[i].remark))
			return true;
	}
	return false;
}

static void spell_demand(const struct verdict *verdict, struct buf *buf)
{
	buf_printf(buf, "%s", verdict->clause);
	if (*verdict->value)
		buf_printf(buf, ": %s", verdict->value);
}

/* One finding for the demand and all later ones that lack the same.  What only
 * an install matrix could show is about the profile, not the release. */
static void add_unverified(struct finding_list *findings,
    const struct verdicts *verdicts, size_t i, enum evidence_kind needs)
{
	const struct verdict *first = &verdicts->items[i];
	struct buf text = {0};

	spell_demand(first, &text);
	finding_own(findings, KIND_CLAUSE_UNVERIFIED, first->asked,
	    "'%s' of profile '%s' was not checked: %s", buf_text(&text),
	    verdicts->profile, first->remark);
	if (needs == NEEDS_MATRIX)
		findings->items[findings->n - 1].severity = SEVERITY_NOTE;
	for (size_t j = i + 1; j < verdicts->n; j++) {
		const struct verdict *other = &verdicts->items[j];

		if (other->status != VERDICT_UNCHECKED ||
		    strcmp(other->remark, first->remark) != 0)
			continue;
		buf_clear(&text);
		spell_demand(other, &text);
		finding_note(findings, other->asked,
		    "'%s' was not checked either", buf_text(&text));
	}
	buf_release(&text);
}

/* Whoever checks a contract alone knows what is not there, and trouble has been
 * told already; what is a finding has not, as that may be off. */
static bool needs_telling(
    const struct run *run, const struct verdicts *verdicts, size_t i)
{
	const struct verdict *verdict = &verdicts->items[i];
	bool of_input = needs_input(run->options->profile->demands[i].needs);

	return verdict->status == VERDICT_UNCHECKED &&
	       (run->options->ninputs || !of_input) &&
	       !(run->ntroubles && verdict->remark == not_read) &&
	       verdict->remark != wrong_type && !is_told(verdicts->items, i);
}

static void report_unchecked(struct run *run, const struct verdicts *verdicts)
{
	const struct demand *demands = run->options->profile->demands;

	for (size_t i = 0; i < verdicts->n; i++) {
		if (needs_telling(run, verdicts, i))
			add_unverified(&run->result.findings, verdicts, i,
			    demands[i].needs);
	}
}

/* What a file shows holds there; what is told of one clause may stand against
 * another, too. */
static void decide_by_proofs(const struct run *run, struct verdict *verdicts)
{
	const struct profile *profile = run->options->profile;
	struct entity_list list = {0};

	if (run->nparts)
		list = run->parts[0].release->lists[ENTITY_evidence];
	for (size_t i = list.n; i > 0; i--) {
		const struct proof *proof = list.items[i - 1];
		struct verdict *own;

		if (!proof->demand)
			continue;
		own = &verdicts[proof->demand - profile->demands];
		if (own->status == VERDICT_HOLDS && !proof->fault.has_value) {
			own->place = proof->place;
			own->remark = proof->remark;
		}
		for (size_t j = 0; j < COUNT_OF(proof->also); j++) {
			const struct demand *also = proof->also[j];
			struct verdict *other =
			    also ? &verdicts[also - profile->demands] : NULL;

			if (!other || other->status == VERDICT_VIOLATED ||
			    own->status != VERDICT_VIOLATED)
				continue;
			other->status = own->status;
			other->rule = own->rule;
			other->place = own->place;
			other->breach = own->breach;
			other->remark = "";
		}
	}
}

void verdicts_decide(struct run *run, struct verdicts *ret_verdicts)
{
	const struct profile *profile = run->options->profile;
	struct finding_list *findings = &run->result.findings;
	struct verdict *items =
	    arena_array(&run->arena, profile->ndemands, sizeof(*items));

	*ret_verdicts = (struct verdicts){
	    .items = items,
	    .n = profile->ndemands,
	    .profile = profile->id.text,
	};
	for (size_t i = 0; i < profile->ndemands; i++) {
		const struct demand *demand = &profile->demands[i];

		items[i] = (struct verdict){
		    .clause = demand->field,
		    .value = demand->value,
		    .asked = demand->place,
		    .rule = "",
		    .remark = "",
		};
		decide_without_finding(
		    run, demand, &run->tallies[i], &items[i]);
	}
	mark_gaps(run, items);
	decide_by_findings(findings, items);
	decide_by_matrix(profile, items);
	decide_by_proofs(run, items);
	report_unchecked(run, ret_verdicts);
	finding_list_sort(findings);
}

void verdicts_report_untold(const struct run *run,
    const struct verdicts *verdicts, struct finding_list *findings)
{
	const struct demand *demands = run->options->profile->demands;
	struct place place = unread_untold(run, &run->result.findings);

	if (!place_known(place))
		return;
	for (size_t i = 0; i < verdicts->n; i++) {
		const struct verdict *verdict = &verdicts->items[i];

		if (verdict->status != VERDICT_UNCHECKED ||
		    verdict->remark != wrong_type)
			continue;
		add_unverified(findings, verdicts, i, demands[i].needs);
		finding_note(findings, place, "the value is here");
		return;
	}
}

/* Whether it is reported and may block. */
static bool counts(const struct finding *finding)
{
	return !finding->suppression && !finding->known;
}

static size_t count_errors(const struct finding_list *findings)
{
	size_t n = 0;

	for (size_t i = 0; i < findings->n; i++)
		n += findings->items[i].severity == SEVERITY_ERROR &&
		     counts(&findings->items[i]);
	return n;
}

static size_t count_status(
    const struct verdicts *verdicts, enum verdict_status status)
{
	size_t n = 0;

	for (size_t i = 0; i < verdicts->n; i++)
		n += verdicts->items[i].status == status;
	return n;
}

/* How the profile deploys; "" when it does not say. */
static const char *mode_of(const struct profile *profile)
{
	const char *mode = profile->rollout_mode.text;

	if (!mode)
		return "";
	return strcmp(mode, "rollout") != 0 ? "plain deployment, "
					    : "governed rollout, ";
}

/* Without manifests nobody can say what may be deployed. */
static void add_agreement(struct buf *text, size_t nerrors)
{
	if (nerrors)
		buf_printf(text, "%zu error%s in what is planned for it",
		    nerrors, nerrors == 1 ? "" : "s");
	else
		buf_add_text(text, "no error in what is planned for it");
}

static void write_sentence(struct run *run, struct verdicts *verdicts)
{
	const struct profile *profile = run->options->profile;
	size_t nerrors = count_errors(&run->result.findings);
	size_t nunchecked = count_status(verdicts, VERDICT_UNCHECKED);
	size_t nviolated = count_status(verdicts, VERDICT_VIOLATED);
	struct buf text = {0};

	buf_printf(&text, "%s: %s", profile->id.text, mode_of(profile));
	verdicts->allowed =
	    !nerrors && !run->ntroubles && run->options->ninputs;
	if (!run->options->ninputs)
		add_agreement(&text, nerrors);
	else if (nerrors)
		buf_printf(&text, "BLOCKED by %zu error%s", nerrors,
		    nerrors == 1 ? "" : "s");
	else if (run->ntroubles)
		buf_add_text(&text, "BLOCKED: part of it could not be read");
	else if (nviolated)
		buf_printf(&text, "allowed, though %zu clause%s violated",
		    nviolated, nviolated == 1 ? " is" : "s are");
	else
		buf_add_text(&text, "allowed");
	if (nunchecked)
		buf_printf(&text, "; %zu clause%s not checked", nunchecked,
		    nunchecked == 1 ? "" : "s");
	verdicts->sentence = slice_copy(&run->arena, buf_slice(&text)).ptr;
	buf_release(&text);
}

/* Why a violation does not count; "" when it does.  finding: the first that is
 * left of those that break the demand, or NULL. */
static const char *remark_of(struct run *run, const struct finding *finding)
{
	if (!finding)
		return "not reported: the rule is off here";
	if (finding->suppression)
		return arena_printf(&run->arena, "suppressed: %s",
		    finding->suppression->reason);
	return finding->known ? "known: in the baseline" : "";
}

void verdicts_conclude(struct run *run, struct verdicts *verdicts)
{
	const struct finding_list *findings = &run->result.findings;
	/* The run owns them, and they are ours until they are shown. */
	struct verdict *items = (struct verdict *)(uintptr_t)verdicts->items;
	const struct finding **reported =
	    xcalloc(verdicts->n + 1, sizeof(*reported));

	/* One that is reported counts before one that is held back. */
	for (size_t i = findings->n; i > 0; i--) {
		const struct finding *finding = &findings->items[i - 1];

		if (!reported[finding->demand] || counts(finding))
			reported[finding->demand] = finding;
	}
	for (size_t i = 0; i < verdicts->n; i++) {
		if (items[i].status == VERDICT_VIOLATED)
			items[i].remark =
			    remark_of(run, reported[items[i].breach]);
	}
	free(reported);
	write_sentence(run, verdicts);
}
