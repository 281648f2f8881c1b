/* PersistentVolumeClaims: which of them only one node at a time may use, and
 * which of those a workload's pods mount. */
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/namespace.h"

#include <string.h>

/* "" as soon as one mode lets several nodes in; ReadWriteOncePod only when
 * nothing else is asked for. */
static const char *access_of(const struct node *modes)
{
	const char *access = "";

	for (size_t i = 0; i < node_length(modes); i++) {
		struct slice mode;

		if (!node_to_text(modes->items[i], &mode))
			continue;
		if (slice_is(mode, "ReadWriteMany") ||
		    slice_is(mode, "ReadOnlyMany"))
			return "";
		if (slice_is(mode, "ReadWriteOnce"))
			access = "ReadWriteOnce";
		else if (slice_is(mode, "ReadWriteOncePod") && !*access)
			access = "ReadWriteOncePod";
	}
	return access;
}

void collect_claim(const struct collection *collection,
    const struct node *object, const struct manifest *manifest)
{
	struct facts *facts = collection->facts;
	const struct node *modes =
	    node_find(object, "spec", "accessModes", NULL);
	struct claim *claim = arena_alloc(&facts->arena, sizeof(*claim));

	*claim = (struct claim){
	    .manifest = manifest,
	    .access = access_of(modes),
	    .line = manifest->line,
	    .col = manifest->col,
	    .width = manifest->width,
	};
	if (node_length(modes)) {
		claim->line = modes->items[0]->span.line;
		claim->col = modes->items[0]->span.col;
		claim->width = facts_width(modes->items[0]);
	}
	vector_add(&facts->claims, claim);
}

/* Of two with one name the one that comes first, whoever collected it. */
static void index_claim(
    struct release *release, struct buf *text, const struct claim *claim)
{
	const struct manifest *manifest = claim->manifest;
	const char *namespace = manifest_namespace(release, manifest);
	struct slice key = object_key(text, manifest->name, namespace);
	const struct claim *first = map_find(&release->claims, key);

	if (first && first->manifest->order <= manifest->order)
		return;
	if (!first)
		key = slice_copy(&release->arena, key);
	*map_slot(&release->claims, key) = (void *)(uintptr_t)claim;
}

void claims_index(
    struct release *release, struct facts *const *facts, size_t nfacts)
{
	struct buf text = {0};

	for (size_t i = 0; i < nfacts; i++) {
		for (size_t j = 0; j < facts[i]->claims.n; j++)
			index_claim(release, &text, facts[i]->claims.items[j]);
	}
	buf_release(&text);
}

const struct claim *find_claim(const struct release *release,
    const struct workload *workload, const char *name)
{
	const char *namespace = manifest_namespace(release, workload->manifest);
	struct buf text = {0};
	const struct claim *claim =
	    map_find(&release->claims, object_key(&text, name, namespace));

	buf_release(&text);
	return claim;
}

/* How strict a claim is: the more, the more it stands in the way. */
static int strictness(const struct claim *claim)
{
	if (!claim)
		return 1;
	if (!*claim->access)
		return 0;
	return strcmp(claim->access, "ReadWriteOncePod") ? 2 : 3;
}

/* The strictest claim mounted that several nodes may not use for sure, and the
 * claim itself when it is in the stream. */
static const struct claim_use *exclusive_use(const struct release *release,
    const struct workload *workload, const struct claim **ret_claim)
{
	const struct workload *owner = workload->template_owner;
	const struct claim_use *found = NULL;
	int strictest = 0;

	for (size_t i = 0; i < owner->nclaims; i++) {
		const struct claim_use *use = &owner->claims[i];
		const struct claim *claim =
		    find_claim(release, owner, use->name);

		if (strictness(claim) <= strictest)
			continue;
		strictest = strictness(claim);
		found = use;
		*ret_claim = claim;
	}
	return found;
}

struct fact fact_workload_exclusive_claim(
    const struct release *release, const struct workload *workload)
{
	const struct claim *claim;
	const struct claim_use *use = exclusive_use(release, workload, &claim);

	if (!use)
		return (struct fact){.state = FACT_ABSENT};
	return fact_at(fact_text(use->name), workload->template_owner->manifest,
	    use->line, use->col, use->width);
}

struct fact fact_workload_exclusive_access(
    const struct release *release, const struct workload *workload)
{
	const struct claim *claim = NULL;

	if (!exclusive_use(release, workload, &claim) || !claim)
		return (struct fact){.state = FACT_ABSENT};
	return fact_at(fact_text(claim->access), claim->manifest, claim->line,
	    claim->col, claim->width);
}

static bool has_claim_templates(const struct workload *owner)
{
	for (size_t i = 0; i < owner->nmounts; i++) {
		if (owner->mounts[i].kind == MOUNT_TEMPLATE)
			return true;
	}
	return false;
}

struct fact fact_workload_holds_data(
    const struct release *release, const struct workload *workload)
{
	const struct claim *claim;

	return fact_bool(has_claim_templates(workload->template_owner) ||
			 exclusive_use(release, workload, &claim));
}
