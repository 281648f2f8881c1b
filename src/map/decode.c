/*
 * Viterbi's algorithm with a beam.  Before each line the frontier is closed
 * over everything that takes no line; ops are visited in their order, lowest
 * first, from a bit set, since nearly all ways lead forward.
 */
#include "map/faults.h"
#include "map/search.h"

#include <stdlib.h>
#include <string.h>

static void resize(struct decoder *decoder, uint32_t nops)
{
	size_t words = nops / 64 + 1;

	if (nops > decoder->cap_ops) {
		size_t size = nops * sizeof(int32_t);

		decoder->cost = xrealloc(decoder->cost, size);
		decoder->next_cost = xrealloc(decoder->next_cost, size);
		decoder->back = xrealloc(decoder->back, size);
		decoder->next_back = xrealloc(decoder->next_back, size);
		decoder->from = xrealloc(decoder->from, size);
		decoder->touched = xrealloc(decoder->touched, size);
		decoder->pending =
		    xrealloc(decoder->pending, words * sizeof(uint64_t));
		decoder->reached =
		    xrealloc(decoder->reached, words * sizeof(uint64_t));
		decoder->cap_ops = nops;
	}
	decoder->nops = nops;
	for (uint32_t i = 0; i < nops; i++)
		decoder->cost[i] = decoder->next_cost[i] = FAR;
	memset(decoder->pending, 0, words * sizeof(uint64_t));
	memset(decoder->reached, 0, words * sizeof(uint64_t));
}

void decoder_release(struct decoder *decoder)
{
	free(decoder->cost);
	free(decoder->next_cost);
	free(decoder->back);
	free(decoder->next_back);
	free(decoder->from);
	free(decoder->touched);
	free(decoder->pending);
	free(decoder->reached);
	free(decoder->states);
	free(decoder->steps);
	free(decoder->records);
	free(decoder->lines);
	*decoder = (struct decoder){0};
}

/* Has an op on the frontier be looked at. */
static inline void mark(struct decoder *decoder, uint32_t op)
{
	size_t word = op / 64;
	uint64_t bit = (uint64_t)1 << op % 64;

	decoder->pending[word] |= bit;
	decoder->reached[word] |= bit;
	if (word < decoder->low)
		decoder->low = word;
	if (word > decoder->high)
		decoder->high = word;
}

/* Puts an op on the frontier. */
static inline void set_cost(
    struct decoder *decoder, uint32_t op, int32_t cost, uint32_t back)
{
	decoder->cost[op] = cost;
	decoder->back[op] = back;
	mark(decoder, op);
}

static void set_if_cheaper(struct decoder *decoder, uint32_t to, int32_t cost,
    int32_t limit, uint32_t back)
{
	if (cost <= limit && cost < decoder->cost[to])
		set_cost(decoder, to, cost, back);
}

/* Room for the most that one more line can add. */
static void reserve(struct decoder *decoder)
{
	while (decoder->nstates + decoder->nops > decoder->cap_states)
		decoder->states = grow(decoder->states, decoder->cap_states,
		    &decoder->cap_states, sizeof(*decoder->states));
	while (decoder->nsteps + decoder->nops > decoder->cap_steps)
		decoder->steps = grow(decoder->steps, decoder->cap_steps,
		    &decoder->cap_steps, sizeof(*decoder->steps));
	while (decoder->nrecords + 2 * (size_t)decoder->nops >
	       decoder->cap_records)
		decoder->records = grow(decoder->records, decoder->cap_records,
		    &decoder->cap_records, sizeof(*decoder->records));
}

static void add_states(struct decoder *decoder)
{
	struct search_state *end = decoder->states + decoder->nstates;

	for (size_t word = decoder->low; word <= decoder->high; word++) {
		for (uint64_t bits = decoder->reached[word]; bits;
		     bits &= bits - 1) {
			uint32_t op = (uint32_t)(word * 64) +
				      (uint32_t)__builtin_ctzll(bits);

			*end++ = (struct search_state){op, decoder->cost[op]};
		}
		decoder->reached[word] = 0;
	}
	decoder->nstates = (size_t)(end - decoder->states);
}

