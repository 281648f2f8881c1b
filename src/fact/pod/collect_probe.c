/* A container's ports and probes: what a probe asks, with the port resolved,
 * and its timing with the API's defaults. */
#include "fact/hook/calls.h"
#include "fact/pod/pod.h"

#include "fact/computed.h"
#include "fact/handler.h"
#include "fact/shell.h"

#include <string.h>
#include <strings.h>

RARE(probe, asked_host)
RARE(probe, always_succeeds)
RARE(probe, slow_command)
RARE(probe, grace_seconds)

/* How many ports are spelled out. */
#define PORTS_SPELLED 8

/* The number of a port, 0 when it is written but cannot be told. */
static int64_t port_number(const struct node *node)
{
	int64_t number;

	return node_to_int(node, &number) && number > 0 ? number : 0;
}

static void spell_port(
    const struct port *port, const struct node *number, struct buf *buf)
{
	struct slice written = {0};

	if (buf->len)
		buf_add_text(buf, ", ");
	if (*port->name)
		buf_printf(buf, "%s ", port->name);
	node_to_text(number, &written);
	buf_add_slice(buf, written);
	if (strcmp(port->protocol, "TCP"))
		buf_printf(buf, "/%s", port->protocol);
}

static struct port collect_port(struct facts *facts, const struct node *node)
{
	struct fact protocol =
	    facts_node_text(facts, node_get(node, "protocol"), "TCP");

	/* "tcp" is refused, and that is all that is wrong with it. */
	if (!strcasecmp(protocol.text, "TCP"))
		protocol.text = "TCP";
	return (struct port){
	    .name = facts_name(facts, node_get(node, "name")),
	    .number = port_number(node_get(node, "containerPort")),
	    .host_port = port_number(node_get(node, "hostPort")),
	    .protocol = protocol.text,
	};
}

void collect_ports(
    struct facts *facts, const struct node *ports, struct container *container)
{
	size_t length = node_length(ports), n = 0;
	struct port *kept = arena_array(&facts->arena, length, sizeof(*kept));
	struct buf spelled = {0};

	for (size_t i = 0; i < length; i++) {
		const struct node *number =
		    node_get(ports->items[i], "containerPort");

		if (node_is_null(number))
			continue;
		kept[n] = collect_port(facts, ports->items[i]);
		if (n < PORTS_SPELLED)
			spell_port(&kept[n], number, &spelled);
		else if (n == PORTS_SPELLED)
			buf_add_text(&spelled, ", ...");
		if (container->first_port.state == FACT_ABSENT &&
		    kept[n].number && !strcmp(kept[n].protocol, "TCP"))
			container->first_port = facts_int_or_none(number);
		n++;
	}
	container->ports = kept;
	container->nports = n;
	if (n)
		container->declared_ports = facts_placed(
		    fact_text(facts_text(facts, buf_slice(&spelled))),
		    key_of(ports));
	buf_release(&spelled);
}

/* What a name stands for: the kubelet looks in the probed container only. */
static struct fact named_port(
    const struct container *container, const char *name)
{
	for (size_t i = 0; i < container->nports; i++) {
		const struct port *port = &container->ports[i];

		if (*name && !strcmp(port->name, name))
			return port->number ? fact_int(port->number)
					    : fact_unknown();
	}
	return (struct fact){.state = FACT_ABSENT};
}

static bool is_string(const struct node *node)
{
	return node->kind == NODE_SCALAR &&
	       scalar_of(node).type == SCALAR_STRING;
}

/* A gRPC probe takes no names, so none resolves there. */
static void collect_probe_port(
    struct facts *facts, const struct node *node, struct probe *probe)
{
	probe->asked_port = facts_node_text(facts, node, NULL);
	if (node_is_null(node) || !is_string(node)) {
		probe->port = facts_int_or_none(node);
		return;
	}
	probe->port_name = facts_node_text(facts, node, NULL);
	if (strcmp(probe->handler.text, "grpc"))
		probe->port =
		    named_port(probe->container, probe->port_name.text);
	if (probe->port.state != FACT_ABSENT)
		probe->port = facts_placed(probe->port, node);
}

/* A word as a shell would need it, so that words cannot run together. */
static void spell_word(const char *word, struct buf *buf)
{
	buf_add_text(buf, " '");
	for (; *word; word++) {
		if (*word == '\'')
			buf_add_text(buf, "'\\'");
		buf_add_char(buf, *word);
	}
	buf_add_char(buf, '\'');
}

static void spell_words(
    struct facts *facts, const struct node *words, struct buf *buf)
{
	for (size_t i = 0; i < node_length(words); i++)
		spell_word(facts_name(facts, words->items[i]), buf);
}

