/* A mapping -> whether the conditions across its fields hold. */
#include "schema/walk.h"

#include "schema/given.h"
#include "schema/special.h"
#include "schema/way.h"

#include <string.h>

static bool is_empty(const struct node *node)
{
	return node->kind == NODE_SCALAR ? !node->text.len : !node->n;
}

/* values: number of a list. */
static bool is_among(struct slice text, uint16_t values)
{
	for (const uint32_t *value = schema_lists + values; *value; value++) {
		if (slice_is(text, api_text(*value)))
			return true;
	}
	return false;
}

static bool is_one_of(const struct node *node, uint16_t values)
{
	return node->kind == NODE_SCALAR && is_among(node->text, values);
}

static bool compares(uint8_t test, double left, double right)
{
	switch (test) {
	case TEST_LESS: return left < right;
	case TEST_AT_MOST: return left <= right;
	case TEST_MORE: return left > right;
	default: return left >= right;
	}
}

/* A number, or a quantity. */
static bool number_of(const struct node *node, double *ret_value)
{
	struct scalar scalar;

	if (node->kind != NODE_SCALAR)
		return false;
	scalar = scalar_as_sent(node);
	if (scalar.type == SCALAR_INT)
		*ret_value = (double)scalar.integer;
	else if (scalar.type == SCALAR_DOUBLE)
		*ret_value = scalar.real;
	else
		return form_quantity_value(node->text, ret_value);
	return true;
}

/* What an atom asks of a node that is there. */
static bool node_holds(const struct atom *atom, const struct node *node)
{
	double value;

	switch (atom->test) {
	case TEST_GIVEN:
	case TEST_ABSENT: return true;
	case TEST_EMPTY:
	case TEST_FILLED: return !is_empty(node);
	case TEST_IS:
	case TEST_NOT: return is_one_of(node, atom->values);
	default:
		return number_of(node, &value) &&
		       compares(atom->test, value, (double)atom->number);
	}
}

static bool find_holding(const struct node *node, void *context)
{
	const struct atom *atom = context;

	return !node_holds(atom, node);
}

static bool is_negative(enum test test)
{
	return test == TEST_ABSENT || test == TEST_EMPTY || test == TEST_NOT;
}

static bool atom_holds(const struct frame *frame, const struct atom *atom)
{
	const struct path *path = &schema_paths[atom->path];
	bool found =
	    !way_visit(frame, path, find_holding, (void *)(uintptr_t)atom);
	const char *otherwise;

	if ((atom->test == TEST_IS || atom->test == TEST_NOT) && !found &&
	    !way_is_given(frame, path)) {
		otherwise = way_otherwise(frame, path);
		found =
		    otherwise && is_among(slice_of(otherwise), atom->values);
	}
	return is_negative(atom->test) ? !found : found;
}

static bool applies(
    const struct frame *frame, const struct condition *condition)
{
	for (size_t i = 0; i < condition->natoms; i++) {
		if (!atom_holds(frame, &schema_atoms[condition->atoms + i]))
			return false;
	}
	return true;
}

/* Up to so many texts are compared with each other. */
#define FEW 16

struct seen {
	struct slice few[FEW];
	size_t n;
	struct map many; /* the others */
};

/* What the verbs that look at each value they are led to are given. */
struct asking {
	const struct frame *frame;
	const struct condition *condition;
	const struct path *path;
	struct seen *seen;
	const struct node *other; /* the value to compare with, or NULL */
};

/* Tells of a value that it is named in the sentence. */
static void report_about(const struct asking *asking, const struct node *node,
    const char *before, const char *after)
{
	struct buf text = {0};

	buf_add_text(&text, before);
	add_shown(&text, node->text);
	buf_add_text(&text, after);
	report_text(asking->frame, asking->condition, node, &text);
	buf_release(&text);
}

static const char *last_name(const struct path *path)
{
	return api_text(path_steps(path)[path->n - 1].name);
}

