/*
 * Kinds of objects: what has pods, and what the controller of each does.
 */
#ifndef FACT_KIND_H
#define FACT_KIND_H

#include "doc/scalar.h"
#include "fact/model.h"

/* What is special about the kind of an object; never NULL: the last row stands
 * for kinds that are not known. */
const struct workload_kind *workload_kind_of(const struct manifest *manifest);

/* Whether the object is a workload: of a known kind, or with spec.template
 * that has a pod spec. */
bool is_workload(const struct node *object, const struct manifest *manifest);

/* Whether an init container is a native sidecar: restartPolicy Always. */
bool is_sidecar(const struct node *init_container);

/* Whether the object is a Rollout of Argo's. */
bool is_rollout(const struct manifest *manifest);

/* Whether a workload runs until it is replaced. */
bool runs_on(const struct workload *workload);

/* Whether it is applied before or after the release, as a hook of whatever
 * tool. */
bool is_hook(const struct manifest *manifest);

/* Whether it is there for `helm test` alone. */
bool is_test_hook(const struct manifest *manifest);

/* Whether objects of that kind have no namespace, whatever the manifest says;
 * kinds that charts render. */
bool is_cluster_wide(const struct manifest *manifest);

#endif
