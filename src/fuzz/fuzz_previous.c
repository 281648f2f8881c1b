/* A fuzz target: the release that runs now, and the one that comes next. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct slice parts[2];

	fuzz_program()->settings.compares = true;
	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	fuzz_lint(&fuzz_program()->ruleset, parts[1], parts[0]);
	return 0;
}
