/*
 * What files say together: bundles and what they seal, one release, no file
 * older than it may be; and files that are no evidence.
 */
#include "fact/evidence/proof.h"

#include <stdlib.h>
#include <time.h>

/* The paper beside a bundle that has the name, or NULL. */
static const struct paper *sealed_paper(const struct dossier *dossier,
    const struct paper *bundle, const char *name)
{
	const char *path = bundle->origin->name;
	size_t len = (size_t)(file_name_of(path) - path);

	for (size_t i = 0; i < dossier->n; i++) {
		const char *other = dossier->papers[i].origin->name;

		if (!strncmp(other, path, len) && !strcmp(other + len, name))
			return &dossier->papers[i];
	}
	return NULL;
}

/* Where in a file the change is the digest does not tell. */
static struct place start_of(const struct paper *paper)
{
	return (struct place){paper->origin, (struct span){1, 1, 1, 2}};
}

/* Whether all that the bundle seals is there as it was. */
static bool seals_hold(struct judging *judging, const struct paper *bundle)
{
	for (size_t i = 0; i < bundle->nsealed; i++) {
		const struct paper_sealed *sealed = &bundle->sealed[i];
		const struct paper *paper = sealed_paper(
		    judging->dossier, bundle, sealed->name.text);
		const char *digest = sealed->digest.text;

		/* A bundle that was given alone speaks for itself. */
		if (!paper && judging->dossier->n == 1)
			continue;
		if (paper && !strncmp(digest, "sha256:", 7) &&
		    !strcmp(digest + 7, paper->digest))
			continue;
		proof_fault(judging, DECIDE_RENDER,
		    paper ? "contradictory" : "missing",
		    paper ? start_of(paper) : sealed->name.place,
		    paper ? "'%s' is not as the bundle sealed it"
			  : "'%s', which the bundle seals, is not there",
		    sealed->name.text)
		    ->also[0] = judging_demand(judging, DECIDE_VALIDATION);
		return false;
	}
	return true;
}

/* What is wrong with a bundle is wrong with all that it would show. */
void judge_bundles(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];
		size_t before = judging->proofs.len;
		struct proof *proof;

		if (paper->form != PAPER_BUNDLE)
			continue;
		if (paper_is_sound(judging, i, DECIDE_RENDER) &&
		    seals_hold(judging, paper))
			continue;
		judging->used[i] = true;
		judging->answered[DECIDE_VALIDATION] = true;
		if (judging->proofs.len == before)
			continue;
		memcpy(&proof, judging->proofs.ptr + before, sizeof(proof));
		proof->also[0] = judging_demand(judging, DECIDE_VALIDATION);
	}
}

/* Whether a paper takes part when files are held against each other. */
static bool takes_part(const struct judging *judging, size_t i)
{
	const struct paper *paper = &judging->dossier->papers[i];

	return !paper->is_sealed && !paper->malformed && !judging->used[i];
}

static const struct clause_text *key_of_paper(
    const struct paper *paper, const char *name)
{
	for (size_t i = 0; i < paper->nkeys; i++) {
		if (!strcmp(paper->keys[i].name, name))
			return &paper->keys[i].value;
	}
	return NULL;
}

/* How many papers have that value. */
static size_t count_value(
    const struct judging *judging, const char *name, const char *value)
{
	size_t n = 0;

	for (size_t i = 0; i < judging->dossier->n; i++) {
		const struct clause_text *other =
		    takes_part(judging, i)
			? key_of_paper(&judging->dossier->papers[i], name)
			: NULL;

		n += other && !strcmp(other->text, value);
	}
	return n;
}

/* What most papers have, of equals the first; NULL when none has the key. */
static const struct clause_text *usual_value(
    const struct judging *judging, const char *name)
{
	const struct clause_text *usual = NULL;
	size_t most = 0;

	for (size_t i = 0; i < judging->dossier->n; i++) {
		const struct clause_text *value =
		    takes_part(judging, i)
			? key_of_paper(&judging->dossier->papers[i], name)
			: NULL;
		size_t n =
		    value ? count_value(judging, name, value->text) : 0;

		if (n > most) {
			most = n;
			usual = value;
		}
	}
	return usual;
}

/* The first key of a paper whose value is not the usual one. */
static bool is_odd(struct judging *judging, const struct paper *paper)
{
	for (size_t i = 0; i < paper->nkeys; i++) {
		const struct paper_key *key = &paper->keys[i];
		const struct clause_text *usual =
		    usual_value(judging, key->name);

		if (!usual || !strcmp(usual->text, key->value.text))
			continue;
		(void)proof_fault(judging, DECIDE_RELEASE, "other-release",
		    key->value.place,
		    "%s is '%s' here and '%s' in %s: these are not of one "
		    "release",
		    key->name, key->value.text, usual->text,
		    file_name_of(usual->place.origin->name));
		return true;
	}
	return false;
}

