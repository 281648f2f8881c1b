/*
 * A source -> chunks, each the text of one YAML document.
 *
 * Every byte is looked at once, in order, whatever sizes the source hands
 * out: where a decision needs bytes that have not come yet, nothing moves
 * until they have.  In memory is one chunk and what one read() gave.
 */
#include "input/split.h"

#include <limits.h>
#include <string.h>

#define READ_SIZE 65536

/* How far ahead the end of a line is looked for at once; bounds what a file
 * of nothing but CRs costs. */
#define WINDOW 512

/* A byte order mark, "---" and the blank behind it. */
#define MARKER_SIZE 7

static const struct slice bom = {"\xEF\xBB\xBF", 3};

enum step {
	STEP_DONE,     /* moved on, or will at the next step */
	STEP_MORE,     /* the next decision needs more bytes */
	STEP_BOUNDARY, /* a chunk ends at scanned */
	STEP_OVERSIZE, /* the chunk has more bytes than it may */
};

void chunk_release(struct chunk *chunk)
{
	buf_release(&chunk->bytes);
	buf_release(&chunk->template);
}

/* For the chunk that begins at scanned. */
static void start_chunk(struct splitter *splitter)
{
	splitter->line_start = splitter->scanned;
	splitter->part = SPLIT_HEAD;
	splitter->dropping = false;
	splitter->at_line_start = true;
	splitter->in_comment = false;
	splitter->opened = false;
	splitter->directives = false;
	splitter->named = false;
	splitter->json_depth = -1;
	splitter->json_string = false;
	splitter->json_escape = false;
}

void splitter_init(
    struct splitter *splitter, struct source *source, size_t limit)
{
	*splitter = (struct splitter){
	    .source = source,
	    .limit = limit < SIZE_MAX / 2 ? limit : SIZE_MAX / 2,
	    .read_size = READ_SIZE,
	    .line = 1,
	};
	start_chunk(splitter);
}

void splitter_release(struct splitter *splitter)
{
	buf_release(&splitter->pending);
	buf_release(&splitter->template);
}

static struct slice slice_from(const struct splitter *splitter, size_t at)
{
	return slice_after(buf_slice(&splitter->pending), at);
}

/* Whether line begins with the marker as a word of its own. */
static bool is_marker(struct slice line, const char *marker)
{
	struct slice word = slice_of(marker);

	return slice_starts(line, word) &&
	       (line.len == word.len || char_is_blank(line.ptr[word.len]));
}

/* The rest of a JSON document that begins at column 1 is another one. */
static bool is_next_json(const struct splitter *splitter, struct slice line)
{
	return splitter->part == SPLIT_BODY && splitter->json_depth == 0 &&
	       line.len && (line.ptr[0] == '{' || line.ptr[0] == '[');
}

static bool is_boundary(const struct splitter *splitter, struct slice line)
{
	if (splitter->scanned == splitter->start && !splitter->dropping)
		return false;
	if (is_marker(line, "---"))
		return !splitter->directives;
	return is_next_json(splitter, line);
}

/* Takes what only the start of a line can be. */
static enum step scan_line_start(struct splitter *splitter)
{
	struct slice rest = slice_from(splitter, splitter->scanned);
	size_t mark = slice_starts(rest, bom) ? bom.len : 0;
	struct slice line = slice_after(rest, mark);

	if (!splitter->ended && rest.len < MARKER_SIZE &&
	    slice_find(rest, SLICE("\n"), 0) < 0)
		return STEP_MORE;
	if (!rest.len)
		return STEP_MORE;
	if (is_boundary(splitter, line))
		return STEP_BOUNDARY;
	splitter->at_line_start = false;
	splitter->line_start = splitter->scanned + mark;
	if (is_marker(line, "---")) {
		splitter->opened = true;
		splitter->directives = false;
		mark += 3;
	} else if (is_marker(line, "...")) {
		splitter->part = SPLIT_TAIL;
		splitter->opened = false;
		splitter->json_depth = -1;
		mark += 3;
	} else if (line.len && line.ptr[0] == '%' &&
		   splitter->part != SPLIT_BODY && !splitter->opened) {
		splitter->directives = true;
		splitter->in_comment = true;
	}
	splitter->scanned += mark;
	return STEP_DONE;
}

