/*
 * Pairs of objects -> what the API server refuses on the way to the new
 * release, and on the way back.
 *
 * What it validates is the object as it is after the patch.  A field that the
 * old manifest has and the new one leaves out is taken away and then filled in
 * by default, so leaving out is a change; what neither has stays as it is.
 */
#include "fact/change/denial.h"

#include "fact/change/applier.h"
#include "fact/computed.h"
#include "fact/kind.h"
#include "fact/refusal/refusal.h"
#include "fact/settings.h"

#include <string.h>

/* The first difference below each row that lets nothing change. */
struct fixed {
	const struct kept_row *row;
};

/* In a template of a Job that was suspended and never started the fields that
 * place its pods may change (ValidateJobUpdate(), shouldAllowMutable...() of
 * pkg/registry/batch/job). */
static bool is_free_in_job(const struct judging *judging, const char *path)
{
	static const char *const free_paths[] = {
	    "spec.template.metadata.labels",
	    "spec.template.metadata.annotations",
	    "spec.template.spec.nodeSelector",
	    "spec.template.spec.affinity.nodeAffinity",
	    "spec.template.spec.tolerations",
	    "spec.template.spec.schedulingGates"};
	const char *suspend =
	    kept_value(judging->before->seldom->kept, "spec.suspend");

	for (size_t i = 0; !strcmp(suspend, "true") && i < COUNT_OF(free_paths);
	     i++) {
		if (path_is_within(path, free_paths[i]))
			return true;
	}
	return false;
}

static void note_fixed(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	struct fixed *fixed = context;
	const struct kept_leaf *leaf = to ? to : from;
	const struct kept_row *row = &kept_rows[leaf->row];
	struct denied denied = {
	    .path = leaf->path,
	    .from = from,
	    .to = to,
	    .text = "the field is immutable",
	    .way_out = row->way,
	};

	if (row->how != KEPT_FIXED || row == fixed->row ||
	    is_filled_in(judging, &denied) ||
	    (!strcmp(row->kind, "Job") && is_free_in_job(judging, leaf->path)))
		return;
	fixed->row = row;
	deny(judging, &denied);
}

static const struct {
	const char *group, *kind;
	void (*judge)(struct judging *judging);
} judges[] = {
    {"", "ConfigMap", judge_sealed},
    {"", "PersistentVolume", judge_volume},
    {"", "PersistentVolumeClaim", judge_claim},
    {"", "Pod", judge_pod},
    {"", "ResourceQuota", judge_quota},
    {"", "Secret", judge_sealed},
    {"", "Service", judge_service},
    {"apiextensions.k8s.io", "CustomResourceDefinition", judge_resource},
    {"apps", "DaemonSet", judge_templates},
    {"apps", "Deployment", judge_deployment},
    {"apps", "ReplicaSet", judge_templates},
    {"apps", "StatefulSet", judge_statefulset},
    {"argoproj.io", "Rollout", judge_rollout},
    {"batch", "CronJob", judge_templates},
    {"batch", "Job", judge_job},
    {"networking.k8s.io", "ServiceCIDR", judge_service_cidr},
    {"storage.k8s.io", "CSIDriver", judge_driver},
};

/* Helm finds an object that it does not own: those that it makes as hooks have
 * neither its label nor its annotations (existingResourceConflict() of Helm 3
 * and 4). */
static void judge_former_hook(struct judging *judging)
{
	const struct hook_events *hook = &judging->before->seldom->helm_hook;
	struct denied denied = {
	    .path = "metadata.annotations",
	    .whole = true,
	    .text = "it was created as a hook, and Helm does not adopt objects "
		    "that it does not own",
	    .way_out = "delete the object that the hook left, or give the new "
		       "one another name",
	};

	if (is_applied_by(judging->release, "helm") && hook->given &&
	    !judging->after->seldom->helm_hook.given &&
	    !(hook->removals & REMOVED_ON_SUCCESS) &&
	    (hook->events & (EVENT_PRE_INSTALL | EVENT_POST_INSTALL |
				EVENT_PRE_UPGRADE | EVENT_POST_UPGRADE)))
		deny(judging, &denied);
}

