/*
 * Whom the containers of a hook call: hosts in what they are told to run and in
 * their variables, as far as these may be Services beside it.
 */
#include "doc/node_index.h"
#include "fact/hook/calls.h"

#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

/* Words in the name of a variable that holds hosts. */
static const char *const host_words[] = {
    "HOST", "ADDR", "URL", "URI", "DSN", "ENDPOINT", "SERVER", "BROKER"};
/* Flags with a host behind them. */
static const char *const host_flags[] = {
    "-h", "-H", "--host", "--hostname", "--server", "--url", "--address"};
/* Programs that are told a host and then a port. */
static const char *const port_programs[] = {"nc", "ncat", "netcat", "telnet"};

static bool is_host_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
	       c == '.';
}

static bool is_number(struct slice word)
{
	int64_t number;

	return slice_to_int(word, &number) && number > 0;
}

/* Takes the part of a host's name that ends at the next dot. */
static struct slice take_label(struct slice *host)
{
	struct slice label = *host;
	ptrdiff_t dot = slice_find(*host, SLICE("."), 0);
	size_t taken = dot < 0 ? host->len : (size_t)dot + 1;

	if (dot >= 0)
		label.len = (size_t)dot;
	host->ptr += taken;
	host->len -= taken;
	return label;
}

/* "store-0": a pod of a StatefulSet, which its Service's name is behind. */
static bool is_pod_name(struct slice label)
{
	size_t n = label.len;

	while (n && label.ptr[n - 1] >= '0' && label.ptr[n - 1] <= '9')
		n--;
	return n > 1 && n < label.len && label.ptr[n - 1] == '-';
}

/* "db", "db.shop.svc", "db.shop.svc.cluster.local", "db-0.db": a name of one
 * part, or one that says it is a Service's and in no other namespace. */
static void find_host(const struct calls *calls, const struct node *at,
    struct slice host, int64_t port)
{
	struct slice rest = host;
	struct call call = {.name = take_label(&rest), .port = port, .at = at};
	struct slice word;
	bool is_bare;

	if (rest.len && is_pod_name(call.name))
		call.name = take_label(&rest);
	call.namespace = take_label(&rest);
	word = take_label(&rest);
	is_bare = call.namespace.len && !slice_is(call.namespace, "svc") &&
		  !slice_is(word, "svc");
	if (slice_is(call.namespace, "svc"))
		call.namespace = SLICE("");
	if (!call.name.len)
		return;
	if (calls->called && !(is_bare && word.len))
		calls->called(calls->context, &call);
	if (is_bare || (slice_is(word, "svc") &&
			   (*calls->namespace || calls->is_sure) &&
			   !slice_is(call.namespace, calls->namespace)))
		return;
	if (calls->found)
		calls->found(calls->context, call.name, at);
}

/* A host at the beginning of a text, and whether a port is behind it. */
static struct slice host_at(struct slice text, bool *ret_has_port)
{
	struct slice host = {text.ptr, 0};

	while (host.len < text.len && is_host_char(text.ptr[host.len]))
		host.len++;
	*ret_has_port = host.len + 1 < text.len && text.ptr[host.len] == ':' &&
			text.ptr[host.len + 1] >= '0' &&
			text.ptr[host.len + 1] <= '9';
	return host;
}

/* Whether nothing is behind a host that would make another word of it. */
static bool ends_behind(struct slice text, struct slice host)
{
	return host.len == text.len || strchr(":/,?", text.ptr[host.len]);
}

/* The port behind a host; 0 for none that is a number of one. */
static int64_t port_behind(struct slice text, struct slice host)
{
	struct slice port = {text.ptr + host.len + 1, 0};
	size_t most = text.len > host.len ? text.len - host.len - 1 : 0;
	int64_t number;

	if (!most || text.ptr[host.len] != ':')
		return 0;
	while (port.len < most && port.ptr[port.len] >= '0' &&
	       port.ptr[port.len] <= '9')
		port.len++;
	if (port.len < most && !strchr("/,?", port.ptr[port.len]))
		return 0;
	return slice_to_int(port, &number) && number <= 65535 ? number : 0;
}

/* The port of a URL that gives none. */
static int64_t port_of_scheme(struct slice url)
{
	return slice_starts(url, SLICE("http://"))    ? 80
	       : slice_starts(url, SLICE("https://")) ? 443
						      : 0;
}

/* Whoever is asked by URL: what is behind "://" and a user with a password. */
static bool find_url(
    const struct calls *calls, const struct node *at, struct slice word)
{
	ptrdiff_t scheme = slice_find(word, SLICE("://"), 0);
	struct slice rest;
	struct slice host;
	bool has_port;

	if (scheme < 0)
		return false;
	rest.ptr = word.ptr + scheme + 3;
	rest.len = word.len - (size_t)scheme - 3;
	for (size_t i = 0; i < rest.len && rest.ptr[i] != '/'; i++) {
		if (rest.ptr[i] == '@') {
			rest.ptr += i + 1;
			rest.len -= i + 1;
			i = 0;
		}
	}
	host = host_at(rest, &has_port);
	if (ends_behind(rest, host))
		find_host(calls, at, host,
		    has_port ? port_behind(rest, host) : port_of_scheme(word));
	return true;
}

/* What is behind "=" in --host=db:5432. */
static struct slice value_in(struct slice word)
{
	ptrdiff_t equals = slice_find(word, SLICE("="), 0);

	if (equals < 0 || !slice_starts(word, SLICE("-")))
		return word;
	return (struct slice){
	    word.ptr + equals + 1, word.len - (size_t)equals - 1};
}

/* A word of a command; is_host: what is before it says so. */
static void find_in_word(const struct calls *calls, const struct node *at,
    struct slice word, bool is_host)
{
	struct slice text = value_in(word);
	bool has_port;
	struct slice host = host_at(text, &has_port);

