/*
 * Templates are walked as they run, on all branches and with the values there
 * are, and each write is followed to the part of the values it goes to.  Where
 * that is not known, the paths that the text names are what it may be.
 */
#include "helm/values_written.h"

#include "helm/branch.h"
#include "helm/chart.h"
#include "helm/dict_functions.h"
#include "helm/pipeline.h"
#include "helm/values_evaluator.h"

/* Of an author; and of one who wants to see this fail. */
enum { MOST_CALLS = 20000, MOST_INSIDE = 12, MOST_HOPS = 6 };

/* What a name stands for: the text it was set by, and what that text saw. */
struct binding {
	const struct binding *up;
	struct slice name; /* "." or "$x" */
	struct slice text;
	struct go_scope scope;
};

struct tracer {
	struct values_evaluator *values_evaluator;
	const struct evaluator *evaluator;
	const struct chart *chart;
	struct arena arena;
	struct map seen; /* helper and what it was given */
	unsigned ncalls;
};

/* A list of parts being walked. */
struct view {
	struct go_scope scope;
	const struct binding *bindings;
	const struct template_file *file;
	unsigned depth;
};

static void trace_parts(
    struct tracer *tracer, struct view *view, const struct template_part *part);

/* The operand that rest begins with: a bracket with all in it, or one item. */
static struct slice read_operand(struct slice *rest)
{
	struct slice trimmed = slice_trim(*rest);
	const char *end = trimmed.ptr;
	struct item item;
	size_t depth = 0;

	while (item_next(rest, &item)) {
		depth += item.kind == ITEM_OPEN;
		depth -= item.kind == ITEM_CLOSE && depth;
		end = item.text.ptr + item.text.len;
		if (!depth)
			break;
	}
	trimmed.len = end > trimmed.ptr ? (size_t)(end - trimmed.ptr) : 0;
	return trimmed;
}

/* All of a map. */
static void forget_all(const struct value *value)
{
	/* The evaluator's copy, or made for it. */
	struct value *map = (struct value *)(uintptr_t)value;

	if (!value || value == &unknown_value || value->kind != VALUE_MAP)
		return;
	map->open = true;
	map->map.n = 0;
}

/* One key of a map. */
static void forget_key(
    struct tracer *tracer, const struct value *value, struct slice key)
{
	struct value *map = (struct value *)(uintptr_t)value;

	if (slice_is(key, "Values"))
		forget_all(value_get(value, key));
	if (!map->map.n)
		map->open = true;
	else
		value_put(&tracer->values_evaluator->arena, map,
		    slice_copy(&tracer->values_evaluator->arena, key),
		    (struct value *)(uintptr_t)&unknown_value);
}

static const struct value *evaluate(
    struct tracer *tracer, const struct go_scope *scope, struct slice text)
{
	return tracer->evaluator->evaluate(
	    tracer->evaluator->context, scope, text);
}

static const struct binding *find_binding(
    const struct binding *binding, struct slice name)
{
	while (binding && !slice_eq(binding->name, name))
		binding = binding->up;
	return binding;
}

static void forget_named(struct tracer *tracer, const struct go_scope *scope,
    const struct binding *bindings, struct slice text, unsigned hops);

/* The longest part of a path that the values have. */
static void forget_path(struct tracer *tracer, const struct go_scope *scope,
    const struct binding *bindings, struct slice path, unsigned hops)
{
	const struct binding *binding;
	struct slice name = path;
	const struct value *value = NULL;
	ptrdiff_t dot = slice_find(path, SLICE("."), 1);

	while (path.len > 1) {
		value = evaluate(tracer, scope, path);
		if (value && value->kind == VALUE_MAP)
			break;
		while (path.len > 1 && path.ptr[path.len - 1] != '.')
			path.len--;
		if (path.len > 1)
			path.len--;
	}
	if (value && value->kind == VALUE_MAP && path.len > 1) {
		forget_all(value);
		return;
	}
	if (name.ptr[0] == '.')
		name.len = 1;
	else if (dot > 0)
		name.len = (size_t)dot;
	binding = find_binding(bindings, name);
	if (binding && hops < MOST_HOPS)
		forget_named(tracer, &binding->scope, binding->up,
		    binding->text, hops + 1);
}

/* All values that the text names and may pass on. */
static void forget_named(struct tracer *tracer, const struct go_scope *scope,
    const struct binding *bindings, struct slice text, unsigned hops)
{
	struct slice rest = text;
	struct item item;

	while (item_next(&rest, &item)) {
		if (item.kind == ITEM_WORD && !function_passes_on(item.text))
			return;
		if (item.kind == ITEM_FIELD || item.kind == ITEM_VARIABLE)
			forget_path(tracer, scope, bindings, item.text, hops);
	}
}

/* A function that writes, whose arguments rest holds. */
static void trace_write(struct tracer *tracer, const struct view *view,
    struct slice function, struct slice rest)
{
	bool is_merge =
	    !slice_is(function, "set") && !slice_is(function, "unset");
	struct slice target = read_operand(&rest), key = read_operand(&rest);
	const struct value *value = evaluate(tracer, &view->scope, target),
			   *name;

	if (!value || value->kind != VALUE_MAP) {
		forget_named(tracer, &view->scope, view->bindings, target, 0);
		return;
	}
	name = is_merge ? NULL : evaluate(tracer, &view->scope, key);
	if (name && name->kind == VALUE_STRING)
		forget_key(tracer, value, name->text);
	else
		forget_all(value);
}

