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
RARE(workload, open_tmpfs)
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

/* A volume in memory, and who writes to it. */
struct tmpfs {
	const struct node *volume, *size;
	double bytes; /* 0: it has no size */
	const struct node *limit; /* the largest of its writers', or NULL */
	double most;
	bool is_open; /* a writer has no limit */
};

/* Those of a pod; by name, as there may be thousands. */
struct memories {
	struct buf items; /* struct tmpfs */
	struct map by_name;
};

static void index_tmpfs(struct memories *memories, const struct node *pod_spec)
{
	const struct node *volumes = node_get(pod_spec, "volumes");
	struct tmpfs *items;

	for (size_t i = 0; i < node_length(volumes); i++) {
		const struct node *empty =
		    node_get(volumes->items[i], "emptyDir");
		struct tmpfs tmpfs = {.volume = volumes->items[i],
		    .size = node_get(empty, "sizeLimit")};

		if (!slice_is(scalar_text(node_get(empty, "medium")), "Memory"))
			continue;
		if (node_is_null(tmpfs.size) ||
		    quantity_parse(scalar_text(tmpfs.size), &tmpfs.bytes))
			buf_add(&memories->items, &tmpfs, sizeof(tmpfs));
	}
	items = (struct tmpfs *)(void *)memories->items.ptr;
	for (size_t i = 0; i < memories->items.len / sizeof(*items); i++)
		*map_slot(&memories->by_name,
		    scalar_text(node_get(items[i].volume, "name"))) = &items[i];
}

static void add_writer(struct tmpfs *tmpfs, const struct node *limit)
{
	double bytes;

	if (!quantity_parse(scalar_text(limit), &bytes)) {
		tmpfs->is_open = true;
	} else if (bytes > tmpfs->most) {
		tmpfs->limit = limit;
		tmpfs->most = bytes;
	}
}

static void add_writers(
    struct memories *memories, const struct node *containers)
{
	for (size_t i = 0; i < node_length(containers); i++) {
		const struct node *container = containers->items[i];
		const struct node *list = node_get(container, "volumeMounts");

		for (size_t j = 0; j < node_length(list); j++) {
			struct tmpfs *tmpfs = map_find(&memories->by_name,
			    scalar_text(node_get(list->items[j], "name")));
			bool is_read_only = false;

			node_to_bool(node_get(list->items[j], "readOnly"),
			    &is_read_only);
			if (tmpfs && !is_read_only)
				add_writer(
				    tmpfs, node_find(container, "resources",
					       "limits", "memory", NULL));
		}
	}
}

/* It may take all memory of its node. */
static void keep_open_tmpfs(
    struct facts *facts, const struct tmpfs *tmpfs, struct workload *workload)
{
	const struct node *medium =
	    node_find(tmpfs->volume, "emptyDir", "medium", NULL);

	KEEP_RARE(&facts->arena, workload, open_tmpfs,
	    facts_placed(facts_node_text(facts,
			     node_get(tmpfs->volume, "name"), ""),
		medium));
}

static bool keep_tmpfs(
    struct facts *facts, const struct tmpfs *tmpfs, struct workload *workload)
{
	/* One without a size is never over a limit. */
	if (!tmpfs->limit || tmpfs->is_open || tmpfs->bytes <= tmpfs->most)
		return false;
	KEEP_RARE(&facts->arena, workload, tmpfs,
	    facts_placed(facts_node_text(facts, tmpfs->size, ""), tmpfs->size));
	KEEP_RARE(&facts->arena, workload, tmpfs_volume,
	    facts_node_text(facts, node_get(tmpfs->volume, "name"), ""));
	KEEP_RARE(&facts->arena, workload, tmpfs_limit,
	    facts_placed(
		facts_node_text(facts, tmpfs->limit, ""), tmpfs->limit));
	return true;
}

void collect_tmpfs(
    struct facts *facts, const struct node *pod_spec, struct workload *workload)
{
	struct memories memories = {.items = {0}};
	const struct node *pod_limit =
	    node_find(pod_spec, "resources", "limits", "memory", NULL);
	const struct tmpfs *items;
	size_t n, i = 0;

	index_tmpfs(&memories, pod_spec);
	n = memories.items.len / sizeof(*items);
	if (n) {
		add_writers(&memories, node_get(pod_spec, "initContainers"));
		add_writers(&memories, node_get(pod_spec, "containers"));
	}
	items = (const struct tmpfs *)(void *)memories.items.ptr;
	for (size_t j = n; j-- > 0 && !pod_limit;) {
		if (items[j].is_open && items[j].bytes <= 0)
			keep_open_tmpfs(facts, &items[j], workload);
	}
	while (i < n && !keep_tmpfs(facts, &items[i], workload))
		i++;
	map_release(&memories.by_name);
	buf_release(&memories.items);
}
