/*
 * One action's text to what can be known of its output.  Words in strings and
 * the names of fields do not count as functions.
 */
#include "helm/output.h"

#include <ctype.h>
#include <string.h>

/* Where a function's name stands in an action. */
struct scan {
	struct output *output;
	struct arena *arena;
	size_t depth;	  /* brackets around it ... */
	size_t head;	  /* ... of which so many begin the action */
	bool has_word;	  /* a function's name has been read */
	bool piped;	  /* it follows a "|" */
	bool any_pipe;	  /* there is a "|" */
	bool keeps_words; /* piped to what leaves a printf readable */
	bool cuts_words;  /* piped to what does not */
	bool nindented;	  /* nindent rather than indent has set the shift */
	bool trims_shift; /* nindent N | trim: on the line after all */
	char quote;	  /* of the last function in the pipe, or NUL */
};

static bool starts_with_any(
    struct slice word, const char *const *prefixes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_starts(word, slice_of(prefixes[i])))
			return true;
	}
	return false;
}

static bool is_any(struct slice word, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_is(word, words[i]))
			return true;
	}
	return false;
}

/* What the number after indent and nindent is, when it is one. */
static int read_shift(struct slice rest)
{
	struct item item;
	int64_t value;

	if (!item_next(&rest, &item) || item.kind != ITEM_NUMBER ||
	    !slice_to_int(item.text, &value) || value < 0 || value > 1000)
		return SHIFT_UNKNOWN;
	return (int)value;
}

/* Whether the text after "nindent" is "N | trim...". */
static bool is_trimmed_after(struct slice rest)
{
	struct item item;

	return item_next(&rest, &item) && item_next(&rest, &item) &&
	       item.kind == ITEM_PIPE && item_next(&rest, &item) &&
	       slice_starts(item.text, SLICE("trim"));
}

static void note_shift(struct scan *scan, struct slice word, struct slice rest)
{
	struct output *output = scan->output;
	bool is_nindent = slice_is(word, "nindent");

	if (!is_nindent && !slice_is(word, "indent"))
		return;
	if (output->is_shifted && (scan->nindented || !is_nindent))
		return;
	output->is_shifted = true;
	output->shift = read_shift(rest);
	scan->nindented = is_nindent;
	output->is_own_block = is_nindent && !is_trimmed_after(rest);
}

static void note_pipe(struct scan *scan, struct slice word)
{
	static const char *const keep[] = {
	    "trimSuffix", "trim", "nindent", "indent", "default"};
	static const char *const cut[] = {
	    "trunc", "replace", "lower", "upper", "sha", "b64", "toYaml"};

	scan->keeps_words |= is_any(word, keep, COUNT_OF(keep));
	scan->cuts_words |= starts_with_any(word, cut, COUNT_OF(cut));
	scan->quote = slice_is(word, "quote")	 ? '"'
		      : slice_is(word, "squote") ? '\''
						 : '\0';
}

/* How many columns trimPrefix (repeat N " ") takes off. */
static int read_trimmed(struct slice rest)
{
	struct item item;
	int64_t n;

	if (!item_next(&rest, &item) || item.kind != ITEM_OPEN ||
	    !item_next(&rest, &item) || !slice_is(item.text, "repeat") ||
	    !item_next(&rest, &item) || item.kind != ITEM_NUMBER ||
	    !slice_to_int(item.text, &n) || n < 0 || n > 1000 ||
	    !item_next(&rest, &item) || !slice_is(item.text, "\" \""))
		return 0;
	return (int)n;
}

/* A function whose result is printed: not one inside an argument. */
static void note_outer_word(
    struct scan *scan, struct slice word, struct slice rest)
{
	static const char *const rewriting[] = {"fromYaml", "fromJson",
	    "toYaml", "b64enc", "sha256", "trunc", "toJson"};
	static const char *const moving[] = {"nindent", "indent", "trim",
	    "trimSuffix", "trimPrefix", "toYaml", "toString"};
	struct output *output = scan->output;
	bool moves = is_any(word, moving, COUNT_OF(moving));

	output->is_rewritten |=
	    starts_with_any(word, rewriting, COUNT_OF(rewriting));
	output->is_yaml |= slice_starts(word, SLICE("toYaml"));
	output->is_tpl |= slice_is(word, "tpl");
	output->is_altered |= scan->piped && !moves;
	output->is_mere_yaml = slice_is(word, "toYaml") ||
			       (output->is_mere_yaml && scan->piped && moves);
	if (slice_is(word, "trimPrefix"))
		output->trimmed = read_trimmed(rest);
	note_shift(scan, word, rest);
}

