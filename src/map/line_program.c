/*
 * The compiler: walks the tree of a file, puts together what each line of it
 * prints, follows the helpers it includes, and emits the operations.
 *
 * Indentation is followed along: the blanks that begin a line and what indent
 * and nindent add; where trimming swallowed the newline it is unknown.
 */
#include "map/emit.h"
#include "map/linker.h"
#include "map/shape.h"

#include <stdlib.h>
#include <string.h>

static void compile_parts(struct compiler *compiler, struct walk *walk,
    const struct template_part *part);
static void close_line(struct compiler *compiler, struct walk *walk);

/* The walk through the body of a helper in the place of the action on that
 * line. */
static struct walk enter(struct compiler *compiler, const struct walk *walk,
    const struct output *output, const struct define *define, uint32_t line,
    int offset)
{
	const struct site *site = &walk->site;
	struct call *call = arena_alloc(compiler->arena, sizeof(*call));

	*call = (struct call){site->calls, define, site->file, line};
	return (struct walk){
	    .site = {.file = define->file,
		.define = define,
		.calls = call,
		.source_line = site->source_line ? site->source_line : line,
		.is_forbidden = site->is_forbidden,
		.steps = step_add(compiler->evaluator, compiler->arena,
		    site->steps, (struct step){.call = output}),
		.scope =
		    scope_in_call(compiler->evaluator, &site->scope, output)},
	    .ncalls = walk->ncalls + 1,
	    .offset = offset,
	};
}

static void follow(struct compiler *compiler, const struct walk *walk,
    const struct output *output, const struct define *define, uint32_t line,
    int offset, bool first)
{
	struct walk body = enter(compiler, walk, output, define, line, offset);

	body.first = first;
	compile_parts(compiler, &body, define->parts);
	close_line(compiler, &body);
}

/* A helper's lines, or its action taken for a block after all, or nothing. */
static void compile_helper(struct compiler *compiler, const struct walk *walk,
    const struct output *output, const struct define *define, uint32_t line,
    int offset, bool first)
{
	size_t split = compiler->n, jump;
	struct way ways[3];
	int32_t faults = is_certain(output) ? FAULT_ONE : 0;
	const struct block block = {
	    .kind = BLOCK_PLAIN,
	    .indent = output->is_shifted ? offset : INDENT_UNKNOWN,
	    .least = offset,
	    .cost = COST_BLOCK_FALLBACK,
	    .faults = faults,
	};

	emit(compiler, OP_SPLIT);
	ways[0] = way_on(compiler, 0, 0);
	follow(compiler, walk, output, define, line, offset, first);
	jump = compiler->n;
	emit(compiler, OP_JUMP);
	ways[1] = way_on(compiler, COST_TAKE_BLOCK, 0);
	emit_absorber(
	    compiler, new_leaf(compiler, &walk->site, line, output), &block);
	ways[2] = way_on(compiler, COST_TAKE_NOTHING, faults);
	compiler->ops[jump].next = (uint32_t)compiler->n;
	set_ways(compiler, split, ways, COUNT_OF(ways));
}

/* An action that has lines of its own, from that column of its line on. */
static void compile_block(struct compiler *compiler, struct walk *walk,
    const struct output *output, uint32_t line, int column)
{
	const struct define *define = called_define(compiler, walk, output);
	int offset = walk->offset;
	struct block block = {
	    .kind = output->is_yaml ? BLOCK_YAML : BLOCK_PLAIN,
	    .form = form_of(compiler, output, column),
	    .cost = block_cost(output)};

	if (output->is_shifted)
		offset = add_indent(offset, output->shift);
	if (!output->is_rewritten && can_follow(compiler, walk, define)) {
		compile_helper(compiler, walk, output, define, line, offset,
		    output->is_shifted || column == 0);
		return;
	}
	block.indent =
	    output->is_shifted ? offset : add_indent(walk->offset, column);
	block.least = offset;
	emit_absorber(
	    compiler, new_leaf(compiler, &walk->site, line, output), &block);
}

