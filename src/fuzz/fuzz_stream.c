/* A fuzz target: the stream, linted with all built-in rules.  Custom resources
 * and their definitions may stand in it. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	fuzz_lint(&fuzz_program()->ruleset,
	    (struct slice){(const char *)bytes, size}, SLICE(""));
	return 0;
}
