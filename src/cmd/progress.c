/* What was read so far -> a line on standard error: see progress.h. */
#include "cmd/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FIRST_AFTER 1000 /* milliseconds */
#define NEXT_AFTER 100

void progress_start(struct progress *progress, bool is_quiet)
{
	const char *term = getenv("TERM");

	*progress = (struct progress){
	    .is_wanted = !is_quiet && isatty(STDERR_FILENO) &&
			 (!term || strcmp(term, "dumb") != 0),
	    .next = FIRST_AFTER,
	};
	clock_gettime(CLOCK_MONOTONIC, &progress->start);
}

static int64_t milliseconds_since(const struct timespec *start)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (now.tv_sec - start->tv_sec) * 1000 +
	       (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* What is longer than the line before covers it, and so do blanks. */
static void show(struct progress *progress, struct buf *line)
{
	size_t width = line->len;

	fprintf(stderr, "\r%s%*s", buf_text(line),
	    progress->width > width ? (int)(progress->width - width) : 0, "");
	progress->width = width;
}

static void add_count(struct buf *line, size_t n, const char *what)
{
	buf_printf(line, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

void progress_tell(void *context, const struct run_progress *so_far)
{
	struct progress *progress = context;
	double megabytes = (double)so_far->nbytes / 1e6;
	struct buf line = {0};
	int64_t passed;

	if (!progress->is_wanted)
		return;
	passed = milliseconds_since(&progress->start);
	if (passed < progress->next &&
	    !(so_far->is_all && passed >= FIRST_AFTER))
		return;
	progress->next = passed + NEXT_AFTER;
	buf_add_text(&line, "rolloutlint: ");
	add_count(&line, so_far->ndocuments, "document");
	buf_printf(&line, ", %.1f MB, %.1f MB/s, ", megabytes,
	    megabytes * 1000 / (double)passed);
	add_count(&line, so_far->nfindings, "finding");
	if (so_far->is_all)
		buf_add_text(&line, "; applying rules");
	show(progress, &line);
	buf_release(&line);
}

void progress_end(struct progress *progress)
{
	if (progress->width)
		fprintf(stderr, "\r%*s\r", (int)progress->width, "");
	progress->width = 0;
}