static void add_fragments(
    struct compiler *compiler, const struct fragment *fragments, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		compiler->fragments =
		    grow(compiler->fragments, compiler->nfragments,
			&compiler->cap_fragments, sizeof(*fragments));
		compiler->fragments[compiler->nfragments++] = fragments[i];
	}
}

static void open_line(
    struct compiler *compiler, struct walk *walk, uint32_t line, int indent)
{
	compiler->nfragments = 0;
	walk->open = (struct line_builder){.is_open = true,
	    .site = walk->site,
	    .line = line,
	    .end_line = line,
	    .column = indent,
	    .indent = add_indent(walk->offset,
		indent == INDENT_UNKNOWN && walk->first ? 0 : indent)};
}

/* Whether an action inside a line may print another line after it: values are
 * hardly ever of several lines there, unless they are shifted. */
static bool may_go_on(const struct compiler *compiler,
    const struct output *output, struct define *define)
{
	if (define && is_certain(output))
		return define_spans_lines(compiler->defines, define);
	return output->is_shifted && !output->is_quoted;
}

/* The lines after one that ended in an action. */
static void compile_rest(struct compiler *compiler, const struct walk *walk,
    const struct line_builder *line, const struct leaf *leaf)
{
	struct define *define = called_define(compiler, walk, line->last);
	int offset = walk->offset;
	struct way ways[2];
	struct op *op;
	size_t split;

	op = emit_continue(
	    compiler, leaf, BLOCK_FOLLOWS, line->indent, line->more);
	op->faults = may_go_on(compiler, line->last, define) ? 0 : FAULT_ONE;
	if (!line->ends_in_output || line->last->is_rewritten ||
	    !can_follow(compiler, walk, define) ||
	    !define_spans_lines(compiler->defines, define))
		return;
	if (line->last->is_shifted)
		offset = add_indent(offset, line->last->shift);
	split = compiler->n;
	emit(compiler, OP_SPLIT);
	ways[0] = way_on(compiler, 0, 0);
	follow(
	    compiler, walk, line->last, define, line->last_line, offset, false);
	ways[1] = way_on(compiler, COST_TAKE_NO_MORE, 0);
	set_ways(compiler, split, ways, COUNT_OF(ways));
}

/* Actions that "=" parts from one before.  One action alone hardly ever prints
 * what has such a sign in it, so a template line that has it is no dearer. */
static uint32_t count_assigned(const struct fragment *fragments, size_t n)
{
	uint32_t count = 0;

	for (size_t i = 2; i < n; i++)
		count += fragments[i].is_wild && !fragments[i - 1].is_wild &&
			 slice_is(fragments[i - 1].text, "=") &&
			 fragments[i - 2].is_wild;
	return count;
}

static bool is_separator(
    const struct line_builder *line, const struct glob *glob)
{
	return slice_starts(glob->prefix, SLICE("---")) &&
	       (line->indent == 0 ||
		   (line->indent == INDENT_UNKNOWN && !line->site.calls));
}

static void compile_line(struct compiler *compiler, const struct walk *walk,
    const struct line_builder *line)
{
	const struct glob *glob = glob_new(
	    compiler->fragments, compiler->nfragments, compiler->arena);
	uint32_t nassigned =
	    count_assigned(compiler->fragments, compiler->nfragments);
	struct walk inside = *walk;
	struct leaf *leaf;
	struct op *op;

	if (is_separator(line, glob)) {
		emit(compiler, OP_SEPARATE)->faults =
		    line->site.is_forbidden ? FAULT_ONE : 0;
		return;
	}
	leaf = new_leaf(compiler, &line->site, line->line, NULL);
	if (line->noutputs == 1)
		leaf->only = line->last;
	leaf->noutputs =
	    line->noutputs < MOST_OUTPUTS ? line->noutputs : MOST_OUTPUTS;
	leaf->outputs = arena_copy(compiler->arena, line->outputs,
	    leaf->noutputs * sizeof(line->outputs[0]));
	op = emit(compiler, OP_LEAF);
	op->cost = (int32_t)(glob->nwild - nassigned) * COST_WILD;
	op->skip = line->has_words || line->has_constants ? COST_SKIP_WORDS
		   : line->noutputs			  ? COST_SKIP_ACTIONS
							  : COST_SKIP_INLINE;
	op->skip_faults = line->has_words ? FAULT_ONE : 0;
	op->indent = line->indent;
	op->head = glob->head;
	op->mask = glob->mask;
	op->glob = glob;
	op->leaf = leaf;
	inside.site = line->site;
	if (line->more)
		compile_rest(compiler, &inside, line, leaf);
}

