/*
 * The checker: resolves names to slots, fields to indexes, functions to rows
 * of their table and literal patterns to regular expressions, and gives every
 * node its type.
 *
 * In a lax scope a node that has to be refused becomes a literal error with
 * the same sentence, so evaluation meets it only where CEL would.
 */
#include "cel/typecheck.h"

#include "base/nearest.h"
#include "cel/lex.h"
#include "cel/parse.h"

/* A macro's variable, the innermost first. */
struct local {
	struct slice name;
	struct cel_type type;
	size_t slot;
	const struct local *outer;
};

struct checker {
	struct ast_tree *tree;
	const struct cel_scope *scope;
	struct cel_problem *problem;
	const struct local *locals;
};

static int check(struct checker *checker, struct ast *ast);

/* Refuses ast for what stands at offset; takes the sentence. */
static int refuse(struct checker *checker, struct ast *ast, size_t offset,
    struct buf *sentence)
{
	int status = 0;

	if (checker->scope->lax) {
		ast->kind = AST_LITERAL;
		ast->type = cel_type_of(CEL_DYN);
		ast->literal =
		    cel_error(checker->tree->arena, "%s", buf_text(sentence));
	} else {
		status = problem_set(
		    checker->problem, offset, "%s", buf_text(sentence));
	}
	buf_release(sentence);
	return status;
}

static int check_literal(struct ast *ast)
{
	ast->type = cel_type_of(ast->literal.kind);
	return 0;
}

static int refuse_name(struct checker *checker, struct ast *ast)
{
	struct buf sentence = {0};
	const struct local *local;
	const char *before = "; in scope here: ";
	size_t i;

	buf_printf(
	    &sentence, "unknown name '%.*s'", SLICE_ARGS(ast->name.text));
	for (local = checker->locals; local; local = local->outer) {
		buf_printf(
		    &sentence, "%s%.*s", before, SLICE_ARGS(local->name));
		before = ", ";
	}
	for (i = 0; i < checker->scope->nvars; i++) {
		buf_printf(
		    &sentence, "%s%s", before, checker->scope->vars[i].name);
		before = ", ";
	}
	return refuse(checker, ast, ast->offset, &sentence);
}

static int check_name(struct checker *checker, struct ast *ast)
{
	const struct cel_scope *scope = checker->scope;
	const struct local *local;
	size_t i;

	for (local = checker->locals; local; local = local->outer) {
		if (!slice_eq(local->name, ast->name.text))
			continue;
		ast->name.is_local = true;
		ast->name.slot = local->slot;
		ast->type = local->type;
		return 0;
	}
	for (i = 0; i < scope->nvars; i++) {
		if (!slice_is(ast->name.text, scope->vars[i].name))
			continue;
		ast->name.slot = i;
		ast->type = scope->vars[i].type;
		checker->tree->uses |= UINT64_C(1) << i;
		return 0;
	}
	return refuse_name(checker, ast);
}

static void propose(
    struct slice word, const char *const *names, size_t n, struct buf *sentence)
{
	const char *meant = nearest(word, names, n);

	if (meant)
		buf_printf(sentence, "; did you mean '%s'?", meant);
}

/* Room for that many names; gone with the tree. */
static const char **new_names(struct checker *checker, size_t n)
{
	return arena_array(checker->tree->arena, n, sizeof(char *));
}

static int refuse_field(
    struct checker *checker, struct ast *ast, const struct cel_class *class)
{
	const char **names = new_names(checker, class->nfields);
	struct buf sentence = {0};
	size_t i;

	for (i = 0; i < class->nfields; i++)
		names[i] = class->fields[i].name;
	buf_printf(&sentence, "'%s' has no field '%.*s'", class->name,
	    SLICE_ARGS(ast->select.field));
	propose(ast->select.field, names, class->nfields, &sentence);
	return refuse(checker, ast, ast->offset, &sentence);
}

static int refuse_selection(
    struct checker *checker, struct ast *ast, struct cel_type type)
{
	struct buf sentence = {0};

