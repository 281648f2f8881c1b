/*
 * When objects are applied: hooks of Helm, hooks and waves of Argo CD, and
 * what must be there before.
 */
#ifndef FACT_HOOK_HOOK_H
#define FACT_HOOK_HOOK_H

#include "fact/facts.h"

/* What annotations say of when an object is applied: those of Helm, then those
 * of Argo CD. */
enum schedule_note {
	NOTE_HOOK,
	NOTE_WEIGHT,
	NOTE_DELETE_POLICY,
	NOTE_LOG_POLICY,
	NOTE_ARGO_HOOK,
	NOTE_WAVE,
	NOTE_ARGO_DELETE_POLICY,
	NOTE_SYNC_OPTIONS,
	NOTE_FLUX_FORCE,
	NOTE_MAX,
};

/* When an object is applied, or when a pod starts, told by the ordinary
 * objects of the release: before them, with them, after them, never. */
enum phase {
	PHASE_BEFORE,
	PHASE_WITH,
	PHASE_AFTER,
	PHASE_NEVER,
	PHASE_UNKNOWN,
};

enum occasion { OCCASION_INSTALL, OCCASION_UPGRADE, OCCASION_MAX };

struct schedule {
	struct fact notes[NOTE_MAX]; /* as written, or absent */
	int64_t weight, wave;	     /* 0 when left out, or no number */
	bool weight_valid, wave_valid;
	const char *unknown_policy; /* of Helm's, which it does not know */
	const char *unknown_event;  /* for which the hook is never made, or
				       NULL */
	bool ends_itself; /* ttlSecondsAfterFinished: removed when it is done */
};

/* An object that a pod cannot start without. */
struct need {
	struct part part;
	/* By relate: */
	const struct need *next, *next_anywhere; /* that want the same */
	const struct manifest *provider;	 /* that object, or NULL */
	enum tri late[OCCASION_MAX];
	const struct need *account;  /* whose rights it is, or NULL */
	const struct manifest *gone; /* a hook that was it, or NULL */
	bool by_name; /* late only when hooks of one weight go by name */
	NEED_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What the annotations of an object say of when it is applied; NULL for
 * nothing. */
const struct schedule *collect_schedule(
    struct facts *facts, const struct node *object);

/* What a pod template says of hooks, in vain: the template_hook of a workload
 * that has one. */
void collect_template_hook(struct facts *facts, const struct node *template,
    struct workload *workload);

/* The hooks that annotations make of an object: its helm_hook and argo_hook. */
void collect_hooks(
    const struct node *annotations, struct manifest_seldom *seldom);

/* Whom a RoleBinding or ClusterRoleBinding gives which rights; NULL of another
 * kind, and of one without ServiceAccounts. */
const struct grant *collect_grant(struct facts *facts,
    const struct node *object, struct slice group, struct slice kind);

/* What the pods of a workload cannot start without, and, of a hook, the rights
 * of its account. */
void collect_needs(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload);

/* When objects of the stream are applied: notes whether it is for Argo CD. */
void relate_schedules(struct release *release);

/* The phase in which an object is applied. */
enum phase manifest_phase(const struct release *release,
    const struct manifest *manifest, enum occasion event);

/* The wave of Argo CD it is in; a hook of Helm's has its weight. */
int64_t manifest_wave(const struct manifest *manifest);

/* Finds the Jobs that hooks delete. */
void relate_deletes(struct release *release);

/* Finds the hooks that init containers wait for and that come after them. */
void relate_awaited(struct release *release);

/* Finds out which needs are in the stream. */
void relate_rendered(struct release *release);

/* Finds what pods need, and which of it comes too late. */
void relate_needs(struct release *release);

/* Finds what pods need of hooks that are deleted before. */
void relate_removed(struct release *release);

/* The facts of the rows in fields.h. */
HOOK_MANIFEST_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
HOOK_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
NEED_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
