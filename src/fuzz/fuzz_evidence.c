/*
 * A fuzz target: two files of evidence, of which one may seal the other; a
 * contract, an install matrix and a render that they are held to.
 */
#include "cmd/input.h"
#include "evidence/demands.h"
#include "fuzz/fuzz.h"

/* Seconds: 2026-01-01, and how old evidence may be. */
enum { NOW = 1767225600, DAY = 86400 };

enum fuzz_part {
	PART_BUNDLE,
	PART_REPORT,
	PART_CONTRACT,
	PART_MATRIX,
	PART_RENDER,
	NPARTS
};

static const struct origin origins[NPARTS] = {
    {.name = "bundle.json", .role = ORIGIN_CONTRACT},
    {.name = "report.sarif", .role = ORIGIN_CONTRACT},
    {.name = "contract.json", .role = ORIGIN_CONTRACT},
    {.name = "matrix.json", .role = ORIGIN_CONTRACT},
};

/* Lints the render with what the profile demands of the dossier. */
static void judge(const struct profile *profile, const struct matrix *matrix,
    const struct dossier *dossier, struct slice render)
{
	struct run_options options = input_run_options(fuzz_program());
	struct profile backed = *profile;
	struct arena arena = {0};
	struct run run = {0};

	if (!render.len)
		return;
	profile_add_evidence(&arena, &backed, matrix, dossier);
	options.profile = &backed;
	options.evidence.matrix = matrix;
	options.evidence.dossier = dossier;
	options.text = render;
	run_lint(&run, &options);
	run_release(&run);
	arena_release(&arena);
}

static void judge_with(const struct slice *parts, const struct dossier *dossier)
{
	struct contract contract = {0};
	struct matrix matrix = {0};
	struct fault fault = {0};
	const struct profile *profile = NULL;

	if (!contract_parse(&contract, &origins[PART_CONTRACT],
		parts[PART_CONTRACT], &fault) &&
	    contract.nprofiles)
		profile = &contract.profiles[0];
	if (profile && !matrix_parse(&matrix, &origins[PART_MATRIX],
			   parts[PART_MATRIX], &fault))
		judge(profile, &matrix, dossier, parts[PART_RENDER]);
	matrix_release(&matrix);
	contract_release(&contract);
	fault_release(&fault);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct slice parts[NPARTS];
	struct dossier dossier = {.now = NOW, .max_age = DAY};

	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	dossier_add_text(&dossier, &origins[PART_BUNDLE], parts[PART_BUNDLE]);
	dossier_add_text(&dossier, &origins[PART_REPORT], parts[PART_REPORT]);
	dossier_close(&dossier);
	judge_with(parts, &dossier);
	dossier_release(&dossier);
	return 0;
}