static void note_word(struct scan *scan, struct slice word, struct slice rest)
{
	static const char *const wide[] = {"nindent", "indent", "tpl",
	    "include", "template", "toToml", "toPrettyJson"};

	scan->output->has_yaml |= slice_is(word, "toYaml");
	scan->output->is_multiline |= slice_starts(word, SLICE("toYaml")) ||
				      is_any(word, wide, COUNT_OF(wide));
	if (!scan->depth || scan->depth == scan->head)
		note_outer_word(scan, word, rest);
	scan->quote = '\0';
	if (scan->piped)
		note_pipe(scan, word);
}

/* Brackets that the action begins with, or tpl's argument, hold what is
 * printed. */
static void note_bracket(struct scan *scan, const struct item *item)
{
	bool is_leading = !scan->has_word && scan->head == scan->depth;

	if (item->kind == ITEM_OPEN) {
		scan->depth++;
		if (is_leading)
			scan->head = scan->depth;
	} else if (item->kind == ITEM_CLOSE && scan->depth) {
		if (scan->head == scan->depth)
			scan->head--;
		scan->depth--;
		scan->has_word = true;
	} else if (item->kind != ITEM_WORD || !slice_is(item->text, "tpl")) {
		scan->has_word = true;
	}
}

static void scan_items(struct scan *scan, struct slice rest)
{
	struct item item;

	while (item_next(&rest, &item)) {
		note_bracket(scan, &item);
		if (item.kind == ITEM_WORD)
			note_word(scan, item.text, rest);
		else if (item.kind == ITEM_FIELD &&
			 slice_starts(item.text, SLICE(".Files")))
			scan->output->is_multiline = true;
		if (item.kind != ITEM_WORD && item.kind != ITEM_CLOSE)
			scan->quote = '\0';
		scan->piped = item.kind == ITEM_PIPE;
		scan->any_pipe |= scan->piped;
	}
}

/* Takes opening brackets off rest, and the first item behind them. */
static bool first_item(struct slice *rest, struct item *ret_item)
{
	do {
		if (!item_next(rest, ret_item))
			return false;
	} while (ret_item->kind == ITEM_OPEN);
	return true;
}

/* What is left of a call: to the next pipe, or the bracket around it. */
static struct slice read_argument(struct slice rest)
{
	struct slice whole = slice_trim(rest);
	struct item item;
	const char *end = rest.ptr;
	size_t depth = 0;

	while (item_next(&rest, &item)) {
		if (!depth &&
		    (item.kind == ITEM_PIPE || item.kind == ITEM_CLOSE))
			break;
		depth += item.kind == ITEM_OPEN;
		depth -= item.kind == ITEM_CLOSE;
		end = rest.ptr;
	}
	whole.len = end > whole.ptr ? (size_t)(end - whole.ptr) : 0;
	return whole;
}

/* include "x", template "x", tpl (include "x" ...), in brackets or not. */
static void read_include(struct output *output, struct arena *arena)
{
	struct slice rest = output->text;
	struct item item;

	if (!first_item(&rest, &item))
		return;
	if (slice_is(item.text, "tpl") &&
	    (!item_next(&rest, &item) || item.kind != ITEM_OPEN ||
		!item_next(&rest, &item)))
		return;
	if (!slice_is(item.text, "include") && !slice_is(item.text, "template"))
		return;
	if (!item_next(&rest, &item) || item.kind != ITEM_STRING)
		return;
	output->include = item_string(&item, arena);
	output->argument = read_argument(rest);
}

/* "." or "$x", alone or at the head of a pipe; "tpl $x CONTEXT", too. */
static void read_variable(struct output *output)
{
	struct slice rest = output->text;
	struct item item, next;
	bool is_tpl;

	if (!item_next(&rest, &item))
		return;
	is_tpl = slice_is(item.text, "tpl");
	if (is_tpl && !item_next(&rest, &item))
		return;
	if (item.kind != ITEM_VARIABLE && !slice_is(item.text, "."))
		return;
	if (slice_find(item.text, SLICE("."), 1) >= 0)
		return;
	if (is_tpl || !item_next(&rest, &next) || next.kind == ITEM_PIPE)
		output->variable = item.text;
}

/* Fragments while they are gathered. */
struct fragments {
	struct fragment *items;
	size_t n;
	struct arena *arena;
};

