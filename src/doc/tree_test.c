/* Trees: what stands where, the limits, aliases and merge keys. */
#include "doc/tree.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static const struct origin origin = {.name = "x.yaml"};

/* What document_load() makes of a text, one document after the other. */
struct reading {
	struct events *events;
	struct limits limits;
	struct arena arena;
	struct finding_list findings;
	const struct node *root;
};

static struct reading reading_of(const char *text)
{
	return (struct reading){
	    .events = events_new(slice_of(text), 1),
	    .limits = default_limits,
	};
}

static int load(struct reading *reading)
{
	return document_load(reading->events, &origin, &reading->limits,
	    &reading->arena, &reading->findings, &reading->root);
}

static void reading_release(struct reading *reading)
{
	events_free(reading->events);
	arena_release(&reading->arena);
	finding_list_release(&reading->findings);
}

/* The finding number i: its kind, its place and its text. */
static void expect_finding(const struct reading *reading, size_t i,
    enum own_kind kind, uint32_t line, uint32_t col, const char *text)
{
	const struct finding *finding = &reading->findings.items[i];

	cr_assert_lt(i, reading->findings.n, "no finding '%s'", text);
	cr_assert_str_eq(finding->text, text);
	cr_assert_str_eq(finding->kind->id, own_kind(kind)->id);
	cr_assert_eq(finding->place.origin, &origin);
	cr_assert_eq(finding->place.span.line, line);
	cr_assert_eq(finding->place.span.col, col);
}

static void expect_note(
    const struct reading *reading, size_t i, uint32_t line, const char *text)
{
	const struct finding *finding = &reading->findings.items[i];

	cr_assert_eq(finding->nnotes, 1);
	cr_assert_str_eq(finding->notes[0].text, text);
	cr_assert_eq(finding->notes[0].place.span.line, line);
}

/* Writes the tree as one line of flow YAML. */
static void spell(const struct node *node, struct buf *list)
{
	if (!node) {
		buf_add_text(list, "nothing");
		return;
	}
	switch (node->kind) {
	case NODE_SCALAR: buf_add_slice(list, node->text); return;
	case NODE_SEQUENCE:
		for (uint32_t i = 0; i < node->n; i++) {
			buf_add_text(list, i ? " " : "[");
			spell(node->items[i], list);
		}
		buf_add_text(list, node->n ? "]" : "[]");
		return;
	case NODE_MAPPING:
		for (uint32_t i = 0; i < node->n; i++) {
			buf_add_text(list, i ? " " : "{");
			spell(node->pairs[i].key, list);
			buf_add_char(list, ':');
			spell(node->pairs[i].value, list);
		}
		buf_add_text(list, node->n ? "}" : "{}");
		return;
	}
}

static void expect_tree(const struct node *root, const char *expected)
{
	struct buf list = {0};

	spell(root, &list);
	cr_assert_str_eq(buf_text(&list), expected);
	buf_release(&list);
}

/* text is one document without a finding. */
static void expect(const char *text, const char *expected)
{
	struct reading reading = reading_of(text);

	cr_assert_eq(load(&reading), 1);
	expect_tree(reading.root, expected);
	cr_assert_eq(reading.findings.n, 0, "of '%s'", text);
	cr_assert_eq(load(&reading), 0);
	reading_release(&reading);
}

Test(doc_tree, shapes)
{
	expect("a: 1\nb: [x, {}, []]\nc:\n- d: e\n",
	    "{a:1 b:[x {} []] c:[{d:e}]}");
	expect("plain", "plain");
	expect("{\"a\": {\"b\": null}}", "{a:{b:null}}");
}

Test(doc_tree, one_tag_makes_strings)
{
	struct reading reading =
	    reading_of("[!!str 1, !!int 1, !own 1, !!str &a 1, 1]\n");

	cr_assert_eq(load(&reading), 1);
	cr_assert_eq(reading.root->n, 5);
	for (size_t i = 0; i < 5; i++)
		cr_expect_eq(reading.root->items[i]->is_string,
		    i == 0 || i == 3, "%zu", i);
	reading_release(&reading);
}

Test(doc_tree, empty_documents_have_no_root)
{
	struct reading reading =
	    reading_of("---\n---\n# c\n---\nnull\n---\n''");

	for (int i = 0; i < 2; i++) {
		cr_assert_eq(load(&reading), 1);
		cr_assert_null(reading.root);
	}
	cr_assert_eq(load(&reading), 1);
	expect_tree(reading.root, "null");
	cr_assert_eq(load(&reading), 1);
	cr_assert_not_null(reading.root, "an empty string is no nothing");
	cr_assert_eq(load(&reading), 0);
	reading_release(&reading);
	reading = reading_of("# only a comment\n");
	cr_assert_eq(load(&reading), 0);
	reading_release(&reading);
}

