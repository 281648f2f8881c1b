/*
 * Renders held against the objects of the input: each must be there, once, and
 * say the same.
 */
#include "evidence/render_digest.h"
#include "fact/evidence/proof.h"

#include <stdlib.h>

/* The input's objects, and which of them a render has had. */
struct input {
	const struct entity_list *manifests;
	bool *had;
};

static const struct manifest *manifest_at(const struct input *input, size_t i)
{
	return input->manifests->items[i];
}

/* As objects of papers are called. */
static bool is_called(const struct manifest *manifest, const char *identity)
{
	struct buf text = {0};
	bool same;

	buf_printf(&text, "%s %s%s%s", manifest->kind, manifest->namespace,
	    *manifest->namespace ? "/" : "", manifest->name);
	same = !strcmp(buf_text(&text), identity);
	buf_release(&text);
	return same;
}

/* By digest, in a map; objects that say the same are chained by their index. */
static void map_digests(
    const struct input *input, struct map *map, size_t *next)
{
	for (size_t i = input->manifests->n; i > 0; i--) {
		const struct canon *canon =
		    manifest_at(input, i - 1)->seldom->canon;
		void **slot;

		if (!canon || !canon->is_whole)
			continue;
		slot = map_slot(map,
		    (struct slice){(const char *)canon->digest, SHA256_SIZE});
		next[i - 1] = (size_t)(uintptr_t)*slot;
		*slot = (void *)(uintptr_t)i;
	}
}

/* Marks what is equal; the first object of the papers that nothing is equal
 * to, or NULL. */
static const struct paper_object *pair(const struct input *input,
    const struct paper *const *papers, size_t npapers)
{
	size_t *next = xcalloc(input->manifests->n + 1, sizeof(*next));
	const struct paper_object *odd = NULL;
	struct map map = {0};

	map_digests(input, &map, next);
	for (size_t i = 0; i < npapers; i++) {
		for (size_t j = 0; j < papers[i]->nobjects; j++) {
			const struct paper_object *object =
			    &papers[i]->objects[j];
			struct slice key = {
			    (const char *)object->canon->digest, SHA256_SIZE};
			size_t at = (size_t)(uintptr_t)map_find(&map, key);

			if (at && object->canon->is_whole) {
				input->had[at - 1] = true;
				*map_slot(&map, key) =
				    (void *)(uintptr_t)next[at - 1];
			} else if (!odd) {
				odd = object;
			}
		}
	}
	map_release(&map);
	free(next);
	return odd;
}

/* The input's object of that kind and name that no render has had, or NULL. */
static const struct manifest *counterpart(
    const struct input *input, const struct paper_object *object)
{
	for (size_t i = 0; i < input->manifests->n; i++) {
		if (!input->had[i] && manifest_at(input, i)->seldom->canon &&
		    is_called(manifest_at(input, i), object->identity))
			return manifest_at(input, i);
	}
	return NULL;
}

static struct place node_shown(
    const struct origin *origin, const struct node *node)
{
	if (node->kind != NODE_SCALAR && node->key)
		node = node->key;
	return node_place(origin, node);
}

/* Where an object that the input does not have is shown: at its kind when the
 * input has one of that name, which no render has had; else at its name. */
static struct place stranger_place(
    const struct input *input, const struct paper_object *object)
{
	for (size_t i = 0; i < input->manifests->n; i++) {
		if (!input->had[i] &&
		    !strcmp(manifest_at(input, i)->name, object->name))
			return object->place;
	}
	return object->name_place;
}

/* An object that the input does not have, or has otherwise. */
static void tell_odd(struct judging *judging, const struct input *input,
    const struct paper_object *odd)
{
	const struct manifest *other = counterpart(input, odd);
	const struct node *node;

	if (!other) {
		(void)proof_fault(judging, DECIDE_RENDER, "other-render",
		    stranger_place(input, odd),
		    "the render has %s, which the input does not have",
		    odd->identity);
		return;
	}
	node = canon_difference(odd->node, other->seldom->canon);
	(void)proof_fault(judging, DECIDE_RENDER, "other-render",
	    node_shown(odd->place.origin, node),
	    "the render is of another release: %s differs here from the input",
	    odd->identity);
}

