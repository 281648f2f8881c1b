/*
 * Rules -> words, field by field, which rule/unpack.c reads in the same order.
 */
#include "rule/pack.h"

#include "fact/settings.h"

#include <string.h>

/* A section that is being written. */
struct packer {
	struct packing *packing;
	struct buf *to;
};

static void put(const struct packer *packer, uint32_t word)
{
	buf_add(packer->to, &word, sizeof(word));
}

static void put_size(const struct packer *packer, size_t size)
{
	if (size >= UINT32_MAX)
		BUG("a number that is too large for the tables of rules");
	put(packer, (uint32_t)size);
}

static void put_long(const struct packer *packer, uint64_t value)
{
	put(packer, (uint32_t)value);
	put(packer, (uint32_t)(value >> 32));
}

/* Where the text is in the pool, which has it from then on. */
static size_t pool_offset(struct text_pool *pool, struct slice text)
{
	struct slice key = slice_copy(&pool->keys, text);
	void **slot = map_slot(&pool->offsets, key);

	if (!*slot) {
		*slot = (void *)(uintptr_t)(pool->bytes.len + 1);
		buf_add_slice(&pool->bytes, text);
		buf_add_char(&pool->bytes, '\0');
	}
	return (size_t)(uintptr_t)*slot - 1;
}

static void put_pooled(
    const struct packer *packer, struct text_pool *pool, const char *text)
{
	if (text)
		put_size(packer, pool_offset(pool, slice_of(text)));
	else
		put(packer, NO_TEXT);
}

static void put_text(const struct packer *packer, const char *text)
{
	put_pooled(packer, &packer->packing->texts, text);
}

static void put_prose(const struct packer *packer, const char *text)
{
	put_pooled(packer, &packer->packing->prose, text);
}

static void put_slice(const struct packer *packer, struct slice text)
{
	put_size(packer, text.len);
	if (text.len)
		put_size(packer, pool_offset(&packer->packing->texts, text));
}

static void put_list(const struct packer *packer, struct text_pool *pool,
    const char *const *texts, size_t n)
{
	put_size(packer, n);
	for (size_t i = 0; i < n; i++)
		put_pooled(packer, pool, texts[i]);
}

/* In the file of the rule, or nowhere. */
static void put_place(const struct packer *packer, struct place place)
{
	put(packer, place_known(place));
	if (!place_known(place))
		return;
	put(packer, place.span.line);
	put(packer, place.span.col);
	put(packer, place.span.end_line);
	put(packer, place.span.end_col);
}

static void put_value(
    const struct packer *packer, const struct cel_value *value)
{
	uint64_t bits;

	put(packer, value->kind);
	put_place(packer, value->place);
	switch (value->kind) {
	case CEL_NULL: return;
	case CEL_BOOL: put(packer, value->boolean); return;
	case CEL_INT: put_long(packer, (uint64_t)value->integer); return;
	case CEL_DOUBLE:
		memcpy(&bits, &value->real, sizeof(bits));
		put_long(packer, bits);
		return;
	case CEL_STRING: put_slice(packer, value->text); return;
	case CEL_LIST:
		put_size(packer, value->list->n);
		for (size_t i = 0; i < value->list->n; i++)
			put_value(packer, &value->list->items[i]);
		return;
	case CEL_ERROR:
	case CEL_UNKNOWN:
	case CEL_MAP:
	case CEL_OBJECT:
	case CEL_DYN: break;
	}
	BUG("a value that no rule is made of");
}

static void put_program(
    const struct packer *packer, const struct cel_program *program)
{
	struct buf *nodes = &packer->packing->nodes;

	put(packer, program ? program->nnodes : 0);
	if (!program)
		return;
	put_size(packer, nodes->len / sizeof(*program->nodes));
	buf_add(
	    nodes, program->nodes, program->nnodes * sizeof(*program->nodes));
	put(packer, program->nlocals);
	put_long(packer, program->uses);
	put(packer, program->nconstants);
	for (uint32_t i = 0; i < program->nconstants; i++)
		put_value(packer, &program->constants[i]);
}

static void put_expression(
    const struct packer *packer, const struct expression *expression)
{
	put_program(packer, expression->program);
}

static void put_message(
    const struct packer *packer, const struct message *message)
{
	put_size(packer, message->n);
	for (size_t i = 0; i < message->n; i++) {
		put_slice(packer, message->parts[i].literal);
		put_program(packer, message->parts[i].placeholder);
		put(packer, message->parts[i].is_case);
	}
}

static void put_notes(
    const struct packer *packer, const struct rule_notes *notes)
{
	put_size(packer, notes->n);
	for (size_t i = 0; i < notes->n; i++) {
		put_expression(packer, &notes->items[i].when);
		put_expression(packer, &notes->items[i].at);
		put_message(packer, &notes->items[i].message);
	}
}

static void put_fixit(const struct packer *packer, const struct fixit *fixit)
{
	put_expression(packer, &fixit->when);
	put_expression(packer, &fixit->at);
	put(packer, fixit->kind);
	put_size(packer, fixit->ntexts);
	for (size_t i = 0; i < fixit->ntexts; i++) {
		const struct fixit_text *text = &fixit->texts[i];

		put_slice(packer, text->key);
		put_size(packer, text->n);
		for (size_t j = 0; j < text->n; j++) {
			put_slice(packer, text->pieces[j].yaml);
			put_slice(packer, text->pieces[j].json);
			put_program(packer, text->pieces[j].value);
		}
	}
}

