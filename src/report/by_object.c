/* Findings -> groups of them, one for each object. */
#include "report/by_object.h"

#include "base/map.h"

#include <stdlib.h>

/* One finding on its way into its group. */
struct entry {
	size_t group;	     /* by first appearance */
	enum severity worst; /* of its group */
	enum severity severity;
	size_t finding;
};

static struct slice key_of(
    struct arena *arena, struct buf *key, const struct subject *subject)
{
	buf_clear(key);
	if (subject)
		buf_printf(key, "%s\1%s\1%s\1%s\1%u", subject->group,
		    subject->kind, subject->namespace, subject->name,
		    subject->file ? subject->file->index + 1 : 0);
	return slice_copy(arena, buf_slice(key));
}

/* The number of the finding's group, which is a new one for a new object. */
static size_t group_of(struct arena *arena, struct map *groups, size_t *ngroups,
    const struct subject *subject)
{
	struct buf key = {0};
	void **slot = map_slot(groups, key_of(arena, &key, subject));

	buf_release(&key);
	if (!*slot)
		*slot = (void *)(uintptr_t)++ * ngroups;
	return (size_t)(uintptr_t)*slot - 1;
}

static int compare_numbers(size_t left, size_t right)
{
	return (left > right) - (left < right);
}

static int compare_entries(const void *left_item, const void *right_item)
{
	const struct entry *left = left_item, *right = right_item;

	if (left->worst != right->worst)
		return left->worst > right->worst ? -1 : 1;
	if (left->group != right->group)
		return compare_numbers(left->group, right->group);
	if (left->severity != right->severity)
		return left->severity > right->severity ? -1 : 1;
	return compare_numbers(left->finding, right->finding);
}

/* All findings that stand for themselves, by group; *ret_n: how many. */
static struct entry *list_entries(
    struct arena *arena, const struct report *report, size_t *ret_n)
{
	size_t n = 0, ngroups = 0, total = report->nfindings;
	struct entry *entries = arena_array(arena, total, sizeof(*entries));
	enum severity *worst = arena_array(arena, total, sizeof(*worst));
	struct map groups = {0};

	for (size_t i = 0; i < total; i++) {
		const struct finding *finding = &report->findings[i];
		size_t group;

		if (report->folds && report->folds[i].is_repeat)
			continue;
		group = group_of(arena, &groups, &ngroups, finding->subject);
		entries[n++] = (struct entry){group, 0, finding->severity, i};
		if (finding->severity > worst[group])
			worst[group] = finding->severity;
	}
	for (size_t i = 0; i < n; i++)
		entries[i].worst = worst[entries[i].group];
	map_release(&groups);
	*ret_n = n;
	return entries;
}

struct object_groups group_by_object(
    struct arena *arena, const struct report *report)
{
	size_t n, ngroups = 0;
	struct entry *entries = list_entries(arena, report, &n);
	struct object_group *groups = arena_array(arena, n, sizeof(*groups));
	size_t *items = arena_array(arena, n, sizeof(*items));

	if (n)
		qsort(entries, n, sizeof(*entries), compare_entries);
	for (size_t i = 0; i < n; i++) {
		struct object_group *group;

		items[i] = entries[i].finding;
		if (!i || entries[i].group != entries[i - 1].group)
			groups[ngroups++] = (struct object_group){
			    .subject = report->findings[items[i]].subject,
			    .items = &items[i],
			};
		group = &groups[ngroups - 1];
		group->n++;
		counts_add_one(&group->counts, report, items[i]);
	}
	return (struct object_groups){groups, ngroups};
}
