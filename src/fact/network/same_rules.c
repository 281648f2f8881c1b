/* What several workloads owe to the same rules of NetworkPolicies: DNS out of
 * reach, ports that nobody reaches, a mode.  One mistake, however many they
 * are.
 */
#include "fact/network/network.h"

#include "fact/computed.h"
#include "fact/kind.h"

#include <string.h>

/* Workloads that the same rules do the same to. */
struct denied {
	const void **items;
	size_t n, cap;
};

static void add_place(struct buf *buf, const struct fact *fact)
{
	buf_printf(buf, "%u/%u/%u/", (unsigned)fact->file_index,
	    (unsigned)fact->line, (unsigned)fact->col);
}

/* False when DNS gets out, or that is unknown. */
static bool dns_key(const struct release *release,
    const struct workload *workload, struct buf *buf)
{
	struct fact blocked = fact_workload_dns_blocked(release, workload);
	struct fact mode = fact_workload_egress_mode(release, workload);

	if (is_test_hook(workload->manifest) || blocked.state != FACT_KNOWN ||
	    mode.state == FACT_UNKNOWN)
		return false;
	add_place(buf, &mode);
	buf_add_text(buf, blocked.text);
	return true;
}

/* False when all ports are let in, or that is unknown. */
static bool ports_key(const struct release *release,
    const struct workload *workload, struct buf *buf)
{
	if (!fact_workload_long_running(release, workload).boolean ||
	    workload->seldom->blocked.state != FACT_KNOWN)
		return false;
	add_place(buf, &workload->seldom->blocked);
	return true;
}

/* Without any policy each has its own mode. */
static bool mode_key(const struct release *release,
    const struct workload *workload, struct buf *buf)
{
	struct fact mode = fact_workload_egress_mode(release, workload);
	struct fact isolated = fact_workload_egress_isolated(release, workload);

	if (!fact_workload_long_running(release, workload).boolean ||
	    mode.state == FACT_UNKNOWN)
		return false;
	add_place(buf, &mode);
	add_place(buf, &isolated);
	buf_add_text(buf, mode.text);
	if (!mode.line)
		buf_printf(buf, "/%u", (unsigned)workload->number);
	return true;
}

/* What is shared: its key, false when there is none, and the list of the first
 * workload of that key. */
struct rule_effect {
	bool (*key)(
	    const struct release *, const struct workload *, struct buf *);
	size_t list;
};

static struct denied *denied_at(
    struct map *map, struct arena *arena, struct slice key)
{
	struct denied *denied = map_find(map, key);

	if (denied)
		return denied;
	denied = arena_alloc(arena, sizeof(*denied));
	*map_slot(map, slice_copy(arena, key)) = denied;
	return denied;
}

static void add_denied(
    struct arena *arena, struct denied *denied, const struct workload *workload)
{
	const void **items = denied->items;

	if (denied->n == denied->cap) {
		denied->cap = denied->cap ? 2 * denied->cap : 1;
		items = arena_array(arena, denied->cap, sizeof(*items));
		if (denied->n)
			memcpy(
			    items, denied->items, denied->n * sizeof(*items));
		denied->items = items;
	}
	items[denied->n++] = workload;
}

static void keep_denied(
    struct arena *arena, const struct map *map, size_t offset)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct denied *denied = map->entries[i].value;
		const struct entity_list list = {denied->n, denied->items};
		/* Made by collect and const for everybody but relate. */
		char *first = (char *)(uintptr_t)denied->items[0];

		*(const struct entity_list **)(void *)(first + offset) =
		    arena_copy(arena, &list, sizeof(list));
	}
}

static void gather(struct release *release, const struct rule_effect *kind)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map map = {0};
	struct arena arena = {0};
	struct buf key = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		buf_clear(&key);
		if (!workload->governor && kind->key(release, workload, &key))
			add_denied(&release->arena,
			    denied_at(&map, &arena, buf_slice(&key)), workload);
	}
	keep_denied(&release->arena, &map, kind->list);
	map_release(&map);
	arena_release(&arena);
	buf_release(&key);
}

void relate_shared_rules(struct release *release)
{
	static const struct rule_effect kinds[] = {
	    {dns_key, offsetof(struct workload, dns_denied)},
	    {ports_key, offsetof(struct workload, ports_denied)},
	    {mode_key, offsetof(struct workload, mode_sharers)},
	};

	for (size_t i = 0; i < COUNT_OF(kinds); i++)
		gather(release, &kinds[i]);
}

/* Of the first of those that share it; the others have none. */
static struct fact fact_shared(const struct entity_list *list)
{
	static const struct entity_list none = {0};

	return fact_list(list ? list : &none);
}

SIMPLE(workload, dns_denied, fact_shared(workload->dns_denied))
SIMPLE(workload, ports_denied, fact_shared(workload->ports_denied))
SIMPLE(workload, mode_sharers, fact_shared(workload->mode_sharers))
