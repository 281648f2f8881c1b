/* The parts of a template, walked for a line that nothing has printed. */
#include "map/knob.h"

#include "helm/branch.h"
#include "helm/chart.h"

#include <ctype.h>
#include <string.h>

/* A search through the parts of a file or a helper. */
struct knob_search {
	const struct knob_request *request;
	struct go_scope top; /* of the file that was rendered */
	uint32_t from, to;   /* lines, the first of which is not looked at */
	int32_t column;	     /* of the key; -1: any */
	struct knob *knob;
};

/* The outermost branch that was not taken, around what is walked. */
struct opening {
	uint32_t line;
	const struct branch *branch; /* NULL: all around is taken */
};

static bool search_parts(const struct knob_search *search,
    const struct template_part *part, struct go_scope scope,
    struct opening opening);

static int32_t indent_of(struct slice line)
{
	int32_t n = 0;

	while ((size_t)n < line.len && line.ptr[n] == ' ')
		n++;
	return n;
}

/* The column of the keys in what begins on a line: "- name:" has them behind
 * the dash. */
static int32_t key_column(struct slice line)
{
	int32_t column = indent_of(line);

	while ((size_t)column + 1 < line.len && line.ptr[column] == '-') {
		column++;
		while ((size_t)column < line.len && line.ptr[column] == ' ')
			column++;
	}
	return column;
}

/* The first line behind it that is not part of what begins on a line. */
static uint32_t end_of(const struct template_file *file, uint32_t line)
{
	struct slice text = template_file_line(file, line);
	const char *end = file->text.ptr + file->text.len, *newline;
	int32_t column = key_column(text);

	for (;;) {
		newline = text.ptr + text.len;
		line++;
		if (newline >= end)
			return line;
		text.ptr = newline + 1;
		newline = memchr(text.ptr, '\n', (size_t)(end - text.ptr));
		text.len = (size_t)((newline ? newline : end) - text.ptr);
		if (slice_trim(text).len &&
		    !slice_starts(slice_trim(text), SLICE("{{")) &&
		    indent_of(text) < column)
			return line;
	}
}

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

bool has_word(struct slice text, struct slice word)
{
	ptrdiff_t at = slice_find(text, word, 0);

	while (word.len && at >= 0) {
		size_t end = (size_t)at + word.len;

		if ((!at || !is_word_char(text.ptr[at - 1])) &&
		    (end == text.len || !is_word_char(text.ptr[end])))
			return true;
		at = slice_find(text, word, end);
	}
	return false;
}

/* The key of a line, when it is one that the advice names. */
static struct slice wanted_key(
    const struct knob_search *search, struct slice text)
{
	struct slice key = slice_trim(text);
	ptrdiff_t colon = slice_find(key, SLICE(":"), 0);

	key.len = colon < 0 ? 0 : (size_t)colon;
	if (search->column >= 0 && indent_of(text) != search->column)
		key.len = 0;
	return has_word(search->request->advice, key) &&
		       !search->request->has_key(search->request->context, key)
		   ? key
		   : (struct slice){0};
}

/* The path into the values that a condition asks about: the first. */
static struct slice find_path(struct slice condition, bool *ret_is_all)
{
	struct slice rest = condition, path;
	struct item item;
	ptrdiff_t at;

	while (item_next(&rest, &item)) {
		if (item.kind != ITEM_FIELD && item.kind != ITEM_VARIABLE)
			continue;
		at = slice_find(item.text, SLICE(".Values."), 0);
		if (at < 0)
			continue;
		path = (struct slice){
		    item.text.ptr + at, item.text.len - (size_t)at};
		*ret_is_all = item.text.len == condition.len;
		return path;
	}
	*ret_is_all = false;
	return (struct slice){0};
}

/* Where the value of a path is, or the nearest map it would be in. */
static void locate(const struct knob_search *search, struct knob *knob)
{
	const struct evaluator *evaluator = &search->request->values->evaluator;
	struct slice path = knob->path;
	const struct value *value;

	while (path.len) {
		value =
		    evaluator->evaluate(evaluator->context, &search->top, path);
		if (value && (place_known(value->place) || value->option)) {
			knob->place = value->place;
			knob->option = value->option;
			knob->is_there = path.len == knob->path.len;
			return;
		}
		while (path.len && path.ptr[path.len - 1] != '.')
			path.len--;
		path.len -= path.len > 0;
	}
}