static void scan_json(struct splitter *splitter, char c)
{
	if (splitter->json_escape) {
		splitter->json_escape = false;
	} else if (splitter->json_string) {
		splitter->json_escape = c == '\\';
		splitter->json_string = c != '"';
	} else if (c == '#' && splitter->json_depth == 0) {
		splitter->in_comment = true;
	} else if (c == '"') {
		splitter->json_string = true;
	} else if ((c == '{' || c == '[') && splitter->json_depth < INT_MAX) {
		splitter->json_depth++;
	} else if (c == '}' || c == ']') {
		splitter->json_depth--;
	}
}

static void scan_byte(struct splitter *splitter, char c)
{
	if (splitter->part == SPLIT_BODY) {
		scan_json(splitter, c);
	} else if (c == '#') {
		splitter->in_comment = true;
	} else if (!char_is_blank(c)) {
		if (splitter->part == SPLIT_HEAD && (c == '{' || c == '['))
			splitter->json_depth = 1;
		splitter->part = SPLIT_BODY;
		splitter->directives = false;
	}
}

static void scan_bytes(struct splitter *splitter, struct slice bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if (splitter->in_comment ||
		    (splitter->part == SPLIT_BODY && splitter->json_depth < 0))
			return;
		scan_byte(splitter, bytes.ptr[i]);
	}
}

/* Takes the template's name from the comment that ends here. */
static void find_source(struct splitter *splitter)
{
	static const struct slice source = SLICE("# Source:");
	struct slice line = {
	    splitter->pending.ptr + splitter->line_start,
	    splitter->scanned - splitter->line_start,
	};

	if (!slice_starts(line, source))
		return;
	splitter->named = true;
	buf_clear(&splitter->template);
	buf_add_slice(
	    &splitter->template, slice_trim(slice_after(line, source.len)));
}

static void end_line(struct splitter *splitter)
{
	/* Of a line of what is dropped the start may be gone. */
	if (splitter->in_comment && splitter->part == SPLIT_HEAD &&
	    !splitter->named && !splitter->dropping)
		find_source(splitter);
	splitter->in_comment = false;
	splitter->at_line_start = true;
	splitter->line_start = splitter->scanned;
}

/* The end of the line in text, behind its LF or lone CR; 0 when it cannot
 * be told yet, *ret_len then being the bytes surely before it. */
static size_t find_line_end(struct slice text, bool ended, size_t *ret_len)
{
	size_t window = text.len < WINDOW ? text.len : WINDOW;
	const char *lf = memchr(text.ptr, '\n', window);
	size_t len = lf ? (size_t)(lf - text.ptr) + 1 : window;
	const char *cr = memchr(text.ptr, '\r', len);
	size_t at = cr ? (size_t)(cr - text.ptr) + 1 : 0;

	*ret_len = len;
	if (!cr || (at < text.len && text.ptr[at] == '\n'))
		return lf ? len : 0;
	if (at == text.len && !ended) {
		*ret_len = at - 1;
		return 0;
	}
	return at;
}

/* Takes the rest of a line, or what there is of it. */
static enum step scan_line(struct splitter *splitter)
{
	struct slice rest = slice_from(splitter, splitter->scanned);
	size_t room = splitter->start + splitter->limit + 1 - splitter->scanned;
	size_t len = 0, end;

	if (!rest.len)
		return STEP_MORE;
	end = find_line_end(rest, splitter->ended, &len);
	if (end)
		len = end;
	if (!splitter->dropping && len > room)
		len = room;
	if (!len)
		return STEP_MORE;
	scan_bytes(splitter, (struct slice){rest.ptr, len});
	splitter->scanned += len;
	if (len == end)
		end_line(splitter);
	return STEP_DONE;
}

/* Forgets what comes before scanned. */
static void drop_scanned(struct splitter *splitter)
{
	const char *from = splitter->pending.ptr + splitter->start;
	size_t len = splitter->scanned - splitter->start;

	splitter->offset += len;
	splitter->start = splitter->scanned;
	splitter->line += slice_count_lf((struct slice){from, len});
}

