/*
 * A timeline in 80 columns: the capacity as a chart, a line for each pod, and
 * below it what strikes and what was assumed.
 */
#include "draw/timeline_text.h"

#include "draw/time_axis.h"
#include "draw/wrap.h"

#define WIDTH 80
#define GUTTER 12 /* before the plot */
#define BEFORE 3  /* columns of the time before the update */
#define COLUMNS (WIDTH - GUTTER - BEFORE - 1)
#define MOST_ROWS 6 /* of the chart */
#define MOST_LINES 5

struct plot {
	const struct timeline *timeline;
	struct time_axis axis;
	struct buf *buf;
};

static void add_wrapped(
    struct buf *buf, const char *first, const char *rest, const char *text)
{
	struct slice left = slice_of(text);
	const char *before = first;

	while (left.len) {
		int width = WIDTH - (int)utf8_count(slice_of(before));

		buf_add_text(buf, before);
		buf_add_slice(buf, wrap_line(&left, width, measure_characters));
		buf_add_char(buf, '\n');
		before = rest;
	}
}

/* The seconds of a column, the last of them not among them. */
static void column_seconds(
    const struct plot *plot, int column, int32_t *ret_from, int32_t *ret_to)
{
	int64_t span = plot->axis.span;

	if (column < BEFORE) {
		*ret_from = *ret_to = -1;
		return;
	}
	column -= BEFORE;
	*ret_from = (int32_t)((span * column + COLUMNS - 1) / COLUMNS);
	*ret_to = (int32_t)((span * (column + 1) + COLUMNS - 1) / COLUMNS);
}

/* The fewest pods that serve in a column. */
static int serving_in(const struct plot *plot, int column)
{
	const struct timeline *timeline = plot->timeline;
	int32_t from, to;
	int fewest = -1, now = 0;

	column_seconds(plot, column, &from, &to);
	for (size_t i = 0; i < timeline->npoints; i++) {
		const struct timeline_point *point = &timeline->points[i];

		if (point->second <= from)
			now = point->serving;
		else if (point->second < to &&
			 (fewest < 0 || point->serving < fewest))
			fewest = point->serving;
	}
	return fewest < 0 || now < fewest ? now : fewest;
}

/* Begins a line: its label, cut where it is long, up to where the plot begins.
 */
static void add_gutter(struct buf *buf, struct buf *label)
{
	struct slice whole = buf_slice(label);
	struct slice part = wrap_line(&whole, GUTTER - 1, measure_characters);

	buf_add_slice(buf, part);
	for (size_t i = utf8_count(part); i < GUTTER; i++)
		buf_add_char(buf, ' ');
	buf_release(label);
}

/* Ends the line without the blanks at its end. */
static void end_line(struct buf *buf)
{
	while (buf->len && buf->ptr[buf->len - 1] == ' ')
		buf->len--;
	buf_add_char(buf, '\n');
}

static void add_chart(struct plot *plot)
{
	const struct timeline *timeline = plot->timeline;
	int scale = (timeline->most + MOST_ROWS - 1) / MOST_ROWS;
	struct buf label = {0};

	for (int top = (timeline->most + scale - 1) / scale * scale; top > 0;
	     top -= scale) {
		bool is_floor =
		    timeline->floor <= top && timeline->floor > top - scale;

		buf_printf(&label, "%5d%s", top, is_floor ? " least" : "");
		add_gutter(plot->buf, &label);
		for (int i = 0; i < BEFORE + COLUMNS; i++)
			buf_add_char(
			    plot->buf, serving_in(plot, i) > top - scale ? '#'
				       : is_floor			 ? '-'
									 : ' ');
		end_line(plot->buf);
	}
}

static void add_axis(struct plot *plot)
{
	const struct time_axis *axis = &plot->axis;
	struct buf line = {0}, none = {0};

	for (int32_t second = 0; second < axis->span; second += axis->step) {
		int column = BEFORE + time_column(axis, second, COLUMNS);
		struct buf label = {0};

		time_add(&label, second);
		while ((int)line.len < column)
			buf_add_char(&line, ' ');
		if (column + (int)label.len <= WIDTH - GUTTER)
			buf_add_text(&line, buf_text(&label));
		buf_release(&label);
	}
	add_gutter(plot->buf, &none);
	buf_add_slice(plot->buf, buf_slice(&line));
	end_line(plot->buf);
	buf_release(&line);
}

static char pod_at(const struct timeline_pods *pods, int32_t from, int32_t to)
{
	if (pods->is_killed && from <= pods->ended && pods->ended < to)
		return 'x';
	if (from < pods->created || from >= pods->ended)
		return pods->created >= from && pods->created < to ? '.' : ' ';
	if (from >= pods->deleted)
		return from >= pods->told && from < pods->astray ? '!' : '~';
	if (pods->is_stuck)
		return '?';
	return from < pods->ready ? '.' : from < pods->counted ? '-' : '=';
}

static void add_pods(struct plot *plot, const struct timeline_pods *pods)
{
	struct buf label = {0};

	buf_add_text(&label, pods->name);
	if (pods->count > 1)
		buf_printf(&label, " x %d", pods->count);
	add_gutter(plot->buf, &label);
	for (int i = 0; i < BEFORE + COLUMNS; i++) {
		int32_t from, to;

		column_seconds(plot, i, &from, &to);
		buf_add_char(plot->buf, pod_at(pods, from, to));
	}
	end_line(plot->buf);
}

static void add_marks(struct buf *buf, const struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->nmarks; i++) {
		const struct timeline_mark *mark = &timeline->marks[i];
		struct buf text = {0};

		if (mark->second >= 0 && mark->second != SECOND_NEVER) {
			time_add(&text, mark->second);
			buf_add_text(&text, ": ");
		}
		buf_printf(
		    &text, "%s: %s", severity_name(mark->severity), mark->text);
		add_wrapped(buf, "  ", "    ", buf_text(&text));
		buf_release(&text);
	}
}

void timeline_add_text(struct buf *buf, const struct timeline *timeline)
{
	struct plot plot = {
	    timeline, time_axis_of(timeline->end, MOST_LINES), buf};
	struct buf title = {0};

	buf_printf(&title, "%s: %s", timeline->object, timeline->way);
	add_wrapped(buf, "", "  ", buf_text(&title));
	add_wrapped(buf, "  ", "  ", timeline->outcome);
	if (timeline->npods) {
		add_axis(&plot);
		add_chart(&plot);
		for (size_t i = 0; i < timeline->npods; i++)
			add_pods(&plot, &timeline->pods[i]);
		add_wrapped(buf, "  ", "  ",
		    "# ready in all   . starting   - ready, not counted yet   "
		    "= ready   ~ draining   x killed   ! gets requests all the "
		    "same   ? has no node");
	}
	add_marks(buf, timeline);
	for (size_t i = 0; i < timeline->nassumptions; i++)
		add_wrapped(buf,
		    i ? "           " : "  Assumed: ", "           ",
		    timeline->assumptions[i]);
	buf_release(&title);
}
