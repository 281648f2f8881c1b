/*
 * What a rule is called and where more is to be read: id, code, title, the
 * names it had, links.  Nodes of a rule file -> texts of its kind.
 */
#include "rule/heading.h"

#include <string.h>

static bool is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool heading_is_id(const char *text)
{
	if (!is_lower(*text))
		return false;
	for (; *text; text++) {
		bool dash = *text == '-' && text[1] && text[1] != '-';

		if (!is_lower(*text) && !is_digit(*text) && !dash)
			return false;
	}
	return true;
}

/* "some-rule" to "SomeRule". */
static const char *pascal_case(struct arena *arena, const char *id)
{
	char *name = arena_alloc(arena, strlen(id) + 1);
	size_t n = 0;

	for (size_t i = 0; id[i]; i++) {
		bool starts = i == 0 || id[i - 1] == '-';

		if (id[i] != '-')
			name[n++] = starts && is_lower(id[i])
					? (char)(id[i] - 'a' + 'A')
					: id[i];
	}
	return name;
}

/* The name of the rule's file without its folder and ending. */
static struct slice stem_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *name = slash ? slash + 1 : path;
	const char *dot = strrchr(name, '.');

	return (struct slice){name, dot ? (size_t)(dot - name) : strlen(name)};
}

int heading_read_id(const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;
	struct slice stem = stem_of(loading->reader.origin->name);
	const struct rule *other;

	if (reader_text(&loading->reader, "id", node, &kind->id))
		return -1;
	if (!heading_is_id(kind->id))
		return reader_refuse(&loading->reader, node,
		    "id must be words of lower-case letters and digits with "
		    "'-' between them, not '%s'",
		    kind->id);
	if (!slice_is(stem, kind->id))
		return reader_refuse(&loading->reader, node,
		    "id '%s' must be the name of the file, '%.*s'", kind->id,
		    SLICE_ARGS(stem));
	other = ruleset_find(loading->ruleset, slice_of(kind->id));
	if (other)
		return reader_refuse(&loading->reader, node,
		    "id '%s' is taken by the rule in %s", kind->id,
		    other->origin->name);
	kind->name = pascal_case(&loading->ruleset->arena, kind->id);
	return 0;
}

enum { TITLE_MAX = 50 }; /* characters; longer ones break lists */

int heading_read_title(const struct loading *loading, const struct node *node)
{
	const char **title = &loading->rule->kind.title;
	struct slice text;
	size_t n;

	if (reader_text(&loading->reader, "title", node, title))
		return -1;
	text = slice_of(*title);
	n = utf8_count(text);
	if (strpbrk(*title, "\n{}"))
		return reader_refuse(&loading->reader, node,
		    "title must be one line without placeholders");
	if (n > TITLE_MAX)
		return reader_refuse(&loading->reader, node,
		    "title must have at most %d characters, not %zu", TITLE_MAX,
		    n);
	if (slice_ends(text, SLICE(".")))
		return reader_refuse(&loading->reader, node,
		    "title must be a noun phrase without a full stop");
	return 0;
}

/* What SARIF validators accept as a rule's id: letters, then digits. */
static bool is_code(const char *text)
{
	size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	size_t digits = strspn(text + letters, "0123456789");

	return letters >= 2 && letters <= 8 && digits >= 3 && digits <= 6 &&
	       !text[letters + digits];
}

int heading_read_code(const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;
	const struct rule *other;

	if (reader_text(&loading->reader, "code", node, &kind->code))
		return -1;
	if (!is_code(kind->code))
		return reader_refuse(&loading->reader, node,
		    "code must be 2 to 8 capital letters and 3 to 6 digits, "
		    "as in ACME101, not '%s'",
		    kind->code);
	if (!rule_is_builtin(loading->rule) &&
	    !strncmp(kind->code, "RL", 2) && is_digit(kind->code[2]))
		return reader_refuse(&loading->reader, node,
		    "code '%s' begins with RL, which is reserved for the rules "
		    "of rolloutlint itself",
		    kind->code);
	other = ruleset_find(loading->ruleset, slice_of(kind->code));
	if (other)
		return reader_refuse(&loading->reader, node,
		    "code '%s' is taken by the rule '%s'", kind->code,
		    other->kind.id);
	return 0;
}