/* Whether this is the cheapest way to an op so far. */
static inline bool is_cheaper(struct decoder *decoder, uint32_t to,
    int32_t cost, int32_t limit, uint32_t back)
{
	if (cost > limit || cost >= decoder->cost[to])
		return false;
	decoder->cost[to] = cost;
	decoder->back[to] = back;
	return true;
}

/* Goes on from the pending ops of a word until it has none.  Nearly all ways
 * stay in the word, so its bits are best kept out of memory. */
static void close_word(struct decoder *decoder, size_t word, int32_t limit)
{
	const struct program *program = decoder->program;
	uint64_t bits = decoder->pending[word], reached = bits;
	ptrdiff_t steps = decoder->steps_left;

	while (bits && steps > 0) {
		uint32_t at =
		    (uint32_t)(word * 64) + (uint32_t)__builtin_ctzll(bits);
		uint32_t end = program->first_edge[at + 1];
		int32_t cost = decoder->cost[at];
		uint32_t back = decoder->back[at];

		bits &= bits - 1;
		for (uint32_t i = program->first_edge[at]; i < end; i++) {
			const struct edge *edge = &decoder->edges[i];
			uint64_t bit = (uint64_t)1 << edge->to % 64;

			steps--;
			if (!is_cheaper(decoder, edge->to, cost + edge->cost,
				limit, back))
				continue;
			if (edge->to / 64 != word) {
				mark(decoder, edge->to);
				continue;
			}
			bits |= bit;
			reached |= bit;
		}
		steps--;
	}
	decoder->pending[word] = bits;
	decoder->reached[word] |= reached;
	decoder->steps_left = steps;
}

/* Closes the frontier up to that cost and lists it as states. */
static void close_frontier(struct decoder *decoder, int32_t limit)
{
	size_t first = decoder->low, word = first;

	reserve(decoder);
	while (word <= decoder->high && decoder->steps_left > 0) {
		decoder->low = word + 1;
		if (decoder->pending[word])
			close_word(decoder, word, limit);
		word = decoder->low;
		first = word < first ? word : first;
	}
	decoder->low = first;
	add_states(decoder);
	decoder->low = SIZE_MAX;
	decoder->high = 0;
}

static int32_t covered_cost(size_t len, uint32_t nliteral)
{
	size_t left = len > nliteral ? len - nliteral : 0;

	return COST_CHAR * (int32_t)(left < MOST_COVERED ? left : MOST_COVERED);
}

static int32_t leaf_cost(const struct op *op, const struct rendered_line *line,
    bool is_first, int32_t indent_cost)
{
	int32_t cost = op->cost;

	if (!glob_fits(op->glob, line->text))
		return FAR;
	if (op->glob->nwild)
		cost += covered_cost(line->text.len, op->glob->nliteral);
	if (op->indent != INDENT_UNKNOWN && !is_first &&
	    op->indent != column(line, op->indent))
		cost += indent_cost;
	return cost;
}

static int32_t absorb_cost(
    const struct op *op, const struct rendered_line *line, bool is_first)
{
	int32_t cost = op->cost + line->length_cost;
	int32_t at = column(line, op->indent);

	if (op->indent != INDENT_UNKNOWN && !is_first)
		cost += at < op->indent	  ? COST_BLOCK_LEFT
			: at > op->indent ? COST_BLOCK_RIGHT
					  : 0;
	if (op->block == BLOCK_YAML && line->is_unlike_yaml)
		cost += COST_UNLIKE_YAML;
	return cost;
}

/* What follows the first line of a block: of what toYaml printed, more of a
 * mapping, or of a list, or nothing. */
static struct edge behind_first_line(
    const struct op *op, uint32_t at, const struct rendered_line *line)
{
	if (op->form != FORM_YAML || line->is_key ||
	    strchr("|>\"'#", line->text.ptr[0]))
		return (struct edge){at + 1, 0};
	if (line->is_item)
		return (struct edge){at + 2, 0};
	return (struct edge){op[2].next, op[2].rest};
}

