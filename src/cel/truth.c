/*
 * Conditions: what most programs are, and most of their nodes.  They come to
 * yes or no, so that no value is made for what && and || look at and forget.
 */
#include "cel/evaluation.h"

static struct cel_value not_bool(
    struct evaluation *evaluation, struct cel_value value)
{
	struct buf type = {0};
	struct cel_value error;

	cel_type_spell(cel_type_of(value.kind), &type);
	error = cel_error(evaluation->arena,
	    "a condition must be a bool, not %s", buf_text(&type));
	buf_release(&type);
	return error;
}

static enum truth truth_of_value(
    struct cel_value value, struct cel_value *ret_value)
{
	if (value.kind == CEL_BOOL)
		return value.boolean ? TRUTH_YES : TRUTH_NO;
	*ret_value = value;
	return TRUTH_NEITHER;
}

/* The same as node_truth(), but what is no bool is in *ret_value as it is. */
static enum truth look_at(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value);

enum truth node_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	enum truth truth = look_at(evaluation, node, ret_value);

	if (truth == TRUTH_NEITHER && !is_missing(*ret_value))
		*ret_value = not_bool(evaluation, *ret_value);
	return truth;
}

bool verdict_add(struct evaluation *evaluation, struct verdict *verdict,
    bool absorber, const struct cel_node *operand)
{
	struct cel_value value;
	enum truth truth = node_truth(evaluation, operand, &value);

	if (truth != TRUTH_NEITHER)
		return (truth == TRUTH_YES) == absorber;
	if (value.kind == CEL_UNKNOWN) {
		verdict->is_unknown = true;
		return false;
	}
	if (!verdict->is_error)
		verdict->error = value;
	verdict->is_error = true;
	return false;
}

enum truth verdict_truth(
    const struct verdict *verdict, bool absorber, struct cel_value *ret_value)
{
	if (!verdict->is_unknown && !verdict->is_error)
		return absorber ? TRUTH_NO : TRUTH_YES;
	*ret_value = verdict->is_unknown ? cel_unknown() : verdict->error;
	return TRUTH_NEITHER;
}

enum truth logic_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	const struct cel_node *operands = children(evaluation, node);
	bool absorber = node->kind;
	struct verdict verdict = {0};

	for (size_t i = 0; i < node->n; i++) {
		if (verdict_add(evaluation, &verdict, absorber, &operands[i]))
			return absorber ? TRUTH_YES : TRUTH_NO;
	}
	return verdict_truth(&verdict, absorber, ret_value);
}

/* Of has(e.f) and e.f, where e is an entity of known class that can tell
 * without a value; TRUTH_NEITHER, and nothing has been done, where not. */
static enum truth ask_entity(
    struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_node *name = children(evaluation, node);
	bool is_known = node->kind, holds;
	const struct cel_value *operand;
	const struct cel_class *class;

	if (!is_known || name->op != OP_NAME)
		return TRUTH_NEITHER;
	operand = name_value(evaluation, name);
	if (operand->kind != CEL_OBJECT)
		return TRUTH_NEITHER;
	class = operand->object.class;
	if (!class->ask ||
	    !class->ask(evaluation->context, operand->object.self, node->what,
		node->op == OP_HAS, &holds))
		return TRUTH_NEITHER;
	return holds ? TRUTH_YES : TRUTH_NO;
}

/* The node's and its operand's. */
#define STEPS_OF_SELECTION 2

static enum truth selection_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	enum truth truth = TRUTH_NEITHER;

	if (evaluation->steps > STEPS_OF_SELECTION)
		truth = ask_entity(evaluation, node);
	if (truth == TRUTH_NEITHER)
		return truth_of_value(
		    evaluation->value(evaluation, node), ret_value);
	evaluation->steps -= STEPS_OF_SELECTION;
	return truth;
}

bool is_negation(
    const struct evaluation *evaluation, const struct cel_node *call)
{
	const char *name = evaluation->overloads[call->row].name;

	return name[0] == '!' && !name[1];
}

