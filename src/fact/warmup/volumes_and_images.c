/*
 * What Jobs that warm up share with the workloads they warm: claims, paths and
 * images; and from these what is lost, contended for, or of another version.
 */
#include "fact/warmup/warmup.h"

#include "fact/computed.h"
#include "fact/image.h"
#include "fact/kind.h"
#include "fact/limits.h"
#include "fact/namespace.h"
#include "fact/pod/pod.h"
#include "fact/settings.h"

#include <string.h>

/* Containers with images of one key, each of another version. */
struct versions {
	const struct container **items;
	size_t n;
	bool is_cut; /* there are more */
};

/* What workloads that run on have, by name and namespace: the first of them.
 */
struct shares {
	struct release *release;
	struct map claims, templates, paths;
	struct map images; /* image_key() to struct versions */
	bool any;
	bool is_open; /* a Rollout's template is not in the stream */
};

/* No namespace is called "*". */
static struct slice share_key(
    struct buf *buf, const char *namespace, struct slice name)
{
	buf_clear(buf);
	buf_printf(buf, "%s/%.*s", namespace, SLICE_ARGS(name));
	return buf_slice(buf);
}

static void put(struct shares *shares, struct map *map, struct slice key,
    const struct workload *workload)
{
	if (!map_find(map, key))
		*map_slot(map, slice_copy(&shares->release->arena, key)) =
		    (void *)(uintptr_t)workload;
}

/* Kept by its namespace, and as in any. */
static void add_sharer(struct shares *shares, struct map *map,
    struct slice name, const struct workload *workload)
{
	const char *namespace =
	    manifest_namespace(shares->release, workload->manifest);
	struct buf buf = {0};

	put(shares, map, share_key(&buf, namespace, name), workload);
	put(shares, map, share_key(&buf, "*", name), workload);
	buf_release(&buf);
}

static struct versions *versions_of(
    struct shares *shares, const struct container *container)
{
	struct arena *arena = &shares->release->arena;
	struct buf key = {0};
	struct versions *versions;

	image_key(container, &key);
	versions = map_find(&shares->images, buf_slice(&key));
	if (!versions) {
		versions = arena_alloc(arena, sizeof(*versions));
		*map_slot(&shares->images, slice_copy(arena, buf_slice(&key))) =
		    versions;
	}
	buf_release(&key);
	return versions;
}

/* Grows at each power of two, which is what the list has room for. */
static void keep_version(struct arena *arena, struct versions *versions,
    const struct container *container)
{
	const struct container **items = versions->items;
	size_t n = versions->n;

	if (!(n & (n - 1))) {
		versions->items =
		    arena_array(arena, n ? 2 * n : 1, sizeof(*items));
		if (n)
			memcpy(versions->items, items, n * sizeof(*items));
	}
	versions->items[versions->n++] = container;
}

static void add_version(
    struct shares *shares, const struct container *container)
{
	int64_t most = limit_most(shares->release, LIMIT_IMAGE_VERSIONS);
	struct versions *versions;

	if (!*container->image_name)
		return;
	versions = versions_of(shares, container);
	for (size_t i = 0; i < versions->n; i++) {
		if (!strcmp(
			versions->items[i]->image.text, container->image.text))
			return;
	}
	if ((int64_t)versions->n < most)
		keep_version(&shares->release->arena, versions, container);
	else
		versions->is_cut = true;
}

/* The pods' own claims are TEMPLATE-STATEFULSET-NUMBER. */
static void add_template(struct shares *shares, const struct mount *mount,
    const struct workload *workload)
{
	struct buf key = {0};

	buf_printf(&key, "%s-%s", mount->volume, workload->manifest->name);
	add_sharer(shares, &shares->templates, buf_slice(&key), workload);
	buf_release(&key);
}

