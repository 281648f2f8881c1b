/* The computed facts of probes: when they fail and succeed. */
#include "fact/model.h"

/* delay + period x times.  Each is below 2^31, so that the sum is a number;
 * unknown when one of them is. */
static struct fact moment(
    struct fact delay, struct fact period, struct fact times)
{
	if (delay.state == FACT_UNKNOWN || period.state == FACT_UNKNOWN ||
	    times.state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_int(delay.integer + period.integer * times.integer);
}

struct fact fact_probe_tolerated_seconds(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	return moment(
	    fact_int(0), probe->period_seconds, probe->failure_threshold);
}

struct fact fact_probe_fails_after_seconds(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	return moment(probe->initial_delay_seconds, probe->period_seconds,
	    probe->failure_threshold);
}

struct fact fact_probe_earliest_success_seconds(
    const struct release *release, const struct probe *probe)
{
	struct fact more = probe->success_threshold;

	(void)release;
	more.integer -= more.state != FACT_UNKNOWN;
	return moment(
	    probe->initial_delay_seconds, probe->period_seconds, more);
}
