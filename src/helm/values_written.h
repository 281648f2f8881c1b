/*
 * Actions of templates that write into the values of the release, so that what
 * they were given is no longer what they are.
 */
#ifndef HELM_VALUES_WRITTEN_H
#define HELM_VALUES_WRITTEN_H

#include "base/text.h"

/* Whether the text of an action calls a function that writes into its first
 * argument, as Sprig's set and merge do, with the values or a part of them. */
bool action_writes_values(struct slice action);

#endif
