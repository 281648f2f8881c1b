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
			/* A list is no mapping that goes on. */
			op->next += op->form == FORM_MAPPING;
			op->rest = 0;
			op->next = follow_jumps(code, op->next, &op->rest);
			continue;
		}
		op->next = follow_jumps(code, op->next, &op->cost);
	}
	for (size_t i = 0; i < code->nways; i++) {
		struct edge *edge = &code->ways[i].edge;

		edge->to = follow_jumps(code, edge->to, &edge->cost);
	}
}

/* Where an op other than a split leads when it takes no line; false: nowhere.
 */
static bool find_way(const struct code *code, size_t at, struct way *ret_way)
{
	const struct op *op = &code->ops[at], *last = op;

	switch ((enum op_kind)op->kind) {
	case OP_ABSORB: last += op->form == FORM_YAML ? 2 : 1; break;
	case OP_LEAF:
	case OP_CONTINUE: break;
	case OP_SPLIT:
	case OP_JUMP:
	case OP_SEPARATE:
	case OP_END: return false;
	}
	*ret_way =
	    (struct way){{last->next, op->skip + last->rest}, op->skip_faults};
	return true;
}

/* By op: the lowest that a way back leads to, from it or from behind it. */
static const uint32_t *find_lowest(
    const struct program *program, size_t n, struct arena *arena)
{
	uint32_t *lowest = arena_array(arena, n + 1, sizeof(*lowest));

	lowest[n] = UINT32_MAX;
	for (size_t i = n; i-- > 0;) {
		lowest[i] = lowest[i + 1];
		for (uint32_t j = program->first_edge[i];
		     j < program->first_edge[i + 1]; j++) {
			uint32_t to = program->edges[j].to;

			if (to <= i && to < lowest[i])
				lowest[i] = to;
		}
	}
	return lowest;
}

/* Puts the ways from all ops side by side, which is how the search reads
 * them. */
static void lay_ways(
    const struct code *code, struct arena *arena, struct program *program)
{
	size_t most = code->n + code->nways;
	struct edge *edges = arena_array(arena, most, sizeof(*edges));
	struct edge *faults = arena_array(arena, most, sizeof(*faults));
	uint32_t *first = arena_array(arena, code->n + 1, sizeof(*first));
	uint32_t n = 0;

	for (size_t i = 0; i < code->n; i++) {
		struct op *op = &code->ops[i];
		struct way one;
		const struct way *ways = &one;
		uint32_t nways = op->nways;

		first[i] = n;
		if (op->kind == OP_SPLIT)
			ways = code->ways + op->next;
		else
			nways = find_way(code, i, &one);
		for (uint32_t j = 0; j < nways; j++, n++) {
			edges[n] = ways[j].edge;
			faults[n] =
			    (struct edge){ways[j].edge.to, ways[j].faults};
			op->is_back |= edges[n].to <= i;
		}
	}
	first[code->n] = n;
	program->edges = edges;
	program->faults = faults;
	program->first_edge = first;
	program->lowest = find_lowest(program, code->n, arena);
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