static void list_names(const struct condition *condition, struct buf *list)
{
	for (size_t i = 0; i < condition->npaths; i++)
		buf_printf(list, "%s%s", i ? ", " : "",
		    api_text(listed_path(condition->paths, i)->text));
}

static bool take_first(const struct node *node, void *context)
{
	*(const struct node **)context = node;
	return false;
}

static const struct node *first_at(
    const struct frame *frame, const struct path *path)
{
	const struct node *found = NULL;

	way_visit(frame, path, take_first, &found);
	return found;
}

/* The API server looks at the length of a list, and of all else at whether it
 * is there. */
static bool is_empty_list(const struct node *node)
{
	return node->kind == NODE_SEQUENCE && !node->n;
}

/* Of several: one too many, or none. */
static void hold_number_of(
    const struct frame *frame, const struct condition *condition)
{
	const struct path *first = NULL;
	struct buf list = {0};

	for (size_t i = 0; i < condition->npaths; i++) {
		const struct path *path = listed_path(condition->paths, i);
		const struct node *node = first_at(frame, path);

		if (!node ||
		    (condition->verb != VERB_SOME && is_empty_list(node)))
			continue;
		if (first && condition->verb != VERB_SOME)
			report_condition(frame, condition, REFUSAL_VALUE, node,
			    "may not stand beside '%s'; keep one of them",
			    api_text(first->text));
		if (!first)
			first = path;
	}
	if (first || condition->verb == VERB_AT_MOST_ONE)
		return;
	list_names(condition, &list);
	report_missing_one(frame, condition, buf_text(&list));
	buf_release(&list);
}

static bool need_last(const struct node *node, void *context)
{
	const struct asking *asking = context;
	const struct path *path = asking->path;
	const struct node *value;

	/* Of what is no mapping its type is told. */
	if (node->kind != NODE_MAPPING)
		return true;
	value = node_get(node, last_name(path));
	if (node_is_null(value) || is_empty(value))
		report_missing(
		    asking->frame, asking->condition, node, last_name(path));
	return true;
}

static void hold_need(
    const struct frame *frame, const struct condition *condition)
{
	for (size_t i = 0; i < condition->npaths; i++) {
		struct asking asking = {
		    .frame = frame,
		    .condition = condition,
		    .path = listed_path(condition->paths, i),
		};

		if (asking.path->n > 1 && !way_ends_above(frame, asking.path))
			way_visit_above(frame, asking.path, need_last, &asking);
		else if (asking.path->n > 1)
			report_missing_below(frame, condition, asking.path);
		else
			need_last(frame->node, &asking);
	}
}

static bool forbid(const struct node *node, void *context)
{
	const struct asking *asking = context;

	report_condition(asking->frame, asking->condition, REFUSAL_VALUE, node,
	    "may not be set here");
	return true;
}

static bool restrict_value(const struct node *node, void *context)
{
	const struct asking *asking = context;
	const struct condition *condition = asking->condition;
	bool is_in = is_one_of(node, condition->values);

	if (node->kind != NODE_SCALAR)
		return true;
	/* "" is as if it were left out: the default takes its place. */
	if (condition->verb == VERB_IS && !is_in && !is_empty(node))
		report_listed(
		    asking->frame, condition, node, condition->values);
	else if (condition->verb == VERB_NOT && is_in)
		report_about(asking, node, "may not be ", "");
	return true;
}

/* Of numbers bounds are asked, but for those that stand for quantities. */
static bool may_have_form(const struct node *node, uint16_t form)
{
	return scalar_as_sent(node).type == SCALAR_STRING ||
	       form == FORM_cpu_divisor || form == FORM_memory_divisor;
}

static bool hold_form(const struct node *node, void *context)
{
	const struct asking *asking = context;

	if (node->kind == NODE_SCALAR && node->text.len &&
	    may_have_form(node, asking->condition->form))
		report_form(asking->frame, asking->condition, node,
		    asking->condition->form);
	return true;
}

