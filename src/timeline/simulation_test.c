/* The simulated controllers against sequences that were worked out by hand. */
#include "timeline/simulation.h"

#include "base/text.h"
#include "timeline/test_plans.h"

#include <criterion/criterion.h>

#define ANY -1

/* What comes of a plan whose pods take 30 s to start and 10 s to end. */
struct example {
	struct sim_plan plan;
	int fewest, most, seconds;
};

#define QUARTERS AMOUNTS(PERCENT(25), PERCENT(25))
#define PAUSE                 \
	{                     \
		SIM_PAUSE, 60 \
	}

static const struct example examples[] = {
    {{OF(ROLLING, 10), QUARTERS}, 8, 13, 60},
    {{OF(ROLLING, 3), QUARTERS}, 3, 4, 90},
    {{OF(ROLLING, 5), AMOUNTS(PODS(0), PODS(2))}, 3, 5, 90},
    {{OF(ROLLING, 4), AMOUNTS(PODS(2), PODS(1))}, 3, 6, 60},
    {{OF(ROLLING, 1), QUARTERS}, 1, 2, 30},
    {{OF(ROLLING, 1), AMOUNTS(PODS(0), PODS(1))}, 0, 1, 30},
    {{OF(ROLLING, 0), QUARTERS}, 0, 0, 0},
    /* Old pods that are not available go first and cost nothing: of the 7 that
     * are, one more may go. */
    {{OF(ROLLING, 10), AMOUNTS(PODS(0), PODS(4)), .broken = 3}, 6, 10, 90},
    {{OF(ROLLING, 10), AMOUNTS(PODS(1), PODS(0)), .broken = 3}, 7, 11, ANY},
    {{OF(AT_ONCE, 3)}, 0, 3, 40},
    {{OF(ORDERED, 3), .unavailable = PODS(1)}, 2, 3, 120},
    {{OF(ORDERED, 5), .unavailable = PODS(2), .gate_is_on = true}, 3, 5, 180},
    {{OF(ORDERED, 5), .unavailable = PODS(2), .gate_is_on = true,
	 .is_parallel = true},
	3, 5, 120},
    {{OF(ORDERED, 5), .unavailable = PODS(2)}, 4, 5, 200},
    {{OF(ORDERED, 5), .unavailable = PODS(2), .is_parallel = true}, 4, 5, 200},
    {{OF(ORDERED, 5), .unavailable = PODS(2), .gate_is_on = true,
	 .partition = 2},
	3, 5, 110},
    {{OF(ORDERED, 3), .unavailable = PODS(1), .partition = 3}, 3, 3, 0},
    {{OF(BY_NODE, 6), AMOUNTS(PODS(0), PODS(2))}, 4, 6, 120},
    /* Nobody waits for the end of an old pod: all may be ending still. */
    {{OF(BY_NODE, 6), AMOUNTS(PODS(2), PODS(0))}, 6, 12, 90},
    {{OF(BY_NODE, 5), AMOUNTS(PODS(0), PERCENT(25))}, 3, 5, 120},
    {{OF(BY_NODE, 3), AMOUNTS(PODS(0), PERCENT(10))}, 2, 3, 120},
    {{OF(CANARY, 10), QUARTERS, STEPS(WEIGHT(20), WEIGHT(50))}, 8, 13, 90},
    {{OF(CANARY, 5), AMOUNTS(PODS(1), PODS(0)), STEPS(WEIGHT(20))}, 5, 6, 150},
    {{OF(CANARY, 10), AMOUNTS(PODS(3), PODS(0)), STEPS(WEIGHT(30))}, 10, 13,
	120},
    {{OF(CANARY, 4), QUARTERS, STEPS(WEIGHT(5))}, 3, 5, 90},
    {{OF(CANARY, 2), AMOUNTS(PODS(0), PODS(1)),
	 STEPS(WEIGHT(25), WEIGHT(50), WEIGHT(75))},
	1, 2, 90},
    {{OF(CANARY, 10), QUARTERS}, 8, 13, 60},
    {{OF(ROUTED, 10), STEPS(WEIGHT(50), PAUSE, WEIGHT(20))}, 10, 20, 120},
    /* The stable pods that a falling weight asks for are only starting. */
    {{OF(ROUTED, 10), STEPS(WEIGHT(50), PAUSE, WEIGHT(20)),
	 .scales_stable = true},
	7, 18, 150},
    /* Without a pause none of them was taken away. */
    {{OF(ROUTED, 10), STEPS(WEIGHT(50), WEIGHT(20)), .scales_stable = true}, 10,
	18, 60},
    {{OF(BLUE_GREEN, 4)}, 4, 8, 30},
    {{OF(BLUE_GREEN, 4), .promotion_seconds = 50}, 4, 8, 80},
    {{OF(BLUE_GREEN, 4), .preview = 1}, 4, 8, 60},
};

