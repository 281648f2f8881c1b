/*
 * A whole file as one document: contracts, rules and the like.
 */
#ifndef DOC_FILE_H
#define DOC_FILE_H

#include "doc/tree.h"

/*
 * Reads the file of that origin, which must hold exactly one document (JSON or
 * YAML) without duplicate keys, into arena.  what is its name in sentences
 * ("contract").  -1 with FILE:LINE:COL and a sentence otherwise.
 */
MUST_CHECK int file_load(const struct origin *origin, const char *what,
    struct arena *arena, const struct node **ret_root, struct fault *fault);

/* The same for text that was read already; it must not be changed as long as
 * the nodes are used. */
MUST_CHECK int file_parse(const struct origin *origin, const char *what,
    struct slice text, struct arena *arena, const struct node **ret_root,
    struct fault *fault);

/* The same for files that may be empty: *ret_root is NULL for one that holds no
 * document. */
MUST_CHECK int file_load_or_nothing(const struct origin *origin,
    const char *what, struct arena *arena, const struct node **ret_root,
    struct fault *fault);
MUST_CHECK int file_parse_or_nothing(const struct origin *origin,
    struct slice text, struct arena *arena, const struct node **ret_root,
    struct fault *fault);

#endif