Test(doc_tree, a_syntax_error_ends_the_reading)
{
	struct reading reading = reading_of("a: 1\n---\nb:\n  c: 1\n d: 2\n");

	cr_assert_eq(load(&reading), 1);
	cr_assert_eq(load(&reading), -1);
	cr_assert_null(reading.root);
	cr_assert_eq(reading.findings.n, 1);
	expect_finding(&reading, 0, KIND_YAML_SYNTAX, 5, 2,
	    "did not find expected key; check the indentation of this line "
	    "and of those above");
	expect_note(
	    &reading, 0, 3, "while parsing a block mapping that begins here");
	reading_release(&reading);
}

Test(doc_tree, a_context_on_the_same_line_is_no_note)
{
	struct reading reading = reading_of("a: @b\n");

	cr_assert_eq(load(&reading), -1);
	cr_assert_eq(reading.findings.items[0].nnotes, 0);
	reading_release(&reading);
}

Test(doc_tree, the_last_of_equal_keys_wins)
{
	struct reading reading = reading_of("a: 1\nb: 2\n'a': 3\na: 4\n");

	cr_assert_eq(load(&reading), 1);
	expect_tree(reading.root, "{a:4 b:2}");
	cr_assert_eq(reading.findings.n, 2);
	for (uint32_t i = 0; i < 2; i++) {
		expect_finding(&reading, i, KIND_DUPLICATE_KEY, 3 + i, 1,
		    "key 'a' is given twice in one mapping");
		expect_note(&reading, i, 1,
		    "first given here; readers that accept it use the last "
		    "value");
	}
	reading_release(&reading);
}

Test(doc_tree, keys_of_two_mappings_are_not_equal)
{
	expect("a: {x: 1}\nb: {x: 1}\nx: 1\n", "{a:{x:1} b:{x:1} x:1}");
}

Test(doc_tree, keys_that_are_no_text_are_reported)
{
	struct reading reading = reading_of("a: {{ x }}\n? [b]\n: 2\n");

	cr_assert_eq(load(&reading), 1);
	expect_tree(reading.root, "{a:{{x:}:} [b]:2}");
	cr_assert_eq(reading.findings.n, 2);
	expect_finding(&reading, 0, KIND_YAML_SYNTAX, 1, 4,
	    "a key must be text, not a mapping; an unrendered template action "
	    "'{{ ... }}' reads like this");
	expect_finding(&reading, 1, KIND_YAML_SYNTAX, 2, 3,
	    "a key must be text, not a list");
	reading_release(&reading);
}

Test(doc_tree, many_keys_cost_their_number, .timeout = 10)
{
	struct buf text = {0};
	struct reading reading;

	for (int i = 0; i < 200000; i++)
		buf_printf(&text, "k%d: %d\n", i, i);
	buf_add_text(&text, "k77: again\n");
	reading = reading_of(buf_text(&text));
	cr_assert_eq(load(&reading), 1);
	cr_assert_eq(reading.root->n, 200000);
	cr_assert(slice_is(node_get(reading.root, "k77")->text, "again"));
	cr_assert_eq(reading.findings.n, 1);
	expect_finding(&reading, 0, KIND_DUPLICATE_KEY, 200001, 1,
	    "key 'k77' is given twice in one mapping");
	expect_note(&reading, 0, 78,
	    "first given here; readers that accept it use the last value");
	reading_release(&reading);
	buf_release(&text);
}

Test(doc_tree, aliases_share_nodes)
{
	struct reading reading = reading_of("a: &x [1]\nb: *x\nc: &x 2\nd: *x");
	const struct node *a, *b;

	cr_assert_eq(load(&reading), 1);
	expect_tree(reading.root, "{a:[1] b:[1] c:2 d:2}");
	a = node_get(reading.root, "a");
	b = node_get(reading.root, "b");
	cr_assert_eq(a, b);
	cr_assert_eq(b->span.line, 1, "a node is where it was written");
	cr_assert(slice_is(b->key->text, "a"));
	/* root, 4 keys, twice [1] and 1, twice 2 */
	cr_assert_eq(reading.root->weight, 1 + 4 + 2 * 2 + 2);
	reading_release(&reading);
}

Test(doc_tree, an_alias_without_anchor)
{
	struct reading reading = reading_of("a: *x\nb: 1\n---\n- &x a\n");

	cr_assert_eq(load(&reading), 1);
	cr_assert_null(reading.root);
	expect_finding(&reading, 0, KIND_YAML_SYNTAX, 1, 4,
	    "alias '*x' refers to no anchor");
	cr_assert_eq(load(&reading), 1, "the next document is read");
	expect_tree(reading.root, "[a]");
	reading_release(&reading);
}

