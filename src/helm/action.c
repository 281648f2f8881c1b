/*
 * The lexer of templates.  Go's rules: "{{-" and "-}}" trim only with a blank
 * between the minus and the inside, a comment must fill its action, strings
 * hide "}}".
 */
#include "helm/action.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Where the lexer is. */
struct lexer {
	struct slice source;
	size_t at;
	uint32_t line;	  /* of the byte at */
	bool trims_after; /* the action before ended in "-}}" */
	struct arena *arena;
	struct go_token *tokens;
	size_t n, cap;
};

/* An action as it was found: offsets into the source. */
struct found {
	size_t open;	    /* of its "{{" */
	size_t from, to;    /* its inside */
	size_t end;	    /* one past its "}}" */
	bool before, after; /* it trims */
};

static struct slice cut(struct slice text, size_t from, size_t to)
{
	return (struct slice){text.ptr + from, to - from};
}

static bool at_text(struct slice text, size_t at, struct slice what)
{
	return at <= text.len && slice_starts(cut(text, at, text.len), what);
}

/* One past the string that begins at text.ptr[at]; 0 when it has no end. */
static size_t string_end(struct slice text, size_t at)
{
	char quote = text.ptr[at++];

	for (; at < text.len; at++) {
		char c = text.ptr[at];

		if (c == quote)
			return at + 1;
		if (quote != '`' && c == '\n')
			return 0;
		if (quote != '`' && c == '\\')
			at++;
	}
	return 0;
}

/* The "}}" of the action whose inside begins at from, or -1. */
static ptrdiff_t find_close(struct slice source, size_t from)
{
	size_t at = from;

	while (at < source.len) {
		char c = source.ptr[at];

		if (c == '"' || c == '`' || c == '\'') {
			at = string_end(source, at);
			if (!at)
				return -1;
		} else if (at_text(source, at, SLICE("}}"))) {
			return (ptrdiff_t)at;
		} else {
			at++;
		}
	}
	return -1;
}

static bool find_comment_end(
    struct slice source, size_t at, struct found *found)
{
	ptrdiff_t end = slice_find(source, SLICE("*/"), at + 2);

	if (end < 0)
		return false;
	found->to = (size_t)end + 2;
	found->end = found->to;
	if (at_text(source, found->end + 1, SLICE("-}}")) &&
	    char_is_blank(source.ptr[found->end])) {
		found->after = true;
		found->end += 2;
	}
	if (!at_text(source, found->end, SLICE("}}")))
		return false;
	found->end += 2;
	return true;
}

/* The action whose "{{" is at open; false when it has no end. */
static bool find_action(struct slice source, size_t open, struct found *found)
{
	size_t at = open + 2;
	ptrdiff_t close;

	*found = (struct found){.open = open};
	if (at + 1 < source.len && source.ptr[at] == '-' &&
	    char_is_blank(source.ptr[at + 1])) {
		found->before = true;
		at++;
	}
	found->from = at;
	while (at < source.len && char_is_blank(source.ptr[at]))
		at++;
	if (at_text(source, at, SLICE("/*")))
		return find_comment_end(source, at, found);
	close = find_close(source, found->from);
	if (close < 0)
		return false;
	found->to = (size_t)close;
	found->end = found->to + 2;
	if (found->to >= found->from + 2 && source.ptr[found->to - 1] == '-' &&
	    char_is_blank(source.ptr[found->to - 2])) {
		found->after = true;
		found->to--;
	}
	return true;
}

/* "$x :=", "$x =", "$i, $x :=" */
static bool is_assignment(struct slice inside)
{
	struct item item;

	if (!item_next(&inside, &item) || item.kind != ITEM_VARIABLE)
		return false;
	if (!item_next(&inside, &item))
		return false;
	if (slice_is(item.text, ",") &&
	    (!item_next(&inside, &item) || !item_next(&inside, &item)))
		return false;
	return item.kind == ITEM_ASSIGN;
}

static enum go_kind kind_of(struct slice inside)
{
	static const struct {
		const char *word;
		enum go_kind kind;
	} words[] = {
	    {"if", GO_IF},
	    {"with", GO_WITH},
	    {"range", GO_RANGE},
	    {"define", GO_DEFINE},
	    {"block", GO_BLOCK},
	    {"else", GO_ELSE},
	    {"end", GO_END},
	    {"break", GO_SILENT},
	    {"continue", GO_SILENT},
	};
	struct slice rest = inside;
	struct item item;

	if (slice_starts(inside, SLICE("/*")) || !item_next(&rest, &item))
		return GO_SILENT;
	for (size_t i = 0; i < COUNT_OF(words); i++) {
		if (item.kind == ITEM_WORD &&
		    slice_is(item.text, words[i].word))
			return words[i].kind;
	}
	return is_assignment(inside) ? GO_ASSIGN : GO_OUTPUT;
}

