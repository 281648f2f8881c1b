/* Names of files, and the workloads that they spell out. */
#include "map/companion.h"

#include "helm/chart.h"

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

static size_t count_common(struct slice a, struct slice b)
{
	size_t n = 0;

	while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n])
		n++;
	return n;
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

/* Whether what a template prints is hardly meant for the workload of file: it
 * is named more like another one's. */
static bool is_of_another(
    const struct template_file *candidate, const struct template_file *file)
{
	const struct chart *chart = file->chart;
	size_t near = count_common(candidate->name, file->name);

	for (size_t i = 0; i < chart->nfiles; i++) {
		const struct template_file *other = chart->files[i];

		/* Names first: they are shorter than what is in the files. */
		if (other != file &&
		    count_common(candidate->name, other->name) >= near &&
		    slice_eq(chart_of(other->name), chart_of(file->name)) &&
		    count_workloads(other))
			return true;
	}
	return count_workloads(file) > 1;
}

size_t companion_nearness(
    const struct template_file *candidate, const struct template_file *file)
{
	if (candidate->is_plain ||
	    !slice_eq(chart_of(candidate->name), chart_of(file->name)) ||
	    is_of_another(candidate, file))
		return 0;
	return count_common(candidate->name, file->name);
}
