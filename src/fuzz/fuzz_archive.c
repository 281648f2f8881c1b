/*
 * A fuzz target: members of a packed chart, packed anew, since hardly any bytes
 * are a gzip, or a tar whose sums are right; and the bytes as they are.
 */
#include "fuzz/fuzz.h"
#include "helm/archive.h"
#include "input/gunzip.h"
#include "input/test_tar.h"

enum { MOST = 4 << 20 };

/* All names in a folder, and in those below it. */
static void walk(const struct archive *archive, struct slice folder)
{
	struct slice name;
	size_t at = 0;

	while ((name = archive_next_name(archive, folder, &at)).len) {
		struct buf path = {0};

		buf_printf(
		    &path, "%.*s/%.*s", SLICE_ARGS(folder), SLICE_ARGS(name));
		(void)archive_find(archive, buf_slice(&path));
		if (archive_has_folder(archive, buf_slice(&path)))
			walk(archive, buf_slice(&path));
		buf_release(&path);
	}
}

static void read_packed(struct slice packed)
{
	struct arena arena = {0};
	struct archive archive = {0};
	struct fault fault = {0};
	size_t left = MOST;

	if (!archive_read(
		"c-1.0.0.tgz", packed, &left, &arena, &archive, &fault))
		walk(&archive, slice_of(archive.root));
	fault_release(&fault);
	arena_release(&arena);
}

/* The first line of a part is its type and name, the rest what it holds. */
static void add_member(struct buf *tar, struct slice part)
{
	static const struct slice line_end = {"\n", 1};
	ptrdiff_t end = slice_find(part, line_end, 0);
	struct slice head = {part.ptr, end < 0 ? part.len : (size_t)end};
	struct slice text = {part.ptr + head.len, part.len - head.len};
	struct buf name = {0};

	if (!head.len)
		return;
	buf_add(&name, head.ptr + 1, head.len - 1);
	test_tar_add(tar, buf_text(&name), head.ptr[0], text);
	buf_release(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct slice parts[6];
	struct buf tar = {0}, packed = {0};

	read_packed((struct slice){(const char *)bytes, size});
	fuzz_parts(bytes, size, parts, COUNT_OF(parts));
	for (size_t i = 0; i < COUNT_OF(parts); i++)
		add_member(&tar, parts[i]);
	test_gzip_add(&packed, buf_slice(&tar));
	read_packed(buf_slice(&packed));
	buf_release(&packed);
	buf_release(&tar);
	return 0;
}
