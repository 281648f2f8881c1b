/* A fuzz target: a rule file, applied to a stream where it can be loaded. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct origin origin = {
	    .name = "rules.yaml", .role = ORIGIN_CONTRACT, .index = 1};
	struct slice parts[2];
	struct ruleset rules = {0};
	struct fault fault = {0};

	fuzz_program()->settings.keeps_raw = true;
	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	if (!ruleset_add_text(&rules, &origin, parts[0], &fault))
		fuzz_lint(&rules, parts[1], SLICE(""));
	ruleset_release(&rules);
	fault_release(&fault);
	return 0;
}
