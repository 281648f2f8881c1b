/* Courses against sequences that were worked out by hand: a pod takes 30 s to
 * be available and 10 s to be gone. */
#include "timeline/course.h"

#include "base/text.h"
#include "timeline/test_plans.h"

#include <criterion/criterion.h>

/* Each pod as "o" or "n", the second it was created in (- when it was there)
 * and deleted in (- when it never is). */
static void spell(const struct course *course, struct buf *text)
{
	for (size_t i = 0; i < course->npods; i++) {
		const struct course_pod *pod = &course->pods[i];

		buf_printf(text, "%s%c", i ? " " : "", pod->is_new ? 'n' : 'o');
		if (pod->created >= 0)
			buf_printf(text, "%d", (int)pod->created);
		buf_add_char(text, ':');
		if (pod->deleted != COURSE_NEVER)
			buf_printf(text, "%d", (int)pod->deleted);
	}
}

static void expect_course(
    struct sim_plan plan, int32_t rest, const char *pods, int done)
{
	struct arena arena = {0};
	struct course course;
	struct buf text = {0};

	plan.start_seconds = 30;
	plan.end_seconds = 10;
	cr_assert(course_run(&arena, &plan, rest, &course));
	spell(&course, &text);
	cr_expect_str_eq(buf_text(&text), pods, "%s", buf_text(&text));
	cr_expect_eq(course.done, done, "%d", (int)course.done);
	buf_release(&text);
	arena_release(&arena);
}

/* 3 and one more: 0: 3/1; 30: 2/1(1) -> 2/2; 60: 1/2(2) -> 1/3; 90: 0/3(3).
 * The last of the old pods goes first. */
Test(course, one_after_the_other)
{
	expect_course(
	    (struct sim_plan){OF(ROLLING, 3), AMOUNTS(PODS(1), PODS(0))},
	    COURSE_NEVER, "o:90 o:60 o:30 n0: n30: n60:", 90);
}

/* From 4 pods to 2: two go at once, then it is an update of 2 and one more. */
Test(course, scaled_down_first)
{
	expect_course((struct sim_plan){OF(ROLLING, 2), .more_before = 2,
			  AMOUNTS(PODS(1), PODS(0))},
	    COURSE_NEVER, "o:60 o:30 o:0 o:0 n0: n30:", 60);
}

/* From 1 pod to 3, one may be missing: the old ReplicaSet gets 2 more, neither
 * of which is available; one of them makes room for the first new pod, as 2 of
 * all 3 must stay.  0: 2(1)/1; 30: 2(2)/1(1) -> 1/2; 60: 1/2(2) -> 0/3. */
Test(course, scaled_up_first)
{
	expect_course((struct sim_plan){OF(ROLLING, 3), .more_before = -2,
			  AMOUNTS(PODS(0), PODS(1))},
	    COURSE_NEVER, "o:60 o0:30 o0:0 n0: n30: n60:", 90);
}

/* From none to 2: nothing is scaled first, all new pods begin at once. */
Test(course, scaled_from_none)
{
	expect_course((struct sim_plan){OF(ROLLING, 2), .more_before = -2,
			  AMOUNTS(PODS(1), PODS(0))},
	    COURSE_NEVER, "n0: n0:", 30);
}

/* A pod of a StatefulSet is created when the one before it is gone. */
Test(course, in_order_of_their_index)
{
	expect_course((struct sim_plan){OF(ORDERED, 2), .unavailable = PODS(1)},
	    COURSE_NEVER, "o:40 o:0 n10: n50:", 80);
}

/* The old colour is kept for as long as the Rollout says. */
Test(course, two_colours)
{
	expect_course(
	    (struct sim_plan){OF(BLUE_GREEN, 2), .promotion_seconds = 50}, 25,
	    "o:105 o:105 n0: n0:", 80);
}

/* A canary's pause begins when the pods of the step before are there. */
Test(course, steps_of_a_canary)
{
	const struct sim_plan plan = {OF(ROUTED, 2), .start_seconds = 30,
	    STEPS(WEIGHT(50), {SIM_PAUSE, 60})};
	struct arena arena = {0};
	struct course course;

	cr_assert(course_run(&arena, &plan, 0, &course));
	cr_expect_eq(course.steps[1].step, 1);
	cr_expect_eq(course.steps[1].second, 30);
	cr_expect_eq(course.steps[2].second, 90);
	cr_expect_eq(course.done, 120);
	arena_release(&arena);
}

/* New pods find no node while the old ones hold them all. */
Test(course, stuck)
{
	const struct sim_plan plan = {OF(ROLLING, 2), AMOUNTS(PODS(1), PODS(0)),
	    .nodes = 2, .start_seconds = 30};
	struct arena arena = {0};
	struct course course;

	cr_assert(course_run(&arena, &plan, COURSE_NEVER, &course));
	cr_expect(course.is_stuck);
	cr_expect_eq(course.pods[2].scheduled, COURSE_NEVER);
	cr_expect_eq(course.fewest, 2);
	arena_release(&arena);
}

/* A plan that no state has room for is refused, not cut. */
Test(course, too_many_pods)
{
	const struct sim_plan plan = {OF(ROLLING, SIM_PODS),
	    AMOUNTS(PODS(1), PODS(0)), .start_seconds = 30};
	struct arena arena = {0};
	struct course course;

	cr_expect_not(course_run(&arena, &plan, COURSE_NEVER, &course));
	arena_release(&arena);
}