	cel_type_spell(type, &sentence);
	buf_printf(&sentence, " has no fields, so no '%.*s'",
	    SLICE_ARGS(ast->select.field));
	return refuse(checker, ast, ast->offset, &sentence);
}

static int check_selection(struct checker *checker, struct ast *ast)
{
	struct cel_type type;

	if (check(checker, ast->select.operand))
		return -1;
	type = ast->select.operand->type;
	if (type.kind == CEL_OBJECT && type.class) {
		ast->select.index =
		    cel_class_field(type.class, ast->select.field);
		if (ast->select.index < 0)
			return refuse_field(checker, ast, type.class);
		ast->type = type.class->fields[ast->select.index].type;
		checker->tree->reads_raw |= ast->type.kind == CEL_DYN;
	} else if (type.kind == CEL_MAP) {
		ast->type = cel_type_element(type);
	} else if (type.kind == CEL_DYN) {
		ast->type = type;
	} else {
		return refuse_selection(checker, ast, type);
	}
	if (ast->kind == AST_HAS)
		ast->type = cel_type_of(CEL_BOOL);
	return 0;
}

static int check_all(struct checker *checker, const struct ast_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (check(checker, list->items[i]))
			return -1;
	}
	return 0;
}

/* The type that covers all of the list's; CEL_DYN of an empty one. */
static struct cel_type common_type(const struct ast_list *list)
{
	struct cel_type type = cel_type_of(CEL_DYN);
	size_t i;

	for (i = 0; i < list->n; i++)
		type = i ? cel_type_join(type, list->items[i]->type)
			 : list->items[i]->type;
	return type;
}

static struct cel_type type_holding(enum cel_kind kind, struct cel_type element)
{
	return (struct cel_type){kind, element.kind, element.class};
}

/* Turns a list of nothing but literals into one literal, so that it is not
 * built anew each time: rules are fond of "x in ['a', 'b']". */
static void fold_list(struct checker *checker, struct ast *ast)
{
	struct arena *arena = checker->tree->arena;
	const struct ast_list items = ast->list;
	struct cel_value *values;
	struct cel_list *list;
	size_t i;

	for (i = 0; i < items.n; i++) {
		if (items.items[i]->kind != AST_LITERAL ||
		    items.items[i]->literal.kind == CEL_ERROR)
			return;
	}
	values = arena_array(arena, items.n, sizeof(*values));
	for (i = 0; i < items.n; i++)
		values[i] = items.items[i]->literal;
	list = arena_alloc(arena, sizeof(*list));
	*list = (struct cel_list){.n = items.n, .items = values};
	ast->kind = AST_LITERAL;
	ast->literal = (struct cel_value){.kind = CEL_LIST, .list = list};
}

static int check_list(struct checker *checker, struct ast *ast)
{
	if (check_all(checker, &ast->list))
		return -1;
	ast->type = type_holding(CEL_LIST, common_type(&ast->list));
	fold_list(checker, ast);
	return 0;
}

static int refuse_key(struct checker *checker, struct ast *ast, struct ast *key)
{
	struct buf sentence = {0};

	buf_add_text(
	    &sentence, "the key of a map is a string, int or bool, not ");
	cel_type_spell(key->type, &sentence);
	return refuse(checker, ast, key->offset, &sentence);
}

static bool is_key(enum cel_kind kind)
{
	return kind == CEL_STRING || kind == CEL_INT || kind == CEL_BOOL;
}

static int check_map(struct checker *checker, struct ast *ast)
{
	const struct ast_list *keys = &ast->map.keys;
	size_t i;

	if (check_all(checker, keys) || check_all(checker, &ast->map.values))
		return -1;
	for (i = 0; i < keys->n; i++) {
		enum cel_kind kind = keys->items[i]->type.kind;

		if (kind != CEL_DYN && !is_key(kind))
			return refuse_key(checker, ast, keys->items[i]);
	}
	ast->type = type_holding(CEL_MAP, common_type(&ast->map.values));
	return 0;
}

