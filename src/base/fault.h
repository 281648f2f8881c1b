/*
 * A fault: why the program cannot go on with something, in one sentence.
 *
 * Faults are about the world (an unreadable file, a bad contract, a full
 * disk), never about the manifest: that is a finding.  A function that can
 * fail this way takes a struct fault last, fills it and returns -1.
 */
#ifndef BASE_FAULT_H
#define BASE_FAULT_H

#include "base/text.h"

/* All zero is "no fault".  Owns its text. */
struct fault {
	struct buf text; /* a sentence: what, and what to do; or, when placed,
			    one or more lines "FILE:LINE:COL: error: ..." */
	bool is_placed;
};

void fault_release(struct fault *fault);

/* Sets the sentence, replacing an earlier one; returns -1 always. */
int fault_set(struct fault *fault, const char *format, ...)
    PRINTF_LIKE(2, 3) SELDOM;

/* Adds what is wrong at a place of a file, as a line of its own after those
 * that are there; lines count from 1.  Returns -1 always. */
int fault_at(struct fault *fault, const char *file, size_t line, size_t col,
    const char *format, ...) PRINTF_LIKE(5, 6);

/* The sentence, ended by NUL; "" when there is none. */
const char *fault_text(struct fault *fault);

#endif
