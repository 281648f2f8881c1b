/*
 * Values of wrong types: what they were to say is unknown to every rule.
 */
#ifndef RUN_UNREAD_H
#define RUN_UNREAD_H

#include "run/run.h"

/* The first value of a wrong type in an object that rules look at, whether its
 * finding is reported or not; not known when there is none. */
struct place unread_first(const struct run *run);

/* The first that no finding of the list tells of: its rule is off, or a
 * suppression holds the finding back. */
struct place unread_untold(
    const struct run *run, const struct finding_list *findings);

#endif
