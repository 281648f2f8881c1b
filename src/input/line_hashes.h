/*
 * GitHub's fingerprints of lines, for the quotes that want them.
 */
#ifndef INPUT_LINE_HASHES_H
#define INPUT_LINE_HASHES_H

#include "input/quote.h"

/*
 * Fills in the hashes of all quotes of one source, which are sorted by line:
 * "HASH:N", the line being the file's Nth with that hash.  Reads the source
 * twice, from its start, so that memory holds nothing but the quotes.
 */
void line_hashes_fill(
    struct source *source, struct quote *quotes, size_t n, struct arena *arena);

#endif
