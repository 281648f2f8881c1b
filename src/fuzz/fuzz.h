/*
 * What the fuzz targets share.
 *
 * A target is fuzz_TARGET.c and a row of the list in Makefile.am; configure
 * --enable-fuzzing builds them, scripts/fuzz runs them.  What has to be loaded
 * is loaded at the first input and kept.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "run/program.h"

/* libFuzzer's: 0 always. */
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* The program without options, its rules loaded, on one thread. */
struct program *fuzz_program(void);

/* Cuts an input at its lines "=====" into n parts, which are empty where there
 * are too few; what is beyond stays in the last one.  No copies are made. */
void fuzz_parts(
    const uint8_t *bytes, size_t size, struct slice *parts, size_t n);

/* Lints text, if there is any, with these rules; on top of previous, if there
 * is any. */
void fuzz_lint(
    const struct ruleset *ruleset, struct slice text, struct slice previous);

#endif
