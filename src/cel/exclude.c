/* What a condition can be told to be false for before it is evaluated. */
#include "cel/code.h"
#include "cel/function.h"
#include "doc/scalar.h"

#include <string.h>

/* What is asked: the condition, of an object that is the variable var. */
struct asking {
	const struct cel_program *program;
	size_t var;
	const struct node *object;
};

static const struct cel_node *child(
    const struct asking *asking, const struct cel_node *node, uint32_t i)
{
	return &asking->program->nodes[node->first + i];
}

/* The mapping that is selected from, by OP_SELECT or OP_HAS, and the key:
 * NULL unless it is the object or a field of it, and is a mapping. */
static const struct node *selected_from(const struct asking *asking,
    const struct cel_node *node, struct slice *ret_key);

/* What node stands for: var, or var.a.b, whose classes are not known.  Nothing
 * within a macro is looked at, so a name is one of the scope.  NULL where it
 * is nothing of the object, or the object has no such field. */
static const struct node *part_of_object(
    const struct asking *asking, const struct cel_node *node)
{
	const struct node *from;
	struct slice key;

	if (node->op == OP_NAME)
		return node->what == asking->var ? asking->object : NULL;
	if (node->op != OP_SELECT)
		return NULL;
	from = selected_from(asking, node, &key);
	return from ? node_get_key(from, key) : NULL;
}

static const struct node *selected_from(const struct asking *asking,
    const struct cel_node *node, struct slice *ret_key)
{
	bool is_known = node->kind;
	const struct node *from;

	if (is_known)
		return NULL;
	from = part_of_object(asking, child(asking, node, 0));
	if (!from || from->kind != NODE_MAPPING)
		return NULL;
	*ret_key = asking->program->constants[node->what].text;
	return from;
}

/* Of has(var.a.b), where there is a var.a; without one it is an error. */
static bool has_excludes(
    const struct asking *asking, const struct cel_node *has)
{
	struct slice key;
	const struct node *from = selected_from(asking, has, &key);

	return from && !node_get_key(from, key);
}

static bool is_other(const struct cel_value *constant, struct slice text)
{
	return constant->kind == CEL_STRING && !slice_eq(constant->text, text);
}

static bool are_others(const struct cel_value *constant, struct slice text)
{
	if (constant->kind != CEL_LIST)
		return false;
	for (size_t i = 0; i < constant->list->n; i++) {
		if (!is_other(&constant->list->items[i], text))
			return false;
	}
	return true;
}

/* Of var.a == "x" and var.a in ["x", "y"], where var.a is a string. */
static bool value_excludes(const struct asking *asking, const char *operator,
    const struct cel_node * left, const struct cel_value *right)
{
	const struct node *part = part_of_object(asking, left);
	struct scalar value;

	if (!part || part->kind != NODE_SCALAR)
		return false;
	value = scalar_of(part);
	if (value.type != SCALAR_STRING)
		return false;
	if (!strcmp(operator, "=="))
		return is_other(right, value.text);
	return !strcmp(operator, "in") && are_others(right, value.text);
}

/* Of "x" in var.a, where var.a is a mapping. */
static bool key_excludes(const struct asking *asking, const char *operator,
    const struct cel_value * left, const struct cel_node *right)
{
	const struct node *part;

	if (left->kind != CEL_STRING || strcmp(operator, "in") != 0)
		return false;
	part = part_of_object(asking, right);
	return part && part->kind == NODE_MAPPING &&
	       !node_get_key(part, left->text);
}

static bool comparison_excludes(
    const struct asking *asking, const struct cel_node *chain)
{
	const struct cel_value *constants = asking->program->constants;
	const struct cel_node *left = child(asking, chain, 0);
	const struct cel_node *link = child(asking, chain, 1);
	const struct cel_node *right = child(asking, link, 0);
	const char *operator= overloads_all().rows[link->row].name;

	if (chain->n != 2)
		return false;
	if (right->op == OP_LITERAL)
		return value_excludes(
		    asking, operator, left, &constants[right->what]);
	return left->op == OP_LITERAL &&
	       key_excludes(asking, operator, & constants[left->what], right);
}

/* Of what && joins one is enough: it decides whatever the others are.  Of what
 * || joins it takes all. */
static bool node_excludes(
    const struct asking *asking, const struct cel_node *node)
{
	bool is_or = node->kind;

	if (node->op == OP_CHAIN)
		return comparison_excludes(asking, node);
	if (node->op == OP_HAS)
		return has_excludes(asking, node);
	if (node->op != OP_LOGIC)
		return false;
	for (uint32_t i = 0; i < node->n; i++) {
		if (node_excludes(asking, child(asking, node, i)) != is_or)
			return !is_or;
	}
	return is_or;
}

bool cel_program_excludes(
    const struct cel_program *program, size_t var, const struct node *object)
{
	struct asking asking = {program, var, object};

	return node_excludes(&asking, program->nodes);
}
