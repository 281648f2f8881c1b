/* What helm wrote to standard error, and marks that an editor left in a
 * template: found before the first line of a document. */
#include "run/stray_text.h"

#include "input/log_line.h"

#include <string.h>

/* A chunk's head, read line by line. */
struct head {
	struct chunk *chunk;
	struct finding_list *findings;
	size_t start; /* of the line, in the chunk's bytes */
	uint32_t line;
};

static struct slice line_at(const struct head *head)
{
	const struct buf *bytes = &head->chunk->bytes;
	const char *start = bytes->ptr + head->start;
	size_t rest = bytes->len - head->start;
	const char *end = memchr(start, '\n', rest);
	size_t len = end ? (size_t)(end - start) : rest;

	if (len && start[len - 1] == '\r')
		len--;
	return (struct slice){start, len};
}

/* The first columns of the line, so many. */
static struct place place_of(const struct head *head, uint32_t width)
{
	return (struct place){head->chunk->origin,
	    {head->line, 1, head->line, 1 + (width ? width : 1)}};
}

/* Helm skips the mark at the start of a template; whoever reads what it prints
 * takes it for the first character of a key. */
static void remove_mark(struct head *head)
{
	struct buf *bytes = &head->chunk->bytes;
	char *at = bytes->ptr + head->start;

	memmove(at, at + 3, bytes->len - head->start - 3);
	bytes->len -= 3;
	finding_own(head->findings, KIND_NOT_AN_OBJECT, place_of(head, 1),
	    "a byte order mark (U+FEFF) precedes this key: kubectl reads it as "
	    "part of the key and finds no object; save the file without it");
}

static void remove_log_line(struct head *head, struct slice line)
{
	finding_own(head->findings, KIND_YAML_SYNTAX,
	    place_of(head, (uint32_t)utf8_count(line)), "%s",
	    LOG_LINE_SENTENCE);
	memset(head->chunk->bytes.ptr + head->start, ' ', line.len);
}

/* Whether the line opens a document or says nothing. */
static bool is_before_document(struct slice line)
{
	struct slice text = slice_trim(line);

	return !text.len || text.ptr[0] == '#' || slice_is(text, "---");
}

bool remove_stray_text(struct chunk *chunk, struct finding_list *findings)
{
	size_t before = findings->n;
	static const struct slice mark = {"\xEF\xBB\xBF", 3};
	struct head head = {chunk, findings, 0, chunk->first_line};

	while (head.start < chunk->bytes.len) {
		struct slice line = line_at(&head);

		/* At the start of a file it says how the file is encoded. */
		if (slice_starts(line, mark) && head.line > 1) {
			if (!is_before_document((struct slice){
				line.ptr + mark.len, line.len - mark.len}))
				remove_mark(&head);
			else
				head.start += mark.len;
			continue;
		}
		if (is_log_line(line))
			remove_log_line(&head, line);
		else if (!is_before_document(line))
			break;
		head.start += line.len;
		while (head.start < chunk->bytes.len &&
		       chunk->bytes.ptr[head.start] != '\n')
			head.start++;
		head.start++;
		head.line++;
	}
	return findings->n > before;
}
