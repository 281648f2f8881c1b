/*
 * Archives for tests: members one behind the other, and gzip around them.
 */
#ifndef INPUT_TEST_TAR_H
#define INPUT_TEST_TAR_H

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>

/* Appends a member of ustar: its header, and its text in blocks of 512. */
static inline void test_tar_add(
    struct buf *tar, const char *name, char type, struct slice text)
{
	char header[512] = {0};
	static const char zeros[512];
	unsigned sum = 0;

	snprintf(header, 100, "%s", name);
	snprintf(header + 124, 12, "%011zo", text.len);
	memset(header + 148, ' ', 8);
	header[156] = type;
	memcpy(header + 257,
	    "ustar\0"
	    "00",
	    8);
	for (size_t i = 0; i < sizeof(header); i++)
		sum += (unsigned char)header[i];
	snprintf(header + 148, 8, "%06o", sum);
	buf_add(tar, header, sizeof(header));
	buf_add_slice(tar, text);
	buf_add(tar, zeros, (512 - text.len % 512) % 512);
}

/* The end: two blocks of zeros. */
static inline void test_tar_end(struct buf *tar)
{
	static const char zeros[1024];

	buf_add(tar, zeros, sizeof(zeros));
}

/* Appends the text as a member of gzip. */
static inline void test_gzip_add(struct buf *packed, struct slice text)
{
	z_stream stream = {0};
	size_t size = text.len + text.len / 1000 + 100;
	unsigned char *out = xmalloc(size);

	deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
	stream.next_in = (unsigned char *)(uintptr_t)text.ptr;
	stream.avail_in = (unsigned)text.len;
	stream.next_out = out;
	stream.avail_out = (unsigned)size;
	deflate(&stream, Z_FINISH);
	buf_add(packed, out, size - stream.avail_out);
	deflateEnd(&stream);
	free(out);
}

#endif
