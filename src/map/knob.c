/* The parts of a template, walked for a line that nothing has printed. */
#include "map/knob.h"

#include "helm/branch.h"
#include "helm/chart.h"
#include "map/subchart_values.h"

#include <ctype.h>
#include <string.h>

/* A search through the parts of a file or a helper. */
struct knob_search {
	const struct knob_request *request;
	struct go_scope top;		  /* of the file that was rendered */
	const struct template_file *file; /* that is walked */
	uint32_t from, to; /* lines, the first of which is not looked at */
	int32_t column;	   /* of the key; -1: any */
	unsigned depth;	   /* of the helpers that are entered */
	struct slice kind; /* of an object that is missing; empty: a field is */
	bool is_printed;   /* something was rendered from the file: only what
			      the values forbid was not */
	struct knob *knob;
};

/* Helpers that call helpers are followed so deep. */
#define MOST_CALLS 4

/* The outermost branch that was not taken, around what is walked. */
struct opening {
	uint32_t line;
	const struct branch *branch; /* NULL: all around is taken */
	struct go_scope scope;	     /* in which it is asked */
	const struct template_file *file;
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

	if (search->kind.len)
		return slice_starts(key, SLICE("kind:")) &&
			       slice_ends(key, search->kind) &&
			       has_word(key, search->kind)
			   ? search->kind
			   : (struct slice){0};
	key.len = colon < 0 ? 0 : (size_t)colon;
	if (search->column >= 0 && indent_of(text) != search->column)
		key.len = 0;
	return has_word(search->request->advice, key) &&
		       !search->request->has_key(search->request->context, key)
		   ? key
		   : (struct slice){0};
}

/* The map that "." or a variable is before the last field of an item, ".a.b",
 * which is left in *field; NULL: not known. */
static const struct value *map_before(const struct knob_search *search,
    const struct go_scope *scope, struct slice *field)
{
	const struct evaluator *evaluator = &search->request->values->evaluator;
	struct slice front = *field;
	const struct value *map;

	while (front.len && front.ptr[front.len - 1] != '.')
		front.len--;
	if (!front.len || front.len == field->len)
		return NULL;
	*field = (struct slice){field->ptr + front.len, field->len - front.len};
	front.len -= front.len > 1;
	map = evaluator->evaluate(evaluator->context, scope, front);
	return map && map->kind == VALUE_MAP ? map : NULL;
}

/* The path in the values of a field that is in a part of them; empty: it is
 * not from there. */
static struct slice path_in_values(const struct knob_search *search,
    const struct go_scope *scope, struct slice field)
{
	const struct evaluator *evaluator = &search->request->values->evaluator;
	const struct value *map = map_before(search, scope, &field);
	const struct value *values = evaluator->evaluate(
	    evaluator->context, &search->top, SLICE(".Values"));
	struct slice result = {0};
	struct buf path = {0};

	buf_add_text(&path, ".Values");
	if (values && map && value_find_path(values, map, &path)) {
		buf_printf(&path, ".%.*s", SLICE_ARGS(field));
		result = slice_copy(
		    &search->request->values->arena, buf_slice(&path));
	}
	buf_release(&path);
	return result;
}

/* The path into the values that a condition asks about: the first. */
static struct slice find_path(const struct knob_search *search,
    const struct go_scope *scope, struct slice condition, bool *ret_is_all)
{
	struct slice rest = condition, path;
	struct item item;
	ptrdiff_t at;

	while (item_next(&rest, &item)) {
		if (item.kind != ITEM_FIELD && item.kind != ITEM_VARIABLE)
			continue;
		at = slice_find(item.text, SLICE(".Values."), 0);
		path = (struct slice){
		    item.text.ptr + at, item.text.len - (size_t)at};
		if (at < 0)
			path = path_in_values(search, scope, item.text);
		*ret_is_all = item.text.len == condition.len;
		if (path.len)
			return path;
	}
	*ret_is_all = false;
	return (struct slice){0};
}