static void add_shares(struct shares *shares, const struct workload *workload)
{
	shares->any = true;
	shares->is_open |=
	    !workload->has_template && workload->template_owner == workload;
	for (size_t i = 0; i < workload->nclaims; i++)
		add_sharer(shares, &shares->claims,
		    slice_of(workload->claims[i].name), workload);
	for (size_t i = 0; i < workload->nmounts; i++) {
		const struct mount *mount = &workload->mounts[i];

		add_sharer(
		    shares, &shares->paths, slice_of(mount->path), workload);
		if (mount->kind == MOUNT_TEMPLATE)
			add_template(shares, mount, workload);
	}
	for (size_t i = 0; i < workload->ncontainers; i++)
		add_version(shares, &workload->containers[i]);
}

/* Who has it in the Job's namespace; with TRI_UNKNOWN in one that may be it. */
static const struct workload *find_sharer(const struct shares *shares,
    const struct map *map, struct slice name, const struct workload *job,
    enum tri least)
{
	const char *namespace =
	    manifest_namespace(shares->release, job->manifest);
	const struct workload *found;
	struct buf buf = {0};

	found = map_find(map, share_key(&buf, namespace, name));
	if (!found && least == TRI_UNKNOWN)
		found =
		    map_find(map, share_key(&buf, *namespace ? "" : "*", name));
	buf_release(&buf);
	return found;
}

/* A claim without the number at its end, as a StatefulSet's template has it. */
static struct slice without_number(struct slice claim)
{
	while (claim.len && claim.ptr[claim.len - 1] >= '0' &&
	       claim.ptr[claim.len - 1] <= '9')
		claim.len--;
	if (claim.len && claim.ptr[claim.len - 1] == '-')
		claim.len--;
	return claim;
}

static bool is_claim_shared(const struct shares *shares,
    const struct workload *job, const struct mount *mount)
{
	struct slice claim = slice_of(mount->claim);

	return find_sharer(shares, &shares->claims, claim, job, TRI_UNKNOWN) ||
	       find_sharer(shares, &shares->templates, without_number(claim),
		   job, TRI_UNKNOWN);
}

/* Whether one of the words of a name or path says that programs keep there what
 * nobody misses: with a root that is read-only each such place is a volume. */
static bool says_scratch(const char *text)
{
	static const char *const words[] = {"tmp", "temp", "scratch", "empty",
	    "run", "pid", "pids", "shm", "log", "logs", "etc", "conf",
	    "config"};

	while (*text) {
		size_t len = strcspn(text, "/-_.");

		for (size_t i = 0; i < COUNT_OF(words); i++) {
			if (len == strlen(words[i]) &&
			    !strncmp(text, words[i], len))
				return true;
		}
		text += len + (text[len] != '\0');
	}
	return false;
}

/* A volume of the pod's own is meant to be more than scratch when its name or
 * path says so, or a workload has something at the same path. */
static bool is_meant_to_stay(const struct shares *shares,
    const struct workload *job, const struct mount *mount)
{
	const struct name_list *warmup = shares->release->settings->warmup;

	if (says_scratch(mount->path) || says_scratch(mount->volume))
		return false;
	return name_list_has(warmup, slice_of(mount->volume)) ||
	       name_list_has(warmup, slice_of(mount->path)) ||
	       find_sharer(
		   shares, &shares->paths, slice_of(mount->path), job, TRI_YES);
}

/* What of the Job's volumes is lost, when nothing else takes what it makes. */
static const struct mount *find_discarded(
    const struct shares *shares, const struct workload *job)
{
	const struct mount *found = NULL;

	for (size_t i = 0; i < job->nmounts; i++) {
		const struct mount *mount = &job->mounts[i];
		bool is_claim = mount->kind == MOUNT_CLAIM;

		if (mount->read_only)
			continue;
		if (is_claim ? is_claim_shared(shares, job, mount)
			     : mount->kind != MOUNT_POD)
			return NULL;
		if (!found &&
		    (is_claim || is_meant_to_stay(shares, job, mount)))
			found = mount;
	}
	return found;
}

