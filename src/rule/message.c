/* Messages of rules: text with {expressions} in it. */
#include "rule/rule.h"

#include "base/placeholder.h"

/* Adds a part that begins with the literal, which is emptied. */
static struct message_part *add_part(struct ruleset *ruleset,
    struct message *message, size_t *cap, struct buf *literal)
{
	struct message_part *part;

	message->parts =
	    grow(message->parts, message->n, cap, sizeof(*message->parts));
	part = &message->parts[message->n++];
	*part = (struct message_part){
	    .literal = slice_copy(&ruleset->arena, buf_slice(literal)),
	};
	buf_clear(literal);
	return part;
}

static int refuse_brace(char brace, struct cel_problem *problem)
{
	return fault_set(&problem->fault,
	    brace == '{' ? "this '{' is never closed; write '{{' for a brace"
			 : "this '}' closes nothing; write '}}' for a brace");
}

/* offset: of the expression in the message. */
static int compile_placeholder(struct slice source, size_t offset,
    const struct cel_scope *scope, struct message_part *part,
    struct cel_problem *problem)
{
	part->placeholder = cel_compile(source, scope, problem);
	if (part->placeholder)
		return 0;
	problem->offset += offset;
	return -1;
}

int message_compile(struct ruleset *ruleset, struct slice text,
    const struct cel_scope *scope, struct message *ret_message,
    struct cel_problem *problem)
{
	struct slice rest = text;
	struct placeholder_piece piece;
	struct buf literal = {0};
	size_t cap = 0;
	int result = 0;

	*ret_message = (struct message){0};
	while (!result && placeholder_next(&rest, &piece)) {
		size_t offset = (size_t)(piece.text.ptr - text.ptr);

		if (piece.is_lone_brace) {
			problem->offset = offset;
			result = refuse_brace(*piece.text.ptr, problem);
		} else if (piece.is_placeholder) {
			result = compile_placeholder(piece.text, offset, scope,
			    add_part(ruleset, ret_message, &cap, &literal),
			    problem);
		} else {
			buf_add_slice(&literal, piece.text);
		}
	}
	if (literal.len)
		add_part(ruleset, ret_message, &cap, &literal);
	buf_release(&literal);
	return result;
}

size_t message_args(const struct message *message)
{
	size_t n = 0;

	for (size_t i = 0; i < message->n; i++)
		n += message->parts[i].placeholder != NULL;
	return n;
}

void message_print(const struct message *message,
    const struct cel_value *values, struct context *context, struct buf *buf,
    const char **args)
{
	size_t n = 0;

	for (size_t i = 0; i < message->n; i++) {
		const struct message_part *part = &message->parts[i];
		size_t start;

		buf_add_slice(buf, part->literal);
		if (!part->placeholder)
			continue;
		start = buf->len;
		cel_spell(cel_eval(part->placeholder, values, context,
			      &context->arena),
		    buf);
		args[n++] = slice_copy(&context->arena,
		    (struct slice){buf->ptr + start, buf->len - start})
				.ptr;
	}
}
