/* Messages of rules: text with {expressions} in it, and what the case says in
 * place of {case}. */
#include "rule/message.h"

#include "base/placeholder.h"

#include <stdlib.h>

/* What is between the braces of the placeholder for the case. */
#define CASE_NAME "case"

/* Adds a part that begins with the literal, which is emptied. */
static struct message_part *add_part(struct arena *arena,
    struct message *message, size_t *cap, struct buf *literal)
{
	struct message_part *part;

	message->parts =
	    grow(message->parts, message->n, cap, sizeof(*message->parts));
	part = &message->parts[message->n++];
	*part = (struct message_part){
	    .literal = slice_copy(arena, buf_slice(literal)),
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
	part->is_case = slice_is(source, CASE_NAME);
	if (part->is_case)
		return 0;
	part->placeholder = cel_compile(source, scope, problem);
	if (part->placeholder)
		return 0;
	problem->offset += offset;
	return -1;
}

int message_compile(struct arena *arena, struct slice text,
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
			    add_part(arena, ret_message, &cap, &literal),
			    problem);
		} else {
			buf_add_slice(&literal, piece.text);
		}
	}
	if (literal.len)
		add_part(arena, ret_message, &cap, &literal);
	buf_release(&literal);
	return result;
}

void message_free(struct message *message)
{
	for (size_t i = 0; i < message->n; i++)
		cel_program_free(message->parts[i].placeholder);
	free(message->parts);
}

bool message_has_case(const struct message *message)
{
	for (size_t i = 0; i < message->n; i++) {
		if (message->parts[i].is_case)
			return true;
	}
	return false;
}

void message_expand(struct slice text, struct slice says, struct buf *buf)
{
	struct slice rest = text;
	struct placeholder_piece piece;

	while (rest.len) {
		const char *start = rest.ptr;

		placeholder_next(&rest, &piece);
		if (piece.is_placeholder && slice_is(piece.text, CASE_NAME))
			buf_add_slice(buf, says);
		else
			buf_add_slice(buf,
			    (struct slice){start, (size_t)(rest.ptr - start)});
	}
}

size_t message_args(const struct message *message, const struct message *says)
{
	size_t n = 0;

	for (size_t i = 0; i < message->n; i++) {
		if (message->parts[i].is_case)
			n += message_args(says, NULL);
		n += message->parts[i].placeholder != NULL;
	}
	return n;
}

/* Appends a placeholder's value; its text, kept. */
static const char *print_value(struct cel_program *placeholder,
    const struct cel_value *values, struct context *context, struct buf *buf)
{
	size_t start = buf->len;

	cel_spell(cel_eval(placeholder, values, context, &context->arena), buf);
	return slice_copy(
	    &context->arena, (struct slice){buf->ptr + start, buf->len - start})
	    .ptr;
}

void message_print(const struct message *message, const struct message *says,
    const struct cel_value *values, struct context *context, struct buf *buf,
    const char **args)
{
	for (size_t i = 0; i < message->n; i++) {
		const struct message_part *part = &message->parts[i];

		buf_add_slice(buf, part->literal);
		if (part->is_case) {
			message_print(says, NULL, values, context, buf, args);
			args += message_args(says, NULL);
		}
		if (part->placeholder)
			*args++ = print_value(
			    part->placeholder, values, context, buf);
	}
}
