/*
 * What a rule would write, as a tree in its file -> pieces of text in the flow
 * style of YAML and in JSON, with programs for the values between them.
 */
#include "rule/fixit.h"

#include "base/json_quote.h"
#include "rule/expression.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Levels of nesting that a fix may write. */
#define DEEPEST 16

/* The field fixit of a rule. */
struct reading {
	struct rule *rule;
	const struct reader *reader;
	struct buf shown; /* for --explain */
};

/* A text that is being compiled. */
struct writing {
	struct reading *reading;
	const struct reader *reader;
	struct fixit_piece *pieces;
	size_t n, cap;
	struct buf yaml, json; /* the literal since the last value */
	int depth;
};

static int write_node(struct writing *writing, const struct node *node);

static void end_piece(struct writing *writing, const struct cel_program *value)
{
	struct buf *shown = &writing->reading->shown;
	struct arena *arena = writing->reader->arena;

	writing->pieces = grow(writing->pieces, writing->n, &writing->cap,
	    sizeof(*writing->pieces));
	writing->pieces[writing->n++] = (struct fixit_piece){
	    .yaml = slice_copy(arena, buf_slice(&writing->yaml)),
	    .json = slice_copy(arena, buf_slice(&writing->json)),
	    .value = value,
	};
	buf_add_slice(shown, buf_slice(&writing->yaml));
	buf_clear(&writing->yaml);
	buf_clear(&writing->json);
}

static bool is_word_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || (c && strchr("_./", c));
}

/* Whether YAML reads the bare text as that string, wherever it stands. */
static bool is_plain(struct slice text)
{
	struct node bare = {.kind = NODE_SCALAR, .plain = true, .text = text};

	if (!text.len || !is_word_char(text.ptr[0]))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!is_word_char(text.ptr[i]) && text.ptr[i] != '-' &&
		    text.ptr[i] != '%')
			return false;
	}
	return scalar_of(&bare).type == SCALAR_STRING;
}

static void add_string(struct buf *yaml, struct buf *json, struct slice text)
{
	if (is_plain(text))
		buf_add_slice(yaml, text);
	else
		json_quote(yaml, text);
	json_quote(json, text);
}

static void add_both(struct buf *yaml, struct buf *json, const char *text)
{
	buf_add_text(yaml, text);
	buf_add_text(json, text);
}

static void add_integer(struct buf *yaml, struct buf *json, int64_t value)
{
	buf_printf(yaml, "%" PRId64, value);
	buf_printf(json, "%" PRId64, value);
}

/* "{expression}" in quotes: without them it would be a mapping. */
static bool is_placeholder(const struct node *node)
{
	struct slice text = node->text;

	return node->kind == NODE_SCALAR && !node->plain && text.len > 2 &&
	       text.ptr[0] == '{' && text.ptr[text.len - 1] == '}';
}

static int write_placeholder(struct writing *writing, const struct node *node)
{
	struct slice source = {node->text.ptr + 1, node->text.len - 2};
	struct cel_problem problem = {0};
	const struct cel_program *value =
	    cel_compile(source, &writing->reading->rule->scope->cel, &problem);

	problem.offset++;
	if (!value)
		return expression_refuse(
		    writing->reader, "fixit", node, &problem);
	end_piece(writing, value);
	buf_add_slice(&writing->reading->shown, node->text);
	return 0;
}

static int write_scalar(struct writing *writing, const struct node *node)
{
	struct buf *yaml = &writing->yaml, *json = &writing->json;
	struct scalar scalar = scalar_of(node);

	if (is_placeholder(node))
		return write_placeholder(writing, node);
	switch (scalar.type) {
	case SCALAR_STRING: add_string(yaml, json, node->text); return 0;
	case SCALAR_NULL: add_both(yaml, json, "null"); return 0;
	case SCALAR_BOOL:
		add_both(yaml, json, scalar.boolean ? "true" : "false");
		return 0;
	case SCALAR_INT: add_integer(yaml, json, scalar.integer); return 0;
	case SCALAR_DOUBLE: break;
	}
	return reader_refuse(writing->reader, node,
	    "what a fix writes must not be a number with a fraction");
}

static int write_pair(struct writing *writing, const struct pair *pair)
{
	add_string(&writing->yaml, &writing->json, pair->key->text);
	add_both(&writing->yaml, &writing->json, ": ");
	return write_node(writing, pair->value);
}

