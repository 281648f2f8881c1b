/*
 * When an object is applied, read from its annotations: hooks of Helm and of
 * Argo CD, their weights and waves.  Objects without any are applied together.
 */
#include "fact/hook/hook.h"

#include "base/nearest.h"
#include "fact/computed.h"
#include "fact/kind.h"

#include <string.h>
#include <strings.h>

RARE(workload, template_hook)

static const char *const keys[NOTE_MAX] = {
    [NOTE_HOOK] = "helm.sh/hook",
    [NOTE_WEIGHT] = "helm.sh/hook-weight",
    [NOTE_DELETE_POLICY] = "helm.sh/hook-delete-policy",
    [NOTE_LOG_POLICY] = "helm.sh/hook-output-log-policy",
    [NOTE_ARGO_HOOK] = "argocd.argoproj.io/hook",
    [NOTE_WAVE] = "argocd.argoproj.io/sync-wave",
    [NOTE_ARGO_DELETE_POLICY] = "argocd.argoproj.io/hook-delete-policy",
    [NOTE_SYNC_OPTIONS] = "argocd.argoproj.io/sync-options",
    [NOTE_FLUX_FORCE] = "kustomize.toolkit.fluxcd.io/force",
};

/* A word of an annotation, and the bits it stands for. */
struct word {
	const char *text;
	unsigned bits;
};

/* Stands for words that are not in the table. */
#define UNKNOWN_WORD (1u << 15)

/* pkg/release/v1/util/manifest_sorter.go of Helm 4, pkg/releaseutil of Helm 3:
 * test-success is as test, and test-failure was known to Helm 2 alone. */
static const struct word helm_events[] = {{"pre-install", EVENT_PRE_INSTALL},
    {"post-install", EVENT_POST_INSTALL}, {"pre-upgrade", EVENT_PRE_UPGRADE},
    {"post-upgrade", EVENT_POST_UPGRADE}, {"pre-rollback", EVENT_PRE_ROLLBACK},
    {"post-rollback", EVENT_POST_ROLLBACK}, {"pre-delete", EVENT_PRE_DELETE},
    {"post-delete", EVENT_POST_DELETE}, {"test", EVENT_TEST},
    {"test-success", EVENT_TEST}, {"test-failure", EVENT_TEST | UNKNOWN_WORD},
    {NULL, 0}};

static const struct word helm_removals[] = {
    {"before-hook-creation", REMOVED_BY_NEXT},
    {"hook-succeeded", REMOVED_ON_SUCCESS}, {"hook-failed", REMOVED_ON_FAILURE},
    {NULL, 0}};

/* gitops-engine, pkg/sync/common/types.go; the last two are Argo CD's own. */
static const struct word argo_events[] = {{"PreSync", EVENT_PRE_SYNC},
    {"Sync", EVENT_SYNC}, {"PostSync", EVENT_POST_SYNC},
    {"SyncFail", EVENT_SYNC_FAIL}, {"PreDelete", EVENT_PRE_DELETE},
    {"PostDelete", EVENT_POST_DELETE}, {NULL, 0}};

static const struct word argo_removals[] = {
    {"BeforeHookCreation", REMOVED_BY_NEXT},
    {"HookSucceeded", REMOVED_ON_SUCCESS}, {"HookFailed", REMOVED_ON_FAILURE},
    {NULL, 0}};

static unsigned bits_of(
    struct slice item, const struct word *words, bool any_case)
{
	for (; words->text; words++) {
		if (item.len == strlen(words->text) &&
		    !(any_case ? strncasecmp : strncmp)(
			item.ptr, words->text, item.len))
			return words->bits;
	}
	return UNKNOWN_WORD;
}

/* The next item of a list, trimmed as both tools do; an empty list has one
 * item, which is empty.  false at its end, where start is beyond it. */
static bool next_item(struct slice list, size_t *start, struct slice *ret_item)
{
	size_t end = *start;

	if (*start > list.len)
		return false;
	while (end < list.len && list.ptr[end] != ',')
		end++;
	*ret_item =
	    slice_trim((struct slice){list.ptr + *start, end - *start});
	*start = end + 1;
	return true;
}

/* The bits of all items of a list; Helm does not mind their case. */
static unsigned read_words(
    struct slice list, const struct word *words, bool any_case)
{
	unsigned bits = 0;
	size_t start = 0;
	struct slice item;

