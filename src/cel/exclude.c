/* What a condition can be told to be false for before it is evaluated. */
#include "cel/code.h"
#include "cel/function.h"

#include <string.h>

/* What is asked: of the map at var, the value at key. */
struct asking {
	const struct cel_program *program;
	size_t var;
	struct slice key, value;
};

static const struct cel_node *child(
    const struct asking *asking, const struct cel_node *node, uint32_t i)
{
	return &asking->program->nodes[node->first + i];
}

/* Whether node is var.key, of a var whose class is not known.  Nothing within a
 * macro is looked at, so a name is one of the scope. */
static bool is_key(const struct asking *asking, const struct cel_node *node)
{
	const struct cel_node *name;

	if (node->op != OP_SELECT || node->kind)
		return false;
	name = child(asking, node, 0);
	return name->op == OP_NAME && name->what == asking->var &&
	       slice_eq(asking->program->constants[node->what].text,
		   asking->key);
}

static bool is_other(
    const struct asking *asking, const struct cel_value *constant)
{
	return constant->kind == CEL_STRING &&
	       !slice_eq(constant->text, asking->value);
}

static bool are_others(
    const struct asking *asking, const struct cel_value *constant)
{
	if (constant->kind != CEL_LIST)
		return false;
	for (size_t i = 0; i < constant->list->n; i++) {
		if (!is_other(asking, &constant->list->items[i]))
			return false;
	}
	return true;
}

/* Of var.key == "a" and var.key in ["a", "b"]. */
static bool comparison_excludes(
    const struct asking *asking, const struct cel_node *chain)
{
	const struct cel_node *link = child(asking, chain, 1);
	const struct cel_node *right = child(asking, link, 0);
	const char *operator = overloads_all().rows[link->row].name;
	const struct cel_value *constant;

	if (chain->n != 2 || right->op != OP_LITERAL ||
	    !is_key(asking, child(asking, chain, 0)))
		return false;
	constant = &asking->program->constants[right->what];
	if (!strcmp(operator, "=="))
		return is_other(asking, constant);
	return !strcmp(operator, "in") && are_others(asking, constant);
}

/* Of what && joins one is enough: it decides whatever the others are. */
static bool node_excludes(
    const struct asking *asking, const struct cel_node *node)
{
	if (node->op == OP_CHAIN)
		return comparison_excludes(asking, node);
	if (node->op != OP_LOGIC || node->kind)
		return false;
	for (uint32_t i = 0; i < node->n; i++) {
		if (node_excludes(asking, child(asking, node, i)))
			return true;
	}
	return false;
}

bool cel_program_excludes(const struct cel_program *program, size_t var,
    struct slice key, struct slice value)
{
	struct asking asking = {program, var, key, value};

	return node_excludes(&asking, program->nodes);
}