static bool found(const struct knob_search *search,
    const struct opening *opening, uint32_t line, struct slice key)
{
	struct knob *knob = search->knob;

	knob->key = key;
	knob->line = line;
	knob->head_line = opening->line;
	knob->condition = branch_condition(opening->branch);
	knob->path = find_path(knob->condition, &knob->is_path);
	if (knob->path.len)
		locate(search, knob);
	return true;
}

static bool search_text(const struct knob_search *search,
    const struct template_part *part, const struct opening *opening)
{
	for (size_t i = 0; opening->branch && i < part->nsegments; i++) {
		const struct segment *segment = &part->segments[i];
		struct slice key;

		if (segment->line <= search->from ||
		    segment->line >= search->to || !segment->starts_line)
			continue;
		key = wanted_key(search, segment->text);
		if (key.len)
			return found(search, opening, segment->line, key);
	}
	return false;
}

/* Whether a branch asks for a part of what the one around it asks for, which
 * opens both. */
static bool asks_below(const struct branch *branch, const struct branch *around)
{
	bool is_all;
	struct slice outer = find_path(branch_condition(around), &is_all);
	struct slice inner = find_path(branch_condition(branch), &is_all);

	return outer.len && inner.len > outer.len &&
	       slice_starts(inner, outer) && inner.ptr[outer.len] == '.';
}

static bool search_control(const struct knob_search *search,
    const struct template_part *part, struct go_scope scope,
    struct opening opening)
{
	const struct evaluator *evaluator =
	    search->request->are_given ? &search->request->values->evaluator
				       : NULL;
	bool holds_line =
	    part->line < search->from && part->end_line > search->from;

	if (part->end_line <= search->from || part->line >= search->to)
		return false;
	for (const struct branch *b = part->branches; b; b = b->next) {
		struct opening inner = opening;
		struct go_scope inside = scope;

		if (!holds_line && part->control != GO_BLOCK) {
			if (b->is_else ||
			    branch_is_taken(evaluator, &scope, b) == TRI_YES)
				continue;
			if (!inner.branch)
				inner = (struct opening){part->line, b};
			else if (asks_below(b, inner.branch))
				inner.branch = b;
			inside = scope_in_branch(evaluator, &scope, b);
		}
		if (search_parts(search, b->parts, inside, inner))
			return true;
	}
	return false;
}

static bool search_parts(const struct knob_search *search,
    const struct template_part *part, struct go_scope scope,
    struct opening opening)
{
	for (; part; part = part->next) {
		if (part->kind == PART_TEXT &&
		    search_text(search, part, &opening))
			return true;
		if (part->kind == PART_CONTROL &&
		    search_control(search, part, scope, opening))
			return true;
	}
	return false;
}

bool knob_find(const struct knob_request *request, struct knob *ret_knob)
{
	const struct evaluator *evaluator = &request->values->evaluator;
	const struct mapped_line *line = request->line;
	const struct template_file *file = line->inner;
	const struct define *define = NULL;
	const struct template_part *parts = file->parts;
	struct knob_search search = {
	    .request = request,
	    .top = evaluator->begin(evaluator->context, request->source),
	    .from = line->inner_line,
	    .to = end_of(file, line->inner_line),
	    .column = key_column(template_file_line(file, line->inner_line)),
	    .knob = ret_knob,
	};

	*ret_knob = (struct knob){.file = file};
	/* What a document lacks may belong anywhere in it. */
	if (!search.column) {
		search.column = -1;
		search.to = UINT32_MAX;
	}
	if (line->helper.len)
		define = defines_find(&file->chart->defines, line->helper);
	if (define)
		parts = define->parts;
	if (search_parts(&search, parts, line->scope, (struct opening){0}))
		return true;
	ret_knob->file = NULL;
	return false;
}
