/*
 * A fuzz target for libFuzzer: any bytes as the stream, linted with all
 * built-in rules.  Custom resources and their definitions may stand in it.
 *
 * Made by configure --enable-fuzzing; the program is loaded once.
 */
#include "cmd/input.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* Loaded at the first input and kept: a run only reads it. */
static struct program *loaded(void)
{
	static struct program *program;

	if (program)
		return program;
	program = xcalloc(1, sizeof(*program));
	program->options.no_config = true;
	program->options.njobs = 1;
	if (program_load(program))
		BUG(fault_text(&program->fault));
	return program;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct run_options options = input_run_options(loaded());
	struct run run = {0};

	/* No text is none given, so that standard input would be read. */
	if (!size)
		return 0;
	options.text = (struct slice){(const char *)bytes, size};
	run_lint(&run, &options);
	run_release(&run);
	return 0;
}
