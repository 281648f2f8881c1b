/* A fuzz target: two values files, and what follows --set and --set-string. */
#include "fuzz/fuzz.h"

static void add_set(struct values *values, struct slice text, bool strings,
    struct fault *fault)
{
	struct buf buf = {0};

	buf_add_slice(&buf, text);
	(void)!values_add_set(
	    values, "--set", buf_text(&buf), strings, fault);
	buf_release(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct origin origin = {
	    .name = "values.yaml", .role = ORIGIN_CONTRACT};
	struct slice parts[4];
	struct values values = {0};
	struct fault fault = {0};

	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	(void)!values_add_text(&values, &origin, parts[0], &fault);
	(void)!values_add_text(&values, &origin, parts[1], &fault);
	add_set(&values, parts[2], false, &fault);
	add_set(&values, parts[3], true, &fault);
	values_release(&values);
	fault_release(&fault);
	return 0;
}
