/*
 * Chunks: every expectation holds for all sizes of reads.  A list of chunks
 * is spelled "LINE+OFFSET<TEMPLATE>text|", with "!" for one too large.
 */
#include "input/split.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

#define NO_LIMIT 1000000

static const struct origin origin = {.name = "x.yaml"};

static void spell(struct buf *list, const struct chunk *chunk)
{
	struct slice template = buf_slice(&chunk->template);

	buf_printf(list, "%u+%llu<%.*s>", chunk->first_line,
	    (unsigned long long)chunk->offset, SLICE_ARGS(template));
	buf_add_slice(list, buf_slice(&chunk->bytes));
	buf_add_text(list, chunk->too_large ? "!|" : "|");
}

static void split(
    struct slice text, size_t limit, size_t read_size, struct buf *list)
{
	struct fault fault = {0};
	struct splitter splitter;
	struct source source;
	struct chunk chunk;
	int more;

	source_init_memory(&source, &origin, text);
	splitter_init(&splitter, &source, limit);
	splitter.read_size = read_size;
	while ((more = splitter_next(&splitter, &chunk, &fault)) > 0) {
		spell(list, &chunk);
		chunk_release(&chunk);
	}
	cr_assert_eq(more, 0);
	cr_assert_eq(splitter_next(&splitter, &chunk, &fault), 0);
	splitter_release(&splitter);
	source_release(&source);
}

static void expect_within(struct slice text, size_t limit, const char *expected)
{
	for (size_t size = 1; size <= 32; size++) {
		size_t read_size = size == 32 ? 65536 : size;
		struct buf list = {0};

		split(text, limit, read_size, &list);
		cr_assert_str_eq(buf_text(&list), expected,
		    "read by %zu of '%s'", read_size, text.ptr);
		buf_release(&list);
	}
}

static void expect(const char *text, const char *expected)
{
	expect_within(slice_of(text), NO_LIMIT, expected);
}

Test(input_split, nothing_is_no_chunk)
{
	expect("", "");
}

Test(input_split, one_document_is_one_chunk)
{
	expect("a: 1\nb: 2\n", "1+0<>a: 1\nb: 2\n|");
	expect("---\na: 1", "1+0<>---\na: 1|");
	expect("\n", "1+0<>\n|");
	expect("# only a comment", "1+0<># only a comment|");
}

Test(input_split, cut_before_a_marker_line)
{
	expect("a\n---\nb\n", "1+0<>a\n|2+2<>---\nb\n|");
	expect("a\n--- # c\nb\n", "1+0<>a\n|2+2<>--- # c\nb\n|");
	expect("a\n---\tb\n", "1+0<>a\n|2+2<>---\tb\n|");
	expect("a\n---", "1+0<>a\n|2+2<>---|");
	expect("---\n---\n---\n", "1+0<>---\n|2+4<>---\n|3+8<>---\n|");
	expect(
	    "a\n\xEF\xBB\xBF---\nb\n", "1+0<>a\n|2+2<>\xEF\xBB\xBF---\nb\n|");
}

Test(input_split, what_only_looks_like_a_marker)
{
	expect("a\n---b: 1\n", "1+0<>a\n---b: 1\n|");
	expect("a\n ---\n", "1+0<>a\n ---\n|");
	expect("a: |\n  ---\n  b\n", "1+0<>a: |\n  ---\n  b\n|");
	expect("a\n--\n----\n-", "1+0<>a\n--\n----\n-|");
}

Test(input_split, every_kind_of_line_end)
{
	expect("a\r\n---\r\nb\r\n---\r\n",
	    "1+0<>a\r\n|2+3<>---\r\nb\r\n|4+11<>---\r\n|");
	/* A lone CR ends a line for YAML but counts as none. */
	expect("a\r---\rb\r---", "1+0<>a\r|1+2<>---\rb\r|1+8<>---|");
	expect("a\r\r\n---\r\n\rb", "1+0<>a\r\r\n|2+4<>---\r\n\rb|");
}

