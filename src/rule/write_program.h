/*
 * Values and programs of expressions as C: initializers of constants.
 */
#ifndef RULE_WRITE_PROGRAM_H
#define RULE_WRITE_PROGRAM_H

#include "cel/code.h"

/* Appends a string literal, on a line of its own for each line of text; NULL
 * for NULL. */
void write_text(struct buf *buf, const char *text);

/* Appends an initializer of struct slice. */
void write_slice(struct buf *buf, struct slice text);

/* Appends an initializer of struct cel_value; origin is the name of the
 * variable that stands for where values were written. */
void write_value(
    struct buf *buf, const char *origin, const struct cel_value *value);

/* Appends an initializer of struct place, likewise. */
void write_place(struct buf *buf, const char *origin, struct place place);

/* Appends the address of a constant struct cel_program; NULL for NULL. */
void write_program(struct buf *buf, const struct cel_program *program);

#endif
