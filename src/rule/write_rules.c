/*
 * Rules, packed -> C: arrays of numbers, and of texts as one text.
 */
#include "rule/write_rules.h"

#include "rule/pack.h"

#include <string.h>

/* Octal escapes end after three digits, whatever follows; '?' might begin a
 * trigraph. */
static void write_char(struct buf *buf, unsigned char c)
{
	if (c < ' ' || c > '~' || c == '"' || c == '\\' || c == '?')
		buf_printf(buf, "\\%03o", c);
	else
		buf_add_char(buf, (char)c);
}

/* Texts, each ended by NUL: one a line. */
static void write_texts(struct buf *buf, const char *name, struct slice texts)
{
	buf_printf(buf, "\nstatic const char %s[] = \"\"\n", name);
	while (texts.len) {
		size_t n = strlen(texts.ptr) + 1;

		buf_add_char(buf, '"');
		for (size_t i = 0; i < n; i++)
			write_char(buf, (unsigned char)texts.ptr[i]);
		buf_add_text(buf, "\"\n");
		texts = slice_after(texts, n);
	}
	buf_add_text(buf, ";\n");
}

#define WORDS_A_LINE 16

/* A last word is there because C knows no empty array. */
static void write_words(
    struct buf *buf, const char *name, const uint32_t *words, size_t nbytes)
{
	buf_printf(buf, "\nstatic const uint32_t %s[] = {", name);
	for (size_t i = 0; i < nbytes / sizeof(*words); i++)
		buf_printf(buf, "%s%uU,", i % WORDS_A_LINE ? " " : "\n",
		    (unsigned)words[i]);
	buf_add_text(buf, "\n0};\n");
}

static void write_nodes(
    struct buf *buf, const struct cel_node *nodes, size_t nbytes)
{
	buf_add_text(buf, "\nstatic const struct cel_node nodes[] = {\n");
	for (size_t i = 0; i < nbytes / sizeof(*nodes); i++)
		buf_printf(buf, "{%u, %u, %u, %u, %u, %u, %u},\n", nodes[i].op,
		    nodes[i].kind, nodes[i].row, nodes[i].nrows, nodes[i].n,
		    nodes[i].first, nodes[i].what);
	buf_add_text(buf, "{0}};\n");
}

void write_rules(struct buf *buf, const struct ruleset *ruleset)
{
	struct packing packing = {0};
	struct packed_rules tables;

	pack_rules(&packing, ruleset);
	tables = packing_tables(&packing);
	buf_add_text(buf,
	    "/* Made by compile_rules from the rules; changes here are lost. "
	    "*/\n"
	    "#include \"rule/packed.h\"\n");
	write_words(buf, "heads", tables.heads, packing.heads.len);
	write_words(buf, "tests", tables.tests, packing.tests.len);
	write_words(buf, "rest", tables.rest, packing.rest.len);
	write_nodes(buf, tables.nodes, packing.nodes.len);
	write_texts(buf, "texts", buf_slice(&packing.texts.bytes));
	write_texts(buf, "prose", buf_slice(&packing.prose.bytes));
	buf_printf(buf,
	    "\nconst struct packed_rules builtin_rules = {\n"
	    "heads, tests, rest, nodes, texts, prose, %zu};\n",
	    packing.n);
	packing_release(&packing);
}