Test(input_split, document_end_markers_stay_inside)
{
	expect("a\n...\n---\nb\n...\n", "1+0<>a\n...\n|3+6<>---\nb\n...\n|");
}

Test(input_split, directives_stay_with_their_document)
{
	expect("%YAML 1.2\n---\na\n---\nb\n",
	    "1+0<>%YAML 1.2\n---\na\n|4+16<>---\nb\n|");
	expect("# c\n%TAG ! x\n# c\n---\na\n",
	    "1+0<># c\n%TAG ! x\n# c\n---\na\n|");
	/* Behind its "---" or in text a "%" is none. */
	expect("---\n%a\n---\nb\n", "1+0<>---\n%a\n|3+7<>---\nb\n|");
	expect("a\n%b\n---\nc\n", "1+0<>a\n%b\n|3+5<>---\nc\n|");
	expect("%a\nb\n---\nc\n", "1+0<>%a\nb\n|3+5<>---\nc\n|");
}

Test(input_split, template_is_named_before_the_content)
{
	expect("---\n# Source: c/t.yaml \r\na: 1\n",
	    "1+0<c/t.yaml>---\n# Source: c/t.yaml \r\na: 1\n|");
	expect("a: 1\n# Source: late\n", "1+0<>a: 1\n# Source: late\n|");
	expect("--- a\n# Source: late\n", "1+0<>--- a\n# Source: late\n|");
	expect("  # Source: x\na\n", "1+0<>  # Source: x\na\n|");
	expect("# Source: x\n# Source: y\na",
	    "1+0<x># Source: x\n# Source: y\na|");
	expect("a\n...\n# Source: x\n", "1+0<>a\n...\n# Source: x\n|");
	expect("# Source: end", "1+0<end># Source: end|");
}

Test(input_split, template_carries_forward)
{
	expect("---\n# Source: x\n---\na\n---\n# Source: y\nb\n",
	    "1+0<x>---\n# Source: x\n|3+16<x>---\na\n|"
	    "5+22<y>---\n# Source: y\nb\n|");
}

Test(input_split, json_documents_are_cut_apart)
{
	expect("{\"a\":1}\n{\"b\":2}\n[3]\n",
	    "1+0<>{\"a\":1}\n|2+8<>{\"b\":2}\n|3+16<>[3]\n|");
	expect("{\n\"a\": [\n{\n}\n]\n}\n{\n}\n",
	    "1+0<>{\n\"a\": [\n{\n}\n]\n}\n|7+17<>{\n}\n|");
}

Test(input_split, braces_in_json_strings_do_not_count)
{
	expect("{\"a\":\"}\\\"}\"\n,\n\"b\":\n{}}\n{}",
	    "1+0<>{\"a\":\"}\\\"}\"\n,\n\"b\":\n{}}\n|5+23<>{}|");
	expect("{\"a\":\"{\\\\\"}\n{}", "1+0<>{\"a\":\"{\\\\\"}\n|2+12<>{}|");
}

Test(input_split, what_is_not_json_is_not_cut)
{
	expect("{}{}\n  {}\n", "1+0<>{}{}\n  {}\n|");
	expect("a:\n{}\n", "1+0<>a:\n{}\n|");
	expect("{}\n# {\n{}\n", "1+0<>{}\n# {\n|3+7<>{}\n|");
	/* One that lost count is still cut at the marker. */
	expect("{\"a\": [}\n{}\n---\nb", "1+0<>{\"a\": [}\n{}\n|3+12<>---\nb|");
}

