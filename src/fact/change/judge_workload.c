/*
 * Workloads that change -> what is refused beyond the fields that nobody may
 * change: Validate...Update() of pkg/apis/apps, batch and core.
 */
#include "fact/change/applier.h"
#include "fact/change/denial.h"

#include <string.h>

static const char *before_at(const struct judging *judging, const char *path)
{
	return kept_value(judging->before->seldom->kept, path);
}

static const char *after_at(const struct judging *judging, const char *path)
{
	return kept_value(judging->after->seldom->kept, path);
}

static bool becomes(
    const struct judging *judging, const char *path, const char *type)
{
	return !strcmp(after_at(judging, path), type) &&
	       strcmp(before_at(judging, path), type) != 0;
}

static bool is_null(const struct kept_leaf *leaf)
{
	return leaf && leaf->is_null;
}

/* What the manifest had of the block goes as a whole, with all that the API
 * server had filled in; what it did not have stays, and so does what is null
 * (see judge_template.c). */
static void judge_recreate(struct judging *judging)
{
	static const char block[] = "spec.strategy.rollingUpdate";
	struct denied denied = {
	    .path = "spec.strategy.type",
	    .to = kept_find(judging->after->seldom->kept, "spec.strategy.type"),
	    .text =
		"server-side apply keeps the default rollingUpdate beside it",
	    .way_out = "remove it with kubectl patch first, or use "
		       "RollingUpdate with maxSurge 0 and maxUnavailable 1",
	    .server_side = true,
	};

	if (becomes(judging, denied.path, "Recreate") &&
	    (!kept_find(judging->before->seldom->kept, block) ||
		is_null(kept_find(judging->after->seldom->kept, block))))
		deny(judging, &denied);
}

void judge_deployment(struct judging *judging)
{
	judge_recreate(judging);
	judge_templates(judging);
}

static void judge_on_delete(struct judging *judging)
{
	static const char block[] = "spec.updateStrategy.rollingUpdate";
	bool is_taken_away =
	    is_null(kept_find(judging->after->seldom->kept, block));
	struct denied denied = {
	    .path = "spec.updateStrategy.type",
	    .to = kept_find(
		judging->after->seldom->kept, "spec.updateStrategy.type"),
	    .text = "the default rollingUpdate stays beside it, which the API "
		    "server refuses",
	    .way_out =
		"remove rollingUpdate with kubectl patch before the upgrade, "
		"or use RollingUpdate with a partition above all pods",
	    .server_side = is_taken_away,
	};

	if (becomes(judging, denied.path, "OnDelete") &&
	    (!kept_find(judging->before->seldom->kept, block) || is_taken_away))
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

/* The completions of a Job that are left out: one, where parallelism is, too
 * (SetDefaults_Job() of pkg/apis/batch/v1).  What was filled in stays, and
 * what was written goes. */
static const char *completions_of(const struct kept *kept)
{
	if (kept_find(kept, "spec.completions"))
		return kept_value(kept, "spec.completions");
	return kept_find(kept, "spec.parallelism") ? "" : "1";
}

static const char *completions_after(const struct judging *judging)
{
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;

	if (kept_find(new, "spec.completions"))
		return kept_value(new, "spec.completions");
	if (!kept_find(old, "spec.completions"))
		return completions_of(old);
	return kept_find(old, "spec.parallelism") ? completions_of(new) : "";
}

static void judge_completions(struct judging *judging, const char *way)
{
	const struct kept *new = judging->after->seldom->kept;
	const char *after = completions_after(judging);
	bool is_tandem =
	    is_indexed(judging->before->seldom->kept) && is_indexed(new);
	struct denied denied = {
	    .path = "spec.completions",
	    .from =
		kept_find(judging->before->seldom->kept, "spec.completions"),
	    .to = kept_find(new, "spec.completions"),
	    .text = is_tandem ? "it can change only together with parallelism, "
				"to the same number"
			      : "the field is immutable",
	    .way_out = way,
	};

	if (strcmp(completions_of(judging->before->seldom->kept), after) != 0 &&
	    !(is_tandem && !strcmp(after, kept_value(new, "spec.parallelism"))))
		deny(judging, &denied);
}

void judge_job(struct judging *judging)
{
	static const char way[] =
	    "use a hook, a name that changes with each release, or delete the "
	    "Job before the upgrade";
	const struct kept *old = judging->before->seldom->kept;
	const struct kept *new = judging->after->seldom->kept;

	judge_completions(judging, way);
	if (!strcmp(kept_value(old, "spec.manualSelector"), "true") &&
	    !strcmp(kept_value(new, "spec.manualSelector"), "true"))
		deny_change(
		    judging, "spec.selector", "the field is immutable", way);
}

static void note_selector(struct judging *judging, const struct kept_leaf *from,
    const struct kept_leaf *to, void *context)
{
	bool *is_told = context;
	struct denied denied = {
	    .path = (to ? to : from)->path,
	    .from = from,
	    .to = to,
	    .text = "it is immutable since Argo Rollouts 1.9, and earlier "
		    "versions orphan the old pods",
	    .way_out =
		"keep the old selector, or give the new Rollout another name",
	    .unsure = true,
	};

	if (*is_told || !path_is_within(denied.path, "spec.selector"))
		return;
	*is_told = true;
	deny(judging, &denied);
}

/* Whether an autoscaler of either release is for a Rollout of that name. */
static bool is_scaled(const struct judging *judging)
{
	const struct manifest *rollout = judging->after;
	struct buf key = {0};
	bool is_scaled;

	buf_printf(&key, "%s/%s", rollout->kind, rollout->name);
	is_scaled = map_find(&judging->scaled, buf_slice(&key));
	buf_release(&key);
	return is_scaled;
}

/* Into a Rollout without a count its controller writes 1, and so owns the field
 * (seen on real clusters); an autoscaler may have made it what is written. */
static void judge_first_count(struct judging *judging)
{
	const struct kept_leaf *to =
	    kept_find(judging->after->seldom->kept, "spec.replicas");
	struct denied denied = {
	    .path = "spec.replicas",
	    .to = to,
	    .text = "the Rollouts controller wrote a count where there was "
		    "none and owns it, and server-side apply does not change "
		    "what others own",
	    .way_out = "leave the field out, or apply with --force-conflicts",
	    .server_side = true,
	};

	if (!to || to->is_null || to->number == 1 ||
	    kept_find(judging->before->seldom->kept, denied.path) ||
	    forces_conflicts(judging->release))
		return;
	denied.unsure = is_scaled(judging);
	deny(judging, &denied);
}

void judge_rollout(struct judging *judging)
{
	bool is_told = false;

	visit_differences(judging, note_selector, &is_told);
	judge_first_count(judging);
}
