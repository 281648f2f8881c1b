/* Whole files: one document each, or the sentence that says why not. */
#include "doc/file.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct origin origin = {.name = "x.yaml"};

static void expect_parsed(const char *text, enum node_kind kind, uint32_t line)
{
	struct arena arena = {0};
	struct fault fault = {0};
	const struct node *root = NULL;

	cr_assert_eq(
	    file_parse(&origin, "rule", slice_of(text), &arena, &root, &fault),
	    0, "%s", fault_text(&fault));
	cr_assert_eq(root->kind, kind);
	cr_assert_eq(root->span.line, line);
	arena_release(&arena);
}

Test(doc_file, one_document)
{
	expect_parsed("a: b\n", NODE_MAPPING, 1);
	expect_parsed("[a]", NODE_SEQUENCE, 1);
	expect_parsed("{\"a\": 1}", NODE_MAPPING, 1);
	/* Empty documents around it do not count. */
	expect_parsed("---\n# nothing\n---\na: b\n---\n", NODE_MAPPING, 4);
	expect_parsed("\xEF\xBB\xBF"
		      "a: b\n",
	    NODE_MAPPING, 1);
}

static void expect_refused(const char *text, const char *sentence)
{
	struct arena arena = {0};
	struct fault fault = {0};
	const struct node *root = NULL;

	cr_assert_eq(
	    file_parse(&origin, "rule", slice_of(text), &arena, &root, &fault),
	    -1);
	cr_assert_str_eq(fault_text(&fault), sentence);
	cr_assert_null(root, "set only on success");
	fault_release(&fault);
	arena_release(&arena);
}

Test(doc_file, no_document)
{
	expect_refused("", "x.yaml:1:1: error: the rule is empty");
	expect_refused(
	    "# only this\n---\n", "x.yaml:1:1: error: the rule is empty");
}

Test(doc_file, more_than_one_document)
{
	expect_refused("a: b\n---\nc: d\n",
	    "x.yaml:3:1: error: a second document begins here; the file must "
	    "hold "
	    "one");
	expect_refused("{}\n{}\n", "x.yaml:2:1: error: a second document "
				   "begins here; the file must hold "
				   "one");
}

/* The first thing that is wrong counts, at its place. */
Test(doc_file, findings_refuse_the_file)
{
	struct arena arena = {0};
	struct fault fault = {0};
	const struct node *root = NULL;

	cr_assert_eq(file_parse(&origin, "rule", SLICE("a: b\nc: [\n"), &arena,
			 &root, &fault),
	    -1);
	cr_assert_eq(strncmp(fault_text(&fault), "x.yaml:2:", 9), 0, "%s",
	    fault_text(&fault));
	cr_assert_null(strchr(fault_text(&fault), '\n'));
	fault_release(&fault);
	arena_release(&arena);
	expect_refused("a: b\na: c\n", "x.yaml:2:1: error: key 'a' is given "
				       "twice in one mapping (see 1:1)");
}

static void write_file(const char *path, const char *text, size_t len)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file);
	cr_assert_eq(fwrite(text, 1, len, file), len);
	fclose(file);
}

/* Longer than one block of reading. */
Test(doc_file, a_file_is_read_whole)
{
	char path[] = "/tmp/file-XXXXXX";
	struct origin file = {.name = path};
	struct arena arena = {0};
	struct fault fault = {0};
	struct buf text = {0};
	const struct node *root;
	int fd = mkstemp(path);

	cr_assert_geq(fd, 0);
	close(fd);
	for (int i = 0; i < 5000; i++)
		buf_printf(&text, "key-%d: %d\n", i, i);
	write_file(path, text.ptr, text.len);
	cr_assert_eq(file_load(&file, "rule", &arena, &root, &fault), 0, "%s",
	    fault_text(&fault));
	cr_assert_eq(root->n, 5000);
	cr_assert(slice_is(node_get(root, "key-4999")->text, "4999"));
	cr_assert_eq(remove(path), 0);
	buf_release(&text);
	arena_release(&arena);
}

static void expect_unreadable(const char *path)
{
	struct origin file = {.name = path};
	struct arena arena = {0};
	struct fault fault = {0};
	const struct node *root;

	cr_assert_eq(file_load(&file, "rule", &arena, &root, &fault), -1);
	cr_assert_not_null(
	    strstr(fault_text(&fault), path), "%s", fault_text(&fault));
	fault_release(&fault);
	arena_release(&arena);
}

Test(doc_file, files_that_cannot_be_read)
{
	expect_unreadable("/nowhere/at/all.yaml");
	expect_unreadable("/tmp");
}
