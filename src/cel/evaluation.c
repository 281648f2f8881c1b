/* Operations on values that have been evaluated, and lists of them. */
#include "cel/evaluation.h"

/* The literal pattern of a call, where it has been compiled. */
static const struct regex *literal_pattern(
    const struct evaluation *evaluation, const struct cel_node *node)
{
	const struct cel_owned *owned = evaluation->program->owned;
	bool has_pattern = node->op == OP_CALL && node->what;

	return has_pattern && owned ? owned->patterns[node->what - 1] : NULL;
}

struct cel_value apply(struct evaluation *evaluation,
    const struct cel_node *node, enum form form, const struct cel_value *args,
    size_t nargs)
{
	const struct overloads overloads = {
	    evaluation->overloads + node->row, node->nrows};
	const struct call call = {
	    .arena = evaluation->arena,
	    .patterns = evaluation->patterns,
	    .pattern = literal_pattern(evaluation, node),
	    .is_literal = node->what,
	    .is_strict = evaluation->program->owned &&
			 evaluation->program->owned->is_strict,
	    .steps = &evaluation->steps,
	};
	bool is_unknown = false;
	size_t i, nbytes = 0;

	for (i = 0; i < nargs; i++) {
		if (args[i].kind == CEL_ERROR)
			return args[i];
		is_unknown |= args[i].kind == CEL_UNKNOWN;
		if (args[i].kind == CEL_STRING)
			nbytes += args[i].text.len;
	}
	if (is_unknown)
		return cel_unknown();
	/* Whatever is done with texts looks at all of them. */
	if (!cel_steps_take(&evaluation->steps, nbytes / CEL_BYTES_A_STEP))
		return out_of_steps(evaluation);
	return overloads_apply(overloads, form, &call, args, nargs);
}

struct cel_value call_value(struct evaluation *evaluation,
    const struct cel_node *node, const struct cel_value *args)
{
	return apply(evaluation, node, (enum form)node->kind, args, node->n);
}

struct cel_value list_of_values(
    struct evaluation *evaluation, const struct cel_value *items, size_t n)
{
	struct cel_list *list = arena_alloc(evaluation->arena, sizeof(*list));

	*list = (struct cel_list){.n = n, .items = items};
	return (struct cel_value){.kind = CEL_LIST, .list = list};
}

struct cel_value *new_values(struct evaluation *evaluation, size_t n)
{
	return arena_array(evaluation->arena, n, sizeof(struct cel_value));
}
