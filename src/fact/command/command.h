/*
 * Commands that are lists, which no shell reads, though they are written as if
 * one did.
 */
#ifndef FACT_COMMAND_COMMAND_H
#define FACT_COMMAND_COMMAND_H

#include "fact/problem.h"

struct misspelt_command {
	struct part part; /* the argument that is wrong */
	COMMAND_FIELDS(MEMBER_STORED, MEMBER_COMPUTED)
};

COMMAND_FIELDS(PROTOTYPE_STORED, PROTOTYPE_COMPUTED)

/* Adds those of all containers of a pod's spec, one for each command at most.
 * object is the workload's. */
void collect_commands(struct facts *facts, const struct node *object,
    const struct node *pod_spec, const struct workload *workload);

#endif
