/*
 * Names -> their words, as one text without what is between them, so that words
 * in a row are a part of it -> whether entries of a list are found there.
 */
#include "base/name_list.h"

#include "base/mem.h"
#include "base/regex.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Words that an entry has, and parts in which a name may have one of them. */
enum { WORDS_MAX = 4, PARTS_MAX = 3 };

struct entry {
	struct slice text;	       /* in small letters; of a literal */
	struct slice words[WORDS_MAX]; /* none: a literal */
	size_t nwords;
	uint64_t pairs; /* of letters that stand beside each other in it */
	bool at_start;	/* a literal: only where the name begins */
	bool of_option; /* a literal: a value, its option is found with it */
};

struct entries {
	struct entry *items;
	size_t n;
};

/* Words that were added, or a pattern. */
struct lists {
	struct entries says, but_not, unless;
	struct regex *pattern;
};

struct name_list {
	struct arena arena; /* the entries and their texts */
	struct lists *items;
	size_t n, cap;
	/* Set by any thread that a pattern took too long in; in the arena, as
	 * readers have the list const. */
	atomic_bool *gave_up;
};

/* A word of a name. */
struct word {
	size_t from, to;   /* in the name */
	size_t start, end; /* in the text of all words */
};

/* A name taken apart. */
struct name {
	struct slice small; /* the name in small letters */
	struct buf letters; /* all words, without what is between them */
	struct buf kept;    /* of struct word */
	const struct word *words;
	size_t n;
};

/* Where something was found in the name. */
struct range {
	size_t from, to;
};