/* Refuses ast unless condition may be a bool. */
static int check_condition(
    struct checker *checker, struct ast *condition, const char *who)
{
	struct buf sentence = {0};

	if (check(checker, condition))
		return -1;
	if (condition->type.kind == CEL_BOOL || condition->type.kind == CEL_DYN)
		return 0;
	buf_printf(&sentence, "%s needs a bool, not ", who);
	cel_type_spell(condition->type, &sentence);
	return refuse(checker, condition, condition->offset, &sentence);
}

static int check_logic(struct checker *checker, struct ast *ast)
{
	const struct ast_list *operands = &ast->logic.operands;
	const char *who = ast->logic.absorber ? "'||'" : "'&&'";
	size_t i;

	for (i = 0; i < operands->n; i++) {
		if (check_condition(checker, operands->items[i], who))
			return -1;
	}
	ast->type = cel_type_of(CEL_BOOL);
	return 0;
}

static int check_conditional(struct checker *checker, struct ast *ast)
{
	if (check_condition(checker, ast->conditional.condition, "'?'") ||
	    check(checker, ast->conditional.yes) ||
	    check(checker, ast->conditional.no))
		return -1;
	ast->type = cel_type_join(
	    ast->conditional.yes->type, ast->conditional.no->type);
	return 0;
}

static int refuse_operands(struct checker *checker, struct ast *ast,
    size_t offset, struct overloads overloads, enum form form, size_t nargs,
    const struct cel_type *types)
{
	struct buf sentence = {0};

	overloads_refuse(overloads, form, nargs, types, &sentence);
	return refuse(checker, ast, offset, &sentence);
}

static int refuse_comparison(struct checker *checker, struct ast *ast,
    size_t offset, const char *sign, const struct cel_type *types)
{
	struct buf sentence = {0};

	buf_printf(&sentence, "'%s' makes no sense between ", sign);
	cel_type_spell(types[0], &sentence);
	buf_add_text(&sentence, " and ");
	cel_type_spell(types[1], &sentence);
	buf_add_text(&sentence, ", which are never equal");
	return refuse(checker, ast, offset, &sentence);
}

static struct cel_type result_type(
    const struct overload *overload, const struct cel_type *types)
{
	if (overload->refine)
		return overload->refine(types);
	return cel_type_of(overload->result);
}

/*
 * Gives ast the type that the overloads taking these operands have in common;
 * refuses ast when none takes them.  Values that are never equal may be
 * compared in a lax scope: the answer is false, not an error.
 */
static int check_overloads(struct checker *checker, struct ast *ast,
    size_t offset, struct overloads overloads, enum form form, size_t nargs,
    const struct cel_type *types)
{
	const struct overload *senseless = NULL;
	bool found = false;
	size_t i;

	for (i = 0; i < overloads.n; i++) {
		struct cel_type type;

		if (!overload_takes(&overloads.rows[i], nargs, types))
			continue;
		type = result_type(&overloads.rows[i], types);
		if (type.kind == CEL_ERROR) {
			senseless = &overloads.rows[i];
			type = cel_type_of(overloads.rows[i].result);
			if (!checker->scope->lax)
				continue;
		}
		ast->type = found ? cel_type_join(ast->type, type) : type;
		found = true;
	}
	if (found)
		return 0;
	if (senseless)
		return refuse_comparison(
		    checker, ast, offset, senseless->name, types);
	return refuse_operands(
	    checker, ast, offset, overloads, form, nargs, types);
}

