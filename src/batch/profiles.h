/*
 * All profiles of a contract in one run: each is rendered, or its render
 * found, linted as a release of its own, and has a row in a table at the end.
 */
#ifndef BATCH_PROFILES_H
#define BATCH_PROFILES_H

#include "run/program.h"

/* What --all-profiles does, with options that are checked and a program of
 * which nothing else is loaded.  Returns the worst of all exit statuses. */
int lint_profiles(struct program *program);

#endif
