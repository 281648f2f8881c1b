/*
 * Source names to the values their chart sees, and pipelines to what they give.
 */
#include "helm/settler.h"

#include "helm/pipeline.h"

/* The next folder of a path, taken off it. */
static struct slice take_folder(struct slice *path)
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
	take_folder(&source);
	while (values && slice_is(take_folder(&source), "charts"))
		values = value_get(values, take_folder(&source));
	return values && values->kind == VALUE_MAP ? values : NULL;
}

/* The object that a template is given: of it, only the values are known. */
static struct go_scope begin(void *context, struct slice source)
{
	struct settler *settler = context;
	const struct value *values = values_of(settler->values->root, source);
	struct value *root = value_new(&settler->arena, VALUE_MAP);

	root->open = true;
	if (values)
		value_put(&settler->arena, root, SLICE("Values"),
		    (struct value *)(uintptr_t)values);
	return (struct go_scope){.dot = root, .root = root};
}

static struct known find(struct settler *settler, const struct go_scope *scope,
    struct slice pipeline, bool prints)
{
	struct pipeline_context context = {&settler->arena, scope, prints};

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

static int decide(
    void *context, const struct go_scope *scope, struct slice pipeline)
{
	return find(context, scope, pipeline, false).truth;
}

void settler_init(struct settler *settler, const struct values *values)
{
	*settler = (struct settler){
	    .values = values,
	    .settling = {settler, begin, evaluate, print, decide},
	};
}

void settler_release(struct settler *settler)
{
	arena_release(&settler->arena);
}

const struct value *settler_printed(
    struct settler *settler, const struct go_scope *scope, struct slice action)
{
	const struct value *value = find(settler, scope, action, true).value;

	return value && (value->option || place_known(value->place)) ? value
								     : NULL;
}
