/*
 * Every rule on every entity it visits: all rules on one entity, then on the
 * next, as the facts of a large release are read from memory once that way.
 * Where there is much to visit, threads share it, some entities of a kind at a
 * time; what each finds is put together in their order.
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

/* Entities that a thread takes at a time: few enough for a processor to have
 * them at hand from the first rule to the last. */
#define ENTITIES_AT_ONCE 256

/* Rules that visit entities of one kind, and some of these, in their order. */
struct visit {
	const struct rule *const *rules;
	const struct rule_body *const *tests; /* of each */
	size_t first;			      /* of the check's rules */
	size_t nrules;
	size_t from;
	struct finding_list findings;
	uint64_t steps; /* that it took */
};

/* What one thread works with. */
struct checker {
	struct context context;
	const struct rule_body **wholes; /* of the check's rules, once one has
					    found something */
	struct tally *tallies;		 /* or NULL */
	struct arena texts; /* of what its visits found; one that becomes
			       large is made of large pages */
};

struct check {
	const struct release *release;
	struct place fallback;
	struct finding_list *findings;
	uint64_t *steps;	   /* left, for what has not been taken yet */
	const struct rule **rules; /* that can find anything, by kind */
	const struct rule_body **tests; /* of those with anything to visit */
	struct arena arena;		/* that these are unpacked in */
	struct visit *visits;
	size_t nvisits, cap_visits;
	size_t nentities; /* visited by all rules together */
	struct checker *checkers;
	unsigned ncheckers;
};

/* Steps of a rule on one entity that count for nothing, so that a stream is not
 * too large for being long: our own take 10 on an average, few ever 1000. */
#define FREE_STEPS 1000

/* Runs a rule and takes its steps off. */
static void run_within(struct checking *checking, uint64_t *steps)
{
	checking->context->steps = *steps + FREE_STEPS;
	checking_run(checking);
	if (checking->context->steps < *steps)
		*steps = checking->context->steps;
}

/* All rules on one entity.  What the names in their expressions stand for
 * differs from rule to rule in the parameters only. */
static void check_entity(struct checking *checking, const struct visit *visit,
    const struct rule_body **wholes, uint64_t *steps)
{
	const struct rule *first = visit->rules[0];
	struct cel_value values[SCOPE_MAX];

	checking->values = values;
	checking->manifest = entity_manifest(first->on, checking->entity);
	scope_values(first->scope, checking->context, checking->entity, values);
	for (size_t i = 0; i < visit->nrules && *steps; i++) {
		checking->rule = visit->rules[i];
		checking->body = visit->tests[i];
		checking->whole = &wholes[i];
		scope_params(checking->rule->scope, values);
		run_within(checking, steps);
	}
	checking->values = NULL;
	context_forget(checking->context);
}

/* Bytes of an entity that are on their way while the one before is checked:
 * what most of its facts are read from. */
#define FETCHED_BYTES 512

static void fetch(const void *entity)
{
	for (size_t at = 0; at < FETCHED_BYTES; at += 64)
		__builtin_prefetch((const char *)entity + at);
}

static void run_visit(void *context, unsigned worker, size_t i)
{
	struct check *check = context;
	struct visit *visit = &check->visits[i];
	struct checker *checker = &check->checkers[worker];
	const void *single;
	struct entity_list list =
	    visited(check->release, visit->rules[0]->on, &single);
	size_t end = visit->from + ENTITIES_AT_ONCE;
	/* No fewer than there will be when its turn comes: whoever uses them up
	 * is beyond the limit whatever those before it still take. */
	uint64_t given = __atomic_load_n(check->steps, __ATOMIC_RELAXED);
	uint64_t left = given;
	struct checking checking = {
	    .context = &checker->context,
	    .fallback = check->fallback,
	    .findings = &visit->findings,
	    .tallies = checker->tallies,
	};

	visit->findings.arena = checker->texts;
	for (size_t at = visit->from; at < list.n && at < end && left; at++) {
		checking.entity = list.items[at];
		if (at + 1 < end && at + 1 < list.n)
			fetch(list.items[at + 1]);
		check_entity(
		    &checking, visit, checker->wholes + visit->first, &left);
	}
	checker->texts = visit->findings.arena;
	visit->findings.arena = (struct arena){0};
	visit->steps = given - left;
}

static void add_visit(struct check *check, struct visit visit)
{
	check->visits = grow(check->visits, check->nvisits, &check->cap_visits,
	    sizeof(*check->visits));
	check->visits[check->nvisits++] = visit;
}

/* Many entities are shared out, and of a single one the rules, from the first
 * of the check's on. */
static void add_visits(struct check *check, size_t first, size_t nrules)
{
	const struct rule *const *rules = check->rules + first;
	const struct rule_body **tests = check->tests + first;
	const void *single;
	size_t n = visited(check->release, rules[0]->on, &single).n;
	size_t at_once = n > 1 ? nrules : 1;

	for (size_t i = 0; n && i < nrules; i++)
		tests[i] = rule_tests(rules[i], &check->arena);

	check->nentities += n * nrules;
	for (size_t from = 0; from < n; from += ENTITIES_AT_ONCE) {
		for (size_t i = 0; i < nrules; i += at_once)
			add_visit(check, (struct visit){.rules = rules + i,
					     .tests = tests + i,
					     .first = first + i,
					     .nrules = at_once,
					     .from = from});
	}
}

/* The rules that can find anything among entities, by what they visit and in
 * their order; starts: where those of each kind begin, and where all end. */
