/* A fuzz target: two files of evidence, of which one may seal the other. */
#include "evidence/dossier.h"
#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const struct origin origins[] = {
	    {.name = "bundle.json", .role = ORIGIN_CONTRACT},
	    {.name = "report.sarif", .role = ORIGIN_CONTRACT},
	};
	struct slice parts[COUNT_OF(origins)];
	struct dossier dossier = {0};

	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		dossier_add_text(&dossier, &origins[i], parts[i]);
	dossier_close(&dossier);
	dossier_release(&dossier);
	return 0;
}
