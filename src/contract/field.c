/*
 * The fields of a profile: nodes of a contract into members of struct profile,
 * by one table.  The table says what the contract's JSON schema says; a new
 * clause is one member and one row.
 */
#include "contract/field.h"

#include "doc/scalar.h"

#include <stddef.h>
#include <string.h>

enum field_kind {
	FIELD_WORD, /* struct clause_text */
	FIELD_BOOL, /* struct clause_bool */
	FIELD_LIST, /* struct clause_list */
};

struct field {
	const char *name;
	enum field_kind kind;
	size_t offset;		     /* in struct profile */
	const char *const *words;    /* the only ones, ended by NULL */
	const char *prefix, *suffix; /* with something in between; or NULL */
};

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define MEMBER(name) offsetof(struct profile, name)

static const struct field fields[] = {
    {"id", FIELD_WORD, MEMBER(id), NULL, NULL, NULL},
    {"name", FIELD_WORD, MEMBER(name), NULL, NULL, NULL},
    {"suite", FIELD_WORD, MEMBER(suite),
	WORDS("install-gate", "k8s-suite", "nightly"), NULL, NULL},
    {"values_file", FIELD_WORD, MEMBER(values_file), NULL, "ops/k8s/values/",
	".yaml"},
    {"rollout_mode", FIELD_WORD, MEMBER(rollout_mode),
	WORDS("deployment", "rollout"), NULL, NULL},
    {"warmup_required", FIELD_BOOL, MEMBER(warmup_required), NULL, NULL, NULL},
    {"readiness_path_required", FIELD_BOOL, MEMBER(readiness_path_required),
	NULL, NULL, NULL},
    {"intendedUse", FIELD_WORD, MEMBER(intended_use),
	WORDS("ci", "kind", "prod", "offline", "perf"), NULL, NULL},
    {"forbiddenToggles", FIELD_LIST, MEMBER(forbidden_toggles), NULL, NULL,
	NULL},
    {"requiredToggles", FIELD_LIST, MEMBER(required_toggles), NULL, NULL, NULL},
    {"expectedResourcesClass", FIELD_WORD, MEMBER(resources_class),
	WORDS("tiny", "small", "medium", "large"), NULL, NULL},
    {"networkPolicyModeRequired", FIELD_WORD, MEMBER(network_policy_mode),
	WORDS("disabled", "internet-only", "cluster-aware", "custom"), NULL,
	NULL},
    {"hpaPolicyRequired", FIELD_WORD, MEMBER(hpa_policy),
	WORDS("disabled", "enabled"), NULL, NULL},
};

/* Where the field is kept, by its kind. */
static void *member(struct profile *profile, const struct field *field)
{
	return (char *)profile + field->offset;
}

static const void *member_const(
    const struct profile *profile, const struct field *field)
{
	return (const char *)profile + field->offset;
}

int field_refuse_unknown(const struct reader *reader, const struct node *key)
{
	const char *names[COUNT_OF(fields)];

	for (size_t i = 0; i < COUNT_OF(fields); i++)
		names[i] = fields[i].name;
	return reader_refuse_unknown(
	    reader, key, "a profile", names, COUNT_OF(names));
}

const struct field *field_find(struct slice name)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (slice_is(name, fields[i].name))
			return &fields[i];
	}
	return NULL;
}

/* "'a', 'b' or 'c'" */
static const char *spell_words(struct arena *arena, const char *const *words)
{
	const char *text = arena_printf(arena, "'%s'", words[0]);

	for (size_t i = 1; words[i]; i++)
		text = arena_printf(arena, "%s%s'%s'", text,
		    words[i + 1] ? ", " : " or ", words[i]);
	return text;
}

static bool is_one_of(struct slice text, const char *const *words)
{
	for (; *words; words++) {
		if (slice_is(text, *words))
			return true;
	}
	return false;
}

/* prefix, something on one line, suffix. */
static bool has_shape(struct slice text, const struct field *field)
{
	struct slice prefix = slice_of(field->prefix);
	struct slice suffix = slice_of(field->suffix);

	return text.len > prefix.len + suffix.len &&
	       slice_starts(text, prefix) && slice_ends(text, suffix) &&
	       !memchr(text.ptr, '\n', text.len) &&
	       !memchr(text.ptr, '\r', text.len);
}

