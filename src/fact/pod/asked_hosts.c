/*
 * Names of Services that pods ask, and these Services: those that an init
 * container waits for, and of pods that ask the node's resolver those that it
 * does not know.
 */
#include "fact/computed.h"
#include "fact/facts.h"
#include "fact/hook/calls.h"
#include "fact/pod/pod.h"

#include "fact/kind.h"
#include "fact/namespace.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <stdlib.h>
#include <string.h>

RARE(workload, awaited_hosts)
RARE(workload, dns_policy)
RARE(workload, unresolved_hosts)

struct asking {
	struct facts *facts;
	const char *namespace;	  /* of the workload, where hosts are awaited */
	struct buf names;	  /* a const char * each */
	const struct node *first; /* where the first is written */
};

static void note_name(void *context, struct slice name, const struct node *at)
{
	struct asking *asking = context;
	const char *kept = facts_text(asking->facts, name);

	if (slice_is(name, "localhost"))
		return;
	buf_add(&asking->names, &kept, sizeof(kept));
	if (!asking->first)
		asking->first = at;
}

/* The names as a fact; the buffer is released. */
static struct fact names_fact(struct asking *asking)
{
	struct text_list *list;
	struct fact fact = {.state = FACT_ABSENT};

	if (asking->names.len) {
		list = arena_alloc(&asking->facts->arena, sizeof(*list));
		list->items = facts_keep(asking->facts, &asking->names);
		list->n = asking->names.len / sizeof(*list->items);
		fact = facts_placed(fact_texts(list), asking->first);
	}
	buf_release(&asking->names);
	return fact;
}

/* "db.shop": the domains that complete it are the cluster's. */
static void note_qualified(void *context, const struct call *call)
{
	struct asking *asking = context;
	struct buf text = {0};

	if (!call->namespace.len)
		return;
	buf_printf(&text, "%.*s.%.*s", SLICE_ARGS(call->name),
	    SLICE_ARGS(call->namespace));
	note_name(asking, buf_slice(&text), call->at);
	buf_release(&text);
}

static void find_names(struct asking *asking, const struct workload *workload,
    const struct node *container)
{
	struct calls calls = {.namespace = workload->manifest->namespace,
	    .found = note_name,
	    .called = note_qualified,
	    .context = asking};

	find_calls(&calls, container);
}

/* Whether a script may go on without an answer: it tries so many times, for
 * some time, beside the others, does one thing or another, or asks by way of
 * what is not the Service. */
static bool may_give_up(struct slice text)
{
	static const char *const words[] = {"if", "case", "for", "timeout",
	    "seq", "exit", "break", "return", "function", "--proxy",
	    "--resolve", "--connect-to", "--unix-socket"};
	struct shell shell = {.text = text};
	struct shell_command command;

	while (shell_next(&shell, &command)) {
		struct slice rest = command.text, word;

		if (command.end != SHELL_NEXT)
			return true;
		while (shell_word(&rest, &word)) {
			if (slice_is_among(word, words, COUNT_OF(words)))
				return true;
		}
	}
	return shell.is_broken;
}

/* "until nc -z db 80", "while ! nc -z db 80": with a program that fails when
 * nobody answers.  What is behind "while" alone goes on while there are
 * answers, and to others a host may be only a name. */
static bool is_loop_for_answer(struct slice command)
{
	static const char *const clients[] = {"nc", "ncat", "netcat", "telnet",
	    "curl", "wget", "pg_isready", "psql", "mysqladmin", "mysql",
	    "mariadb-admin", "redis-cli", "mongosh", "grpcurl",
	    "grpc_health_probe", "grpc-health-probe"};
	struct slice word;
	bool is_until;

	if (!shell_word(&command, &word))
		return false;
	is_until = slice_is(word, "until");
	if (!is_until && !slice_is(word, "while"))
		return false;
	if (!is_until && (!shell_word(&command, &word) || !slice_is(word, "!")))
		return false;
	return shell_word(&command, &word) &&
	       slice_is_among(word, clients, COUNT_OF(clients));
}

static bool begins_body(struct slice command)
{
	struct slice word;

	return shell_word(&command, &word) && slice_is(word, "do");
}

/* The host that a command asks; of several, one may be a header or a text. */
static void find_asked(
    struct asking *asking, const struct node *script, struct slice command)
{
	struct calls calls = {.namespace = asking->namespace,
	    .is_sure = true,
	    .found = note_name,
	    .context = asking};
	size_t before = asking->names.len;

