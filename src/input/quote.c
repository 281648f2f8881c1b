/* Requests -> those of each file, which is read once more. */
#include "input/quote.h"

#include "input/line_hashes.h"
#include "input/reread.h"

#include <stdlib.h>

static int quote_cmp(const void *left, const void *right)
{
	const struct quote *a = left, *b = right;

	const struct place *p = a->place, *q = b->place;

	if (p->origin != q->origin)
		return p->origin->index < q->origin->index ? -1 : 1;
	return (p->span.line > q->span.line) - (p->span.line < q->span.line);
}

/* All quotes of one source, in the order of their lines. */
static void quote_source(struct source *source, struct quote *quotes, size_t n,
    unsigned njobs, struct arena *arena)
{
	struct parts parts;

	if (parts_cut(&parts, source, njobs))
		line_hashes_fill(&parts, quotes, n, njobs, arena);
}

void quote_lines(struct quote *quotes, size_t n, struct source *const *kept,
    size_t nkept, unsigned njobs, struct arena *arena)
{
	struct reread reread;
	size_t first = 0;

	if (n)
		qsort(quotes, n, sizeof(*quotes), quote_cmp);
	for (size_t i = 1; i <= n; i++) {
		const struct origin *origin = quotes[first].place->origin;

		if (i == n || quotes[i].place->origin != origin) {
			if (reread_open(&reread, origin, kept, nkept)) {
				quote_source(reread.source, quotes + first,
				    i - first, njobs, arena);
				reread_close(&reread);
			}
			first = i;
		}
	}
}
