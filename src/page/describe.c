/* The kinds of findings there are -> text for people, or JSON. */
#include "page/describe.h"

#include "base/json_quote.h"
#include "cmd/outcome.h"
#include "fact/settings.h"
#include "page/examples.h"
#include "page/rule_text.h"
#include "report/rule_url.h"
#include "rule/vocabulary.h"

#include <string.h>

static const char *title_of(const struct diag_kind *kind)
{
	return kind->title ? kind->title : kind->message;
}

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
		    kinds[i]->group, title_of(kinds[i]));
}

static void add_member(struct buf *out, const char *key, const char *text)
{
	buf_printf(out, ", \"%s\": ", key);
	json_quote(out, slice_of(text));
}

/* A list of objects, one a line. */
static void describe_json(struct buf *out, const struct program *program)
{
	for (size_t i = 0; i < program->nkinds; i++) {
		const struct diag_kind *kind = program->kinds[i];
		struct buf url = {0};

		rule_url_add(&url, program->options.docs_url, kind);
		buf_add_text(out, i ? ",\n  {\"id\": " : "[\n  {\"id\": ");
		json_quote(out, slice_of(kind->id));
		add_member(out, "code", kind->code);
		add_member(out, "severity", severity_name(kind->severity));
		add_member(out, "group", kind->group);
		add_member(out, "title", title_of(kind));
		add_member(out, "url", buf_text(&url));
		buf_add_char(out, '}');
		buf_release(&url);
	}
	buf_add_text(out, "\n]\n");
}

/* The one format that was asked for, gcc without any; NULL: it has a file. */
static const char *format_of(const struct options *options)
{
	if (options->noutputs != 1 || options->outputs[0].file)
		return NULL;
	return options->outputs[0].sink->name;
}

int list_rules(struct program *program)
{
	struct buf text = {0};

	const char *format = format_of(&program->options);

	if (format && !strcmp(format, "json")) {
		describe_json(&text, program);
	} else if (format && !strcmp(format, "gcc")) {
		describe_list(&text, program->kinds, program->nkinds);
	} else {
		fault_set(&program->fault,
		    "--list-rules prints text or, with --format json, JSON, "
		    "and nothing else");
		return trouble(program);
	}
	return print_lines(program, &text, STATUS_CLEAN);
}

int explain_rule(struct program *program)
{
	const char *id = program->options.explain;
	struct buf text = {0};
	struct rule_example example = {0};
	const struct diag_kind *kind =
	    kind_find(program->kinds, program->nkinds, slice_of(id));
	struct example_texts *examples;

	if (!kind) {
		fault_set(&program->fault,
		    "--explain: unknown rule '%s'; --list-rules lists all", id);
		return trouble(program);
	}
	examples = example_texts_new(program);
	example_add_findings(examples, kind, &example);
	rule_text_add(&text, kind, &example);
	example_texts_free(examples);
	rule_example_release(&example);
	return print_lines(program, &text, STATUS_CLEAN);
}

static int list_facts_of(struct program *program, const char *name)
{
	struct buf text = {0};
	const char *near = NULL;
	enum entity_kind kind;

	if (entity_named(slice_of(name), &kind, &near)) {
		entity_describe(kind, &text);
		return print_lines(program, &text, STATUS_CLEAN);
	}
	fault_set(&program->fault, "--list-facts: unknown entity '%s'%s%s%s",
	    name, near ? "; did you mean '" : "", near ? near : "",
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
	return print_lines(program, &text, STATUS_CLEAN);
}