/* A name stays as it is when its container declares no such port. */
static void spell_address(const struct probe *probe, struct buf *buf)
{
	buf_add_text(buf, probe->host.text);
	if (probe->port.has_value)
		buf_printf(buf, ":%lld", (long long)probe->port.integer);
	else if (probe->port_name.has_value)
		buf_printf(buf, ":%s", probe->port_name.text);
}

/* As the kubelet does it: "" and "ready" are "/" and "/ready". */
static void spell_request(struct facts *facts, const struct probe *probe,
    const struct node *headers, struct buf *buf)
{
	const char *path = probe->path.has_value ? probe->path.text : "";

	buf_printf(buf, " %s://", probe->scheme.text);
	spell_address(probe, buf);
	buf_printf(buf, "%s%s", *path == '/' ? "" : "/", path);
	for (size_t i = 0; i < node_length(headers); i++) {
		const struct node *header = headers->items[i];

		spell_word(facts_name(facts, node_get(header, "name")), buf);
		spell_word(facts_name(facts, node_get(header, "value")), buf);
	}
}

/* Unknown when the port is written, but neither a number nor a name. */
static struct fact endpoint_of(
    struct facts *facts, const struct probe *probe, const struct node *handler)
{
	const char *name = probe->handler.text;
	struct buf spelled = {0};
	struct fact fact;

	if (probe->port.state == FACT_UNKNOWN && !probe->port_name.has_value)
		return fact_unknown();
	buf_add_text(&spelled, name);
	if (!strcmp(name, "exec")) {
		spell_words(facts, node_get(handler, "command"), &spelled);
	} else if (!strcmp(name, "httpGet")) {
		spell_request(
		    facts, probe, node_get(handler, "httpHeaders"), &spelled);
	} else {
		buf_add_char(&spelled, ' ');
		spell_address(probe, &spelled);
		spell_word(
		    facts_name(facts, node_get(handler, "service")), &spelled);
	}
	fact = facts_placed(
	    fact_text(facts_text(facts, buf_slice(&spelled))), key_of(handler));
	buf_release(&spelled);
	return fact;
}

static void collect_handler(
    struct facts *facts, const struct node *handler, struct probe *probe)
{
	const char *name = probe->handler.text;

	probe->host = facts_node_text(facts, node_get(handler, "host"), "");
	if (!strcmp(name, "httpGet")) {
		probe->path =
		    facts_node_text(facts, node_get(handler, "path"), NULL);
		probe->scheme =
		    facts_node_text(facts, node_get(handler, "scheme"), "HTTP");
	}
	if (strcmp(name, "exec"))
		collect_probe_port(facts, node_get(handler, "port"), probe);
	probe->endpoint = endpoint_of(facts, probe, handler);
}

/* The API takes 0 for left out, and refuses what is negative or over 32
 * bits. */
static struct fact timing(
    const struct node *probe, const char *key, int64_t otherwise)
{
	const struct node *node = node_get(probe, key);
	struct fact fact = facts_int(node, otherwise);

	if (fact.state != FACT_KNOWN)
		return fact;
	if (fact.integer < 0 || fact.integer > INT32_MAX)
		return facts_placed(fact_unknown(), node);
	if (!fact.integer)
		fact.integer = otherwise;
	return fact;
}

struct asking {
	struct facts *facts;
	struct probe *probe;
};

static void note_host(void *context, struct slice name, const struct node *at)
{
	const struct asking *asking = context;

	struct probe *probe = asking->probe;

	if (RARE_FACT(probe, asked_host).state == FACT_ABSENT &&
	    !slice_is(name, "localhost") && !slice_is(name, "ip6-localhost"))
		KEEP_RARE(&asking->facts->arena, probe, asked_host,
		    facts_placed(
			fact_text(facts_text(asking->facts, name)), at));
}

/* curl --unix-socket /run/docker.sock http://docker/: the host is only a name.
 */
static bool asks_by_socket(const struct node *exec)
{
	struct arguments arguments = {node_get(exec, "command"), NULL};

	for (size_t i = 0; argument_at(arguments, i); i++) {
		if (slice_find(argument_text(arguments, i),
			SLICE("--unix-socket"), 0) >= 0)
			return true;
	}
	return false;
}

/* The first host but the pod itself that a command asks. */
static void collect_asked_host(struct facts *facts,
    const struct container *container, const struct node *exec,
    struct probe *probe)
{
	struct asking asking = {facts, probe};
	struct calls calls = {
	    .namespace = container->workload->manifest->namespace,
	    .found = note_host,
	    .context = &asking};

	if (!asks_by_socket(exec))
		find_calls(&calls, exec);
}

/* Programs that take a second or more to start, as the runtime behind them
 * does: Erlang, Java, JavaScript. */