static int write_collection(struct writing *writing, const struct node *node)
{
	bool is_map = node->kind == NODE_MAPPING;

	if (writing->depth == DEEPEST)
		return reader_refuse(writing->reader, node,
		    "what a fix writes must not nest more than %d levels deep",
		    DEEPEST);
	writing->depth++;
	add_both(&writing->yaml, &writing->json, is_map ? "{" : "[");
	for (uint32_t i = 0; i < node->n; i++) {
		if (i)
			add_both(&writing->yaml, &writing->json, ", ");
		if (is_map ? write_pair(writing, &node->pairs[i])
			   : write_node(writing, node->items[i]))
			return -1;
	}
	add_both(&writing->yaml, &writing->json, is_map ? "}" : "]");
	writing->depth--;
	return 0;
}

static int write_node(struct writing *writing, const struct node *node)
{
	return node->kind == NODE_SCALAR ? write_scalar(writing, node)
					 : write_collection(writing, node);
}

/* The text that has been compiled; the pieces move into the arena. */
static void finish(struct writing *writing, struct fixit_text *ret_text)
{
	struct fixit_piece *pieces =
	    arena_array(writing->reader->arena, writing->n, sizeof(*pieces));

	memcpy(pieces, writing->pieces, writing->n * sizeof(*pieces));
	ret_text->pieces = pieces;
	ret_text->n = writing->n;
	buf_release(&writing->yaml);
	buf_release(&writing->json);
	free(writing->pieces);
}

/* A text of its own: a value, or, with a key, the pair. */
static int read_fixit_text(struct reading *reading, const struct node *value,
    const struct pair *pair, struct fixit_text *text)
{
	struct writing writing = {
	    .reading = reading, .reader = reading->reader};
	int result =
	    pair ? write_pair(&writing, pair) : write_node(&writing, value);

	if (pair)
		text->key = pair->key->text;
	end_piece(&writing, NULL);
	finish(&writing, text);
	return result;
}

static int read_insert(
    struct reading *reading, const struct node *node, struct fixit *fixit)
{
	const struct reader *reader = reading->reader;
	struct fixit_text *texts;

	fixit->kind = FIX_INSERT;
	if (node->kind != NODE_MAPPING || !node->n)
		return reader_refuse(reader, node,
		    "insert must be a mapping of keys to insert, not %s",
		    reader_describe(reader, node));
	texts = arena_array(reader->arena, node->n, sizeof(*texts));
	fixit->texts = texts;
	fixit->ntexts = node->n;
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_fixit_text(reading, NULL, &node->pairs[i], &texts[i]))
			return -1;
		buf_add_char(&reading->shown, '\n');
	}
	return 0;
}

static int read_replace(struct reading *reading, const struct node *node,
    const struct node *at, struct fixit *fixit)
{
	struct fixit_text *text =
	    arena_alloc(reading->reader->arena, sizeof(*text));

	fixit->kind = FIX_REPLACE;
	fixit->texts = text;
	fixit->ntexts = 1;
	if (read_fixit_text(reading, node, NULL, text))
		return -1;
	buf_printf(&reading->shown, " instead of %.*s\n", SLICE_ARGS(at->text));
	return 0;
}

static int read_fixit(
    struct reading *reading, const struct node *node, struct fixit *fixit)
{
	static const char *const names[] = {"when", "at", "replace", "insert"};
	const struct reader *reader = reading->reader;
	const struct scope *scope = reading->rule->scope;
	const struct node *when = node_get(node, "when");
	const struct node *at = node_get(node, "at");
	const struct node *replace = node_get(node, "replace");
	const struct node *insert = node_get(node, "insert");

	if (reader_check_keys(reader, "a fixit", node, names, COUNT_OF(names)))
		return -1;
	if (!at || !replace == !insert)
		return reader_refuse(reader, node,
		    "a fixit must have 'at' and either 'replace' or 'insert'");
	if (when && expression_read(
			scope, reader, "when", when, CEL_BOOL, &fixit->when))
		return -1;
	if (expression_read(scope, reader, "at", at, CEL_DYN, &fixit->at))
		return -1;
	return insert ? read_insert(reading, insert, fixit)
		      : read_replace(reading, replace, at, fixit);
}

