/* Blocks of 512 bytes, a header and what it speaks of, to members. */
#include "input/tar.h"

enum {
	BLOCK = 512,
	NAME_AT = 0,
	NAME_LEN = 100,
	SIZE_AT = 124,
	SIZE_LEN = 12,
	SUM_AT = 148,
	SUM_LEN = 8,
	TYPE_AT = 156,
	MAGIC_AT = 257,
	PREFIX_AT = 345,
	PREFIX_LEN = 155,
};

/* What headers of extension say of the member behind them. */
struct extension {
	struct slice name; /* empty: as the member's own header has it */
	uint64_t size;
	bool has_size;
};

/* A field of a header, up to its NUL. */
static struct slice field(struct slice header, size_t at, size_t len)
{
	struct slice text = {header.ptr + at, 0};

	while (text.len < len && text.ptr[text.len])
		text.len++;
	return text;
}

/* Digits of a base, blanks around them; UINT64_MAX: no such number. */
static uint64_t number_of(struct slice text, unsigned base)
{
	uint64_t number = 0;

	text = slice_trim(text);
	for (size_t i = 0; i < text.len; i++) {
		unsigned digit = (unsigned char)text.ptr[i] - '0';

		if (digit >= base || number > UINT32_MAX)
			return UINT64_MAX;
		number = number * base + digit;
	}
	return number;
}

/* The sum of a header's bytes, its own field counting as blanks. */
static bool has_right_sum(struct slice header)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < header.len; i++) {
		bool is_own = i >= SUM_AT && i < SUM_AT + SUM_LEN;

		sum += is_own ? ' ' : (unsigned char)header.ptr[i];
	}
	return sum == number_of(field(header, SUM_AT, SUM_LEN), 8);
}

static bool is_zero(struct slice block)
{
	for (size_t i = 0; i < block.len; i++) {
		if (block.ptr[i])
			return false;
	}
	return true;
}

static int cut_off(const struct tar *tar, struct fault *fault)
{
	return fault_set(fault, "the archive in '%s' is cut off", tar->name);
}

/* So many bytes, and what fills up their last block; -1: there are fewer. */
static int take(struct tar *tar, uint64_t size, struct slice *ret_bytes)
{
	size_t left = tar->bytes.len - tar->at;

	if (size > left)
		return -1;
	*ret_bytes = (struct slice){tar->bytes.ptr + tar->at, (size_t)size};
	size = (size + BLOCK - 1) / BLOCK * BLOCK;
	tar->at += size < left ? (size_t)size : left;
	return 0;
}

/* The next header; 0 at the end, which is a block of zeros or none. */
static int next_header(
    struct tar *tar, struct slice *ret_header, struct fault *fault)
{
	if (tar->at == tar->bytes.len)
		return 0;
	if (take(tar, BLOCK, ret_header))
		return cut_off(tar, fault);
	if (is_zero(*ret_header))
		return 0;
	return has_right_sum(*ret_header)
		   ? 1
		   : fault_set(fault,
			 "what is packed in '%s' is not a tar archive",
			 tar->name);
}

/* "LENGTH KEY=VALUE\n", again and again. */
static void read_records(struct slice records, struct extension *extension)
{
	while (records.len) {
		ptrdiff_t blank = slice_find(records, SLICE(" "), 0);
		struct slice digits = {
		    records.ptr, blank < 0 ? 0 : (size_t)blank};
		uint64_t len = number_of(digits, 10);
		struct slice value;

		if (!digits.len || len <= digits.len + 1 || len > records.len)
			return;
		value.ptr = records.ptr + digits.len + 1;
		value.len = (size_t)len - digits.len - 2;
		if (slice_starts(value, SLICE("path=")))
			extension->name =
			    (struct slice){value.ptr + 5, value.len - 5};
		if (slice_starts(value, SLICE("size="))) {
			extension->size = number_of(
			    (struct slice){value.ptr + 5, value.len - 5}, 10);
			extension->has_size = true;
		}
		records.ptr += len;
		records.len -= (size_t)len;
	}
}

static struct slice name_in(struct tar *tar, struct slice header)
{
	struct slice name = field(header, NAME_AT, NAME_LEN);
	struct slice prefix = field(header, PREFIX_AT, PREFIX_LEN);
	struct slice magic = {header.ptr + MAGIC_AT, 6};

	/* GNU tar has other things where ustar has the front of a name. */
	if (!slice_eq(magic, SLICE("ustar\0")) || !prefix.len)
		return slice_copy(tar->arena, name);
	return slice_of(arena_printf(
	    tar->arena, "%.*s/%.*s", SLICE_ARGS(prefix), SLICE_ARGS(name)));
}

static enum tar_kind kind_of(char type)
{
	switch (type) {
	case '\0':
	case '0':
	case '7': return TAR_FILE;
	case '1':
	case '2': return TAR_LINK;
	case '5': return TAR_FOLDER;
	default: return TAR_OTHER;
	}
}

/* Links, devices, folders and pipes are no more than a header. */
static bool has_bytes(char type)
{
	return type < '1' || type > '6';
}

/* Whether the header is about the member behind it, or about all: then what
 * it says is kept. */
static bool is_extension(
    char type, struct slice bytes, struct extension *extension)
{
	switch (type) {
	case 'x': read_records(bytes, extension); return true;
	case 'L': extension->name = field(bytes, 0, bytes.len); return true;
	case 'g':
	case 'K': return true;
	default: return false;
	}
}

int tar_next(
    struct tar *tar, struct tar_member *ret_member, struct fault *fault)
{
	struct extension extension = {0};
	struct slice header = {0}, bytes;
	bool again;
	int more;

	do {
		uint64_t size;
		char type;

		more = next_header(tar, &header, fault);
		if (more <= 0)
			return more;
		type = header.ptr[TYPE_AT];
		size = number_of(field(header, SIZE_AT, SIZE_LEN), 8);
		if (extension.has_size && kind_of(type) == TAR_FILE)
			size = extension.size;
		if (take(tar, has_bytes(type) ? size : 0, &bytes))
			return cut_off(tar, fault);
		again = is_extension(type, bytes, &extension);
	} while (again);
	ret_member->kind = kind_of(header.ptr[TYPE_AT]);
	ret_member->bytes = bytes;
	ret_member->name = extension.name.len
			       ? slice_copy(tar->arena, extension.name)
			       : name_in(tar, header);
	return 1;
}