Test(doc_tree, anchors_end_with_their_document)
{
	struct reading reading = reading_of("- &x a\n---\n- *x\n");

	cr_assert_eq(load(&reading), 1);
	cr_assert_eq(load(&reading), 1);
	cr_assert_null(reading.root);
	cr_assert_eq(reading.findings.n, 1);
	reading_release(&reading);
}

Test(doc_tree, an_alias_inside_its_own_anchor)
{
	struct reading reading = reading_of("a: &x\n  b: [1, *x]\n");

	cr_assert_eq(load(&reading), 1);
	cr_assert_null(reading.root);
	cr_assert_eq(reading.findings.n, 1);
	expect_finding(&reading, 0, KIND_ALIAS_LIMIT, 2, 10,
	    "alias '*x' refers to the node that contains it");
	reading_release(&reading);
}

Test(doc_tree, a_billion_laughs, .timeout = 10)
{
	struct buf text = {0};
	struct reading reading;

	buf_add_text(&text, "- &a0 [x, x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 30; i++) {
		buf_printf(&text, "- &a%d [", i);
		for (int k = 0; k < 10; k++)
			buf_printf(&text, "*a%d,", i - 1);
		buf_add_text(&text, "]\n");
	}
	reading = reading_of(buf_text(&text));
	cr_assert_eq(load(&reading), 1);
	cr_assert_null(reading.root);
	cr_assert_eq(reading.findings.n, 1);
	/* Up to a5 there are 123,457 nodes; each a4 adds 111,111. */
	expect_finding(&reading, 0, KIND_ALIAS_LIMIT, 6, 36,
	    "with its aliases expanded the document has more than 1000000 "
	    "nodes");
	reading_release(&reading);
	buf_release(&text);
}

Test(doc_tree, as_many_nodes_as_allowed)
{
	struct reading reading = reading_of("[1, 2, 3]\n---\n[1, 2, 3, 4]\n");

	reading.limits.nodes = 4;
	cr_assert_eq(load(&reading), 1);
	expect_tree(reading.root, "[1 2 3]");
	cr_assert_eq(reading.findings.n, 0);
	cr_assert_eq(load(&reading), 1);
	cr_assert_null(reading.root);
	expect_finding(&reading, 0, KIND_SIZE_LIMIT, 3, 11,
	    "the document has more than 4 nodes");
	reading_release(&reading);
}

/* n lists inside each other, closed or not. */
static void add_lists(struct buf *text, size_t n, bool closed)
{
	for (size_t i = 0; i < n; i++)
		buf_add_char(text, '[');
	for (size_t i = 0; closed && i < n; i++)
		buf_add_char(text, ']');
	buf_add_char(text, '\n');
}

Test(doc_tree, as_deep_as_allowed)
{
	struct buf text = {0};
	struct reading reading;

	add_lists(&text, 100, true);
	buf_add_text(&text, "--- # too deep\n");
	add_lists(&text, 200, true);
	buf_add_text(&text, "---\na: 1\n");
	reading = reading_of(buf_text(&text));
	cr_assert_eq(load(&reading), 1);
	cr_assert_not_null(reading.root);
	cr_assert_eq(load(&reading), 1);
	cr_assert_null(reading.root);
	cr_assert_eq(reading.findings.n, 1);
	expect_finding(&reading, 0, KIND_DEPTH_LIMIT, 3, 101,
	    "the document is nested more than 100 levels deep");
	cr_assert_eq(load(&reading), 1, "the next document is read");
	expect_tree(reading.root, "{a:1}");
	reading_release(&reading);
	buf_release(&text);
}

/* libyaml itself would need minutes for these. */
Test(doc_tree, depth_without_end_is_given_up, .timeout = 10)
{
	struct buf text = {0};
	struct reading reading;

	add_lists(&text, 1000000, false);
	reading = reading_of(buf_text(&text));
	cr_assert_eq(load(&reading), -1);
	cr_assert_null(reading.root);
	cr_assert_eq(reading.findings.n, 1);
	expect_finding(&reading, 0, KIND_DEPTH_LIMIT, 1, 101,
	    "the document is nested more than 100 levels deep");
	reading_release(&reading);
	buf_release(&text);
}

Test(doc_tree, merge_keys)
{
	expect(
	    "- &a {x: 1, y: 2}\n- {y: 3, <<: *a}\n", "[{x:1 y:2} {y:3 x:1}]");
	/* Explicit keys win wherever they stand, earlier maps over later. */
	expect("- &a {x: 1, y: 2}\n- &b {y: 8, z: 9}\n"
	       "- <<: [*a, *b]\n  x: 0\n",
	    "[{x:1 y:2} {y:8 z:9} {x:0 y:2 z:9}]");
	expect("{<<: {x: 1}, <<: {x: 2, y: 3}}", "{x:1 y:3}");
	expect("- &a {x: 1}\n- &b {<<: *a, y: 2}\n- {<<: *b}\n",
	    "[{x:1} {y:2 x:1} {y:2 x:1}]");
}