Test(input_split, too_large_is_cut_short_and_the_rest_dropped)
{
	struct slice text = SLICE("a\n---\nbbbbbbbb\nb\n---\nc\n");

	expect_within(text, 7, "1+0<>a\n|2+2<>---\nbbb!|5+17<>---\nc\n|");
	expect_within(text, 14,
	    "1+0<>a\n|2+2<>---\nbbbbbbbb\nb!|"
	    "5+17<>---\nc\n|");
	expect_within(text, 15,
	    "1+0<>a\n|2+2<>---\nbbbbbbbb\nb\n|"
	    "5+17<>---\nc\n|");
	expect_within(SLICE("aaaa\naaaa"), 3, "1+0<>aaa!|");
	expect_within(SLICE("{\n\n}\n{}\n"), 4, "1+0<>{\n\n}!|4+5<>{}\n|");
	/* A comment whose start is gone names no template. */
	expect_within(SLICE("# Source: a/b.yaml\n---\nc\n"), 7,
	    "1+0<># Sourc!|2+19<>---\nc\n|");
}

/* Nothing but "a", without end. */
static ssize_t read_endless(void *context, void *bytes, size_t size)
{
	size_t *left = context;

	if (size > *left)
		size = *left;
	*left -= size;
	memset(bytes, 'a', size);
	return (ssize_t)size;
}

Test(input_split, a_dropped_rest_takes_no_memory)
{
	size_t left = (size_t)64 << 20;
	struct source source = {
	    .origin = &origin,
	    .read = read_endless,
	    .context = &left,
	    .fd = -1,
	    .spool = -1,
	};
	struct fault fault = {0};
	struct splitter splitter;
	struct chunk chunk;

	splitter_init(&splitter, &source, 1000);
	cr_assert_eq(splitter_next(&splitter, &chunk, &fault), 1);
	cr_assert(chunk.too_large);
	cr_assert_eq(chunk.bytes.len, 1000);
	chunk_release(&chunk);
	cr_assert_eq(splitter_next(&splitter, &chunk, &fault), 0);
	cr_assert_eq(left, 0);
	cr_assert(splitter.pending.cap < 1 << 20);
	splitter_release(&splitter);
	source_release(&source);
}

Test(input_split, a_long_line_costs_its_length, .timeout = 10)
{
	size_t len = 2 << 20;
	char *bytes = xmalloc(len);
	struct buf list = {0};

	memset(bytes, 'a', len);
	split((struct slice){bytes, len}, len, 1, &list);
	cr_assert_eq(list.len, len + strlen("1+0<>|"));
	buf_clear(&list);
	memset(bytes, '\r', len);
	split((struct slice){bytes, len}, len, 65536, &list);
	cr_assert_eq(list.len, len + strlen("1+0<>|"));
	buf_release(&list);
	free(bytes);
}

/* Two documents, the second of them cut off by an error. */
static ssize_t read_broken(void *context, void *bytes, size_t size)
{
	static const struct slice text = SLICE("a: 1\n---\nb: 2\n");
	bool *done = context;

	cr_assert(size >= text.len);
	errno = EIO;
	if (*done)
		return -1;
	*done = true;
	memcpy(bytes, text.ptr, text.len);
	return (ssize_t)text.len;
}

Test(input_split, a_read_error_hides_no_whole_document)
{
	bool done = false;
	struct source source = {
	    .origin = &origin,
	    .read = read_broken,
	    .context = &done,
	    .fd = -1,
	    .spool = -1,
	};
	struct fault fault = {0};
	struct splitter splitter;
	struct chunk chunk;

	splitter_init(&splitter, &source, NO_LIMIT);
	cr_assert_eq(splitter_next(&splitter, &chunk, &fault), 1);
	cr_assert(slice_is(buf_slice(&chunk.bytes), "a: 1\n"));
	chunk_release(&chunk);
	cr_assert_eq(splitter_next(&splitter, &chunk, &fault), -1);
	cr_assert_str_eq(
	    fault_text(&fault), "cannot read 'x.yaml': Input/output error");
	splitter_release(&splitter);
	source_release(&source);
	fault_release(&fault);
}
