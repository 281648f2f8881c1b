/*
 * Whom a port is for, by its name: what its last words say.  "http-metrics" is
 * scraped, "gossip-ring" is for the members of a cluster among themselves, and
 * "metrics-api" is for clients; "http" says nothing.
 */
#include "fact/service/audience.h"

#include <string.h>

/* A word that says whom a port is for, or nothing. */
struct port_word {
	struct slice text;
	bool as_ending; /* also at the end of a longer word: "appmetrics" */
	enum audience audience;
};

#define WORD(text, as_ending, audience)                                  \
	{                                                                \
		{text, sizeof(text) - 1}, as_ending, AUDIENCE_##audience \
	}

static const struct port_word words[] = {
    WORD("metrics", true, WATCHERS),
    WORD("metric", true, WATCHERS),
    WORD("monitoring", true, WATCHERS),
    WORD("monitor", true, WATCHERS),
    WORD("telemetry", true, WATCHERS),
    WORD("prometheus", true, WATCHERS),
    WORD("exporter", true, WATCHERS),
    WORD("health", true, WATCHERS),
    WORD("healthz", true, WATCHERS),
    WORD("healthcheck", true, WATCHERS),
    WORD("healthchecks", true, WATCHERS),
    WORD("liveness", true, WATCHERS),
    WORD("readiness", true, WATCHERS),
    WORD("probe", true, WATCHERS),
    WORD("probes", true, WATCHERS),
    WORD("pprof", true, WATCHERS),
    WORD("profiling", true, WATCHERS),
    WORD("prom", false, WATCHERS),
    WORD("status", false, WATCHERS),
    WORD("stats", false, WATCHERS),
    WORD("live", false, WATCHERS),
    WORD("livez", false, WATCHERS),
    WORD("ready", false, WATCHERS),
    WORD("readyz", false, WATCHERS),
    WORD("startup", false, WATCHERS),
    WORD("jmx", false, WATCHERS),
    WORD("debug", false, WATCHERS),
    WORD("zpages", false, WATCHERS),
    WORD("cadvisor", false, WATCHERS),
    WORD("memberlist", true, MEMBERS),
    WORD("gossip", true, MEMBERS),
    WORD("ring", false, MEMBERS),
    WORD("wlog", false, MEMBERS),
    WORD("peer", false, MEMBERS),
    WORD("peers", false, MEMBERS),
    WORD("raft", false, MEMBERS),
    WORD("serf", false, MEMBERS),
    WORD("serflan", false, MEMBERS),
    WORD("serfwan", false, MEMBERS),
    WORD("epmd", false, MEMBERS),
    WORD("election", true, MEMBERS),
    WORD("follower", false, MEMBERS),
    WORD("interbroker", false, MEMBERS),
    WORD("intra", false, MEMBERS),
    WORD("internode", false, MEMBERS),
    WORD("jgroups", false, MEMBERS),
    WORD("hazelcast", false, MEMBERS),
    WORD("cluster", false, MEMBERS),
    WORD("quorum", false, MEMBERS),
    WORD("consensus", false, MEMBERS),
    WORD("replication", false, MEMBERS),
    WORD("transport", false, MEMBERS),
    WORD("port", true, UNSAID),
    WORD("http", false, UNSAID),
    WORD("http2", false, UNSAID),
    WORD("https", false, UNSAID),
    WORD("grpc", false, UNSAID),
    WORD("tcp", false, UNSAID),
    WORD("udp", false, UNSAID),
    WORD("tls", false, UNSAID),
    WORD("check", false, UNSAID),
    WORD("checks", false, UNSAID),
    WORD("server", false, UNSAID),
    WORD("service", false, UNSAID),
    WORD("svc", false, UNSAID),
    WORD("endpoint", false, UNSAID),
    WORD("addr", false, UNSAID),
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "metrics2" is as "metrics"; "http2" is a word of its own. */
static struct slice without_number(struct slice word)
{
	size_t len = word.len;

	while (len && is_digit(word.ptr[len - 1]))
		len--;
	return (struct slice){word.ptr, len};
}

static const struct port_word *find_word(struct slice word)
{
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (slice_eq(word, words[i].text) ||
		    (words[i].as_ending && slice_ends(word, words[i].text)))
			return &words[i];
	}
	return NULL;
}

/* The last of the words between hyphens. */
static struct slice last_word(struct slice name)
{
	size_t start = name.len;

	while (start && name.ptr[start - 1] != '-')
		start--;
	return (struct slice){name.ptr + start, name.len - start};
}

enum audience port_audience(const char *name)
{
	struct slice rest = slice_of(name);

	while (rest.len) {
		struct slice word = last_word(rest);
		struct slice stem = without_number(word);
		const struct port_word *found = find_word(word);

		if (!found && stem.len < word.len)
			found = find_word(stem);
		if (!found && stem.len)
			return AUDIENCE_CLIENTS;
		if (found && found->audience != AUDIENCE_UNSAID)
			return found->audience;
		rest.len -= word.len;
		rest.len -= rest.len > 0;
	}
	return AUDIENCE_UNSAID;
}

/* Whether the image, without what is before its last slash, or the container is
 * called so. */
static bool is_called(const struct container *container, const char *ending)
{
	return slice_ends(slice_of(container->image_name), slice_of(ending)) ||
	       slice_ends(slice_of(container->name.text), slice_of(ending));
}

enum audience audience_at(const struct container *container, enum audience said)
{
	bool is_guard = is_called(container, "kube-rbac-proxy");

	if (said == AUDIENCE_UNSAID && is_called(container, "exporter"))
		return AUDIENCE_WATCHERS;
	if (is_guard && (said == AUDIENCE_UNSAID || said == AUDIENCE_CLIENTS))
		return AUDIENCE_WATCHERS;
	return said;
}

bool is_for_scraping(const char *service_name)
{
	static const char *const kinds[] = {"-service", "-svc"};
	struct slice name = slice_of(service_name);

	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		if (slice_ends(name, slice_of(kinds[i])))
			name.len -= strlen(kinds[i]);
	}
	return slice_ends(name, SLICE("-metrics")) ||
	       slice_ends(name, SLICE("-exporter"));
}
