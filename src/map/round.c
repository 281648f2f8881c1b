/*
 * Items of loops, from the outermost loop to the innermost: each is chosen when
 * it is the only one that can have printed the lines of the round.
 */
#include "map/round.h"

#include "map/item_index.h"
#include "map/line_program.h"
#include "map/steps.h"

#include <ctype.h>
#include <stdlib.h>

/* Lines at each side of the line that are looked at. */
#define MOST_AROUND 40

/* Lines held against items, in all; what is past it goes without notes. */
#define MOST_WORK 100000

struct round_effort {
	size_t left;
	struct item_indexes indexes;
	const struct mapped_line *first; /* of the round found last, or NULL */
	struct choice known;		 /* in it */
};

struct rounds {
	const struct round_request *request;
	const struct evaluator *evaluator;
	struct arena *arena;
	struct go_scope start;
	struct choices choices;
	const struct mapped_line *first, *last; /* of the round */
};

struct round_effort *round_effort_new(void)
{
	struct round_effort *effort = xcalloc(1, sizeof(*effort));

	effort->left = MOST_WORK;
	return effort;
}

void round_effort_free(struct round_effort *effort)
{
	if (effort)
		item_indexes_release(&effort->indexes);
	free(effort);
}

void round_effort_next(struct round_effort *effort)
{
	effort->first = NULL;
}

/* The innermost loop of a way that is inside another, or NULL. */
static const struct step *loop_below(
    const struct step *last, const struct step *loop)
{
	for (; last && last != loop; last = last->up) {
		if (step_is_loop(last))
			return last;
	}
	return NULL;
}

/* Whether two lines, one behind the other, are of one round of a loop: the
 * template goes on, or only a loop inside goes back. */
static bool are_together(const struct mapped_line *before,
    const struct mapped_line *behind, const struct step *loop)
{
	const struct step *inner;

	if (!steps_have(before->steps, loop) ||
	    !steps_have(behind->steps, loop))
		return false;
	if (before->order < behind->order)
		return true;
	if (before->order == behind->order)
		return before->action.len > 0;
	inner = loop_below(before->steps, loop);
	return inner && steps_have(behind->steps, inner);
}

static void find_lines(struct rounds *rounds, const struct step *loop)
{
	const struct mapped_document *mapped = rounds->request->mapped;
	const struct mapped_line *end = mapped->lines + mapped->n;
	const struct mapped_line *line = rounds->request->line;

	rounds->first = rounds->last = line;
	while (rounds->first > mapped->lines &&
	       line - rounds->first < MOST_AROUND &&
	       are_together(rounds->first - 1, rounds->first, loop))
		rounds->first--;
	while (rounds->last + 1 < end && rounds->last - line < MOST_AROUND &&
	       are_together(rounds->last, rounds->last + 1, loop))
		rounds->last++;
}

/* What comes out as it is, whatever quotes are around it. */
static bool is_plain(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\\' || text.ptr[i] == '"' ||
		    text.ptr[i] == '\'' || text.ptr[i] == '\n')
			return false;
	}
	return text.len > 0;
}