	find_command_calls(&calls, script, command);
	if (asking->names.len > before + sizeof(const char *))
		asking->names.len = before;
}

/* The hosts that the loops of a script ask.  Of a condition of several commands
 * the last decides, which then is none of these. */
static void find_awaited(struct asking *asking, const struct node *script)
{
	struct shell shell = {.text = scalar_text(script)};
	struct shell_command command;
	struct slice condition = {"", 0};

	if (may_give_up(shell.text))
		return;
	while (shell_next(&shell, &command)) {
		if (condition.len && begins_body(command.text))
			find_asked(asking, script, condition);
		condition = is_loop_for_answer(command.text)
				? command.text
				: (struct slice){"", 0};
	}
}

static void find_awaited_by(
    struct asking *asking, struct arguments arguments)
{
	const struct node *script = shell_script(arguments, NULL);

	if (script)
		find_awaited(asking, script);
}

/* No container is ready before its postStart has ended. */
static void find_awaited_by_hooks(
    struct asking *asking, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		struct arguments arguments = {
		    node_find(containers->items[i], "lifecycle", "postStart",
			"exec", "command", NULL),
		    NULL};

		find_awaited_by(asking, arguments);
	}
}

/* What init containers ask again and again until there is an answer.  One
 * command that fails ends no script, and variables may be meant for others.
 * Names of the pod's own (hostAliases) may mean what they like. */
static struct fact awaited_hosts(struct facts *facts,
    const struct node *pod_spec, const struct workload *workload)
{
	const struct node *init = node_get(pod_spec, "initContainers");
	struct asking asking = {
	    .facts = facts, .namespace = workload->manifest->namespace};

	if (node_length(node_get(pod_spec, "hostAliases")))
		return (struct fact){.state = FACT_ABSENT};
	for (size_t i = 0; i < node_length(init); i++) {
		struct arguments arguments = {
		    node_get(init->items[i], "command"),
		    node_get(init->items[i], "args")};
		if (!is_sidecar(init->items[i]))
			find_awaited_by(&asking, arguments);
	}
	find_awaited_by_hooks(&asking, node_get(pod_spec, "containers"));
	return names_fact(&asking);
}

/* On the host's network ClusterFirst means Default (the kubelet's getPodDNSType
 * in pkg/kubelet/network/dns).  Names and servers of the pod's own may know the
 * Service all the same. */
static bool asks_node_resolver(const struct node *pod_spec)
{
	struct slice policy = scalar_text(node_get(pod_spec, "dnsPolicy"));
	bool host_network = false;

	node_to_bool(node_get(pod_spec, "hostNetwork"), &host_network);
	return (slice_is(policy, "Default") ||
		   (host_network &&
		       (!policy.len || slice_is(policy, "ClusterFirst")))) &&
	       !node_length(node_get(pod_spec, "hostAliases")) &&
	       !node_length(
		   node_find(pod_spec, "dnsConfig", "nameservers", NULL));
}

static struct fact unresolved_hosts(struct facts *facts,
    const struct node *pod_spec, const struct workload *workload)
{
	static const char *const lists[] = {"initContainers", "containers"};
	struct asking asking = {.facts = facts};

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *containers = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(containers); j++)
			find_names(&asking, workload, containers->items[j]);
	}
	return names_fact(&asking);
}

void collect_asked_hosts(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	struct slice policy = scalar_text(node_get(pod_spec, "dnsPolicy"));

	KEEP_RARE(&facts->arena, workload, awaited_hosts,
	    awaited_hosts(facts, pod_spec, workload));
	if (!asks_node_resolver(pod_spec))
		return;
	if (policy.len)
		KEEP_RARE(&facts->arena, workload, dns_policy,
		    fact_text(facts_text(facts, policy)));
	KEEP_RARE(&facts->arena, workload, unresolved_hosts,
	    unresolved_hosts(facts, pod_spec, workload));
}

/* The Services of these names are found once: a rule that looks for each among
 * release.services looks at every Service for every pod (4,000 of both took 3
 * s, now 0.3). */
struct naming {
	struct release *release;
	struct map by_name; /* to struct vector, of Services: by their name,
			       and by that and their namespace */
	struct arena names;
	struct vector found; /* the Services asked for last */
};

static void index_service(
    struct naming *naming, const void *service, struct slice name)
{
	void **slot = map_slot(&naming->by_name, name);

