/*
 * A file or memory -> parts that begin behind an LF: there no character goes on
 * and, whatever ends lines, a new one begins.
 */
#include "input/parts.h"

#include "base/parallel.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	/* What is smaller is read before a thread is there to help. */
	PART_BYTES = 256 * 1024,
	/* So that no thread waits long for another that others hold up. */
	PARTS_FOR_EACH = 2,
	BLOCK = 16384,
};

/* How long the text is that can be read anywhere; 0: none can. */
static size_t text_length(struct parts *parts)
{
	const struct source *source = parts->source;
	struct stat about;
	size_t size = source->whole.len;

	/* One that is read in another way, as tests do, or in another code. */
	if (source->context != source || source->wide.size)
		return 0;
	if (source->fd >= 0) {
		if (fstat(source->fd, &about) || !S_ISREG(about.st_mode) ||
		    (uintmax_t)about.st_size > SIZE_MAX / 2)
			return 0;
		size = (size_t)about.st_size;
		parts->start = (size_t)source->start;
	}
	if (source->marked && !source->is_copy)
		parts->start += 3;
	return size > parts->start ? size - parts->start : 0;
}

static size_t copy_memory(
    const struct source *source, size_t at, char *bytes, size_t size)
{
	size_t left = source->whole.len > at ? source->whole.len - at : 0;

	size = size < left ? size : left;
	if (size)
		memcpy(bytes, source->whole.ptr + at, size);
	return size;
}

static ssize_t read_at(
    const struct parts *parts, size_t at, char *bytes, size_t size)
{
	const struct source *source = parts->source;
	ssize_t n;

	at += parts->start;
	if (source->fd < 0)
		return (ssize_t)copy_memory(source, at, bytes, size);
	do
		n = pread(source->fd, bytes, size, (off_t)at);
	while (n < 0 && errno == EINTR);
	return n;
}

ssize_t part_read(struct part_reading *reading, char *bytes, size_t size)
{
	const struct parts *parts = reading->parts;
	struct fault fault = {0};
	ssize_t n;

	if (parts->n > 1)
		n = read_at(parts, reading->at, bytes, size);
	else
		n = source_read(parts->source, bytes, size, &fault);
	fault_release(&fault);
	reading->at += n > 0 ? (size_t)n : 0;
	return n;
}

bool parts_start_over(const struct parts *parts)
{
	return parts->n > 1 || !source_reread(parts->source);
}

/* Where the next line begins, which may be at the place itself, not the first;
 * SIZE_MAX: nowhere. */
static size_t next_line(const struct parts *parts, size_t at)
{
	char block[BLOCK];
	ssize_t n;

	at--;
	while ((n = read_at(parts, at, block, sizeof(block))) > 0) {
		const char *end = memchr(block, '\n', (size_t)n);

		if (end)
			return at + (size_t)(end - block) + 1;
		at += (size_t)n;
	}
	return SIZE_MAX;
}

/* Begins up to n parts, of about one length. */
static void begin_parts(struct parts *parts, size_t len, size_t n)
{
	size_t nbegun = 1;

	for (size_t i = 1, from = 0; i < n && from < len; i++) {
		/* A long line is looked through once. */
		if (from >= len / n * i)
			continue;
		from = next_line(parts, len / n * i);
		if (from < len)
			parts->items[nbegun++].from = from;
	}
	parts->items[nbegun].from = SIZE_MAX;
	parts->n = nbegun;
}

/* Line ends of a part; by_any: a CR before no LF is one. */
struct counting {
	const struct parts *parts;
	struct {
		uint32_t lf, lone_cr;
		bool failed;
	} items[PARTS_MAX];
};

/* after_cr: whether what was before ends with a CR. */
static uint32_t count_lone_cr(struct slice bytes, bool *after_cr)
{
	const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;
	uint32_t n = *after_cr && *at != '\n';

	*after_cr = end[-1] == '\r';
	while ((at = memchr(at, '\r', (size_t)(end - at)))) {
		at++;
		n += at < end && *at != '\n';
	}
	return n;
}

static void count_part(void *context, unsigned worker, size_t i)
{
	struct counting *counting = context;
	const struct part *part = &counting->parts->items[i];
	struct part_reading reading = {counting->parts, part->from};
	char block[BLOCK];
	bool after_cr = false;
	ssize_t n = 1;

	(void)worker;
	while (n > 0 && reading.at < part[1].from) {
		size_t left = part[1].from - reading.at;
		struct slice bytes = {block, 0};

		n = part_read(&reading, block,
		    left < sizeof(block) ? left : sizeof(block));
		if (n <= 0)
			break;
		bytes.len = (size_t)n;
		counting->items[i].lf += slice_count_lf(bytes);
		counting->items[i].lone_cr += count_lone_cr(bytes, &after_cr);
	}
	counting->items[i].failed = n <= 0;
}

/* False when a part cannot be read to its end. */
static bool number_lines(struct parts *parts, unsigned njobs)
{
	struct counting counting = {.parts = parts};

	/* Nobody asks where the last part ends. */
	parallel_for(njobs, parts->n - 1, count_part, &counting);
	for (size_t i = 0; i + 1 < parts->n; i++) {
		struct part *part = &parts->items[i];
		uint32_t lf = counting.items[i].lf;

		if (counting.items[i].failed)
			return false;
		part[1].line = part->line + lf;
		part[1].line_by_any_end =
		    part->line_by_any_end + lf + counting.items[i].lone_cr;
	}
	return true;
}

/* The whole as one part. */
static void keep_whole(struct parts *parts)
{
	static const struct part end = {SIZE_MAX, UINT32_MAX, UINT32_MAX};

	parts->n = 1;
	parts->items[1] = end;
}

/* How many parts of a text are worth while. */
static size_t count_parts(size_t len, unsigned njobs)
{
	size_t n = (size_t)njobs * PARTS_FOR_EACH;

	if (njobs < 2)
		return 1;
	n = n < PARTS_MAX ? n : PARTS_MAX;
	return n < len / PART_BYTES ? n : len / PART_BYTES;
}

bool parts_cut(struct parts *parts, struct source *source, unsigned njobs)
{
	struct fault fault = {0};
	size_t len, n;
	char byte;

	*parts = (struct parts){.source = source, .items = {{0, 1, 1}}};
	keep_whole(parts);
	if (source_reread(source))
		return false;
	/* The first byte tells of what code it is. */
	if (source_read(source, &byte, 1, &fault) < 0) {
		fault_release(&fault);
		return false;
	}
	len = text_length(parts);
	n = count_parts(len, njobs);
	if (n > 1) {
		begin_parts(parts, len, n);
		parts->items[parts->n] =
		    (struct part){SIZE_MAX, UINT32_MAX, UINT32_MAX};
		if (!number_lines(parts, njobs))
			keep_whole(parts);
	}
	return true;
}