/* An action alone on its line whose words tell nothing. */
static bool is_block(const struct line_builder *line)
{
	return !line->has_words && line->noutputs == 1 && !line->nchoices &&
	       (line->last->is_multiline || line->last->nliteral < 3);
}

static void close_line(struct compiler *compiler, struct walk *walk)
{
	struct line_builder line = walk->open;

	walk->open.is_open = false;
	if (!line.is_open ||
	    (!line.has_words && !line.noutputs && !line.nchoices))
		return;
	if (line.column == INDENT_UNKNOWN && walk->first)
		line.column = 0;
	walk->first = false;
	if (is_block(&line))
		compile_block(
		    compiler, walk, line.last, line.line, line.column);
	else
		compile_line(compiler, walk, &line);
}

static size_t leading_blanks(struct slice text)
{
	size_t n = 0;

	while (n < text.len && (text.ptr[n] == ' ' || text.ptr[n] == '\t'))
		n++;
	return n;
}

/* The column at which something begins that no newline precedes. */
static int column_after_blanks(const struct walk *walk, uint32_t line)
{
	return walk->blank_line == line ? walk->blanks : INDENT_UNKNOWN;
}

static void compile_blanks(
    struct compiler *compiler, struct walk *walk, const struct segment *segment)
{
	struct fragment fragment = {false, segment->text};

	if (walk->open.is_open && !segment->starts_line) {
		add_fragments(compiler, &fragment, 1);
		walk->open.ends_in_output = false;
	} else if (segment->starts_line) {
		close_line(compiler, walk);
		walk->blank_line = segment->line;
		walk->blanks = (int)leading_blanks(segment->text);
	}
}

static void compile_words(
    struct compiler *compiler, struct walk *walk, const struct segment *segment)
{
	struct fragment fragment = {false, segment->text};
	int indent;

	if (walk->open.is_open && segment->starts_line)
		close_line(compiler, walk);
	if (!walk->open.is_open) {
		indent = segment->starts_line
			     ? (int)leading_blanks(segment->text)
			     : column_after_blanks(walk, segment->line);
		open_line(compiler, walk, segment->line, indent);
	}
	add_fragments(compiler, &fragment, 1);
	walk->open.has_words = true;
	walk->open.end_line = segment->line;
	walk->open.ends_in_output = false;
	walk->open.more = 0;
}

static void compile_text(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	for (size_t i = 0; i < part->nsegments; i++) {
		const struct segment *segment = &part->segments[i];

		if (slice_trim(segment->text).len)
			compile_words(compiler, walk, segment);
		else
			compile_blanks(compiler, walk, segment);
		if (segment->ends_line)
			close_line(compiler, walk);
	}
}

/* Makes sure that a line is open on which something of this part's stands. */
static void join_line(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	if (!walk->open.is_open)
		open_line(compiler, walk, part->line,
		    part->trims_before ? INDENT_UNKNOWN
				       : column_after_blanks(walk, part->line));
}

/* Whether a helper of several lines begins on the line that is open, behind
 * words: "- {{ include "container" . | indent 2 | trim }}". */
static bool joins_line(const struct compiler *compiler, const struct walk *walk,
    const struct output *output, const struct define *define)
{
	return walk->open.is_open && walk->open.has_words &&
	       !output->is_rewritten && is_certain(output) &&
	       can_follow(compiler, walk, define);
}