/* Whether the line is none of the list, or mapping, that the block is. */
static bool is_other_structure(
    const struct op *op, const struct rendered_line *line)
{
	return (op->form == FORM_LIST && !line->is_item) ||
	       (op->form == FORM_MAPPING && line->is_item && !line->is_of_key);
}

/* More lines where one ended in an action. */
static int32_t follow_cost(
    const struct op *op, const struct rendered_line *line)
{
	int32_t cost = op->cost;
	int32_t at = column(line, op->indent);

	if (op->indent == INDENT_UNKNOWN)
		return cost + line->length_cost;
	if (at < op->indent)
		cost += COST_BLOCK_LEFT;
	else if (at > op->indent)
		cost = cost < COST_CONT_DEEPER ? cost : COST_CONT_DEEPER;
	else if (!line->is_item)
		cost += COST_CONT_LEVEL;
	return cost + line->length_cost;
}

static int32_t continue_cost(
    const struct op *op, const struct rendered_line *line)
{
	int32_t cost = op->cost + line->length_cost;
	int32_t at = column(line, op->indent);

	if (op->block == BLOCK_FOLLOWS)
		return follow_cost(op, line);
	if (op->indent != INDENT_UNKNOWN && at < op->indent)
		cost += COST_BLOCK_LEFT;
	if (op->block != BLOCK_YAML)
		return cost;
	if (at == op->indent &&
	    (line->is_unsorted || is_other_structure(op, line)))
		cost += COST_UNSORTED;
	if (line->is_unlike_yaml || line->is_deep)
		cost += COST_UNLIKE_YAML;
	return cost;
}

/* Notes that a state can take the line, and the cheapest way to what is behind
 * it. */
static void add_step(
    struct decoder *decoder, size_t state, uint32_t to, int32_t cost)
{
	int32_t sum = decoder->states[state].cost + cost;

	decoder->steps[decoder->nsteps++] =
	    (struct search_step){(uint32_t)state, to, cost};
	if (sum >= decoder->next_cost[to])
		return;
	if (decoder->next_cost[to] == FAR)
		decoder->touched[decoder->ntouched++] = to;
	decoder->next_cost[to] = sum;
	decoder->from[to] = (uint32_t)state;
}

/* The same in faults. */
static int32_t line_faults(const struct op *op, uint32_t at,
    const struct decode_request *request, size_t index, uint32_t *ret_to)
{
	const struct rendered_line *line = &request->lines[index];
	const struct line_place place = {.is_first = !index,
	    .is_moved = request->indent_cost == COST_INDENT_REWRITTEN};

	*ret_to = op->kind == OP_LEAF	  ? op->next
		  : op->kind == OP_ABSORB ? behind_first_line(op, at, line).to
					  : at;
	return count_faults(op, line, place);
}

/* What a line costs at an op, and where that leads; FAR: it cannot be there. */
static int32_t line_cost(const struct op *op, uint32_t at,
    const struct decode_request *request, size_t index, uint32_t *ret_to)
{
	const struct rendered_line *line = &request->lines[index];
	struct edge behind;
	int32_t cost;

	if (request->counts_faults)
		return line_faults(op, at, request, index, ret_to);
	switch ((enum op_kind)op->kind) {
	case OP_LEAF:
		cost = leaf_cost(op, line, !index, request->indent_cost);
		*ret_to = op->next;
		return cost == FAR ? FAR : cost + op->rest;
	case OP_ABSORB:
		behind = behind_first_line(op, at, line);
		*ret_to = behind.to;
		return absorb_cost(op, line, !index) + behind.cost;
	case OP_CONTINUE: *ret_to = at; return continue_cost(op, line);
	case OP_SPLIT:
	case OP_JUMP:
	case OP_SEPARATE:
	case OP_END: break;
	}
	return FAR;
}

