/* The capacity: how many pods serve in each second. */
#include "draw/svg_parts.h"

#define HEIGHT 84
#define LEAST_GAP 12 /* between two labels */

static int level(const struct frame *frame, int pods)
{
	int most = frame->timeline->most ? frame->timeline->most : 1;

	return frame->plot_top + HEIGHT - pods * HEIGHT / most;
}

static int serving(const struct timeline_point *point, bool new_alone)
{
	return new_alone ? point->new_serving : point->serving;
}

/* The area below so many pods. */
static void add_area(
    const struct frame *frame, const char *class, bool new_alone)
{
	const struct timeline *timeline = frame->timeline;
	struct buf *buf = frame->buf;
	int bottom = frame->plot_top + HEIGHT;

	buf_printf(
	    buf, "<path class=\"%s\" d=\"M%d %d", class, PLOT_LEFT, bottom);
	for (size_t i = 0; i < timeline->npoints; i++) {
		const struct timeline_point *point = &timeline->points[i];

		buf_add_text(buf, "H");
		add_tenths(buf, frame_x(frame, point->second));
		buf_printf(buf, "V%d", level(frame, serving(point, new_alone)));
	}
	buf_printf(buf, "H%dV%dZ\"/>\n", FRAME_RIGHT, bottom);
}

static void add_line(const struct frame *frame, const char *class, int y)
{
	buf_printf(frame->buf, "<path class=\"%s\" d=\"M%d %dH%d\"/>\n", class,
	    PLOT_LEFT, y, FRAME_RIGHT);
}

static void add_label(const struct frame *frame, const char *class,
    const char *before, int pods, int *last)
{
	struct buf text = {0};
	int y = level(frame, pods) + 4;

	if (*last - y < LEAST_GAP && y - *last < LEAST_GAP)
		return;
	*last = y;
	buf_printf(&text, "%s%d", before, pods);
	frame_add_word(frame, class, "end", PLOT_LEFT - 6, y, buf_slice(&text));
	buf_release(&text);
}

/* The second after which the update counts as failed. */
static void add_deadline(const struct frame *frame)
{
	int32_t second = frame->timeline->deadline;
	struct buf text = {0};
	int x;

	if (second == SECOND_NEVER)
		return;
	x = frame_x(frame, second) / 10;
	buf_printf(frame->buf, "<path class=\"tl-limit\" d=\"M%d %dV%d\"/>\n",
	    x, frame->plot_top - 4, frame->plot_top + HEIGHT);
	buf_add_text(&text, "deadline ");
	time_add(&text, second);
	frame_add_word(frame, "tl-small tl-halo", "end", x - 5,
	    frame->plot_top + 9, buf_slice(&text));
	buf_release(&text);
}

void svg_add_chart(struct frame *frame)
{
	int last = -LEAST_GAP; /* far from all labels */

	frame->plot_top = frame->y + 6;
	frame->y = frame->plot_top + HEIGHT + 10;
	frame_add_word(frame, "tl-small", "start", FRAME_LEFT,
	    frame->plot_top + 9, SLICE("ready pods"));
	add_line(frame, "tl-grid", level(frame, frame->timeline->most));
	add_area(frame, "tl-old", false);
	add_area(frame, "tl-new", true);
	add_line(frame, "tl-zero", frame->plot_top + HEIGHT);
	add_label(frame, "tl-small", "least ", frame->timeline->floor, &last);
	if (frame->timeline->npoints &&
	    frame->timeline->floor != frame->timeline->points[0].serving)
		add_label(frame, "tl-mute", "",
		    frame->timeline->points[0].serving, &last);
	add_label(frame, "tl-mute", "", frame->timeline->most, &last);
	last = level(frame, frame->timeline->floor) + 4;
	add_label(frame, "tl-mute", "", 0, &last);
	add_line(frame, "tl-floor", level(frame, frame->timeline->floor));
	add_deadline(frame);
}
