/*
 * Kinds of objects that --skip and --reject name, as kubeconform means them.
 */
#ifndef RUN_KIND_FILTER_H
#define RUN_KIND_FILTER_H

#include "run/options.h"
#include "run/run.h"

/* Whether text is a list of names with commas: KIND, VERSION/KIND of the core
 * group, or GROUP/VERSION/KIND. */
bool kind_list_is_valid(const char *text);

/* Whether one of n such lists names the subject's kind. */
bool kind_lists_have(
    const char *const *lists, size_t n, const struct subject *subject);

/* Adds a finding for every object of a kind that is rejected and not skipped.
 */
void kinds_reject(struct run *run, const struct options *options);

/* Takes the findings on objects that are skipped out of the run. */
void kinds_skip(struct run *run, const struct options *options);

/* How many objects of the run are skipped. */
size_t kinds_skipped_count(
    const struct run *run, const struct options *options);

#endif