	while (next_item(list, &start, &item))
		bits |= bits_of(item, words, any_case);
	return bits;
}

static struct slice note_text(
    const struct node *annotations, enum schedule_note note)
{
	struct slice text = {"", 0};

	node_to_text(node_get(annotations, keys[note]), &text);
	return text;
}

/* What a policy says; by default the next one removes it, with either tool.
 * Words that are unknown are none for Argo CD, but for Helm they are a policy.
 */
static uint8_t read_removals(const struct node *annotations,
    enum schedule_note note, const struct word *words, bool is_helm)
{
	unsigned bits = 0;

	if (node_get(annotations, keys[note]))
		bits = read_words(note_text(annotations, note), words, is_helm);
	if (!is_helm)
		bits &= ~UNKNOWN_WORD;
	return (uint8_t)(bits ? bits & ~UNKNOWN_WORD : REMOVED_BY_NEXT);
}

/* Helm leaves out a hook that has an event it does not know, though the others
 * are known. */
static struct hook_events read_helm_hook(const struct node *annotations)
{
	unsigned bits;

	if (!node_get(annotations, keys[NOTE_HOOK]))
		return (struct hook_events){0};
	bits = read_words(note_text(annotations, NOTE_HOOK), helm_events, true);
	return (struct hook_events){
	    .events = (uint16_t)(bits & ~UNKNOWN_WORD),
	    .removals = read_removals(
		annotations, NOTE_DELETE_POLICY, helm_removals, true),
	    .given = true,
	    .is_skipped = bits & UNKNOWN_WORD,
	};
}

/* Argo CD passes over what it does not know, Skip among it. */
static struct hook_events read_argo_hook(const struct node *annotations)
{
	struct slice text = note_text(annotations, NOTE_ARGO_HOOK);
	unsigned bits;

	if (node_is_null(node_get(annotations, keys[NOTE_ARGO_HOOK])))
		return (struct hook_events){0};
	bits = read_words(text, argo_events, false) & ~UNKNOWN_WORD;
	return (struct hook_events){
	    .events = (uint16_t)bits,
	    .removals = read_removals(
		annotations, NOTE_ARGO_DELETE_POLICY, argo_removals, false),
	    .given = true,
	    .is_skipped = !bits,
	};
}

void collect_hooks(
    const struct node *annotations, struct manifest_seldom *seldom)
{
	seldom->helm_hook = read_helm_hook(annotations);
	seldom->argo_hook = read_argo_hook(annotations);
}

/* An annotation is a string; both tools take any other weight as 0.  What has
 * no text at all is none. */
static bool read_number(const struct node *node, int64_t *ret_number)
{
	struct slice text;

	if (!node_to_text(node, &text))
		return true;
	return scalar_of(node).type == SCALAR_STRING &&
	       slice_to_int(text, ret_number);
}

static bool is_written(const struct schedule *schedule, enum schedule_note note)
{
	return schedule->notes[note].state == FACT_KNOWN;
}

/* The first word of a note that is not in the table; NULL for none. */
static const char *read_unknown(struct facts *facts,
    const struct node *annotations, enum schedule_note note,
    const struct word *words, bool any_case)
{
	struct slice list = note_text(annotations, note), item;
	size_t start = 0;

	if (!node_get(annotations, keys[note]))
		return NULL;
	while (next_item(list, &start, &item)) {
		if (bits_of(item, words, any_case) & UNKNOWN_WORD)
			return facts_text(facts, item);
	}
	return NULL;
}

/* Argo CD makes what one of its own events is known of, and leaves out what is
 * to be skipped, as is meant. */
static const char *read_unknown_event(
    struct facts *facts, const struct node *annotations)
{
	struct hook_events argo = read_argo_hook(annotations);
	const char *unknown;

	if (!argo.given)
		return read_unknown(
		    facts, annotations, NOTE_HOOK, helm_events, true);
	if (!argo.is_skipped)
		return NULL;
	unknown = read_unknown(
	    facts, annotations, NOTE_ARGO_HOOK, argo_events, false);
	return unknown && strcmp(unknown, "Skip") ? unknown : NULL;
}

/* The event that an unknown word is nearest to; NULL for none. */
static const char *meant_event(const char *unknown)
{
	const char *names[COUNT_OF(helm_events) + COUNT_OF(argo_events)];
	size_t n = 0;

	for (size_t i = 0; helm_events[i].text; i++) {
		if (!(helm_events[i].bits & UNKNOWN_WORD))
			names[n++] = helm_events[i].text;
	}
	for (size_t i = 0; argo_events[i].text; i++)
		names[n++] = argo_events[i].text;
	return unknown ? nearest(slice_of(unknown), names, n) : NULL;
}

