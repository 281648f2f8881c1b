/* Shapes and text of a picture. */
#include "draw/frame.h"

#include "draw/text_width.h"
#include "draw/wrap.h"
#include "report/xml.h"

#define LINE_HEIGHT 16

int frame_x(const struct frame *frame, int32_t second)
{
	int width = (FRAME_RIGHT - PLOT_ZERO) * 10;

	if (second == SECOND_BEFORE)
		return PLOT_LEFT * 10;
	return PLOT_ZERO * 10 + time_column(&frame->axis, second, width);
}

void add_tenths(struct buf *buf, int tenths)
{
	buf_printf(buf, "%d", tenths / 10);
	if (tenths % 10)
		buf_printf(buf, ".%d", tenths % 10);
}

void frame_add_bar(const struct frame *frame, const char *class, int from,
    int to, int y, int height)
{
	struct buf *buf = frame->buf;

	if (to <= from)
		return;
	buf_printf(buf, "<rect class=\"%s\" x=\"", class);
	add_tenths(buf, from);
	buf_printf(buf, "\" y=\"%d\" width=\"", y);
	add_tenths(buf, to - from);
	buf_printf(buf, "\" height=\"%d\"/>\n", height);
}

void frame_add_word(const struct frame *frame, const char *class,
    const char *anchor, int x, int y, struct slice text)
{
	struct buf *buf = frame->buf;

	buf_printf(buf, "<text class=\"%s\" x=\"%d\" y=\"%d\"", class, x, y);
	if (strcmp(anchor, "start") != 0)
		buf_printf(buf, " text-anchor=\"%s\"", anchor);
	buf_add_char(buf, '>');
	xml_add(buf, text);
	buf_add_text(buf, "</text>\n");
}

int frame_text_width(struct slice text, int size)
{
	return (int)((int64_t)text_width(text) * size / 1000) + 1;
}

void frame_add_cut(const struct frame *frame, const char *class,
    const char *anchor, int x, int y, int width, struct slice text)
{
	struct slice rest = text, part;
	struct buf cut = {0};

	if (frame_text_width(text, SMALL_SIZE) <= width) {
		frame_add_word(frame, class, anchor, x, y, text);
		return;
	}
	width -= frame_text_width(SLICE("..."), SMALL_SIZE);
	part = wrap_characters(&rest, width * 1000 / SMALL_SIZE, text_width);
	buf_add_slice(&cut, part);
	buf_add_text(&cut, "...");
	frame_add_word(frame, class, anchor, x, y, buf_slice(&cut));
	buf_release(&cut);
}

void frame_add_lines(
    struct frame *frame, const char *class, int x, struct slice text)
{
	int width = (FRAME_RIGHT - x) * 1000 / WORD_SIZE;

	while (text.len) {
		struct slice line = wrap_line(&text, width, text_width);

		frame_add_word(
		    frame, class, "start", x, frame->y + LINE_HEIGHT - 4, line);
		frame->y += LINE_HEIGHT;
	}
}