/* Moves past lines of a document that cannot end it, from the start of one on:
 * what no other line begins with, and no CR in sight. */
static void skip_lines(struct splitter *splitter)
{
	const char *text = splitter->pending.ptr, *lf;
	size_t end = splitter->pending.len;
	size_t most = splitter->start + splitter->limit;

	if (splitter->has_cr || splitter->part != SPLIT_BODY ||
	    splitter->json_depth >= 0 || !splitter->at_line_start)
		return;
	if (end > most)
		end = most;
	while (splitter->scanned < end) {
		const char *line = text + splitter->scanned;

		if (*line == '-' || *line == '.' || *line == bom.ptr[0])
			break;
		lf = memchr(line, '\n', end - splitter->scanned);
		if (!lf)
			break;
		splitter->scanned = (size_t)(lf - text) + 1;
	}
	splitter->line_start = splitter->scanned;
}

static enum step scan(struct splitter *splitter)
{
	enum step step;

	if (!splitter->dropping)
		skip_lines(splitter);
	step = splitter->at_line_start ? scan_line_start(splitter)
				       : scan_line(splitter);
	if (splitter->dropping)
		drop_scanned(splitter);
	else if (splitter->scanned - splitter->start > splitter->limit)
		return STEP_OVERSIZE;
	return step;
}

static int fill(struct splitter *splitter, struct fault *fault)
{
	char bytes[READ_SIZE];
	size_t size = splitter->read_size;
	struct buf *pending = &splitter->pending;
	ssize_t n;

	if (size > sizeof(bytes))
		size = sizeof(bytes);
	if (splitter->before_read)
		splitter->before_read(splitter->read_context);
	n = source_read(splitter->source, bytes, size, fault);
	if (n < 0)
		return -1;
	if (splitter->start) {
		pending->len -= splitter->start;
		memmove(
		    pending->ptr, pending->ptr + splitter->start, pending->len);
		splitter->scanned -= splitter->start;
		splitter->line_start -= splitter->start;
		splitter->start = 0;
	}
	buf_add(pending, bytes, (size_t)n);
	splitter->has_cr |= n && memchr(bytes, '\r', (size_t)n);
	splitter->ended = n == 0;
	return 0;
}

static int hand_out(struct splitter *splitter, struct chunk *ret_chunk)
{
	size_t len = splitter->scanned - splitter->start;

	*ret_chunk = (struct chunk){
	    .origin = splitter->source->origin,
	    .first_line = splitter->line,
	    .offset = splitter->offset,
	    .too_large = len > splitter->limit,
	};
	buf_add_slice(&ret_chunk->template, buf_slice(&splitter->template));
	buf_add(&ret_chunk->bytes, splitter->pending.ptr + splitter->start,
	    ret_chunk->too_large ? splitter->limit : len);
	drop_scanned(splitter);
	return 1;
}

/* The last chunk ends with the source, in the midst of a line or not. */
static int finish(struct splitter *splitter, struct chunk *ret_chunk)
{
	if (splitter->dropping || splitter->scanned == splitter->start)
		return 0;
	if (!splitter->at_line_start)
		end_line(splitter);
	return hand_out(splitter, ret_chunk);
}

int splitter_next(
    struct splitter *splitter, struct chunk *ret_chunk, struct fault *fault)
{
	for (;;) {
		bool dropped = splitter->dropping;

		switch (scan(splitter)) {
		case STEP_DONE: break;
		case STEP_MORE:
			if (splitter->ended)
				return finish(splitter, ret_chunk);
			if (fill(splitter, fault) < 0)
				return -1;
			break;
		case STEP_BOUNDARY:
			if (!dropped)
				hand_out(splitter, ret_chunk);
			start_chunk(splitter);
			if (!dropped)
				return 1;
			break;
		case STEP_OVERSIZE:
			hand_out(splitter, ret_chunk);
			splitter->part = SPLIT_BODY;
			splitter->dropping = true;
			return 1;
		}
	}
}