static void join_helper(struct compiler *compiler, struct walk *walk,
    const struct output *output, const struct define *define, uint32_t line)
{
	int shift = output->is_shifted ? output->shift : 0;
	struct walk body = enter(compiler, walk, output, define, line,
	    add_indent(walk->offset, shift));
	struct fragment blanks = {.is_wild = shift == SHIFT_UNKNOWN};

	if (shift > output->trimmed)
		blanks.text = slice_of(arena_printf(
		    compiler->arena, "%*s", shift - output->trimmed, ""));
	add_fragments(compiler, &blanks, 1);
	body.open = walk->open;
	body.open.joins = true;
	compile_parts(compiler, &body, define->parts);
	walk->open = body.open;
	walk->open.joins = false;
	walk->first = false;
}

static void compile_output(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	const struct output *output = part->output;
	struct define *define = called_define(compiler, walk, output);

	if (output->is_own_block) {
		close_line(compiler, walk);
		compile_block(
		    compiler, walk, output, part->line, INDENT_UNKNOWN);
		walk->first = false;
		return;
	}
	if (joins_line(compiler, walk, output, define) &&
	    define_spans_lines(compiler->defines, define)) {
		if (begins_plainly(define->parts)) {
			join_helper(compiler, walk, output, define, part->line);
			return;
		}
		/* On a line of its own it is hardly meant to join another. */
		if (walk->open.end_line != part->line)
			close_line(compiler, walk);
	}
	join_line(compiler, walk, part);
	add_fragments(compiler, output->fragments, output->nfragments);
	if (walk->open.noutputs < MOST_OUTPUTS)
		walk->open.outputs[walk->open.noutputs] = output;
	walk->open.last = output;
	walk->open.last_line = part->line;
	walk->open.end_line = part->end_line;
	walk->open.noutputs++;
	walk->open.has_constants |= output->nliteral > 0;
	walk->open.ends_in_output = true;
	walk->open.more =
	    output->is_multiline ? COST_CONT_MULTILINE : COST_CONT_UNLIKELY;
}

/* Whether something else is printed on the line of an inline structure. */
static bool is_beside_output(
    const struct walk *walk, const struct template_part *part)
{
	const struct template_part *next = part->next;
	const struct segment *segment;

	if (walk->open.is_open)
		return true;
	if (!next)
		return false;
	switch (next->kind) {
	case PART_TEXT:
		segment = &next->segments[0];
		return !segment->starts_line && slice_trim(segment->text).len;
	case PART_OUTPUT:
		return next->line == part->line && !next->trims_before &&
		       !next->output->is_own_block;
	case PART_CONTROL:
		return next->is_inline && next->control != GO_BLOCK &&
		       !prints_nothing(next);
	case PART_ASSIGN:
	case PART_LEAVE: break;
	}
	return false;
}

static void compile_choice(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	struct fragment anything = {true, {0}};

	join_line(compiler, walk, part);
	add_fragments(compiler, &anything, 1);
	walk->open.end_line = part->end_line;
	walk->open.nchoices++;
	walk->open.ends_in_output = false;
	walk->open.more = 0;
}

/* A branch is a list of its own, printed at the same place. */
static void compile_branch(struct compiler *compiler, const struct walk *walk,
    const struct branch *branch, struct define *dot, bool is_forbidden)
{
	struct walk inner = *walk;

	inner.open.is_open = false;
	inner.blank_line = 0;
	inner.dot = dot;
	inner.site.is_forbidden |= is_forbidden;
	inner.site.steps =
	    step_add(compiler->evaluator, compiler->arena, walk->site.steps,
		(struct step){.branch = branch, .file = walk->site.file});
	inner.site.scope =
	    scope_in_branch(compiler->evaluator, &walk->site.scope, branch);
	compile_parts(compiler, &inner, branch->parts);
	close_line(compiler, &inner);
}

