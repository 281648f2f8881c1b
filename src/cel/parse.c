/*
 * The parser: tokens -> tree, by recursive descent.
 *
 * Two limits keep hostile sources from exhausting the stack: the parser's own
 * recursion, and the height of the tree it makes (a.b.c... grows a tree
 * without recursion).  The first problem ends the parse: every function gives
 * NULL then, and the problem has been set.
 */
#include "cel/parse.h"

#include "cel/lex.h"

#include <string.h>

struct parser {
	struct lexer lexer;
	struct token token; /* the next one, not yet used */
	const struct cel_scope *scope;
	struct arena *arena;
	struct cel_problem *problem;
	unsigned depth;	     /* of recursion */
	bool takes_optional; /* what comes next may be none in the end */
};

static struct ast *parse_expression(struct parser *parser);

static void advance(struct parser *parser)
{
	lexer_next(&parser->lexer, &parser->token);
}

static bool accept(struct parser *parser, enum token_kind kind)
{
	if (parser->token.kind != kind)
		return false;
	advance(parser);
	return true;
}

/* Sets the problem and gives NULL.  What the lexer said about a bad token
 * stays. */
static void *PRINTF_LIKE(3, 4)
    fail(struct parser *parser, size_t offset, const char *format, ...)
{
	va_list args;

	if (parser->token.kind == TOKEN_BAD)
		return NULL;
	va_start(args, format);
	problem_vset(parser->problem, offset, format, args);
	va_end(args);
	return NULL;
}

/* Complains that the next token is not what must come here.  CEL has items that
 * may be none, "[?e]", and names from the outermost scope, ".e". */
static void *unexpected(struct parser *parser, const char *wanted)
{
	const struct token *token = &parser->token;
	struct slice shown = token->text;

	if (token->kind == TOKEN_STRING)
		shown = SLICE("a string"); /* which may be long */
	if (token->kind == TOKEN_END)
		fail(parser, token->offset,
		    "%s expected, but the expression ends", wanted);
	else
		fail(parser, token->offset, "%s expected, not %.*s", wanted,
		    SLICE_ARGS(shown));
	if (token->kind != TOKEN_BAD)
		parser->problem->is_syntax = token->kind != TOKEN_QUESTION &&
					     token->kind != TOKEN_DOT;
	return NULL;
}

static bool expect(
    struct parser *parser, enum token_kind kind, const char *wanted)
{
	if (accept(parser, kind))
		return true;
	unexpected(parser, wanted);
	return false;
}

static void *too_deep(struct parser *parser, size_t offset)
{
	return fail(parser, offset,
	    "the expression is nested more than %d levels deep", MAX_DEPTH);
}

static struct ast *new_ast(
    struct parser *parser, enum ast_kind kind, size_t offset)
{
	struct ast *ast = arena_alloc(parser->arena, sizeof(*ast));

	ast->kind = kind;
	ast->offset = offset;
	ast->height = 1;
	return ast;
}

/* Makes child a child: whether it parsed and the tree is not too high. */
static bool adopt(
    struct parser *parser, struct ast *parent, const struct ast *child)
{
	if (!child)
		return false;
	if (parent->height <= child->height)
		parent->height = child->height + 1;
	if (parent->height <= MAX_DEPTH)
		return true;
	too_deep(parser, parent->offset);
	return false;
}

/* Room for one more in an array of the arena that doubles; the old one is
 * left to the arena. */
static void *grow_in(
    struct arena *arena, void *items, size_t n, size_t *cap, size_t size)
{
	void *larger;

	if (n < *cap)
		return items;
	*cap = *cap ? *cap * 2 : 4;
	larger = arena_array(arena, *cap, size);
	if (n)
		memcpy(larger, items, n * size);
	return larger;
}

static bool append(struct parser *parser, struct ast *parent,
    struct ast_list *list, struct ast *child)
{
	if (!adopt(parser, parent, child))
		return false;
	list->items = grow_in(parser->arena, list->items, list->n, &list->cap,
	    sizeof(struct ast *));
	list->items[list->n++] = child;
	return true;
}

/* Expressions up to the closing bracket, which is used up; a comma may stand
 * before it. */
static bool parse_items(struct parser *parser, struct ast *parent,
    struct ast_list *list, enum token_kind close, const char *wanted)
{
	while (parser->token.kind != close) {
		if (!append(parser, parent, list, parse_expression(parser)))
			return false;
		if (!accept(parser, TOKEN_COMMA))
			break;
	}
	return expect(parser, close, wanted);
}