int fixits_read(
    struct rule *rule, const struct reader *reader, const struct node *node)
{
	bool is_list = node->kind == NODE_SEQUENCE;
	uint32_t n = is_list ? node->n : 1;
	struct reading reading = {.rule = rule, .reader = reader};
	struct fixit *fixits = arena_array(reader->arena, n, sizeof(*fixits));
	int result = 0;

	rule->body->fixits = fixits;
	rule->body->nfixits = n;
	for (uint32_t i = 0; !result && i < n; i++)
		result = read_fixit(
		    &reading, is_list ? node->items[i] : node, &fixits[i]);
	rule->kind.edits =
	    slice_copy(reader->arena, buf_slice(&reading.shown)).ptr;
	buf_release(&reading.shown);
	return result;
}

/* The edits of one finding while they are made. */
struct printing {
	const struct cel_value *values;
	struct context *context;
	struct buf fixes; /* of struct fix */
};

static struct cel_value evaluate(
    const struct printing *printing, const struct cel_program *program)
{
	return context_eval(printing->context, program, printing->values);
}

/* False for what has no form in a manifest: an error, an entity. */
static bool add_value(
    struct buf *yaml, struct buf *json, const struct cel_value *value)
{
	if (value->kind == CEL_STRING) {
		add_string(yaml, json, value->text);
		return true;
	}
	if (value->kind != CEL_INT)
		return false;
	add_integer(yaml, json, value->integer);
	return true;
}

static bool print_text(const struct printing *printing,
    const struct fixit_text *text, struct fix *fix)
{
	struct arena *arena = &printing->context->arena;
	struct buf yaml = {0}, json = {0};
	bool ok = true;

	for (size_t i = 0; ok && i < text->n; i++) {
		const struct fixit_piece *piece = &text->pieces[i];
		struct cel_value value;

		buf_add_slice(&yaml, piece->yaml);
		buf_add_slice(&json, piece->json);
		if (!piece->value)
			continue;
		value = evaluate(printing, piece->value);
		ok = add_value(&yaml, &json, &value);
	}
	fix->text = slice_copy(arena, buf_slice(&yaml)).ptr;
	fix->json = slice_copy(arena, buf_slice(&json)).ptr;
	buf_release(&yaml);
	buf_release(&json);
	return ok;
}

static struct place place_of(const struct cel_value *value)
{
	if (value->kind == CEL_OBJECT)
		return value->object.class->place(value->object.self);
	return value->kind == CEL_ERROR ? (struct place){0} : value->place;
}

/* Whether the names of fields, or whatever else it is, have the key. */
static bool has_key(const struct cel_value *names, struct slice key)
{
	for (size_t i = 0; names->kind == CEL_LIST && i < names->list->n; i++) {
		const struct cel_value *name = &names->list->items[i];

		if (name->kind == CEL_STRING && slice_eq(name->text, key))
			return true;
	}
	return false;
}

/* False when the edit cannot be made, and with it none of the others. */
static bool print_fixit(struct printing *printing, const struct fixit *fixit)
{
	struct fix fix = {.kind = fixit->kind};
	struct cel_value value;

	if (fixit->when.program) {
		value = evaluate(printing, fixit->when.program);
		if (value.kind != CEL_BOOL)
			return false;
		if (!value.boolean)
			return true;
	}
	value = evaluate(printing, fixit->at.program);
	fix.place = place_of(&value);
	if (!place_known(fix.place))
		return false;
	for (size_t i = 0; i < fixit->ntexts; i++) {
		if (has_key(&value, fixit->texts[i].key) ||
		    !print_text(printing, &fixit->texts[i], &fix))
			return false;
		buf_add(&printing->fixes, &fix, sizeof(fix));
	}
	return true;
}

const struct fix *fixits_print(const struct rule_body *body,
    const struct cel_value *values, struct context *context, uint32_t *ret_n)
{
	struct printing printing = {.values = values, .context = context};
	struct fix *fixes = NULL;
	bool ok = true;

	for (size_t i = 0; ok && i < body->nfixits; i++)
		ok = print_fixit(&printing, &body->fixits[i]);
	*ret_n =
	    ok ? (uint32_t)(printing.fixes.len / sizeof(*fixes)) : 0;
	if (*ret_n) {
		fixes = arena_array(&context->arena, *ret_n, sizeof(*fixes));
		memcpy(fixes, printing.fixes.ptr, printing.fixes.len);
	}
	buf_release(&printing.fixes);
	return fixes;
}
