/* What the API refuses in the probes and hooks of a container: such as an init
 * container must not have, with two handlers or none to run, with numbers out
 * of range. */
#include "fact/pod/pod.h"

#include "fact/problem.h"

static const char *const probes[] = {
    "readinessProbe", "livenessProbe", "startupProbe"};

static const char *const handlers[] = {
    "httpGet", "tcpSocket", "exec", "grpc", "sleep"};

/* A container ends before the others start, unless it is a sidecar. */
static bool ends_first(const struct node *container, bool is_init)
{
	return is_init && is_blank(node_get(container, "restartPolicy"));
}

static void refuse_in_init(const struct reading *reading,
    const struct node *container, const char *field)
{
	const struct node *node = node_get(container, field);

	if (is_given(node))
		add_problem(reading, key_of(node),
		    "the init container '%.*s' has %s, which is for "
		    "containers that keep running; remove it, or make a "
		    "sidecar of it with restartPolicy Always",
		    SLICE_ARGS(scalar_text(node_get(container, "name"))),
		    field);
}

/* Where there is none the probe asks nothing, which other rules tell of. */
static void check_handlers(
    const struct reading *reading, const struct node *node, const char *field)
{
	const char *found = NULL;

	for (size_t i = 0; i < COUNT_OF(handlers); i++) {
		const struct node *handler = node_get(node, handlers[i]);

		if (!is_given(handler))
			continue;
		if (found)
			add_problem(reading, key_of(handler),
			    "a %s has both %s and %s; keep one", field, found,
			    handlers[i]);
		found = handlers[i];
	}
}

static void check_command(
    const struct reading *reading, const struct node *node, const char *field)
{
	const struct node *exec = node_get(node, "exec");
	const struct node *command = node_get(exec, "command");

	if (!is_given(exec) || exec->kind != NODE_MAPPING)
		return;
	if (!is_given(command) ||
	    (command->kind == NODE_SEQUENCE && !command->n))
		add_problem(reading, key_of(exec),
		    "the exec of a %s has no command", field);
}

static void check_scheme(const struct reading *reading, const struct node *node)
{
	const struct node *scheme = node_find(node, "httpGet", "scheme", NULL);
	struct slice text = scalar_text(scheme);

	if (text.len && !slice_is(text, "HTTP") && !slice_is(text, "HTTPS"))
		add_problem(reading, scheme,
		    "the scheme of a probe is HTTP or HTTPS, not '%.*s'",
		    SLICE_ARGS(text));
}

static void check_timing(
    const struct reading *reading, const struct node *probe, const char *field)
{
	const struct node *node = node_get(probe, field);
	int64_t number;

	if (node_to_int(node, &number)) {
		if (number < 0)
			add_problem(reading, node, "%s %lld is negative", field,
			    (long long)number);
	} else if (scalar_text(node).len &&
		   scalar_of(node).type == SCALAR_STRING) {
		add_problem(reading, node,
		    "%s '%.*s' is a text; write a number without quotes", field,
		    SLICE_ARGS(scalar_text(node)));
	}
}

/* Only readiness comes back: 0 stands for 1. */
static void check_success(
    const struct reading *reading, const struct node *probe, const char *field)
{
	const struct node *node = node_get(probe, "successThreshold");
	int64_t number;

	if (field != probes[0] && node_to_int(node, &number) && number > 1)
		add_problem(reading, node,
		    "the successThreshold of a %s must be 1, not %lld", field,
		    (long long)number);
}

static void check_probe(
    const struct reading *reading, const struct node *probe, const char *field)
{
	static const char *const timings[] = {"initialDelaySeconds",
	    "timeoutSeconds", "periodSeconds", "successThreshold",
	    "failureThreshold"};

	check_handlers(reading, probe, field);
	check_command(reading, probe, field);
	check_scheme(reading, probe);
	check_success(reading, probe, field);
	for (size_t i = 0; i < COUNT_OF(timings); i++)
		check_timing(reading, probe, timings[i]);
}

void find_handler_problems(
    const struct reading *reading, const struct node *container, bool is_init)
{
	static const char *const hooks[] = {"preStop", "postStart"};
	const struct node *lifecycle = node_get(container, "lifecycle");

	if (ends_first(container, is_init)) {
		for (size_t i = 0; i < COUNT_OF(probes); i++)
			refuse_in_init(reading, container, probes[i]);
		refuse_in_init(reading, container, "lifecycle");
		return;
	}
	for (size_t i = 0; i < COUNT_OF(probes); i++)
		check_probe(reading, node_get(container, probes[i]), probes[i]);
	for (size_t i = 0; i < COUNT_OF(hooks); i++) {
		const struct node *hook = node_get(lifecycle, hooks[i]);

		check_handlers(reading, hook, hooks[i]);
		check_command(reading, hook, hooks[i]);
	}
}