/* An object of the input that no render has. */
static void tell_lacking(struct judging *judging, const struct input *input,
    const struct paper *paper)
{
	for (size_t i = 0; i < input->manifests->n; i++) {
		const struct manifest *manifest = manifest_at(input, i);

		if (input->had[i])
			continue;
		(void)proof_fault(judging, DECIDE_RENDER, "other-render",
		    paper->place,
		    "the render lacks %s '%s', which the input has",
		    manifest->kind, manifest->shown_name);
		return;
	}
}

/* Whether the papers together are the input; told of when they are not and
 * tells. */
static bool are_input(struct judging *judging,
    const struct paper *const *papers, size_t n, bool tells)
{
	const struct entity_list *manifests =
	    &judging->release->lists[ENTITY_manifest];
	struct input input = {
	    .manifests = manifests,
	    .had = xcalloc(manifests->n + 1, sizeof(bool)),
	};
	const struct paper_object *odd = pair(&input, papers, n);
	bool whole = !odd;

	for (size_t i = 0; i < manifests->n; i++)
		whole &= input.had[i];
	if (!whole && tells && odd)
		tell_odd(judging, &input, odd);
	else if (!whole && tells)
		tell_lacking(judging, &input, papers[0]);
	free(input.had);
	return whole;
}

/* Of several, one may be the input, or all of them together. */
static void judge_papers(
    struct judging *judging, const struct paper *const *papers, size_t n)
{
	for (size_t i = 0; n > 1 && i < n; i++) {
		if (are_input(judging, &papers[i], 1, false)) {
			proof_hold(judging, DECIDE_RENDER, papers[i]->place);
			return;
		}
	}
	if (are_input(judging, papers, n, true))
		proof_hold(judging, DECIDE_RENDER, papers[0]->place);
}

static bool has_digest(const struct judging *judging, const char *digest)
{
	const struct entity_list *manifests =
	    &judging->release->lists[ENTITY_manifest];
	const struct canon **canons =
	    xcalloc(manifests->n + 1, sizeof(*canons));
	char text[RENDER_DIGEST];
	size_t n = 0;
	bool same;

	for (size_t i = 0; i < manifests->n; i++) {
		const struct manifest *manifest = manifests->items[i];

		if (manifest->seldom->canon)
			canons[n++] = manifest->seldom->canon;
	}
	same = render_digest(canons, n, text) && !strcmp(text, digest);
	free(canons);
	return same;
}

static void judge_digests(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;

	for (size_t i = 0; i < dossier->n; i++) {
		const struct paper *paper = &dossier->papers[i];

		if (paper->form != PAPER_BUNDLE || !bundle_counts(judging, i))
			continue;
		if (has_digest(judging, paper->render.text)) {
			proof_hold(
			    judging, DECIDE_RENDER, paper->render.place);
			continue;
		}
		judging->used[i] = true;
		proof_fault(judging, DECIDE_RENDER, "other-render",
		    paper->render.place,
		    "the bundle is of another render: its digest is not that "
		    "of the input")
		    ->also[0] = judging_demand(judging, DECIDE_VALIDATION);
		judging->answered[DECIDE_VALIDATION] = true;
	}
}

void judge_render(struct judging *judging)
{
	const struct dossier *dossier = judging->dossier;
	const struct paper **papers = xcalloc(dossier->n + 1, sizeof(*papers));
	size_t n = 0;

	judge_digests(judging);
	for (size_t i = 0; i < dossier->n; i++) {
		if (dossier->papers[i].form == PAPER_RENDER &&
		    paper_is_sound(judging, i, DECIDE_RENDER))
			papers[n++] = &dossier->papers[i];
	}
	if (n)
		judge_papers(judging, papers, n);
	free(papers);
	proof_missing(judging, DECIDE_RENDER,
	    "no render of this input is among the evidence");
}