static struct way branch_way(
    const struct compiler *compiler, int32_t cost, bool is_forbidden)
{
	return way_on(compiler, cost + (is_forbidden ? COST_NOT_TAKEN : 0),
	    is_forbidden ? FAULT_ONE : 0);
}

/* Rounds that end early go on where the others do. */
static void end_rounds(const struct compiler *compiler, struct loop *loop)
{
	size_t jump = loop->last_leave, before;

	while (jump != NO_OP) {
		before = compiler->ops[jump].next;
		compiler->ops[jump].next = (uint32_t)compiler->n;
		jump = before == UINT32_MAX ? NO_OP : before;
	}
}

/* At least one round, or else none. */
static void compile_range(struct compiler *compiler, const struct walk *walk,
    const struct template_part *part)
{
	const struct branch *otherwise = part->branches->next;
	size_t enter = compiler->n, again;
	struct loop loop = {NO_OP};
	enum tri taken = branch_is_taken(
	    compiler->evaluator, &walk->site.scope, part->branches);
	struct walk inside = *walk;
	struct way first, more, none, end;

	inside.loop = &loop;
	emit(compiler, OP_SPLIT);
	first = branch_way(compiler, 0, taken == TRI_NO);
	more = way_on(compiler, COST_ROUND, 0);
	compile_branch(
	    compiler, &inside, part->branches, NULL, taken == TRI_NO);
	end_rounds(compiler, &loop);
	again = compiler->n;
	emit(compiler, OP_SPLIT);
	none = branch_way(compiler, COST_BRANCH, taken == TRI_YES);
	if (otherwise)
		compile_branch(
		    compiler, walk, otherwise, walk->dot, taken == TRI_YES);
	end = way_on(compiler, COST_BRANCH, 0);
	set_ways(compiler, enter, (struct way[]){first, none}, 2);
	set_ways(compiler, again, (struct way[]){more, end}, 2);
}

/* Break and continue: the rest of the round prints nothing. */
static void compile_leave(struct compiler *compiler, struct walk *walk)
{
	size_t at;

	if (!walk->loop)
		return;
	close_line(compiler, walk);
	at = compiler->n;
	emit(compiler, OP_JUMP)->next = walk->loop->last_leave == NO_OP
					    ? UINT32_MAX
					    : (uint32_t)walk->loop->last_leave;
	walk->loop->last_leave = at;
}

/* Whether the values forbid a branch of a condition: its own condition does
 * not hold, or one before it does. */
static bool is_forbidden(const struct compiler *compiler,
    const struct walk *walk, const struct branch *branch, bool *decided)
{
	enum tri taken = TRI_YES;

	if (*decided)
		return true;
	if (branch && !branch->is_else)
		taken = branch_is_taken(
		    compiler->evaluator, &walk->site.scope, branch);
	*decided = taken == TRI_YES;
	return taken == TRI_NO;
}

/* What "." is in the first branch; the others see it as it is outside. */
static struct define *inner_dot(struct compiler *compiler,
    const struct walk *walk, const struct template_part *part)
{
	struct define *define = NULL;

	if (part->control != GO_WITH)
		return walk->dot;
	if (part->output && !part->output->is_rewritten)
		define = called_define(compiler, walk, part->output);
	if (part->variable.len)
		*map_slot(&compiler->variables, part->variable) = define;
	return define;
}

