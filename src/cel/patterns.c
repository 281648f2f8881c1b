/*
 * Patterns by their texts.  There are few: those of rules and their parameters.
 * A rule may make endlessly many out of what it reads, so all are forgotten
 * when there are too many.
 */
#include "cel/patterns.h"

#include "base/go_pattern.h"

/* More than any rules have. */
#define MOST_PATTERNS 64

void cel_patterns_release(struct cel_patterns *patterns)
{
	for (size_t i = 0; i < patterns->by_text.n; i++)
		regex_free(patterns->by_text.entries[i].value);
	map_release(&patterns->by_text);
	arena_release(&patterns->arena);
}

typedef struct regex *maker(struct slice, size_t *, struct fault *);

static struct regex *compile(maker *make, struct slice text, bool is_strict,
    size_t *ret_offset, struct fault *fault)
{
	struct buf translated = {0};
	bool is_alike = go_pattern_translate(text, &translated);
	struct regex *regex =
	    make(is_alike ? buf_slice(&translated) : text, ret_offset, fault);

	buf_release(&translated);
	if (regex && !is_alike && is_strict) {
		regex_free(regex);
		*ret_offset = 0;
		fault_set(fault,
		    "the pattern '%.*s' is not one of RE2, or may mean "
		    "something else there",
		    SLICE_ARGS(text));
		return NULL;
	}
	return regex;
}

struct regex *cel_pattern_compile(
    struct slice text, bool is_strict, size_t *ret_offset, struct fault *fault)
{
	return compile(regex_new, text, is_strict, ret_offset, fault);
}

struct regex *cel_patterns_get(struct cel_patterns *patterns,
    struct slice text, bool is_strict, struct fault *fault)
{
	struct regex *regex = map_find(&patterns->by_text, text);
	size_t offset;

	if (regex)
		return regex;
	regex = compile(regex_new_own, text, is_strict, &offset, fault);
	if (!regex)
		return NULL;
	if (patterns->by_text.n == MOST_PATTERNS)
		cel_patterns_release(patterns);
	*map_slot(&patterns->by_text, slice_copy(&patterns->arena, text)) =
	    regex;
	return regex;
}
