/*
 * The examples of a rule: mappings of texts, one for each file that the rule
 * would see.
 */
#include "rule/example.h"

#include "rule/mark.h"

static int check_list(
    const struct reader *reader, const char *name, const struct node *node)
{
	if (node->kind == NODE_SEQUENCE)
		return 0;
	return reader_refuse(reader, node, "%s must be a list, not %s", name,
	    reader_describe(reader, node));
}

/* Clauses are a mapping or, when findings are to be marked in them, a text. */
static int read_contract(const struct reader *reader, const struct node *node,
    struct example *example)
{
	if (!node)
		return 0;
	if (node->kind == NODE_MAPPING) {
		example->contract = node;
		return 0;
	}
	if (node->kind == NODE_SCALAR && !node->plain) {
		example->clauses.name = "contract.yaml";
		return reader_text(
		    reader, "contract", node, &example->clauses.text);
	}
	return reader_refuse(reader, node,
	    "contract must be a mapping of the contract's fields, "
	    "not %s",
	    reader_describe(reader, node));
}

static int read_file(const struct reader *reader, const char *field,
    const char *name, const struct node *node, struct example_file *file)
{
	file->name = name;
	return node ? reader_text(reader, field, node, &file->text) : 0;
}

/* Texts by the names of their files. */
static int read_files(const struct reader *reader, const char *what,
    const struct node *node, const struct example_file **ret_files,
    size_t *ret_n)
{
	struct example_file *files;

	if (!node)
		return 0;
	if (node->kind != NODE_MAPPING)
		return reader_refuse(reader, node,
		    "%s must be a mapping of names to texts, not %s", what,
		    reader_describe(reader, node));
	files = arena_array(reader->arena, node->n, sizeof(*files));
	for (uint32_t i = 0; i < node->n; i++) {
		const struct pair *pair = &node->pairs[i];
		const char *name;

		if (reader_text(
			reader, "the name of a file", pair->key, &name) ||
		    read_file(reader, name, name, pair->value, &files[i]))
			return -1;
	}
	*ret_files = files;
	*ret_n = node->n;
	return 0;
}

static void show_file(struct buf *buf, const struct example_file *file)
{
	if (!file->text)
		return;
	buf_printf(
	    buf, "%s# %s\n%s", buf->len ? "\n" : "", file->name, file->text);
}

/* A stream alone is shown as it is, several files with their names. */
static void show(const struct reader *reader, struct example *example)
{
	struct example_file stream = {
	    "manifests", *example->yaml ? example->yaml : NULL};
	struct buf buf = {0};

	show_file(&buf, &example->previous);
	show_file(&buf, &example->clauses);
	show_file(&buf, &example->values);
	show_file(&buf, &example->matrix);
	for (size_t i = 0; i < example->nscenarios; i++)
		show_file(&buf, &example->scenarios[i]);
	for (size_t i = 0; i < example->nevidence; i++)
		show_file(&buf, &example->evidence[i]);
	example->shown = example->yaml;
	if (buf.len) {
		show_file(&buf, &stream);
		example->shown = slice_copy(reader->arena, buf_slice(&buf)).ptr;
	}
	buf_release(&buf);
}

static int read_example(const struct reader *reader, const struct node *node,
    struct example *example)
{
	static const char *const names[] = {"yaml", "contract",
	    "resourceClasses", "previous", "values", "matrix", "scenarios",
	    "evidence"};
	const struct node *yaml = node_get(node, "yaml");
	const struct node *previous = node_get(node, "previous");
	const struct node *values = node_get(node, "values");
	const struct node *matrix = node_get(node, "matrix");
	const struct node *scenarios = node_get(node, "scenarios");
	const struct node *evidence = node_get(node, "evidence");

	example->place = node_place(reader->origin, node);
	example->yaml = "";
	example->classes = node_get(node, "resourceClasses");
	if (reader_check_keys(
		reader, "an example", node, names, COUNT_OF(names)))
		return -1;
	if (!yaml && !values && !matrix && !scenarios && !evidence)
		return reader_refuse(
		    reader, node, "an example must have 'yaml'");
	if (read_contract(reader, node_get(node, "contract"), example) ||
	    read_file(reader, "previous", "previous.yaml", previous,
		&example->previous) ||
	    read_file(
		reader, "values", "values.yaml", values, &example->values) ||
	    read_file(
		reader, "matrix", "matrix.yaml", matrix, &example->matrix) ||
	    read_files(reader, "scenarios", scenarios, &example->scenarios,
		&example->nscenarios) ||
	    read_files(reader, "evidence", evidence, &example->evidence,
		&example->nevidence))
		return -1;
	if (yaml && reader_text(reader, "yaml", yaml, &example->yaml))
		return -1;
	show(reader, example);
	return 0;
}

static int read_list(const struct reader *reader, const char *name,
    const struct node *node, const struct example **ret_examples, size_t *ret_n)
{
	struct example *examples;

	if (!node)
		return 0;
	if (check_list(reader, name, node))
		return -1;
	examples = arena_array(reader->arena, node->n, sizeof(*examples));
	for (uint32_t i = 0; i < node->n; i++) {
		if (read_example(reader, node->items[i], &examples[i]))
			return -1;
	}
	*ret_examples = examples;
	*ret_n = node->n;
	return 0;
}

static const char *unmarked(struct arena *arena, const char *text)
{
	struct buf buf = {0};
	const char *copy;

	marks_strip(&buf, text);
	copy = slice_copy(arena, buf_slice(&buf)).ptr;
	buf_release(&buf);
	return copy;
}

/* How often the line stands in text. */
static size_t count_line(const char *text, struct slice line)
{
	size_t n = 0;

	while (*text) {
		size_t len = strcspn(text, "\n");

		n += slice_eq(line, (struct slice){text, len});
		text += len + (text[len] == '\n');
	}
	return n;
}

/* How many lines of text the other has not got. */
static size_t count_missing(const char *text, const char *other)
{
	size_t n = 0;

	for (const char *line = text; *line;) {
		struct slice slice = {line, strcspn(line, "\n")};

		n += count_line(other, slice) < count_line(text, slice);
		line += slice.len + (line[slice.len] == '\n');
	}
	return n;
}

/* Of the good examples the one that is most like the first bad one: what is
 * other in it is what matters. */
static const char *closest_good(const struct rule *rule)
{
	const char *bad = rule->nbad ? rule->bad[0].shown : "";
	const char *closest = rule->good[0].shown;
	size_t least = SIZE_MAX;

	for (size_t i = 0; i < rule->ngood; i++) {
		const char *good = rule->good[i].shown;
		size_t n = count_missing(good, bad) + count_missing(bad, good);

		if (n < least) {
			least = n;
			closest = good;
		}
	}
	return closest;
}

int examples_read(
    struct rule *rule, const struct reader *reader, const struct node *node)
{
	static const char *const names[] = {"bad", "good"};

	if (reader_check_keys(
		reader, "examples", node, names, COUNT_OF(names)) ||
	    read_list(reader, "bad", node_get(node, "bad"), &rule->bad,
		&rule->nbad) ||
	    read_list(reader, "good", node_get(node, "good"), &rule->good,
		&rule->ngood))
		return -1;
	if (rule->nbad)
		rule->kind.bad = unmarked(reader->arena, rule->bad[0].shown);
	if (rule->ngood)
		rule->kind.good = unmarked(reader->arena, closest_good(rule));
	return 0;
}
