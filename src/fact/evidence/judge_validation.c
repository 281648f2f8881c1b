/* Reports of validators: one must have run and passed, and none have failed. */
#include "fact/evidence/proof.h"

/* A report in which nothing ran shows nothing, however green it is. */
static void judge_report(
    struct judging *judging, size_t i, const struct paper **ret_empty)
{
	const struct paper *paper = &judging->dossier->papers[i];

	if (paper->nfailed) {
		(void)proof_fault(judging, DECIDE_VALIDATION, "failing",
		    paper->failure,
		    paper->nfailed == 1
			? "%s says that validation failed"
			: "%s says that validation failed, in %llu places",
		    paper_name(paper), (unsigned long long)paper->nfailed);
	} else if (paper->nran) {
		proof_hold(judging, DECIDE_VALIDATION, paper->place);
	} else if (!*ret_empty) {
		*ret_empty = paper;
	}
}

static void judge_bundle(struct judging *judging, size_t i)
{
	const struct paper *paper = &judging->dossier->papers[i];

	if (paper->allowed.value)
		proof_hold(judging, DECIDE_VALIDATION, paper->allowed.place);
	else
		(void)proof_fault(judging, DECIDE_VALIDATION, "failing",
		    paper->allowed.place,
		    "the bundle was sealed by a run that did not allow the "
		    "release");
}

void judge_validation(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;
	const struct paper *empty = NULL;

	for (size_t i = 0; i < dossier->n; i++) {
		enum paper_form form = dossier->papers[i].form;

		if (form == PAPER_BUNDLE && bundle_counts(judging, i))
			judge_bundle(judging, i);
		else if (form == PAPER_VALIDATION &&
			 paper_is_sound(judging, i, DECIDE_VALIDATION))
			judge_report(judging, i, &empty);
	}
	if (empty && !judging->answered[DECIDE_VALIDATION])
		(void)proof_fault(judging, DECIDE_VALIDATION, "missing",
		    empty->place, "nothing ran in this %s, so it shows nothing",
		    paper_name(empty));
	proof_missing(judging, DECIDE_VALIDATION,
	    "no report of a validator is among the evidence");
}
