/*
 * Marks of examples: "#!" at the end of a line says that a finding is there,
 * "#! warning" of which severity it is.
 */
#ifndef RULE_MARK_H
#define RULE_MARK_H

#include "diag/finding.h"

/* What the mark of a line stands for, beside a severity. */
#define MARK_NONE SEVERITY_OFF
#define MARK_ANY SEVERITY_MAX

/* The mark at the end of a line; a shell's "#!/bin/sh" is none. */
enum severity mark_of(struct slice line);

/* Appends text without the marks of its lines, as people are to see it. */
void marks_strip(struct buf *buf, const char *text);

#endif
