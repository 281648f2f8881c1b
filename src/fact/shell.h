/*
 * Programs that read commands from a text.
 */
#ifndef FACT_SHELL_H
#define FACT_SHELL_H

#include "base/text.h"

/* Whether a program is a shell. */
bool is_shell(struct slice program);

#endif