static void compile_condition(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	struct define *dot = inner_dot(compiler, walk, part);
	size_t split = compiler->n, n = 0;
	bool has_else = false, decided = false, forbidden;
	struct way *ways;
	size_t *jumps;

	for (const struct branch *b = part->branches; b; b = b->next)
		n++;
	ways = xcalloc(n + 1, sizeof(*ways));
	jumps = xcalloc(n, sizeof(*jumps));
	emit(compiler, OP_SPLIT);
	n = 0;
	for (const struct branch *b = part->branches; b; b = b->next) {
		forbidden = is_forbidden(compiler, walk, b, &decided);
		ways[n] = branch_way(compiler, n ? COST_BRANCH : 0, forbidden);
		has_else |= b->is_else;
		compile_branch(
		    compiler, walk, b, n ? walk->dot : dot, forbidden);
		jumps[n++] = compiler->n;
		emit(compiler, OP_JUMP);
	}
	for (size_t i = 0; i < n; i++)
		compiler->ops[jumps[i]].next = (uint32_t)compiler->n;
	if (!has_else)
		ways[n++] = branch_way(compiler, COST_BRANCH,
		    is_forbidden(compiler, walk, NULL, &decided));
	set_ways(compiler, split, ways, n);
	free(ways);
	free(jumps);
}

/* A line goes on behind what checks something and fails; helpers begin with
 * such. */
static bool stays_open(
    const struct walk *walk, const struct template_part *part)
{
	return walk->open.is_open && (part->is_inline || walk->open.joins) &&
	       prints_nothing(part) && !may_leave(part);
}

static void compile_control(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	size_t nleaves;

	if (stays_open(walk, part))
		return;
	if (part->control != GO_BLOCK && part->is_inline &&
	    !prints_nothing(part) && is_beside_output(walk, part)) {
		compile_choice(compiler, walk, part);
		return;
	}
	close_line(compiler, walk);
	nleaves = compiler->nleaves;
	if (part->control == GO_BLOCK)
		compile_branch(
		    compiler, walk, part->branches, walk->dot, false);
	else if (part->control == GO_RANGE)
		compile_range(compiler, walk, part);
	else
		compile_condition(compiler, walk, part);
	/* Assignments alone print nothing. */
	if (compiler->nleaves != nleaves)
		walk->first = false;
}

static void compile_assignment(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	struct define *define = NULL;

	if (!part->variable.len)
		return;
	if (part->output && !part->output->is_rewritten)
		define = called_define(compiler, walk, part->output);
	*map_slot(&compiler->variables, part->variable) = define;
	/* A value may be text already, but whoever takes both hardly gives
	 * text that could be the YAML of something else. */
	*map_slot(&compiler->yaml, part->variable) =
	    part->output && part->output->has_yaml && !define ? compiler : NULL;
	if (!part->output || variable_changes(compiler->defines,
				 walk->site.file, part->variable))
		return;
	scope_add_variable(compiler->evaluator, &walk->site.scope,
	    part->variable, part->output->text, compiler->arena);
	walk->site.steps =
	    step_add(compiler->evaluator, compiler->arena, walk->site.steps,
		(struct step){.variable = part->variable,
		    .pipeline = part->output->text});
}

static void compile_parts(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	for (; part; part = part->next) {
		if (compiler->nparts++ >= MOST_PARTS || compiler->n >= HARD_OPS)
			break;
		switch (part->kind) {
		case PART_TEXT: compile_text(compiler, walk, part); break;
		case PART_OUTPUT: compile_output(compiler, walk, part); break;
		case PART_CONTROL: compile_control(compiler, walk, part); break;
		case PART_ASSIGN:
			compile_assignment(compiler, walk, part);
			break;
		case PART_LEAVE: compile_leave(compiler, walk); break;
		}
	}
}

const struct program *program_compile(
    const struct program_request *request, struct arena *arena)
{
	struct program *program = arena_alloc(arena, sizeof(*program));
	struct compiler compiler = {.defines = request->defines,
	    .evaluator = request->evaluator,
	    .arena = arena};
	struct walk walk = {
	    .site = {.file = request->file, .scope = request->scope}};

	compile_parts(&compiler, &walk, request->file->parts);
	close_line(&compiler, &walk);
	emit(&compiler, OP_END);
	program->file = request->file;
	code_link(&(struct code){compiler.ops, compiler.n, compiler.ways,
		      compiler.nways},
	    arena, program);
	free(compiler.ops);
	free(compiler.ways);
	map_release(&compiler.variables);
	map_release(&compiler.yaml);
	free(compiler.fragments);
	return program;
}
