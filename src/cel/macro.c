/*
 * all(), exists(), exists_one(), filter() and map(): what is asked of each item
 * of a list or key of a map, or made of it.
 */
#include "cel/evaluation.h"

/* The items a macro visits. */
struct range {
	const struct cel_value *items;
	size_t n;
	bool is_kept;
};

/* all() and exists(): && and || over the items. */
static struct cel_value ask_items(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	bool absorber = node->kind == MACRO_EXISTS;
	const struct cel_node *condition = children(evaluation, node) + 1;
	struct verdict verdict = {0};
	struct cel_value neither;
	enum truth truth;
	size_t i;

	for (i = 0; i < range.n; i++) {
		evaluation->locals[node->what] = range.items[i];
		if (verdict_add(evaluation, &verdict, absorber, condition))
			return cel_bool(absorber);
	}
	truth = verdict_truth(&verdict, absorber, &neither);
	return truth == TRUTH_NEITHER ? neither : cel_bool(truth == TRUTH_YES);
}

/* Whether what is below a node reads no names but the variables of a macro, of
 * those within it, which have higher slots, and one object, whose self is put
 * in *self. */
static bool reads_one(const struct evaluation *evaluation,
    const struct cel_node *node, uint32_t slot, const void **self)
{
	const struct cel_node *child = children(evaluation, node);

	if (node->op == OP_NAME) {
		bool is_local = node->kind;
		struct cel_value value = *name_value(evaluation, node);

		if (is_local && node->what >= slot)
			return true;
		if (value.kind != CEL_OBJECT ||
		    (*self && *self != value.object.self))
			return false;
		*self = value.object.self;
		return true;
	}
	for (size_t i = 0; i < node->n; i++) {
		if (!reads_one(evaluation, &child[i], slot, self))
			return false;
	}
	return true;
}

static struct cel_value pay_again(
    struct evaluation *evaluation, const struct cel_answer *answer)
{
	if (!cel_steps_take(&evaluation->steps, answer->steps) ||
	    answer->holds == ANSWER_NONE) {
		evaluation->steps = 0;
		return out_of_steps(evaluation);
	}
	return answer->holds == ANSWER_UNKNOWN
		   ? cel_unknown()
		   : cel_bool(answer->holds == ANSWER_YES);
}

/* Keeps what was said of the question.  An error is not: the arena of its text
 * is the caller's. */
static void keep_answer(struct evaluation *evaluation,
    struct cel_answer *answer, struct cel_value value)
{
	answer->steps -= evaluation->steps;
	if (!evaluation->steps)
		answer->holds = ANSWER_NONE;
	else if (value.kind == CEL_BOOL)
		answer->holds = value.boolean ? ANSWER_YES : ANSWER_NO;
	else if (value.kind == CEL_UNKNOWN)
		answer->holds = ANSWER_UNKNOWN;
	else
		return;
	cel_answers_keep(evaluation->answers, answer);
}

/* all() and exists().  What depends on the list and one object, such as the
 * parameters of a rule, is asked once. */
static struct cel_value quantify(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	struct cel_answer answer = {
	    .question = {.macro = node, .items = range.items},
	    .steps = evaluation->steps};
	const struct cel_answer *known;
	struct cel_value value;

	if (!range.is_kept ||
	    !reads_one(evaluation, children(evaluation, node) + 1, node->what,
		&answer.question.self))
		return ask_items(evaluation, node, range);
	known = cel_answers_find(evaluation->answers, &answer);
	if (known &&
	    (known->holds != ANSWER_NONE || known->steps >= evaluation->steps))
		return pay_again(evaluation, known);
	value = ask_items(evaluation, node, range);
	keep_answer(evaluation, &answer, value);
	return value;
}

static struct cel_value count_one(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	const struct cel_node *condition = children(evaluation, node) + 1;
	struct cel_value neither;
	size_t i, count = 0;

	for (i = 0; i < range.n; i++) {
		evaluation->locals[node->what] = range.items[i];
		switch (node_truth(evaluation, condition, &neither)) {
		case TRUTH_NEITHER: return neither;
		case TRUTH_YES: count++; break;
		case TRUTH_NO: break;
		}
	}
	return cel_bool(count == 1);
}

/* filter() and map(): the items that hold, transformed or as they are. */
static struct cel_value collect(struct evaluation *evaluation,
    const struct cel_node *node, struct range range)
{
	const struct cel_node *condition = NULL, *transform = NULL;
	enum truth holds = TRUTH_YES;
	struct cel_value *items, neither;
	size_t i, n = 0;

	if (node->kind != MACRO_MAP || node->n == 3)
		condition = children(evaluation, node) + 1;
	if (node->kind == MACRO_MAP)
		transform = children(evaluation, node) + node->n - 1;
	if (!cel_steps_take(&evaluation->steps, range.n * CEL_STEPS_AN_ITEM))
		return out_of_steps(evaluation);
	items = new_values(evaluation, range.n);
	for (i = 0; i < range.n; i++) {
		evaluation->locals[node->what] = range.items[i];
		if (condition)
			holds = node_truth(evaluation, condition, &neither);
		if (holds == TRUTH_NEITHER)
			return neither;
		if (holds == TRUTH_NO)
			continue;
		items[n] = range.items[i];
		if (transform)
			items[n] = evaluation->value(evaluation, transform);
		if (is_missing(items[n]))
			return items[n];
		n++;
	}
	return list_of_values(evaluation, items, n);
}

struct cel_value macro_value(
    struct evaluation *evaluation, const struct cel_node *node)
{
	struct cel_value value =
	    evaluation->value(evaluation, children(evaluation, node));
	struct range range;

	if (is_missing(value))
		return value;
	if (value.kind == CEL_LIST)
		range = (struct range){
		    value.list->items, value.list->n, value.list->is_kept};
	else if (value.kind == CEL_MAP)
		range = (struct range){
		    cel_map_whole(value.map)->keys, value.map->n, false};
	else
		return cel_error(evaluation->arena,
		    "only a list or a map has items to visit");
	switch ((enum macro_kind)node->kind) {
	case MACRO_ALL:
	case MACRO_EXISTS: return quantify(evaluation, node, range);
	case MACRO_EXISTS_ONE: return count_one(evaluation, node, range);
	case MACRO_FILTER:
	case MACRO_MAP: return collect(evaluation, node, range);
	}
	BUG("a macro of no kind");
}
