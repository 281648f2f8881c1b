/*
 * Lines that a program wrote for people and that got into the stream.
 */
#ifndef INPUT_LOG_LINE_H
#define INPUT_LOG_LINE_H

#include "base/text.h"

/*
 * Whether a line, without its end, is a message of helm, kubectl or another Go
 * program rather than YAML: "coalesce.go:289: warning: ...", "WARNING: ...",
 * "level=warning msg=...".  No line of a Kubernetes object begins that way.
 */
bool is_log_line(struct slice line);

/* What is said of such a line; a sentence without a full stop. */
#define LOG_LINE_SENTENCE                                                      \
	"this line is a log message, not YAML: standard error was mixed into " \
	"the stream; render without 2>&1"

#endif
