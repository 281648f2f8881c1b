/* The linker: operations that jump -> operations that know where they lead. */
#include "map/linker.h"

#include <string.h>

/* Follows jumps from an op on, adding up what they cost.  No loop is made of
 * jumps alone: a range jumps back to its split. */
static uint32_t follow_jumps(
    const struct code *code, uint32_t at, int32_t *cost)
{
	while (code->ops[at].kind == OP_JUMP) {
		*cost += code->ops[at].cost;
		at = code->ops[at].next;
	}
	return at;
}

/* Lets every op know where it leads, so that the search sees no jumps.  From
 * the last to the first: what jumps forward has been shortened already. */
static void shorten_jumps(const struct code *code)
{
	for (size_t i = code->n; i-- > 0;) {
		struct op *op = &code->ops[i];

		if (op->kind == OP_SPLIT || op->kind == OP_END)
			continue;
		if (op->kind != OP_JUMP) {
			op->next = (uint32_t)i + 1;
			op->rest = 0;
			op->next = follow_jumps(code, op->next, &op->rest);
			continue;
		}
		op->next = follow_jumps(code, op->next, &op->cost);
	}
	for (size_t i = 0; i < code->nedges; i++) {
		struct edge *edge = &code->edges[i];

		edge->to = follow_jumps(code, edge->to, &edge->cost);
	}
}

/* Where an op other than a split leads when it takes no line; false: nowhere.
 */
static bool find_way(const struct code *code, size_t at, struct edge *ret_way)
{
	const struct op *op = &code->ops[at], *last = op;

	switch ((enum op_kind)op->kind) {
	case OP_ABSORB: last++; break;
	case OP_LEAF:
	case OP_CONTINUE: break;
	case OP_SPLIT:
	case OP_JUMP:
	case OP_SEPARATE:
	case OP_END: return false;
	}
	*ret_way = (struct edge){last->next, op->skip + last->rest};
	return true;
}

/* Puts the ways from all ops side by side, which is how the search reads
 * them. */
static void lay_ways(
    const struct code *code, struct arena *arena, struct program *program)
{
	struct edge *edges =
	    arena_array(arena, code->n + code->nedges, sizeof(*edges));
	uint32_t *first = arena_array(arena, code->n + 1, sizeof(*first));
	uint32_t n = 0;

	for (size_t i = 0; i < code->n; i++) {
		struct op *op = &code->ops[i];

		first[i] = n;
		if (op->kind == OP_SPLIT) {
			memcpy(edges + n, code->edges + op->next,
			    op->nways * sizeof(*edges));
			n += op->nways;
		} else {
			n += find_way(code, i, &edges[n]);
		}
		for (uint32_t j = first[i]; j < n; j++)
			op->is_back |= edges[j].to <= i;
	}
	first[code->n] = n;
	program->edges = edges;
	program->first_edge = first;
}

void code_link(
    const struct code *code, struct arena *arena, struct program *program)
{
	struct op *ops;

	shorten_jumps(code);
	lay_ways(code, arena, program);
	ops = arena_array(arena, code->n, sizeof(*ops));
	memcpy(ops, code->ops, code->n * sizeof(*ops));
	program->ops = ops;
	program->n = (uint32_t)code->n;
}