static void judge_gates(struct judging *judging, const struct paper *paper)
{
	const struct clause_text *release = key_of_paper(paper, "release");
	const char *status = paper->status.text;

	if (paper->nfailed)
		(void)proof_fault(judging, DECIDE_RELEASE, "failing",
		    paper->failure, "a gate of the release failed");
	else if (strcmp(status, "ready") != 0)
		(void)proof_fault(judging, DECIDE_RELEASE, "failing",
		    paper->status.place,
		    "the bundle of the release is '%s', not 'ready'", status);
	else if (release && paper->frozen.text &&
		 strcmp(release->text, paper->frozen.text) != 0)
		(void)proof_fault(judging, DECIDE_RELEASE, "contradictory",
		    paper->frozen.place,
		    "pins were frozen for release '%s', and the bundle is of "
		    "'%s'",
		    paper->frozen.text, release->text);
}

void judge_releases(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;
	struct place first = {0};
	bool odd = false;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		if (paper->form == PAPER_RELEASE &&
		    paper_is_sound(judging, i, DECIDE_RELEASE))
			judge_gates(judging, paper);
		if (!takes_part(judging, i) || !paper->nkeys)
			continue;
		odd |= is_odd(judging, paper);
		if (!place_known(first))
			first = paper->keys[0].value.place;
	}
	if (!odd && place_known(first) && !judging->answered[DECIDE_RELEASE])
		proof_hold(judging, DECIDE_RELEASE, first);
	else if (!judging->answered[DECIDE_RELEASE])
		proof_missing(judging, DECIDE_RELEASE,
		    "no sound file says which run or release it is of");
}

/* The newest time of a bundle, which its render is not newer than. */
static const struct paper *sealing_bundle(const struct judging *judging)
{
	const struct paper *found = NULL;

	for (size_t i = 0; i < judging->dossier->n; i++) {
		const struct paper *paper = &judging->dossier->papers[i];

		if (paper->form == PAPER_BUNDLE && takes_part(judging, i) &&
		    paper->time.text &&
		    (!found || paper->seconds > found->seconds))
			found = paper;
	}
	return found;
}

/* "3 days", "5 hours": the largest whole unit. */
static const char *spell_age(struct judging *judging, int64_t seconds)
{
	static const struct {
		int64_t seconds;
		const char *name;
	} units[] = {{86400, "day"}, {3600, "hour"}, {60, "minute"},
	    {1, "second"}};
	size_t i = 0;
	int64_t n;

	while (i + 1 < COUNT_OF(units) && seconds < units[i].seconds)
		i++;
	n = seconds / units[i].seconds;
	return arena_printf(&judging->release->arena, "%lld %s%s",
	    (long long)n, units[i].name, n == 1 ? "" : "s");
}

static bool is_stale(struct judging *judging, const struct paper *paper,
    const struct paper *bundle)
{
	const struct dossier *dossier = judging->dossier;
	int64_t age = dossier->now - paper->seconds;

	if (dossier->max_age && age < 0)
		(void)proof_fault(judging, DECIDE_AGE, "contradictory",
		    paper->time.place,
		    "this %s says that it was made after now: %s",
		    paper_name(paper), paper->time.text);
	else if (dossier->max_age && age > dossier->max_age)
		(void)proof_fault(judging, DECIDE_AGE, "stale",
		    paper->time.place,
		    "this %s is %s old, and may be %s by --evidence-max-age",
		    paper_name(paper), spell_age(judging, age),
		    spell_age(judging, dossier->max_age));
	else if (bundle && paper != bundle && paper->seconds < bundle->seconds)
		(void)proof_fault(judging, DECIDE_AGE, "stale",
		    paper->time.place,
		    "this %s is older than the render it speaks of, which was "
		    "sealed at %s",
		    paper_name(paper), bundle->time.text);
	else
		return false;
	return true;
}

void judge_times(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;
	const struct paper *bundle = sealing_bundle(judging);
	struct place first = {0};

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		if (!takes_part(judging, i) || !paper->time.text)
			continue;
		if (!is_stale(judging, paper, bundle) && !place_known(first))
			first = paper->time.place;
	}
	if (place_known(first) && !judging->answered[DECIDE_AGE])
		proof_hold(judging, DECIDE_AGE, first);
	proof_missing(judging, DECIDE_AGE,
	    "no file of the evidence says when it was made");
}

/* What no clause asked for: malformed tables, and what is of no form. */
void judge_others(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		if (paper->is_sealed || judging->used[i])
			continue;
		if (paper->form == PAPER_UNKNOWN)
			(void)proof_fault(judging, DECISION_MAX, "unknown",
			    paper->place,
			    "this file is not evidence of a known form");
		else if (paper->malformed)
			(void)paper_is_sound(judging, i, DECISION_MAX);
	}
}
