/*
 * Patterns by their texts.  There are few: those of rules and their parameters.
 * A rule may make endlessly many out of what it reads, so all are forgotten
 * when there are too many.
 */
#include "cel/patterns.h"

/* More than any rules have. */
#define MOST_PATTERNS 64

void cel_patterns_release(struct cel_patterns *patterns)
{
	for (size_t i = 0; i < patterns->by_text.n; i++)
		regex_free(patterns->by_text.entries[i].value);
	map_release(&patterns->by_text);
	arena_release(&patterns->arena);
}

const struct regex *cel_patterns_get(
    struct cel_patterns *patterns, struct slice text, struct fault *fault)
{
	struct regex *regex = map_find(&patterns->by_text, text);
	size_t offset;

	if (regex)
		return regex;
	regex = regex_new(text, &offset, fault);
	if (!regex)
		return NULL;
	if (patterns->by_text.n == MOST_PATTERNS)
		cel_patterns_release(patterns);
	*map_slot(&patterns->by_text, slice_copy(&patterns->arena, text)) =
	    regex;
	return regex;
}
