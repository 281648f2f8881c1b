/*
 * The compiler: walks the tree of a file, puts together what each line of it
 * prints, follows the helpers it includes, and emits the operations.
 *
 * Indentation is followed along: the blanks that begin a line and what indent
 * and nindent add; where trimming swallowed the newline it is unknown.
 */
#include "map/line_program.h"

#include "map/linker.h"

#include <stdlib.h>
#include <string.h>

/* The helpers that are being followed, innermost first. */
struct call {
	const struct call *up;
	const struct define *define;
};

/* A template line while it is put together. */
struct line_builder {
	bool is_open;
	uint32_t line, end_line;
	int indent;   /* in its file, or INDENT_UNKNOWN */
	int32_t more; /* cost of more lines after it; 0: it has none */
	size_t noutputs, nchoices;
	const struct output *last; /* output */
	bool has_words, has_constants;
	bool ends_in_output;
};

struct compiler {
	const struct defines *defines;
	const struct evaluator *evaluator;
	struct arena *arena;
	struct map variables; /* "$x" -> struct define it holds, or NULL */
	struct op *ops;
	size_t n, cap;
	struct edge *edges;
	size_t nedges, cap_edges;
	struct fragment *fragments; /* of the open line */
	size_t nfragments, cap_fragments;
	size_t nparts; /* looked at */
	size_t nleaves;
};

/* A list of parts being compiled, and where it will be printed. */
struct walk {
	const struct template_file *file;
	const struct define *define; /* whose body it is, or NULL */
	const struct call *calls;
	unsigned ncalls;
	uint32_t source_line; /* of the outermost call; 0: none */
	int offset;	      /* columns it is moved, or INDENT_UNKNOWN */
	struct define *dot;   /* the helper whose text "." is, or NULL */
	struct go_scope scope;
	bool first;	     /* its first line begins at the offset */
	uint32_t blank_line; /* blanks began this line: so many */
	int blanks;
	struct line_builder open;
};

static void compile_parts(struct compiler *compiler, struct walk *walk,
    const struct template_part *part);

static int add_indent(int offset, int indent)
{
	if (offset == INDENT_UNKNOWN || indent == INDENT_UNKNOWN)
		return INDENT_UNKNOWN;
	return offset + indent;
}

static struct op *emit(struct compiler *compiler, enum op_kind kind)
{
	struct op *op;

	compiler->ops = grow(
	    compiler->ops, compiler->n, &compiler->cap, sizeof(*compiler->ops));
	op = &compiler->ops[compiler->n++];
	*op = (struct op){.kind = (uint8_t)kind, .indent = INDENT_UNKNOWN};
	op->head = kind != OP_ABSORB && kind != OP_CONTINUE;
	return op;
}

/* The ways of a split; those of one lie side by side. */
static void set_ways(
    struct compiler *compiler, size_t split, const struct edge *ways, size_t n)
{
	compiler->ops[split].next = (uint32_t)compiler->nedges;
	compiler->ops[split].nways = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		compiler->edges = grow(compiler->edges, compiler->nedges,
		    &compiler->cap_edges, sizeof(*compiler->edges));
		compiler->edges[compiler->nedges++] = ways[i];
	}
}

static struct leaf *new_leaf(struct compiler *compiler, const struct walk *walk,
    uint32_t line, const struct output *output)
{
	struct leaf *leaf = arena_alloc(compiler->arena, sizeof(*leaf));

	compiler->nleaves++;
	leaf->file = walk->file;
	leaf->define = walk->define;
	leaf->output = output;
	leaf->only = output;
	leaf->scope = walk->scope;
	leaf->line = line;
	leaf->source_line = walk->source_line ? walk->source_line : line;
	return leaf;
}

static void emit_continue(struct compiler *compiler, const struct walk *walk,
    const struct leaf *leaf, enum block_kind block, int indent, int32_t cost)
{
	struct op *op = emit(compiler, OP_CONTINUE);

	op->block = (uint8_t)block;
	op->at_top = !walk->calls;
	op->cost = cost;
	op->indent = indent;
	op->leaf = leaf;
}

static void emit_absorber(struct compiler *compiler, const struct walk *walk,
    const struct leaf *leaf, enum block_kind block, int indent, int32_t cost)
{
	struct op *op = emit(compiler, OP_ABSORB);

	op->block = (uint8_t)block;
	op->at_top = !walk->calls;
	op->cost = cost;
	op->skip = COST_SKIP_BLOCK;
	op->indent = indent;
	op->leaf = leaf;
	emit_continue(compiler, walk, leaf, block, indent,
	    cost == COST_BLOCK_FALLBACK ? COST_CONT_FALLBACK : COST_CONT);
}