static void add_fragment(
    struct fragments *fragments, bool is_wild, struct slice text)
{
	if (is_wild || text.len)
		fragments->items[fragments->n++] =
		    (struct fragment){is_wild, text};
}

/* How long the verb is that text, after its "%", begins with; 0: none. */
static size_t verb_len(struct slice text)
{
	size_t n = 1;

	while (n < text.len && strchr("-+# 0", text.ptr[n]))
		n++;
	while (n < text.len && isdigit((unsigned char)text.ptr[n]))
		n++;
	if (n < text.len && text.ptr[n] == '.')
		do
			n++;
		while (n < text.len && isdigit((unsigned char)text.ptr[n]));
	return n < text.len && isalpha((unsigned char)text.ptr[n]) ? n + 1 : 0;
}

/* The words of a printf format, with what its verbs print left open. */
static void add_format(struct fragments *fragments, struct slice format)
{
	size_t from = 0, at = 0;

	while (at < format.len) {
		struct slice rest = {format.ptr + at, format.len - at};
		size_t len = 0;
		bool percent = slice_starts(rest, SLICE("%%"));

		if (!percent && rest.ptr[0] == '%')
			len = verb_len(rest);
		if (!percent && !len) {
			at++;
			continue;
		}
		add_fragment(fragments, false,
		    (struct slice){format.ptr + from, at + percent - from});
		if (len)
			add_fragment(fragments, true, (struct slice){0});
		at += percent ? 2 : len;
		from = at;
	}
	add_fragment(fragments, false,
	    (struct slice){format.ptr + from, format.len - from});
}

/* The action is one string and nothing else. */
static bool read_constant(struct fragments *fragments, struct slice action)
{
	struct item item, more;
	struct slice text;

	if (!item_next(&action, &item) || item.kind != ITEM_STRING ||
	    item.text.ptr[0] == '\'' || item_next(&action, &more))
		return false;
	text = item_string(&item, fragments->arena);
	if (!text.len || memchr(text.ptr, '\n', text.len))
		return false;
	add_fragment(fragments, false, text);
	return true;
}

/* printf with a format that can be read, and nothing behind it that spoils
 * its words. */
static bool read_printf(const struct scan *scan, struct fragments *fragments,
    struct slice action, struct slice quote)
{
	struct slice format;
	struct item item;

	if (!first_item(&action, &item) || !slice_is(item.text, "printf") ||
	    !item_next(&action, &item) || item.kind != ITEM_STRING)
		return false;
	if (scan->any_pipe &&
	    (scan->cuts_words || (!quote.len && !scan->keeps_words)))
		return false;
	format = item_string(&item, fragments->arena);
	if (!format.len || memchr(format.ptr, '\n', format.len))
		return false;
	/* No more fragments than twice the verbs, the ends and quotes. */
	fragments->items = arena_array(
	    fragments->arena, 2 * format.len + 4, sizeof(*fragments->items));
	add_fragment(fragments, false, quote);
	add_format(fragments, format);
	add_fragment(fragments, false, quote);
	return fragments->n > 0;
}

static void read_fragments(const struct scan *scan, struct output *output)
{
	struct fragments fragments = {.arena = scan->arena};
	struct slice quote = {0};

	output->is_quoted = scan->quote != '\0';
	if (scan->quote)
		quote = scan->quote == '"' ? SLICE("\"") : SLICE("'");
	fragments.items = arena_array(scan->arena, 3, sizeof(*fragments.items));
	if (!read_constant(&fragments, output->text) &&
	    !read_printf(scan, &fragments, output->text, quote)) {
		add_fragment(&fragments, false, quote);
		add_fragment(&fragments, true, (struct slice){0});
		add_fragment(&fragments, false, quote);
	}
	output->fragments = fragments.items;
	output->nfragments = fragments.n;
	for (size_t i = 0; i < fragments.n; i++)
		output->nliteral += fragments.items[i].text.len;
}

const struct output *output_read(struct slice action, struct arena *arena)
{
	struct output *output = arena_alloc(arena, sizeof(*output));
	struct scan scan = {.output = output, .arena = arena};
	struct slice rest = action;
	struct item first;

	output->text = action;
	scan_items(&scan, action);
	read_include(output, arena);
	read_variable(output);
	read_fragments(&scan, output);
	output->is_silent =
	    item_next(&rest, &first) &&
	    (slice_is(first.text, "fail") || (slice_is(action, "\"\"")));
	return output;
}