const struct schedule *collect_schedule(
    struct facts *facts, const struct node *object)
{
	const struct node *annotations =
	    node_find(object, "metadata", "annotations", NULL);
	const struct node *nodes[NOTE_MAX];
	struct schedule *schedule;
	bool any = false;

	for (int i = 0; i < NOTE_MAX; i++) {
		nodes[i] = node_get(annotations, keys[i]);
		any |= nodes[i] != NULL;
	}
	if (!any)
		return NULL;
	schedule = arena_alloc(&facts->arena, sizeof(*schedule));
	for (int i = 0; i < NOTE_MAX; i++)
		schedule->notes[i] = facts_node_text(facts, nodes[i], NULL);
	schedule->weight_valid =
	    read_number(nodes[NOTE_WEIGHT], &schedule->weight);
	schedule->wave_valid = read_number(nodes[NOTE_WAVE], &schedule->wave);
	schedule->unknown_policy = read_unknown(
	    facts, annotations, NOTE_DELETE_POLICY, helm_removals, true);
	schedule->unknown_event = read_unknown_event(facts, annotations);
	schedule->ends_itself = !node_is_null(
	    node_find(object, "spec", "ttlSecondsAfterFinished", NULL));
	return schedule;
}

void collect_template_hook(
    struct facts *facts, const struct node *template, struct workload *workload)
{
	const struct node *annotations =
	    node_find(template, "metadata", "annotations", NULL);

	if (!workload->kind->is_pod)
		KEEP_RARE(&facts->arena, workload, template_hook,
		    facts_node_text(
			facts, node_get(annotations, keys[NOTE_HOOK]), NULL));
}

void relate_schedules(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n && !release->uses_argo_cd; i++) {
		const struct manifest *manifest = list->items[i];
		const struct schedule *schedule = manifest->seldom->schedule;

		release->uses_argo_cd =
		    manifest->seldom->argo_hook.given ||
		    (schedule && is_written(schedule, NOTE_WAVE));
	}
}

static enum phase helm_phase(
    const struct manifest *manifest, enum occasion event)
{
	static const struct {
		unsigned before, after;
	} events[OCCASION_MAX] = {
	    [OCCASION_INSTALL] = {EVENT_PRE_INSTALL, EVENT_POST_INSTALL},
	    [OCCASION_UPGRADE] = {EVENT_PRE_UPGRADE, EVENT_POST_UPGRADE},
	};
	const struct hook_events *hook = &manifest->seldom->helm_hook;

	if (hook->is_skipped)
		return PHASE_NEVER;
	if (hook->events & events[event].before)
		return PHASE_BEFORE;
	return hook->events & events[event].after ? PHASE_AFTER : PHASE_NEVER;
}

static enum phase argo_phase(const struct manifest *manifest)
{
	unsigned events = manifest->seldom->argo_hook.events;

	if (events & EVENT_PRE_SYNC)
		return PHASE_BEFORE;
	if (events & EVENT_SYNC)
		return PHASE_WITH;
	return events & EVENT_POST_SYNC ? PHASE_AFTER : PHASE_NEVER;
}

/*
 * A hook of both tools must come in time with either, so the later phase
 * counts; where Argo CD knows none of its own events it takes Helm's.  It
 * knows no install or upgrade: it runs a hook of Helm's for one of them on
 * both, and one that Helm leaves out, so a stream that is for both tools
 * cannot tell.
 */
enum phase manifest_phase(const struct release *release,
    const struct manifest *manifest, enum occasion event)
{
	bool helm = manifest->seldom->helm_hook.given;
	bool argo = manifest->seldom->argo_hook.given &&
		    (!helm || !manifest->seldom->argo_hook.is_skipped);
	enum phase phase, other;

	if (!helm)
		return argo ? argo_phase(manifest) : PHASE_WITH;
	phase = helm_phase(manifest, event);
	if (argo) {
		other = argo_phase(manifest);
		return phase > other ? phase : other;
	}
	if (release->uses_argo_cd &&
	    (manifest->seldom->helm_hook.is_skipped ||
		helm_phase(manifest, OCCASION_INSTALL) !=
		    helm_phase(manifest, OCCASION_UPGRADE)))
		return PHASE_UNKNOWN;
	return phase;
}