/* Where a value is, if that is known; whether it is. */
static bool locate_value(
    const struct value *value, bool is_there, struct knob *knob)
{
	if (!value || (!place_known(value->place) && !value->option))
		return false;
	knob->place = value->place;
	knob->option = value->option;
	knob->is_there = is_there;
	return true;
}

/* Where the value of a path is, or the nearest map it would be in. */
static void locate(const struct knob_search *search, struct knob *knob)
{
	const struct evaluator *evaluator = &search->request->values->evaluator;
	struct slice path = knob->path;

	while (path.len) {
		if (locate_value(evaluator->evaluate(
				     evaluator->context, &search->top, path),
			path.len == knob->path.len, knob))
			return;
		while (path.len && path.ptr[path.len - 1] != '.')
			path.len--;
		path.len -= path.len > 0;
	}
}

/* The same of what the condition asks about a part of the values. */
static bool locate_in_part(const struct knob_search *search,
    const struct go_scope *scope, struct slice condition, struct knob *knob)
{
	struct item item;
	const struct value *map;

	while (item_next(&condition, &item)) {
		if (item.kind != ITEM_FIELD && item.kind != ITEM_VARIABLE)
			continue;
		if (slice_find(item.text, SLICE(".Values."), 0) >= 0)
			return false;
		map = map_before(search, scope, &item.text);
		if (map)
			return locate_value(
				   value_get(map, item.text), true, knob) ||
			       locate_value(map, false, knob);
	}
	return false;
}

/* What a subchart sets by itself is set in the values of its parent, under its
 * name: the chart in charts/ is somebody else's. */
static void move_to_parent(const struct knob_search *search, struct knob *knob)
{
	struct slice source = search->request->source, name;
	const struct chart *chart = search->file->chart;
	const struct value *map = search->request->values->root;
	struct place outer = {0};
	struct buf path = {0};

	if (!slice_starts(knob->path, SLICE(".Values.")))
		return;
	while ((name = subchart_next(&source)).len) {
		map = map ? value_get(map, name) : NULL;
		if (map && place_known(map->place) &&
		    !subchart_has_place(chart, map->place))
			outer = map->place;
		buf_printf(&path, ".%.*s", SLICE_ARGS(name));
	}
	if (path.len) {
		knob->path =
		    slice_of(arena_printf(&search->request->values->arena,
			".Values%s%.*s", buf_text(&path),
			(int)knob->path.len - 7, knob->path.ptr + 7));
		if (subchart_has_place(chart, knob->place) &&
		    place_known(outer)) {
			knob->place = outer;
			knob->is_there = false;
		}
	}
	buf_release(&path);
}

static bool found(const struct knob_search *search,
    const struct opening *opening, uint32_t line, struct slice key)
{
	struct knob *knob = search->knob;

	knob->file = search->file;
	knob->key = key;
	knob->line = line;
	knob->head_file = opening->file;
	knob->head_line = opening->line;
	knob->condition = branch_condition(opening->branch);
	knob->path =
	    find_path(search, &opening->scope, knob->condition, &knob->is_path);
	if (knob->path.len &&
	    !locate_in_part(search, &opening->scope, knob->condition, knob))
		locate(search, knob);
	move_to_parent(search, knob);
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
static bool asks_below(const struct knob_search *search,
    const struct go_scope *scope, const struct branch *branch,
    const struct opening *around)
{
	bool is_all;
	struct slice outer = find_path(
	    search, &around->scope, branch_condition(around->branch), &is_all);
	struct slice inner =
	    find_path(search, scope, branch_condition(branch), &is_all);

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
			enum tri taken = branch_is_taken(evaluator, &scope, b);

			if (b->is_else || taken == TRI_YES ||
			    (search->is_printed && !inner.branch &&
				taken != TRI_NO))
				continue;
			if (!inner.branch ||
			    asks_below(search, &scope, b, &inner))
				inner = (struct opening){
				    inner.branch ? inner.line : part->line, b,
				    scope, search->file};
			inside = scope_in_branch(evaluator, &scope, b);
		}
		if (search_parts(search, b->parts, inside, inner))
			return true;
	}
	return false;
}