static int check_chain(struct checker *checker, struct ast *ast)
{
	size_t i;

	if (check(checker, ast->chain.first))
		return -1;
	ast->type = ast->chain.first->type;
	for (i = 0; i < ast->chain.n; i++) {
		struct link *link = &ast->chain.links[i];
		struct cel_type types[2];

		if (check(checker, link->right))
			return -1;
		types[0] = ast->type;
		types[1] = link->right->type;
		link->overloads = overloads_find(link->sign, FORM_OPERATOR);
		if (check_overloads(checker, ast, link->offset, link->overloads,
			FORM_OPERATOR, 2, types))
			return -1;
		if (ast->kind != AST_CHAIN)
			return 0; /* refused by a lax scope */
	}
	return 0;
}

static void propose_function(
    struct checker *checker, const struct ast *ast, struct buf *sentence)
{
	struct overloads all = overloads_all();
	const char **names = new_names(checker, all.n + nmacros);
	size_t i, n = 0;

	for (i = 0; i < all.n; i++) {
		if (all.rows[i].forms & ast->call.form)
			names[n++] = all.rows[i].name;
	}
	for (i = 0; ast->call.form == FORM_METHOD && i < nmacros; i++)
		names[n++] = macros[i].name;
	propose(ast->call.name, names, n, sentence);
}

static int refuse_function(struct checker *checker, struct ast *ast)
{
	bool is_method = ast->call.form == FORM_METHOD;
	struct slice name = ast->call.name;
	struct buf sentence = {0};

	buf_printf(&sentence, "unknown %s '%.*s'",
	    is_method ? "method" : "function", SLICE_ARGS(name));
	if (overloads_find(name, is_method ? FORM_FUNCTION : FORM_METHOD).n)
		buf_printf(&sentence, "; it is written %s%.*s(...)",
		    is_method ? "" : "value.", SLICE_ARGS(name));
	else
		propose_function(checker, ast, &sentence);
	return refuse(checker, ast, ast->offset, &sentence);
}

/* Compiles the pattern of a call that is given as a literal, so that a bad
 * one is refused here and a good one is compiled once. */
static int check_pattern(struct checker *checker, struct ast *ast)
{
	struct ast_tree *tree = checker->tree;
	const struct ast *last = ast->call.args.items[ast->call.args.n - 1];
	struct fault fault = {0};
	struct regex *pattern;
	size_t offset;

	if (last->kind != AST_LITERAL || last->literal.kind != CEL_STRING)
		return 0;
	pattern = cel_pattern_compile(last->literal.text,
	    checker->scope->is_strict, &offset, &fault);
	if (!pattern)
		return refuse(checker, ast, last->offset, &fault.text);
	tree->patterns.items = grow(tree->patterns.items, tree->patterns.n,
	    &tree->patterns.cap, sizeof(struct regex *));
	tree->patterns.items[tree->patterns.n++] = pattern;
	ast->call.pattern = tree->patterns.n;
	return 0;
}

static int check_call(struct checker *checker, struct ast *ast)
{
	struct overloads overloads =
	    overloads_find(ast->call.name, ast->call.form);
	const struct ast_list *args = &ast->call.args;
	struct cel_type types[MAX_ARGS] = {{0}};
	size_t i;

	if (!overloads.n)
		return refuse_function(checker, ast);
	if (check_all(checker, args))
		return -1;
	for (i = 0; i < args->n && i < MAX_ARGS; i++)
		types[i] = args->items[i]->type;
	ast->call.overloads = overloads;
	if (check_overloads(checker, ast, ast->offset, overloads,
		ast->call.form, args->n, types))
		return -1;
	if (ast->kind == AST_CALL && overloads.rows[0].takes_pattern)
		return check_pattern(checker, ast);
	return 0;
}

static int refuse_range(struct checker *checker, struct ast *ast)
{
	struct buf sentence = {0};

	buf_add_text(&sentence, "only a list or a map has items, not ");
	cel_type_spell(ast->macro.range->type, &sentence);
	return refuse(checker, ast, ast->offset, &sentence);
}

static struct cel_type type_of_macro(
    const struct ast *ast, struct cel_type item)
{
	switch (ast->macro.kind) {
	case MACRO_ALL:
	case MACRO_EXISTS:
	case MACRO_EXISTS_ONE: break;
	case MACRO_FILTER: return type_holding(CEL_LIST, item);
	case MACRO_MAP:
		return type_holding(CEL_LIST, ast->macro.transform->type);
	}
	return cel_type_of(CEL_BOOL);
}

