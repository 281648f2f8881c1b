/*
 * When an object is applied, read from its annotations: hooks of Helm and of
 * Argo CD, their weights and waves.  Objects without any are applied together.
 */
#include "fact/hook/hook.h"

#include <string.h>
#include <strings.h>

static const char *const keys[NOTE_MAX] = {
    [NOTE_HOOK] = "helm.sh/hook",
    [NOTE_WEIGHT] = "helm.sh/hook-weight",
    [NOTE_DELETE_POLICY] = "helm.sh/hook-delete-policy",
    [NOTE_LOG_POLICY] = "helm.sh/hook-output-log-policy",
    [NOTE_ARGO_HOOK] = "argocd.argoproj.io/hook",
    [NOTE_WAVE] = "argocd.argoproj.io/sync-wave",
    [NOTE_ARGO_DELETE_POLICY] = "argocd.argoproj.io/hook-delete-policy",
    [NOTE_SYNC_OPTIONS] = "argocd.argoproj.io/sync-options",
};

struct phase_name {
	const char *name;
	enum phase phase;
};

static const struct phase_name helm_names[OCCASION_MAX][2] = {
    [OCCASION_INSTALL] = {{"pre-install", PHASE_BEFORE},
	{"post-install", PHASE_AFTER}},
    [OCCASION_UPGRADE] = {{"pre-upgrade", PHASE_BEFORE},
	{"post-upgrade", PHASE_AFTER}},
};

static const struct phase_name argo_names[] = {
    {"PreSync", PHASE_BEFORE}, {"Sync", PHASE_WITH}, {"PostSync", PHASE_AFTER}};

/* Takes the next item off a list whose items are apart by commas. */
static struct slice take_item(struct slice *list)
{
	ptrdiff_t comma = slice_find(*list, SLICE(","), 0);
	size_t len = comma < 0 ? list->len : (size_t)comma;
	struct slice item = {list->ptr, len};

	len += comma >= 0;
	*list = (struct slice){list->ptr + len, list->len - len};
	return slice_trim(item);
}

/* Helm reads the names of its hooks in any case; Argo CD refuses what is not
 * spelled right, and what it means is plain here too. */
static bool is_named(struct slice item, const char *name)
{
	return item.len == strlen(name) &&
	       !strncasecmp(item.ptr, name, item.len);
}

/* The earliest phase that a list of hooks names; never for other names. */
static enum phase phase_of(
    const char *list, const struct phase_name *names, size_t n)
{
	struct slice rest = slice_of(list);
	enum phase earliest = PHASE_NEVER;

	while (rest.len) {
		struct slice item = take_item(&rest);

		for (size_t i = 0; i < n; i++) {
			if (is_named(item, names[i].name) &&
			    names[i].phase < earliest)
				earliest = names[i].phase;
		}
	}
	return earliest;
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

const struct schedule *collect_schedule(
    struct facts *facts, const struct node *annotations)
{
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
	for (int i = 0; i < OCCASION_MAX && is_written(schedule, NOTE_HOOK);
	     i++)
		schedule->helm[i] = phase_of(schedule->notes[NOTE_HOOK].text,
		    helm_names[i], COUNT_OF(helm_names[i]));
	if (is_written(schedule, NOTE_ARGO_HOOK))
		schedule->argo = phase_of(schedule->notes[NOTE_ARGO_HOOK].text,
		    argo_names, COUNT_OF(argo_names));
	schedule->weight_valid =
	    read_number(nodes[NOTE_WEIGHT], &schedule->weight);
	schedule->wave_valid = read_number(nodes[NOTE_WAVE], &schedule->wave);
	return schedule;
}

void relate_schedules(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n && !release->uses_argo_cd; i++) {
		const struct manifest *manifest = list->items[i];
		const struct schedule *schedule = manifest->schedule;

		release->uses_argo_cd =
		    schedule && (is_written(schedule, NOTE_ARGO_HOOK) ||
				    is_written(schedule, NOTE_WAVE));
	}
}

/*
 * A hook of both tools must come in time with either, so the later phase
 * counts.  Argo CD knows no install or upgrade: it runs a hook of Helm's for
 * one of them on both, so a stream that is for both tools cannot tell.
 */
enum phase manifest_phase(const struct release *release,
    const struct manifest *manifest, enum occasion event)
{
	const struct schedule *schedule = manifest->schedule;
	bool helm = schedule && is_written(schedule, NOTE_HOOK);
	bool argo = schedule && is_written(schedule, NOTE_ARGO_HOOK);
	enum phase phase;

	if (!helm)
		return argo ? schedule->argo : PHASE_WITH;
	phase = schedule->helm[event];
	if (argo)
		return phase > schedule->argo ? phase : schedule->argo;
	if (release->uses_argo_cd && schedule->helm[OCCASION_INSTALL] !=
					 schedule->helm[OCCASION_UPGRADE])
		return PHASE_UNKNOWN;
	return phase;
}

int64_t manifest_wave(const struct manifest *manifest)
{
	const struct schedule *schedule = manifest->schedule;

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
	if (!manifest->schedule)
		return (struct fact){.state = FACT_ABSENT};
	return manifest->schedule->notes[note];
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

struct fact fact_manifest_hook_weight_valid(
    const struct release *release, const struct manifest *manifest)
{
	(void)release;
	return fact_bool(
	    !manifest->schedule || manifest->schedule->weight_valid);
}

struct fact fact_manifest_sync_wave_valid(
    const struct release *release, const struct manifest *manifest)
{
	(void)release;
	return fact_bool(!manifest->schedule || manifest->schedule->wave_valid);
}
