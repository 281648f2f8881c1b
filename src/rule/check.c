/*
 * Every rule on every entity it visits.  Where there is much to visit, threads
 * share it, a rule and some of its entities at a time; what each finds is put
 * together in the order of the rules.
 */
#include "rule/check.h"

#include "base/parallel.h"
#include "fact/entity.h"

#include <stdlib.h>

/* The entities a rule visits; the release and the contract are one each. */
static struct entity_list visited(
    const struct release *release, enum entity_kind on, const void **single)
{
	if (on == ENTITY_release && release->is_absent)
		return (struct entity_list){0};
	if (on == ENTITY_release)
		*single = release;
	else if (on == ENTITY_contract)
		*single = release->profile;
	else
		return release->lists[on];
	return (struct entity_list){1, single};
}

static void check_entities(
    const struct checking *all, const void *const *entities, size_t n)
{
	const struct rule *rule = all->rule;
	struct context *context = all->context;
	struct cel_value values[SCOPE_MAX];
	struct checking checking = *all;

	checking.values = values;
	for (size_t i = 0; i < n; i++) {
		checking.entity = entities[i];
		checking.manifest = entity_manifest(rule->on, checking.entity);
		scope_values(&rule->scope, context, checking.entity, values);
		checking_run(&checking);
		context_forget(context);
	}
}

/* Entities of one rule that a thread takes at a time. */
#define ENTITIES_AT_ONCE 4096

/* A rule and some of the entities it visits, in their order. */
struct visit {
	const struct rule *rule;
	size_t from;
	struct finding_list findings;
};

/* What one thread works with. */
struct checker {
	struct context context;
	struct tally *tallies; /* or NULL */
};

struct check {
	const struct release *release;
	struct place fallback;
	struct finding_list *findings;
	struct visit *visits;
	size_t nvisits;
	size_t nentities; /* visited in all of them */
	struct checker *checkers;
	unsigned ncheckers;
};

static void run_visit(void *context, unsigned worker, size_t i)
{
	struct check *check = context;
	struct visit *visit = &check->visits[i];
	struct checker *checker = &check->checkers[worker];
	const void *single;
	struct entity_list list =
	    visited(check->release, visit->rule->on, &single);
	size_t n = list.n - visit->from;
	struct checking checking = {
	    .rule = visit->rule,
	    .context = &checker->context,
	    .fallback = check->fallback,
	    .findings = &visit->findings,
	    .tallies = checker->tallies,
	};

	check_entities(&checking, list.items + visit->from,
	    n < ENTITIES_AT_ONCE ? n : ENTITIES_AT_ONCE);
}

/* All that is to be visited, in the order of the rules. */
static void list_visits(
    struct check *check, const struct ruleset *ruleset, struct context *context)
{
	size_t cap = 0;

	for (size_t i = 0; i < ruleset->n; i++) {
		const struct rule *rule = ruleset->rules[i];
		struct checking checking = {.rule = rule, .context = context};
		const void *single;
		size_t n;

		if (rule->on == ON_OBJECT || checking_is_in_vain(&checking))
			continue;
		n = visited(check->release, rule->on, &single).n;
		check->nentities += n;
		for (size_t from = 0; from < n; from += ENTITIES_AT_ONCE) {
			check->visits = grow(check->visits, check->nvisits,
			    &cap, sizeof(*check->visits));
			check->visits[check->nvisits++] =
			    (struct visit){.rule = rule, .from = from};
		}
	}
}

/* The first counts where the caller wants it, the others for themselves. */
static void start_checkers(
    struct check *check, unsigned njobs, struct tally *tallies)
{
	const struct profile *profile = check->release->profile;

	check->ncheckers = njobs;
	check->checkers = xcalloc(njobs, sizeof(*check->checkers));
	for (unsigned i = 0; i < njobs; i++) {
		struct checker *checker = &check->checkers[i];

		context_init(&checker->context, check->release, profile);
		checker->tallies = tallies;
		if (i && tallies)
			checker->tallies =
			    xcalloc(profile->ndemands, sizeof(*tallies));
	}
}

static void add_tallies(struct tally *sums, const struct tally *from, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		sums[i].met += from[i].met;
		sums[i].unknown += from[i].unknown;
	}
}

static void end_checkers(struct check *check, struct tally *tallies)
{
	for (unsigned i = 0; i < check->ncheckers; i++) {
		struct checker *checker = &check->checkers[i];

		if (i && tallies) {
			add_tallies(tallies, checker->tallies,
			    check->release->profile->ndemands);
			free(checker->tallies);
		}
		context_release(&checker->context);
	}
	free(check->checkers);
}

/* At once, so that no more is held than what others are waited for with. */
static void take_visit(void *context, size_t i)
{
	struct check *check = context;

	finding_list_append(check->findings, &check->visits[i].findings);
}

void check_release(const struct ruleset *ruleset, const struct release *release,
    struct place fallback, unsigned njobs, struct finding_list *findings,
    struct tally *tallies)
{
	struct check check = {
	    .release = release,
	    .fallback = fallback,
	    .findings = findings,
	};
	struct context context;

	context_init(&context, release, release->profile);
	list_visits(&check, ruleset, &context);
	context_release(&context);
	if (check.nentities < CHECK_ENOUGH_VISITS || !njobs)
		njobs = 1;
	start_checkers(&check, njobs, tallies);
	parallel_in_order(njobs, check.nvisits, run_visit, take_visit, &check);
	end_checkers(&check, tallies);
	free(check.visits);
}

bool ruleset_visits_objects(const struct ruleset *ruleset)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		if (ruleset->rules[i]->on == ON_OBJECT)
			return true;
	}
	return false;
}

void check_object(const struct ruleset *ruleset, const struct profile *profile,
    const struct node *object, const struct manifest *manifest,
    struct finding_list *findings)
{
	struct context context;
	struct cel_value values[SCOPE_MAX], value;

	context_init(&context, NULL, profile);
	value = cel_from_node(&context.arena, manifest->origin, object);
	for (size_t i = 0; i < ruleset->n; i++) {
		struct checking checking = {
		    .rule = ruleset->rules[i],
		    .context = &context,
		    .values = values,
		    .manifest = manifest,
		    .findings = findings,
		};

		if (checking.rule->on != ON_OBJECT ||
		    checking_is_in_vain(&checking))
			continue;
		scope_object_values(
		    &checking.rule->scope, &context, value, values);
		checking_run(&checking);
	}
	context_release(&context);
}
