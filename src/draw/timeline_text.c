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

/* Where the update counts as failed. */
static void add_deadline(struct plot *plot)
{
	int32_t second = plot->timeline->deadline;
	struct buf label = {0};
	int column;

	if (second == SECOND_NEVER)
		return;
	column = BEFORE + time_column(&plot->axis, second, COLUMNS);
	buf_add_text(&label, "deadline");
	add_gutter(plot->buf, &label);
	for (int i = 0; i < column; i++)
		buf_add_char(plot->buf, ' ');
	buf_add_text(plot->buf, "|\n");
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
	if (from < pods->ready)
		return '.';
	if (from < pods->counted || from < pods->serves)
		return '-';
	return from < pods->leaves ? '=' : 'o';
}

/* One row, of pods that follow each other. */
static void add_lane(
    struct plot *plot, const struct timeline_pods *pods, size_t n)
{
	struct buf label = {0};

	buf_add_text(&label, pods->name);
	if (pods->count > 1)
		buf_printf(&label, " x %d", pods->count);
	add_gutter(plot->buf, &label);
	for (int i = 0; i < BEFORE + COLUMNS; i++) {
		int32_t from, to;
		char sign = ' ';

		column_seconds(plot, i, &from, &to);
		for (size_t j = 0; j < n && sign == ' '; j++)
			sign = pod_at(&pods[j], from, to);
		buf_add_char(plot->buf, sign);
	}
	end_line(plot->buf);
}

static void add_lanes(struct plot *plot)
{
	const struct timeline *timeline = plot->timeline;
	size_t first = 0;

	for (size_t i = 1; i <= timeline->npods; i++) {
		if (i < timeline->npods &&
		    timeline->pods[i].lane == timeline->pods[first].lane)
			continue;
		add_lane(plot, &timeline->pods[first], i - first);
		first = i;
	}
}

static void add_hooks(struct buf *buf, const struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->nbands; i++) {
		const struct timeline_band *band = &timeline->bands[i];

		if (band->kind == BAND_HOOK)
			add_wrapped(buf, "  ", "    ", band->text);
	}
}

/* A step where it begins, named as far as the next one leaves room. */
static void add_steps(struct plot *plot)
{
	const struct timeline *timeline = plot->timeline;
	struct buf line = {0}, label = {0};

	for (size_t i = 0; i < timeline->nbands; i++) {
		const struct timeline_band *band = &timeline->bands[i];
		int from = time_column(&plot->axis, band->from, COLUMNS);
		int to = time_column(&plot->axis, band->to, COLUMNS);
		struct slice text = slice_of(band->text);

		if (band->kind != BAND_STEP || to - from < 2)
			continue;
		while ((int)line.len < BEFORE + from)
			buf_add_char(&line, ' ');
		buf_add_char(&line, '|');
		if ((int)text.len <= to - from - 1)
			buf_add_slice(&line, text);
	}
	if (line.len) {
		buf_add_text(&label, "steps");
		add_gutter(plot->buf, &label);
		buf_add_slice(plot->buf, buf_slice(&line));
		end_line(plot->buf);
	}
	buf_release(&line);
}

/* Whether a sign stands in the lanes, their names aside. */
static bool has_sign(const struct buf *buf, size_t begin, char sign)
{
	size_t column = 0;

	for (size_t i = begin; i < buf->len; i++, column++) {
		if (buf->ptr[i] == '\n')
			column = SIZE_MAX;
		else if (column != SIZE_MAX && column >= GUTTER &&
			 buf->ptr[i] == sign)
			return true;
	}
	return false;
}

/* Whether new pods wait for their Service to lead to them. */
static bool is_unused(const struct timeline *timeline)
{
	for (size_t i = 0; i < timeline->npods; i++) {
		if (timeline->pods[i].serves > timeline->pods[i].counted)
			return true;
	}
	return false;
}

/* What the signs mean, as far as they are in the picture. */
static void add_legend(struct plot *plot, size_t begin)
{
	static const struct {
		char sign;
		const char *text;
	} signs[] = {
	    {'.', ". starting"},
	    {'-', "- ready, not counted yet"},
	    {'=', "= ready"},
	    {'o', "o gets no requests any more"},
	    {'~', "~ draining"},
	    {'!', "! requests still arrive"},
	    {'x', "x killed"},
	    {'?', "? has no node"},
	};
	struct buf line = {0};

	for (size_t i = 0; i < COUNT_OF(signs); i++) {
		if (has_sign(plot->buf, begin, signs[i].sign))
			buf_printf(&line, "%s%s", line.len ? "   " : "",
			    signs[i].sign == '-' && is_unused(plot->timeline)
				? "- ready, not used yet"
				: signs[i].text);
	}
	add_wrapped(plot->buf, "  ", "  ", buf_text(&line));
	buf_release(&line);
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
		if (mark->nothers)
			buf_printf(
			    &text, " (and %zu more like it)", mark->nothers);
		add_wrapped(buf, "  ", "    ", buf_text(&text));
		buf_release(&text);
	}
	if (timeline->nmarks_left_out)
		buf_printf(buf, "  and %zu more findings, less severe\n",
		    timeline->nmarks_left_out);
}

static void add_plot(struct plot *plot)
{
	size_t begin;

	add_axis(plot);
	add_steps(plot);
	add_deadline(plot);
	add_chart(plot);
	begin = plot->buf->len;
	add_lanes(plot);
	add_legend(plot, begin);
}

void timeline_add_text(struct buf *buf, const struct timeline *timeline)
{
	struct plot plot = {
	    timeline, time_axis_of(timeline->end, MOST_LINES), buf};
	struct buf title = {0};

	buf_printf(&title, "%s: %s", timeline->object, timeline->way);
	add_wrapped(buf, "", "  ", buf_text(&title));
	add_wrapped(buf, "  ", "  ", timeline->outcome);
	if (timeline->refusal)
		add_wrapped(buf, "  ", "  ", timeline->refusal);
	add_hooks(buf, timeline);
	if (timeline->npods)
		add_plot(&plot);
	add_marks(buf, timeline);
	for (size_t i = 0; i < timeline->nassumptions; i++)
		add_wrapped(buf,
		    i ? "           " : "  Assumed: ", "           ",
		    timeline->assumptions[i]);
	buf_release(&title);
}
