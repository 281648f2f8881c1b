/* An op and a line -> what is wrong with taking one for the other. */
#include "map/faults.h"

static int32_t leaf_faults(const struct op *op,
    const struct rendered_line *line, struct line_place place)
{
	if (!glob_fits(op->glob, line->text))
		return INT32_MAX;
	return op->indent != INDENT_UNKNOWN && !place.is_first &&
		       !place.is_moved && column(line, op->indent) != op->indent
		   ? FAULT_ONE
		   : 0;
}

/* Whether a line at the column of a block is one of its kind. */
static bool is_of_block(const struct op *op, const struct rendered_line *line)
{
	switch ((enum block_form)op->form) {
	case FORM_MAPPING:
		return line->is_key || (line->is_item && line->is_of_key);
	case FORM_LIST: return line->is_item;
	case FORM_ANY:
	case FORM_PLACED:
	case FORM_YAML: break;
	}
	return true;
}

/* Whether toYaml may have printed the line, at that column. */
static bool is_yaml(
    const struct op *op, const struct rendered_line *line, int32_t at)
{
	if (line->is_in_text)
		return true;
	if (line->is_unlike_yaml)
		return false;
	/* What the block begins with may have its key in the template. */
	return op->form == FORM_YAML ||
	       (!line->is_unsorted && !line->is_deep &&
		   (at != op->least || is_of_block(op, line)));
}

/* Text may begin with blanks, but a text in a text. */
static bool is_at_column(const struct op *op, const struct rendered_line *line)
{
	return op->indent == INDENT_UNKNOWN || line->is_in_text ||
	       column(line, op->indent) == op->indent;
}

static int32_t block_faults(const struct op *op,
    const struct rendered_line *line, struct line_place place)
{
	int32_t at = column(line, op->least);

	if (place.is_moved || op->block == BLOCK_FOLLOWS)
		return op->faults;
	if (!place.is_first &&
	    ((op->least != INDENT_UNKNOWN && at < op->least) ||
		((op->form == FORM_PLACED || op->form == FORM_YAML) &&
		    !is_at_column(op, line))))
		return op->faults + FAULT_ONE;
	if (op->form >= FORM_YAML && !is_yaml(op, line, at))
		return op->faults + FAULT_ONE;
	return op->faults;
}

int32_t count_faults(const struct op *op, const struct rendered_line *line,
    struct line_place place)
{
	switch ((enum op_kind)op->kind) {
	case OP_LEAF: return leaf_faults(op, line, place);
	case OP_ABSORB:
	case OP_CONTINUE: return block_faults(op, line, place);
	case OP_SPLIT:
	case OP_JUMP:
	case OP_SEPARATE:
	case OP_END: break;
	}
	return INT32_MAX;
}
