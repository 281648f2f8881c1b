/* Members of gzip to bytes, a block at a time, so that the limit holds. */
#include "input/gunzip.h"

#include <limits.h>
#include <zlib.h>

/* For inflateInit2(): the largest window, and a header of gzip. */
#define WINDOW_OF_GZIP (15 + 16)

static bool is_gzip(struct slice bytes)
{
	return slice_starts(bytes, SLICE("\x1f\x8b"));
}

/* The next block of the member; 1 while there are more, 0 at its end. */
static int inflate_block(const char *name, z_stream *stream, size_t most,
    struct buf *out, struct fault *fault)
{
	unsigned char block[16384];
	int result;

	stream->next_out = block;
	stream->avail_out = sizeof(block);
	result = inflate(stream, Z_NO_FLUSH);
	if (result == Z_MEM_ERROR)
		out_of_memory();
	if (result == Z_BUF_ERROR)
		return fault_set(fault, "'%s' is cut off", name);
	if (result != Z_OK && result != Z_STREAM_END)
		return fault_set(fault, "'%s' is damaged", name);
	buf_add(out, block, sizeof(block) - stream->avail_out);
	if (out->len > most)
		return fault_set(
		    fault, "'%s' unpacks to more than %zu bytes", name, most);
	return result == Z_OK;
}

static int inflate_members(const char *name, z_stream *stream, size_t most,
    struct buf *out, struct fault *fault)
{
	int more = 1;

	while (more > 0) {
		more = inflate_block(name, stream, most, out, fault);
		if (more)
			continue;
		more = is_gzip((struct slice){
		    (const char *)stream->next_in, stream->avail_in});
		if (more)
			inflateReset(stream);
	}
	return more;
}

int gunzip(const char *name, struct slice packed, size_t most, struct buf *out,
    struct fault *fault)
{
	z_stream stream = {0};
	int result;

	if (!is_gzip(packed) || packed.len > UINT_MAX)
		return fault_set(fault, "'%s' is not packed by gzip", name);
	/* zlib reads what it does not declare to be constant. */
	stream.next_in = (unsigned char *)(uintptr_t)packed.ptr;
	stream.avail_in = (unsigned)packed.len;
	if (inflateInit2(&stream, WINDOW_OF_GZIP) != Z_OK)
		out_of_memory();
	most += out->len;
	result = inflate_members(name, &stream, most, out, fault);
	inflateEnd(&stream);
	return result;
}
