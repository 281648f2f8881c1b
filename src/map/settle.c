/* Two answers to one: the likeliest when it is possible, and what else is. */
#include "map/settle.h"

/* How well a leaf agrees with the likeliest one. */
static int agreement(const struct leaf *leaf, const struct leaf *likeliest)
{
	if (!likeliest || leaf->source_line != likeliest->source_line)
		return 0;
	return leaf->line == likeliest->line &&
		       leaf->site.file == likeliest->site.file
		   ? 2
		   : 1;
}

/* Of what is possible, what agrees best; NULL: nothing is. */
static const struct leaf *choose(
    const struct decoded_line *possible, const struct leaf *likeliest)
{
	const struct leaf *best = NULL;

	for (uint8_t i = 0; i < possible->nleaves; i++) {
		const struct leaf *leaf = possible->leaves[i];

		if (!best ||
		    agreement(leaf, likeliest) > agreement(best, likeliest))
			best = leaf;
	}
	return best;
}

static void add_number(uint32_t numbers[MOST_OTHERS], uint32_t number)
{
	for (size_t i = 0; i < MOST_OTHERS; i++) {
		if (numbers[i] == number)
			return;
		if (!numbers[i]) {
			numbers[i] = number;
			return;
		}
	}
}

/* Whether the leaf is one of the calls that led to the line, taken for a
 * block: it is the same, told less well. */
static bool is_call_of(const struct leaf *leaf, const struct mapped_line *line)
{
	for (const struct call *call = line->calls; call; call = call->up) {
		if (call->file == leaf->site.file && call->line == leaf->line)
			return true;
	}
	return false;
}

/* Another leaf that may be meant. */
static void add_other(
    struct mapped_line *line, const struct leaf *leaf, bool *is_file_doubtful)
{
	if (leaf->source_line != line->line)
		add_number(line->others, leaf->source_line);
	if (is_call_of(leaf, line))
		return;
	if (leaf->site.file != line->inner) {
		*is_file_doubtful = true;
		line->inner_doubtful = true;
	} else if (leaf->line != line->inner_line) {
		line->inner_doubtful = true;
		add_number(line->inner_others, leaf->line);
	}
}

static void add_others(struct mapped_line *line,
    const struct decoded_line *decoded, bool *is_file_doubtful)
{
	for (uint8_t i = 0; i < decoded->nleaves; i++)
		add_other(line, decoded->leaves[i], is_file_doubtful);
}

static void describe(const struct leaf *leaf, struct mapped_line *line)
{
	line->line = leaf->source_line;
	line->inner = leaf->site.file;
	line->inner_line = leaf->line;
	line->calls = leaf->site.calls;
	if (leaf->site.define)
		line->helper = leaf->site.define->name;
	if (leaf->output)
		line->action = leaf->output->text;
	if (leaf->only)
		line->only = leaf->only->text;
	line->outputs = leaf->outputs;
	line->noutputs = leaf->noutputs;
	line->scope = leaf->site.scope;
	line->steps = leaf->site.steps;
	line->order = leaf->order;
}

/* Where the line in the Source file is certain and the file of the helper is
 * not, the former has to do for both: vague is better than wrong. */
static void make_vague(
    const struct template_file *file, struct mapped_line *line)
{
	line->inner = file;
	line->inner_line = line->line;
	line->helper = (struct slice){0};
	line->calls = NULL;
}

void settle_line(const struct settlement *settlement,
    const struct decoded_line *likeliest, const struct decoded_line *possible,
    struct mapped_line *ret_line)
{
	const struct leaf *leaf = likeliest->leaf;
	bool is_file_doubtful = false;

	if (settlement->is_proven && (leaf || !settlement->faults)) {
		leaf = choose(possible, leaf);
		if (!leaf)
			leaf = likeliest->leaf;
	}
	if (!leaf)
		return;
	describe(leaf, ret_line);
	if (settlement->is_proven)
		add_others(ret_line, possible, &is_file_doubtful);
	/* Where no way is without fault, none is to be relied on. */
	if (!settlement->is_proven || settlement->faults) {
		add_others(ret_line, likeliest, &is_file_doubtful);
		if (likeliest->leaf)
			add_other(ret_line, likeliest->leaf, &is_file_doubtful);
	}
	ret_line->is_certain = settlement->is_proven && !ret_line->others[0] &&
			       possible->nleaves && !leaf->site.is_forbidden;
	if (is_file_doubtful && !ret_line->others[0])
		make_vague(settlement->file, ret_line);
}
