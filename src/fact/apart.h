/*
 * Files that hold releases of their own: those of two environments, given
 * together.
 *
 * No release has one object in two files, so files that share one are held to
 * be apart: nothing of the one is related to the other's.
 */
#ifndef FACT_APART_H
#define FACT_APART_H

#include "fact/model.h"

/* Keeps the files of both apart; they are two.  The files of the manifests of
 * the release are those that can be. */
void apart_keep(struct release *release, const struct manifest *a,
    const struct manifest *b);

/* Whether they belong to different releases. */
bool are_apart(const struct release *release, const struct manifest *a,
    const struct manifest *b);

/* A number for the file of a manifest, by which answers for it may be kept: 0
 * when nothing is kept apart. */
unsigned apart_number(
    const struct release *release, const struct manifest *manifest);

#endif
