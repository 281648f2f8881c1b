/*
 * Claims, volumes and configuration that change, and the kinds of custom
 * resources -> what is refused: Validate...Update() of pkg/apis/core and of
 * k8s.io/apiextensions-apiserver.
 */
#include "fact/change/denial.h"

#include <stdio.h>
#include <string.h>

/* A claim grows, when its class lets it, and never gets smaller. */
static void judge_size(struct judging *judging)
{
	static const char path[] = "spec.resources.requests.storage";
	const struct kept_leaf *from = kept_find(judging->before->kept, path);
	const struct kept_leaf *to = kept_find(judging->after->kept, path);

	if (from && (!to || to->number < from->number))
		deny_change(judging, path, "a claim cannot get smaller",
		    "the old size, or a new claim and the data copied to it");
}

/* The controller writes the name of the volume that it has bound. */
static void judge_volume_name(struct judging *judging)
{
	static const char path[] = "spec.volumeName";
	struct denied denied = {
	    .path = path,
	    .from = kept_find(judging->before->kept, path),
	    .to = kept_find(judging->after->kept, path),
	    .text = "the claim is bound to a volume, and stays so",
	    .way_out = "a new claim under another name",
	};

	if (!differs(judging, path))
		return;
	if (!denied.from)
		denied.text = "it is refused unless it is the volume that the "
			      "claim is bound to already";
	denied.unsure = !denied.from;
	deny(judging, &denied);
}

void judge_claim(struct judging *judging)
{
	judge_size(judging);
	judge_volume_name(judging);
}

/* Fields of a PersistentVolume that are no source. */
static bool may_change(const char *path)
{
	static const char *const paths[] = {"spec.accessModes", "spec.capacity",
	    "spec.claimRef", "spec.mountOptions",
	    "spec.persistentVolumeReclaimPolicy", "spec.storageClassName",
	    "spec.volumeAttributesClassName",
	    "spec.csi.controllerExpandSecretRef"};

	for (size_t i = 0; i < COUNT_OF(paths); i++) {
		if (path_is_within(path, paths[i]))
			return true;
	}
	return false;
}

static void note_source(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	const char *path = (to ? to : from)->path;
	bool *is_told = context;

	/* Affinity may be set once. */
	if (*is_told || may_change(path) ||
	    (path_is_within(path, "spec.nodeAffinity") &&
		!kept_has(judging->before->kept, "spec.nodeAffinity")))
		return;
	*is_told = true;
	deny_change(judging, path,
	    "where a volume is stays as long as its object does",
	    "a new PersistentVolume under another name");
}

void judge_volume(struct judging *judging)
{
	bool is_told = false;

	visit_differences(judging, note_source, &is_told);
}

static void note_data(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	const char *path = (to ? to : from)->path;
	bool *is_told = context;

	if (*is_told || kept_rows[(to ? to : from)->row].how != KEPT_KEPT)
		return;
	*is_told = true;
	deny_change(judging, path,
	    "the old object says immutable: true, which seals its data",
	    "a name that changes with the data, or the object deleted before "
	    "the upgrade");
}

void judge_sealed(struct judging *judging)
{
	bool is_told = false;

	if (!strcmp(kept_value(judging->before->kept, "immutable"), "true"))
		visit_differences(judging, note_data, &is_told);
}

/* Whether the new definition has a version of that name. */
static bool has_version(const struct kept *kept, const char *name)
{
	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];
		const char *end = strrchr(leaf->path, ']');

		if (!strncmp(leaf->path, "spec.versions[", 14) && end &&
		    !strcmp(end, "].name") && leaf->value &&
		    !strcmp(leaf->value, name))
			return true;
	}
	return false;
}

static void deny_version(struct judging *judging, const struct kept_leaf *name)
{
	struct denied denied = {
	    .path = "spec.versions",
	    .from = name,
	    .text = "objects have been stored as that version, so it must "
		    "stay",
	    .way_out = "the version stays with served: false until its objects "
		       "are stored anew and status.storedVersions has it no "
		       "more",
	};

	if (!has_version(judging->after->kept, name->value))
		deny(judging, &denied);
}

/* What status.storedVersions has or, where only a manifest is known, the
 * version that it stores. */
static void judge_stored_versions(struct judging *judging)
{
	const struct kept *old = judging->before->kept;
	bool is_live = kept_has(old, "status.storedVersions");

	for (size_t i = 0; i < old->n; i++) {
		const struct kept_leaf *leaf = &old->leaves[i];
		char storage[64];
		int number = 0;

		if (is_live) {
			if (leaf->value &&
			    path_is_within(leaf->path, "status.storedVersions"))
				deny_version(judging, leaf);
			continue;
		}
		if (sscanf(leaf->path, "spec.versions[%d].name", &number) !=
			1 ||
		    !leaf->value || !strstr(leaf->path, "].name"))
			continue;
		snprintf(storage, sizeof(storage), "spec.versions[%d].storage",
		    number);
		if (!strcmp(kept_value(old, storage), "true"))
			deny_version(judging, leaf);
	}
}

void judge_resource(struct judging *judging)
{
	static const char path[] = "spec.preserveUnknownFields";

	judge_stored_versions(judging);
	if (!strcmp(kept_value(judging->after->kept, path), "true"))
		deny_change(judging, path, "it may not be turned on again",
		    "x-kubernetes-preserve-unknown-fields in the schema");
}

/* A second family may be added. */
void judge_service_cidr(struct judging *judging)
{
	static const char way[] = "another ServiceCIDR beside it";
	const struct kept *old = judging->before->kept;

	deny_change(judging, "spec.cidrs[0]",
	    "the API server lets nobody change it", way);
	if (kept_find(old, "spec.cidrs[1]"))
		deny_change(judging, "spec.cidrs[1]",
		    "the API server lets nobody change it", way);
}
