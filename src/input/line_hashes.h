/*
 * GitHub's fingerprints of lines, for the quotes that want them.
 */
#ifndef INPUT_LINE_HASHES_H
#define INPUT_LINE_HASHES_H

#include "input/parts.h"
#include "input/quote.h"

/*
 * Fills in the lines of all quotes of one source, which are sorted by line, and
 * the hashes: "HASH:N", the line being the file's Nth with that hash.  Reads
 * the source, which was just cut, twice, so that memory holds nothing but the
 * quotes; when it cannot be read to its end there are no hashes.
 */
void line_hashes_fill(const struct parts *parts, struct quote *quotes, size_t n,
    unsigned njobs, struct arena *arena);

#endif
