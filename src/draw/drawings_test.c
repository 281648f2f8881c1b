/* Timelines as text and SVG: names that mean harm, long ones, and what fits. */
#include "draw/time_axis.h"
#include "draw/timeline_svg.h"
#include "draw/timeline_text.h"
#include "draw/wrap.h"

#include <criterion/criterion.h>

static const struct timeline_pods pods[] = {
    {.name = "old",
	.count = 2,
	.created = SECOND_BEFORE,
	.may_serve = SECOND_BEFORE,
	.ready = SECOND_BEFORE,
	.counted = SECOND_BEFORE,
	.serves = SECOND_BEFORE,
	.leaves = 10,
	.deleted = 10,
	.told = 13,
	.ended = 40,
	.astray = 20,
	.is_killed = true},
    {.name = "<b>&\"",
	.is_new = true,
	.lane = 1,
	.count = 1,
	.created = 0,
	.may_serve = 5,
	.ready = 10,
	.counted = 10,
	.serves = 10,
	.leaves = SECOND_NEVER,
	.deleted = SECOND_NEVER,
	.told = SECOND_NEVER,
	.ended = SECOND_NEVER,
	.astray = SECOND_NEVER},
};

static const struct timeline_point points[] = {
    {SECOND_BEFORE, 2, 0, 2}, {0, 2, 0, 3}, {10, 1, 1, 1}};

static const struct timeline_mark marks[] = {
    {.second = 13,
	.severity = SEVERITY_ERROR,
	.rule = "r",
	.text = "a word-that-is-far-too-long-for-any-line-of-a-terminal-and-"
		"goes-on-until-it-has-more-than-eighty-characters </text>"},
};

static const struct timeline example = {
    .object = "Deployment '<script>alert(1)</script>'",
    .way = "RollingUpdate of 2 pods",
    .outcome = "Done after 10 s",
    .floor = 1,
    .most = 3,
    .done = 10,
    .deadline = SECOND_NEVER,
    .end = 40,
    .each = 1,
    .pods = pods,
    .npods = 2,
    .nlanes = 2,
    .points = points,
    .npoints = 3,
    .marks = marks,
    .nmarks = 1,
};

static bool holds(const struct buf *buf, const char *text)
{
	return slice_find(buf_slice(buf), slice_of(text), 0) >= 0;
}

Test(drawings, no_name_is_markup)
{
	struct buf svg = {0};

	cr_expect_gt(timeline_add_svg(&svg, &example, 0), 100);
	cr_expect_not(holds(&svg, "<script"));
	cr_expect_not(holds(&svg, "<b>"));
	cr_expect(holds(&svg, "&lt;script&gt;"));
	cr_expect(holds(&svg, "&lt;/text&gt;"));
	buf_release(&svg);
}

Test(drawings, equal_timelines_are_equal_bytes)
{
	struct buf first = {0}, second = {0};

	timeline_add_svg(&first, &example, 0);
	timeline_add_svg(&second, &example, 0);
	cr_expect(slice_eq(buf_slice(&first), buf_slice(&second)));
	buf_release(&first);
	buf_release(&second);
}

Test(drawings, a_line_has_80_columns_at_most)
{
	struct buf text = {0};
	struct slice rest;

	timeline_add_text(&text, &example);
	rest = buf_slice(&text);
	while (rest.len) {
		ptrdiff_t end = slice_find(rest, SLICE("\n"), 0);

		cr_assert_geq(end, 0);
		cr_expect_leq(end, 80, "%.*s", (int)end, rest.ptr);
		rest.ptr += end + 1;
		rest.len -= (size_t)end + 1;
	}
	buf_release(&text);
}

/* Two old pods serve until second 10, requests come until 20, SIGKILL at 40. */
Test(drawings, a_pod_has_a_sign_for_each_second)
{
	struct buf text = {0};

	timeline_add_text(&text, &example);
	cr_expect(holds(&text, "old x 2     ==="), "%s", buf_text(&text));
	cr_expect(holds(&text, "=~~~~!!"), "%s", buf_text(&text));
	cr_expect(holds(&text, "~x\n"), "%s", buf_text(&text));
	buf_release(&text);
}

/* In both: the deadline, how many are like a mark, and how many have none. */
Test(drawings, what_is_not_drawn_is_counted)
{
	struct timeline late = example;
	struct timeline_mark mark = marks[0];
	struct buf svg = {0}, text = {0};

	mark.nothers = 3;
	late.marks = &mark;
	late.deadline = 20;
	late.nmarks_left_out = 5;
	timeline_add_svg(&svg, &late, 0);
	timeline_add_text(&text, &late);
	cr_expect(holds(&text, "\ndeadline  "));
	cr_expect(holds(&svg, "deadline 20 s"));
	cr_expect(holds(&text, "3 more like it)"));
	cr_expect(holds(&svg, "3 more like it)"));
	cr_expect(holds(&text, "and 5 more findings, less severe"));
	cr_expect(holds(&svg, "and 5 more findings, less severe"));
	buf_release(&svg);
	buf_release(&text);
}

Test(drawings, a_refused_update_is_not_drawn)
{
	struct timeline refused = example;
	struct buf svg = {0}, text = {0};

	refused.refusal = "spec.replicas is refused";
	refused.npods = refused.nlanes = 0;
	timeline_add_svg(&svg, &refused, 0);
	timeline_add_text(&text, &refused);
	cr_expect(holds(&svg, "spec.replicas is refused"));
	cr_expect(holds(&text, "spec.replicas is refused"));
	cr_expect_not(holds(&svg, "ready pods"));
	buf_release(&svg);
	buf_release(&text);
}

static void expect_time(int32_t seconds, const char *words)
{
	struct buf buf = {0};

	time_add(&buf, seconds);
	cr_expect_str_eq(buf_text(&buf), words, "%s", buf_text(&buf));
	buf_release(&buf);
}

Test(drawings, seconds_in_words)
{
	expect_time(0, "0 s");
	expect_time(119, "119 s");
	expect_time(120, "2 min");
	expect_time(150, "2 min 30 s");
	expect_time(3600, "1 h");
	expect_time(5400, "1 h 30 min");
}

/* Steps that people count in, as many lines as there is room for. */
Test(drawings, lines_of_the_axis)
{
	struct time_axis axis = time_axis_of(90, 8);

	cr_expect_eq(axis.step, 15);
	cr_expect_gt(axis.span, 90);
	cr_expect_eq(time_axis_of(0, 8).step, 1);
	cr_expect_eq(time_column(&axis, -1, 100), 0);
	cr_expect_eq(time_column(&axis, axis.span, 100), 100);
}

Test(drawings, lines_end_between_words)
{
	struct slice text = SLICE("one two  three");
	struct slice line = wrap_line(&text, 7, measure_characters);

	cr_expect(slice_is(line, "one two"));
	cr_expect(slice_is(text, "three"));
	line = wrap_line(&text, 3, measure_characters);
	cr_expect(slice_is(line, "thr"), "what does not fit alone is broken");
	cr_expect(slice_is(text, "ee"));
}