/* The helper whose text an output is: include "x", or a variable with it. */
static struct define *called_define(const struct compiler *compiler,
    const struct walk *walk, const struct output *output)
{
	if (output->include.len)
		return defines_find(compiler->defines, output->include);
	if (slice_is(output->variable, "."))
		return walk->dot;
	if (output->variable.len)
		return map_find(&compiler->variables, output->variable);
	return NULL;
}

static bool can_follow(const struct compiler *compiler, const struct walk *walk,
    const struct define *define)
{
	if (!define || walk->ncalls >= MOST_HELPERS ||
	    compiler->n >= MOST_OPS || compiler->nparts >= MOST_PARTS)
		return false;
	for (const struct call *call = walk->calls; call; call = call->up) {
		if (slice_eq(call->define->name, define->name))
			return false;
	}
	return true;
}

/* Compiles the body of a helper in the place of the action on that line. */
static void follow(struct compiler *compiler, const struct walk *walk,
    const struct output *output, const struct define *define, uint32_t line,
    int offset, bool first)
{
	struct call *call = arena_alloc(compiler->arena, sizeof(*call));
	struct walk body = {
	    .file = define->file,
	    .define = define,
	    .calls = call,
	    .ncalls = walk->ncalls + 1,
	    .source_line = walk->source_line ? walk->source_line : line,
	    .offset = offset,
	    .first = first,
	    .scope = scope_in_call(compiler->evaluator, &walk->scope, output),
	};

	*call = (struct call){walk->calls, define};
	compile_parts(compiler, &body, define->parts);
}

static int32_t block_cost(const struct output *output)
{
	return output->is_yaml	      ? COST_BLOCK_YAML
	       : output->is_tpl	      ? COST_BLOCK_TPL
	       : output->is_multiline ? COST_BLOCK_HELPER
				      : COST_BLOCK_OTHER;
}

/* A helper's lines, or its action taken for a block after all, or nothing. */
static void compile_helper(struct compiler *compiler, const struct walk *walk,
    const struct output *output, const struct define *define, uint32_t line,
    int offset, bool first)
{
	size_t split = compiler->n, jump;
	struct edge ways[3];
	int indent = output->is_shifted ? offset : INDENT_UNKNOWN;

	emit(compiler, OP_SPLIT);
	ways[0] = (struct edge){(uint32_t)compiler->n, 0};
	follow(compiler, walk, output, define, line, offset, first);
	jump = compiler->n;
	emit(compiler, OP_JUMP);
	ways[1] = (struct edge){(uint32_t)compiler->n, COST_TAKE_BLOCK};
	emit_absorber(compiler, walk, new_leaf(compiler, walk, line, output),
	    BLOCK_PLAIN, indent, COST_BLOCK_FALLBACK);
	ways[2] = (struct edge){(uint32_t)compiler->n, COST_TAKE_NOTHING};
	compiler->ops[jump].next = (uint32_t)compiler->n;
	set_ways(compiler, split, ways, COUNT_OF(ways));
}

/* An action that has lines of its own, from that column of its line on. */
static void compile_block(struct compiler *compiler, struct walk *walk,
    const struct output *output, uint32_t line, int column)
{
	const struct define *define = called_define(compiler, walk, output);
	int offset = walk->offset, indent;

	if (output->is_shifted)
		offset = add_indent(offset, output->shift);
	if (!output->is_rewritten && can_follow(compiler, walk, define)) {
		compile_helper(compiler, walk, output, define, line, offset,
		    output->is_shifted || column == 0);
		return;
	}
	indent = output->is_shifted ? offset : add_indent(walk->offset, column);
	emit_absorber(compiler, walk, new_leaf(compiler, walk, line, output),
	    output->is_yaml ? BLOCK_YAML : BLOCK_PLAIN, indent,
	    block_cost(output));
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
	walk->open = (struct line_builder){
	    .is_open = true, .line = line, .end_line = line, .indent = indent};
}

