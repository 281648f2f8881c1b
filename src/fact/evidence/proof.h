/*
 * What the files of --evidence say for each clause and against it.
 */
#ifndef FACT_EVIDENCE_PROOF_H
#define FACT_EVIDENCE_PROOF_H

#include "evidence/demands.h"
#include "fact/model.h"

/* One answer: a clause holds here, or something is wrong here. */
struct proof {
	const struct demand *demand; /* or NULL: no clause asks for it */
	/* Demands that lack what this one lacks: nobody tells of it twice. */
	const struct demand *also[2];
	struct place place;
	const char *remark; /* of one that holds; "" */
	EVIDENCE_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* The clauses that are answered while the dossier is judged. */
struct judging {
	struct release *release;
	const struct dossier *dossier;
	const struct profile *profile;
	struct clause_text suite; /* that the profile is tested by */
	struct buf proofs;	  /* of struct proof * */
	bool answered[DECISION_MAX]; /* a proof tells of the clause */
	bool *used;		     /* by paper: it was told of */
};

/* Lists the answers of all clauses. */
void relate_proofs(struct release *release);

/* The profile's demand, when it asks; or NULL. */
const struct demand *judging_demand(
    const struct judging *judging, enum decision decision);

/* The clause holds at a place. */
void proof_hold(
    struct judging *judging, enum decision decision, struct place place);

/*
 * Something is wrong at a place, a printf-like sentence; fault is one of the
 * words of fields.h.  DECISION_MAX: no clause asks.  The proof can be changed
 * until the next is made.
 */
struct proof *proof_fault(struct judging *judging, enum decision decision,
    const char *fault, struct place place, const char *format, ...)
    PRINTF_LIKE(5, 6);

/* The clause lacks what it asks for, told at its demand. */
void proof_missing(struct judging *judging, enum decision decision,
    const char *format, ...) PRINTF_LIKE(3, 4);

/* Whether a paper can be judged: of that form, sound, spoken for by no bundle,
 * of this profile.  What is not is told of once, as what the clause lacks. */
bool paper_is_sound(struct judging *judging, size_t i, enum decision decision);

/* "conformance report", or what it is more exactly. */
const char *paper_name(const struct paper *paper);

void judge_render(struct judging *judging);
void judge_validation(struct judging *judging);
void judge_conformance(struct judging *judging);
void judge_load(struct judging *judging);

/* Files together: one release, their times, bundles, and what is of no form. */
void judge_bundles(struct judging *judging);
void judge_releases(struct judging *judging);
void judge_times(struct judging *judging);
void judge_others(struct judging *judging);

/* Whether a bundle is of this profile, and is sound; it is told of otherwise.
 */
bool bundle_counts(struct judging *judging, size_t i);

#endif
