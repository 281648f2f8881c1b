/*
 * Workloads that change -> what is refused beyond the fields that nobody may
 * change: Validate...Update() of pkg/apis/apps, batch and core.
 */
#include "fact/change/denial.h"

#include <stdio.h>
#include <string.h>

static const char *before_at(const struct judging *judging, const char *path)
{
	return kept_value(judging->before->kept, path);
}

static const char *after_at(const struct judging *judging, const char *path)
{
	return kept_value(judging->after->kept, path);
}

/* A probe or hook that is null: server-side apply takes what the manifest had
 * of it, and leaves what the API filled in, which is none without a handler. */
static void deny_null(struct judging *judging, const struct kept_leaf *leaf)
{
	const struct kept_leaf *from =
	    kept_find(judging->before->kept, leaf->path);
	struct denied denied = {
	    .path = leaf->path,
	    .text = "server-side apply leaves what the API server had filled "
		    "in, which is refused without what was written",
	    .way_out = "the field left out instead of null",
	    .server_side = true,
	};

	if (from && !from->is_null)
		deny(judging, &denied);
}

/* "spec.template.spec.volumes[1].configMap" is a source of a volume. */
static const char *source_of_volume(const struct kept_leaf *leaf, size_t *ret)
{
	const char *item = strstr(leaf->path, ".volumes[");
	const char *end = item ? strchr(item, ']') : NULL;

	if (!end || end[1] != '.' || !strcmp(end + 2, "name") || leaf->is_null)
		return NULL;
	*ret = (size_t)(end + 1 - leaf->path);
	return end + 2;
}

static bool has_source(const struct kept *kept, const char *item, size_t len)
{
	for (size_t i = 0; i < kept->n; i++) {
		size_t own;

		if (!strncmp(kept->leaves[i].path, item, len) &&
		    source_of_volume(&kept->leaves[i], &own) && own == len)
			return true;
	}
	return false;
}

/* The volume of that name, by the length of the path to it. */
static const struct kept_leaf *find_volume(
    const struct kept *kept, const char *name)
{
	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];
		const char *item = strstr(leaf->path, ".volumes[");
		const char *end = item ? strchr(item, ']') : NULL;

		if (end && !strcmp(end, "].name") && leaf->value &&
		    !strcmp(leaf->value, name))
			return leaf;
	}
	return NULL;
}

/* A volume without a source is an emptyDir, which the API fills in and
 * server-side apply leaves beside the source that is written now. */
static void deny_source(struct judging *judging, const struct kept_leaf *leaf)
{
	size_t len;
	const char *source = source_of_volume(leaf, &len);
	char name[512];
	const struct kept_leaf *old;
	struct denied denied = {
	    .path = leaf->path,
	    .text = "the volume had no source, so the API server made it an "
		    "emptyDir, which server-side apply leaves beside it",
	    .way_out = "emptyDir: null beside the new source, or another name",
	    .server_side = true,
	};

	if (!source || !strcmp(source, "emptyDir"))
		return;
	snprintf(name, sizeof(name), "%.*s.name", (int)len, leaf->path);
	old = find_volume(
	    judging->before->kept, kept_value(judging->after->kept, name));
	if (old && !has_source(judging->before->kept, old->path,
		       strlen(old->path) - strlen(".name")))
		deny(judging, &denied);
}

void judge_templates(struct judging *judging)
{
	const struct kept *kept = judging->after->kept;

	for (size_t i = 0; i < kept->n; i++) {
		const struct kept_leaf *leaf = &kept->leaves[i];

		if (kept_rows[leaf->row].how == KEPT_SHALLOW && !leaf->value)
			deny_source(judging, leaf);
		if (kept_rows[leaf->row].how == KEPT_BRANCH && leaf->is_null)
			deny_null(judging, leaf);
	}
}

/* The API fills in both of what a rolling update may do; what the manifest did
 * not have stays when the other type is applied. */
static bool leaves_rolling_update(
    const struct judging *judging, const char *const *paths, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!kept_find(judging->before->kept, paths[i]))
			return true;
	}
	return false;
}

static void judge_recreate(struct judging *judging)
{
	static const char *const paths[] = {
	    "spec.strategy.rollingUpdate.maxSurge",
	    "spec.strategy.rollingUpdate.maxUnavailable"};
	const struct kept_leaf *null =
	    kept_find(judging->after->kept, "spec.strategy.rollingUpdate");
	struct denied denied = {
	    .path = "spec.strategy.type",
	    .to = kept_find(judging->after->kept, "spec.strategy.type"),
	    .text = "the rollingUpdate that the API server had filled in stays "
		    "beside it under server-side apply, and the two are "
		    "refused together",
	    .way_out = "rollingUpdate: null beside it, or RollingUpdate with "
		       "maxSurge 0 and maxUnavailable 1",
	    .server_side = true,
	};

	if (strcmp(after_at(judging, "spec.strategy.type"), "Recreate") ||
	    !strcmp(before_at(judging, "spec.strategy.type"), "Recreate") ||
	    (null && null->is_null))
		return;
	if (leaves_rolling_update(judging, paths, COUNT_OF(paths)))
		deny(judging, &denied);
}