/* The lines after one that ended in an action. */
static void compile_rest(struct compiler *compiler, struct walk *walk,
    const struct line_builder *line, const struct leaf *leaf, int indent)
{
	struct define *define = called_define(compiler, walk, line->last);
	int offset = walk->offset;
	struct edge ways[2];
	size_t split;

	emit_continue(compiler, walk, leaf, BLOCK_FOLLOWS, indent, line->more);
	if (!line->ends_in_output || line->last->is_rewritten ||
	    !can_follow(compiler, walk, define) ||
	    !define_spans_lines(compiler->defines, define))
		return;
	if (line->last->is_shifted)
		offset = add_indent(offset, line->last->shift);
	split = compiler->n;
	emit(compiler, OP_SPLIT);
	ways[0] = (struct edge){(uint32_t)compiler->n, 0};
	follow(compiler, walk, line->last, define, line->line, offset, false);
	ways[1] = (struct edge){(uint32_t)compiler->n, COST_TAKE_NO_MORE};
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

static void compile_line(struct compiler *compiler, struct walk *walk,
    const struct line_builder *line, int indent)
{
	const struct glob *glob = glob_new(
	    compiler->fragments, compiler->nfragments, compiler->arena);
	uint32_t nassigned =
	    count_assigned(compiler->fragments, compiler->nfragments);
	struct leaf *leaf;
	struct op *op;

	if (slice_starts(glob->prefix, SLICE("---")) &&
	    (indent == 0 || (indent == INDENT_UNKNOWN && !walk->calls))) {
		emit(compiler, OP_SEPARATE);
		return;
	}
	leaf = new_leaf(compiler, walk, line->line, NULL);
	if (line->noutputs == 1)
		leaf->only = line->last;
	op = emit(compiler, OP_LEAF);
	op->cost = (int32_t)(glob->nwild - nassigned) * COST_WILD;
	op->skip = line->has_words || line->has_constants ? COST_SKIP_WORDS
		   : line->noutputs			  ? COST_SKIP_ACTIONS
							  : COST_SKIP_INLINE;
	op->indent = indent;
	op->head = glob->head;
	op->mask = glob->mask;
	op->glob = glob;
	op->leaf = leaf;
	if (line->more)
		compile_rest(compiler, walk, line, leaf, indent);
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
	if (line.indent == INDENT_UNKNOWN && walk->first)
		line.indent = 0;
	walk->first = false;
	if (is_block(&line))
		compile_block(
		    compiler, walk, line.last, line.line, line.indent);
	else
		compile_line(compiler, walk, &line,
		    add_indent(walk->offset, line.indent));
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

	if (walk->open.is_open &&
	    (segment->starts_line || segment->line != walk->open.end_line))
		close_line(compiler, walk);
	if (!walk->open.is_open) {
		indent = segment->starts_line
			     ? (int)leading_blanks(segment->text)
			     : column_after_blanks(walk, segment->line);
		open_line(compiler, walk, segment->line, indent);
	}
	add_fragments(compiler, &fragment, 1);
	walk->open.has_words = true;
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
	if (walk->open.is_open && walk->open.end_line != part->line)
		close_line(compiler, walk);
	if (!walk->open.is_open)
		open_line(compiler, walk, part->line,
		    part->trims_before ? INDENT_UNKNOWN
				       : column_after_blanks(walk, part->line));
}

static void compile_output(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	const struct output *output = part->output;

	if (output->is_own_block) {
		close_line(compiler, walk);
		compile_block(
		    compiler, walk, output, part->line, INDENT_UNKNOWN);
		walk->first = false;
		return;
	}
	join_line(compiler, walk, part);
	add_fragments(compiler, output->fragments, output->nfragments);
	walk->open.last = output;
	walk->open.noutputs++;
	walk->open.has_constants |= output->nliteral > 0;
	walk->open.ends_in_output = true;
	walk->open.end_line = part->end_line;
	walk->open.more =
	    output->is_multiline ? COST_CONT_MULTILINE : COST_CONT_UNLIKELY;
}

/* Whether something else is printed on the line of an inline structure. */
static bool is_beside_output(
    const struct walk *walk, const struct template_part *part)
{
	const struct template_part *next = part->next;
	const struct segment *segment;

	if (walk->open.is_open && walk->open.end_line == part->line)
		return true;
	if (!next || next->line != part->line)
		return false;
	switch (next->kind) {
	case PART_TEXT:
		segment = &next->segments[0];
		return !segment->starts_line && slice_trim(segment->text).len;
	case PART_OUTPUT:
		return !next->trims_before && !next->output->is_own_block;
	case PART_CONTROL: return next->line == next->end_line;
	case PART_ASSIGN: break;
	}
	return false;
}

static void compile_choice(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	struct fragment anything = {true, {0}};

	join_line(compiler, walk, part);
	add_fragments(compiler, &anything, 1);
	walk->open.nchoices++;
	walk->open.ends_in_output = false;
	walk->open.more = 0;
}

/* A branch is a list of its own, printed at the same place. */
static void compile_branch(struct compiler *compiler, const struct walk *walk,
    const struct branch *branch, struct define *dot)
{
	struct walk inner = *walk;

	inner.open.is_open = false;
	inner.blank_line = 0;
	inner.dot = dot;
	inner.scope =
	    scope_in_branch(compiler->evaluator, &walk->scope, branch);
	compile_parts(compiler, &inner, branch->parts);
}

static void compile_range(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	const struct branch *otherwise = part->branches->next;
	size_t split = compiler->n;
	enum tri taken =
	    branch_is_taken(compiler->evaluator, &walk->scope, part->branches);
	struct edge ways[3];
	size_t nways = 2;
	struct op *again;

	emit(compiler, OP_SPLIT);
	ways[0] = (struct edge){
	    (uint32_t)compiler->n, taken == TRI_NO ? COST_NOT_TAKEN : 0};
	compile_branch(compiler, walk, part->branches, NULL);
	again = emit(compiler, OP_JUMP);
	again->next = (uint32_t)split;
	again->cost = COST_ROUND;
	ways[1] = (struct edge){(uint32_t)compiler->n, COST_BRANCH};
	if (otherwise) {
		compile_branch(compiler, walk, otherwise, walk->dot);
		ways[nways++] = (struct edge){(uint32_t)compiler->n,
		    COST_BRANCH + (taken == TRI_YES ? COST_NOT_TAKEN : 0)};
	}
	set_ways(compiler, split, ways, nways);
}

/* What a branch of a condition costs more because the values forbid it: its
 * own condition does not hold, or one before it does. */
static int32_t way_cost(const struct compiler *compiler,
    const struct walk *walk, const struct branch *branch, bool *decided)
{
	enum tri taken = TRI_YES;

	if (*decided)
		return COST_NOT_TAKEN;
	if (branch && !branch->is_else)
		taken =
		    branch_is_taken(compiler->evaluator, &walk->scope, branch);
	*decided = taken == TRI_YES;
	return taken == TRI_NO ? COST_NOT_TAKEN : 0;
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
	bool has_else = false, decided = false;
	struct edge *ways;
	size_t *jumps;

	for (const struct branch *b = part->branches; b; b = b->next)
		n++;
	ways = xcalloc(n + 1, sizeof(*ways));
	jumps = xcalloc(n, sizeof(*jumps));
	emit(compiler, OP_SPLIT);
	n = 0;
	for (const struct branch *b = part->branches; b; b = b->next) {
		ways[n] = (struct edge){(uint32_t)compiler->n,
		    (n ? COST_BRANCH : 0) +
			way_cost(compiler, walk, b, &decided)};
		has_else |= b->is_else;
		compile_branch(compiler, walk, b, n ? walk->dot : dot);
		jumps[n++] = compiler->n;
		emit(compiler, OP_JUMP);
	}
	for (size_t i = 0; i < n; i++)
		compiler->ops[jumps[i]].next = (uint32_t)compiler->n;
	if (!has_else) {
		ways[n] = (struct edge){(uint32_t)compiler->n,
		    COST_BRANCH + way_cost(compiler, walk, NULL, &decided)};
		n++;
	}
	set_ways(compiler, split, ways, n);
	free(ways);
	free(jumps);
}

static void compile_control(struct compiler *compiler, struct walk *walk,
    const struct template_part *part)
{
	size_t nleaves;

	if (part->control != GO_BLOCK && part->is_inline &&
	    is_beside_output(walk, part)) {
		compile_choice(compiler, walk, part);
		return;
	}
	close_line(compiler, walk);
	nleaves = compiler->nleaves;
	if (part->control == GO_BLOCK)
		compile_branch(compiler, walk, part->branches, walk->dot);
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
	if (part->output &&
	    !variable_changes(compiler->defines, walk->file, part->variable))
		scope_add_variable(compiler->evaluator, &walk->scope,
		    part->variable, part->output->text, compiler->arena);
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
		}
	}
	close_line(compiler, walk);
}

const struct program *program_compile(
    const struct program_request *request, struct arena *arena)
{
	struct program *program = arena_alloc(arena, sizeof(*program));
	struct compiler compiler = {.defines = request->defines,
	    .evaluator = request->evaluator,
	    .arena = arena};
	struct walk walk = {.file = request->file, .scope = request->scope};

	compile_parts(&compiler, &walk, request->file->parts);
	emit(&compiler, OP_END);
	program->file = request->file;
	code_link(&(struct code){compiler.ops, compiler.n, compiler.edges,
		      compiler.nedges},
	    arena, program);
	free(compiler.ops);
	free(compiler.edges);
	map_release(&compiler.variables);
	free(compiler.fragments);
	return program;
}
