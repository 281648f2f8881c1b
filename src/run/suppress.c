/* Comments and annotations into suppressions. */
#include "run/suppress.h"

#include "input/events.h"

#include <ctype.h>
#include <string.h>

static const char name[] = "rolloutlint";
static const char mark[] = "rolloutlint:ignore";
static const char prefix[] = "ignore.rolloutlint/";

/* Where the scan of a text is: the line that a mark was found on. */
struct scan {
	struct slice text;
	size_t line_start;
	uint32_t line;
	uint32_t content;      /* what next_content() was last; 0: nothing */
	struct events *events; /* of the same text, read as far as needed */
	struct span scalar;    /* the last one of them */
};

static struct slice from(struct slice text, size_t start)
{
	return (struct slice){text.ptr + start, text.len - start};
}

/* The line that begins at start, without its end. */
static struct slice line_at(struct slice text, size_t start)
{
	const char *end = memchr(text.ptr + start, '\n', text.len - start);

	return (struct slice){text.ptr + start,
	    (end ? (size_t)(end - text.ptr) : text.len) - start};
}

static void advance(struct scan *scan, size_t offset)
{
	const char *end;

	while ((end = memchr(scan->text.ptr + scan->line_start, '\n',
		    offset - scan->line_start))) {
		scan->line_start = (size_t)(end - scan->text.ptr) + 1;
		scan->line++;
	}
}

static bool is_blank_or_comment(struct slice line)
{
	line = slice_trim(line);
	return !line.len || *line.ptr == '#';
}

/* The first line behind the scan's that holds something.  It is the same for
 * all comments above it, of which there may be thousands. */
static uint32_t next_content(struct scan *scan)
{
	size_t start = scan->line_start;
	uint32_t line = scan->line;

	if (line < scan->content)
		return scan->content;
	do {
		start += line_at(scan->text, start).len + 1;
		line++;
	} while (start < scan->text.len &&
		 is_blank_or_comment(line_at(scan->text, start)));
	scan->content = line;
	return line;
}

static bool is_before(
    uint32_t line, uint32_t col, uint32_t other_line, uint32_t other_col)
{
	return line < other_line || (line == other_line && col < other_col);
}

/* Where the text of the next scalar stands; behind everything when there is
 * none, or the text is not YAML from here on. */
static struct span next_scalar(struct events *events)
{
	const struct event *event;
	struct span span;

	do
		event = events_next(events);
	while (event->type != EVENT_SCALAR && event->type != EVENT_END &&
	       event->type != EVENT_ERROR);
	if (event->type != EVENT_SCALAR)
		return (struct span){UINT32_MAX, 1, UINT32_MAX, 2};
	span = event->span;
	/* A comment may follow the "|" of a block. */
	if (event->block) {
		span.line++;
		span.col = 1;
	}
	return span;
}

/* Whether what stands there in the scan's line is part of a scalar, such as a
 * script, and no comment.  Asked in the order of the text. */
static bool is_in_scalar(struct scan *scan, uint32_t col)
{
	struct span *scalar = &scan->scalar;

	while (!is_before(scan->line, col, scalar->end_line, scalar->end_col))
		*scalar = next_scalar(scan->events);
	return !is_before(scan->line, col, scalar->line, scalar->col);
}

/* Where in the line the comment begins whose mark is at offset; -1 when the
 * mark is in none. */
static ptrdiff_t comment_start(struct slice line, size_t offset)
{
	while (offset && line.ptr[offset - 1] == ' ')
		offset--;
	if (!offset || line.ptr[offset - 1] != '#')
		return -1;
	offset--;
	if (offset && line.ptr[offset - 1] != ' ' &&
	    line.ptr[offset - 1] != '\t')
		return -1;
	return (ptrdiff_t)offset;
}

static uint32_t column_of(struct slice line, size_t offset)
{
	uint32_t column = 1, code;

	for (size_t i = 0; i < offset; column++)
		i += utf8_next(from(line, i), &code);
	return column;
}

/* "RULE REASON" behind the mark; copies end both by NUL. */
static void add_comment(struct suppression_list *list, struct slice words,
    struct suppression suppression)
{
	struct buf rule = {0}, reason = {0};
	size_t end = 0;

	words = slice_trim(words);
	while (
	    end < words.len && words.ptr[end] != ' ' && words.ptr[end] != '\t')
		end++;
	buf_add_slice(&rule, (struct slice){words.ptr, end});
	buf_add_slice(&reason, slice_trim(from(words, end)));
	suppression.rule = buf_text(&rule);
	suppression.reason = buf_text(&reason);
	suppression_add(list, &suppression);
	buf_release(&rule);
	buf_release(&reason);
}

/* The length of what stands there in place of the mark: the name and, behind
 * it, a word by which other linters are told to be silent; 0 for none. */
static size_t misspelt_mark(struct slice text)
{
	static const char *const words[] = {"ignore", "disable", "skip",
	    "suppress", "nolint", "noqa", "off", "allow"};
	size_t at = strlen(name);

	while (at < text.len && strchr(" \t:/.-_=", text.ptr[at]))
		at++;
	for (size_t i = 0; i < COUNT_OF(words) && at > strlen(name); i++) {
		size_t end = at + strlen(words[i]);

		if (slice_starts(from(text, at), slice_of(words[i])) &&
		    (end == text.len || !isalpha((unsigned char)text.ptr[end])))
			return end;
	}
	return 0;
}