/* Tokens grow in an array of their own and are moved to the arena at last. */
static struct go_token *add_token(struct lexer *lexer)
{
	lexer->tokens =
	    grow(lexer->tokens, lexer->n, &lexer->cap, sizeof(*lexer->tokens));
	lexer->tokens[lexer->n] = (struct go_token){0};
	return &lexer->tokens[lexer->n++];
}

static void add_text(struct lexer *lexer, size_t end, bool trim_end)
{
	size_t from = lexer->at, to = end;
	const char *bytes = lexer->source.ptr;
	struct go_token *token;

	while (lexer->trims_after && from < to && char_is_blank(bytes[from]))
		from++;
	while (trim_end && from < to && char_is_blank(bytes[to - 1]))
		to--;
	if (from < to) {
		token = add_token(lexer);
		token->text = cut(lexer->source, from, to);
		token->at_start = !from;
		token->line = lexer->line + slice_count_lf(cut(lexer->source,
						lexer->at, from));
		token->end_line = token->line + slice_count_lf(token->text);
	}
	lexer->line += slice_count_lf(cut(lexer->source, lexer->at, end));
	lexer->at = end;
}

static void add_action(struct lexer *lexer, const struct found *found)
{
	struct go_token *token = add_token(lexer);

	token->text = slice_trim(cut(lexer->source, found->from, found->to));
	token->kind = kind_of(token->text);
	token->trims_before = found->before;
	token->line = lexer->line;
	lexer->line +=
	    slice_count_lf(cut(lexer->source, found->open, found->end));
	token->end_line = lexer->line;
	lexer->trims_after = found->after;
	lexer->at = found->end;
}

void go_lex(struct slice source, struct arena *arena,
    struct go_token **ret_tokens, size_t *ret_n)
{
	struct lexer lexer = {.source = source, .line = 1};
	struct found found;
	ptrdiff_t open;

	while ((open = slice_find(source, SLICE("{{"), lexer.at)) >= 0 &&
	       find_action(source, (size_t)open, &found)) {
		add_text(&lexer, (size_t)open, found.before);
		add_action(&lexer, &found);
	}
	add_text(&lexer, source.len, false);
	*ret_tokens = arena_array(arena, lexer.n, sizeof(**ret_tokens));
	if (lexer.n)
		memcpy(
		    *ret_tokens, lexer.tokens, lexer.n * sizeof(**ret_tokens));
	*ret_n = lexer.n;
	free(lexer.tokens);
}

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (unsigned char)c >= 128;
}

/* How many bytes from the start of text belong to names, also with dots. */
static size_t name_len(struct slice text, bool dots)
{
	size_t n = 1;

	while (n < text.len &&
	       (is_name_char(text.ptr[n]) || (dots && text.ptr[n] == '.')))
		n++;
	return n;
}

static size_t item_len(struct slice text, enum item_kind *ret_kind)
{
	char c = text.ptr[0];
	size_t len;

	*ret_kind = ITEM_OTHER;
	switch (c) {
	case '(': *ret_kind = ITEM_OPEN; return 1;
	case ')': *ret_kind = ITEM_CLOSE; return 1;
	case '|': *ret_kind = ITEM_PIPE; return 1;
	case '=': *ret_kind = ITEM_ASSIGN; return 1;
	case '.': *ret_kind = ITEM_FIELD; return name_len(text, true);
	case '$': *ret_kind = ITEM_VARIABLE; return name_len(text, true);
	case '"':
	case '`':
	case '\'':
		*ret_kind = ITEM_STRING;
		len = string_end(text, 0);
		return len ? len : text.len;
	default: break;
	}
	if (c == ':' && text.len > 1 && text.ptr[1] == '=') {
		*ret_kind = ITEM_ASSIGN;
		return 2;
	}
	if (isdigit((unsigned char)c) || c == '-' || c == '+') {
		*ret_kind = ITEM_NUMBER;
		return name_len(text, true);
	}
	if (is_name_char(c)) {
		*ret_kind = ITEM_WORD;
		return name_len(text, false);
	}
	return 1;
}

bool item_next(struct slice *rest, struct item *ret_item)
{
	size_t len;

	while (rest->len && char_is_blank(rest->ptr[0]))
		*rest = cut(*rest, 1, rest->len);
	if (!rest->len)
		return false;
	len = item_len(*rest, &ret_item->kind);
	ret_item->text = cut(*rest, 0, len);
	*rest = cut(*rest, len, rest->len);
	return true;
}

struct slice item_string(const struct item *item, struct arena *arena)
{
	struct slice text = item->text;
	bool raw = text.ptr[0] == '`';
	char *out;
	size_t n = 0;

	text = cut(text, 1, text.len > 1 ? text.len - 1 : 1);
	if (raw || !text.len || !memchr(text.ptr, '\\', text.len))
		return text;
	out = arena_alloc(arena, text.len);
	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];

		if (c == '\\' && i + 1 < text.len) {
			c = text.ptr[++i];
			c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
		}
		out[n++] = c;
	}
	return (struct slice){out, n};
}