/* Offers the line to every state; returns the cost of the best taker. */
static int32_t step_over_line(struct decoder *decoder,
    const struct decode_request *request, size_t index, size_t first_state)
{
	const struct op *ops = decoder->program->ops;
	uint64_t head = request->lines[index].head;
	int32_t best = FAR;

	for (size_t i = first_state; i < decoder->nstates; i++) {
		uint32_t at = decoder->states[i].op, to = 0;
		const struct op *op = &ops[at];
		int32_t cost;

		if ((head & op->mask) != op->head)
			continue;
		cost = line_cost(op, at, request, index, &to);
		if (cost == FAR)
			continue;
		add_step(decoder, i, to, cost);
		cost += decoder->states[i].cost;
		best = cost < best ? cost : best;
	}
	return best;
}

static uint32_t add_record(
    struct decoder *decoder, uint32_t before, uint32_t op)
{
	decoder->records[decoder->nrecords] =
	    (struct search_record){before, op};
	return (uint32_t)decoder->nrecords++;
}

/* Keeps what is within the beam of what took the line. */
static void keep_takers(struct decoder *decoder, int32_t limit)
{
	size_t kept = 0;

	for (size_t i = 0; i < decoder->ntouched; i++) {
		uint32_t to = decoder->touched[i];
		uint32_t op = decoder->states[decoder->from[to]].op;

		if (decoder->next_cost[to] > limit) {
			decoder->next_cost[to] = FAR;
			continue;
		}
		decoder->touched[kept++] = to;
		decoder->next_back[to] =
		    add_record(decoder, decoder->back[op], op);
	}
	decoder->ntouched = kept;
}

/* Every state may also stay where it is and pass the line as stray. */
static void keep_strays(struct decoder *decoder, size_t first_state,
    int32_t stray_cost, int32_t limit)
{
	for (size_t i = first_state; i < decoder->nstates; i++) {
		uint32_t op = decoder->states[i].op;
		int32_t cost = decoder->states[i].cost + stray_cost;

		if (cost > limit || cost >= decoder->next_cost[op])
			continue;
		if (decoder->next_cost[op] == FAR)
			decoder->touched[decoder->ntouched++] = op;
		decoder->next_cost[op] = cost;
		decoder->next_back[op] =
		    add_record(decoder, decoder->back[op], NO_RECORD);
	}
}

/* Makes what is behind the line the frontier; returns its lowest cost. */
static int32_t advance(struct decoder *decoder, size_t first_state)
{
	int32_t best = FAR;

	for (size_t i = first_state; i < decoder->nstates; i++)
		decoder->cost[decoder->states[i].op] = FAR;
	for (size_t i = 0; i < decoder->ntouched; i++) {
		uint32_t op = decoder->touched[i];
		int32_t cost = decoder->next_cost[op];

		decoder->next_cost[op] = FAR;
		set_cost(decoder, op, cost, decoder->next_back[op]);
		best = cost < best ? cost : best;
	}
	decoder->ntouched = 0;
	return best;
}

/* Whether what an action prints may have "---" at the left. */
static bool may_hold_documents(const struct op *op)
{
	return op->form <= FORM_PLACED && op->least <= 0 && !op->faults;
}

/* Of a document that begins in a branch which the values forbid. */
static int32_t forbidden_cost(
    const struct decode_request *request, const struct op *op)
{
	bool is_forbidden =
	    op->kind == OP_SEPARATE ? op->faults : op->leaf->site.is_forbidden;

	if (!is_forbidden)
		return 0;
	return request->counts_faults ? FAULT_ONE : COST_NOT_TAKEN;
}

/* Documents of one kind come in the order of their file, but for the rounds of
 * a loop. */
static int32_t start_cost(const struct decode_request *request, uint32_t at)
{
	bool in_order = request->is_first || at >= request->after;

	if (!request->counts_faults)
		return in_order ? COST_START : COST_START_EARLIER;
	in_order |= request->program->lowest[request->after] <= at;
	return in_order ? 0 : FAULT_ONE;
}

