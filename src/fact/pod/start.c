/* The computed facts of probes: when they fail and succeed. */
#include "fact/pod/pod.h"

#include "fact/number.h"

#include <string.h>

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

/* Attempts do not overlap: after one that hangs the next comes at once.
 * kubernetes/kubernetes, pkg/kubelet/prober/worker.go. */
static struct fact spacing(const struct probe *probe)
{
	const struct fact *period = &probe->period_seconds;
	const struct fact *timeout = &probe->timeout_seconds;

	if (period->state == FACT_UNKNOWN || timeout->state == FACT_UNKNOWN)
		return fact_unknown();
	return fact_int(period->integer > timeout->integer ? period->integer
							   : timeout->integer);
}

struct fact fact_probe_tolerated_seconds(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	return moment(fact_int(0), spacing(probe), probe->failure_threshold);
}

struct fact fact_probe_fails_after_seconds(
    const struct release *release, const struct probe *probe)
{
	(void)release;
	return moment(probe->initial_delay_seconds, spacing(probe),
	    probe->failure_threshold);
}

/* Readiness asks once the startup probe has succeeded, not before its own
 * delay is over, and then as often as it must succeed: it gives up nothing. */
struct fact fact_container_start_seconds(
    const struct release *release, const struct container *container)
{
	const struct probe *readiness = container->readiness;
	struct fact asked, started = fact_int(0);

	if (container->startup)
		started =
		    fact_probe_fails_after_seconds(release, container->startup);
	if (!readiness)
		return started;
	asked = readiness->initial_delay_seconds;
	if (asked.state == FACT_UNKNOWN || started.state == FACT_UNKNOWN)
		return fact_unknown();
	return moment(
	    fact_int(asked.integer > started.integer ? asked.integer
						     : started.integer),
	    readiness->period_seconds, readiness->success_threshold);
}

/* A probe that succeeds at once, and then as often as it must. */
struct fact fact_container_least_start_seconds(
    const struct release *release, const struct container *container)
{
	const struct probe *readiness = container->readiness;
	const struct probe *startup = container->startup;
	struct fact started =
	    startup ? startup->initial_delay_seconds : fact_int(0);
	struct fact asked;

	(void)release;
	if (!readiness || started.state == FACT_UNKNOWN)
		return started;
	asked = readiness->initial_delay_seconds;
	if (asked.state == FACT_KNOWN && asked.integer < started.integer)
		asked = started;
	if (readiness->success_threshold.state == FACT_UNKNOWN)
		return fact_unknown();
	return moment(asked, readiness->period_seconds,
	    fact_int(readiness->success_threshold.integer - 1));
}

/* A pod that becomes ready restarts the deadline's clock, and so
 * minReadySeconds and the start are not added up.  kubernetes/kubernetes,
 * pkg/controller/deployment/progress.go. */
struct fact fact_container_least_deadline_seconds(
    const struct release *release, const struct container *container)
{
	const struct workload *workload = container->workload;
	struct fact start = fact_container_start_seconds(release, container);
	struct fact ready = (workload->governor ? workload->governor : workload)
				->min_ready_seconds;
	int64_t seconds = container->starts_after_seconds.integer;

	if (start.state == FACT_UNKNOWN || ready.state == FACT_UNKNOWN)
		return fact_unknown();
	seconds = saturated_sum(seconds, start.integer);
	if (ready.integer > seconds)
		seconds = ready.integer;
	return fact_int(saturated_sum(seconds, 1));
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

static bool texts_equal(const struct fact *a, const struct fact *b)
{
	if (!a->has_value || !b->has_value)
		return a->has_value == b->has_value;
	return !strcmp(a->text, b->text);
}

static bool both_or_neither(
    const struct probe *a, const struct probe *b, const char *handler)
{
	return !strcmp(a->handler.text, handler) ==
	       !strcmp(b->handler.text, handler);
}

/* Whether what is wrong with the port of one is wrong with the other's: a name
 * is none to gRPC, and a command has no port. */
static bool same_port(const struct probe *a, const struct probe *b)
{
	if (a->port.state != b->port.state ||
	    (a->port.state == FACT_KNOWN && a->port.integer != b->port.integer))
		return false;
	return texts_equal(&a->port_name, &b->port_name) &&
	       texts_equal(&a->host, &b->host) &&
	       both_or_neither(a, b, "grpc") && both_or_neither(a, b, "exec");
}

struct fact fact_probe_port_asker(
    const struct release *release, const struct probe *probe)
{
	const struct container *container = probe->container;
	const struct probe *others[] = {
	    container->liveness, container->startup, container->readiness};

	(void)release;
	for (size_t i = 0; i < COUNT_OF(others); i++) {
		if (others[i] && same_port(others[i], probe))
			return fact_entity(others[i]);
	}
	return fact_entity(probe);
}

/* A startup probe holds the next sidecar back; what is unknown adds
 * nothing. */
static int64_t start_seconds(const struct container *sidecar)
{
	struct fact fact = {.state = FACT_ABSENT};

	if (sidecar->startup)
		fact = fact_probe_fails_after_seconds(NULL, sidecar->startup);
	return fact.state == FACT_KNOWN ? fact.integer : 0;
}

static void start_after(const struct container *container, int64_t seconds)
{
	/* Made by collect, and const for all others. */
	struct container *own = (struct container *)(uintptr_t)container;

	own->starts_after_seconds = fact_int(seconds);
}

void collect_starts(const struct workload *workload)
{
	int64_t seconds = 0;

	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		if (!container->is_init)
			continue;
		start_after(container, seconds);
		seconds = saturated_sum(seconds, start_seconds(container));
	}
	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (!workload->containers[i].is_init)
			start_after(&workload->containers[i], seconds);
	}
}
