/* The table of decisions -> demands of one profile. */
#include "evidence/demands.h"

static const struct {
	const char *clause, *by;
} decisions[] = {
#define DECISION(name, clause, by) {clause, by},
#include "evidence/decisions.def"
#undef DECISION
};

const char *decision_clause(enum decision decision)
{
	return decisions[decision].clause;
}

const char *decision_by(enum decision decision)
{
	return decisions[decision].by;
}

bool profile_is_governed(const struct profile *profile)
{
	return profile->rollout_mode.text &&
	       !strcmp(profile->rollout_mode.text, "rollout");
}

struct clause_text profile_suite(
    const struct profile *profile, const struct matrix *matrix)
{
	const struct matrix_profile *entry =
	    matrix ? matrix_profile(matrix, profile) : NULL;

	return profile->suite.text || !entry ? profile->suite : entry->suite;
}

static bool has_keys(const struct dossier *dossier)
{
	for (size_t i = 0; i < dossier->n; i++) {
		if (dossier->papers[i].nkeys && !dossier->papers[i].is_sealed)
			return true;
	}
	return false;
}

/* Whether a bundle and some other file say when they were made. */
static bool has_times(const struct dossier *dossier)
{
	size_t nbundles = 0, nothers = 0;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		if (!paper->time.text || paper->is_sealed)
			continue;
		nbundles += paper->form == PAPER_BUNDLE;
		nothers += paper->form != PAPER_BUNDLE;
	}
	return nbundles && nothers;
}

static bool asks(enum decision decision, const struct profile *profile,
    struct clause_text suite, const struct dossier *dossier)
{
	switch (decision) {
	case DECIDE_RENDER:
	case DECIDE_VALIDATION: return true;
	case DECIDE_CONFORMANCE: return suite.text;
	case DECIDE_ROLLOUT:
	case DECIDE_ROLLBACK: return profile_is_governed(profile);
	case DECIDE_RELEASE: return has_keys(dossier);
	case DECIDE_AGE: return dossier->max_age || has_times(dossier);
	case DECISION_MAX: break;
	}
	BUG("no such decision");
}

/* Where the contract asks for it: the field that does, else the profile. */
static struct place place_of(enum decision decision,
    const struct profile *profile, struct clause_text suite)
{
	if (decision == DECIDE_CONFORMANCE && suite.text)
		return suite.place;
	if ((decision == DECIDE_ROLLOUT || decision == DECIDE_ROLLBACK) &&
	    profile->rollout_mode.text)
		return profile->rollout_mode.place;
	return profile->place;
}

void profile_add_evidence(struct arena *arena, struct profile *profile,
    const struct matrix *matrix, const struct dossier *dossier)
{
	struct clause_text suite = profile_suite(profile, matrix);
	size_t n = profile->ndemands;
	struct demand *demands =
	    arena_array(arena, n + DECISION_MAX, sizeof(*demands));

	for (size_t i = 0; i < n; i++)
		demands[i] = profile->demands[i];
	for (int i = 0; i < DECISION_MAX; i++) {
		enum decision decision = (enum decision)i;
		bool named = decision == DECIDE_CONFORMANCE && suite.text;

		demands[n++] = (struct demand){
		    .field = decision_clause(decision),
		    .value = named ? suite.text : "",
		    .place = place_of(decision, profile, suite),
		    .asks = asks(decision, profile, suite, dossier),
		    .needs = NEEDS_EVIDENCE,
		};
	}
	profile->demands = demands;
	profile->ndemands = n;
}
