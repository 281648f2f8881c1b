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
	const struct kept_leaf *from =
	    kept_find(judging->before->seldom->kept, path);
	const struct kept_leaf *to =
	    kept_find(judging->after->seldom->kept, path);

	if (from && (!to || to->number < from->number))
		deny_change(judging, path, "a claim cannot shrink",
		    "keep the old size, or create a new claim and copy the "
		    "data to it");
}

/* The controller writes the name of the volume that it has bound. */
static void judge_volume_name(struct judging *judging)
{
	static const char path[] = "spec.volumeName";
	struct denied denied = {
	    .path = path,
	    .from = kept_find(judging->before->seldom->kept, path),
	    .to = kept_find(judging->after->seldom->kept, path),
	    .text = "the claim is bound to a volume and stays bound",
	    .way_out = "create a new claim under another name",
	};

	if (!differs(judging, path))
		return;
	if (!denied.from)
		denied.text = "only the volume that the claim is already bound "
			      "to is accepted";
	denied.unsure = !denied.from;
	deny(judging, &denied);
}

/* A claim that was made without a class has that of the cluster's default since
 * then; where there was none, a class may be given
 * (validateStorageClassUpgradeFromNil()). */
static void judge_class(struct judging *judging)
{
	static const char path[] = "spec.storageClassName";
	struct denied denied = {
	    .path = path,
	    .from = kept_find(judging->before->seldom->kept, path),
	    .to = kept_find(judging->after->seldom->kept, path),
	    .text = "the field is immutable",
	    .way_out = "create a new claim and copy the data to it",
	};

	if (!differs(judging, path))
		return;
	if (!denied.from)
		denied.text = "it is refused unless it is the class that the "
			      "claim was given, or it was given none";
	denied.unsure = !denied.from;
	deny(judging, &denied);
}

/* Another one may come, but none is no more once it was applied. */
static void judge_attributes(struct judging *judging)
{
	static const char path[] = "spec.volumeAttributesClassName";

	if (kept_has(judging->before->seldom->kept, path) &&
	    !kept_has(judging->after->seldom->kept, path))
		deny_change(judging, path,
		    "a class that was applied may change but not go",
		    "the old class, or another one");
}

void judge_claim(struct judging *judging)
{
	judge_size(judging);
	judge_volume_name(judging);
	judge_class(judging);
	judge_attributes(judging);
}

/* Whether all scopes of one quota are among those of another; they are a
 * set. */
static bool has_scopes(const struct kept *quota, const struct kept *other)
{
	static const char list[] = "spec.scopes";

	for (size_t i = 0; i < other->n; i++) {
		const struct kept_leaf *leaf = &other->leaves[i];
		bool found = false;

		if (!leaf->value || !path_is_within(leaf->path, list))
			continue;
		for (size_t j = 0; j < quota->n; j++)
			found |= quota->leaves[j].value &&
				 path_is_within(quota->leaves[j].path, list) &&
				 !strcmp(quota->leaves[j].value, leaf->value);
		if (!found)
			return false;
	}
	return true;
}

void judge_quota(struct judging *judging)
{
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;
	struct denied denied = {
	    .path = "spec.scopes",
	    .text = "they are immutable",
	    .way_out =
		"use another name, or delete the object before the upgrade",
	};

	if (!has_scopes(old, new) || !has_scopes(new, old))
		deny(judging, &denied);
}

/* Both have defaults (SetDefaults_CSIDriver() of pkg/apis/storage/v1). */
static void judge_driver_field(
    struct judging *judging, const char *path, const char *otherwise)
{
	const char *from = kept_value(judging->before->seldom->kept, path);
	const char *to = kept_value(judging->after->seldom->kept, path);
	struct denied denied = {
	    .path = path,
	    .from = kept_find(judging->before->seldom->kept, path),
	    .to = kept_find(judging->after->seldom->kept, path),
	    .text = "the field is immutable",
	    .way_out = "the object deleted before the upgrade",
	};

	if (strcmp(*from ? from : otherwise, *to ? to : otherwise) != 0)
		deny(judging, &denied);
}