int64_t manifest_wave(const struct manifest *manifest)
{
	const struct schedule *schedule = manifest->seldom->schedule;

	if (!schedule)
		return 0;
	return is_written(schedule, NOTE_HOOK) &&
		       !is_written(schedule, NOTE_WAVE)
		   ? schedule->weight
		   : schedule->wave;
}

static struct fact note_of(
    const struct manifest *manifest, enum schedule_note note)
{
	if (!manifest->seldom->schedule)
		return (struct fact){.state = FACT_ABSENT};
	return manifest->seldom->schedule->notes[note];
}

#define NOTE_FACT(field, note)                                              \
	struct fact fact_manifest_##field(                                  \
	    const struct release *release, const struct manifest *manifest) \
	{                                                                   \
		(void)release;                                              \
		return note_of(manifest, note);                             \
	}

NOTE_FACT(hook, NOTE_HOOK)
NOTE_FACT(hook_weight, NOTE_WEIGHT)
NOTE_FACT(hook_delete_policy, NOTE_DELETE_POLICY)
NOTE_FACT(hook_log_policy, NOTE_LOG_POLICY)
NOTE_FACT(argo_hook, NOTE_ARGO_HOOK)
NOTE_FACT(argo_delete_policy, NOTE_ARGO_DELETE_POLICY)
NOTE_FACT(sync_wave, NOTE_WAVE)
NOTE_FACT(sync_options, NOTE_SYNC_OPTIONS)
NOTE_FACT(flux_force, NOTE_FLUX_FORCE)

struct fact fact_manifest_hook_weight_valid(
    const struct release *release, const struct manifest *manifest)
{
	(void)release;
	return fact_bool(!manifest->seldom->schedule ||
			 manifest->seldom->schedule->weight_valid);
}

struct fact fact_manifest_sync_wave_valid(
    const struct release *release, const struct manifest *manifest)
{
	(void)release;
	return fact_bool(!manifest->seldom->schedule ||
			 manifest->seldom->schedule->wave_valid);
}

/* Helm's word stands in its own annotation, Argo CD's in the other. */
struct fact fact_manifest_unknown_event(
    const struct release *release, const struct manifest *manifest)
{
	bool is_argo = manifest->seldom->argo_hook.given;
	struct fact fact =
	    note_of(manifest, is_argo ? NOTE_ARGO_HOOK : NOTE_HOOK);

	(void)release;
	if (!manifest->seldom->schedule ||
	    !manifest->seldom->schedule->unknown_event)
		return (struct fact){.state = FACT_ABSENT};
	fact.text = manifest->seldom->schedule->unknown_event;
	return fact;
}

SIMPLE(manifest, meant_event,
    fact_of_word(manifest->seldom->schedule
		     ? meant_event(manifest->seldom->schedule->unknown_event)
		     : NULL))

struct fact fact_manifest_for_tests(
    const struct release *release, const struct manifest *manifest)
{
	(void)release;
	return fact_bool(is_test_hook(manifest));
}

/* The note by whose policy a hook that fails is removed; Argo CD takes both
 * policies together. */
static enum schedule_note failure_policy(const struct manifest *manifest)
{
	bool is_hook = manifest->seldom->helm_hook.given ||
		       manifest->seldom->argo_hook.given;

	if (is_hook &&
	    manifest->seldom->helm_hook.removals & REMOVED_ON_FAILURE)
		return NOTE_DELETE_POLICY;
	return manifest->seldom->argo_hook.removals & REMOVED_ON_FAILURE
		   ? NOTE_ARGO_DELETE_POLICY
		   : NOTE_MAX;
}

struct fact fact_manifest_removed_on_failure(
    const struct release *release, const struct manifest *manifest)
{
	enum schedule_note note = failure_policy(manifest);
	struct fact fact;

	(void)release;
	if (note == NOTE_MAX)
		return fact_bool(false);
	fact = note_of(manifest, note);
	fact.boolean = true;
	return fact;
}

struct fact fact_manifest_logged_on_failure(
    const struct release *release, const struct manifest *manifest)
{
	struct fact policy = note_of(manifest, NOTE_LOG_POLICY);

	(void)release;
	return fact_bool(
	    policy.state == FACT_KNOWN &&
	    read_words(slice_of(policy.text), helm_removals, true) &
		REMOVED_ON_FAILURE);
}
