/* Items -> one text, in order, whoever prints them. */
#include "report/pieces.h"

#include <criterion/criterion.h>

static void print_numbers(
    void *context, size_t from, size_t to, struct buf *piece)
{
	(void)context;
	buf_add_char(piece, '|');
	for (size_t i = from; i < to; i++)
		buf_printf(piece, "%zu ", i);
}

static void take_text(void *context, struct slice piece)
{
	buf_add_slice(context, piece);
}

static void expect(size_t n, size_t at_once, unsigned njobs)
{
	struct buf all = {0}, wanted = {0};

	for (size_t i = 0; i < n; i++)
		buf_printf(&wanted, "%s%zu ", i % at_once ? "" : "|", i);
	pieces_print(&(struct pieces){.n = n,
			 .at_once = at_once,
			 .print = print_numbers,
			 .take = take_text,
			 .context = &all},
	    njobs);
	cr_expect_str_eq(buf_text(&all), buf_text(&wanted), "%zu by %zu", n,
	    at_once);
	buf_release(&all);
	buf_release(&wanted);
}

Test(report_pieces, in_order_by_any_number_of_threads)
{
	for (unsigned njobs = 0; njobs <= 8; njobs++) {
		expect(0, 3, njobs);
		expect(1, 3, njobs);
		expect(3, 3, njobs);
		expect(1000, 7, njobs);
	}
}
