/* Pods in their lanes: hollow while they start, full while they serve, thin
 * while they end. */
#include "draw/svg_parts.h"

#define THIN 4
#define CROSS 4
#define MOST_LINES 8

static int32_t before(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static void add_span(const struct frame *frame, const char *class, int32_t from,
    int32_t to, int y, int height)
{
	int left = frame_x(frame, from), right = frame_x(frame, to);

	if (from >= to)
		return;
	/* What takes no time to speak of is seen all the same. */
	if (right - left < 15)
		right = left + 15;
	frame_add_bar(frame, class, left, right, y, height);
}

static void add_end(
    const struct frame *frame, const struct timeline_pods *pods, int y)
{
	const char *class = pods->is_new ? "tl-new" : "tl-old";
	int thin = y + (LANE_BAR - THIN) / 2, x;

	if (pods->deleted == SECOND_NEVER)
		return;
	add_span(frame, class, pods->deleted, pods->ended, thin, THIN);
	if (pods->told < pods->astray)
		add_span(frame, "tl-bad", pods->told, pods->astray, y + 1,
		    LANE_BAR - 2);
	if (!pods->is_killed)
		return;
	x = frame_x(frame, pods->ended) / 10;
	buf_printf(frame->buf,
	    "<path class=\"tl-cross\" d=\"M%d %dl%d %dm0 -%dl-%d %d\"/>\n",
	    x - CROSS, y + 1, 2 * CROSS, 2 * CROSS, 2 * CROSS, 2 * CROSS,
	    2 * CROSS);
}

static void add_pods(
    const struct frame *frame, const struct timeline_pods *pods, int y)
{
	const char *full = pods->is_new ? "tl-new" : "tl-old";
	const char *hollow = pods->is_new ? "tl-start" : "tl-back";
	int32_t ready = before(pods->ready, pods->deleted);
	int32_t used =
	    before(later(pods->counted, pods->serves), pods->deleted);
	int32_t left = before(pods->leaves, pods->deleted);

	if (pods->created != SECOND_BEFORE) {
		int32_t maybe = before(pods->may_serve, ready);

		add_span(frame, hollow, pods->created, maybe, y, LANE_BAR);
		add_span(frame, pods->is_stuck ? hollow : "tl-maybe", maybe,
		    ready, y, LANE_BAR);
	}
	add_span(frame, "tl-count", ready, used, y, LANE_BAR);
	add_span(frame, full, used, left, y, LANE_BAR);
	add_span(
	    frame, "tl-back", later(left, used), pods->deleted, y, LANE_BAR);
	add_end(frame, pods, y);
}

static void add_name(const struct frame *frame,
    const struct timeline_pods *pods, int number, int y)
{
	struct buf name = {0};

	buf_add_text(&name, pods->name);
	if (pods->count > 1)
		buf_printf(&name, " \xc3\x97 %d", pods->count);
	else if (number &&
		 (!strcmp(pods->name, "old") || !strcmp(pods->name, "new")))
		buf_printf(&name, " %d", number);
	frame_add_cut(frame, "tl-name", "start", FRAME_LEFT, y + LANE_BAR - 1,
	    PLOT_LEFT - FRAME_LEFT - 8, buf_slice(&name));
	buf_release(&name);
}

void svg_add_lanes(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;
	int number = 0;

	frame->lanes_top = frame->y;
	for (size_t i = 0; i < timeline->npods; i++) {
		const struct timeline_pods *pods = &timeline->pods[i];
		int y = frame->lanes_top + pods->lane * LANE_PITCH;
		bool has_row = !i || pods[-1].lane != pods->lane;
		bool is_numbered = timeline->nlanes == timeline->npods;

		number = i && pods[-1].is_new == pods->is_new ? number + 1 : 1;
		if (has_row)
			add_name(frame, pods, is_numbered ? number : 0, y);
		add_pods(frame, pods, y);
	}
	frame->y += (int)timeline->nlanes * LANE_PITCH;
	frame->plot_end = frame->y;
}

void svg_add_axis(struct frame *frame)
{
	const struct time_axis *axis = &frame->axis;

	frame->y = frame->plot_end + 14;
	for (int32_t second = 0; second < axis->span; second += axis->step) {
		struct buf label = {0};
		int x = frame_x(frame, second) / 10, half;

		time_add(&label, second);
		half = frame_text_width(buf_slice(&label), SMALL_SIZE) / 2;
		if (x + half <= FRAME_RIGHT)
			frame_add_word(frame, "tl-mute", "middle", x, frame->y,
			    buf_slice(&label));
		buf_release(&label);
	}
	frame->y += 10;
}
