/*
 * Lists of words by which names are recognised: SHUTDOWN_DRAIN_SECONDS says how
 * long something drains, DRAIN_CHECK_INTERVAL does not.
 *
 * A name is taken apart into words, whatever their case: at what is neither a
 * letter nor a digit, between "a" and "B", and between letters and digits.
 */
#ifndef BASE_NAME_LIST_H
#define BASE_NAME_LIST_H

#include "base/fault.h"
#include "base/text.h"

/*
 * What is looked for.  An entry is one of
 *   shutdown      a word, also in parts: SHUT_DOWN, shutDown
 *   drain*        a word's beginning, *drain its end, *drain* any part of it;
 *                 "*" alone is any one word
 *   node drain    words in a row
 *   --seed        with any other character: this text, whatever its case
 *   *=off         this text, and the option or variable in front of it; no
 *                 letter or digit behind it
 *   ^-            this text at the beginning of the name
 */
struct name_words {
	const char *const *says; /* the name says it by one of these, ... */
	size_t nsays;
	const char *const *but_not; /* ... which must not be part of these */
	size_t nbut_not;
	const char *const *unless; /* a name that has one of these never does */
	size_t nunless;
};

/* Names are recognised by any of the words that were added, or by a pattern. */
struct name_list;

struct name_list *name_list_new(void);
void name_list_free(struct name_list *list);

/* Adds words, which are copied.  -1 with a sentence for an entry that says
 * nothing or has more than four words. */
MUST_CHECK int name_list_add(struct name_list *list,
    const struct name_words *words, struct fault *fault);

/* Adds a pattern of PCRE2.  -1 with a sentence when it does not compile. */
MUST_CHECK int name_list_add_pattern(
    struct name_list *list, struct slice pattern, struct fault *fault);

/* Whether the name is one of those; never for NULL, nor where a pattern takes
 * too long to match.  Any thread may ask. */
bool name_list_has(const struct name_list *list, struct slice name);

/* Whether a pattern of the list took too long in any name so far, which then
 * counted as none of those.  When all threads that ask have ended. */
bool name_list_gave_up(const struct name_list *list);

#endif
