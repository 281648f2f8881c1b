/* Hooks, each a line of its own, and the steps of a Rollout in one. */
#include "draw/svg_parts.h"

#define STEP_HEIGHT 14
#define HOOK_PITCH 15

static void add_hook(struct frame *frame, const struct timeline_band *band)
{
	bool is_before = band->from == SECOND_BEFORE;
	int x = is_before ? PLOT_LEFT + 8 : frame_x(frame, band->from) / 10;
	int y = frame->y + HOOK_PITCH / 2;
	bool is_right = x > (PLOT_ZERO + FRAME_RIGHT) / 2;

	buf_printf(frame->buf,
	    "<path class=\"tl-hook\" d=\"M%d %dl5 5l-5 5l-5 -5z\"/>\n", x,
	    y - 5);
	frame_add_cut(frame, "tl-small", is_right ? "end" : "start",
	    is_right ? x - 10 : x + 10, y + 4,
	    is_right ? x - 10 - PLOT_LEFT : FRAME_RIGHT - x - 10,
	    slice_of(band->text));
	frame->y += HOOK_PITCH;
}

static void add_step(
    const struct frame *frame, const struct timeline_band *band, size_t number)
{
	int from = frame_x(frame, band->from), to = frame_x(frame, band->to);
	int width = (to - from) / 10 - 4;
	struct slice text = slice_of(band->text);

	frame_add_bar(frame, number % 2 ? "tl-step2" : "tl-step", from, to,
	    frame->y, STEP_HEIGHT);
	if (frame_text_width(text, SMALL_SIZE) <= width)
		frame_add_word(frame, "tl-small", "middle", (from + to) / 20,
		    frame->y + STEP_HEIGHT - 3, text);
}

static bool is_step(const struct timeline_band *band)
{
	return band->kind == BAND_STEP;
}

static void add_steps(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;
	size_t n = 0;

	for (size_t i = 0; i < timeline->nbands; i++) {
		if (is_step(&timeline->bands[i]))
			add_step(frame, &timeline->bands[i], n++);
	}
	if (!n)
		return;
	frame_add_word(frame, "tl-small", "start", FRAME_LEFT,
	    frame->y + STEP_HEIGHT - 3, SLICE("steps"));
	frame->y += STEP_HEIGHT + 4;
}

void svg_add_bands(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;

	frame->y += 6;
	for (size_t i = 0; i < timeline->nbands; i++) {
		if (timeline->bands[i].kind == BAND_HOOK)
			add_hook(frame, &timeline->bands[i]);
	}
	add_steps(frame);
}