/* A rule whose id or code was refused, or is missing, has none. */
static bool is_own(const struct rule *rule, const char *name)
{
	const char *id = rule->kind.id, *code = rule->kind.code;

	return (id && !strcmp(name, id)) || (code && !strcmp(name, code));
}

/* Whose id, code or alias the name is, or NULL. */
static const struct rule *owner_of(
    const struct loading *loading, const char *name)
{
	const struct rule *rule = loading->rule;

	if (is_own(rule, name))
		return rule;
	return ruleset_find(loading->ruleset, slice_of(name));
}

static int read_alias(const struct loading *loading, const struct node *node,
    const char **ret_alias)
{
	const struct rule *owner;

	if (reader_text(&loading->reader, "an alias", node, ret_alias))
		return -1;
	if (!heading_is_id(*ret_alias) && !is_code(*ret_alias))
		return reader_refuse(&loading->reader, node,
		    "an alias must be an id or a code that the rule once had, "
		    "not '%s'",
		    *ret_alias);
	owner = owner_of(loading, *ret_alias);
	/* A rule that was split left its name to all of its parts. */
	if (owner && (owner == loading->rule || is_own(owner, *ret_alias)))
		return reader_refuse(&loading->reader, node,
		    "alias '%s' is taken by the rule '%s'", *ret_alias,
		    owner->kind.id);
	return 0;
}

/* Reads a list of texts, each by read, into one of the kind's lists. */
static int read_list(const struct loading *loading, const char *name,
    const struct node *node,
    int (*read)(const struct loading *loading, const struct node *node,
	const char **ret_text),
    const char *const **ret_items, size_t *ret_n)
{
	const char **items;

	if (node->kind != NODE_SEQUENCE)
		return reader_refuse(&loading->reader, node,
		    "%s must be a list, not %s", name,
		    reader_describe(&loading->reader, node));
	items = arena_array(loading->reader.arena, node->n, sizeof(*items));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read(loading, node->items[i], &items[i]))
			return -1;
		for (uint32_t j = 0; j < i; j++) {
			if (!strcmp(items[i], items[j]))
				return reader_refuse(&loading->reader,
				    node->items[i], "'%s' is listed twice",
				    items[i]);
		}
	}
	*ret_items = items;
	*ret_n = node->n;
	return 0;
}

int heading_read_aliases(const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;

	return read_list(loading, "aliases", node, read_alias, &kind->aliases,
	    &kind->naliases);
}

static int read_suppressor(
    const struct loading *loading, const struct node *node, const char **ret_id)
{
	if (reader_text(&loading->reader, "an id", node, ret_id))
		return -1;
	if (heading_is_id(*ret_id))
		return 0;
	return reader_refuse(&loading->reader, node,
	    "suppressed_by must list ids of rules, not %s",
	    reader_quote(&loading->reader, slice_of(*ret_id)));
}

int heading_read_suppressors(
    const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;

	return read_list(loading, "suppressed_by", node, read_suppressor,
	    &kind->suppressed_by, &kind->nsuppressed_by);
}

/* What a browser opens, without blanks or what would end a link. */
static int read_link(const struct loading *loading, const struct node *node,
    const char **ret_link)
{
	if (reader_text(&loading->reader, "a link", node, ret_link))
		return -1;
	if (!strncmp(*ret_link, "https://", 8) && (*ret_link)[8] &&
	    !strpbrk(*ret_link, " \t\n<>\"'`()"))
		return 0;
	return reader_refuse(&loading->reader, node,
	    "a link must be an address such as https://kubernetes.io/docs/, "
	    "not %s",
	    reader_quote(&loading->reader, slice_of(*ret_link)));
}

int heading_read_see(const struct loading *loading, const struct node *node)
{
	struct diag_kind *kind = &loading->rule->kind;

	return read_list(
	    loading, "see", node, read_link, &kind->see, &kind->nsee);
}