static bool is_slow(struct slice word)
{
	static const char *const programs[] = {"rabbitmq-diagnostics",
	    "rabbitmqctl", "nodetool", "cqlsh", "mongosh", "kafka-topics.sh",
	    "kafka-broker-api-versions.sh", "zkServer.sh", "hdfs", "solr"};
	size_t start = word.len;

	while (start && word.ptr[start - 1] != '/')
		start--;
	word = (struct slice){word.ptr + start, word.len - start};
	for (size_t i = 0; i < COUNT_OF(programs); i++) {
		if (slice_is(word, programs[i]))
			return true;
	}
	return false;
}

/* The first of these among the words of a command. */
static void collect_slow_command(
    struct facts *facts, const struct node *exec, struct probe *probe)
{
	struct arguments arguments = {node_get(exec, "command"), NULL};

	for (size_t i = 0; argument_at(arguments, i); i++) {
		struct slice rest = argument_text(arguments, i), word;

		while (shell_argument(&rest, &word)) {
			if (!is_slow(word))
				continue;
			KEEP_RARE(&facts->arena, probe, slow_command,
			    facts_placed(fact_text(facts_text(facts, word)),
				argument_at(arguments, i)));
			return;
		}
	}
}

const struct probe *collect_probe(struct facts *facts,
    const struct container *container, const struct node *node,
    const char *kind)
{
	static const char *const handlers[] = {
	    "httpGet", "tcpSocket", "exec", "grpc", NULL};
	const char *name;
	const struct node *handler = handler_of(node, handlers, &name);
	struct probe *probe;

	if (!handler)
		return NULL;
	probe = arena_alloc(&facts->arena, sizeof(*probe));
	*probe = (struct probe){
	    .container = container,
	    .kind = kind,
	    .line = key_of(node)->span.line,
	    .col = key_of(node)->span.col,
	    .width = facts_width(key_of(node)),
	    .handler = handler_fact(handler, name),
	    .initial_delay_seconds = timing(node, "initialDelaySeconds", 0),
	    .period_seconds = timing(node, "periodSeconds", 10),
	    .timeout_seconds = timing(node, "timeoutSeconds", 1),
	    .success_threshold = timing(node, "successThreshold", 1),
	    .failure_threshold = timing(node, "failureThreshold", 3),
	};
	KEEP_RARE(&facts->arena, probe, grace_seconds,
	    facts_int_or_none(node_get(node, "terminationGracePeriodSeconds")));
	collect_handler(facts, handler, probe);
	if (!strcmp(name, "exec")) {
		collect_asked_host(facts, container, handler, probe);
		collect_certain_success(&facts->arena, handler, probe);
		collect_slow_command(facts, handler, probe);
	}
	vector_add(&facts->lists[ENTITY_probe], probe);
	return probe;
}

/* The protocols that a pod's containers declare, by the bytes of the port's
 * number. */
struct protocols {
	struct map map;
	bool incomplete; /* a number cannot be told */
};

static struct slice number_key(const int64_t *number)
{
	return (struct slice){(const char *)number, sizeof(*number)};
}

static void add_protocols(
    struct protocols *protocols, const struct container *container)
{
	for (size_t i = 0; i < container->nports; i++) {
		const struct port *port = &container->ports[i];
		void **slot;

		if (!port->number) {
			protocols->incomplete = true;
			continue;
		}
		slot = map_slot(&protocols->map, number_key(&port->number));
		if (!*slot || !strcmp(port->protocol, "TCP"))
			*slot = (void *)(uintptr_t)port->protocol;
	}
}

static struct fact protocol_of(
    const struct protocols *protocols, const struct fact *port)
{
	const char *protocol;

	if (port->state == FACT_UNKNOWN)
		return fact_unknown();
	if (port->state != FACT_KNOWN)
		return (struct fact){.state = FACT_ABSENT};
	protocol = map_find(&protocols->map, number_key(&port->integer));
	if (protocol)
		return fact_text(protocol);
	return protocols->incomplete ? fact_unknown()
				     : (struct fact){.state = FACT_ABSENT};
}

static void resolve_protocol(
    const struct protocols *protocols, const struct probe *probe)
{
	/* Made by collect_probe(), and const for all others. */
	struct probe *own = (struct probe *)(uintptr_t)probe;

	if (own)
		own->port_protocol = protocol_of(protocols, &own->port);
}

void collect_protocols(const struct workload *workload)
{
	struct protocols protocols = {.incomplete = false};

	for (size_t i = 0; i < workload->ncontainers; i++)
		add_protocols(&protocols, &workload->containers[i]);
	for (size_t i = 0; i < workload->ncontainers; i++) {
		const struct container *container = &workload->containers[i];

		resolve_protocol(&protocols, container->readiness);
		resolve_protocol(&protocols, container->liveness);
		resolve_protocol(&protocols, container->startup);
	}
	map_release(&protocols.map);
}

static bool has_port(const struct workload *workload)
{
	for (size_t i = 0; i < workload->ncontainers; i++) {
		if (workload->containers[i].nports)
			return true;
	}
	return false;
}

SIMPLE(workload, declares_ports, fact_bool(has_port(workload->template_owner)))
