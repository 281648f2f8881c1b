/* A stream to rows, one document after the other. */
#include "run/map_lines.h"

#include "doc/tree.h"

#include <limits.h>

struct chart_map *load_charts(
    const char *const *dirs, size_t n, struct fault *fault)
{
	struct chart_map *map = chart_map_new();

	for (size_t i = 0; i < n; i++) {
		if (chart_map_add(map, dirs[i], fault)) {
			chart_map_free(map);
			return NULL;
		}
	}
	return map;
}

/* A name as a column: what would end the column or the row is not shown. */
static void add_name(struct buf *out, struct slice name)
{
	size_t from = out->len;
	unsigned char least = UCHAR_MAX;

	for (size_t i = 0; i < name.len; i++)
		least = (unsigned char)name.ptr[i] < least
			    ? (unsigned char)name.ptr[i]
			    : least;
	buf_add_slice(out, name);
	for (size_t i = from; least < ' ' && i < out->len; i++) {
		if ((unsigned char)out->ptr[i] < ' ')
			out->ptr[i] = '?';
	}
}

/* Rows come by the hundred thousand, so printf is spared. */
static void add_number(struct buf *out, uint32_t number)
{
	char digits[10];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + number % 10);
	while (number /= 10);
	buf_add(out, digits + at, sizeof(digits) - at);
}

static void add_place(struct buf *out, struct slice name, uint32_t line)
{
	buf_add_char(out, '\t');
	add_name(out, name);
	buf_add_char(out, '\t');
	add_number(out, line);
}

/* The file of the document goes by the name that its Source gives it, which
 * may be one of several. */
static void add_row(struct buf *out, struct slice source,
    const struct template_file *file, const struct mapped_line *line)
{
	add_number(out, line->number);
	if (!line->line) {
		buf_add_text(out, "\t-\t0\t-\t0\tunmapped\t\n");
		return;
	}
	add_place(out, source, line->line);
	add_place(out, line->inner == file ? source : line->inner->name,
	    line->inner_line);
	if (line->is_certain) {
		buf_add_text(out, "\tcertain\t\n");
		return;
	}
	buf_add_text(out, "\tuncertain\t");
	add_number(out, line->line);
	for (size_t i = 0; i < MOST_OTHERS && line->others[i]; i++) {
		buf_add_char(out, ',');
		add_number(out, line->others[i]);
	}
	buf_add_char(out, '\n');
}

struct document_text document_in(const struct chunk *chunk)
{
	struct slice text = buf_slice(&chunk->bytes);
	struct slice template = buf_slice(&chunk->template);

	return (struct document_text){
	    .source = document_source(template, text),
	    .text = text,
	    .first_line = chunk->first_line,
	    /* Only what Helm 4 writes anew has no comment, but an annotation.
	     */
	    .have_lists_drifted = !template.len,
	};
}

static void map_chunk(
    struct chart_map *map, const struct chunk *chunk, struct buf *out)
{
	struct document_text document = document_in(chunk);
	struct mapped_document mapped;

	document.wanted = true;
	if (!document.source.len)
		return;
	chart_map_document(map, &document, &mapped);
	for (size_t i = 0; i < mapped.n; i++)
		add_row(out, document.source, mapped.file, &mapped.lines[i]);
}

int print_map_lines(struct chart_map *map, const struct origin *input,
    struct buf *out, struct fault *fault)
{
	struct splitter splitter;
	struct source source;
	struct chunk chunk;
	int more;

	if (source_open(&source, input, false, fault))
		return -1;
	splitter_init(&splitter, &source, default_limits.document_bytes);
	while ((more = splitter_next(&splitter, &chunk, fault)) > 0) {
		map_chunk(map, &chunk, out);
		chunk_release(&chunk);
	}
	splitter_release(&splitter);
	source_release(&source);
	return more;
}
