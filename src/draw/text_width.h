/*
 * How wide text comes out where it is drawn without a font at hand.
 */
#ifndef DRAW_TEXT_WIDTH_H
#define DRAW_TEXT_WIDTH_H

#include "base/text.h"

/* The width of UTF-8 in thousandths of the font's size, rather too much. */
int text_width(struct slice text);

#endif