	for (size_t i = 0; i < COUNT_OF(host_flags) && text.ptr != word.ptr;
	     i++)
		is_host |= strlen(host_flags[i]) + 1 ==
			       (size_t)(text.ptr - word.ptr) &&
			   slice_starts(word, slice_of(host_flags[i]));
	if (!find_url(calls, at, text) && (is_host || has_port) &&
	    ends_behind(text, host))
		find_host(calls, at, host, port_behind(text, host));
}

/* A host and a port that are two words, or two variables. */
static void find_pair(const struct calls *calls, const struct node *at,
    struct slice host, struct slice port)
{
	int64_t number = 0;
	bool has_port;

	if (host_at(host, &has_port).len == host.len &&
	    slice_to_int(port, &number) && number > 0 && number <= 65535)
		find_host(calls, at, host, number);
	else
		find_in_word(calls, at, host, true);
}

/* Words of one command while they are read. */
struct telling {
	const struct calls *calls;
	struct slice before; /* the word before, or empty */
	struct slice host;   /* the last word, which a port may follow */
	bool takes_port;     /* the program is told both */
	bool is_for_names;   /* the program makes a certificate for its hosts */
};

/* What is behind the flag of a host, or in it, when that is only a name. */
static bool is_only_a_name(
    const struct telling *telling, struct slice word, bool is_host)
{
	return telling->is_for_names &&
	       (is_host || slice_starts(word, SLICE("--host")));
}

static void tell_word(
    struct telling *telling, const struct node *at, struct slice word)
{
	bool is_host =
	    slice_is_among(telling->before, host_flags, COUNT_OF(host_flags));

	if (telling->takes_port && is_number(word) && telling->host.len)
		find_pair(telling->calls, at, telling->host, word);
	else if (!is_only_a_name(telling, word, is_host))
		find_in_word(telling->calls, at, word, is_host);
	telling->takes_port |=
	    slice_is_among(word, port_programs, COUNT_OF(port_programs));
	telling->host = slice_starts(word, SLICE("-")) ? SLICE("") : word;
	telling->before = word;
}

void find_command_calls(
    const struct calls *calls, const struct node *script, struct slice command)
{
	struct slice rest = shell_body(command), word;
	struct telling telling = {.calls = calls};

	while (shell_argument(&rest, &word))
		tell_word(&telling, script, shell_unquoted(word));
}

/* What is allowed to fail calls nobody who must be there. */
static void read_script(
    const struct calls *calls, const struct node *script, struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;

	while (shell_next(&shell, &command)) {
		if (!shell_only_says(shell_body(command.text)) &&
		    command.end != SHELL_OR)
			find_command_calls(calls, script, command.text);
	}
}

/* Who is told the Secret to write as well, as kube-webhook-certgen is, asks
 * nobody: the hosts are names in a certificate. */
static bool makes_certificate(struct arguments arguments)
{
	for (size_t i = 0; argument_at(arguments, i); i++) {
		if (slice_starts(
			argument_text(arguments, i), SLICE("--secret-name")))
			return true;
	}
	return false;
}

static void read_commands(
    const struct calls *calls, const struct node *container)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *script = shell_script(arguments, NULL);
	struct telling telling = {
	    .calls = calls, .is_for_names = makes_certificate(arguments)};

	for (size_t i = 0; argument_at(arguments, i); i++) {
		const struct node *argument = argument_at(arguments, i);
		struct slice text = argument_text(arguments, i);

		if (argument == script)
			read_script(calls, argument, text);
		else
			tell_word(&telling, argument, text);
	}
}

static bool holds_hosts(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(host_words); i++) {
		if (slice_find(name, slice_of(host_words[i]), 0) >= 0)
			return true;
	}
	return false;
}

/* One host or several: kafka-0.kafka:9092,kafka-1.kafka:9092. */
static void read_hosts(const struct calls *calls, const struct node *at,
    struct slice text, bool by_name)
{
	size_t start = 0;

	for (size_t i = 0; i <= text.len; i++) {
		struct slice item = {text.ptr + start, i - start};

		if (i < text.len && text.ptr[i] != ',')
			continue;
		start = i + 1;
		if (by_name)
			find_in_word(calls, at, item, true);
		else
			find_url(calls, at, item);
	}
}

/* The port that a variable gives beside one with a host: DB_PORT of DB_HOST. */
static struct slice port_beside(
    const struct node_index *variables, struct slice name)
{
	struct slice port = SLICE("");
	struct buf beside = {0};

	if (slice_ends(name, SLICE("HOST"))) {
		buf_printf(&beside, "%.*sPORT", (int)name.len - 4, name.ptr);
		port = scalar_text(node_get(
		    node_index_find(variables, buf_slice(&beside)), "value"));
	}
	buf_release(&beside);
	return port;
}

static void read_variable(const struct calls *calls,
    const struct node_index *variables, const struct node *variable)
{
	const struct node *value = node_get(variable, "value");
	struct slice name = scalar_text(node_get(variable, "name"));
	struct slice port = SLICE("");

	if (!scalar_text(value).len)
		return;
	if (calls->called)
		port = port_beside(variables, name);
	if (is_number(port))
		find_pair(calls, value, scalar_text(value), port);
	else
		read_hosts(calls, value, scalar_text(value), holds_hosts(name));
}

void find_calls(const struct calls *calls, const struct node *container)
{
	const struct node *env = node_get(container, "env");
	struct node_index variables;

	read_commands(calls, container);
	node_index_init(&variables, calls->called ? env : NULL, "name");
	for (size_t i = 0; i < node_length(env); i++)
		read_variable(calls, &variables, env->items[i]);
	node_index_release(&variables);
}