/* "$x := ..." in a helper that was entered; of the rest the line's scope knows
 * already. */
static void add_assigned(const struct knob_search *search,
    const struct template_part *part, struct go_scope *scope)
{
	if (search->request->are_given && part->variable.len && part->output &&
	    !variable_changes(
		&search->file->chart->defines, search->file, part->variable))
		scope_add_variable(&search->request->values->evaluator, scope,
		    part->variable, part->output->text,
		    &search->request->values->arena);
}

/* The body of a helper that is included where the key may stand. */
static bool search_helper(const struct knob_search *search,
    const struct template_part *part, const struct go_scope *scope,
    struct opening opening)
{
	const struct output *output = part->output;
	const struct evaluator *evaluator = &search->request->values->evaluator;
	const struct define *define =
	    output->include.len && search->depth < MOST_CALLS
		? defines_find(&search->file->chart->defines, output->include)
		: NULL;
	struct knob_search inner = *search;

	if (!define || part->line <= search->from || part->line >= search->to ||
	    output->is_rewritten ||
	    (search->column >= 0 && output->shift != search->column))
		return false;
	inner.file = define->file;
	inner.from = 0;
	inner.to = UINT32_MAX;
	inner.column = 0;
	inner.depth++;
	return search_parts(&inner, define->parts,
	    scope_in_call(
		search->request->are_given ? evaluator : NULL, scope, output),
	    opening);
}

static bool search_parts(const struct knob_search *search,
    const struct template_part *part, struct go_scope scope,
    struct opening opening)
{
	for (; part; part = part->next) {
		if (part->kind == PART_OUTPUT &&
		    search_helper(search, part, &scope, opening))
			return true;
		if (part->kind == PART_ASSIGN && search->depth)
			add_assigned(search, part, &scope);
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
	    .file = file,
	    .top = evaluator->begin(evaluator->context, request->source),
	    .from = line->inner_line,
	    .to = end_of(file, line->inner_line),
	    .column = key_column(template_file_line(file, line->inner_line)),
	    .knob = ret_knob,
	};

	*ret_knob = (struct knob){0};
	/* What a document lacks may belong anywhere in it. */
	if (!search.column) {
		search.column = -1;
		search.to = UINT32_MAX;
	}
	if (line->helper.len)
		define = defines_find(&file->chart->defines, line->helper);
	if (define)
		parts = define->parts;
	return search_parts(
	    &search, parts, request->scope, (struct opening){0});
}

static bool search_file(const struct object_request *request,
    const struct template_file *file, struct knob *ret_knob)
{
	const struct evaluator *evaluator = &request->values->evaluator;
	const struct knob_request inner = {
	    .source = request->source,
	    .values = request->values,
	    .are_given = request->are_given,
	};
	const struct knob_search search = {
	    .request = &inner,
	    .file = file,
	    .top = evaluator->begin(evaluator->context, file->name),
	    .to = UINT32_MAX,
	    .column = -1,
	    .kind = request->kind,
	    .is_printed = request->is_printed(request->context, file),
	    .knob = ret_knob,
	};

	*ret_knob = (struct knob){0};
	return search_parts(
	    &search, file->parts, search.top, (struct opening){0});
}

/* Whether a template has such an object in a block that was not taken. */
static bool has_object(void *context, const struct template_file *candidate)
{
	struct knob knob;

	return search_file(context, candidate, &knob);
}

bool knob_find_object(
    const struct object_request *request, struct knob *ret_knob)
{
	const struct template_file *file =
	    companion_find(request->companions, request->file, request->kind,
		has_object, (void *)(uintptr_t)request);

	*ret_knob = (struct knob){0};
	return file && search_file(request, file, ret_knob);
}