void judge_deployment(struct judging *judging)
{
	judge_recreate(judging);
	judge_templates(judging);
}

static void judge_on_delete(struct judging *judging)
{
	static const char *const path[] = {
	    "spec.updateStrategy.rollingUpdate.partition"};
	const struct kept_leaf *block = kept_find(
	    judging->before->kept, "spec.updateStrategy.rollingUpdate");
	const struct kept_leaf *null = kept_find(
	    judging->after->kept, "spec.updateStrategy.rollingUpdate");
	struct denied denied = {
	    .path = "spec.updateStrategy.type",
	    .to = kept_find(judging->after->kept, "spec.updateStrategy.type"),
	    .text = "the rollingUpdate that the API server had filled in stays "
		    "beside it, and the two are refused together",
	    .way_out = "kubectl patch takes rollingUpdate away before the "
		       "upgrade, or RollingUpdate with a partition above all "
		       "pods",
	};

	if (strcmp(after_at(judging, "spec.updateStrategy.type"), "OnDelete") ||
	    !strcmp(
		before_at(judging, "spec.updateStrategy.type"), "OnDelete") ||
	    (null && null->is_null))
		return;
	/* A block that was written goes away as a whole in a merge. */
	denied.server_side = block != NULL;
	if (!block || leaves_rolling_update(judging, path, 1))
		deny(judging, &denied);
}

void judge_statefulset(struct judging *judging)
{
	judge_on_delete(judging);
	judge_templates(judging);
}

static bool is_indexed(const struct kept *kept)
{
	return !strcmp(kept_value(kept, "spec.completionMode"), "Indexed");
}

void judge_job(struct judging *judging)
{
	static const char way[] =
	    "a hook, a name that changes with each release, or the Job "
	    "deleted before the upgrade";
	const struct kept *old = judging->before->kept;
	const struct kept *new = judging->after->kept;
	const char *completions = kept_value(new, "spec.completions");

	if (!is_indexed(old) || !is_indexed(new))
		deny_change(judging, "spec.completions",
		    "the API server lets nobody change it", way);
	else if (strcmp(completions, kept_value(new, "spec.parallelism")))
		deny_change(judging, "spec.completions",
		    "it may change only together with parallelism, to the same "
		    "number",
		    way);
	if (!strcmp(kept_value(old, "spec.manualSelector"), "true") &&
	    !strcmp(kept_value(new, "spec.manualSelector"), "true"))
		deny_change(judging, "spec.selector",
		    "the API server lets nobody change it", way);
}

/* A deadline may be set or come down. */
static void judge_deadline(struct judging *judging)
{
	static const char path[] = "spec.activeDeadlineSeconds";
	const struct kept_leaf *from = kept_find(judging->before->kept, path);
	const struct kept_leaf *to = kept_find(judging->after->kept, path);

	if (from && (!to || to->number > from->number))
		deny_change(judging, path,
		    "of a pod that runs it may only be set or come down",
		    "the Pod deleted before the upgrade");
}

/* Tolerations may be added, gates taken away, policies left to the API. */
static void note_pod(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	const char *path = (to ? to : from)->path;
	bool *is_told = context;
	bool bad = false;

	if (path_is_within(path, "spec.schedulingGates"))
		bad = from == NULL;
	else if (path_is_within(path, "spec.tolerations"))
		bad = from != NULL;
	else if (strstr(path, "imagePullPolicy"))
		bad = from && to;
	if (!bad || *is_told)
		return;
	*is_told = true;
	deny_change(judging, path, "of a pod that runs it may not change",
	    "the Pod deleted before the upgrade");
}

void judge_pod(struct judging *judging)
{
	bool is_told = false;

	judge_deadline(judging);
	visit_differences(judging, note_pod, &is_told);
}

static void note_selector(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	bool *is_told = context;
	struct denied denied = {
	    .path = (to ? to : from)->path,
	    .from = from,
	    .to = to,
	    .text = "since 1.9 the CustomResourceDefinition of Argo Rollouts "
		    "lets nobody change it, and before it orphans the old pods",
	    .way_out = "the old selector stays, or the new Rollout gets "
		       "another name",
	    .unsure = true,
	};

	if (*is_told || !path_is_within(denied.path, "spec.selector"))
		return;
	*is_told = true;
	deny(judging, &denied);
}

void judge_rollout(struct judging *judging)
{
	bool is_told = false;

	visit_differences(judging, note_selector, &is_told);
}
