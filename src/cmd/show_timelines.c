/* The timelines of a run: made once, for whatever shows them. */
#include "cmd/show_timelines.h"

#include "draw/timeline_text.h"
#include "timeline/timelines.h"

static void add_part(struct program *program, const struct run_part *part,
    const struct report *report, struct buf *all)
{
	const struct timeline_request request = {
	    .release = part->release,
	    .findings = report->findings,
	    .nfindings = report->nfindings,
	    .nodes = program->options.nodes,
	};
	const struct timeline *timelines;
	size_t n;

	timelines = timelines_make(&program->arena, &request, &n);
	if (n)
		buf_add(all, timelines, n * sizeof(*timelines));
}

void report_add_timelines(
    struct program *program, const struct run *run, struct report *report)
{
	struct buf all = {0};

	for (size_t i = 0; i < run->nparts; i++)
		add_part(program, &run->parts[i], report, &all);
	report->ntimelines = all.len / sizeof(*report->timelines);
	report->timelines =
	    all.len ? arena_copy(&program->arena, all.ptr, all.len) : NULL;
	buf_release(&all);
}

void timelines_write(FILE *out, const struct report *report)
{
	struct buf text = {0};

	for (size_t i = 0; i < report->ntimelines; i++) {
		buf_add_char(&text, '\n');
		timeline_add_text(&text, &report->timelines[i]);
	}
	if (text.len)
		fwrite(text.ptr, 1, text.len, out);
	buf_release(&text);
}
