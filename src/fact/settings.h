/*
 * What facts depend on besides the manifests: patterns and numbers that rules
 * or the configuration give.
 */
#ifndef FACT_SETTINGS_H
#define FACT_SETTINGS_H

#include "base/regex.h"
#include "base/text.h"

/* A resource class: what the containers of one pod request together. */
struct resource_class {
	const char *name;
	double cpu_min, cpu_max;       /* cores */
	double memory_min, memory_max; /* bytes */
};

/*
 * What facts depend on besides the manifests; fed from the parameters of rules
 * before the first byte of input, shared by all workers.  All zero: nothing is
 * recognised by its name.
 */
struct settings {
	struct regex *warmup; /* names, labels and arguments of a warmup */
	struct regex *drain;  /* variables that hold a drain time */
	int64_t drain_margin; /* seconds left for a process to end */
	int64_t drain_delay;  /* seconds of the preStop that is proposed */
	int64_t drain_grace;  /* least grace period that is proposed */
	/* What pods of a resource class request; in an arena of the caller. */
	const struct resource_class *classes;
	size_t nclasses;
};

/* The class of that name, or NULL. */
const struct resource_class *settings_class(
    const struct settings *settings, const char *name);

void settings_release(struct settings *settings);

/* Whether there is a setting of that name: "drain.variables", ... */
bool settings_has(const char *name);

/* Sets a setting; -1 with a sentence when it is not of that type, the number
 * is negative or the pattern does not compile. */
MUST_CHECK int settings_set_int(struct settings *settings, const char *name,
    int64_t value, struct fault *fault);
MUST_CHECK int settings_set_pattern(struct settings *settings, const char *name,
    struct slice pattern, struct fault *fault);

#endif