/* A suppression that suppresses nothing, as it was written; instead: what to
 * write. */
static void add_misspelt(struct suppression_list *list, struct slice written,
    const char *instead, struct place place)
{
	struct buf text = {0};

	buf_add_slice(&text, written);
	suppression_add(list, &(struct suppression){
				  .form = SUPPRESS_MISSPELT,
				  .rule = buf_text(&text),
				  .reason = instead,
				  .place = place,
			      });
	buf_release(&text);
}

static void read_mark(struct suppression_list *list,
    const struct origin *origin, struct scan *scan, size_t offset)
{
	struct slice line = line_at(scan->text, scan->line_start);
	size_t in_line = offset - scan->line_start;
	struct slice written = from(line, in_line);
	ptrdiff_t start = comment_start(line, in_line);
	struct suppression suppression = {.form = SUPPRESS_LINE};
	size_t misspelt;
	uint32_t col;

	if (start < 0)
		return;
	col = column_of(line, (size_t)start);
	if (is_in_scalar(scan, col))
		return;
	suppression.place.origin = origin;
	suppression.place.span = (struct span){
	    scan->line, col, scan->line, column_of(line, line.len)};
	if (slice_starts(written, slice_of(mark))) {
		suppression.line =
		    is_blank_or_comment(line) ? next_content(scan) : scan->line;
		add_comment(list, from(written, strlen(mark)), suppression);
		return;
	}
	misspelt = misspelt_mark(written);
	if (misspelt)
		add_misspelt(list, (struct slice){written.ptr, misspelt},
		    "# rolloutlint:ignore RULE REASON", suppression.place);
}

void suppress_comments(struct suppression_list *list,
    const struct origin *origin, struct slice text, uint32_t first_line)
{
	struct scan scan = {.text = text, .line = first_line};
	ptrdiff_t offset = 0;

	while ((offset = slice_find(
		    text, SLICE("rolloutlint"), (size_t)offset)) >= 0) {
		if (!scan.events)
			scan.events = events_new(text, first_line);
		advance(&scan, (size_t)offset);
		read_mark(list, origin, &scan, (size_t)offset);
		offset += (ptrdiff_t)strlen(name);
	}
	if (scan.events)
		events_free(scan.events);
}

static void add_annotation(struct suppression_list *list,
    const struct pair *pair, const struct manifest *manifest,
    const struct subject *subject)
{
	struct buf rule = {0}, reason = {0};
	struct slice text = {0};

	node_to_text(pair->value, &text);
	buf_add_slice(&rule, from(pair->key->text, strlen(prefix)));
	buf_add_slice(&reason, slice_trim(text));
	suppression_add(
	    list, &(struct suppression){
		      .form = SUPPRESS_OBJECT,
		      .rule = buf_text(&rule),
		      .reason = buf_text(&reason),
		      .place = node_place(manifest->origin, pair->key),
		      .subject = subject,
		  });
	buf_release(&rule);
	buf_release(&reason);
}

/* Its own name in a key that means nothing to it: "rolloutlint/ignore". */
static bool is_misspelt_annotation(struct slice key)
{
	ptrdiff_t at = slice_find(key, slice_of(name), 0);

	return at >= 0 && (misspelt_mark(from(key, (size_t)at)) ||
			      slice_starts(key, SLICE("ignore")) ||
			      slice_starts(key, SLICE("disable")));
}

static void add_annotations(struct suppression_list *list,
    const struct node *metadata, const struct manifest *manifest,
    const struct subject *subject)
{
	const struct node *annotations = node_get(metadata, "annotations");

	if (!annotations || annotations->kind != NODE_MAPPING)
		return;
	for (uint32_t i = 0; i < annotations->n; i++) {
		const struct pair *pair = &annotations->pairs[i];

		if (pair->key->kind != NODE_SCALAR)
			continue;
		if (slice_starts(pair->key->text, slice_of(prefix)))
			add_annotation(list, pair, manifest, subject);
		else if (is_misspelt_annotation(pair->key->text))
			add_misspelt(list, pair->key->text,
			    "ignore.rolloutlint/RULE: REASON",
			    node_place(manifest->origin, pair->key));
	}
}

void suppress_annotations(struct suppression_list *list,
    const struct node *object, const struct manifest *manifest,
    const char *namespace)
{
	const struct node *spec = node_get(object, "spec");
	const struct node *job = node_find(spec, "jobTemplate", "spec", NULL);
	const struct subject subject = {
	    .group = manifest->group,
	    .version = manifest->version,
	    .kind = manifest->kind,
	    .namespace = !*manifest->namespace && namespace
			     ? namespace
			     : manifest->namespace,
	    .name = manifest->shown_name,
	    .source = manifest->source,
	    .file = manifest->origin,
	};

	add_annotations(list, node_get(object, "metadata"), manifest, &subject);
	add_annotations(list, node_find(spec, "template", "metadata", NULL),
	    manifest, &subject);
	add_annotations(list, node_find(job, "template", "metadata", NULL),
	    manifest, &subject);
}
