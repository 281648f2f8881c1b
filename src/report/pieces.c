/* Pieces -> rounds of a loop, in order. */
#include "report/pieces.h"

#include "base/parallel.h"

#include <stdlib.h>

struct printing {
	const struct pieces *pieces;
	struct buf *texts; /* by piece */
};

static void print_piece(void *context, unsigned worker, size_t i)
{
	const struct printing *printing = context;
	const struct pieces *pieces = printing->pieces;
	size_t from = i * pieces->at_once, to = from + pieces->at_once;

	(void)worker;
	pieces->print(pieces->context, from, to < pieces->n ? to : pieces->n,
	    &printing->texts[i]);
}

static void take_piece(void *context, size_t i)
{
	const struct printing *printing = context;
	struct buf *text = &printing->texts[i];

	if (text->len)
		printing->pieces->take(
		    printing->pieces->context, buf_slice(text));
	buf_release(text);
}

void pieces_print(const struct pieces *pieces, unsigned njobs)
{
	size_t n = (pieces->n + pieces->at_once - 1) / pieces->at_once;
	struct printing printing = {
	    .pieces = pieces,
	    .texts = xcalloc(n, sizeof(*printing.texts)),
	};

	if (n)
		parallel_in_order(njobs ? njobs : 1, n, print_piece, take_piece,
		    &printing);
	free(printing.texts);
}
