/* How long the proxy that a service mesh puts into pods goes on when they end:
 * read off the annotations of a pod template. */
#include "fact/drain/drain.h"

#include "fact/computed.h"
#include "fact/number.h"
#include "fact/problem.h"

#include <string.h>

RARE(workload, mesh_drain_seconds)
RARE(workload, mesh_drain_by)

#define ISTIO "proxy.istio.io/config"

/* The value of a setting in a text of YAML or JSON, without quotes. */
static struct slice setting_in(struct slice text, const char *name)
{
	ptrdiff_t at = slice_find(text, slice_of(name), 0);
	size_t start, end;

	if (at < 0)
		return (struct slice){"", 0};
	start = (size_t)at + strlen(name);
	while (start < text.len && strchr("\"': ", text.ptr[start]))
		start++;
	end = start;
	while (end < text.len && !strchr("\"', \n}", text.ptr[end]))
		end++;
	return (struct slice){text.ptr + start, end - start};
}

static struct fact duration_fact(struct slice text, const struct node *at)
{
	int64_t milliseconds;

	if (!parse_duration(text, &milliseconds))
		return (struct fact){.state = FACT_ABSENT};
	return facts_placed(fact_int((milliseconds + 999) / 1000), at);
}

/* With EXIT_ON_ZERO_ACTIVE_CONNECTIONS the proxy waits for its connections,
 * whatever terminationDrainDuration says. */
static void read_istio(
    struct facts *facts, const struct node *config, struct workload *workload)
{
	struct slice text = scalar_text(config);
	struct slice waits =
	    setting_in(text, "EXIT_ON_ZERO_ACTIVE_CONNECTIONS");

	if (slice_is(waits, "true"))
		return;
	KEEP_RARE(&facts->arena, workload, mesh_drain_seconds,
	    duration_fact(
		setting_in(text, "terminationDrainDuration"), config));
	KEEP_RARE(&facts->arena, workload, mesh_drain_by,
	    fact_text("terminationDrainDuration of Istio's proxy"));
}

/* The proxy of Linkerd sleeps so many seconds before it is told to end. */
static void read_linkerd(
    struct facts *facts, const struct node *seconds, struct workload *workload)
{
	int64_t number;

	if (!slice_to_int(scalar_text(seconds), &number))
		return;
	KEEP_RARE(&facts->arena, workload, mesh_drain_seconds,
	    facts_placed(fact_int(number), seconds));
	KEEP_RARE(&facts->arena, workload, mesh_drain_by,
	    fact_text("proxy-wait-before-exit-seconds of Linkerd's proxy"));
}

/* A native sidecar is told to end when the others have. */
static bool is_native(const struct node *annotations)
{
	static const char *const keys[] = {"sidecar.istio.io/nativeSidecar",
	    "config.alpha.linkerd.io/proxy-enable-native-sidecar",
	    "config.beta.linkerd.io/proxy-enable-native-sidecar"};

	for (size_t i = 0; i < COUNT_OF(keys); i++) {
		if (slice_is(scalar_text(node_get(annotations, keys[i])),
			"true"))
			return true;
	}
	return false;
}

void collect_mesh(
    struct facts *facts, const struct node *template, struct workload *workload)
{
	static const char *const linkerd[] = {
	    "config.alpha.linkerd.io/proxy-wait-before-exit-seconds",
	    "config.beta.linkerd.io/proxy-wait-before-exit-seconds"};
	const struct node *annotations =
	    node_find(template, "metadata", "annotations", NULL);
	const struct node *istio = node_get(annotations, ISTIO);

	if (is_native(annotations))
		return;
	if (!node_is_null(istio))
		read_istio(facts, istio, workload);
	for (size_t i = 0; i < COUNT_OF(linkerd); i++) {
		const struct node *seconds = node_get(annotations, linkerd[i]);

		if (!node_is_null(seconds))
			read_linkerd(facts, seconds, workload);
	}
}
