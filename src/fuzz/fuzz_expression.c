/* A fuzz target: an expression of the rule language, and its value. */
#include "cmd/query.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct buf text = {0};
	struct fault fault = {0};
	struct query query;

	buf_add(&text, bytes, size);
	if (!query_init(&query, buf_text(&text), NULL,
		fuzz_program()->profile, &fault) &&
	    query_is_constant(&query))
		query_evaluate(&query, NULL);
	query_release(&query);
	fault_release(&fault);
	buf_release(&text);
	return 0;
}
