/* Names of Services that pods ask: those that an init container waits for, and
 * of pods on the host's network those that their resolver does not know. */
#include "fact/hook/calls.h"
#include "fact/pod/pod.h"

#include "fact/kind.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

struct asking {
	struct facts *facts;
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

static void find_names(struct asking *asking, const struct workload *workload,
    const struct node *container)
{
	struct calls calls = {workload->manifest->namespace, note_name, asking};

	find_calls(&calls, container);
}

/* Whether a script goes on without an answer: it tries so many times, for some
 * time, or does one thing or another. */
static bool may_give_up(const struct node *container)
{
	static const char *const words[] = {
	    "if", "case", "for", "timeout", "seq", "exit", "break", "function"};
	struct arguments arguments = {
	    node_get(container, "command"), node_get(container, "args")};
	const struct node *script = shell_script(arguments, NULL);
	struct shell shell = {.text = scalar_text(script)};
	struct shell_command command;

	while (script && shell_next(&shell, &command)) {
		struct slice rest = command.text, word;

		if (command.end == SHELL_AND || command.end == SHELL_OR)
			return true;
		while (shell_word(&rest, &word)) {
			for (size_t i = 0; i < COUNT_OF(words); i++) {
				if (slice_is(word, words[i]))
					return true;
			}
		}
	}
	return !script || shell.is_broken;
}

/* What init containers ask again and again, or end in failure without; their
 * variables only may be asked. */
static struct fact awaited_hosts(struct facts *facts,
    const struct node *pod_spec, const struct workload *workload)
{
	const struct node *init = node_get(pod_spec, "initContainers");
	struct asking asking = {.facts = facts};

	for (size_t i = 0; i < node_length(init); i++) {
		if (!is_sidecar(init->items[i]) && !may_give_up(init->items[i]))
			find_names(&asking, workload, init->items[i]);
	}
	return names_fact(&asking);
}

/* dnsPolicy of such pods: ClusterFirst means Default there. */
static bool asks_node_resolver(const struct node *pod_spec)
{
	struct slice policy = scalar_text(node_get(pod_spec, "dnsPolicy"));
	bool host_network = false;

	node_to_bool(node_get(pod_spec, "hostNetwork"), &host_network);
	return host_network &&
	       (!policy.len || slice_is(policy, "ClusterFirst"));
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
	workload->awaited_hosts = awaited_hosts(facts, pod_spec, workload);
	if (asks_node_resolver(pod_spec))
		workload->unresolved_hosts =
		    unresolved_hosts(facts, pod_spec, workload);
}