static int read_clause_text(const struct reader *reader, const char *name,
    const struct node *node, struct clause_text *ret_text)
{
	ret_text->place = node_place(reader->origin, node);
	return reader_text(reader, name, node, &ret_text->text);
}

static int read_word(const struct reader *reader, const struct field *field,
    const struct node *node, struct clause_text *ret_text)
{
	if (read_clause_text(reader, field->name, node, ret_text))
		return -1;
	if (field->words && !is_one_of(node->text, field->words))
		return reader_refuse(reader, node, "%s must be %s, not %s",
		    field->name, spell_words(reader->arena, field->words),
		    reader_quote(reader, node->text));
	if (field->prefix && !has_shape(node->text, field))
		return reader_refuse(reader, node,
		    "%s must be of the form %sNAME%s, not %s", field->name,
		    field->prefix, field->suffix,
		    reader_quote(reader, node->text));
	return 0;
}

static int read_bool(const struct reader *reader, const struct field *field,
    const struct node *node, struct clause_bool *ret_bool)
{
	if (!node_to_bool(node, &ret_bool->value))
		return reader_refuse(reader, node,
		    "%s must be true or false, not %s", field->name,
		    reader_describe(reader, node));
	ret_bool->place = node_place(reader->origin, node);
	return 0;
}

static int read_list(const struct reader *reader, const struct field *field,
    const struct node *node, struct clause_list *ret_list)
{
	struct clause_text *items;

	if (node->kind != NODE_SEQUENCE)
		return reader_refuse(reader, node,
		    "%s must be a list of strings, not %s", field->name,
		    reader_describe(reader, node));
	items = arena_array(reader->arena, node->n, sizeof(*items));
	for (uint32_t i = 0; i < node->n; i++) {
		const char *name =
		    arena_printf(reader->arena, "%s[%u]", field->name, i);

		if (read_clause_text(reader, name, node->items[i], &items[i]))
			return -1;
	}
	ret_list->items = items;
	ret_list->n = node->n;
	ret_list->place = node_place(reader->origin, node);
	return 0;
}

int field_read(const struct reader *reader, const struct field *field,
    const struct node *value, struct profile *profile)
{
	void *at = member(profile, field);

	switch (field->kind) {
	case FIELD_WORD: return read_word(reader, field, value, at);
	case FIELD_BOOL: return read_bool(reader, field, value, at);
	case FIELD_LIST: return read_list(reader, field, value, at);
	}
	BUG("a field of no kind");
}

/* Where the clause stands; none when the profile does not give it. */
static struct place field_place(
    const struct profile *profile, const struct field *field)
{
	const void *at = member_const(profile, field);

	switch (field->kind) {
	case FIELD_WORD: return ((const struct clause_text *)at)->place;
	case FIELD_BOOL: return ((const struct clause_bool *)at)->place;
	case FIELD_LIST: return ((const struct clause_list *)at)->place;
	}
	BUG("a field of no kind");
}

const char *field_missing(const struct profile *profile)
{
	for (size_t i = 0; i < COUNT_OF(fields); i++) {
		if (!place_known(field_place(profile, &fields[i])))
			return fields[i].name;
	}
	return NULL;
}

static const char *spell_list(
    struct arena *arena, const struct clause_list *list)
{
	struct buf buf = {0};
	const char *text;

	for (size_t i = 0; i < list->n; i++)
		buf_printf(&buf, "%s%s", i ? ", " : "", list->items[i].text);
	text = slice_copy(arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
	return text;
}

static const char *field_value(const struct profile *profile,
    const struct field *field, struct arena *arena)
{
	const void *at = member_const(profile, field);

	if (!place_known(field_place(profile, field)))
		return "";
	switch (field->kind) {
	case FIELD_WORD: return ((const struct clause_text *)at)->text;
	case FIELD_BOOL:
		return ((const struct clause_bool *)at)->value ? "true"
							       : "false";
	case FIELD_LIST: return spell_list(arena, at);
	}
	BUG("a field of no kind");
}

bool profile_clause(const struct profile *profile, struct slice name,
    struct arena *arena, struct place *ret_place, const char **ret_value)
{
	const struct field *field = field_find(name);

	if (!field)
		return false;
	*ret_place = field_place(profile, field);
	*ret_value = field_value(profile, field, arena);
	return true;
}
