/*
 * Memory that a container may take and that its limit does not hold: a heap, by
 * -Xmx of Java, --max-old-space-size of Node.js or GOMEMLIMIT of Go; files of a
 * volume in memory, which count for the container that writes them.
 */
#include "fact/pod/pod.h"

#include "base/quantity.h"
#include "fact/computed.h"
#include "fact/problem.h"
#include "fact/shell.h"

#include <string.h>

RARE(container, heap)
RARE(container, heap_mebibytes)
RARE(workload, tmpfs)
RARE(workload, tmpfs_volume)
RARE(workload, tmpfs_limit)

#define MEBI (1024.0 * 1024.0)

/* A number and the letter behind it, as Java reads them. */
static double java_size(struct slice text)
{
	double number = 0;
	size_t n = 0;

	while (n < text.len && text.ptr[n] >= '0' && text.ptr[n] <= '9')
		number = number * 10 + (text.ptr[n++] - '0');
	if (n < text.len && strchr("kK", text.ptr[n]))
		return number * 1024;
	if (n < text.len && strchr("mM", text.ptr[n]))
		return number * MEBI;
	if (n < text.len && strchr("gG", text.ptr[n]))
		return number * 1024 * MEBI;
	return number;
}

/* What stands behind a word in a text, where it is there for the last time,
 * which is the one that counts; empty when it is not there. */
static struct slice behind(struct slice text, const char *word)
{
	struct slice rest = {"", 0};
	ptrdiff_t at;

	while ((at = slice_find(text, slice_of(word), 0)) >= 0) {
		size_t skipped = (size_t)at + strlen(word);

		text.ptr += skipped;
		text.len -= skipped;
		rest = text;
	}
	return rest;
}

/* Variables that the program itself or its script starts it with; the text of
 * others may be about other processes. */
static bool holds_options(struct slice name)
{
	static const char *const words[] = {
	    "JAVA", "JVM", "JDK", "OPT", "HEAP", "NODE", "ARGS", "FLAGS"};
	static const char *const others[] = {
	    "CHILD", "AGENT", "WORKER", "EXECUTOR", "TASK", "BUILD", "JOB"};
	bool is_for_it = false;

	for (size_t i = 0; i < COUNT_OF(words); i++)
		is_for_it |= slice_find(name, slice_of(words[i]), 0) >= 0;
	for (size_t i = 0; i < COUNT_OF(others); i++)
		is_for_it &= slice_find(name, slice_of(others[i]), 0) < 0;
	return is_for_it;
}

/* The heap that a text asks for, in bytes; 0 when it asks for none. */
static double heap_in(struct slice text)
{
	struct slice size = behind(text, "-Xmx");

	if (size.len)
		return java_size(size);
	size = behind(text, "--max-old-space-size=");
	return size.len ? java_size(size) * MEBI : 0;
}

/* GOMEMLIMIT: 4GiB is the quantity 4Gi. */
static double go_limit(struct slice text)
{
	double bytes;

	if (slice_ends(text, SLICE("B")))
		text.len--;
	return quantity_parse(text, &bytes) ? bytes : 0;
}

struct asked {
	const struct node *at; /* where the largest is asked for */
	double bytes;
};

static void ask(struct asked *asked, const struct node *at, double bytes)
{
	if (bytes > asked->bytes)
		*asked = (struct asked){at, bytes};
}

static void ask_by_environment(struct asked *asked, const struct node *env)
{
	for (size_t i = 0; i < node_length(env); i++) {
		const struct node *value = node_get(env->items[i], "value");
		struct slice text = scalar_text(value);
		struct slice name =
		    scalar_text(node_get(env->items[i], "name"));

		if (slice_is(name, "GOMEMLIMIT"))
			ask(asked, value, go_limit(text));
		else if (holds_options(name))
			ask(asked, value, heap_in(text));
	}
}

void collect_heap(
    struct facts *facts, const struct node *node, struct container *container)
{
	struct arguments arguments = {
	    node_get(node, "command"), node_get(node, "args")};
	const struct node *limit =
	    node_find(node, "resources", "limits", "memory", NULL);
	struct asked asked = {NULL, 0};
	double bytes;

	if (!quantity_parse(scalar_text(limit), &bytes))
		return;
	ask_by_environment(&asked, node_get(node, "env"));
	for (size_t i = 0; argument_at(arguments, i); i++)
		ask(&asked, argument_at(arguments, i),
		    heap_in(argument_text(arguments, i)));
	if (asked.at && asked.bytes > bytes) {
		KEEP_RARE(&facts->arena, container, heap,
		    facts_placed(facts_node_text(facts, limit, ""), asked.at));
		KEEP_RARE(&facts->arena, container, heap_mebibytes,
		    fact_int((int64_t)(asked.bytes / MEBI)));
	}
}

static bool mounts(const struct node *container, struct slice volume)
{
	const struct node *list = node_get(container, "volumeMounts");

	for (size_t i = 0; i < node_length(list); i++) {
		const struct node *mount = list->items[i];
		bool is_read_only = false;

		node_to_bool(node_get(mount, "readOnly"), &is_read_only);
		if (!is_read_only &&
		    slice_eq(scalar_text(node_get(mount, "name")), volume))
			return true;
	}
	return false;
}

/* The largest memory limit of those that write to a volume; NULL when one of
 * them has none, or nobody does. */
static const struct node *largest_limit(
    const struct node *pod_spec, struct slice volume, double *ret_bytes)
{
	static const char *const lists[] = {"initContainers", "containers"};
	const struct node *largest = NULL;

	*ret_bytes = 0;
	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		const struct node *list = node_get(pod_spec, lists[i]);

		for (size_t j = 0; j < node_length(list); j++) {
			const struct node *limit = node_find(list->items[j],
			    "resources", "limits", "memory", NULL);
			double bytes;

			if (!mounts(list->items[j], volume))
				continue;
			if (!quantity_parse(scalar_text(limit), &bytes))
				return NULL;
			if (bytes > *ret_bytes) {
				largest = limit;
				*ret_bytes = bytes;
			}
		}
	}
	return largest;
}

static bool keep_tmpfs(struct facts *facts, const struct node *pod_spec,
    const struct node *volume, struct workload *workload)
{
	const struct node *empty = node_get(volume, "emptyDir");
	const struct node *size = node_get(empty, "sizeLimit");
	const struct node *name = node_get(volume, "name"), *limit;
	double bytes, most;

	if (!slice_is(scalar_text(node_get(empty, "medium")), "Memory") ||
	    !quantity_parse(scalar_text(size), &bytes))
		return false;
	limit = largest_limit(pod_spec, scalar_text(name), &most);
	if (!limit || bytes <= most)
		return false;
	KEEP_RARE(&facts->arena, workload, tmpfs,
	    facts_placed(facts_node_text(facts, size, ""), size));
	KEEP_RARE(&facts->arena, workload, tmpfs_volume,
	    facts_node_text(facts, name, ""));
	KEEP_RARE(&facts->arena, workload, tmpfs_limit,
	    facts_placed(facts_node_text(facts, limit, ""), limit));
	return true;
}

void collect_tmpfs(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	const struct node *volumes = node_get(pod_spec, "volumes");
	bool is_kept = false;

	for (size_t i = 0; i < node_length(volumes) && !is_kept; i++)
		is_kept =
		    keep_tmpfs(facts, pod_spec, volumes->items[i], workload);
}
