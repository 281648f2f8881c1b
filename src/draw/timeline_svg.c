/*
 * A timeline as SVG: what is updated and how it ends, the capacity, a lane for
 * each pod, what strikes where, and what was assumed.
 */
#include "draw/timeline_svg.h"

#include "draw/svg_parts.h"
#include "report/xml.h"

#define MOST_LINES 8

static void add_head(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;

	frame_add_cut(frame, "tl-title", "start", FRAME_LEFT, frame->y + 20,
	    (FRAME_RIGHT - FRAME_LEFT) * SMALL_SIZE / (TITLE_SIZE + 1),
	    slice_of(timeline->object));
	frame->y += 26;
	frame_add_lines(frame, "tl-word", FRAME_LEFT, slice_of(timeline->way));
	frame_add_lines(
	    frame, "tl-word", FRAME_LEFT, slice_of(timeline->outcome));
}

/* Lines of the axis, behind all else. */
static void add_grid(const struct frame *frame, struct buf *grid)
{
	const struct time_axis *axis = &frame->axis;

	for (int32_t second = 0; second < axis->span; second += axis->step) {
		buf_printf(grid, "<path class=\"%s\" d=\"M",
		    second ? "tl-grid" : "tl-zero");
		add_tenths(grid, frame_x(frame, second));
		buf_printf(grid, " %dV%d\"/>\n", frame->plot_top - 4,
		    frame->plot_end + 2);
	}
}

static void add_refusal(struct frame *frame)
{
	struct buf *whole = frame->buf, lines = {0};
	int top = frame->y + 6;

	frame->y = top + 6;
	frame->buf = &lines;
	frame_add_lines(frame, "tl-word", FRAME_LEFT + 12,
	    slice_of(frame->timeline->refusal));
	frame->buf = whole;
	frame->y += 6;
	buf_printf(whole,
	    "<rect class=\"tl-stop\" x=\"%d\" y=\"%d\" width=\"%d\" "
	    "height=\"%d\" rx=\"4\"/>\n",
	    FRAME_LEFT, top, FRAME_RIGHT - FRAME_LEFT, frame->y - top);
	buf_add_slice(whole, buf_slice(&lines));
	buf_release(&lines);
}

/* The grid lies behind the plot, whose height is known at its end. */
static void add_plot(struct frame *frame)
{
	struct buf *whole = frame->buf, plot = {0};

	frame->buf = &plot;
	svg_add_steps(frame);
	svg_add_pins(frame);
	svg_add_chart(frame);
	svg_add_lanes(frame);
	svg_add_axis(frame);
	svg_add_leads(frame);
	frame->buf = whole;
	add_grid(frame, whole);
	buf_add_slice(whole, buf_slice(&plot));
	buf_release(&plot);
	svg_add_legend(frame);
}

static void add_assumptions(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;
	struct buf text = {0};

	if (!timeline->nassumptions)
		return;
	buf_add_text(&text, "Assumed: ");
	for (size_t i = 0; i < timeline->nassumptions; i++)
		buf_printf(
		    &text, "%s%s", i ? "; " : "", timeline->assumptions[i]);
	buf_add_char(&text, '.');
	frame->y += 4;
	frame_add_lines(frame, "tl-mute", FRAME_LEFT, buf_slice(&text));
	buf_release(&text);
}

static void add_opening(
    struct buf *buf, const struct timeline *timeline, int y, int height)
{
	buf_printf(buf,
	    "<svg class=\"tl\" role=\"img\" y=\"%d\" width=\"%d\" "
	    "height=\"%d\" viewBox=\"0 0 %d %d\" aria-label=\"",
	    y, TIMELINE_WIDTH, height, TIMELINE_WIDTH, height);
	xml_add_quoted(buf, slice_of(timeline->object));
	buf_add_text(buf, ": ");
	xml_add_quoted(buf, slice_of(timeline->outcome));
	buf_add_text(buf, "\">\n");
}

int timeline_add_svg(struct buf *buf, const struct timeline *timeline, int y)
{
	struct buf body = {0};
	struct frame frame = {.buf = &body,
	    .timeline = timeline,
	    .axis = time_axis_of(timeline->end, MOST_LINES),
	    .y = 8};

	add_head(&frame);
	if (timeline->refusal)
		add_refusal(&frame);
	else if (timeline->npods)
		add_plot(&frame);
	else
		svg_add_hooks(&frame);
	svg_add_findings(&frame);
	add_assumptions(&frame);
	frame.y += 14;
	add_opening(buf, timeline, y, frame.y);
	buf_add_slice(buf, buf_slice(&body));
	buf_add_text(buf, "</svg>\n");
	buf_release(&body);
	return frame.y;
}
