/*
 * What was probably meant: sentences for the end of a message.
 */
#ifndef SCHEMA_HINT_H
#define SCHEMA_HINT_H

#include "schema/walk.h"

/* Adds to hint what a field that the frame's type does not have was meant to
 * be, or where it belongs; nothing when unknown. */
void hint_field(const struct frame *frame, struct slice name, struct buf *hint);

/* Adds to hint which quantity a text that is none was meant to be: 100Mi for
 * 100mi, 64M for 64MB; nothing when unknown. */
void hint_quantity(struct slice text, struct buf *hint);

#endif
