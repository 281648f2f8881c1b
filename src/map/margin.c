/*
 * The way back: the cost of the cheapest way from every state to the end.
 * With the cost of the way to it, it tells for every line what the best way
 * is that uses another template line for it.
 */
#include "map/search.h"

/* Costs to the end, by op; of the states of one line at a time. */
struct margins {
	const struct decoder *decoder;
	int32_t *ahead;	    /* from before the line behind */
	int32_t *here;	    /* from before this line */
	int32_t limit;	    /* of a whole way that is worth following */
	uint32_t low, high; /* ops that take the line on one */
};

static int32_t sum(int32_t cost, int32_t more)
{
	return cost == FAR ? FAR : cost + more;
}

static int32_t min(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

/* The cheapest way on from an op without taking a line. */
static inline int32_t cost_ahead(
    const struct decoder *decoder, const int32_t *here, uint32_t at)
{
	const uint32_t *first = decoder->program->first_edge + at;
	const struct edge *end = decoder->edges + first[1];
	int32_t best = here[at];

	/* Never true of what is FAR. */
	for (const struct edge *edge = decoder->edges + first[0]; edge < end;
	     edge++) {
		if (here[edge->to] < best - edge->cost)
			best = here[edge->to] + edge->cost;
	}
	return best;
}

/*
 * One pass from the last state to the first; whether a way that leads back
 * would make something cheaper in another.  States whose way so far costs more
 * than most are left as they are.
 */
static bool close_pass(
    struct margins *margins, size_t first_state, size_t end_state, int32_t most)
{
	const struct decoder *decoder = margins->decoder;
	const struct program *program = decoder->program;
	int32_t *here = margins->here;
	size_t last_back = end_state;

	for (size_t i = end_state; i-- > first_state;) {
		uint32_t at = decoder->states[i].op;

		if (decoder->states[i].cost > most)
			continue;
		here[at] = cost_ahead(decoder, here, at);
		if (program->ops[at].is_back)
			last_back = i;
	}
	for (size_t i = last_back; i < end_state; i++) {
		uint32_t at = decoder->states[i].op;

		if (decoder->states[i].cost <= most &&
		    program->ops[at].is_back &&
		    cost_ahead(decoder, here, at) < here[at])
			return true;
	}
	return false;
}

/* No state is nearer to the end than the least of those that take the line (or
 * may be the last), so a dear way to it makes the whole too dear. */
static void close_back(struct margins *margins, size_t first_state,
    size_t end_state, int32_t least)
{
	if (least == FAR)
		return;
	/* As many rounds as loops lie inside each other, within reason. */
	for (int i = 0; i < 6; i++) {
		if (!close_pass(margins, first_state, end_state,
			margins->limit - least))
			return;
	}
}

/* Each line once. */
static void add_leaf(struct decoded_line *line, const struct leaf *leaf)
{
	for (uint8_t i = 0; i < line->nleaves; i++) {
		const struct leaf *known = line->leaves[i];

		if (known == leaf ||
		    (known->line == leaf->line &&
			known->site.file == leaf->site.file &&
			known->source_line == leaf->source_line))
			return;
	}
	if (line->nleaves < MOST_LEAVES)
		line->leaves[line->nleaves++] = leaf;
}

/* What could have taken the line, within the margin of the best way.  Returns
 * the least cost from before it to the end. */
static int32_t find_alternatives(struct margins *margins,
    const struct search_line *place, struct decoded_line *line)
{
	const struct decoder *decoder = margins->decoder;
	int32_t least = FAR;

	for (size_t i = place->step; i < place[1].step; i++) {
		const struct search_step *step = &decoder->steps[i];
		const struct search_state *state =
		    &decoder->states[step->state];
		int32_t cost = sum(margins->ahead[step->to], step->cost);

		if (cost == FAR)
			continue;
		least = min(least, cost);
		margins->here[state->op] = min(margins->here[state->op], cost);
		if (state->cost + cost > margins->limit)
			continue;
		add_leaf(line, decoder->program->ops[state->op].leaf);
		if (state->op < margins->low)
			margins->low = state->op;
		if (state->op > margins->high)
			margins->high = state->op;
	}
	if (place->stray_cost == FAR)
		return least;
	for (size_t i = place->state; i < place[1].state; i++) {
		uint32_t at = decoder->states[i].op;
		int32_t cost = sum(margins->ahead[at], place->stray_cost);

		least = min(least, cost);
		margins->here[at] = min(margins->here[at], cost);
	}
	return least;
}

static void forget(struct margins *margins, int32_t *costs, size_t first_state,
    size_t end_state)
{
	for (size_t i = first_state; i < end_state; i++)
		costs[margins->decoder->states[i].op] = FAR;
}

void search_margins(struct decoder *decoder,
    const struct decode_request *request, int32_t best,
    struct decoded_line *ret_lines)
{
	/* The forward costs by op are done with. */
	struct margins margins = {.decoder = decoder,
	    .ahead = decoder->cost,
	    .here = decoder->next_cost,
	    .limit = best + request->margin};
	size_t end = decoder->nstates, n = request->n;
	size_t first = decoder->lines[n].state;
	int32_t *swap, least;

	for (size_t i = first; i < end; i++) {
		uint32_t at = decoder->states[i].op;

		margins.here[at] = end_cost(
		    &decoder->program->ops[at], request->counts_faults);
	}
	/* No more was allowed to be reached than this. */
	forget(&margins, margins.ahead, first, end);
	close_back(&margins, first, end, 0);
	for (size_t i = n; i-- > 0;) {
		const struct search_line *line = &decoder->lines[i];

		margins.low = UINT32_MAX;
		margins.high = 0;
		swap = margins.ahead;
		margins.ahead = margins.here;
		margins.here = swap;
		end = first;
		least = find_alternatives(&margins, line, &ret_lines[i]);
		first = line->state;
		close_back(&margins, first, end, least);
		/* What is ahead belongs to the states behind this line. */
		forget(&margins, margins.ahead, end,
		    i + 1 == n ? decoder->nstates
			       : decoder->lines[i + 2].state);
	}
	decoder->low_op = margins.low;
	decoder->high_op = margins.high;
}