/* The frontier before the first line; returns its lowest cost. */
static int32_t start(
    struct decoder *decoder, const struct decode_request *request)
{
	const struct program *program = decoder->program;
	int32_t best = start_cost(request, 0) - start_cost(request, UINT32_MAX);

	if (!request->from)
		set_cost(decoder, 0, best, NO_RECORD);
	for (uint32_t i = 0; i < program->n; i++) {
		const struct op *op = &program->ops[i];
		int32_t cost;

		if ((op->kind != OP_SEPARATE && op->kind != OP_CONTINUE) ||
		    i < request->from || i > request->to)
			continue;
		cost = start_cost(request, i) + forbidden_cost(request, op);
		if (cost && !request->beam)
			continue;
		if (op->kind == OP_SEPARATE) {
			set_if_cheaper(decoder, op->next, cost, FAR, NO_RECORD);
			best = cost < best ? cost : best;
		} else if (op->kind == OP_CONTINUE && op->at_top &&
			   op->block != BLOCK_FOLLOWS) {
			cost = request->counts_faults ? !may_hold_documents(op)
						      : COST_START_BLOCK;
			cost += forbidden_cost(request, op);
			set_if_cheaper(decoder, i, cost, FAR, NO_RECORD);
		}
	}
	return best;
}

/* One line; returns the lowest cost behind it. */
static int32_t search_line(struct decoder *decoder,
    const struct decode_request *request, size_t index, int32_t best)
{
	struct search_line *line = &decoder->lines[index];
	int32_t stray = request->counts_faults
			    ? FAULT_STRAY
			    : COST_STRAY + request->lines[index].length_cost;
	int32_t taken, limit;

	line->state = decoder->nstates;
	line->step = decoder->nsteps;
	close_frontier(decoder, best + request->beam);
	taken = step_over_line(decoder, request, index, line->state);
	decoder->steps_left -= (ptrdiff_t)(decoder->nstates - line->state);
	if (!request->with_margin)
		decoder->nsteps = line->step;
	limit = taken == FAR && request->beam ? FAR : taken + request->beam;
	keep_takers(decoder, limit);
	line->stray_cost = best + stray < limit ? stray : FAR;
	if (line->stray_cost != FAR)
		keep_strays(decoder, line->state, stray, limit);
	return advance(decoder, line->state);
}

/* The cheapest state to end in, among those from first on. */
static int32_t find_end(
    const struct decoder *decoder, size_t first, uint32_t *ret_op)
{
	int32_t best = FAR;

	for (size_t i = first; i < decoder->nstates; i++) {
		const struct search_state *state = &decoder->states[i];
		int32_t cost = end_cost(&decoder->program->ops[state->op],
		    decoder->edges == decoder->program->faults);

		if (cost != FAR && state->cost + cost < best) {
			best = state->cost + cost;
			*ret_op = state->op;
		}
	}
	return best;
}

/* What may follow the last line: as far as the beam goes when a document may
 * end there, or else everything, which always reaches OP_END. */
static int32_t close_end(
    struct decoder *decoder, size_t first, int32_t limit, uint32_t *ret_op)
{
	int32_t best;

	close_frontier(decoder, limit);
	best = find_end(decoder, first, ret_op);
	if (best <= limit)
		return best;
	for (size_t i = first; i < decoder->nstates; i++)
		mark(decoder, decoder->states[i].op);
	decoder->nstates = first;
	close_frontier(decoder, FAR);
	return find_end(decoder, first, ret_op);
}

/* Whether a block is said to have printed the line left of its own column,
 * which nindent never does: the line is stray and was merely cheaper there. */
static bool is_misplaced(const struct decode_request *request,
    const struct op *op, const struct rendered_line *line)
{
	return request->indent_cost == COST_INDENT &&
	       (op->kind == OP_ABSORB || op->kind == OP_CONTINUE) &&
	       op->indent != INDENT_UNKNOWN && line->indent < op->indent;
}

