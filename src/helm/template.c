/*
 * Tokens to a tree.  It never fails: an end too many is ignored, one too few
 * leaves what is open as it is.
 */
#include "helm/template.h"

#include "helm/dict_functions.h"

#include <string.h>

/* Levels of control structures, and of helpers that call each other. */
#define MOST_NESTED 64

/* A structure whose end has not come. */
struct level {
	struct template_part *control; /* NULL: the file, or a define */
	struct branch *branch;	       /* the one being filled, of control */
	struct define *block;	       /* what control defines too, or NULL */
	const struct template_part **end; /* where the next part is hung up */
};

struct tree_builder {
	struct template_file *file;
	struct defines *defines;
	struct level levels[MOST_NESTED];
	size_t depth;	 /* of levels; at least 1 */
	size_t too_deep; /* structures open past MOST_NESTED */
};

static struct template_part *add_part(struct tree_builder *builder,
    enum part_kind kind, const struct go_token *token)
{
	struct level *level = &builder->levels[builder->depth - 1];
	struct template_part *part =
	    arena_alloc(builder->defines->arena, sizeof(*part));

	part->kind = kind;
	part->line = token->line;
	part->end_line = token->end_line;
	part->trims_before = token->trims_before;
	*level->end = part;
	level->end = &part->next;
	return part;
}