/* What a macro does with each item, its variable being in scope. */
static int check_body(
    struct checker *checker, struct ast *ast, struct cel_type item)
{
	const struct local *outer = checker->locals;
	struct local local = {
	    .name = ast->macro.variable,
	    .type = item,
	    .slot = outer ? outer->slot + 1 : 0,
	    .outer = outer,
	};
	int status = 0;

	ast->macro.slot = local.slot;
	if (checker->tree->nlocals <= local.slot)
		checker->tree->nlocals = local.slot + 1;
	checker->locals = &local;
	if (ast->macro.condition)
		status = check_condition(
		    checker, ast->macro.condition, "the condition");
	if (!status && ast->macro.transform)
		status = check(checker, ast->macro.transform);
	checker->locals = outer;
	return status;
}

static int check_macro(struct checker *checker, struct ast *ast)
{
	struct cel_type range, item = cel_type_of(CEL_DYN);

	if (check(checker, ast->macro.range))
		return -1;
	range = ast->macro.range->type;
	if (range.kind == CEL_LIST)
		item = cel_type_element(range);
	else if (range.kind != CEL_MAP && range.kind != CEL_DYN)
		return refuse_range(checker, ast);
	if (check_body(checker, ast, item))
		return -1;
	ast->type = type_of_macro(ast, item);
	return 0;
}

static int check_optional_index(struct checker *checker, struct ast *ast)
{
	struct cel_type type = ast->optional.args.items[0]->type;
	struct buf sentence = {0};

	if (type.kind == CEL_DYN || type.kind == CEL_LIST ||
	    type.kind == CEL_MAP) {
		ast->type =
		    type.kind == CEL_DYN ? type : cel_type_element(type);
		return 0;
	}
	cel_type_spell(type, &sentence);
	buf_add_text(&sentence, " has no items");
	return refuse(checker, ast, ast->offset, &sentence);
}

static int check_optional(struct checker *checker, struct ast *ast)
{
	const struct ast_list *args = &ast->optional.args;

	if (check_all(checker, args))
		return -1;
	switch (ast->optional.kind) {
	case OPTIONAL_INDEX: return check_optional_index(checker, ast);
	case OPTIONAL_HAS_VALUE: ast->type = cel_type_of(CEL_BOOL); return 0;
	case OPTIONAL_VALUE: ast->type = args->items[0]->type; return 0;
	case OPTIONAL_OR_VALUE:
	case OPTIONAL_OR:
		ast->type =
		    cel_type_join(args->items[0]->type, args->items[1]->type);
		return 0;
	}
	BUG("an optional of no kind");
}

/* Recursion ends with the height of the tree, which the parser limits. */
static int check(struct checker *checker, struct ast *ast)
{
	switch (ast->kind) {
	case AST_LITERAL: return check_literal(ast);
	case AST_NAME: return check_name(checker, ast);
	case AST_SELECT:
	case AST_HAS:
	case AST_ASK: return check_selection(checker, ast);
	case AST_OPTIONAL: return check_optional(checker, ast);
	case AST_CALL: return check_call(checker, ast);
	case AST_CHAIN: return check_chain(checker, ast);
	case AST_LOGIC: return check_logic(checker, ast);
	case AST_CONDITIONAL: return check_conditional(checker, ast);
	case AST_LIST: return check_list(checker, ast);
	case AST_MAP: return check_map(checker, ast);
	case AST_MACRO: return check_macro(checker, ast);
	}
	BUG("a node of no kind");
}

int cel_check(struct ast_tree *tree, const struct cel_scope *scope,
    struct cel_problem *problem)
{
	struct checker checker = {
	    .tree = tree, .scope = scope, .problem = problem};

	return check(&checker, tree->root);
}
