/* A fuzz target: SARIF, as a baseline and as one of the logs to merge. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct baseline baseline = {0};
	struct fault fault = {0};

	(void)!baseline_parse(&baseline, "baseline.sarif",
	    (struct slice){(const char *)bytes, size}, &fault);
	baseline_release(&baseline);
	fault_release(&fault);
	return 0;
}
