/*
 * Patterns that are compiled when they are first matched, and kept.
 */
#ifndef CEL_PATTERNS_H
#define CEL_PATTERNS_H

#include "base/map.h"
#include "base/regex.h"

/* All zero is empty and ready.  Not for several threads. */
struct cel_patterns {
	struct map by_text;
	struct arena arena; /* the texts */
};

/*
 * The pattern compiled to match what CEL's RE2 matches, where PCRE2 can be told
 * to; NULL with the fault set and ret_offset at what is wrong.  What PCRE2 has
 * alone (look-around, references) is as PCRE2 has it, or refused when
 * is_strict. Free with regex_free().
 */
struct regex *cel_pattern_compile(
    struct slice text, bool is_strict, size_t *ret_offset, struct fault *fault);

/* The compiled pattern, which is the owner's of patterns alone, valid until the
 * next call; NULL with the fault set when it does not compile. */
struct regex *cel_patterns_get(struct cel_patterns *patterns,
    struct slice text, bool is_strict, struct fault *fault);

void cel_patterns_release(struct cel_patterns *patterns);

#endif
