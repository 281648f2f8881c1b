/*
 * The parts of a timeline's picture, from top to bottom; each moves frame->y
 * past itself.
 */
#ifndef DRAW_SVG_PARTS_H
#define DRAW_SVG_PARTS_H

#include "draw/frame.h"

/* How many pods serve, old above new, with the fewest marked. */
void svg_add_chart(struct frame *frame);

/* A lane for each pod, and the time below them. */
void svg_add_lanes(struct frame *frame);
void svg_add_axis(struct frame *frame);

/* What the shapes mean, as far as they are in the picture. */
void svg_add_legend(struct frame *frame);

/* Hooks, a line each; and the steps of a Rollout in one. */
void svg_add_hooks(struct frame *frame);
void svg_add_steps(struct frame *frame);

/* Numbers where findings strike: their row, before the chart; the lines down to
 * what they are about, once all is placed; and what they say. */
void svg_add_pins(struct frame *frame);
void svg_add_leads(struct frame *frame);
void svg_add_findings(struct frame *frame);

#endif