/* The counts that the controller's own table has for a canary's weights, and
 * those of a weight that leaves it without a pod. */
static const struct share {
	int replicas, weight, surge, canary, stable;
} shares[] = {
    {1, 10, 0, 0, 1},
    {1, 10, 1, 1, 1},
    {1, 50, 0, 1, 0},
    {1, 50, 1, 1, 1},
    {2, 75, 0, 0, 2},
    {2, 75, 1, 2, 1},
    {3, 33, 0, 1, 2},
    {3, 33, 1, 1, 2},
    {3, 50, 0, 2, 1},
    {3, 50, 1, 2, 2},
    {5, 5, 0, 1, 4},
    {5, 5, 1, 1, 5},
    {5, 50, 0, 3, 2},
    {5, 50, 1, 3, 3},
    {10, 33, 0, 3, 7},
    {10, 33, 1, 3, 7},
    {10, 75, 0, 8, 2},
    {10, 75, 1, 8, 3},
    {10, 95, 0, 0, 10},
    {10, 95, 1, 10, 1},
    {5, 90, 0, 0, 5},
    {3, 0, 1, 0, 3},
    {3, 100, 1, 3, 0},
    {0, 50, 1, 0, 0},
};

Test(simulation, a_canary_gets_the_nearest_share)
{
	for (size_t i = 0; i < COUNT_OF(shares); i++) {
		const struct share *share = &shares[i];
		const struct sim_plan plan = {OF(CANARY, share->replicas),
		    AMOUNTS(PODS(share->surge), PODS(1 - share->surge))};
		struct simulation simulation;
		int stable, canary;

		sim_init(&simulation, &plan);
		canary = sim_share(&simulation, share->weight, &stable);
		cr_expect(canary == share->canary && stable == share->stable,
		    "%d %% of %d, %d more: %d/%d", share->weight,
		    share->replicas, share->surge, canary, stable);
	}
}

Test(simulation, sequences_worked_out_by_hand)
{
	for (size_t i = 0; i < COUNT_OF(examples); i++) {
		const struct example *example = &examples[i];
		struct sim_plan plan = example->plan;
		struct sim_outcome outcome;
		int seconds;

		plan.start_seconds = 30;
		plan.end_seconds = 10;
		outcome = sim_explore(&plan);
		seconds = sim_longest(&plan, false);
		cr_expect(outcome.ends, "%zu", i);
		cr_expect_eq(outcome.fewest, example->fewest, "%zu: fewest %d",
		    i, outcome.fewest);
		cr_expect_eq(outcome.most, example->most, "%zu: most %d", i,
		    outcome.most);
		cr_expect(
		    example->seconds == ANY || seconds == example->seconds,
		    "%zu: %d s", i, seconds);
		/* No pod that starts at once makes it longer. */
		if (plan.replicas <= 6)
			cr_expect_eq(
			    sim_longest(&plan, true), seconds, "%zu", i);
	}
}
