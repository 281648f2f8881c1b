/*
 * UTF-16 and UTF-32 -> UTF-8, by our own code: iconv() loads its tables from
 * files of the system, which a static program cannot.
 */
#ifndef INPUT_WIDE_H
#define INPUT_WIDE_H

#include "base/text.h"

/* The longest byte order mark, in bytes. */
#define WIDE_MARK_MAX 4

/* How a text's units are laid out; size 0: it has no wide units. */
struct wide {
	size_t size; /* of a unit, in bytes: 2 or 4; of its mark, too */
	bool is_big; /* the high byte comes first */
};

/*
 * What the byte order mark at the start of a text tells (Unicode, 23.8; RFC
 * 2781 and UAX 19).  head: the first WIDE_MARK_MAX bytes, fewer of a shorter
 * text.
 */
struct wide wide_marked(struct slice head);

/*
 * Appends to text what is whole in bytes; what no character is (a surrogate
 * alone, a number past U+10FFFF) becomes U+FFFD, and so does a rest that is cut
 * off when is_last.  Returns how many bytes are done; the others belong to the
 * next call.
 */
size_t wide_decode(
    struct wide wide, struct slice bytes, bool is_last, struct buf *text);

#endif
