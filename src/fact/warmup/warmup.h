/*
 * What warms a release up, when, and what comes of it.
 */
#ifndef FACT_WARMUP_WARMUP_H
#define FACT_WARMUP_WARMUP_H

#include "fact/hook/hook.h"

struct warmup {
	const struct manifest *manifest;
	const char *form; /* "Job", "init container", "postStart hook",
			     "analysis" */
	const struct workload *workload; /* NULL for an analysis */
	/* By relate: */
	struct fact phases[OCCASION_MAX];
	int64_t served;	 /* setWeight before the analysis; 0: none */
	bool is_awaited; /* an init container waits for the Job by name */
	struct fact discarded;
	struct fact claim, access; /* shared with user */
	const struct workload *user;
	const struct container *stale, *fresh; /* of one image name */
	WARMUP_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

/* What a container's command ends in that makes it succeed whatever happens
 * ("|| true", "exit 0", "&"), or NULL; ret_at: where. */
const char *hidden_failure(struct facts *facts, const struct node *container,
    const struct node **ret_at);

/* The warmups of a workload: itself when it is a Job, its init containers
 * otherwise; and those of an AnalysisTemplate. */
void collect_warmups(struct facts *facts, const struct node *object,
    const struct node *template, const struct workload *workload);
void collect_analysis(const struct collection *collection,
    const struct node *object, const struct manifest *manifest);

/* When warmups run; references and schedules must be known. */
void relate_warmups(struct release *release);

/* What Jobs that warm up share with the workloads: claims and images. */
void relate_shares(struct release *release);

/* The facts of the rows in fields.h. */
WARMUP_WORKLOAD_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)
WARMUP_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

#endif