static void count_line(const struct decode_request *request, size_t index,
    uint32_t at, struct decode_result *result)
{
	const struct rendered_line *line = &request->lines[index];
	const struct op *op;

	if (at == NO_RECORD) {
		result->nstray++;
		return;
	}
	op = &request->program->ops[at];
	if (!index)
		return;
	result->nmisplaced += is_misplaced(request, op, line);
	if (op->kind == OP_CONTINUE && op->block == BLOCK_FOLLOWS) {
		result->nfollowing++;
		result->nunlikely += op->cost == COST_CONT_UNLIKELY;
	}
	if (op->kind != OP_LEAF || op->indent == INDENT_UNKNOWN)
		return;
	result->nindented++;
	result->nmoved +=
	    op->indent != column(&request->lines[index], op->indent);
}

/* From the last line's record back to the first. */
static void trace_back(const struct decoder *decoder,
    const struct decode_request *request, uint32_t record,
    struct decoded_line *ret_lines, struct decode_result *result)
{
	for (size_t i = request->n; i-- > 0;) {
		uint32_t op = decoder->records[record].op;

		ret_lines[i].leaf = NULL;
		ret_lines[i].nleaves = 0;
		if (op != NO_RECORD)
			ret_lines[i].leaf = decoder->program->ops[op].leaf;
		count_line(request, i, op, result);
		record = decoder->records[record].before;
	}
}

static void prepare(
    struct decoder *decoder, const struct decode_request *request)
{
	decoder->program = request->program;
	decoder->edges = request->counts_faults ? request->program->faults
						: request->program->edges;
	resize(decoder, request->program->n);
	decoder->nstates = decoder->nsteps = decoder->nrecords = 0;
	decoder->ntouched = 0;
	decoder->low = SIZE_MAX;
	decoder->high = 0;
	decoder->steps_left = MOST_STEPS;
	if (request->n + 1 > decoder->cap_lines) {
		decoder->cap_lines = request->n + 1;
		decoder->lines = xrealloc(decoder->lines,
		    decoder->cap_lines * sizeof(*decoder->lines));
	}
}

/* The first op at which the document may end as well as at the best. */
static uint32_t first_end(
    const struct decoder *decoder, size_t first, int32_t best)
{
	uint32_t op = UINT32_MAX;

	for (size_t i = first; i < decoder->nstates; i++) {
		const struct search_state *state = &decoder->states[i];
		int32_t cost = end_cost(&decoder->program->ops[state->op],
		    decoder->edges == decoder->program->faults);

		if (cost != FAR && state->cost + cost <= best && state->op < op)
			op = state->op;
	}
	return op;
}

bool decode(struct decoder *decoder, const struct decode_request *request,
    struct decoded_line *ret_lines, struct decode_result *ret_result)
{
	struct search_line *last;
	int32_t best;

	*ret_result = (struct decode_result){0};
	if (!request->n || request->n > MOST_LINES)
		return false;
	prepare(decoder, request);
	best = start(decoder, request);
	if (!request->beam && best)
		return false;
	for (size_t i = 0; i < request->n; i++) {
		int32_t least = best + request->lines[i].length_cost;

		best = search_line(decoder, request, i, best);
		if (decoder->steps_left <= 0 || best == FAR)
			return false;
		if (best - least > ret_result->roughest)
			ret_result->roughest = best - least;
	}
	last = &decoder->lines[request->n];
	last->state = decoder->nstates;
	last->step = decoder->nsteps;
	best = close_end(
	    decoder, last->state, best + request->beam, &ret_result->end);
	if (decoder->steps_left <= 0 || (!request->beam && best))
		return false;
	ret_result->cost = best;
	ret_result->first_end = first_end(decoder, last->state, best);
	trace_back(decoder, request, decoder->back[ret_result->end], ret_lines,
	    ret_result);
	if (request->with_margin)
		search_margins(decoder, request, best, ret_lines);
	ret_result->low = decoder->low_op;
	ret_result->high = decoder->high_op;
	return true;
}
