/* A definition's patterns and rules, compiled; and what of them is not
 * understood here, as a sentence. */
#include "base/go_pattern.h"
#include "custom/custom.h"
#include "custom/structural.h"

#include <stdlib.h>

/* Longer rules are cut where they are shown. */
#define SHOWN_MAX 60

struct preparing {
	struct custom_kind *kind;
	struct arena *arena;
	size_t ngaps;
	struct buf first; /* of the gaps */
};

static void add_cut(struct buf *buf, struct slice text)
{
	bool is_cut = text.len > SHOWN_MAX;

	if (is_cut)
		text.len = SHOWN_MAX;
	buf_add_char(buf, '\'');
	for (size_t i = 0; i < text.len; i++)
		buf_add_char(buf, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
	buf_add_text(buf, is_cut ? "...'" : "'");
}

static void note_gap(struct preparing *preparing, const char *what,
    struct slice text, uint32_t line, const char *why)
{
	struct buf *first = &preparing->first;

	if (preparing->ngaps++)
		return;
	buf_printf(first, "%s ", what);
	add_cut(first, text);
	buf_printf(
	    first, " (%s:%u): %s", preparing->kind->origin->name, line, why);
}

static const struct regex *compile_pattern(struct slice text)
{
	struct buf translated = {0};
	struct fault fault = {0};
	struct regex *regex = NULL;
	size_t offset;

	if (go_pattern_translate(text, &translated))
		regex = regex_new(buf_slice(&translated), &offset, &fault);
	fault_release(&fault);
	buf_release(&translated);
	return regex;
}

/* Many fields of a schema have one pattern, such as that of quantities. */
static void prepare_pattern(
    struct preparing *preparing, struct pattern *pattern)
{
	struct map *regexes = &preparing->kind->regexes;

	pattern->regex = map_find(regexes, pattern->text);
	if (pattern->regex)
		return;
	pattern->regex = compile_pattern(pattern->text);
	if (pattern->regex)
		*map_slot(regexes, pattern->text) =
		    (void *)(uintptr_t)pattern->regex;
	else
		note_gap(preparing, "the pattern", pattern->text, pattern->line,
		    "Go may interpret it differently");
}

#define ANYTHING                                    \
	{                                           \
		.kind = CEL_DYN, .element = CEL_DYN \
	}

static const struct cel_variable names[] = {
    {"self", ANYTHING}, {"oldSelf", ANYTHING}};
static const struct cel_scope scope = {
    .vars = names, .nvars = COUNT_OF(names), .is_strict = true};

/* With optionalOldSelf. */
static const struct cel_scope optional_scope = {.vars = names,
    .nvars = COUNT_OF(names),
    .optional = "oldSelf",
    .is_strict = true};

/* Of a rule that is not understood, whether it may name the old object. */
static bool may_name_old(const struct validation *validation)
{
	return slice_find(validation->rule, SLICE("oldSelf"), 0) >= 0;
}

/* What is not understood of a rule that names the old object is of no concern
 * when there is none, and told by whoever has one. */
static void note_problem(struct preparing *preparing,
    struct validation *validation, struct cel_problem *problem)
{
	validation->problem =
	    arena_printf(preparing->arena, "%s", fault_text(&problem->fault));
	validation->is_transition =
	    may_name_old(validation) && !validation->asks_old;
	if (!validation->is_transition)
		note_gap(preparing, "the rule", validation->rule,
		    validation->line, validation->problem);
}

static void prepare_validation(
    struct preparing *preparing, struct validation *validation)
{
	const struct cel_scope *in =
	    validation->asks_old ? &optional_scope : &scope;
	struct cel_problem problem = {0};

	validation->program = cel_compile(validation->rule, in, &problem);
	if (validation->program)
		validation->is_transition =
		    cel_program_uses(validation->program, 1) &&
		    !validation->asks_old;
	else
		note_problem(preparing, validation, &problem);
	/* Where it is not understood the message takes its place. */
	if (validation->telling.len)
		validation->words =
		    cel_compile(validation->telling, in, &problem);
	fault_release(&problem.fault);
}

static void prepare_version(
    struct preparing *preparing, struct custom_version *version)
{
	for (struct pattern *p = version->patterns; p; p = p->next)
		prepare_pattern(preparing, p);
	for (struct validation *v = version->validations; v; v = v->next)
		prepare_validation(preparing, v);
	if (preparing->ngaps == 1)
		version->gap = arena_printf(
		    preparing->arena, "%s", buf_text(&preparing->first));
	else if (preparing->ngaps)
		version->gap = arena_printf(preparing->arena,
		    "%s; %zu more of its rules and patterns are not checked, "
		    "either",
		    buf_text(&preparing->first), preparing->ngaps - 1);
	buf_clear(&preparing->first);
	preparing->ngaps = 0;
}

void custom_prepare(struct custom_kind *kind, struct arena *arena)
{
	struct preparing preparing = {.kind = kind, .arena = arena};

	for (size_t i = 0; i < kind->nversions && !kind->is_prepared; i++)
		prepare_version(&preparing, &kind->versions[i]);
	kind->is_prepared = true;
	buf_release(&preparing.first);
}

void custom_release(struct custom_kind *kind)
{
	for (size_t i = 0; i < kind->regexes.n; i++)
		regex_free(kind->regexes.entries[i].value);
	map_release(&kind->regexes);
	for (size_t i = 0; i < kind->nversions; i++) {
		struct validation *v = kind->versions[i].validations;

		for (; v; v = v->next) {
			cel_program_free(v->program);
			cel_program_free(v->words);
		}
	}
}

void custom_set_release(struct custom_set *set)
{
	free(set->kinds);
	map_release(&set->by_name);
	arena_release(&set->arena);
}
