/* Any bytes -> parts, and a run over them. */
#include "fuzz/fuzz.h"

#include "cmd/input.h"

struct program *fuzz_program(void)
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

void fuzz_parts(
    const uint8_t *bytes, size_t size, struct slice *parts, size_t n)
{
	static const struct slice mark = {"\n=====\n", 7};
	struct slice rest = {(const char *)bytes, size};

	for (size_t i = 0; i < n; i++) {
		ptrdiff_t at = i + 1 < n ? slice_find(rest, mark, 0) : -1;

		parts[i] = rest;
		if (at < 0) {
			rest = SLICE("");
			continue;
		}
		parts[i].len = (size_t)at;
		rest = (struct slice){rest.ptr + (size_t)at + mark.len,
		    rest.len - (size_t)at - mark.len};
	}
}

void fuzz_lint(
    const struct ruleset *ruleset, struct slice text, struct slice previous)
{
	static const struct origin old = {
	    .name = "old", .role = ORIGIN_PREVIOUS, .index = 1};
	static const struct origin *const olds[] = {&old};
	struct run_options options = input_run_options(fuzz_program());
	struct run run = {0};

	/* No text is none given, so that standard input would be read. */
	if (!text.len)
		return;
	options.ruleset = ruleset;
	options.text = text;
	if (previous.len) {
		options.previous = olds;
		options.nprevious = 1;
		options.previous_text = previous;
	}
	run_lint(&run, &options);
	run_release(&run);
}
