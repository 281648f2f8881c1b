/* Single operations, and what an action is to the compiler. */
#include "map/emit.h"

int add_indent(int offset, int indent)
{
	if (offset == INDENT_UNKNOWN || indent == INDENT_UNKNOWN)
		return INDENT_UNKNOWN;
	return offset + indent;
}

struct op *emit(struct compiler *compiler, enum op_kind kind)
{
	struct op *op;

	compiler->ops = grow(
	    compiler->ops, compiler->n, &compiler->cap, sizeof(*compiler->ops));
	op = &compiler->ops[compiler->n++];
	*op = (struct op){.kind = (uint8_t)kind,
	    .indent = INDENT_UNKNOWN,
	    .least = INDENT_UNKNOWN};
	op->head = kind != OP_ABSORB && kind != OP_CONTINUE;
	return op;
}

void set_ways(
    struct compiler *compiler, size_t split, const struct way *ways, size_t n)
{
	compiler->ops[split].next = (uint32_t)compiler->nways;
	compiler->ops[split].nways = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		compiler->ways = grow(compiler->ways, compiler->nways,
		    &compiler->cap_ways, sizeof(*compiler->ways));
		compiler->ways[compiler->nways++] = ways[i];
	}
}

struct way way_on(const struct compiler *compiler, int32_t cost, int32_t faults)
{
	return (struct way){{(uint32_t)compiler->n, cost}, faults};
}

struct leaf *new_leaf(struct compiler *compiler, const struct site *site,
    uint32_t line, const struct output *output)
{
	struct leaf *leaf = arena_alloc(compiler->arena, sizeof(*leaf));

	leaf->order = (uint32_t)++compiler->nleaves;
	leaf->site = *site;
	leaf->output = output;
	leaf->only = output;
	leaf->line = line;
	leaf->source_line = site->source_line ? site->source_line : line;
	return leaf;
}

struct op *emit_continue(struct compiler *compiler, const struct leaf *leaf,
    enum block_kind block, int indent, int32_t cost)
{
	struct op *op = emit(compiler, OP_CONTINUE);

	op->block = (uint8_t)block;
	op->at_top = !leaf->site.calls;
	op->cost = cost;
	op->indent = indent;
	op->leaf = leaf;
	return op;
}

void emit_absorber(struct compiler *compiler, const struct leaf *leaf,
    const struct block *block)
{
	struct op *op = emit(compiler, OP_ABSORB);
	int32_t more =
	    block->cost == COST_BLOCK_FALLBACK ? COST_CONT_FALLBACK : COST_CONT;

	op->block = (uint8_t)block->kind;
	op->form = (uint8_t)block->form;
	op->faults = (uint8_t)block->faults;
	op->at_top = !leaf->site.calls;
	op->cost = block->cost;
	op->least = block->least;
	op->skip = COST_SKIP_BLOCK;
	op->skip_faults = block->form == FORM_YAML ? FAULT_ONE : 0;
	op->indent = block->indent;
	op->leaf = leaf;
	op = emit_continue(compiler, leaf, block->kind, block->indent, more);
	op->form = FORM_ANY;
	op->least = block->least;
	op->faults = (uint8_t)block->faults;
	if (block->form != FORM_YAML)
		return;
	op->form = FORM_MAPPING;
	op = emit_continue(compiler, leaf, block->kind, block->indent, more);
	op->form = FORM_LIST;
	op->least = block->least;
}

struct define *called_define(const struct compiler *compiler,
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

bool can_follow(const struct compiler *compiler, const struct walk *walk,
    const struct define *define)
{
	if (!define || walk->ncalls >= MOST_HELPERS ||
	    compiler->n >= MOST_OPS || compiler->nparts >= MOST_PARTS)
		return false;
	for (const struct call *call = walk->site.calls; call;
	     call = call->up) {
		if (slice_eq(call->define->name, define->name))
			return false;
	}
	return true;
}

int32_t block_cost(const struct output *output)
{
	return output->is_yaml	      ? COST_BLOCK_YAML
	       : output->is_tpl	      ? COST_BLOCK_TPL
	       : output->is_multiline ? COST_BLOCK_HELPER
				      : COST_BLOCK_OTHER;
}

bool is_certain(const struct output *output)
{
	return output->include.len && !output->is_altered && !output->is_tpl;
}

enum block_form form_of(
    const struct compiler *compiler, const struct output *output, int column)
{
	bool is_yaml = (output->is_mere_yaml && !output->is_tpl) ||
		       (output->variable.len && !output->is_altered &&
			   map_find(&compiler->yaml, output->variable));
	bool is_placed =
	    output->is_shifted ? output->is_own_block || !column : !column;

	if (!is_placed)
		return FORM_ANY;
	return is_yaml		      ? FORM_YAML
	       : output->is_own_block ? FORM_PLACED
				      : FORM_ANY;
}