static const struct binding *bind(struct tracer *tracer,
    const struct view *view, struct slice name, struct slice text)
{
	struct binding *binding = arena_alloc(&tracer->arena, sizeof(*binding));

	*binding = (struct binding){view->bindings, name, text, view->scope};
	return binding;
}

/* A helper's body, once for what it is given. */
static void trace_call(struct tracer *tracer, const struct view *view,
    const struct define *define, struct slice argument)
{
	struct view inside = {.file = define->file, .depth = view->depth + 1};
	const struct value *given = evaluate(tracer, &view->scope, argument);
	struct slice key = slice_of(arena_printf(&tracer->arena, "%p %p %.*s",
	    (const void *)define, (const void *)given,
	    given ? 0 : (int)argument.len, argument.ptr));
	void **slot = map_slot(&tracer->seen, key);

	if (*slot || inside.depth > MOST_INSIDE ||
	    tracer->ncalls++ > MOST_CALLS)
		return;
	*slot = tracer;
	inside.scope.dot = inside.scope.root = given;
	inside.bindings = bind(tracer, view, SLICE("."), argument);
	trace_parts(tracer, &inside, define->parts);
}

/* The writes in an action, and the helpers it includes. */
static void trace_action(
    struct tracer *tracer, const struct view *view, struct slice action)
{
	struct slice rest = action, argument;
	struct define *define;
	struct item item;

	while (item_next(&rest, &item)) {
		if (item.kind != ITEM_WORD)
			continue;
		if (function_writes(item.text))
			trace_write(tracer, view, item.text, rest);
		if (!slice_is(item.text, "include") &&
		    !slice_is(item.text, "template"))
			continue;
		argument = rest;
		if (!item_next(&argument, &item) || item.kind != ITEM_STRING)
			continue;
		define = defines_find(&tracer->chart->defines,
		    item_string(&item, &tracer->arena));
		if (define)
			trace_call(
			    tracer, view, define, read_operand(&argument));
	}
}

static void assign(struct tracer *tracer, struct view *view,
    struct slice variable, struct slice text)
{
	view->bindings = bind(tracer, view, variable, text);
	if (!variable_changes(&tracer->chart->defines, view->file, variable))
		scope_add_variable(tracer->evaluator, &view->scope, variable,
		    text, &tracer->arena);
}

/* "$k, $v := .Values.a" and ".Values.a" alone: what is gone through. */
static void bind_head(struct tracer *tracer, const struct view *outside,
    struct view *view, struct slice head)
{
	struct slice names[2], rest = head;
	struct view around = *outside;
	struct item item;
	size_t n = 0;

	item_next(&rest, &item);
	if (slice_is(item.text, "else"))
		item_next(&rest, &item);
	head = rest;
	while (item_next(&rest, &item)) {
		if (item.kind == ITEM_VARIABLE && n < COUNT_OF(names))
			names[n++] = item.text;
		else if (item.kind == ITEM_ASSIGN)
			break;
	}
	if (item.kind == ITEM_ASSIGN)
		head = slice_trim(rest);
	for (size_t i = 0; item.kind == ITEM_ASSIGN && i < n; i++) {
		view->bindings = bind(tracer, &around, names[i], head);
		around.bindings = view->bindings;
	}
	around.bindings = view->bindings;
	view->bindings = bind(tracer, &around, SLICE("."), head);
}

static void trace_control(struct tracer *tracer, const struct view *view,
    const struct template_part *part)
{
	for (const struct branch *b = part->branches; b; b = b->next) {
		struct view inside = *view;

		trace_action(tracer, view, b->head);
		inside.scope =
		    scope_in_branch(tracer->evaluator, &view->scope, b);
		if (part->control == GO_WITH || part->control == GO_RANGE)
			bind_head(tracer, view, &inside, b->head);
		if (part->variable.len && part->output)
			assign(tracer, &inside, part->variable,
			    part->output->text);
		trace_parts(tracer, &inside, b->parts);
	}
}

static void trace_parts(
    struct tracer *tracer, struct view *view, const struct template_part *part)
{
	for (; part; part = part->next) {
		if (part->output && part->kind != PART_CONTROL)
			trace_action(tracer, view, part->output->text);
		if (part->kind == PART_ASSIGN && part->output &&
		    part->variable.len)
			assign(
			    tracer, view, part->variable, part->output->text);
		if (part->kind == PART_CONTROL)
			trace_control(tracer, view, part);
	}
}

void values_forget_written(
    struct values_evaluator *values_evaluator, const struct chart *chart)
{
	const struct evaluator *evaluator = &values_evaluator->evaluator;
	struct tracer tracer = {.values_evaluator = values_evaluator,
	    .evaluator = evaluator,
	    .chart = chart};

	if (!chart->changes_values)
		return;
	for (size_t i = 0; i < chart->sources.n; i++) {
		const struct template_file *file =
		    chart->sources.entries[i].value;
		struct slice name = chart->sources.entries[i].key;
		struct view view = {
		    .scope = evaluator->begin(evaluator->context, name),
		    .file = file};

		trace_parts(&tracer, &view, file->parts);
	}
	map_release(&tracer.seen);
	arena_release(&tracer.arena);
}