static bool is_letter(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* Whether a letter stands right before or behind the action in its template,
 * as in "{{ $name }}Probe:"; trimming may bring one there. */
static bool joins_word(struct slice file, struct slice action, bool behind)
{
	const char *from = file.ptr, *end = file.ptr + file.len;
	const char *at = behind ? action.ptr + action.len : action.ptr - 1;
	int step = behind ? 1 : -1;

	while (at >= from && at < end && char_is_blank(*at))
		at += step;
	while (at >= from && at < end && (*at == '{' || *at == '}'))
		at += step;
	return at < from || at >= end || *at == '-' || is_letter(*at);
}

/* Whether the line has the text, as a word of its own where the template has
 * the action that prints it as one. */
static bool shows(
    const struct mapped_line *line, struct slice action, struct slice text)
{
	struct slice file = line->inner->text;
	bool joins_before = joins_word(file, action, false);
	bool joins_behind = joins_word(file, action, true);
	ptrdiff_t at = slice_find(line->text, text, 0);

	while (at >= 0) {
		size_t end = (size_t)at + text.len;

		if ((!at || joins_before ||
			!is_letter(line->text.ptr[at - 1])) &&
		    (end == line->text.len || joins_behind ||
			!is_letter(line->text.ptr[end])))
			return true;
		at = slice_find(line->text, text, (size_t)at + 1);
	}
	return false;
}

/* Whether an action, of which the value is known, can have printed the line. */
static bool may_print(const struct rounds *rounds, const struct go_scope *scope,
    const struct mapped_line *line, struct slice action)
{
	const struct value *value =
	    rounds->evaluator->print(rounds->evaluator->context, scope, action);

	return !value || !value_is_scalar(value) || !is_plain(value->text) ||
	       shows(line, action, value->text);
}

/* Whether a line of the round can have been printed, as things are chosen. */
static bool is_possible(
    const struct rounds *rounds, const struct mapped_line *line)
{
	bool possible = true;
	struct go_scope scope;

	if (!line->is_certain || line->inner_doubtful)
		return true;
	scope = steps_scope(rounds->evaluator, rounds->arena, rounds->start,
	    line->steps, &rounds->choices, &possible);
	for (size_t i = 0; possible && i < line->noutputs; i++)
		possible =
		    may_print(rounds, &scope, line, line->outputs[i]->text);
	return possible;
}

static bool fits(const struct rounds *rounds)
{
	struct round_effort *effort = rounds->request->effort;

	for (const struct mapped_line *line = rounds->first;
	     line <= rounds->last; line++) {
		/* Words alone say no more than the line before. */
		if (!line->noutputs && line > rounds->first &&
		    line->steps == line[-1].steps)
			continue;
		if (!effort->left)
			return false;
		effort->left--;
		if (!is_possible(rounds, line))
			return false;
	}
	return true;
}

static struct choice choice_of(const struct rounds *rounds,
    const struct step *loop, const struct value *items, size_t i)
{
	if (items->kind == VALUE_MAP)
		return (struct choice){.loop = loop,
		    .key = items->map.entries[i].key,
		    .value = items->map.entries[i].value};
	return (struct choice){.loop = loop,
	    .key = slice_of(arena_printf(rounds->arena, "%zu", i)),
	    .is_number = true,
	    .value = items->list.items[i]};
}

static size_t count_items(const struct value *items)
{
	if (items && items->kind == VALUE_LIST)
		return items->list.n;
	/* What else an open map holds is not known. */
	return items && items->kind == VALUE_MAP && !items->open ? items->map.n
								 : 0;
}

/* What the only action of a line prints for each item. */
static void fill_index(struct rounds *rounds, const struct step *loop,
    const struct value *items, const struct mapped_line *line,
    struct item_index *index)
{
	struct round_effort *effort = rounds->request->effort;
	struct choice *slot = &rounds->choices.items[rounds->choices.n - 1];

	for (size_t i = 0; i < count_items(items); i++) {
		struct go_scope scope;
		const struct value *value;

		*slot = choice_of(rounds, loop, items, i);
		scope = steps_scope(rounds->evaluator, rounds->arena,
		    rounds->start, line->steps, &rounds->choices, NULL);
		value = rounds->evaluator->print(
		    rounds->evaluator->context, &scope, line->outputs[0]->text);
		item_index_add(index,
		    value && value_is_scalar(value) && is_plain(value->text)
			? value->text
			: (struct slice){0},
		    i);
		effort->left -= effort->left > 0;
	}
}

/* Of a long loop, the item that a line of its own shows; 0: none does. */
static size_t look_up(
    struct rounds *rounds, const struct step *loop, const struct value *items)
{
	size_t found = 0, ntried = 0;

	for (const struct mapped_line *line = rounds->first;
	     line <= rounds->last && !found && ntried < 3; line++) {
		struct item_index *index;

		if (line->noutputs != 1 || !line->is_certain ||
		    line->inner_doubtful || loop_below(line->steps, loop))
			continue;
		ntried++;
		index = item_index_find(&rounds->request->effort->indexes, loop,
		    items, line->outputs[0]->text);
		if (index->is_new)
			fill_index(rounds, loop, items, line, index);
		found = item_index_get(index, line);
	}
	return found;
}

/* The one item of a loop that fits, of all that there are. */
static bool try_all(
    struct rounds *rounds, const struct step *loop, const struct value *items)
{
	size_t at = rounds->choices.n - 1, n = count_items(items);
	struct choice *slot = &rounds->choices.items[at], found = {0};
	size_t nfitting = 0;

	for (size_t i = 0; i < n && nfitting < 2; i++) {
		*slot = choice_of(rounds, loop, items, i);
		if (!slot->value || slot->value->gone || !fits(rounds))
			continue;
		found = *slot;
		nfitting++;
	}
	*slot = found;
	return nfitting == 1 && rounds->request->effort->left;
}

/* Loops of which all items are tried without a look at an index. */
#define SHORT_LOOP 16

/* The one item of a loop that fits; false: there are none or several. */
static bool choose_item(
    struct rounds *rounds, const struct step *loop, const struct value *items)
{
	struct round_effort *effort = rounds->request->effort;
	size_t found = 0;

	rounds->choices.n++;
	if (effort->first == rounds->first && effort->known.loop == loop) {
		rounds->choices.items[rounds->choices.n - 1] = effort->known;
		return true;
	}
	if (count_items(items) > SHORT_LOOP)
		found = look_up(rounds, loop, items);
	if (!found)
		return try_all(rounds, loop, items);
	rounds->choices.items[rounds->choices.n - 1] =
	    choice_of(rounds, loop, items, found - 1);
	return fits(rounds);
}

/* The same, remembered for the next finding in the round. */
static bool choose_and_keep(
    struct rounds *rounds, const struct step *loop, const struct value *items)
{
	struct round_effort *effort = rounds->request->effort;
	bool found = choose_item(rounds, loop, items);

	if (found) {
		effort->first = rounds->first;
		effort->known = rounds->choices.items[rounds->choices.n - 1];
	}
	return found;
}

/* The loops of the way, from the outermost on; 0 when there are too many. */
static size_t list_loops(
    const struct step *last, const struct step **loops, size_t most)
{
	size_t n = 0;

	for (; last; last = last->up) {
		if (!step_is_loop(last))
			continue;
		if (n == most)
			return 0;
		memmove(loops + 1, loops, n * sizeof(*loops));
		loops[0] = last;
		n++;
	}
	return n;
}

/* What a loop goes through; NULL: not known. */
static const struct value *items_of(
    const struct rounds *rounds, const struct step *loop)
{
	struct go_scope scope = steps_scope(rounds->evaluator, rounds->arena,
	    rounds->start, loop->up, &rounds->choices, NULL);

	return rounds->evaluator->evaluate(
	    rounds->evaluator->context, &scope, branch_condition(loop->branch));
}

static bool choose_all(struct rounds *rounds, struct round *ret_round)
{
	const struct mapped_line *line = rounds->request->line;
	const struct step *loops[COUNT_OF(rounds->choices.items)];
	size_t n = list_loops(line->steps, loops, COUNT_OF(loops));
	const struct choice *last;

	for (size_t i = 0; i < n; i++) {
		ret_round->items = items_of(rounds, loops[i]);
		find_lines(rounds, loops[i]);
		if (!choose_and_keep(rounds, loops[i], ret_round->items))
			return false;
	}
	if (!n)
		return false;
	last = &rounds->choices.items[n - 1];
	ret_round->scope = steps_scope(rounds->evaluator, rounds->arena,
	    rounds->start, line->steps, &rounds->choices, NULL);
	ret_round->item = last->value;
	ret_round->key = last->key;
	ret_round->is_number = last->is_number;
	return true;
}

bool round_find(const struct round_request *request, struct round *ret_round)
{
	const struct evaluator *evaluator = &request->values->evaluator;
	struct rounds rounds = {
	    .request = request,
	    .evaluator = evaluator,
	    .arena = &request->values->arena,
	};

	*ret_round = (struct round){0};
	if (!request->line->is_certain || request->line->inner_doubtful ||
	    !request->line->steps)
		return false;
	rounds.start = evaluator->begin(evaluator->context, request->source);
	return choose_all(&rounds, ret_round);
}