static void put_tests(const struct packer *packer, const struct rule_body *body)
{
	put_expression(packer, &body->when);
	put_expression(packer, &body->require);
	for (int i = 0; i < SEVERITY_MAX; i++)
		put_expression(packer, &body->raises[i]);
	put_size(packer, body->ncases);
	for (size_t i = 0; i < body->ncases; i++) {
		put_expression(packer, &body->cases[i].when);
		put(packer, body->cases[i].has_severity);
		put(packer, body->cases[i].severity);
	}
}

static void put_rest(const struct packer *packer, const struct rule_body *body)
{
	put_expression(packer, &body->at);
	put_expression(packer, &body->about);
	put_message(packer, &body->message);
	for (size_t i = 0; i < body->ncases; i++) {
		put_expression(packer, &body->cases[i].at);
		put_message(packer, &body->cases[i].says);
		put_notes(packer, &body->cases[i].notes);
	}
	put_notes(packer, &body->notes);
	put_size(packer, body->nfixits);
	for (size_t i = 0; i < body->nfixits; i++)
		put_fixit(packer, &body->fixits[i]);
}

static void put_kind(const struct packer *packer, const struct diag_kind *kind)
{
	struct packing *packing = packer->packing;

	put(packer, kind->severity);
	put(packer, kind->strikes);
	put(packer, kind->locked);
	put_text(packer, kind->id);
	put_text(packer, kind->code);
	put_text(packer, kind->name);
	put_text(packer, kind->group);
	put_text(packer, kind->yields_to);
	put_prose(packer, kind->title);
	put_prose(packer, kind->invariant);
	put_prose(packer, kind->message);
	put_prose(packer, kind->why);
	put_prose(packer, kind->fix);
	put_prose(packer, kind->edits);
	put_prose(packer, kind->params);
	put_prose(packer, kind->bad);
	put_prose(packer, kind->good);
	put_list(packer, &packing->texts, kind->aliases, kind->naliases);
	put_list(
	    packer, &packing->texts, kind->suppressed_by, kind->nsuppressed_by);
	put_list(packer, &packing->prose, kind->cases, kind->ncases);
	put_list(packer, &packing->prose, kind->see, kind->nsee);
}

/* Without params, which come with their values. */
static void put_scope(const struct packer *packer, const struct scope *scope)
{
	size_t n = scope->cel.nvars;

	if (n && scope->kinds[n - 1] == (enum entity_kind)OF_PARAMS)
		n--;
	put_size(packer, n);
	for (size_t i = 0; i < n; i++)
		put(packer, scope->kinds[i]);
}

static void put_params(const struct packer *packer, const struct params *params)
{
	put_size(packer, params->n);
	for (size_t i = 0; i < params->n; i++) {
		const struct param *param = &params->items[i];

		put_text(packer, param->name);
		put_prose(packer, param->meaning);
		put_size(packer,
		    param->sets ? (size_t)(param->sets - setting_rows) + 1 : 0);
		put(packer, param->shows);
		put_value(packer, &param->value);
		put_place(packer, param->place);
	}
}

/* tests, rest: where its own begin. */
static void put_head(const struct packer *packer, const struct rule *rule,
    uint32_t tests, uint32_t rest)
{
	put(packer, rule->on);
	put_text(packer, rule->origin->name);
	put(packer, rule->origin->role);
	put_kind(packer, &rule->kind);
	put_slice(packer, rule->clause);
	put(packer, rule->guards);
	put(packer, rule->may_raise);
	put_scope(packer, rule->scope);
	put_params(packer, &rule->params);
	put(packer, tests);
	put(packer, rest);
}

static uint32_t nwords(const struct buf *section)
{
	return (uint32_t)(section->len / sizeof(uint32_t));
}

/* Of all rules the tests, then the rest, so that nodes and texts that a run
 * reads stand together. */
void pack_rules(struct packing *packing, const struct ruleset *ruleset)
{
	const struct packer heads = {packing, &packing->heads};
	const struct packer tests = {packing, &packing->tests};
	const struct packer rest = {packing, &packing->rest};
	struct arena arena = {0};
	uint32_t *starts = arena_array(&arena, ruleset->n, 2 * sizeof(*starts));

	for (size_t i = 0; i < ruleset->n; i++) {
		starts[2 * i] = nwords(&packing->tests);
		put_tests(&tests, rule_tests(ruleset->rules[i], &arena));
	}
	for (size_t i = 0; i < ruleset->n; i++) {
		starts[2 * i + 1] = nwords(&packing->rest);
		put_rest(&rest, rule_body(ruleset->rules[i], &arena));
	}
	for (size_t i = 0; i < ruleset->n; i++)
		put_head(&heads, ruleset->rules[i], starts[2 * i],
		    starts[2 * i + 1]);
	packing->n = ruleset->n;
	arena_release(&arena);
}

struct packed_rules packing_tables(const struct packing *packing)
{
	return (struct packed_rules){
	    .heads = (const uint32_t *)(const void *)packing->heads.ptr,
	    .tests = (const uint32_t *)(const void *)packing->tests.ptr,
	    .rest = (const uint32_t *)(const void *)packing->rest.ptr,
	    .nodes = (const struct cel_node *)(const void *)packing->nodes.ptr,
	    .texts = packing->texts.bytes.ptr,
	    .prose = packing->prose.bytes.ptr,
	    .n = packing->n,
	};
}

static void pool_release(struct text_pool *pool)
{
	buf_release(&pool->bytes);
	map_release(&pool->offsets);
	arena_release(&pool->keys);
}

void packing_release(struct packing *packing)
{
	buf_release(&packing->heads);
	buf_release(&packing->tests);
	buf_release(&packing->rest);
	buf_release(&packing->nodes);
	pool_release(&packing->texts);
	pool_release(&packing->prose);
}
