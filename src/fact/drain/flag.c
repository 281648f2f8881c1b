/*
 * How long an application takes to shut down: read off what its container is
 * told in command and args, or in a variable that holds such flags.
 *
 * A flag counts when its name says that it is for the program's own end and
 * the unit is known: from the value (60s), from the name (--drain-time-s), or
 * because the program is known by its flag.
 */
#include "fact/drain/drain.h"

#include "fact/shell.h"

#include <string.h>

/* The flags of known programs whose values have no unit. */
static const struct {
	const char *flag, *unit;
} known_flags[] = {
    /* Gunicorn and Hypercorn; docs.gunicorn.org, Settings. */
    {"graceful-timeout", "_S"},
    /* Uvicorn; its Settings, Timeouts. */
    {"timeout-graceful-shutdown", "_S"},
    /* Spring takes a number as milliseconds, Quarkus as seconds. */
    {"spring.lifecycle.timeout-per-shutdown-phase", "_MS"},
    {"quarkus.shutdown.timeout", "_S"},
};

/* Nginx calls it so in its configuration, of which -g gives a part. */
#define NGINX_TIME "worker_shutdown_timeout"

/* What a flag must say to be about an end, and what makes it that of others:
 * of nodes, of pods that are evicted, of what is drained before a reboot. */
static const char *const endings[] = {"shutdown", "shut-down", "graceful",
    "gracetimeout", "drain-time-", "drain-duration", "drain-seconds"};
static const char *const others[] = {
    "node", "pod", "evict", "terminat", "max-", "job", "task", "restart"};

static bool has_any(struct slice name, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_find(name, slice_of(words[i]), 0) >= 0)
			return true;
	}
	return false;
}

/* Traefik: an entry point's own, entryPoints.web.transport.lifeCycle. */
#define TRAEFIK_TIME ".transport.lifecycle.gracetimeout"

/* Of a name in lower case. */
static bool is_for_own_end(struct facts *facts, struct slice name)
{
	if (slice_ends(name, SLICE(TRAEFIK_TIME)))
		return true;
	return has_any(name, endings, COUNT_OF(endings)) &&
	       !has_any(name, others, COUNT_OF(others)) &&
	       is_drain_variable(facts, name);
}

static const char *known_unit(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(known_flags); i++) {
		if (slice_is(name, known_flags[i].flag))
			return known_flags[i].unit;
	}
	return "";
}

/* One container's flags while they are read. */
struct flags {
	struct facts *facts;
	const struct node *argument; /* where the present one stands */
	struct buf name;	     /* of a flag whose value may be next */
	struct buf *drains;
};

static void add_flag(struct flags *flags, struct slice value)
{
	struct slice name = buf_slice(&flags->name);
	const char *unit = known_unit(name);

	if (!*unit && !is_for_own_end(flags->facts, name))
		return;
	buf_printf(&flags->name, "%s", unit);
	add_flag_drain(flags->facts, buf_slice(&flags->name), value,
	    flags->argument, flags->drains);
}

/* A name in lower case, without the hyphens or -D before it. */
static void start_flag(struct flags *flags, struct slice name)
{
	size_t at = slice_starts(name, SLICE("-D")) ? 2 : 0;

	while (!at || (at < name.len && name.ptr[at] == '-'))
		at++;
	buf_clear(&flags->name);
	for (; at < name.len; at++) {
		char c = name.ptr[at];

		buf_printf(&flags->name, "%c",
		    c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
	}
}

/* --name=value, or --name with its value behind it. */
static void read_word(struct flags *flags, struct slice word)
{
	ptrdiff_t equals = slice_find(word, SLICE("="), 0);
	bool has_name = flags->name.len > 0;

	if (!slice_starts(word, SLICE("-"))) {
		if (has_name)
			add_flag(flags, word);
		buf_clear(&flags->name);
		return;
	}
	start_flag(flags,
	    (struct slice){word.ptr, equals < 0 ? word.len : (size_t)equals});
	if (equals < 0)
		return;
	add_flag(flags, shell_unquoted((struct slice){word.ptr + equals + 1,
			    word.len - (size_t)equals - 1}));
	buf_clear(&flags->name);
}

static void read_nginx(struct flags *flags, struct slice text)
{
	ptrdiff_t at = slice_find(text, SLICE(NGINX_TIME " "), 0);
	struct slice value;
	size_t n = 0;

	if (at < 0)
		return;
	value.ptr = text.ptr + at + strlen(NGINX_TIME " ");
	value.len = text.len - (size_t)at - strlen(NGINX_TIME " ");
	while (n < value.len && value.ptr[n] != ';')
		n++;
	value.len = n;
	add_flag_drain(flags->facts, SLICE(NGINX_TIME "_S"), value,
	    flags->argument, flags->drains);
}

static void read_script(struct flags *flags, struct slice text)
{
	struct shell shell = {.text = text};
	struct shell_command command;

	while (shell_next(&shell, &command)) {
		struct slice rest = shell_body(command.text), word;

		buf_clear(&flags->name);
		while (shell_argument(&rest, &word))
			read_word(flags, shell_unquoted(word));
	}
}

/* Whether a variable holds flags: JAVA_TOOL_OPTIONS, CATALINA_OPTS,
 * GUNICORN_CMD_ARGS. */
static bool holds_flags(struct slice name)
{
	static const char *const ends[] = {"_OPTS", "_OPTIONS", "_ARGS"};

	for (size_t i = 0; i < COUNT_OF(ends); i++) {
		if (slice_ends(name, slice_of(ends[i])))
			return true;
	}
	return false;
}

/* What programs take from there as if it stood in their arguments. */
static void read_variables(struct flags *flags, const struct node *env)
{
	struct slice name, value;

	for (size_t i = 0; i < node_length(env); i++) {
		flags->argument = node_get(env->items[i], "value");
		if (node_to_text(node_get(env->items[i], "name"), &name) &&
		    holds_flags(name) && node_to_text(flags->argument, &value))
			read_script(flags, value);
	}
}

void collect_drain_flags(
    struct facts *facts, const struct node *container, struct buf *drains)
{
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *script = shell_script(arguments, NULL);
	struct flags flags = {.facts = facts, .drains = drains};

	for (size_t i = 0; argument_at(arguments, i); i++) {
		struct slice text = argument_text(arguments, i);

		flags.argument = argument_at(arguments, i);
		read_nginx(&flags, text);
		if (flags.argument == script)
			read_script(&flags, text);
		else
			read_word(&flags, text);
	}
	buf_clear(&flags.name);
	read_variables(&flags, node_get(container, "env"));
	buf_release(&flags.name);
}
