/* Messages of rules: text with {expressions} in it, and what the case says in
 * place of {case}. */
#include "rule/message.h"

#include "base/placeholder.h"

#include <stdlib.h>
#include <string.h>

/* What is between the braces of the placeholder for the case. */
#define CASE_NAME "case"

/* A message while it is compiled. */
struct compiling {
	struct arena *arena;
	struct message_part *parts;
	size_t n, cap;
	struct buf literal; /* since the last placeholder */
};

/* Adds a part that begins with the literal, which is emptied. */
static struct message_part *add_part(struct compiling *compiling)
{
	struct slice literal = buf_slice(&compiling->literal);
	struct message_part *part;

	compiling->parts = grow(compiling->parts, compiling->n, &compiling->cap,
	    sizeof(*compiling->parts));
	part = &compiling->parts[compiling->n++];
	*part = (struct message_part){
	    .literal = slice_copy(compiling->arena, literal),
	};
	buf_clear(&compiling->literal);
	return part;
}

static void finish(struct compiling *compiling, struct message *ret_message)
{
	struct message_part *parts;

	if (compiling->literal.len)
		add_part(compiling);
	parts = arena_array(compiling->arena, compiling->n, sizeof(*parts));
	if (compiling->n)
		memcpy(parts, compiling->parts, compiling->n * sizeof(*parts));
	*ret_message = (struct message){parts, compiling->n};
	buf_release(&compiling->literal);
	free(compiling->parts);
}

static int refuse_brace(char brace, struct cel_problem *problem)
{
	return fault_set(&problem->fault,
	    brace == '{'
		? "this '{' is never closed; write '{{' for a brace"
		: "this '}' has no matching '{'; write '}}' for a brace");
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
	struct compiling compiling = {.arena = arena};
	int result = 0;

	while (!result && placeholder_next(&rest, &piece)) {
		size_t offset = (size_t)(piece.text.ptr - text.ptr);

		if (piece.is_lone_brace) {
			problem->offset = offset;
			result = refuse_brace(*piece.text.ptr, problem);
		} else if (piece.is_placeholder) {
			result = compile_placeholder(piece.text, offset, scope,
			    add_part(&compiling), problem);
		} else {
			buf_add_slice(&compiling.literal, piece.text);
		}
	}
	finish(&compiling, ret_message);
	return result;
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

/* Appends a placeholder's value, which ends where it has a NUL: no text of the
 * program goes beyond one. */
static void add_value(const struct cel_program *placeholder,
    const struct cel_value *values, struct context *context, struct buf *buf)
{
	size_t start = buf->len;
	const char *end;

	cel_spell(context_eval(context, placeholder, values), buf);
	end = buf->len > start
		  ? memchr(buf->ptr + start, '\0', buf->len - start)
		  : NULL;
	if (end)
		buf->len = (size_t)(end - buf->ptr);
}

void message_print(const struct message *message,
    const struct cel_value *values, struct context *context, struct buf *buf)
{
	for (size_t i = 0; i < message->n; i++) {
		const struct message_part *part = &message->parts[i];

		buf_add_slice(buf, part->literal);
		if (part->placeholder)
			add_value(part->placeholder, values, context, buf);
	}
}

uint16_t message_spell_args(const struct message *message,
    const struct message *says, const struct cel_value *values,
    struct context *context, struct buf *args)
{
	uint16_t n = 0;

	for (size_t i = 0; i < message->n; i++) {
		const struct message_part *part = &message->parts[i];

		if (part->is_case)
			n += message_spell_args(
			    says, NULL, values, context, args);
		if (part->placeholder) {
			add_value(part->placeholder, values, context, args);
			buf_add_char(args, '\0');
			n++;
		}
	}
	return n;
}