static bool is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool is_lower(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_word_char(char c)
{
	return is_upper(c) || is_lower(c) || is_digit(c);
}

static char to_small(char c)
{
	return is_upper(c) ? (char)(c - 'A' + 'a') : c;
}

/* Whether a word begins at i, which is not the first character of its run of
 * letters and digits: "aB", "ABc", "a1", "1a". */
static bool is_boundary(struct slice name, size_t i)
{
	char before = name.ptr[i - 1], c = name.ptr[i];
	char next = i + 1 < name.len ? name.ptr[i + 1] : '\0';

	if (is_digit(before) != is_digit(c))
		return true;
	return is_upper(c) &&
	       (is_lower(before) || (is_upper(before) && is_lower(next)));
}

static size_t word_end(struct slice name, size_t from)
{
	size_t i = from + 1;

	while (
	    i < name.len && is_word_char(name.ptr[i]) && !is_boundary(name, i))
		i++;
	return i;
}

static void name_init(struct name *name, struct slice text, struct buf *small)
{
	*name = (struct name){0};
	for (size_t i = 0; i < text.len; i++)
		buf_add_char(small, to_small(text.ptr[i]));
	name->small = buf_slice(small);
	for (size_t i = 0; i < text.len;) {
		struct word word = {.from = i, .start = name->letters.len};

		if (!is_word_char(text.ptr[i])) {
			i++;
			continue;
		}
		i = word_end(text, i);
		word.to = i;
		buf_add_slice(&name->letters,
		    (struct slice){small->ptr + word.from, i - word.from});
		word.end = name->letters.len;
		buf_add(&name->kept, &word, sizeof(word));
		name->n++;
	}
	name->words = (const struct word *)(const void *)name->kept.ptr;
}

static void name_release(struct name *name)
{
	buf_release(&name->letters);
	buf_release(&name->kept);
}

/* Whether a word with its stars is all of the text. */
static bool fits(struct slice word, struct slice text)
{
	bool open_start = slice_starts(word, SLICE("*"));
	bool open_end = slice_ends(word, SLICE("*"));
	struct slice inner = {word.ptr + open_start,
	    word.len - open_start - (word.len > 1 && open_end)};

	if (!inner.len)
		return true;
	if (open_start && open_end)
		return slice_find(text, inner, 0) >= 0;
	if (open_start)
		return slice_ends(text, inner);
	return open_end ? slice_starts(text, inner) : slice_eq(text, inner);
}

/* Whether the entry's words from the given one on stand at word i of the name
 * and behind it; where they end goes to ret_end. */
static bool stands_at(const struct name *name, const struct entry *entry,
    size_t word, size_t i, size_t *ret_end)
{
	size_t most = slice_is(entry->words[word], "*") ? 1 : PARTS_MAX;

	for (size_t n = 1; n <= most && i + n <= name->n; n++) {
		const struct word *last = &name->words[i + n - 1];
		struct slice text = {
		    name->letters.ptr + name->words[i].start,
		    last->end - name->words[i].start,
		};

		*ret_end = last->to;
		if (fits(entry->words[word], text) &&
		    (word + 1 == entry->nwords ||
			stands_at(name, entry, word + 1, i + n, ret_end)))
			return true;
	}
	return false;
}

/* Where the option begins that has its value at i. */
static size_t option_start(struct slice name, size_t i)
{
	while (i &&
	       (is_word_char(name.ptr[i - 1]) || strchr("_-", name.ptr[i - 1])))
		i--;
	return i;
}

static bool find_literal(const struct name *name, const struct entry *entry,
    size_t *at, struct range *ret_range)
{
	struct slice small = name->small;
	ptrdiff_t found;
	size_t from, to;

	while ((found = slice_find(small, entry->text, *at)) >= 0) {
		from = (size_t)found;
		to = from + entry->text.len;
		if (entry->at_start && from)
			return false;
		*at = from + 1;
		if (entry->of_option && to < small.len &&
		    is_word_char(small.ptr[to]))
			continue;
		if (entry->of_option)
			from = option_start(small, from);
		*ret_range = (struct range){from, to};
		return true;
	}
	return false;
}

/* Finds the entry from word *at or, for a literal, from that character on, and
 * moves *at behind where it begins. */
static bool find_next(const struct name *name, const struct entry *entry,
    size_t *at, struct range *ret_range)
{
	for (; entry->nwords && *at < name->n; ++*at) {
		if (!stands_at(name, entry, 0, *at, &ret_range->to))
			continue;
		ret_range->from = name->words[(*at)++].from;
		return true;
	}
	return !entry->nwords && find_literal(name, entry, at, ret_range);
}

/* Whether one of the entries is found in the name where range is. */
static bool overlaps(const struct name *name, const struct entries *entries,
    const struct range *range)
{
	struct range other;

	for (size_t i = 0; i < entries->n; i++) {
		size_t at = 0;

		while (find_next(name, &entries->items[i], &at, &other)) {
			if (other.from < range->to && range->from < other.to)
				return true;
		}
	}
	return false;
}

/* The bit of two characters beside each other. */
static uint64_t pair_bit(char before, char c)
{
	return (uint64_t)1 << (((unsigned char)before * 29u +
				   (unsigned char)c) %
			       64);
}

/* Those of a text in small letters; with "*" and blanks between its words. */
static uint64_t pairs_of_entry(struct slice text)
{
	uint64_t pairs = 0;

	for (size_t i = 1; i < text.len; i++) {
		char before = text.ptr[i - 1], c = text.ptr[i];

		if (before != '*' && c != '*' && before != ' ' && c != ' ')
			pairs |= pair_bit(before, c);
	}
	return pairs;
}

/* Those of a name, as it is written and without what is between its words. */
static uint64_t pairs_of_name(struct slice text)
{
	uint64_t pairs = 0;
	char before = ' ', letter = ' ';

	for (size_t i = 0; i < text.len; i++) {
		char c = to_small(text.ptr[i]);

		pairs |= pair_bit(before, c);
		if (is_word_char(c)) {
			pairs |= pair_bit(letter, c);
			letter = c;
		}
		before = c;
	}
	return pairs;
}

/* Most names have nothing in common with a list.  Whether this one may: what
 * is found in a name has no two characters in a row that the name has not. */
static bool may_say(const struct lists *lists, uint64_t pairs)
{
	for (size_t i = 0; i < lists->says.n; i++) {
		if (!(lists->says.items[i].pairs & ~pairs))
			return true;
	}
	return false;
}

static bool says(const struct name *name, const struct lists *lists)
{
	const struct range all = {0, name->small.len};
	struct range range;

	for (size_t i = 0; i < lists->says.n; i++) {
		size_t at = 0;

		while (find_next(name, &lists->says.items[i], &at, &range)) {
			if (!overlaps(name, &lists->but_not, &range))
				return !overlaps(name, &lists->unless, &all);
		}
	}
	return false;
}

static bool says_text(const struct lists *lists, struct slice text)
{
	struct buf small = {0};
	struct name name;
	bool has;

	name_init(&name, text, &small);
	has = says(&name, lists);
	name_release(&name);
	buf_release(&small);
	return has;
}

static bool matches(const struct name_list *list, const struct regex *pattern,
    struct slice text)
{
	int found = regex_matches(pattern, text);

	if (found < 0)
		atomic_store_explicit(
		    list->gave_up, true, memory_order_relaxed);
	return found == 1;
}

bool name_list_gave_up(const struct name_list *list)
{
	return list &&
	       atomic_load_explicit(list->gave_up, memory_order_relaxed);
}

bool name_list_has(const struct name_list *list, struct slice text)
{
	uint64_t pairs;
	bool has = false;

	if (!list)
		return false;
	pairs = pairs_of_name(text);
	for (size_t i = 0; !has && i < list->n; i++) {
		const struct lists *lists = &list->items[i];

		if (lists->pattern)
			has = matches(list, lists->pattern, text);
		else
			has = may_say(lists, pairs) && says_text(lists, text);
	}
	return has;
}

/* A star within a word would never be found. */
static int check_stars(const struct entry *entry, struct fault *fault)
{
	for (size_t i = 0; i < entry->nwords; i++) {
		struct slice word = entry->words[i];
		ptrdiff_t star = slice_find(word, SLICE("*"), 1);

		if (star >= 0 && (size_t)star + 1 < word.len)
			return fault_set(fault,
			    "'%.*s' has a '*' inside a word; it can stand at "
			    "either end",
			    SLICE_ARGS(entry->text));
	}
	return 0;
}

static int read_words(struct entry *entry, struct fault *fault)
{
	size_t from = 0;

	for (size_t i = 0; i <= entry->text.len; i++) {
		if (i < entry->text.len && entry->text.ptr[i] != ' ')
			continue;
		if (i > from && entry->nwords == WORDS_MAX)
			return fault_set(fault, "'%.*s' has more than %d words",
			    SLICE_ARGS(entry->text), WORDS_MAX);
		if (i > from)
			entry->words[entry->nwords++] =
			    (struct slice){entry->text.ptr + from, i - from};
		from = i + 1;
	}
	return check_stars(entry, fault);
}

static int read_entry(struct entry *entry, struct fault *fault)
{
	bool is_literal = false, says_any = false;

	for (size_t i = 0; i < entry->text.len; i++) {
		char c = entry->text.ptr[i];

		is_literal |= !is_word_char(c) && c != ' ' && c != '*';
		says_any |= is_word_char(c);
	}
	if (!is_literal && !says_any)
		return fault_set(
		    fault, "'%.*s' has no word in it", SLICE_ARGS(entry->text));
	if (!is_literal)
		return read_words(entry, fault);
	entry->at_start = slice_starts(entry->text, SLICE("^"));
	entry->of_option = slice_starts(entry->text, SLICE("*"));
	if (entry->at_start || entry->of_option) {
		entry->text.ptr++;
		entry->text.len--;
	}
	return entry->text.len ? 0
			       : fault_set(fault, "'^' has no text behind it");
}

static int read_entries(struct arena *arena, const char *const *texts, size_t n,
    struct entries *ret_entries, struct fault *fault)
{
	ret_entries->items = arena_array(arena, n, sizeof(struct entry));
	for (size_t i = 0; i < n; i++) {
		struct entry *entry = &ret_entries->items[ret_entries->n++];
		size_t len = strlen(texts[i]);
		char *small = arena_alloc(arena, len + 1);

		for (size_t j = 0; j < len; j++)
			small[j] = to_small(texts[i][j]);
		entry->text = (struct slice){small, len};
		if (read_entry(entry, fault))
			return -1;
		entry->pairs = pairs_of_entry(entry->text);
	}
	return 0;
}

static void add_lists(struct name_list *list, struct lists lists)
{
	list->items =
	    grow(list->items, list->n, &list->cap, sizeof(*list->items));
	list->items[list->n++] = lists;
}

int name_list_add(
    struct name_list *list, const struct name_words *words, struct fault *fault)
{
	struct lists lists = {0};
	struct arena *arena = &list->arena;

	if (read_entries(
		arena, words->says, words->nsays, &lists.says, fault) ||
	    read_entries(arena, words->but_not, words->nbut_not, &lists.but_not,
		fault) ||
	    read_entries(
		arena, words->unless, words->nunless, &lists.unless, fault))
		return -1;
	add_lists(list, lists);
	return 0;
}

int name_list_add_pattern(
    struct name_list *list, struct slice pattern, struct fault *fault)
{
	size_t offset;
	struct regex *regex = regex_new(pattern, &offset, fault);

	if (!regex)
		return -1;
	add_lists(list, (struct lists){.pattern = regex});
	return 0;
}

struct name_list *name_list_new(void)
{
	struct name_list *list = xcalloc(1, sizeof(*list));

	list->gave_up = arena_alloc(&list->arena, sizeof(*list->gave_up));
	atomic_init(list->gave_up, false);
	return list;
}

void name_list_free(struct name_list *list)
{
	if (!list)
		return;
	for (size_t i = 0; i < list->n; i++)
		regex_free(list->items[i].pattern);
	free(list->items);
	arena_release(&list->arena);
	free(list);
}