static void judge_pair(struct judging *judging)
{
	const struct manifest *after = judging->after;
	struct fixed fixed = {0};

	if (is_left_alone(judging->release, after))
		return;
	judge_former_hook(judging);
	/* Deleted before it is made anew. */
	if (judging->makes_hooks &&
	    (is_hook(judging->before) || is_hook(after)))
		return;
	if (!judging->before->seldom->kept || !after->seldom->kept ||
	    judging->before->seldom->kept->digest ==
		after->seldom->kept->digest)
		return;
	judge_custom(judging);
	visit_differences(judging, note_fixed, &fixed);
	for (size_t i = 0; i < COUNT_OF(judges); i++) {
		if (!strcmp(judges[i].kind, after->kind) &&
		    !strcmp(judges[i].group, after->group))
			judges[i].judge(judging);
	}
}

/* Whether one of the denials behind the first n is sure, and by all or by
 * server-side apply alone. */
static bool is_refused(const struct judging *judging, size_t n, bool by_one)
{
	for (size_t i = n; i < judging->denials.n; i++) {
		const struct denial *denial = judging->denials.items[i];

		if (denial->sure.boolean &&
		    denial->server_side_only.boolean == by_one)
			return true;
	}
	return false;
}

/* Whether the API server refuses the new object for a value in it; what it
 * lacks may be filled in on the way. */
static bool is_refused_itself(
    const struct judging *judging, const struct manifest *manifest)
{
	const struct vector *refusals =
	    map_find(&judging->refusals, map_address_key(&manifest));

	for (size_t i = 0; refusals && i < refusals->n; i++) {
		const struct refusal *refusal = refusals->items[i];

		if (is_refused_everywhere(refusal) &&
		    !refusal->unfilled.boolean &&
		    strcmp(refusal->class.text, "missing") != 0)
			return true;
	}
	return false;
}

static bool is_changed(const struct manifest *manifest)
{
	const struct kept *new = manifest->seldom->kept,
			  *old = manifest->seldom->other->seldom->kept;

	return new &&old &&new->digest != old->digest;
}

/* What is forced is not refused, but deleted first, with all that belongs to
 * it. */
static void judge_forced(
    struct judging *judging, const struct manifest *manifest)
{
	size_t before = judging->denials.n;
	/* Made by collect and const for everybody but relate. */
	struct manifest *remade = (struct manifest *)(uintptr_t)manifest;

	judge_pair(judging);
	remade->is_remade = is_refused(judging, before, false) ||
			    is_refused(judging, before, true) ||
			    (is_always_remade(judging->release, manifest) &&
				is_changed(manifest));
	judging->denials.n = before;
}

static void judge_both_ways(
    struct judging *judging, const struct manifest *manifest)
{
	size_t before = judging->denials.n;

	judging->before = manifest->seldom->other;
	judging->after = manifest;
	judging->is_back = false;
	if (is_forced(judging->release, manifest)) {
		judge_forced(judging, manifest);
		return;
	}
	judge_pair(judging);
	/* What does not get there need not come back. */
	if (is_refused(judging, before, false) ||
	    is_refused_itself(judging, manifest))
		return;
	judging->got_there_by_merge = is_refused(judging, before, true);
	judging->before = manifest;
	judging->after = manifest->seldom->other;
	judging->is_back = true;
	judge_pair(judging);
	judging->got_there_by_merge = false;
}

static bool has_ordinary(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		if (!is_hook(list->items[i]))
			return true;
	}
	return false;
}

/* kubectl knows nothing of hooks; and a stream of nothing but hooks is no
 * release, but objects that somebody applies as they are, unless it is said who
 * does. */
static bool makes_hooks(const struct release *release)
{
	if (release->settings && release->settings->applied_by)
		return !is_applied_by(release, "kubectl");
	return has_ordinary(release) || has_ordinary(release->previous);
}

void list_denials(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];
	struct judging judging;
	const void **items;
	struct vector *denials = &judging.denials;
	struct aftermath aftermath;

	judging_init(&judging, release);
	judging.makes_hooks = makes_hooks(release);
	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (manifest->seldom->other)
			judge_both_ways(&judging, manifest);
	}
	judge_left_behind(&judging);
	judge_conflicts(&judging);
	items = arena_array(&release->arena, denials->n, sizeof(*items));
	for (size_t i = 0; i < denials->n; i++)
		items[i] = denials->items[i];
	release->lists[ENTITY_denial] = (struct entity_list){denials->n, items};
	add_gaps_of_changes(&judging);
	note_refused(release);
	aftermath_init(&aftermath, release);
	for (size_t i = 0; i < denials->n; i++)
		note_aftermath(release, &aftermath, denials->items[i]);
	aftermath_release(&aftermath);
	judging_release(&judging);
}

SIMPLE(denial, manifest, fact_entity(denial->part.manifest))
SIMPLE(denial, previous, fact_entity(denial->previous))