static struct ast *parse_literal(struct parser *parser, struct cel_value value)
{
	struct ast *ast = new_ast(parser, AST_LITERAL, parser->token.offset);

	ast->literal = value;
	advance(parser);
	return ast;
}

static struct ast *parse_int(struct parser *parser, bool negative)
{
	uint64_t magnitude = parser->token.magnitude;

	if (magnitude > INT64_MAX && !negative)
		return fail(parser, parser->token.offset,
		    "the number is too large for an int");
	return parse_literal(
	    parser, cel_int((int64_t)(negative ? -magnitude : magnitude)));
}

static struct ast *parse_list(struct parser *parser)
{
	struct ast *ast = new_ast(parser, AST_LIST, parser->token.offset);

	advance(parser);
	if (!parse_items(parser, ast, &ast->list, TOKEN_RBRACKET, "',' or ']'"))
		return NULL;
	return ast;
}

static struct ast *parse_map(struct parser *parser)
{
	struct ast *ast = new_ast(parser, AST_MAP, parser->token.offset);

	advance(parser);
	while (parser->token.kind != TOKEN_RBRACE) {
		if (!append(parser, ast, &ast->map.keys,
			parse_expression(parser)) ||
		    !expect(parser, TOKEN_COLON, "':'") ||
		    !append(parser, ast, &ast->map.values,
			parse_expression(parser)))
			return NULL;
		if (!accept(parser, TOKEN_COMMA))
			break;
	}
	return expect(parser, TOKEN_RBRACE, "',' or '}'") ? ast : NULL;
}

/* has(): asks for a field instead of reading it. */
static struct ast *make_has(struct parser *parser, struct ast *call)
{
	struct ast *selection;

	if (call->call.args.n != 1 ||
	    call->call.args.items[0]->kind != AST_SELECT)
		return fail(
		    parser, call->offset, "has() takes a field: has(e.field)");
	selection = call->call.args.items[0];
	selection->kind = AST_HAS;
	return selection;
}

static struct ast *parse_call(struct parser *parser, struct token name)
{
	struct ast *ast = new_ast(parser, AST_CALL, name.offset);

	ast->call.name = name.text;
	ast->call.form = FORM_FUNCTION;
	advance(parser);
	if (!parse_items(
		parser, ast, &ast->call.args, TOKEN_RPAREN, "',' or ')'"))
		return NULL;
	return slice_is(name.text, "has") ? make_has(parser, ast) : ast;
}

static struct ast *parse_name(struct parser *parser)
{
	struct token name = parser->token;
	struct ast *ast;

	advance(parser);
	if (parser->token.kind == TOKEN_LPAREN)
		return parse_call(parser, name);
	ast = new_ast(parser, AST_NAME, name.offset);
	ast->name.text = name.text;
	return ast;
}

static struct ast *parse_group(struct parser *parser)
{
	struct ast *ast;

	advance(parser);
	ast = parse_expression(parser);
	return ast && expect(parser, TOKEN_RPAREN, "')'") ? ast : NULL;
}

static struct ast *parse_primary(struct parser *parser)
{
	struct token *token = &parser->token;

	switch ((int)token->kind) {
	case TOKEN_INT: return parse_int(parser, false);
	case TOKEN_DOUBLE:
		return parse_literal(parser, cel_double(token->real));
	case TOKEN_STRING:
		return parse_literal(parser, cel_string(token->value));
	case TOKEN_TRUE: return parse_literal(parser, cel_bool(true));
	case TOKEN_FALSE: return parse_literal(parser, cel_bool(false));
	case TOKEN_NULL:
		return parse_literal(
		    parser, (struct cel_value){.kind = CEL_NULL});
	case TOKEN_NAME: return parse_name(parser);
	case TOKEN_LPAREN: return parse_group(parser);
	case TOKEN_LBRACKET: return parse_list(parser);
	case TOKEN_LBRACE: return parse_map(parser);
	case TOKEN_RESERVED:
		fail(parser, token->offset,
		    "'%.*s' is a word that CEL reserves; it can only be a "
		    "field's name, behind a dot",
		    SLICE_ARGS(token->text));
		parser->problem->is_syntax = true;
		return NULL;
	default: return unexpected(parser, "a value");
	}
}

const struct macro macros[] = {
    {"all", MACRO_ALL, 2, 2, "list.all(x, condition)"},
    {"exists", MACRO_EXISTS, 2, 2, "list.exists(x, condition)"},
    {"exists_one", MACRO_EXISTS_ONE, 2, 2, "list.exists_one(x, condition)"},
    {"filter", MACRO_FILTER, 2, 2, "list.filter(x, condition)"},
    {"map", MACRO_MAP, 2, 3,
	"list.map(x, value) or list.map(x, condition, value)"},
};
const size_t nmacros = COUNT_OF(macros);

