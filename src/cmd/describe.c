/* The kinds of findings there are -> text for people. */
#include "cmd/describe.h"

#include "cmd/outcome.h"
#include "fact/settings.h"
#include "rule/vocabulary.h"

#include <string.h>

static void describe_list(
    struct buf *out, const struct diag_kind *const *kinds, size_t nkinds)
{
	size_t widest = 0;

	for (size_t i = 0; i < nkinds; i++) {
		size_t len = strlen(kinds[i]->id);

		widest = len > widest ? len : widest;
	}
	for (size_t i = 0; i < nkinds; i++)
		buf_printf(out, "%-*s  %-7s  %-8s  %s\n", (int)widest,
		    kinds[i]->id, severity_name(kinds[i]->severity),
		    kinds[i]->group,
		    kinds[i]->title ? kinds[i]->title : kinds[i]->message);
}

/* A text of several lines, each indented by two. */
static void print_block(struct buf *out, const char *title, const char *text)
{
	if (!text || !*text)
		return;
	buf_printf(out, "\n%s\n", title);
	while (*text) {
		size_t len = strcspn(text, "\n");

		buf_printf(out, "%s%.*s\n", len ? "  " : "", (int)len, text);
		text += len + (text[len] == '\n');
	}
}

/* The message, or what it is in each case. */
static void print_messages(struct buf *out, const struct diag_kind *kind)
{
	if (!kind->ncases)
		print_block(out, "Says", kind->message);
	for (size_t i = 0; i < kind->ncases; i++)
		print_block(out, i ? "or" : "Says", kind->cases[i]);
}

static void print_list(
    struct buf *out, const char *title, const char *const *items, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(out, "%s%s%s  %s\n", i ? "" : "\n", i ? "" : title,
		    i ? "" : "\n", items[i]);
}

static void describe_kind(struct buf *out, const struct diag_kind *kind)
{
	buf_printf(out, "%s (%s): %s, group %s\n", kind->id, kind->code,
	    severity_name(kind->severity), kind->group);
	print_block(out, "Finds", kind->title);
	print_block(out, "Guards", kind->invariant);
	print_messages(out, kind);
	print_block(
	    out, "Parameters, to be set in .rolloutlint.yaml", kind->params);
	print_block(out, "Why", kind->why);
	print_block(out, "What to do", kind->fix);
	print_block(out, "What --fixits proposes to write", kind->edits);
	print_block(out, "Found here, on the lines marked #!", kind->bad);
	print_block(out, "Not found here", kind->good);
	print_list(out, "Read more", kind->see, kind->nsee);
	print_list(out, "Was called", kind->aliases, kind->naliases);
	buf_printf(out,
	    "\nTurn it off with -Wno-%s, make it an error with -Werror=%s.\n",
	    kind->id, kind->id);
}

int list_rules(struct program *program)
{
	struct buf text = {0};

	describe_list(&text, program->kinds, program->nkinds);
	return print(program, &text, STATUS_CLEAN);
}

int explain_rule(struct program *program)
{
	const char *id = program->options.explain;
	struct buf text = {0};
	const struct diag_kind *kind =
	    kind_find(program->kinds, program->nkinds, slice_of(id));

	if (kind) {
		describe_kind(&text, kind);
		return print(program, &text, STATUS_CLEAN);
	}
	fault_set(&program->fault,
	    "--explain: unknown rule '%s'; --list-rules lists all", id);
	return trouble(program);
}

static int list_facts_of(struct program *program, const char *name)
{
	struct buf text = {0};
	const char *near = NULL;
	enum entity_kind kind;

	if (entity_named(slice_of(name), &kind, &near)) {
		entity_describe(kind, &text);
		return print(program, &text, STATUS_CLEAN);
	}
	fault_set(&program->fault,
	    "--list-facts: there is no entity '%s'%s%s%s", name,
	    near ? "; did you mean '" : "", near ? near : "",
	    near ? "'?" : "; --list-facts alone shows all");
	return trouble(program);
}

int list_facts(struct program *program)
{
	struct buf text = {0};

	if (program->options.facts_of)
		return list_facts_of(program, program->options.facts_of);
	vocabulary_describe(&text);
	buf_add_char(&text, '\n');
	settings_describe(&text);
	return print(program, &text, STATUS_CLEAN);
}
