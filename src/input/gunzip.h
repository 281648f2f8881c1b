/*
 * Bytes that gzip packed -> what they were (RFC 1952).  The only file that sees
 * zlib.
 */
#ifndef INPUT_GUNZIP_H
#define INPUT_GUNZIP_H

#include "base/fault.h"

/*
 * Appends to out what the members in packed hold, one behind the other; bytes
 * behind the last one count for nothing.  -1 with a sentence about the file of
 * that name when it is no gzip, is damaged or cut off, or holds more than most
 * bytes, of which no more are made: a few thousand packed bytes can stand for
 * millions.
 */
MUST_CHECK int gunzip(const char *name, struct slice packed, size_t most,
    struct buf *out, struct fault *fault);

#endif