static const char *words_of(uint8_t test)
{
	switch (test) {
	case TEST_LESS: return "less than";
	case TEST_AT_MOST: return "at most";
	case TEST_MORE: return "more than";
	default: return "at least";
	}
}

static bool compare(const struct node *node, void *context)
{
	const struct asking *asking = context;
	const struct condition *condition = asking->condition;
	double left, right = (double)condition->number;

	if (!number_of(node, &left) ||
	    (asking->other && !number_of(asking->other, &right)) ||
	    compares(condition->compare, left, right))
		return true;
	if (asking->other)
		report_condition(asking->frame, condition, REFUSAL_VALUE, node,
		    "must be %s '%s' (%.*s), not %.*s",
		    words_of(condition->compare),
		    api_text(listed_path(condition->others, 0)->text),
		    SLICE_ARGS(asking->other->text), SLICE_ARGS(node->text));
	else
		report_condition(asking->frame, condition, REFUSAL_VALUE, node,
		    "must be %s %lld, not %.*s", words_of(condition->compare),
		    (long long)condition->number, SLICE_ARGS(node->text));
	return true;
}

/* Compares with what the other field is when it is left out. */
static bool compare_otherwise(
    const struct node *node, struct asking *asking, const struct path *other)
{
	const char *otherwise = way_otherwise(asking->frame, other);
	struct node value = {.kind = NODE_SCALAR, .plain = true};

	if (!otherwise)
		return true;
	value.text = slice_of(otherwise);
	asking->other = &value;
	compare(node, asking);
	asking->other = NULL;
	return true;
}

static bool compare_first(const struct node *node, void *context)
{
	struct asking *asking = context;
	const struct path *other;

	if (!asking->condition->nothers)
		return compare(node, context);
	other = listed_path(asking->condition->others, 0);
	asking->other = first_at(asking->frame, other);
	return asking->other ? compare(node, context)
			     : compare_otherwise(node, asking, other);
}

/* Whether a text was seen; it is from now on.  Few are compared with each
 * other, as a map would cost more. */
static bool was_seen(struct seen *seen, struct slice text)
{
	void **place;

	for (size_t i = 0; i < seen->n; i++) {
		if (slice_eq(seen->few[i], text))
			return true;
	}
	if (seen->n < FEW) {
		seen->few[seen->n++] = text;
		return false;
	}
	place = map_slot(&seen->many, text);
	if (*place)
		return true;
	*place = seen;
	return false;
}

static bool is_seen(const struct seen *seen, struct slice text)
{
	for (size_t i = 0; i < seen->n; i++) {
		if (slice_eq(seen->few[i], text))
			return true;
	}
	return map_find(&seen->many, text) != NULL;
}

static bool add_seen(const struct node *node, void *context)
{
	struct asking *asking = context;

	if (node->kind == NODE_SCALAR && node->text.len &&
	    was_seen(asking->seen, node->text) &&
	    asking->condition->verb == VERB_UNIQUE)
		report_about(asking, node, "is ", ", a duplicate of another");
	return true;
}

static bool refer(const struct node *node, void *context)
{
	const struct asking *asking = context;

	if (node->kind == NODE_SCALAR && node->text.len &&
	    !is_seen(asking->seen, node->text))
		report_about(asking, node, "is ",
		    ", which refers to nothing that exists");
	return true;
}

static void visit_paths(struct asking *asking, uint16_t paths, size_t n,
    bool (*visit)(const struct node *node, void *context))
{
	for (size_t i = 0; i < n; i++)
		way_visit(asking->frame, listed_path(paths, i), visit, asking);
}

