/*
 * Names of files, and the workloads that they spell out.
 *
 * Files are kept in the order of their names.  What has most of its name in
 * common with a file stands beside it there, so neither the workloads that a
 * template may be meant for nor the templates that fit are compared with all
 * others.
 */
#include "map/companion.h"

#include "helm/chart.h"

#include <stdlib.h>

struct named_file {
	const struct template_file *file;
	struct slice folder; /* of its chart */
	size_t nworkloads;   /* that it spells out */
};

/* In the order of by_name(). */
struct name_list {
	const struct named_file **items;
	size_t n;
};

struct chart_names {
	struct named_file *files; /* of the chart, by name */
	size_t n;
	struct name_list workloads; /* those that have any */
	struct map fitting;	    /* what is looked for -> struct name_list */
};

void companions_release(struct companions *companions)
{
	for (size_t i = 0; i < companions->charts.n; i++) {
		struct chart_names *names = companions->charts.entries[i].value;

		map_release(&names->fitting);
	}
	map_release(&companions->charts);
	arena_release(&companions->arena);
}

/* The chart's folder in the name of a template: what is before templates/. */
static struct slice chart_of(struct slice name)
{
	ptrdiff_t at = slice_find(name, SLICE("/templates/"), 0), next = at;

	while (next >= 0) {
		at = next;
		next = slice_find(name, SLICE("/templates/"), (size_t)at + 1);
	}
	return (struct slice){name.ptr, at < 0 ? 0 : (size_t)at};
}

/* How many workloads a template spells out. */
static size_t count_workloads(const struct template_file *file)
{
	static const char *const kinds[] = {
	    "Deployment", "StatefulSet", "DaemonSet", "Rollout"};
	struct slice kind = SLICE("kind: ");
	ptrdiff_t at = slice_find(file->text, kind, 0);
	size_t n = 0;

	while (at >= 0) {
		size_t end = (size_t)at + kind.len;
		struct slice rest = {
		    file->text.ptr + end, file->text.len - end};

		/* Not that of a reference. */
		bool is_own = !at || file->text.ptr[at - 1] == '\n';

		for (size_t i = 0; is_own && i < COUNT_OF(kinds); i++)
			n += slice_starts(rest, slice_of(kinds[i]));
		at = slice_find(file->text, kind, end);
	}
	return n;
}

/* What two names of one chart have in common; of two charts, nothing. */
static size_t count_common(
    const struct named_file *left, const struct named_file *right)
{
	struct slice a = left->file->name, b = right->file->name;
	size_t n = 0;

	if (!slice_eq(left->folder, right->folder))
		return 0;
	while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
		n++;
	return n;
}

static int by_name(const void *left, const void *right)
{
	const struct named_file *a = left, *b = right;
	int order = slice_cmp(a->folder, b->folder);

	return order ? order : slice_cmp(a->file->name, b->file->name);
}

static struct name_list new_list(struct companions *companions, size_t most)
{
	return (struct name_list){.items = arena_array(&companions->arena, most,
				      sizeof(struct named_file *))};
}

static void name_files(struct companions *companions, const struct chart *chart,
    struct chart_names *names)
{
	names->n = chart->nfiles;
	names->files =
	    arena_array(&companions->arena, names->n, sizeof(*names->files));
	for (size_t i = 0; i < names->n; i++)
		names->files[i] = (struct named_file){chart->files[i],
		    chart_of(chart->files[i]->name),
		    count_workloads(chart->files[i])};
	if (names->n)
		qsort(names->files, names->n, sizeof(*names->files), by_name);
	names->workloads = new_list(companions, names->n);
	for (size_t i = 0; i < names->n; i++) {
		if (names->files[i].nworkloads)
			names->workloads.items[names->workloads.n++] =
			    &names->files[i];
	}
}

static struct chart_names *names_of(
    struct companions *companions, const struct chart *const *chart)
{
	struct slice key = map_address_key(chart);
	struct chart_names *names = map_find(&companions->charts, key);

	if (names)
		return names;
	names = arena_alloc(&companions->arena, sizeof(*names));
	name_files(companions, *chart, names);
	*map_slot(&companions->charts, slice_copy(&companions->arena, key)) =
	    names;
	return names;
}

static const struct name_list *list_fitting(struct companions *companions,
    struct chart_names *names, struct slice wanted, companion_fits_fn *fits,
    void *context)
{
	struct name_list *list = map_find(&names->fitting, wanted);

	if (list)
		return list;
	list = arena_alloc(&companions->arena, sizeof(*list));
	*list = new_list(companions, names->n);
	for (size_t i = 0; i < names->n; i++) {
		const struct template_file *file = names->files[i].file;

		if (!file->is_plain && fits(context, file))
			list->items[list->n++] = &names->files[i];
	}
	*map_slot(&names->fitting, slice_copy(&companions->arena, wanted)) =
	    list;
	return list;
}

/* Where a file is in a list, or would be: before its equals. */
static size_t find_position(
    const struct name_list *list, const struct named_file *own)
{
	size_t from = 0, to = list->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (by_name(list->items[middle], own) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* What the name of a list's file has in common; past its ends, nothing. */
static size_t common_at(
    const struct name_list *list, size_t at, const struct named_file *own)
{
	return at < list->n ? count_common(list->items[at], own) : 0;
}

/* The most that the name has in common with that of another workload's file.
 * What has no more in common is named as much like that one. */
static size_t nearest_other(
    const struct chart_names *names, const struct named_file *own)
{
	const struct name_list *list = &names->workloads;
	size_t at = find_position(list, own);
	size_t before = common_at(list, at - 1, own), behind;

	at += at < list->n && list->items[at] == own;
	behind = common_at(list, at, own);
	return before > behind ? before : behind;
}

/* The file that has most in common, and more than so much; NULL: it is not the
 * only one. */
static const struct named_file *find_nearest(
    const struct name_list *list, const struct named_file *own, size_t least)
{
	size_t at = find_position(list, own);
	size_t before = common_at(list, at - 1, own);
	size_t behind = common_at(list, at, own);

	if (before == behind || (before <= least && behind <= least))
		return NULL;
	if (before > behind)
		return common_at(list, at - 2, own) < before
			   ? list->items[at - 1]
			   : NULL;
	return common_at(list, at + 1, own) < behind ? list->items[at] : NULL;
}

static const struct named_file *find_own(
    const struct chart_names *names, const struct template_file *file)
{
	const struct named_file key = {file, chart_of(file->name), 0};
	const struct named_file *own =
	    names->n
		? bsearch(&key, names->files, names->n, sizeof(key), by_name)
		: NULL;
	const struct named_file *end = names->files + names->n;

	/* Two may have one name. */
	while (own && own > names->files && !by_name(own - 1, &key))
		own--;
	while (own && own < end && own->file != file)
		own++;
	return own == end ? NULL : own;
}

const struct template_file *companion_find(struct companions *companions,
    const struct template_file *file, struct slice wanted,
    companion_fits_fn *fits, void *context)
{
	struct chart_names *names = names_of(companions, &file->chart);
	const struct named_file *own = find_own(names, file), *found;

	if (!own || own->nworkloads > 1)
		return NULL;
	found =
	    find_nearest(list_fitting(companions, names, wanted, fits, context),
		own, nearest_other(names, own));
	return found ? found->file : NULL;
}