static void find_claims(const struct shares *shares, struct warmup *warmup)
{
	const struct workload *job = warmup->workload;

	for (size_t i = 0; i < job->nclaims && !warmup->user; i++) {
		const struct claim_use *use = &job->claims[i];
		const struct claim *claim =
		    find_claim(shares->release, job, use->name);
		const struct workload *user = find_sharer(
		    shares, &shares->claims, slice_of(use->name), job, TRI_YES);

		if (!claim || !*claim->access || !user || job->stays_close)
			continue;
		warmup->user = user;
		warmup->claim = fact_at(fact_text(use->name), job->manifest,
		    use->line, use->col, use->width);
		warmup->access = fact_at(fact_text(claim->access),
		    claim->manifest, claim->line, claim->col, claim->width);
	}
}

/* The first container with that image when all of them run another version;
 * with too many versions the answer is unknown. */
static const struct container *find_fresh(const struct shares *shares,
    const struct container *container, const struct manifest *job)
{
	const struct versions *versions;
	struct buf key = {0};

	image_key(container, &key);
	versions = map_find(&shares->images, buf_slice(&key));
	buf_release(&key);
	if (!versions)
		return NULL;
	if (versions->is_cut) {
		limit_reached(shares->release, LIMIT_IMAGE_VERSIONS, job);
		return NULL;
	}
	for (size_t i = 0; i < versions->n; i++) {
		if (!image_versions_differ(container, versions->items[i]))
			return NULL;
	}
	return versions->items[0];
}

static void mark_stale(struct warmup *warmup, const struct container *container)
{
	warmup->stale = container;
	((struct container *)(uintptr_t)container)->is_stale = true;
}

static void find_stale(const struct shares *shares, struct warmup *warmup)
{
	const struct workload *job = warmup->workload;

	for (size_t i = 0; i < job->ncontainers && !warmup->stale; i++) {
		warmup->fresh =
		    find_fresh(shares, &job->containers[i], job->manifest);
		if (warmup->fresh)
			mark_stale(warmup, &job->containers[i]);
	}
}

static void share(const struct shares *shares, struct warmup *warmup)
{
	const struct workload *job = warmup->workload;
	const struct mount *mount;

	if (!job || runs_on(job))
		return;
	/* Made by collect and const for everybody but relate. */
	workload_seldom(
	    &shares->release->arena, (struct workload *)(uintptr_t)job)
	    ->warmup = warmup;
	find_claims(shares, warmup);
	find_stale(shares, warmup);
	mount = find_discarded(shares, job);
	if (shares->any && !shares->is_open && mount)
		warmup->discarded = fact_at(fact_text(mount->volume),
		    job->manifest, mount->line, mount->col, mount->width);
}

void relate_shares(struct release *release)
{
	const struct entity_list *warmups = &release->lists[ENTITY_warmup];
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	struct shares shares = {.release = release};

	for (size_t i = 0; i < workloads->n && warmups->n; i++) {
		if (runs_on(workloads->items[i]))
			add_shares(&shares, workloads->items[i]);
	}
	for (size_t i = 0; i < warmups->n; i++)
		share(&shares, (struct warmup *)(uintptr_t)warmups->items[i]);
	map_release(&shares.claims);
	map_release(&shares.templates);
	map_release(&shares.paths);
	map_release(&shares.images);
}

SIMPLE(warmup, mounts_claim,
    fact_bool(warmup->workload && warmup->workload->nclaims))
SIMPLE(warmup, discarded, warmup->discarded)
SIMPLE(warmup, shared_claim, warmup->claim)
SIMPLE(warmup, shared_access, warmup->access)
SIMPLE(warmup, shared_with, fact_entity(warmup->user))
SIMPLE(warmup, stale, fact_entity(warmup->stale))
SIMPLE(warmup, fresh, fact_entity(warmup->fresh))
