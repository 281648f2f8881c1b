/* Requests -> those of each file, which is read once more. */
#include "input/quote.h"

#include "input/line_hashes.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int quote_cmp(const void *left, const void *right)
{
	const struct quote *a = left, *b = right;

	if (a->place.origin != b->place.origin)
		return a->place.origin->index < b->place.origin->index ? -1 : 1;
	return (a->place.span.line > b->place.span.line) -
	       (a->place.span.line < b->place.span.line);
}

/* All quotes of one source, in the order of their lines. */
static void quote_source(struct source *source, struct quote *quotes, size_t n,
    unsigned njobs, struct arena *arena)
{
	struct parts parts;

	if (parts_cut(&parts, source, njobs))
		line_hashes_fill(&parts, quotes, n, njobs, arena);
}

static struct source *find_kept(
    struct source *const *kept, size_t nkept, const struct origin *origin)
{
	for (size_t i = 0; i < nkept; i++) {
		if (kept[i]->origin == origin)
			return kept[i];
	}
	return NULL;
}

/* Opening a pipe by its name once more would wait for ever. */
static bool can_reopen(const struct origin *origin)
{
	struct stat status;

	if (origin->packed)
		return true;
	return !origin->is_stdin && !stat(origin->name, &status) &&
	       S_ISREG(status.st_mode);
}

static void quote_origin(struct quote *quotes, size_t n, struct source *kept,
    unsigned njobs, struct arena *arena)
{
	const struct origin *origin = quotes[0].place.origin;
	struct fault fault = {0};
	struct source source;

	if (kept) {
		quote_source(kept, quotes, n, njobs, arena);
		return;
	}
	if (can_reopen(origin) &&
	    !source_open(&source, origin, false, &fault)) {
		quote_source(&source, quotes, n, njobs, arena);
		source_release(&source);
	}
	fault_release(&fault);
}

void quote_lines(struct quote *quotes, size_t n, struct source *const *kept,
    size_t nkept, unsigned njobs, struct arena *arena)
{
	size_t first = 0;

	if (n)
		qsort(quotes, n, sizeof(*quotes), quote_cmp);
	for (size_t i = 1; i <= n; i++) {
		const struct origin *origin = quotes[first].place.origin;

		if (i == n || quotes[i].place.origin != origin) {
			quote_origin(quotes + first, i - first,
			    find_kept(kept, nkept, origin), njobs, arena);
			first = i;
		}
	}
}
