/* Mapped documents -> counts of template lines; those against fixes. */
#include "map/template_uses.h"

#include <stdlib.h>
#include <string.h>

struct file_uses {
	uint32_t *counts; /* by line; in the arena */
	size_t n;
	bool is_unknown; /* a document could not be mapped */
};

static struct file_uses *uses_of(
    struct template_uses *uses, const struct template_file *file)
{
	struct slice path = slice_of(file->path);
	struct file_uses *found = map_find(&uses->files, path);

	if (!found) {
		found = arena_alloc(&uses->arena, sizeof(*found));
		*map_slot(&uses->files, slice_copy(&uses->arena, path)) = found;
	}
	return found;
}

/* Line 0 is none. */
static void count_line(
    struct template_uses *uses, struct file_uses *file, uint32_t line)
{
	uint32_t *counts;
	size_t n = file->n;

	if (!line)
		return;
	if (line >= n) {
		n = line + n / 2 + 64;
		counts = arena_array(&uses->arena, n, sizeof(*counts));
		if (file->n)
			memcpy(counts, file->counts, file->n * sizeof(*counts));
		file->counts = counts;
		file->n = n;
	}
	file->counts[line]++;
}

/* What may have printed the line counts as if it had. */
static void count_mapped(struct template_uses *uses, struct file_uses *file,
    const struct template_file *template, const struct mapped_line *line)
{
	count_line(uses, file, line->line);
	for (size_t i = 0; i < MOST_OTHERS && !line->is_certain; i++)
		count_line(uses, file, line->others[i]);
	if (line->inner != template)
		return;
	if (line->inner_line != line->line)
		count_line(uses, file, line->inner_line);
	for (size_t i = 0; i < MOST_OTHERS && line->inner_doubtful; i++)
		count_line(uses, file, line->inner_others[i]);
}

void template_uses_count(
    struct template_uses *uses, const struct mapped_document *mapped, bool fits)
{
	struct file_uses *file;

	if (!mapped->file)
		return;
	file = uses_of(uses, mapped->file);
	file->is_unknown |= mapped->gave_up || !fits;
	for (size_t i = 0; i < mapped->n; i++)
		count_mapped(uses, file, mapped->file, &mapped->lines[i]);
}

/* An edit of a template, whatever object it is for. */
static void add_key(
    struct buf *key, const struct finding *finding, const struct fix *fix)
{
	buf_clear(key);
	buf_printf(key, "%s %s:%u:%u-%u %s", finding->kind->id,
	    fix->place.origin->name, fix->place.span.line, fix->byte_col,
	    fix->end_byte_col, fix->text);
}

static bool is_of_template(const struct finding *finding)
{
	return finding->nfixes && place_known(finding->fixes->rendered);
}

/* How many rendered lines ask for each edit. */
struct asked {
	struct map edits; /* -> their number */
	struct map lines; /* an edit and a rendered line that asks for it */
	struct arena arena;
};

static void ask(
    struct asked *asked, const struct finding *finding, const struct fix *fix)
{
	struct buf key = {0};
	struct slice text;
	void **slot;

	add_key(&key, finding, fix);
	text = slice_copy(&asked->arena, buf_slice(&key));
	buf_printf(&key, " %u:%u", fix->rendered.origin->index,
	    fix->rendered.span.line);
	if (!map_find(&asked->lines, buf_slice(&key))) {
		*map_slot(&asked->lines,
		    slice_copy(&asked->arena, buf_slice(&key))) = asked;
		slot = map_slot(&asked->edits, text);
		*slot = (void *)((uintptr_t)*slot + 1);
	}
	buf_release(&key);
}

/* One that is held back asks for nothing: its object is meant to stay. */
static void ask_all(struct asked *asked, const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->n; i++) {
		const struct finding *finding = &findings->items[i];

		if (!is_of_template(finding) || finding->suppression)
			continue;
		for (size_t j = 0; j < finding->nfixes; j++)
			ask(asked, finding, &finding->fixes[j]);
	}
}

static bool is_asked_everywhere(const struct template_uses *uses,
    const struct asked *asked, const struct finding *finding,
    const struct fix *fix)
{
	const struct file_uses *file =
	    map_find(&uses->files, slice_of(fix->place.origin->name));
	uint32_t line = fix->place.span.line;
	struct buf key = {0};
	size_t n;

	if (!file || file->is_unknown || line >= file->n)
		return false;
	add_key(&key, finding, fix);
	n = (uintptr_t)map_find(&asked->edits, buf_slice(&key));
	buf_release(&key);
	return n == file->counts[line];
}

/* Whether any was dropped, which leaves others without their equals. */
static bool drop_some(
    const struct template_uses *uses, struct finding_list *findings)
{
	struct asked asked = {0};
	bool any = false;

	ask_all(&asked, findings);
	for (size_t i = 0; i < findings->n; i++) {
		struct finding *finding = &findings->items[i];
		size_t n = is_of_template(finding) ? finding->nfixes : 0;

		for (size_t j = 0; j < n; j++) {
			if (is_asked_everywhere(
				uses, &asked, finding, &finding->fixes[j]))
				continue;
			finding->nfixes = 0;
			any = true;
			break;
		}
	}
	map_release(&asked.edits);
	map_release(&asked.lines);
	arena_release(&asked.arena);
	return any;
}

void template_uses_drop_fixes(
    const struct template_uses *uses, struct finding_list *findings)
{
	while (drop_some(uses, findings))
		;
}

void template_uses_release(struct template_uses *uses)
{
	map_release(&uses->files);
	arena_release(&uses->arena);
}
