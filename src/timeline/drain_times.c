/* How a pod starts and ends, in seconds: probes, preStop, grace. */
#include "timeline/drain_times.h"

#include "fact/drain/drain.h"
#include "fact/pod/pod.h"

/* Eleven days: a longer time is drawn as this, so that no sum of them is over
 * 32 bits. */
#define MOST_SECONDS 1000000

/* What is left for SIGTERM, however long preStop took. */
#define LEAST_LEFT 2

int32_t seconds_of(struct fact fact, int32_t otherwise)
{
	if (fact.state == FACT_UNKNOWN || !fact.has_value || fact.integer < 0)
		return otherwise;
	return fact.integer > MOST_SECONDS ? MOST_SECONDS
					   : (int32_t)fact.integer;
}

static int32_t greatest(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

static bool serves(const struct container *container)
{
	return container->audience >= AUDIENCE_CLIENTS;
}

/* The proxy of a delay: how long requests come to a pod that is deleted. */
static int32_t delay_of(const struct release *release)
{
	int64_t delay = release->settings ? release->settings->drain_delay : 0;

	return delay > MOST_SECONDS ? MOST_SECONDS : (int32_t)delay;
}

static struct drain_times times_of(const struct release *release,
    const struct container *container, int32_t grace)
{
	int32_t delay = delay_of(release);
	int32_t prestop =
	    seconds_of(fact_drain_prestop_seconds(release, container), 0);
	int32_t app = seconds_of(fact_drain_app_seconds(release, container), 0);
	bool is_late = prestop >= grace;
	int32_t last = is_late ? grace + LEAST_LEFT : grace;
	struct drain_times times = {.told = prestop > grace ? grace : prestop};

	if (grace == 0)
		return (struct drain_times){.is_killed = true,
		    .is_told = true,
		    .astray = serves(container) ? delay : 0};
	times.is_told = is_late || app > 0;
	times.is_killed = is_late || (app > 0 && times.told + app > last);
	times.ended = app > 0 && !times.is_killed ? times.told + app : last;
	if (serves(container) && times.told < delay)
		times.astray = delay;
	return times;
}

/* Whether these say more of the pod than those of another container. */
static bool tells_more(
    const struct drain_times *times, const struct drain_times *best)
{
	if (times->astray != best->astray)
		return times->astray > best->astray;
	return times->is_killed != best->is_killed ? times->is_killed
						   : times->ended > best->ended;
}

struct drain_times drain_times_of(
    const struct release *release, const struct workload *owner)
{
	int32_t grace = seconds_of(owner->grace_seconds, 30);
	struct drain_times best = {.ended = grace};

	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];
		struct drain_times times = times_of(release, container, grace);

		if (container->is_init && i > 0)
			continue;
		if (i == 0 || tells_more(&times, &best))
			best = times;
	}
	return best;
}

bool start_times_of(const struct release *release, const struct workload *owner,
    int32_t *ret_least, int32_t *ret_most)
{
	bool is_probed = false;

	*ret_least = *ret_most = 0;
	for (size_t i = 0; i < owner->ncontainers; i++) {
		const struct container *container = &owner->containers[i];
		int32_t before = seconds_of(container->starts_after_seconds, 0);

		is_probed |= container->readiness || container->startup;
		*ret_least = greatest(*ret_least,
		    seconds_of(
			fact_container_least_start_seconds(release, container),
			0));
		*ret_most = greatest(
		    *ret_most, before + seconds_of(fact_container_start_seconds(
						       release, container),
					    0));
	}
	*ret_most = greatest(*ret_least, *ret_most);
	return is_probed;
}
