/*
 * Whom a port is for, by its name: what its last words say.  "http-metrics" is
 * scraped, "gossip-ring" is for the members of a cluster among themselves, and
 * "metrics-api" is for clients; "http" says nothing.
 */
#include "fact/service/audience.h"

#include <string.h>

/* A word that says whom a port is for, or nothing. */
struct port_word {
	const char *text;
	bool as_ending; /* also at the end of a longer word: "appmetrics" */
	enum audience audience;
};

static const struct port_word words[] = {
    {"metrics", true, AUDIENCE_WATCHERS},
    {"metric", true, AUDIENCE_WATCHERS},
    {"monitoring", true, AUDIENCE_WATCHERS},
    {"monitor", true, AUDIENCE_WATCHERS},
    {"telemetry", true, AUDIENCE_WATCHERS},
    {"prometheus", true, AUDIENCE_WATCHERS},
    {"exporter", true, AUDIENCE_WATCHERS},
    {"health", true, AUDIENCE_WATCHERS},
    {"healthz", true, AUDIENCE_WATCHERS},
    {"healthcheck", true, AUDIENCE_WATCHERS},
    {"healthchecks", true, AUDIENCE_WATCHERS},
    {"liveness", true, AUDIENCE_WATCHERS},
    {"readiness", true, AUDIENCE_WATCHERS},
    {"probe", true, AUDIENCE_WATCHERS},
    {"probes", true, AUDIENCE_WATCHERS},
    {"pprof", true, AUDIENCE_WATCHERS},
    {"profiling", true, AUDIENCE_WATCHERS},
    {"prom", false, AUDIENCE_WATCHERS},
    {"status", false, AUDIENCE_WATCHERS},
    {"stats", false, AUDIENCE_WATCHERS},
    {"live", false, AUDIENCE_WATCHERS},
    {"livez", false, AUDIENCE_WATCHERS},
    {"ready", false, AUDIENCE_WATCHERS},
    {"readyz", false, AUDIENCE_WATCHERS},
    {"startup", false, AUDIENCE_WATCHERS},
    {"jmx", false, AUDIENCE_WATCHERS},
    {"debug", false, AUDIENCE_WATCHERS},
    {"zpages", false, AUDIENCE_WATCHERS},
    {"cadvisor", false, AUDIENCE_WATCHERS},
    {"memberlist", true, AUDIENCE_MEMBERS},
    {"gossip", true, AUDIENCE_MEMBERS},
    {"ring", false, AUDIENCE_MEMBERS},
    {"wlog", false, AUDIENCE_MEMBERS},
    {"peer", false, AUDIENCE_MEMBERS},
    {"peers", false, AUDIENCE_MEMBERS},
    {"raft", false, AUDIENCE_MEMBERS},
    {"serf", false, AUDIENCE_MEMBERS},
    {"serflan", false, AUDIENCE_MEMBERS},
    {"serfwan", false, AUDIENCE_MEMBERS},
    {"epmd", false, AUDIENCE_MEMBERS},
    {"election", true, AUDIENCE_MEMBERS},
    {"follower", false, AUDIENCE_MEMBERS},
    {"interbroker", false, AUDIENCE_MEMBERS},
    {"intra", false, AUDIENCE_MEMBERS},
    {"internode", false, AUDIENCE_MEMBERS},
    {"jgroups", false, AUDIENCE_MEMBERS},
    {"hazelcast", false, AUDIENCE_MEMBERS},
    {"cluster", false, AUDIENCE_MEMBERS},
    {"quorum", false, AUDIENCE_MEMBERS},
    {"consensus", false, AUDIENCE_MEMBERS},
    {"replication", false, AUDIENCE_MEMBERS},
    {"transport", false, AUDIENCE_MEMBERS},
    {"port", true, AUDIENCE_UNSAID},
    {"http", false, AUDIENCE_UNSAID},
    {"http2", false, AUDIENCE_UNSAID},
    {"https", false, AUDIENCE_UNSAID},
    {"grpc", false, AUDIENCE_UNSAID},
    {"tcp", false, AUDIENCE_UNSAID},
    {"udp", false, AUDIENCE_UNSAID},
    {"tls", false, AUDIENCE_UNSAID},
    {"check", false, AUDIENCE_UNSAID},
    {"checks", false, AUDIENCE_UNSAID},
    {"server", false, AUDIENCE_UNSAID},
    {"service", false, AUDIENCE_UNSAID},
    {"svc", false, AUDIENCE_UNSAID},
    {"endpoint", false, AUDIENCE_UNSAID},
    {"addr", false, AUDIENCE_UNSAID},
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
		if (slice_is(word, words[i].text) ||
		    (words[i].as_ending &&
			slice_ends(word, slice_of(words[i].text))))
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

		if (!found)
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