static void sort_rules(
    struct check *check, const struct ruleset *ruleset, size_t *starts)
{
	struct context context;
	struct checking checking = {.context = &context};
	const struct rule **able = xcalloc(ruleset->n, sizeof(*able));
	size_t n = 0;

	context_init(&context, check->release, check->release->profile);
	for (size_t i = 0; i < ruleset->n; i++) {
		checking.rule = ruleset->rules[i];
		if (checking.rule->on == ON_OBJECT ||
		    checking_is_in_vain(&checking))
			continue;
		able[n++] = checking.rule;
		starts[checking.rule->on]++;
	}
	context_release(&context);
	for (int on = 1; on <= ENTITY_MAX; on++)
		starts[on] += starts[on - 1];
	for (size_t i = n; i-- > 0;)
		check->rules[--starts[able[i]->on]] = able[i];
	free(able);
}

/* All that is to be visited. */
static void list_visits(struct check *check, const struct ruleset *ruleset)
{
	size_t starts[ENTITY_MAX + 1] = {0};

	check->rules = xcalloc(ruleset->n, sizeof(*check->rules));
	check->tests = xcalloc(ruleset->n, sizeof(*check->tests));
	sort_rules(check, ruleset, starts);
	for (int on = 0; on < ENTITY_MAX; on++) {
		size_t first = starts[on], n = starts[on + 1] - first;

		if (n)
			add_visits(check, first, n);
	}
}

/* The first counts where the caller wants it, the others for themselves. */
static void start_checkers(
    struct check *check, size_t nrules, unsigned njobs, struct tally *tallies)
{
	const struct profile *profile = check->release->profile;

	check->ncheckers = njobs;
	check->checkers = xcalloc(njobs, sizeof(*check->checkers));
	for (unsigned i = 0; i < njobs; i++) {
		struct checker *checker = &check->checkers[i];

		context_init(&checker->context, check->release, profile);
		checker->wholes = xcalloc(nrules, sizeof(*checker->wholes));
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
		free(checker->wholes);
		context_release(&checker->context);
		arena_join(&check->findings->arena, &checker->texts);
	}
	free(check->checkers);
}

/* At once, so that no more is held than what others are waited for with.  What
 * goes beyond the steps that are left, and all after it, counts for nothing,
 * so that the output does not depend on who was first. */
static void take_visit(void *context, size_t i)
{
	struct check *check = context;
	struct visit *visit = &check->visits[i];
	uint64_t left = *check->steps;

	left -= visit->steps < left ? visit->steps : left;
	__atomic_store_n(check->steps, left, __ATOMIC_RELAXED);
	if (left)
		finding_list_append(check->findings, &visit->findings);
	else
		finding_list_release(&visit->findings);
}

void check_release(const struct ruleset *ruleset, const struct release *release,
    struct place fallback, unsigned njobs, uint64_t *steps,
    struct finding_list *findings, struct tally *tallies)
{
	struct check check = {
	    .release = release,
	    .fallback = fallback,
	    .findings = findings,
	    .steps = steps,
	};

	list_visits(&check, ruleset);
	if (check.nentities < CHECK_ENOUGH_VISITS || !njobs)
		njobs = 1;
	start_checkers(&check, ruleset->n, njobs, tallies);
	parallel_in_order(njobs, check.nvisits, run_visit, take_visit, &check);
	end_checkers(&check, tallies);
	free(check.visits);
	free(check.rules);
	free(check.tests);
	arena_release(&check.arena);
}

/* Whether the rule's condition is about others: of other kinds, or with fields
 * that the object has not.  Most objects are none that any rule asks for; to
 * read them as CEL does costs as much as their facts. */
static bool is_of_others(const struct rule *rule, const struct node *object)
{
	size_t var = 0;

	if (!rule->body->when.program)
		return false;
	while (var < rule->scope->cel.nvars &&
	       rule->scope->kinds[var] != ON_OBJECT)
		var++;
	return cel_program_excludes(rule->body->when.program, var, object);
}

/* From the rule at i on, the first to be asked about an object; n: none is. */
static size_t next_of_object(const struct ruleset *ruleset, size_t i,
    const struct profile *profile, const struct node *object)
{
	struct context context = {.profile = profile};
	struct checking checking = {.context = &context};

	for (; i < ruleset->nof_objects; i++) {
		checking.rule = ruleset->of_objects[i];
		if (!is_of_others(checking.rule, object) &&
		    !checking_is_in_vain(&checking))
			break;
	}
	return i;
}

void check_object(const struct ruleset *ruleset, const struct profile *profile,
    const struct node *object, const struct manifest *manifest, uint64_t *steps,
    struct finding_list *findings)
{
	size_t i = next_of_object(ruleset, 0, profile, object);
	struct context context;
	struct cel_value values[SCOPE_MAX], value;

	if (i == ruleset->nof_objects)
		return;
	context_init(&context, NULL, profile);
	value = cel_from_node(&context.arena, manifest->origin, object);
	while (i < ruleset->nof_objects && *steps) {
		struct checking checking = {
		    .rule = ruleset->of_objects[i],
		    .body = ruleset->of_objects[i]->body,
		    .context = &context,
		    .values = values,
		    .manifest = manifest,
		    .findings = findings,
		};

		scope_object_values(
		    checking.rule->scope, &context, value, values);
		run_within(&checking, steps);
		i = next_of_object(ruleset, i + 1, profile, object);
	}
	context_release(&context);
}
