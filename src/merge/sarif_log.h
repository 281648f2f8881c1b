/*
 * A SARIF log that this program wrote, read to be put together with others.
 */
#ifndef MERGE_SARIF_LOG_H
#define MERGE_SARIF_LOG_H

#include "base/fault.h"
#include "input/json_text.h"

#include <stdio.h>

/* All zero is empty and ready. */
struct sarif_log {
	const char *name; /* of the file, borrowed */
	struct buf text;
	struct arena arena;	       /* of the values */
	const struct json_value *runs; /* the list of them */
};

/* The keys of a run, in the order they are written in. */
enum run_key {
	RUN_TOOL,
	RUN_CATEGORY,
	RUN_INVOCATIONS,
	RUN_BASE_IDS,
	RUN_COLUMNS,
	RUN_ARTIFACTS,
	RUN_RESULTS,
	RUN_LOGICALS,
	RUN_PROPERTIES,
	RUN_KEYS,
};

extern const char *const sarif_run_keys[RUN_KEYS];

/* One run: its values, NULL where there is none, which only the category, the
 * column kind and the properties may be. */
struct sarif_run {
	const struct sarif_log *log;
	const struct json_value *values[RUN_KEYS];
	const struct json_value *driver, *rules, *notifications;
	const struct json_value *verdicts; /* a list, or NULL */
};

/*
 * Reads the file of that name or, when there is one, the stream, from its
 * start, which name then stands for in messages.  The log may hold another one
 * before.  -1 with the fault set: a file that cannot be read, is no regular one
 * or larger than 256 MiB, else a place and a sentence for what is no JSON or no
 * log of SARIF 2.1.0.
 */
MUST_CHECK int sarif_log_read(
    struct sarif_log *log, const char *name, FILE *stream, struct fault *fault);

/* Takes a run of the log apart.  -1 with a place and a sentence when it is not
 * what this program writes. */
MUST_CHECK int sarif_run_read(struct sarif_run *run,
    const struct sarif_log *log, const struct json_value *value,
    struct fault *fault);

/* Says what is wrong with a value of the log, at its place; returns -1. */
int sarif_log_refuse(const struct sarif_log *log,
    const struct json_value *value, struct fault *fault, const char *format,
    ...) PRINTF_LIKE(4, 5);

void sarif_log_release(struct sarif_log *log);

#endif
