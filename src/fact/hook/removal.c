/* What the delete policies of a hook make of its object: whether it is gone
 * when the next of its name is made, and whether it is gone for others. */
#include "fact/hook/hook.h"

#include "fact/computed.h"

#include <string.h>

static bool is_made(const struct hook_events *hook)
{
	return hook->given && !hook->is_skipped;
}

/* Helm waits for the end of Jobs and Pods alone, so nothing else can fail:
 * pkg/kube/wait.go, WatchUntilReady. */
static bool can_fail(const struct manifest *manifest)
{
	return !strcmp(manifest->kind, "Job") || !strcmp(manifest->kind, "Pod");
}

/*
 * pkg/action/hooks.go of Helm: before-hook-creation is the default only where
 * no policy is written, be it one that Helm does not know.
 */
static const char *runs_that_stay(const struct manifest *manifest)
{
	unsigned removals = manifest->seldom->helm_hook.removals;

	if (!is_made(&manifest->seldom->helm_hook) ||
	    removals & REMOVED_BY_NEXT ||
	    (manifest->seldom->schedule &&
		manifest->seldom->schedule->ends_itself))
		return NULL;
	if (!(removals & (REMOVED_ON_SUCCESS | REMOVED_ON_FAILURE)))
		return "all";
	if (!(removals & REMOVED_ON_SUCCESS))
		return "successful";
	return removals & REMOVED_ON_FAILURE || !can_fail(manifest) ? NULL
								    : "failed";
}

SIMPLE(manifest, left_behind, fact_of_word(runs_that_stay(manifest)))

struct fact fact_manifest_unknown_policy(
    const struct release *release, const struct manifest *manifest)
{
	struct fact fact = fact_manifest_hook_delete_policy(release, manifest);

	if (!is_made(&manifest->seldom->helm_hook) ||
	    !manifest->seldom->schedule->unknown_policy)
		return (struct fact){.state = FACT_ABSENT};
	fact.state = FACT_KNOWN;
	fact.has_value = true;
	fact.text = manifest->seldom->schedule->unknown_policy;
	return fact;
}

static bool is_removed(const struct hook_events *hook, unsigned how)
{
	return is_made(hook) && hook->removals & how;
}

SIMPLE(manifest, removed_on_success,
    fact_bool(is_removed(&manifest->seldom->helm_hook, REMOVED_ON_SUCCESS) ||
	      is_removed(&manifest->seldom->argo_hook, REMOVED_ON_SUCCESS)))

#define ON_UPGRADE (EVENT_PRE_UPGRADE | EVENT_POST_UPGRADE)
#define ON_INSTALL (EVENT_PRE_INSTALL | EVENT_POST_INSTALL)
#define ON_SYNC (EVENT_PRE_SYNC | EVENT_SYNC | EVENT_POST_SYNC)
#define REMOVED_BEFORE_NEXT (REMOVED_BY_NEXT | REMOVED_ON_SUCCESS)

static bool is_remade(const struct hook_events *hook, unsigned events)
{
	return is_removed(hook, REMOVED_BEFORE_NEXT) && hook->events & events;
}

SIMPLE(manifest, made_anew,
    fact_bool(is_remade(&manifest->seldom->helm_hook, ON_UPGRADE) ||
	      is_remade(&manifest->seldom->argo_hook, ON_SYNC)))
SIMPLE(manifest, installed_once,
    fact_bool(is_made(&manifest->seldom->helm_hook) &&
	      !manifest->seldom->argo_hook.given &&
	      manifest->seldom->helm_hook.events & ON_INSTALL &&
	      !(manifest->seldom->helm_hook.events & ON_UPGRADE)))
