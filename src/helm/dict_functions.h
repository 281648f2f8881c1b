/*
 * Functions of templates that write into the dict they are given, or give it
 * back.
 */
#ifndef HELM_DICT_FUNCTIONS_H
#define HELM_DICT_FUNCTIONS_H

#include "base/text.h"

/* Whether the function of that name changes its first argument. */
bool function_writes(struct slice function);

/* Whether it may give back what it is given, and no copy of it. */
bool function_passes_on(struct slice function);

/* Whether the text of an action calls a function that writes. */
bool action_writes(struct slice action);

#endif