static const struct macro *macro_find(struct slice name)
{
	size_t i;

	for (i = 0; i < nmacros; i++) {
		if (slice_is(name, macros[i].name))
			return &macros[i];
	}
	return NULL;
}

/* A call whose receiver is its first argument, as a visit of that one. */
static struct ast *make_macro(
    struct parser *parser, struct ast *call, const struct macro *macro)
{
	struct ast **args = call->call.args.items + 1;
	size_t n = call->call.args.n - 1;
	struct ast *ast = new_ast(parser, AST_MACRO, call->offset);

	if (n < macro->min_args || n > macro->max_args ||
	    args[0]->kind != AST_NAME)
		return fail(parser, call->offset,
		    "%s() takes a name of your choice and what to do with it: "
		    "%s",
		    macro->name, macro->usage);
	ast->height = call->height;
	ast->macro.kind = macro->kind;
	ast->macro.range = args[-1];
	ast->macro.variable = args[0]->name.text;
	if (macro->kind == MACRO_MAP)
		ast->macro.transform = args[n - 1];
	if (macro->kind != MACRO_MAP || n == 3)
		ast->macro.condition = args[1];
	return ast;
}

static struct ast *parse_method(
    struct parser *parser, struct ast *receiver, struct token name)
{
	struct ast *ast = new_ast(parser, AST_CALL, name.offset);
	const struct macro *macro = macro_find(name.text);

	ast->call.name = name.text;
	ast->call.form = FORM_METHOD;
	advance(parser);
	if (!append(parser, ast, &ast->call.args, receiver) ||
	    !parse_items(
		parser, ast, &ast->call.args, TOKEN_RPAREN, "',' or ')'"))
		return NULL;
	return macro ? make_macro(parser, ast, macro) : ast;
}

static const struct {
	const char *name;
	enum optional_kind kind;
	size_t nargs;
} optional_methods[] = {
    {"hasValue", OPTIONAL_HAS_VALUE, 0},
    {"value", OPTIONAL_VALUE, 0},
    {"orValue", OPTIONAL_OR_VALUE, 1},
    {"or", OPTIONAL_OR, 1},
};

static bool is_optional(const struct parser *parser, const struct ast *ast)
{
	if (ast->kind == AST_NAME)
		return parser->scope->optional &&
		       slice_is(ast->name.text, parser->scope->optional);
	return ast->kind == AST_ASK ||
	       (ast->kind == AST_OPTIONAL &&
		   (ast->optional.kind == OPTIONAL_INDEX ||
		       ast->optional.kind == OPTIONAL_OR));
}

/* From the opening parenthesis on: what becomes of a value that may be none. */
static struct ast *parse_optional_method(
    struct parser *parser, struct ast *receiver, struct token name)
{
	struct ast *ast = new_ast(parser, AST_OPTIONAL, name.offset);
	struct ast_list *args = &ast->optional.args;
	size_t i = 0;

	if (!is_optional(parser, receiver))
		return fail(parser, name.offset,
		    "'.?' is for fields; %.*s() is called behind a dot",
		    SLICE_ARGS(name.text));
	while (i < COUNT_OF(optional_methods) &&
	       !slice_is(name.text, optional_methods[i].name))
		i++;
	if (i == COUNT_OF(optional_methods))
		return fail(parser, name.offset,
		    "what may not be there has hasValue(), value(), "
		    "orValue(e) and or(e), not %.*s()",
		    SLICE_ARGS(name.text));
	advance(parser);
	ast->optional.kind = optional_methods[i].kind;
	parser->takes_optional = ast->optional.kind == OPTIONAL_OR;
	if (!append(parser, ast, args, receiver) ||
	    !parse_items(parser, ast, args, TOKEN_RPAREN, "',' or ')'"))
		return NULL;
	parser->takes_optional = false;
	if (args->n != optional_methods[i].nargs + 1)
		return fail(parser, name.offset, "%s() takes %s",
		    optional_methods[i].name,
		    optional_methods[i].nargs ? "one value" : "nothing");
	if (ast->optional.kind == OPTIONAL_OR &&
	    !is_optional(parser, args->items[1]))
		return fail(parser, name.offset,
		    "or() takes what may not be there either, such as e.?name; "
		    "a value goes into orValue()");
	return ast;
}

/* Behind the dot. */
static struct ast *parse_selection(
    struct parser *parser, struct ast *operand, bool asks)
{
	struct token name = parser->token;
	struct ast *ast;

