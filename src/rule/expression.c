/* A scalar of a rule file -> a program, or what is wrong with it and where. */
#include "rule/expression.h"

int expression_refuse(const struct reader *reader, const char *name,
    const struct node *node, struct cel_problem *problem)
{
	struct span at = node_char_span(node, problem->offset);

	fault_at(reader->fault, reader->origin->name, at.line, at.col, "%s: %s",
	    name, fault_text(&problem->fault));
	fault_release(&problem->fault);
	return -1;
}

int expression_read(const struct scope *scope, const struct reader *reader,
    const char *name, const struct node *node, enum cel_kind wanted,
    struct expression *ret_expression)
{
	struct cel_problem problem = {0};
	struct cel_type type;
	struct buf spelled = {0};

	if (node->kind != NODE_SCALAR)
		return reader_refuse(reader, node,
		    "%s must be an expression, not %s", name,
		    reader_describe(reader, node));
	ret_expression->program =
	    cel_compile(node->text, &scope->cel, &problem);
	if (!ret_expression->program)
		return expression_refuse(reader, name, node, &problem);
	type = cel_program_type(ret_expression->program);
	if (wanted == CEL_DYN || type.kind == CEL_DYN || type.kind == wanted)
		return 0;
	cel_type_spell(type, &spelled);
	reader_refuse(reader, node,
	    "%s must be true or false, but this expression is of type %s", name,
	    buf_text(&spelled));
	buf_release(&spelled);
	return -1;
}
