/* Pieces -> rounds of a loop, in order. */
#include "report/pieces.h"

#include "base/parallel.h"

#include <stdlib.h>

/* Pieces for each thread, so that one that writes is not waited for. */
enum { AHEAD = 3 };

/* A buffer is used again by the piece that may begin once it was taken. */
struct printing {
	const struct pieces *pieces;
	struct buf *texts;
	size_t ntexts;
};

static void print_piece(void *context, unsigned worker, size_t i)
{
	const struct printing *printing = context;
	const struct pieces *pieces = printing->pieces;
	size_t from = i * pieces->at_once, to = from + pieces->at_once;
	struct buf *text = &printing->texts[i % printing->ntexts];

	(void)worker;
	buf_clear(text);
	pieces->print(
	    pieces->context, from, to < pieces->n ? to : pieces->n, text);
}

static void take_piece(void *context, size_t i)
{
	const struct printing *printing = context;
	const struct buf *text = &printing->texts[i % printing->ntexts];

	if (text->len)
		printing->pieces->take(
		    printing->pieces->context, buf_slice(text));
}

void pieces_print(const struct pieces *pieces, unsigned njobs)
{
	size_t n = (pieces->n + pieces->at_once - 1) / pieces->at_once;
	struct printing printing = {.pieces = pieces};

	njobs = njobs ? njobs : 1;
	printing.ntexts = njobs > 1 ? AHEAD * (size_t)njobs : 1;
	printing.texts = xcalloc(printing.ntexts, sizeof(*printing.texts));
	if (n)
		parallel_in_ring(njobs, n, printing.ntexts, print_piece,
		    take_piece, &printing);
	for (size_t i = 0; i < printing.ntexts; i++)
		buf_release(&printing.texts[i]);
	free(printing.texts);
}
