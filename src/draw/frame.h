/*
 * What the parts of a timeline's picture share: where the plot is, and how
 * shapes and text are added.  Lengths are pixels, except where tenths are said.
 */
#ifndef DRAW_FRAME_H
#define DRAW_FRAME_H

#include "draw/time_axis.h"
#include "draw/timeline_svg.h"

#define FRAME_LEFT 16			  /* of all text */
#define FRAME_RIGHT (TIMELINE_WIDTH - 16) /* of all text, and of the plot */
#define PLOT_LEFT 132			  /* long before the update */
#define PLOT_ZERO 160			  /* the update begins */
#define LANE_PITCH 15
#define LANE_BAR 10

/* The font sizes of the style's classes. */
#define WORD_SIZE 12
#define SMALL_SIZE 11
#define TITLE_SIZE 15

struct frame {
	struct buf *buf;
	const struct timeline *timeline;
	struct time_axis axis;
	int y;	       /* where the next part begins */
	int plot_top;  /* of the chart */
	int lanes_top; /* of the first pod's lane */
	int plot_end;  /* below the last lane */
};

/* The place of a second, in tenths of a pixel. */
int frame_x(const struct frame *frame, int32_t second);

/* Appends tenths as a number of pixels. */
void add_tenths(struct buf *buf, int tenths);

/* A rectangle of a class, from one place to another in tenths; none where it
 * has no width. */
void frame_add_bar(const struct frame *frame, const char *class, int from,
    int to, int y, int height);

/* A line of text at x, y of a class; anchor: "start", "middle" or "end". */
void frame_add_word(const struct frame *frame, const char *class,
    const char *anchor, int x, int y, struct slice text);

/* The same cut to a width in pixels, with "..." for what is left out. */
void frame_add_cut(const struct frame *frame, const char *class,
    const char *anchor, int x, int y, int width, struct slice text);

/* Lines of text from x to the right margin, the first at frame->y; frame->y is
 * behind them then. */
void frame_add_lines(
    struct frame *frame, const char *class, int x, struct slice text);

/* The width of text in pixels at a font size. */
int frame_text_width(struct slice text, int size);

#endif
