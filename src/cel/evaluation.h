/*
 * What the parts of the evaluator share: one evaluation of one program, for
 * eval.c (values), truth.c (conditions), macro.c (what visits items) and
 * evaluation.c (operations on values).
 */
#ifndef CEL_EVALUATION_H
#define CEL_EVALUATION_H

#include "cel/answers.h"
#include "cel/code.h"
#include "cel/function.h"

struct evaluation {
	/* What a node comes to.  Recursion ends with the height of the tree
	 * that the program was made of, which the parser limits. */
	struct cel_value (*value)(
	    struct evaluation *evaluation, const struct cel_node *node);
	const struct cel_program *program;
	struct cel_patterns *patterns;
	struct cel_answers *answers;
	const struct overload *overloads; /* all there are */
	const struct cel_value *values;	  /* of the scope's vars */
	const void *context;
	struct arena *arena;
	struct cel_value *locals; /* of the macros' variables, by slot */
	uint64_t steps;		  /* left */
};

/* What a condition comes to: neither for what is unknown, fails, or is no
 * bool. */
enum truth { TRUTH_NO, TRUTH_YES, TRUTH_NEITHER };

/* What a node that has to be a condition comes to.  With TRUTH_NEITHER,
 * *ret_value is unknown or the error.  It costs the steps that value() takes,
 * and no values are made on the way where none are asked for. */
enum truth node_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value);

/* The same of OP_LOGIC, whose step has been taken, and of an OP_CALL that is a
 * negation.  Both are errors where an operand is no bool. */
enum truth logic_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value);
bool is_negation(
    const struct evaluation *evaluation, const struct cel_node *call);
enum truth negation_truth(struct evaluation *evaluation,
    const struct cel_node *node, struct cel_value *ret_value);

/* Of OP_MACRO. */
struct cel_value macro_value(
    struct evaluation *evaluation, const struct cel_node *node);

/* Runs the operation of an OP_CALL or OP_LINK; missing operands pass through,
 * errors first. */
struct cel_value apply(struct evaluation *evaluation,
    const struct cel_node *node, enum form form, const struct cel_value *args,
    size_t nargs);
/* The same of an OP_CALL, as it is written. */
struct cel_value call_value(struct evaluation *evaluation,
    const struct cel_node *node, const struct cel_value *args);

/* What && or || has seen so far, none of it deciding. */
struct verdict {
	bool is_unknown;
	bool is_error;
	struct cel_value error; /* the first */
};

/* Takes in one operand: whether it is absorber and so decides. */
bool verdict_add(struct evaluation *evaluation, struct verdict *verdict,
    bool absorber, const struct cel_node *operand);

/* What it is when none has decided. */
enum truth verdict_truth(
    const struct verdict *verdict, bool absorber, struct cel_value *ret_value);

struct cel_value *new_values(struct evaluation *evaluation, size_t n);
struct cel_value list_of_values(
    struct evaluation *evaluation, const struct cel_value *items, size_t n);

/* The node's children, side by side. */
static inline const struct cel_node *children(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	return evaluation->program->nodes + node->first;
}

static inline const struct cel_value *name_value(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	bool is_local = node->kind;

	return is_local ? &evaluation->locals[node->what]
			: &evaluation->values[node->what];
}

/* What passes through operators: neither has a value to work with. */
static inline bool is_missing(struct cel_value value)
{
	return value.kind == CEL_ERROR || value.kind == CEL_UNKNOWN;
}

static inline struct cel_value cel_unknown(void)
{
	return (struct cel_value){.kind = CEL_UNKNOWN};
}

static inline struct cel_value out_of_steps(struct evaluation *evaluation)
{
	return cel_error(
	    evaluation->arena, "the expression took too many steps");
}

#endif
