/* Which workloads the same rules for egress keep from DNS: one mistake, however
 * many they are. */
#include "fact/relate.h"

#include <string.h>

/* Workloads whose DNS is blocked in one way at one place. */
struct denied {
	const void **items;
	size_t n, cap;
};

static bool is_spared(const struct workload *workload)
{
	const char *hook = workload->manifest->hook;

	return workload->governor || (hook && strstr(hook, "test"));
}

/* False when DNS gets out, or nobody can tell. */
static bool denied_key(const struct release *release,
    const struct workload *workload, struct buf *buf)
{
	struct fact blocked = fact_workload_dns_blocked(release, workload);
	struct fact mode = fact_workload_egress_mode(release, workload);

	if (blocked.state != FACT_KNOWN || mode.state == FACT_UNKNOWN)
		return false;
	buf_clear(buf);
	buf_printf(buf, "%u/%u/%u/%s", (unsigned)mode.file_index,
	    (unsigned)mode.line, (unsigned)mode.col, blocked.text);
	return true;
}

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

static void keep_denied(const struct map *map)
{
	for (size_t i = 0; i < map->n; i++) {
		const struct denied *denied = map->entries[i].value;
		/* Made by collect and const for everybody but relate. */
		struct workload *first =
		    (struct workload *)(uintptr_t)denied->items[0];

		first->dns_denied =
		    (struct entity_list){denied->n, denied->items};
	}
}

void relate_dns(struct release *release)
{
	const struct entity_list *list = &release->lists[ENTITY_workload];
	struct map map = {0};
	struct buf key = {0};

	for (size_t i = 0; i < list->n; i++) {
		const struct workload *workload = list->items[i];

		if (!is_spared(workload) && denied_key(release, workload, &key))
			add_denied(&release->arena,
			    denied_at(&map, &release->arena, buf_slice(&key)),
			    workload);
	}
	keep_denied(&map);
	map_release(&map);
	buf_release(&key);
}

SIMPLE(workload, dns_denied, fact_list(&workload->dns_denied))