	if (name.kind != TOKEN_NAME && name.kind != TOKEN_RESERVED &&
	    name.kind != TOKEN_QUOTED)
		return unexpected(parser, "the name of a field");
	advance(parser);
	if (name.kind != TOKEN_QUOTED && parser->token.kind == TOKEN_LPAREN) {
		if (asks)
			return parse_optional_method(parser, operand, name);
		return parse_method(parser, operand, name);
	}
	ast = new_ast(parser, asks ? AST_ASK : AST_SELECT, name.offset);
	ast->select.operand = operand;
	ast->select.field = name.kind == TOKEN_QUOTED ? name.value : name.text;
	ast->select.index = -1;
	return adopt(parser, ast, operand) ? ast : NULL;
}

/* Behind the opening bracket. */
static struct ast *parse_index(
    struct parser *parser, struct ast *operand, size_t offset)
{
	struct ast *ast = new_ast(parser, AST_CALL, offset);

	ast->call.name = SLICE("[]");
	ast->call.form = FORM_OPERATOR;
	if (!append(parser, ast, &ast->call.args, operand) ||
	    !append(parser, ast, &ast->call.args, parse_expression(parser)))
		return NULL;
	return expect(parser, TOKEN_RBRACKET, "']'") ? ast : NULL;
}

/* Behind the opening bracket, or the '?' in it. */
static struct ast *parse_optional_index(
    struct parser *parser, struct ast *operand, size_t offset)
{
	struct ast *ast = new_ast(parser, AST_OPTIONAL, offset);

	ast->optional.kind = OPTIONAL_INDEX;
	if (!append(parser, ast, &ast->optional.args, operand) ||
	    !append(parser, ast, &ast->optional.args, parse_expression(parser)))
		return NULL;
	return expect(parser, TOKEN_RBRACKET, "']'") ? ast : NULL;
}

/* What follows e.?name or e[?key] may be missing, too, until something is done
 * about that. */
static struct ast *parse_member(struct parser *parser)
{
	bool takes_optional = parser->takes_optional;
	struct ast *ast;

	parser->takes_optional = false;
	ast = parse_primary(parser);
	while (ast) {
		size_t offset = parser->token.offset;
		bool asks = is_optional(parser, ast);

		if (accept(parser, TOKEN_DOT)) {
			asks |= accept(parser, TOKEN_QUESTION);
			ast = parse_selection(parser, ast, asks);
		} else if (accept(parser, TOKEN_LBRACKET)) {
			asks |= accept(parser, TOKEN_QUESTION);
			ast = asks ? parse_optional_index(parser, ast, offset)
				   : parse_index(parser, ast, offset);
		} else if (parser->token.kind == TOKEN_LBRACE)
			return fail(parser, offset,
			    "messages are not in this subset of CEL; a map "
			    "stands alone: {\"key\": value}");
		else if (asks && !takes_optional)
			return fail(parser, offset,
			    "what may not be there needs an end: .hasValue(), "
			    ".orValue(e) or .value()");
		else
			break;
	}
	return ast;
}

static struct ast *parse_unary(struct parser *parser)
{
	struct token sign = parser->token;
	struct ast *ast, *operand;

	if (!accept(parser, TOKEN_MINUS) && !accept(parser, TOKEN_NOT))
		return parse_member(parser);
	if (sign.kind == TOKEN_MINUS && parser->token.kind == TOKEN_INT)
		return parse_int(parser, true);
	if (++parser->depth > MAX_DEPTH)
		return too_deep(parser, sign.offset);
	operand = parse_unary(parser);
	parser->depth--;
	ast = new_ast(parser, AST_CALL, sign.offset);
	ast->call.name = sign.text;
	ast->call.form = FORM_OPERATOR;
	return append(parser, ast, &ast->call.args, operand) ? ast : NULL;
}

/* Precedences of the operators with two sides, loosest first. */
enum level {
	LEVEL_OR,
	LEVEL_AND,
	LEVEL_RELATION,
	LEVEL_SUM,
	LEVEL_PRODUCT,
	LEVEL_MAX
};