Test(doc_tree, what_is_no_merge_key)
{
	expect("{'<<': {x: 1}}", "{<<:{x:1}}");
	expect("{<<: x}", "{<<:x}");
	expect("{<<: [{x: 1}, y]}", "{<<:[{x:1} y]}");
}

Test(doc_tree, getting_and_finding)
{
	struct reading reading = reading_of("a: {b: {c: 1}}\nd: [1]\n");
	const struct node *root;

	cr_assert_eq(load(&reading), 1);
	root = reading.root;
	expect_tree(node_find(root, "a", "b", "c", NULL), "1");
	cr_assert_eq(node_find(root, NULL), root);
	cr_assert_null(node_find(root, "a", "x", "c", NULL));
	cr_assert_null(node_find(root, "d", "1", NULL));
	cr_assert_null(node_find(NULL, "a", NULL));
	cr_assert_null(node_get(root, "b"));
	reading_release(&reading);
}

Test(doc_tree, places)
{
	struct reading reading = reading_of("a:\n  b: [1,\n    2]\n");
	struct place place;

	cr_assert_eq(load(&reading), 1);
	place = node_place(&origin, node_find(reading.root, "a", "b", NULL));
	cr_assert(place_known(place));
	cr_assert_eq(place.span.line, 2);
	cr_assert_eq(place.span.col, 6);
	cr_assert_eq(place.span.end_line, 3, "up to behind the bracket");
	cr_assert_eq(place.span.end_col, 7);
	cr_assert(!place_known(node_place(&origin, NULL)));
	reading_release(&reading);
}

static void expect_path(const struct node *node, const char *expected)
{
	struct buf path = {0};

	node_path(node, &path);
	cr_assert_str_eq(buf_text(&path), expected);
	buf_release(&path);
}

Test(doc_tree, paths)
{
	struct reading reading =
	    reading_of("spec:\n  containers:\n  - {}\n  - image: x\n"
		       "  sel: {a.b/c: {d-e: 1}, \"q\\\"\\n\": 2, 0: 3}\n"
		       "[k]: {x: 4}\n");
	const struct node *root, *spec, *list, *sel;

	cr_assert_eq(load(&reading), 1);
	root = reading.root;
	spec = node_get(root, "spec");
	list = node_get(spec, "containers");
	sel = node_get(spec, "sel");
	expect_path(root, "");
	expect_path(NULL, "");
	expect_path(list, "spec.containers");
	expect_path(
	    node_get(list->items[1], "image"), "spec.containers[1].image");
	expect_path(
	    node_find(sel, "a.b/c", "d-e", NULL), "spec.sel[\"a.b/c\"].d-e");
	expect_path(node_get(sel, "q\"\n"), "spec.sel[\"q\\\"\\n\"]");
	expect_path(node_get(sel, "0"), "spec.sel[\"0\"]");
	expect_path(node_get(root->pairs[1].value, "x"), "[?].x");
	reading_release(&reading);
}

Test(doc_tree, a_path_is_appended)
{
	struct reading reading = reading_of("a: 1\n");
	struct buf path = {0};

	cr_assert_eq(load(&reading), 1);
	buf_add_text(&path, "at ");
	node_path(node_get(reading.root, "a"), &path);
	cr_assert_str_eq(buf_text(&path), "at a");
	buf_release(&path);
	reading_release(&reading);
}

/* The column of the byte at offset of the value of the only key. */
static void expect_column(const char *text, size_t offset, uint32_t col)
{
	struct reading reading = reading_of(text);
	struct span span;

	cr_assert_eq(load(&reading), 1);
	span = node_char_span(reading.root->pairs[0].value, offset);
	cr_assert_eq(span.line, 1);
	cr_assert_eq(span.col, col, "in '%s': column %u", text, span.col);
	cr_assert_eq(span.end_col, col + 1);
	reading_release(&reading);
}

Test(doc_tree, places_inside_a_scalar)
{
	expect_column("a: bcd\n", 0, 4);
	expect_column("a: bcd\n", 2, 6);
	expect_column("a: \xC3\xA9x\n", 2, 5);
	expect_column("a: &x !!str bcd\n", 1, 14);
	expect_column("a: 'bcd'\n", 1, 6);
	expect_column("a: 'b''cd'\n", 2, 8);
	expect_column("a: \"b\\\"cd\"\n", 2, 8);
}

Test(doc_tree, places_that_cannot_be_told)
{
	/* A long escape, more than one line, a quote of either kind. */
	expect_column("a: \"\\x41bcd\"\n", 2, 4);
	expect_column("a: b\n  cd\n", 2, 4);
	expect_column("a: |\n  bcd\n", 1, 4);
	expect_column("a: \"'\\\"cd\"\n", 1, 4);
	expect_column("a: bcd\n", 4, 4);
}