void judge_driver(struct judging *judging)
{
	judge_driver_field(judging, "spec.attachRequired", "true");
	judge_driver_field(
	    judging, "spec.volumeLifecycleModes[0]", "Persistent");
	judge_driver_field(judging, "spec.volumeLifecycleModes[1]", "");
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
		!kept_has(judging->before->seldom->kept, "spec.nodeAffinity")))
		return;
	*is_told = true;
	deny_change(judging, path, "the location of a volume is immutable",
	    "create a new PersistentVolume under another name");
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
	deny_change(judging, path, "the old object has immutable: true",
	    "use a name that changes with the data, or delete the object "
	    "before the upgrade");
}

void judge_sealed(struct judging *judging)
{
	bool is_told = false;

	if (!strcmp(
		kept_value(judging->before->seldom->kept, "immutable"), "true"))
		visit_differences(judging, note_data, &is_told);
}

/* A text as it is, where nothing is known of the field that it stands in. */
static const char *plain(const char *value)
{
	return value + (*value == '"');
}

/* The index of a version at whose name a leaf is; or -1. */
static int version_at(const struct kept_leaf *leaf)
{
	const char *end = strrchr(leaf->path, ']');
	int number = -1;

	if (!leaf->value || !end || strcmp(end, "].name") ||
	    sscanf(leaf->path, "spec.versions[%d].name", &number) != 1)
		return -1;
	return number;
}

static bool is_so(const struct kept *kept, int version, const char *field)
{
	char path[64];

	snprintf(path, sizeof(path), "spec.versions[%d].%s", version, field);
	return !strcmp(kept_value(kept, path), "true");
}

/* The index of the version of a name; or -1. */
static int find_version(const struct kept *kept, const char *name)
{
	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];
		int version = version_at(leaf);

		if (version >= 0 && !strcmp(plain(leaf->value), name))
			return version;
	}
	return -1;
}

const char *find_unserved(
    const struct kept *old, const struct kept *new, size_t *index)
{
	for (; *index < old->n; ++*index) {
		const struct kept_leaf *leaf = &old->leaves[*index];
		int before = version_at(leaf), now;

		if (before < 0 || !is_so(old, before, "served"))
			continue;
		now = find_version(new, plain(leaf->value));
		if (now < 0 || !is_so(new, now, "served"))
			return plain(old->leaves[(*index)++].value);
	}
	return NULL;
}

static void deny_version(struct judging *judging, const struct kept_leaf *name)
{
	struct denied denied = {
	    .path = "spec.versions",
	    .from = name,
	    .text = "objects are stored in that version, so it must stay",
	    .way_out =
		"keep the version with served: false until its objects are "
		"migrated and status.storedVersions no longer lists it",
	};

	if (find_version(judging->after->seldom->kept, plain(name->value)) < 0)
		deny(judging, &denied);
}

/* What status.storedVersions has or, where only a manifest is known, the
 * version that it stores. */
static void judge_stored_versions(struct judging *judging)
{
	const struct kept *old = judging->before->seldom->kept;
	bool is_live = kept_has(old, "status.storedVersions");

	for (size_t i = 0; i < old->n; i++) {
		const struct kept_leaf *leaf = &old->leaves[i];
		int number = version_at(leaf);

		if (is_live) {
			if (leaf->value &&
			    path_is_within(leaf->path, "status.storedVersions"))
				deny_version(judging, leaf);
			continue;
		}
		if (number >= 0 && is_so(old, number, "storage"))
			deny_version(judging, leaf);
	}
}

void judge_resource(struct judging *judging)
{
	static const char path[] = "spec.preserveUnknownFields";

	judge_stored_versions(judging);
	if (!strcmp(kept_value(judging->after->seldom->kept, path), "true"))
		deny_change(judging, path, "it cannot be turned on again",
		    "use x-kubernetes-preserve-unknown-fields in the "
		    "schema");
}

/* A second family may be added. */
void judge_service_cidr(struct judging *judging)
{
	static const char way[] = "add another ServiceCIDR";
	const struct kept *old = judging->before->seldom->kept;

	deny_change(judging, "spec.cidrs[0]", "the field is immutable", way);
	if (kept_find(old, "spec.cidrs[1]"))
		deny_change(
		    judging, "spec.cidrs[1]", "the field is immutable", way);
}