static void hold_names(
    const struct frame *frame, const struct condition *condition)
{
	struct seen seen = {.n = 0};
	struct asking asking = {
	    .frame = frame, .condition = condition, .seen = &seen};

	if (condition->verb == VERB_UNIQUE) {
		visit_paths(
		    &asking, condition->paths, condition->npaths, add_seen);
	} else {
		visit_paths(
		    &asking, condition->others, condition->nothers, add_seen);
		visit_paths(
		    &asking, condition->paths, condition->npaths, refer);
	}
	map_release(&seen.many);
}

/* In a map of quantities null stands for 0. */
static bool quantity_in_map(const struct node *node, double *ret_value)
{
	*ret_value = 0;
	return node_is_null(node) || number_of(node, ret_value);
}

/* Each quantity of a map is at most that of the same name of another map. */
static void hold_within(
    const struct frame *frame, const struct condition *condition)
{
	const struct path *path = listed_path(condition->paths, 0);
	const struct node *map = first_at(frame, path);
	const struct path *other = listed_path(condition->others, 0);
	const struct node *most = first_at(frame, other);
	struct named bounds;

	if (!map || !most || map->kind != NODE_MAPPING ||
	    most->kind != NODE_MAPPING)
		return;
	bounds = named_of(most);
	for (uint32_t i = 0; i < map->n; i++) {
		const struct pair *pair = &map->pairs[i];
		const struct node *limit = named_find(&bounds, pair->key->text);
		double value, bound;

		if (limit && quantity_in_map(pair->value, &value) &&
		    quantity_in_map(limit, &bound) && value > bound)
			report_condition(frame, condition, REFUSAL_VALUE,
			    pair->value,
			    "must be at most %.*s, as '%s' has it, not %.*s",
			    SLICE_ARGS(limit->text), api_text(other->text),
			    SLICE_ARGS(pair->value->text));
	}
	named_release(&bounds);
}

static void hold_condition(
    const struct frame *frame, const struct condition *condition)
{
	static bool (*const visits[])(const struct node *, void *) = {
	    [VERB_FORBID] = forbid,
	    [VERB_IS] = restrict_value,
	    [VERB_NOT] = restrict_value,
	    [VERB_FORM] = hold_form,
	    [VERB_COMPARE] = compare_first,
	    [VERB_CHECK] = NULL,
	};
	struct asking asking = {.frame = frame, .condition = condition};
	struct checking checking = {frame, condition};

	switch (condition->verb) {
	case VERB_ONE_OF:
	case VERB_AT_MOST_ONE:
	case VERB_SOME: hold_number_of(frame, condition); return;
	case VERB_NEED: hold_need(frame, condition); return;
	case VERB_UNIQUE:
	case VERB_REFER: hold_names(frame, condition); return;
	case VERB_WITHIN: hold_within(frame, condition); return;
	case VERB_MATCHES: hold_selection(frame, condition); return;
	case VERB_CHECK: schema_checks[condition->check](&checking); return;
	default:
		visit_paths(&asking, condition->paths, condition->npaths,
		    visits[condition->verb]);
	}
}

/* Whether one of the minors asks it. */
static bool is_asked(
    const struct minors *minors, const struct condition *condition)
{
	return minors->most >= condition->since &&
	       (!condition->before || minors->least < condition->before);
}

/* Whether a field is there without which nothing can be wrong. */
static bool may_fail(
    const struct frame *frame, const struct condition *condition)
{
	switch (condition->verb) {
	case VERB_ONE_OF:
	case VERB_SOME:
	case VERB_NEED:
	case VERB_MATCHES:
	case VERB_CHECK: return true;
	default: return frame->seen & condition->firsts;
	}
}

void hold_conditions(const struct frame *frame)
{
	const struct type *type = frame->type;

	for (size_t i = 0; i < type->nconditions; i++) {
		const struct condition *condition =
		    &schema_conditions[type->conditions + i];

		if (is_asked(&frame->walk->minors, condition) &&
		    may_fail(frame, condition) && applies(frame, condition))
			hold_condition(frame, condition);
	}
}
