/*
 * Source names to the values their chart sees, and pipelines to what they give.
 */
#include "helm/values_evaluator.h"

#include "helm/pipeline.h"

/* The next folder of a path, taken off it. */
static struct slice cut_folder(struct slice *path)
{
	ptrdiff_t slash = slice_find(*path, SLICE("/"), 0);
	size_t len = slash < 0 ? path->len : (size_t)slash;
	struct slice folder = {path->ptr, len};

	len += slash >= 0;
	*path = (struct slice){path->ptr + len, path->len - len};
	return folder;
}

/* Those of the subchart that the template is in: "app/charts/db/templates/x"
 * sees what the values have under db. */
static const struct value *values_of(
    const struct value *values, struct slice source)
{
	cut_folder(&source);
	while (values && slice_is(cut_folder(&source), "charts"))
		values = value_get(values, cut_folder(&source));
	return values && values->kind == VALUE_MAP ? values : NULL;
}

static void put_word(struct arena *arena, struct value *map, struct slice key,
    enum value_kind kind, struct slice word)
{
	value_put(arena, map, key, value_scalar(arena, kind, word));
}

/* What .Release has in any upgrade; a revision is its second or a later one. */
static struct value *upgrade_release(struct arena *arena)
{
	struct value *release = value_new(arena, VALUE_MAP);

	release->open = true;
	put_word(
	    arena, release, SLICE("IsInstall"), VALUE_BOOL, SLICE("false"));
	put_word(arena, release, SLICE("IsUpgrade"), VALUE_BOOL, SLICE("true"));
	put_word(arena, release, SLICE("Revision"), VALUE_NUMBER, SLICE("2"));
	return release;
}

/* The object that a template is given: of it, only the values are known, and
 * what an upgrade says of itself. */
static struct go_scope begin(void *context, struct slice source)
{
	struct values_evaluator *values_evaluator = context;
	const struct value *values = values_of(values_evaluator->root, source);
	struct value *root = value_new(&values_evaluator->arena, VALUE_MAP);

	root->open = true;
	if (values)
		value_put(&values_evaluator->arena, root, SLICE("Values"),
		    (struct value *)(uintptr_t)values);
	if (values_evaluator->is_upgrade)
		value_put(&values_evaluator->arena, root, SLICE("Release"),
		    upgrade_release(&values_evaluator->arena));
	return (struct go_scope){.dot = root, .root = root};
}

static struct known find(struct values_evaluator *values_evaluator,
    const struct go_scope *scope, struct slice pipeline, bool prints)
{
	struct pipeline_context context = {
	    &values_evaluator->arena, scope, prints};

	return pipeline_evaluate(&context, pipeline);
}

static const void *evaluate(
    void *context, const struct go_scope *scope, struct slice pipeline)
{
	return find(context, scope, pipeline, false).value;
}

static const void *print(
    void *context, const struct go_scope *scope, struct slice pipeline)
{
	return find(context, scope, pipeline, true).value;
}

static enum tri decide(
    void *context, const struct go_scope *scope, struct slice pipeline)
{
	return find(context, scope, pipeline, false).truth;
}

void values_evaluator_init(
    struct values_evaluator *values_evaluator, const struct values *values)
{
	*values_evaluator = (struct values_evaluator){
	    .evaluator = {values_evaluator, begin, evaluate, print, decide},
	};
	if (values && values->root)
		values_evaluator->root =
		    value_copy(&values_evaluator->arena, values->root);
}

void values_evaluator_release(struct values_evaluator *values_evaluator)
{
	arena_release(&values_evaluator->arena);
}

const struct value *values_evaluator_printed(
    struct values_evaluator *values_evaluator, const struct go_scope *scope,
    struct slice action)
{
	const struct value *value =
	    find(values_evaluator, scope, action, true).value;

	return value && (value->option || place_known(value->place)) ? value
								     : NULL;
}