enum truth negation_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	const struct cel_node *operand = children(evaluation, node);

	switch (look_at(evaluation, operand, ret_value)) {
	case TRUTH_NO: return TRUTH_YES;
	case TRUTH_YES: return TRUTH_NO;
	case TRUTH_NEITHER: break;
	}
	*ret_value = call_value(evaluation, node, ret_value);
	return TRUTH_NEITHER;
}

static enum truth conditional_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	const struct cel_node *operands = children(evaluation, node);

	switch (node_truth(evaluation, &operands[0], ret_value)) {
	case TRUTH_YES: return look_at(evaluation, &operands[1], ret_value);
	case TRUTH_NO: return look_at(evaluation, &operands[2], ret_value);
	case TRUTH_NEITHER: break;
	}
	return TRUTH_NEITHER;
}

/* Whether two values are one, of short texts, numbers or truths of one kind;
 * TRUTH_NEITHER of anything else. */
static enum truth are_same(const struct cel_value *a, const struct cel_value *b)
{
	bool same;

	if (a->kind != b->kind)
		return TRUTH_NEITHER;
	if (a->kind == CEL_STRING &&
	    a->text.len + b->text.len < CEL_BYTES_A_STEP)
		same = slice_eq(a->text, b->text);
	else if (a->kind == CEL_INT)
		same = a->integer == b->integer;
	else if (a->kind == CEL_BOOL)
		same = a->boolean == b->boolean;
	else
		return TRUTH_NEITHER;
	return same ? TRUTH_YES : TRUTH_NO;
}

/* Of == and != between such values, without a call: it takes the step that one
 * takes.  TRUTH_NEITHER, and nothing has been done, of anything else. */
static enum truth equality(struct evaluation *evaluation,
    const struct cel_node *link, const struct cel_value *args)
{
	const char *name = evaluation->overloads[link->row].name;
	enum truth same;

	if (name[1] != '=' || (name[0] != '=' && name[0] != '!') ||
	    !evaluation->steps)
		return TRUTH_NEITHER;
	same = are_same(&args[0], &args[1]);
	if (same == TRUTH_NEITHER)
		return TRUTH_NEITHER;
	evaluation->steps--;
	return name[0] == '=' ? same : same == TRUTH_YES ? TRUTH_NO : TRUTH_YES;
}

/* Of a chain of one link, which as a condition is a comparison. */
static enum truth comparison_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	const struct cel_node *left = children(evaluation, node);
	const struct cel_node *link = left + 1;
	struct cel_value args[2];
	enum truth truth;

	args[0] = evaluation->value(evaluation, left);
	args[1] = evaluation->value(evaluation, children(evaluation, link));
	truth = equality(evaluation, link, args);
	if (truth != TRUTH_NEITHER)
		return truth;
	return truth_of_value(
	    apply(evaluation, link, FORM_OPERATOR, args, 2), ret_value);
}

/* A node that is looked into, instead of asked for its value, is a step. */
static bool take_step(struct evaluation *evaluation)
{
	if (!evaluation->steps)
		return false;
	evaluation->steps--;
	return true;
}

typedef enum truth truth_fn(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value);

/* What looks into a node of that kind; NULL: its value is as good. */
static truth_fn *looker(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	if (node->op == OP_LOGIC)
		return logic_truth;
	if (node->op == OP_CHAIN && node->n == 2)
		return comparison_truth;
	if (node->op == OP_CONDITIONAL)
		return conditional_truth;
	if (node->op == OP_CALL && is_negation(evaluation, node))
		return negation_truth;
	return NULL;
}

static enum truth look_at(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value)
{
	truth_fn *look;

	if (node->op == OP_SELECT || node->op == OP_HAS)
		return selection_truth(evaluation, node, ret_value);
	look = looker(evaluation, node);
	if (!look)
		return truth_of_value(
		    evaluation->value(evaluation, node), ret_value);
	if (take_step(evaluation))
		return look(evaluation, node, ret_value);
	*ret_value = out_of_steps(evaluation);
	return TRUTH_NEITHER;
}