static const struct {
	enum token_kind kind;
	enum level level;
} operators[] = {
    {TOKEN_OR, LEVEL_OR},
    {TOKEN_AND, LEVEL_AND},
    {TOKEN_EQ, LEVEL_RELATION},
    {TOKEN_NE, LEVEL_RELATION},
    {TOKEN_LT, LEVEL_RELATION},
    {TOKEN_LE, LEVEL_RELATION},
    {TOKEN_GT, LEVEL_RELATION},
    {TOKEN_GE, LEVEL_RELATION},
    {TOKEN_IN, LEVEL_RELATION},
    {TOKEN_PLUS, LEVEL_SUM},
    {TOKEN_MINUS, LEVEL_SUM},
    {TOKEN_STAR, LEVEL_PRODUCT},
    {TOKEN_SLASH, LEVEL_PRODUCT},
    {TOKEN_PERCENT, LEVEL_PRODUCT},
};

static bool at_level(const struct parser *parser, enum level level)
{
	size_t i;

	for (i = 0; i < COUNT_OF(operators); i++) {
		if (operators[i].kind == parser->token.kind)
			return operators[i].level == level;
	}
	return false;
}

static struct ast *parse_level(struct parser *parser, enum level level);

/* && and ||: their first operand has been read, the operator comes next. */
static struct ast *parse_logic(
    struct parser *parser, enum level level, struct ast *first)
{
	struct ast *ast = new_ast(parser, AST_LOGIC, parser->token.offset);
	bool ok = append(parser, ast, &ast->logic.operands, first);

	ast->logic.absorber = level == LEVEL_OR;
	while (ok && at_level(parser, level)) {
		advance(parser);
		ok = append(parser, ast, &ast->logic.operands,
		    parse_level(parser, level + 1));
	}
	return ok ? ast : NULL;
}

/* Any other operator with two sides; likewise. */
static struct ast *parse_chain(
    struct parser *parser, enum level level, struct ast *first)
{
	struct ast *ast = new_ast(parser, AST_CHAIN, parser->token.offset);
	bool ok = adopt(parser, ast, first);

	ast->chain.first = first;
	while (ok && at_level(parser, level)) {
		struct link link = {
		    .offset = parser->token.offset, .sign = parser->token.text};

		advance(parser);
		link.right = parse_level(parser, level + 1);
		ok = adopt(parser, ast, link.right);
		ast->chain.links = grow_in(parser->arena, ast->chain.links,
		    ast->chain.n, &ast->chain.cap, sizeof(link));
		ast->chain.links[ast->chain.n++] = link;
	}
	return ok ? ast : NULL;
}

static struct ast *parse_level(struct parser *parser, enum level level)
{
	struct ast *first;

	if (level == LEVEL_MAX)
		return parse_unary(parser);
	first = parse_level(parser, level + 1);
	if (!first || !at_level(parser, level))
		return first;
	if (level == LEVEL_OR || level == LEVEL_AND)
		return parse_logic(parser, level, first);
	return parse_chain(parser, level, first);
}

/* Behind the question mark. */
static struct ast *parse_branches(
    struct parser *parser, size_t offset, struct ast *condition)
{
	struct ast *ast = new_ast(parser, AST_CONDITIONAL, offset);

	ast->conditional.condition = condition;
	ast->conditional.yes = parse_level(parser, LEVEL_OR);
	if (!adopt(parser, ast, condition) ||
	    !adopt(parser, ast, ast->conditional.yes) ||
	    !expect(parser, TOKEN_COLON, "':'"))
		return NULL;
	ast->conditional.no = parse_expression(parser);
	return adopt(parser, ast, ast->conditional.no) ? ast : NULL;
}

static struct ast *parse_expression(struct parser *parser)
{
	size_t offset;
	struct ast *ast;

	if (++parser->depth > MAX_DEPTH)
		return too_deep(parser, parser->token.offset);
	ast = parse_level(parser, LEVEL_OR);
	offset = parser->token.offset;
	if (ast && accept(parser, TOKEN_QUESTION))
		ast = parse_branches(parser, offset, ast);
	parser->depth--;
	return ast;
}

struct ast *cel_parse(struct slice source, const struct cel_scope *scope,
    struct arena *arena, struct cel_problem *problem)
{
	struct parser parser = {
	    .scope = scope,
	    .lexer = {.source = source, .arena = arena, .problem = problem},
	    .arena = arena,
	    .problem = problem,
	};
	struct ast *ast;

	advance(&parser);
	ast = parse_expression(&parser);
	if (ast && parser.token.kind != TOKEN_END)
		return unexpected(&parser, "an operator or the end");
	return ast;
}

bool cel_may_parse(struct slice source)
{
	static const struct cel_scope nothing = {.vars = NULL};
	struct cel_problem problem = {0};
	struct arena arena = {0};
	bool may = cel_parse(source, &nothing, &arena, &problem) ||
		   !problem.is_syntax;

	fault_release(&problem.fault);
	arena_release(&arena);
	return may;
}
