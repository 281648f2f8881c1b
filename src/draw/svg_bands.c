/* Hooks, each a line of its own, and the steps of a Rollout in one. */
#include "draw/svg_parts.h"

#define STEP_HEIGHT 14
#define HOOK_PITCH 16

static void add_hook(struct frame *frame, const struct timeline_band *band)
{
	int y = frame->y + HOOK_PITCH / 2;

	buf_printf(frame->buf,
	    "<path class=\"tl-hook\" d=\"M%d %dl5 5l-5 5l-5 -5z\"/>\n",
	    FRAME_LEFT + 5, y - 5);
	frame_add_cut(frame, "tl-small", "start", FRAME_LEFT + 18, y + 4,
	    FRAME_RIGHT - FRAME_LEFT - 18, slice_of(band->text));
	frame->y += HOOK_PITCH;
}

void svg_add_hooks(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;

	for (size_t i = 0; i < timeline->nbands; i++) {
		if (timeline->bands[i].kind == BAND_HOOK)
			add_hook(frame, &timeline->bands[i]);
	}
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

void svg_add_steps(struct frame *frame)
{
	const struct timeline *timeline = frame->timeline;
	size_t n = 0;

	frame->y += 6;
	for (size_t i = 0; i < timeline->nbands; i++) {
		if (timeline->bands[i].kind == BAND_STEP)
			add_step(frame, &timeline->bands[i], n++);
	}
	if (!n)
		return;
	frame_add_word(frame, "tl-small", "start", FRAME_LEFT,
	    frame->y + STEP_HEIGHT - 3, SLICE("steps"));
	frame->y += STEP_HEIGHT + 4;
}
