/* A stream to rows, one document after the other. */
#include "map_lines.h"

#include "doc/tree.h"
#include "input/split.h"

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
	for (size_t i = 0; i < name.len; i++) {
		char c = name.ptr[i];

		buf_add_char(out, (unsigned char)c < ' ' ? '?' : c);
	}
}

static void add_row(
    struct buf *out, struct slice source, const struct mapped_line *line)
{
	buf_printf(out, "%u\t", line->number);
	if (!line->line) {
		buf_add_text(out, "-\t0\t-\t0\tunmapped\t\n");
		return;
	}
	add_name(out, source);
	buf_printf(out, "\t%u\t", line->line);
	add_name(out, line->inner->name);
	buf_printf(out, "\t%u\t", line->inner_line);
	if (!line->others[0]) {
		buf_add_text(out, "certain\t\n");
		return;
	}
	buf_printf(out, "uncertain\t%u", line->line);
	for (size_t i = 0; i < MOST_OTHERS && line->others[i]; i++)
		buf_printf(out, ",%u", line->others[i]);
	buf_add_char(out, '\n');
}

static void map_chunk(
    struct chart_map *map, const struct chunk *chunk, struct buf *out)
{
	struct document_text document = {
	    .source = chunk->template,
	    .text = buf_slice(&chunk->bytes),
	    .first_line = chunk->first_line,
	    .wanted = true,
	};
	struct mapped_document mapped;

	if (!chunk->template.len)
		return;
	chart_map_document(map, &document, &mapped);
	for (size_t i = 0; i < mapped.n; i++)
		add_row(out, chunk->template, &mapped.lines[i]);
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
