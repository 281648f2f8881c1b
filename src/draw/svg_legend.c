/* What the shapes mean: those that the picture has. */
#include "draw/svg_parts.h"

#define SWATCH 18
#define GAP 14

struct sign {
	const char *class, *text;
	int height;
	bool is_there;
};

static void look_for(const struct timeline *timeline, struct sign *signs)
{
	for (size_t i = 0; i < timeline->npods; i++) {
		const struct timeline_pods *pods = &timeline->pods[i];
		bool is_new = pods->created != SECOND_BEFORE;

		signs[0].is_there |= !pods->is_new;
		signs[1].is_there |=
		    pods->is_new && pods->ready != SECOND_NEVER;
		signs[2].is_there |= is_new && !pods->is_stuck &&
				     pods->may_serve > pods->created;
		signs[9].is_there |= pods->is_stuck;
		signs[3].is_there |=
		    is_new && !pods->is_stuck && pods->ready > pods->may_serve;
		signs[4].is_there |= pods->counted > pods->ready;
		signs[10].is_there |= pods->serves > pods->counted;
		signs[8].is_there |= pods->leaves < pods->deleted;
		signs[5].is_there |= pods->ended > pods->deleted;
		signs[6].is_there |=
		    pods->deleted != SECOND_NEVER && pods->told < pods->astray;
		signs[7].is_there |=
		    pods->is_killed && pods->deleted != SECOND_NEVER;
	}
}

static int add_sign(struct frame *frame, const struct sign *sign, int x)
{
	int width = SWATCH + 6 +
		    frame_text_width(slice_of(sign->text), SMALL_SIZE) + GAP;

	if (x + width - GAP > FRAME_RIGHT) {
		frame->y += 16;
		x = FRAME_LEFT;
	}
	if (!strcmp(sign->class, "tl-cross"))
		buf_printf(frame->buf,
		    "<path class=\"tl-cross\" d=\"M%d %dl8 8m0 -8l-8 8\"/>\n",
		    x + 5, frame->y + 1);
	else
		frame_add_bar(frame, sign->class, x * 10, (x + SWATCH) * 10,
		    frame->y + 5 - sign->height / 2, sign->height);
	frame_add_word(frame, "tl-small", "start", x + SWATCH + 6, frame->y + 9,
	    slice_of(sign->text));
	return x + width;
}

void svg_add_legend(struct frame *frame)
{
	struct sign signs[] = {
	    {"tl-old", "old pods, ready", LANE_BAR, false},
	    {"tl-new", "new pods, ready", LANE_BAR, false},
	    {"tl-start", "starting", LANE_BAR, false},
	    {"tl-maybe", "may be ready", LANE_BAR, false},
	    {"tl-count", "ready, not counted yet", LANE_BAR, false},
	    {"tl-old", "draining", 4, false},
	    {"tl-bad", "requests still arrive", LANE_BAR - 2, false},
	    {"tl-cross", "killed", 2, false},
	    {"tl-back", "kept, not used any more", LANE_BAR, false},
	    {"tl-start", "waits for a node", LANE_BAR, false},
	    {"tl-count", "ready, not used yet", LANE_BAR, false},
	};
	int x = FRAME_LEFT;

	look_for(frame->timeline, signs);
	frame->y += 4;
	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (signs[i].is_there)
			x = add_sign(frame, &signs[i], x);
	}
	frame->y += 18;
}