	if (!*slot)
		*slot = xcalloc(1, sizeof(struct vector));
	vector_add(*slot, (void *)(uintptr_t)service);
}

static void index_services(struct naming *naming)
{
	const struct release *release = naming->release;
	const struct entity_list *list = &release->lists[ENTITY_service];

	for (size_t i = 0; i < list->n; i++) {
		const void *service = list->items[i];
		const struct manifest *manifest =
		    entity_manifest(ENTITY_service, service);
		const char *namespace = manifest_namespace(release, manifest);

		index_service(naming, service, slice_of(manifest->name));
		if (*namespace)
			index_service(naming, service,
			    slice_of(arena_printf(&naming->names, "%s.%s",
				manifest->name, namespace)));
	}
}

static void release_naming(struct naming *naming)
{
	for (size_t i = 0; i < naming->by_name.n; i++) {
		struct vector *services = naming->by_name.entries[i].value;

		free(services->items);
		free(services);
	}
	map_release(&naming->by_name);
	arena_release(&naming->names);
	free(naming->found.items);
}

static void find_named(struct naming *naming, const char *host)
{
	const struct vector *services =
	    map_find(&naming->by_name, slice_of(host));

	for (size_t i = 0; services && i < services->n; i++)
		vector_add(&naming->found, services->items[i]);
}

/* What was found, kept for good; the next search begins anew. */
static struct entity_list take_found(struct naming *naming)
{
	struct entity_list list = {.n = naming->found.n};
	const void **items =
	    arena_array(&naming->release->arena, list.n, sizeof(*items));

	if (list.n)
		memcpy(items, naming->found.items, list.n * sizeof(*items));
	list.items = items;
	naming->found.n = 0;
	return list;
}

static struct entity_list services_of_all(
    struct naming *naming, const struct fact *hosts)
{
	if (hosts->state != FACT_KNOWN)
		return (struct entity_list){0};
	for (size_t i = 0; i < hosts->texts->n; i++)
		find_named(naming, hosts->texts->items[i]);
	return take_found(naming);
}

static struct entity_list services_of_one(
    struct naming *naming, const struct fact *host)
{
	if (host->state != FACT_KNOWN)
		return (struct entity_list){0};
	find_named(naming, host->text);
	return take_found(naming);
}

/* Whether the stream writes addresses by hand, which then answer for a Service
 * beside its pods. */
static bool writes_addresses(const struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_manifest];

	for (size_t i = 0; i < list->n; i++) {
		const struct manifest *manifest = list->items[i];

		if (!strcmp(manifest->kind, "EndpointSlice") ||
		    !strcmp(manifest->kind, "Endpoints"))
			return true;
	}
	return false;
}

/* waits: whether those that its init containers wait for are of the stream. */
static void name_services(
    struct naming *naming, bool waits, struct workload *workload)
{
	struct fact awaited = RARE_FACT(workload, awaited_hosts);
	struct fact unresolved = RARE_FACT(workload, unresolved_hosts);
	struct entity_list none = {0};
	struct workload_seldom *seldom;

	if (!awaited.has_value && !unresolved.has_value)
		return;
	seldom = workload_seldom(&naming->release->arena, workload);
	seldom->awaited_services =
	    waits ? services_of_all(naming, &awaited) : none;
	seldom->unresolved_services = services_of_all(naming, &unresolved);
}

/* Entities are made by collect and const for everybody but relate. */
void relate_named_services(struct release *release)
{
	const struct entity_list *workloads = &release->lists[ENTITY_workload];
	const struct entity_list *probes = &release->lists[ENTITY_probe];
	struct naming naming = {.release = release};
	bool answer_others = writes_addresses(release);

	index_services(&naming);
	for (size_t i = 0; i < workloads->n; i++) {
		struct workload *workload =
		    (struct workload *)(uintptr_t)workloads->items[i];

		name_services(&naming, !answer_others, workload);
	}
	for (size_t i = 0; i < probes->n; i++) {
		struct probe *probe =
		    (struct probe *)(uintptr_t)probes->items[i];

		struct fact host = RARE_FACT(probe, asked_host);

		probe->asked_services = services_of_one(&naming, &host);
	}
	release_naming(&naming);
}

SIMPLE(
    workload, awaited_services, fact_list(&workload->seldom->awaited_services))
SIMPLE(workload, unresolved_services,
    fact_list(&workload->seldom->unresolved_services))
SIMPLE(probe, asked_services, fact_list(&probe->asked_services))
