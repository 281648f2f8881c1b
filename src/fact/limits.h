/*
 * Limits of what is related: how far each goes, and that one was reached.
 */
#ifndef FACT_LIMITS_H
#define FACT_LIMITS_H

#include "fact/model.h"
#include "fact/settings.h"

/* What a limit counts, for people: "limits.links", "links from pods to ...". */
struct limit_row {
	const char *name, *meaning;
};

extern const struct limit_row limit_rows[LIMIT_MAX];

/* How many there may be by these settings, or none (NULL). */
int64_t settings_limit(const struct settings *settings, enum limit limit);

/* How many there may be: as configured, or the program's own number where the
 * settings have none. */
int64_t limit_most(const struct release *release, enum limit limit);

/* Keeps that something was left out for it at that object; the first counts.
 * Only relate calls it, from one thread. */
void limit_reached(
    struct release *release, enum limit limit, const struct manifest *manifest);

#endif
