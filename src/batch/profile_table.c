/* What became of each profile -> a table for people. */
#include "batch/profile_table.h"

#include "report/plain.h"

/* Ids longer than this push their own remark aside, not the others'. */
#define ID_WIDTH 24

static const char *const names[] = {
    [PROFILE_PASSES] = "passes",
    [PROFILE_FAILS] = "fails",
    [PROFILE_NOT_JUDGED] = "not judged",
    [PROFILE_LEFT_OUT] = "left out",
};

static size_t id_width(const struct profile_row *rows, size_t n)
{
	size_t widest = 0;

	for (size_t i = 0; i < n; i++) {
		size_t width = utf8_count(slice_of(rows[i].id));

		if (width > widest && width <= ID_WIDTH)
			widest = width;
	}
	return widest;
}

static void add_row(
    struct buf *buf, const struct profile_row *row, size_t width)
{
	size_t taken = utf8_count(slice_of(row->id));

	buf_printf(buf, "  %-10s  ", names[row->verdict]);
	plain_add(buf, slice_of(row->id));
	buf_printf(
	    buf, "%*s", taken < width ? (int)(width - taken) + 2 : 2, "");
	plain_add(buf, buf_slice(&row->remark));
	buf_add_char(buf, '\n');
}

/* "3 profiles: 2 pass, 1 fails" */
static void add_count(struct buf *buf, const struct profile_row *rows, size_t n)
{
	static const char *const several[] = {
	    [PROFILE_PASSES] = "pass",
	    [PROFILE_FAILS] = "fail",
	    [PROFILE_NOT_JUDGED] = "not judged",
	    [PROFILE_LEFT_OUT] = "left out",
	};
	const char *before = ": ";

	buf_printf(buf, "%zu profile%s", n, n == 1 ? "" : "s");
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		size_t count = 0;

		for (size_t j = 0; j < n; j++)
			count += rows[j].verdict == i;
		if (!count)
			continue;
		buf_printf(buf, "%s%zu %s", before, count,
		    count == 1 ? names[i] : several[i]);
		before = ", ";
	}
	buf_add_char(buf, '\n');
}

void profile_table_write(FILE *out, const struct profile_row *rows, size_t n)
{
	struct buf buf = {0};
	size_t width = id_width(rows, n);

	for (size_t i = 0; i < n; i++)
		add_row(&buf, &rows[i], width);
	add_count(&buf, rows, n);
	fwrite(buf.ptr, 1, buf.len, out);
	buf_release(&buf);
}
