/* The rows of options and the kinds of findings -> what shells complete. */
#include "cmd/completion.h"

#include "cmd/outcome.h"
#include "cmd/print_schema.h"
#include "rule/vocabulary.h"

#include <string.h>

static const struct {
	const char *name;
	void (*write)(const struct completions *all, struct buf *out);
} shells[] = {
    {"bash", completion_for_bash},
    {"fish", completion_for_fish},
    {"zsh", completion_for_zsh},
};

static void add_shells(struct buf *words)
{
	for (size_t i = 0; i < COUNT_OF(shells); i++)
		buf_printf(words, " %s", shells[i].name);
}

static void add_schemas(struct buf *words)
{
	for (size_t i = 0; schema_name(i); i++)
		buf_printf(words, " %s", schema_name(i));
}

static void add_entities(struct buf *words)
{
	for (int kind = 0; kind < ENTITY_MAX; kind++)
		buf_printf(
		    words, " %s", entity_class((enum entity_kind)kind)->name);
	buf_add_text(words, " object");
}

static void add_rules(const struct program *program, struct buf *words)
{
	for (size_t i = 0; i < program->nkinds; i++)
		buf_printf(words, " %s", program->kinds[i]->id);
}

static bool is_first_of_group(const struct program *program, size_t at)
{
	const char *group = program->kinds[at]->group;

	for (size_t i = 0; i < at; i++) {
		if (!strcmp(program->kinds[i]->group, group))
			return false;
	}
	return true;
}

static void add_groups(const struct program *program, struct buf *words)
{
	for (size_t i = 0; i < program->nkinds; i++) {
		if (is_first_of_group(program, i))
			buf_printf(words, " %s", program->kinds[i]->group);
	}
}

static bool is_level(const struct option_row *row)
{
	return !row->name;
}

static void add_words(const struct program *program,
    const struct option_row *row, struct buf *words)
{
	if (is_level(row) || row->action == ACTION_EXPLAIN)
		add_rules(program, words);
	if (is_level(row))
		add_groups(program, words);
	if (row->action == ACTION_PRINT_SCHEMA)
		add_schemas(words);
	if (row->action == ACTION_COMPLETION)
		add_shells(words);
	if (row->argument && strstr(row->argument, "ENTITY"))
		add_entities(words);
	option_words(row, words);
}

static enum taken taken_by(const struct option_row *row, const char *words)
{
	if (!row->argument)
		return TAKEN_NOTHING;
	if (is_level(row))
		return TAKEN_LEVEL;
	if (*words)
		return TAKEN_WORD;
	if (!strcmp(row->argument, "DIR"))
		return TAKEN_FOLDER;
	if (!strcmp(row->argument, "FILE") || !strcmp(row->argument, "PATH"))
		return TAKEN_FILE;
	return TAKEN_TEXT;
}

/* The rest of the sentence is for --help, which has room. */
static void add_help(const struct option_row *row, struct buf *help)
{
	size_t len = strcspn(row->help, ":;");

	if (is_level(row)) {
		buf_add_text(help, "the level of a rule or a group");
		return;
	}
	for (size_t i = 0; i < len; i++)
		buf_add_char(help, row->help[i] == '\n' ? ' ' : row->help[i]);
}

static struct completion completion_of(
    struct program *program, const struct option_row *row)
{
	struct completion item = {.row = row};
	struct buf words = {0}, help = {0};
	const char *text;

	add_words(program, row, &words);
	add_help(row, &help);
	text = buf_text(&words);
	item.words = arena_printf(&program->arena, "%s", text + (*text == ' '));
	item.help = arena_printf(&program->arena, "%s", buf_text(&help));
	item.taken = taken_by(row, item.words);
	buf_release(&words);
	buf_release(&help);
	return item;
}

static struct completions completions_of(struct program *program)
{
	struct completions all = {
	    .kinds = program->kinds, .nkinds = program->nkinds};
	const struct option_row *rows = option_rows(&all.n);

	all.items = arena_array(&program->arena, all.n, sizeof(*all.items));
	for (size_t i = 0; i < all.n; i++)
		all.items[i] = completion_of(program, &rows[i]);
	return all;
}

static int refuse(struct program *program)
{
	struct buf names = {0};

	add_shells(&names);
	fault_set(&program->fault, "--completion: unknown '%s'; known:%s",
	    program->options.shell, buf_text(&names));
	buf_release(&names);
	return trouble(program);
}

int print_completion(struct program *program)
{
	struct completions all;
	struct buf text = {0};
	size_t i = 0;

	while (i < COUNT_OF(shells) &&
	       strcmp(shells[i].name, program->options.shell) != 0)
		i++;
	if (i == COUNT_OF(shells))
		return refuse(program);
	all = completions_of(program);
	shells[i].write(&all, &text);
	return print(program, &text, STATUS_CLEAN);
}
