/* Messages of rules: text with {expressions} in it. */
#include "rule/rule.h"

/* Where the placeholder that opens at from ends: the offset of its "}", or -1.
 * Braces and quotes inside an expression nest and hide as in CEL. */
static ptrdiff_t placeholder_end(struct slice text, size_t from)
{
	int depth = 0;
	char quote = '\0';

	for (size_t i = from; i < text.len; i++) {
		char c = text.ptr[i];

		if (quote) {
			if (c == '\\')
				i++;
			else if (c == quote)
				quote = '\0';
		} else if (c == '"' || c == '\'') {
			quote = c;
		} else if (c == '{') {
			depth++;
		} else if (c == '}' && --depth == 0) {
			return (ptrdiff_t)i;
		}
	}
	return -1;
}

/* Reads literal text from *at up to a placeholder or the end; doubled braces
 * become single ones.  -1 for a "}" that closes nothing. */
static int take_literal(struct slice text, size_t *at, struct buf *literal)
{
	while (*at < text.len) {
		char c = text.ptr[*at];
		bool doubled = *at + 1 < text.len && text.ptr[*at + 1] == c;

		if ((c == '{' || c == '}') && !doubled)
			return c == '{' ? 0 : -1;
		buf_add_char(literal, c);
		*at += c == '{' || c == '}' ? 2 : 1;
	}
	return 0;
}

static struct message_part *add_part(
    struct message *message, size_t *cap, struct slice literal)
{
	struct message_part *part;

	message->parts =
	    grow(message->parts, message->n, cap, sizeof(*message->parts));
	part = &message->parts[message->n++];
	*part = (struct message_part){.literal = literal};
	return part;
}

/* The placeholder at *at, which is a "{". */
static int take_placeholder(struct slice text, size_t *at,
    const struct cel_scope *scope, struct message_part *part,
    struct cel_problem *problem)
{
	ptrdiff_t end = placeholder_end(text, *at);
	struct slice source;

	problem->offset = *at;
	if (end < 0)
		return fault_set(&problem->fault,
		    "this '{' is never closed; write '{{' for a brace");
	source = (struct slice){text.ptr + *at + 1, (size_t)end - *at - 1};
	part->placeholder = cel_compile(source, scope, problem);
	if (!part->placeholder) {
		problem->offset += *at + 1;
		return -1;
	}
	*at = (size_t)end + 1;
	return 0;
}

int message_compile(struct ruleset *ruleset, struct slice text,
    const struct cel_scope *scope, struct message *ret_message,
    struct cel_problem *problem)
{
	struct buf literal = {0};
	size_t at = 0, cap = 0;
	int result = 0;

	*ret_message = (struct message){0};
	while (!result && at < text.len) {
		struct message_part *part;

		buf_clear(&literal);
		if (take_literal(text, &at, &literal)) {
			problem->offset = at;
			result = fault_set(&problem->fault,
			    "this '}' closes nothing; write '}}' for a brace");
			break;
		}
		part = add_part(ret_message, &cap,
		    slice_copy(&ruleset->arena, buf_slice(&literal)));
		if (at < text.len)
			result =
			    take_placeholder(text, &at, scope, part, problem);
	}
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
