/* Where findings strike: a number in the picture and the sentence below it. */
#include "draw/svg_parts.h"

#define RADIUS 8
#define PITCH 20 /* between two numbers */

static bool is_placed(const struct timeline_mark *mark)
{
	return mark->second != SECOND_NEVER;
}

/* Where the number stands in its row: as near to its second as the ones beside
 * it leave room.  What is too far right for those behind moves them left. */
static int pin_x(const struct frame *frame, size_t which)
{
	const struct timeline *timeline = frame->timeline;
	int x = 0, nbehind = 0;

	for (size_t i = 0; i < timeline->nmarks; i++) {
		const struct timeline_mark *mark = &timeline->marks[i];

		if (!is_placed(mark))
			continue;
		if (i > which) {
			nbehind++;
			continue;
		}
		if (x + PITCH < frame_x(frame, mark->second) / 10 || !x)
			x = frame_x(frame, mark->second) / 10;
		else
			x += PITCH;
	}
	if (x > FRAME_RIGHT - RADIUS - nbehind * PITCH)
		x = FRAME_RIGHT - RADIUS - nbehind * PITCH;
	return x;
}

static void add_pin(const struct frame *frame, const struct timeline_mark *mark,
    size_t number, int x, int y)
{
	struct buf text = {0};

	buf_printf(frame->buf,
	    "<circle class=\"tl-%s\" cx=\"%d\" cy=\"%d\" r=\"%d\"/>\n",
	    severity_name(mark->severity), x, y, RADIUS);
	buf_add_number(&text, number);
	frame_add_word(frame, "tl-pin", "middle", x, y + 4, buf_slice(&text));
	buf_release(&text);
}

static size_t count_placed(const struct timeline *timeline)
{
	size_t n = 0;

	for (size_t i = 0; i < timeline->nmarks; i++)
		n += is_placed(&timeline->marks[i]);
	return n;
}

void svg_add_pins(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;

	if (!count_placed(timeline))
		return;
	frame->y += 6;
	frame_add_word(frame, "tl-small", "start", FRAME_LEFT,
	    frame->y + RADIUS + 4, SLICE("findings"));
	for (size_t i = 0; i < timeline->nmarks; i++) {
		if (is_placed(&timeline->marks[i]))
			add_pin(frame, &timeline->marks[i], i + 1,
			    pin_x(frame, i), frame->y + RADIUS);
	}
	frame->y += 2 * RADIUS + 8;
}

/* To the lane of the pods it is about, or through all. */
static int lead_end(const struct frame *frame, const struct timeline_mark *mark)
{
	if (mark->pods < 0)
		return frame->plot_end;
	return frame->lanes_top +
	       frame->timeline->pods[mark->pods].lane * LANE_PITCH +
	       LANE_BAR / 2;
}

void svg_add_leads(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;
	int top = frame->plot_top - 6;

	for (size_t i = 0; i < timeline->nmarks; i++) {
		const struct timeline_mark *mark = &timeline->marks[i];

		if (!is_placed(mark))
			continue;
		buf_printf(frame->buf,
		    "<path class=\"tl-%s tl-lead\" d=\"M%d %dL",
		    severity_name(mark->severity), pin_x(frame, i), top - 8);
		add_tenths(frame->buf, frame_x(frame, mark->second));
		buf_printf(
		    frame->buf, " %dV%d\"/>\n", top, lead_end(frame, mark));
	}
}

static void add_finding(
    struct frame *frame, const struct timeline_mark *mark, size_t number)
{
	struct buf text = {0};

	if (is_placed(mark) && mark->second >= 0) {
		time_add(&text, mark->second);
		buf_add_text(&text, ", ");
	}
	buf_printf(&text, "%s: %s", severity_name(mark->severity), mark->text);
	if (mark->nothers)
		buf_printf(&text, " (and %zu more like it)", mark->nothers);
	add_pin(frame, mark, number, FRAME_LEFT + RADIUS, frame->y + 9);
	frame_add_lines(
	    frame, "tl-word", FRAME_LEFT + 2 * RADIUS + 8, buf_slice(&text));
	frame->y += 4;
	buf_release(&text);
}

static void add_left_out(struct frame *frame)
{
	struct buf text = {0};

	if (!frame->timeline->nmarks_left_out)
		return;
	buf_printf(&text, "and %zu more findings, less severe",
	    frame->timeline->nmarks_left_out);
	frame_add_lines(
	    frame, "tl-mute", FRAME_LEFT + 2 * RADIUS + 8, buf_slice(&text));
	frame->y += 4;
	buf_release(&text);
}

void svg_add_findings(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;

	if (timeline->nmarks)
		frame->y += 6;
	for (size_t i = 0; i < timeline->nmarks; i++)
		add_finding(frame, &timeline->marks[i], i + 1);
	add_left_out(frame);
}
