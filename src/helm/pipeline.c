/*
 * The text of a pipeline, read and evaluated in one pass from left to right.
 */
#include "helm/pipeline.h"

#include "helm/action.h"

/* No author writes longer ones, or brackets inside each other so deep. */
#define MOST_BYTES 600
#define MOST_BRACKETS 20
#define MOST_ARGUMENTS 24
#define MOST_VARIABLES 64

struct parser {
	const struct pipeline_context *context;
	struct slice rest; /* behind item */
	struct item item;
	bool more; /* item is one */
	bool failed;
	unsigned depth;
};

static struct known parse_pipeline(struct parser *parser);

static void next(struct parser *parser)
{
	parser->more = item_next(&parser->rest, &parser->item);
}

static bool at(const struct parser *parser, enum item_kind kind)
{
	return parser->more && parser->item.kind == kind;
}

static bool at_end(const struct parser *parser)
{
	return !parser->more || at(parser, ITEM_CLOSE) || at(parser, ITEM_PIPE);
}

/* Down a path of fields: ".Values.image.tag", or "." alone. */
static struct known follow(
    const struct parser *parser, struct known from, struct slice path)
{
	while (path.len > 1) {
		struct slice rest = {path.ptr + 1, path.len - 1};
		ptrdiff_t dot = slice_find(rest, SLICE("."), 0);
		size_t len = dot < 0 ? rest.len : (size_t)dot;

		from = known_field(parser->context->arena, from,
		    (struct slice){rest.ptr, len});
		path = (struct slice){rest.ptr + len, rest.len - len};
	}
	return from;
}

static struct known scalar(
    const struct parser *parser, enum value_kind kind, struct slice text)
{
	return known_value(value_scalar(parser->context->arena, kind, text));
}

static struct known read_word(const struct parser *parser, struct slice word)
{
	if (slice_is(word, "true") || slice_is(word, "false"))
		return scalar(parser, VALUE_BOOL, word);
	if (slice_is(word, "nil"))
		return known_value(
		    value_new(parser->context->arena, VALUE_NULL));
	return function_call(parser->context, word, NULL, 0);
}

/* Of very many variables only the nearest are looked at. */
static struct known find_variable(
    const struct pipeline_context *context, struct slice name)
{
	const struct go_scope *scope = context->scope;
	const struct go_variable *variable = scope->variables;

	if (slice_is(name, "$"))
		return known_value(scope->root);
	for (size_t i = 0; variable && i < MOST_VARIABLES; i++) {
		if (slice_eq(variable->name, name))
			return variable->value || !context->prints
				   ? known_value(variable->value)
				   : (struct known){
					 variable->printed, TRI_UNKNOWN};
		variable = variable->up;
	}
	return UNKNOWN;
}

/* "$.Values.a", "$x", "$x.a" */
static struct known read_variable(
    const struct parser *parser, struct slice variable)
{
	ptrdiff_t dot = slice_find(variable, SLICE("."), 0);
	size_t len = dot < 0 ? variable.len : (size_t)dot;
	struct slice name = {variable.ptr, len};
	struct slice path = {variable.ptr + len, variable.len - len};

	return follow(parser, find_variable(parser->context, name), path);
}

/* A bracket and the fields that may stand right behind it. */
static struct known read_bracket(struct parser *parser)
{
	struct known known;

	if (++parser->depth > MOST_BRACKETS) {
		parser->failed = true;
		return UNKNOWN;
	}
	next(parser);
	known = parse_pipeline(parser);
	parser->depth--;
	if (!at(parser, ITEM_CLOSE)) {
		parser->failed = true;
		return UNKNOWN;
	}
	if (parser->rest.len && parser->rest.ptr[0] == '.') {
		next(parser);
		known = follow(parser, known, parser->item.text);
	}
	return known;
}

static struct known read_operand(struct parser *parser)
{
	const struct item item = parser->item;
	const struct go_scope *scope = parser->context->scope;
	struct known known = UNKNOWN;

	switch (item.kind) {
	case ITEM_OPEN: known = read_bracket(parser); break;
	case ITEM_WORD: known = read_word(parser, item.text); break;
	case ITEM_FIELD:
		known = follow(parser, known_value(scope->dot), item.text);
		break;
	case ITEM_VARIABLE: known = read_variable(parser, item.text); break;
	case ITEM_NUMBER:
		known = scalar(parser, VALUE_NUMBER, item.text);
		break;
	case ITEM_STRING:
		known = scalar(parser, VALUE_STRING,
		    item_string(&item, parser->context->arena));
		break;
	case ITEM_CLOSE:
	case ITEM_PIPE:
	case ITEM_ASSIGN:
	case ITEM_OTHER: parser->failed = true; break;
	}
	next(parser);
	return known;
}

static bool is_function(const struct item *item)
{
	return item->kind == ITEM_WORD && !slice_is(item->text, "true") &&
	       !slice_is(item->text, "false") && !slice_is(item->text, "nil");
}

/* A function with its arguments, the last of which may come from a pipe. */
static struct known parse_call(struct parser *parser, const struct known *piped)
{
	struct known arguments[MOST_ARGUMENTS];
	struct slice name = parser->item.text;
	size_t n = 0;

	next(parser);
	while (!at_end(parser) && !parser->failed && n < MOST_ARGUMENTS - 1)
		arguments[n++] = read_operand(parser);
	if (!at_end(parser))
		parser->failed = true;
	if (piped)
		arguments[n++] = *piped;
	return parser->failed
		   ? UNKNOWN
		   : function_call(parser->context, name, arguments, n);
}

static struct known parse_command(
    struct parser *parser, const struct known *piped)
{
	struct known known;

	if (at(parser, ITEM_WORD) && is_function(&parser->item))
		return parse_call(parser, piped);
	if (at_end(parser)) {
		parser->failed = true;
		return UNKNOWN;
	}
	known = read_operand(parser);
	/* A method, or what cannot stand there. */
	if (!at_end(parser) || piped)
		parser->failed = true;
	return known;
}

static struct known parse_pipeline(struct parser *parser)
{
	struct known known = parse_command(parser, NULL);

	while (at(parser, ITEM_PIPE) && !parser->failed) {
		next(parser);
		known = parse_command(parser, &known);
	}
	return known;
}

/* Takes "$x :=" off, or "$i, $x :=". */
static struct slice skip_assignment(struct slice pipeline)
{
	struct slice rest = pipeline;
	struct item item;

	if (!item_next(&rest, &item) || item.kind != ITEM_VARIABLE ||
	    !item_next(&rest, &item))
		return pipeline;
	if (slice_is(item.text, ",") &&
	    (!item_next(&rest, &item) || !item_next(&rest, &item)))
		return pipeline;
	return item.kind == ITEM_ASSIGN ? rest : pipeline;
}

struct known pipeline_evaluate(
    const struct pipeline_context *context, struct slice pipeline)
{
	struct parser parser = {
	    .context = context, .rest = skip_assignment(pipeline)};
	struct known known;

	if (pipeline.len > MOST_BYTES)
		return UNKNOWN;
	next(&parser);
	known = parse_pipeline(&parser);
	return parser.failed || parser.more ? UNKNOWN : known;
}
