/* Proofs, one by one: what holds, and what is wrong, at its place. */
#include "fact/evidence/proof.h"

const struct demand *judging_demand(
    const struct judging *judging, enum decision decision)
{
	const struct demand *demand;

	if (decision == DECISION_MAX)
		return NULL;
	demand = profile_demand(judging->profile,
	    slice_of(decision_clause(decision)), (struct place){0});
	return demand && demand->asks ? demand : NULL;
}

static struct proof *add_proof(
    struct judging *judging, enum decision decision, struct place place)
{
	struct proof *proof =
	    arena_alloc(&judging->release->arena, sizeof(*proof));

	proof->demand = judging_demand(judging, decision);
	proof->place = place;
	proof->remark = "";
	if (proof->demand)
		proof->clause = fact_text(proof->demand->field);
	if (decision != DECISION_MAX)
		judging->answered[decision] = true;
	buf_add(&judging->proofs, &proof, sizeof(proof));
	return proof;
}

void proof_hold(
    struct judging *judging, enum decision decision, struct place place)
{
	if (judging_demand(judging, decision))
		(void)add_proof(judging, decision, place);
}

static struct proof *add_fault(struct judging *judging, enum decision decision,
    const char *fault, struct place place, const char *format, va_list args)
{
	struct proof *proof = add_proof(judging, decision, place);
	struct buf text = {0};

	buf_vprintf(&text, format, args);
	proof->fault = fact_text(fault);
	proof->text = fact_text(
	    slice_copy(&judging->release->arena, buf_slice(&text)).ptr);
	buf_release(&text);
	return proof;
}

struct proof *proof_fault(struct judging *judging, enum decision decision,
    const char *fault, struct place place, const char *format, ...)
{
	struct proof *proof;
	va_list args;

	va_start(args, format);
	proof = add_fault(judging, decision, fault, place, format, args);
	va_end(args);
	return proof;
}

void proof_missing(struct judging *judging, enum decision decision,
    const char *format, ...)
{
	const struct demand *demand = judging_demand(judging, decision);
	struct place place;
	va_list args;

	if (!demand || judging->answered[decision])
		return;
	/* A profile that nobody wrote has no place. */
	place = place_known(demand->place) ? demand->place
					   : judging->dossier->start;
	va_start(args, format);
	(void)add_fault(judging, decision, "missing", place, format, args);
	va_end(args);
}

const char *paper_name(const struct paper *paper)
{
	return paper->kind ? paper->kind : paper_form_name(paper->form);
}

static bool is_this_profile(
    const struct profile *profile, const char *name)
{
	return !strcmp(name, profile->id.text) ||
	       (profile->name.text && !strcmp(name, profile->name.text));
}

bool paper_is_sound(struct judging *judging, size_t i, enum decision decision)
{
	const struct paper *paper = &judging->dossier->papers[i];
	const char *profile = paper->profile.text;

	if (paper->is_sealed || judging->used[i])
		return false;
	if (paper->malformed) {
		judging->used[i] = true;
		(void)proof_fault(judging, decision, "malformed",
		    paper->malformed_place, "%s is malformed: %s",
		    paper_name(paper), paper->malformed);
		return false;
	}
	if (profile && !is_this_profile(judging->profile, profile)) {
		judging->used[i] = true;
		(void)proof_fault(judging, decision, "other-profile",
		    paper->profile.place,
		    "%s is of profile '%s', and this is profile '%s'",
		    paper_name(paper), profile, judging->profile->id.text);
		return false;
	}
	return true;
}

bool bundle_counts(struct judging *judging, size_t i)
{
	return !judging->used[i] && !judging->dossier->papers[i].malformed;
}
