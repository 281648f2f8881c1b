/*
 * A picture: the timeline of each workload's update, one below the other.
 * Findings that strike in none of them are not in it.
 */
#include "base/text.h"
#include "draw/timeline_svg.h"
#include "report/xml.h"
#include "sink/sink.h"

#define EMPTY_HEIGHT 48
#define TROUBLE_HEIGHT 24 /* of the line of one sentence */

static int add_nothing(struct buf *buf)
{
	buf_add_text(buf, "<text x=\"16\" y=\"28\" class=\"tl-word\">Nothing "
			  "here is replaced by an update.</text>\n");
	return EMPTY_HEIGHT;
}

/* What could not be read, above the pictures: they are not of all there is. */
static int add_troubles(struct buf *buf, const struct report *report)
{
	for (size_t i = 0; i < report->ntroubles; i++) {
		buf_printf(buf, "<text x=\"16\" y=\"%zu\" class=\"tl-word\">",
		    i * TROUBLE_HEIGHT + 20);
		xml_add_quoted(buf, slice_of(report->troubles[i].text));
		buf_add_text(buf, "</text>\n");
	}
	return (int)report->ntroubles * TROUBLE_HEIGHT;
}

void svg_write(
    FILE *out, const struct report *report, const struct sink_options *options)
{
	struct buf body = {0}, text = {0};
	int height = add_troubles(&body, report);

	(void)options;
	for (size_t i = 0; i < report->ntimelines; i++)
		height +=
		    timeline_add_svg(&body, &report->timelines[i], height);
	if (!height)
		height = add_nothing(&body);
	buf_printf(&text,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" "
	    "height=\"%d\" viewBox=\"0 0 %d %d\">\n",
	    TIMELINE_WIDTH, height, TIMELINE_WIDTH, height);
	timeline_add_svg_style(&text);
	buf_add_text(&text,
	    "<rect class=\"tl-paper\" width=\"100%\" height=\"100%\"/>\n");
	buf_add_slice(&text, buf_slice(&body));
	buf_add_text(&text, "</svg>\n");
	fwrite(text.ptr, 1, text.len, out);
	buf_release(&body);
	buf_release(&text);
}
