/*
 * How a pod ends, in seconds.
 */
#ifndef TIMELINE_DRAIN_TIMES_H
#define TIMELINE_DRAIN_TIMES_H

#include "timeline/sketch.h"

/*
 * Of the workload's pods: of the container that serves, or else the one that
 * takes longest.  pkg/kubelet/kuberuntime/kuberuntime_container.go: preStop is
 * taken off the grace period, and SIGTERM is followed by SIGKILL after what is
 * left, 2 s at least.
 */
struct drain_times drain_times_of(
    const struct release *release, const struct workload *owner);

/* From creation until ready, the least and the most that probes allow; false
 * when no probe tells. */
bool start_times_of(const struct release *release, const struct workload *owner,
    int32_t *ret_least, int32_t *ret_most);

/* A number of seconds as far as a picture reaches; otherwise when the fact
 * tells none. */
int32_t seconds_of(struct fact fact, int32_t otherwise);

#endif
