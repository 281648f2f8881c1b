/* A dossier -> the answers to the clauses about evidence. */
#include "fact/evidence/proof.h"

#include <stdlib.h>

static void judge(struct judging *judging)
{
	judge_bundles(judging);
	judge_render(judging);
	judge_validation(judging);
	judge_conformance(judging);
	judge_load(judging);
	judge_releases(judging);
	judge_times(judging);
	judge_others(judging);
}

void relate_proofs(struct release *release)
{
	const struct evidence *evidence = &release->evidence;
	struct judging judging = {
	    .release = release,
	    .dossier = evidence->dossier,
	    .profile = release->profile,
	};
	const void **items;
	size_t n;

	if (!evidence->dossier || release->is_absent)
		return;
	judging.suite = profile_suite(release->profile, evidence->matrix);
	judging.used = xcalloc(evidence->dossier->n + 1, sizeof(bool));
	judge(&judging);
	n = judging.proofs.len / sizeof(*items);
	items = arena_array(&release->arena, n, sizeof(*items));
	if (n)
		memcpy(items, judging.proofs.ptr, judging.proofs.len);
	release->lists[ENTITY_evidence] = (struct entity_list){n, items};
	buf_release(&judging.proofs);
	free(judging.used);
}