static size_t count_newlines(struct slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

static void add_text(struct tree_builder *builder, const struct go_token *token)
{
	struct template_part *part = add_part(builder, PART_TEXT, token);
	struct slice rest = token->text;
	size_t n = count_newlines(rest) + 1;
	struct segment *segments =
	    arena_array(builder->defines->arena, n, sizeof(*segments));

	for (size_t i = 0; i < n; i++) {
		const char *newline =
		    rest.len ? memchr(rest.ptr, '\n', rest.len) : NULL;
		size_t len = newline ? (size_t)(newline - rest.ptr) : rest.len;

		segments[i] = (struct segment){
		    .text = {rest.ptr, len},
		    .line = token->line + (uint32_t)i,
		    .starts_line = i || token->at_start,
		    .ends_line = newline != NULL,
		};
		len += newline != NULL;
		rest = (struct slice){rest.ptr + len, rest.len - len};
	}
	part->segments = segments;
	part->nsegments = n;
}

/* "$x := ACTION": the variable and the action; false for "$i, $x := ...". */
static bool split_assignment(
    struct slice text, struct slice *ret_variable, struct slice *ret_value)
{
	struct slice rest = text;
	struct item variable, sign;

	if (!item_next(&rest, &variable) || variable.kind != ITEM_VARIABLE ||
	    !item_next(&rest, &sign) || sign.kind != ITEM_ASSIGN)
		return false;
	*ret_variable = variable.text;
	*ret_value = slice_trim(rest);
	return true;
}

/* Nobody sees a variable of another file. */
#define VARIABLE_KEY "%p %.*s"

static void note_changing(struct tree_builder *builder, struct slice variable)
{
	const char *key = arena_printf(builder->defines->arena, VARIABLE_KEY,
	    (void *)builder->file, SLICE_ARGS(variable));

	*map_slot(&builder->defines->changing, slice_of(key)) = builder;
}

/* The variables that the head of a structure sets. */
static void note_head(struct tree_builder *builder, struct slice head)
{
	struct slice names[2];
	struct item item = {0};
	size_t n = 0;

	while (item_next(&head, &item) && n <= COUNT_OF(names)) {
		if (item.kind == ITEM_VARIABLE && n < COUNT_OF(names))
			names[n++] = item.text;
		else if (item.kind == ITEM_ASSIGN)
			break;
		else if (item.kind != ITEM_WORD && !slice_is(item.text, ","))
			return;
	}
	if (item.kind == ITEM_ASSIGN) {
		for (size_t i = 0; i < n; i++)
			note_changing(builder, names[i]);
	}
}

/* "$x = ACTION" */
static bool is_change(const struct go_token *token)
{
	struct slice rest = token->text;
	struct item item;

	return item_next(&rest, &item) && item_next(&rest, &item) &&
	       slice_is(item.text, "=");
}

static void add_assignment(
    struct tree_builder *builder, const struct go_token *token)
{
	struct slice value;
	struct template_part *part = add_part(builder, PART_ASSIGN, token);

	if (split_assignment(token->text, &part->variable, &value))
		part->output = output_read(value, builder->defines->arena);
	if (part->variable.len && is_change(token))
		note_changing(builder, part->variable);
}

/* with ACTION, with $x := ACTION: what "." and $x are inside. */
static void read_with(
    struct template_part *part, struct slice head, struct arena *arena)
{
	struct slice value;
	struct item item;

	if (!item_next(&head, &item))
		return;
	value = head;
	split_assignment(head, &part->variable, &value);
	part->output = output_read(slice_trim(value), arena);
}

/* Opens a branch and makes it the place where parts are hung up. */
static struct branch *open_branch(struct tree_builder *builder,
    struct template_part *control, const struct branch **place,
    struct slice head)
{
	struct branch *branch =
	    arena_alloc(builder->defines->arena, sizeof(*branch));

	branch->head = head;
	*place = branch;
	builder->levels[builder->depth - 1] = (struct level){
	    .control = control, .branch = branch, .end = &branch->parts};
	return branch;
}

static struct slice define_name(
    const struct go_token *token, struct arena *arena)
{
	struct slice rest = token->text;
	struct item item;

	if (item_next(&rest, &item) && item_next(&rest, &item) &&
	    item.kind == ITEM_STRING)
		return item_string(&item, arena);
	return token->text;
}

/* The last define of a name wins; a block gives way to any. */
static struct define *add_define(
    struct tree_builder *builder, const struct go_token *token)
{
	struct defines *defines = builder->defines;
	struct define *define = arena_alloc(defines->arena, sizeof(*define));
	void **slot;

	define->name = define_name(token, defines->arena);
	define->file = builder->file;
	define->line = token->line;
	slot = map_slot(&defines->by_name, define->name);
	if (!*slot || token->kind == GO_DEFINE)
		*slot = define;
	return define;
}

static void open_define(
    struct tree_builder *builder, const struct go_token *token)
{
	struct define *define = add_define(builder, token);

	builder->levels[builder->depth++] =
	    (struct level){.end = &define->parts};
}

static void open_control(
    struct tree_builder *builder, const struct go_token *token)
{
	struct template_part *part = add_part(builder, PART_CONTROL, token);

	part->control = token->kind;
	note_head(builder, token->text);
	if (token->kind == GO_WITH)
		read_with(part, token->text, builder->defines->arena);
	builder->depth++;
	open_branch(builder, part, &part->branches, token->text);
	if (token->kind == GO_BLOCK)
		builder->levels[builder->depth - 1].block =
		    add_define(builder, token);
}

static void open_structure(
    struct tree_builder *builder, const struct go_token *token)
{
	if (builder->depth == MOST_NESTED)
		builder->too_deep++;
	else if (token->kind == GO_DEFINE)
		open_define(builder, token);
	else
		open_control(builder, token);
}

static void add_else(struct tree_builder *builder, const struct go_token *token)
{
	struct level *level = &builder->levels[builder->depth - 1];
	struct slice rest = token->text;
	struct item item;
	struct branch *branch;

	if (builder->too_deep || !level->branch)
		return;
	branch = open_branch(
	    builder, level->control, &level->branch->next, token->text);
	item_next(&rest, &item);
	branch->is_else = !item_next(&rest, &item);
	note_head(builder, token->text);
}

/* Where the structure is written in several lines, an action that may print
 * several does so rather than stand on a line with others. */
static bool parts_stay_inline(
    const struct template_part *part, bool is_on_one_line)
{
	for (; part; part = part->next) {
		if (part->kind == PART_TEXT && part->nsegments > 1)
			return false;
		if (part->kind == PART_OUTPUT &&
		    (part->output->is_own_block ||
			(part->output->is_multiline && !is_on_one_line)))
			return false;
		if (part->kind == PART_CONTROL && !part->is_inline)
			return false;
	}
	return true;
}

/* Nested structures have been closed, so their answer is there. */
static bool stays_inline(const struct template_part *control)
{
	for (const struct branch *b = control->branches; b; b = b->next) {
		if (!parts_stay_inline(
			b->parts, control->line == control->end_line))
			return false;
	}
	return true;
}

static void close_structure(
    struct tree_builder *builder, const struct go_token *token)
{
	struct level *level;

	if (builder->too_deep) {
		builder->too_deep--;
		return;
	}
	if (builder->depth == 1)
		return;
	level = &builder->levels[--builder->depth];
	if (level->control) {
		level->control->end_line = token->end_line;
		level->control->is_inline = stays_inline(level->control);
	}
	if (level->block)
		level->block->parts = level->branch->parts;
}

static void add_output(
    struct tree_builder *builder, const struct go_token *token)
{
	const struct output *output =
	    output_read(token->text, builder->defines->arena);

	if (!output->is_silent)
		add_part(builder, PART_OUTPUT, token)->output = output;
}

/* A comment is nothing. */
static void add_leave(
    struct tree_builder *builder, const struct go_token *token)
{
	if (slice_is(token->text, "break") || slice_is(token->text, "continue"))
		add_part(builder, PART_LEAVE, token);
}

static void add_token(
    struct tree_builder *builder, const struct go_token *token)
{
	switch (token->kind) { /* a flat switch */
	case GO_TEXT: add_text(builder, token); return;
	case GO_OUTPUT: add_output(builder, token); return;
	case GO_ASSIGN: add_assignment(builder, token); return;
	case GO_SILENT: add_leave(builder, token); return;
	case GO_IF:
	case GO_WITH:
	case GO_RANGE:
	case GO_BLOCK:
	case GO_DEFINE: open_structure(builder, token); return;
	case GO_ELSE: add_else(builder, token); return;
	case GO_END: close_structure(builder, token); return;
	}
}

void template_read(struct template_file *file, struct defines *defines)
{
	struct tree_builder builder = {
	    .file = file,
	    .defines = defines,
	    .levels[0].end = &file->parts,
	    .depth = 1,
	};
	struct go_token plain = {
	    .text = file->text, .line = 1, .at_start = true};
	struct go_token *tokens = &plain;
	struct arena scratch = {0};
	size_t n = file->text.len != 0;

	template_file_mark(file, defines->arena);
	if (!file->is_plain)
		go_lex(file->text, &scratch, &tokens, &n);
	for (size_t i = 0; i < n; i++) {
		add_token(&builder, &tokens[i]);
		if (tokens[i].kind != GO_TEXT && tokens[i].kind != GO_SILENT)
			file->writes_values |=
			    action_writes(tokens[i].text);
	}
	arena_release(&scratch);
}

bool variable_changes(const struct defines *defines,
    const struct template_file *file, struct slice variable)
{
	struct buf key = {0};
	bool changes;

	buf_printf(
	    &key, VARIABLE_KEY, (const void *)file, SLICE_ARGS(variable));
	changes = map_find(&defines->changing, buf_slice(&key)) != NULL;
	buf_release(&key);
	return changes;
}

struct define *defines_find(const struct defines *defines, struct slice name)
{
	return map_find(&defines->by_name, name);
}

static bool spans_lines(
    const struct defines *defines, struct define *define, unsigned depth);

static bool output_spans_lines(
    const struct defines *defines, const struct output *output, unsigned depth)
{
	struct define *called = NULL;

	if (output->is_shifted && output->is_own_block)
		return true;
	if (output->include.len)
		called = defines_find(defines, output->include);
	return called && spans_lines(defines, called, depth + 1);
}

static bool parts_span_lines(const struct defines *defines,
    const struct template_part *part, unsigned depth)
{
	if (depth > MOST_NESTED)
		return false;
	for (; part; part = part->next) {
		switch (part->kind) {
		case PART_TEXT:
			if (part->nsegments > 1)
				return true;
			break;
		case PART_OUTPUT:
			if (output_spans_lines(defines, part->output, depth))
				return true;
			break;
		case PART_CONTROL:
			for (const struct branch *b = part->branches; b;
			     b = b->next) {
				if (parts_span_lines(
					defines, b->parts, depth + 1))
					return true;
			}
			break;
		case PART_ASSIGN:
		case PART_LEAVE: break;
		}
	}
	return false;
}

/* While it is looked at it counts as one line: it may call itself. */
static bool spans_lines(
    const struct defines *defines, struct define *define, unsigned depth)
{
	if (define->span == SPAN_UNKNOWN) {
		define->span = SPAN_ONE_LINE;
		if (parts_span_lines(defines, define->parts, depth))
			define->span = SPAN_LINES;
	}
	return define->span == SPAN_LINES;
}

bool define_spans_lines(const struct defines *defines, struct define *define)
{
	return spans_lines(defines, define, 0);
}
