/* A fuzz target: a contract, an install matrix and a scenario. */
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct origin origin = {
	    .name = "contract.json", .role = ORIGIN_CONTRACT};
	struct slice parts[3];
	struct contract contract = {0};
	struct matrix matrix = {0};
	struct scenarios scenarios = {0};
	struct fault fault = {0};

	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	if (!contract_parse(&contract, &origin, parts[0], &fault))
		(void)!contract_profile(&contract, &origin, NULL, &fault);
	(void)!matrix_parse(&matrix, &origin, parts[1], &fault);
	(void)!scenarios_parse(&scenarios, &origin, parts[2], &fault);
	scenarios_release(&scenarios);
	matrix_release(&matrix);
	contract_release(&contract);
	fault_release(&fault);
	return 0;
}
