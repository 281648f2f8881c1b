/* A fault of an object -> a refusal, with its path and in words. */
#include "fact/refusal/refusal.h"

#include "fact/problem.h"
#include "schema/schema.h"

static const char *const class_names[] = {
    [REFUSAL_TYPE] = "type",
    [REFUSAL_VALUE] = "value",
    [REFUSAL_MISSING] = "missing",
    [REFUSAL_UNKNOWN] = "unknown",
    [REFUSAL_TWICE] = "twice",
};

static const char *judge_of(
    struct facts *facts, const struct refusal_fault *fault)
{
	struct buf words = {0};
	const char *kept;

	buf_add_text(&words, fault->by_controller
				 ? "the Argo Rollouts controller"
				 : "the API server");
	if (fault->since)
		buf_printf(
		    &words, " of Kubernetes 1.%u and later", fault->since);
	else if (fault->before)
		buf_printf(&words, " of Kubernetes before 1.%u", fault->before);
	kept = facts_text(facts, buf_slice(&words));
	buf_release(&words);
	return kept;
}

/* "spec.replicas", and "spec" with the field "replicas", which is not there;
 * items that have a name are called by it, as people know them. */
static const char *path_of(struct facts *facts, const struct part *part,
    const struct refusal_fault *fault)
{
	struct buf path = {0};
	const char *kept;

	buf_add_text(&path, part->stable_path);
	if (fault->field.len)
		buf_printf(&path, "%s%.*s", path.len ? "." : "",
		    SLICE_ARGS(fault->field));
	kept = path.len ? facts_text(facts, buf_slice(&path)) : "object";
	buf_release(&path);
	return kept;
}

/* In words, the minors of Kubernetes that refuse it when not all do. */
static struct fact minors_of(
    struct facts *facts, const struct refusal_fault *fault)
{
	struct buf words = {0};
	struct fact fact = {0};

	if (fault->since)
		buf_printf(&words, "since 1.%u", fault->since);
	else if (fault->before)
		buf_printf(&words, "before 1.%u", fault->before);
	if (words.len)
		fact = fact_text(facts_text(facts, buf_slice(&words)));
	buf_release(&words);
	return fact;
}

/* Where a variable was left to be filled in, that is what to do. */
static void keep_hint(struct facts *facts, struct refusal *refusal,
    const struct refusal_fault *fault)
{
	struct slice variable = unfilled_variable(scalar_text(fault->at));
	struct buf words = {0};

	refusal->unfilled = fact_bool(variable.len);
	if (variable.len)
		buf_printf(&words, "%.*s must be filled in first",
		    SLICE_ARGS(variable));
	else
		buf_add_slice(&words, fault->hint);
	if (words.len)
		refusal->hint = fact_text(facts_text(facts, buf_slice(&words)));
	buf_release(&words);
}

void add_refusal(void *context, const struct refusal_fault *fault)
{
	const struct reading *reading = context;
	struct facts *facts = reading->facts;
	struct refusal *refusal = arena_alloc(&facts->arena, sizeof(*refusal));

	refusal->part = part_at(reading, fault->at);
	refusal->is_scalar = fault->at && fault->at->kind == NODE_SCALAR;
	refusal->class = fact_text(class_names[fault->class]);
	refusal->path = fact_text(path_of(facts, &refusal->part, fault));
	refusal->text = fact_text(facts_text(facts, fault->text));
	keep_hint(facts, refusal, fault);
	refusal->judge = fact_text(judge_of(facts, fault));
	refusal->minors = minors_of(facts, fault);
	vector_add(&facts->lists[ENTITY_refusal], refusal);
}
