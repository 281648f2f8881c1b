/*
 * Rules -> C, field by field.  What is left out is zero, as it is in the rule.
 */
#include "rule/write_rules.h"

#include "fact/settings.h"
#include "rule/write_program.h"

/* A rule that is being written. */
struct writer {
	struct buf *buf;
	const char *origin; /* the variable that is its origin */
};

static void write_field(
    const struct writer *writer, const char *field, const char *text)
{
	if (!text)
		return;
	buf_printf(writer->buf, "%s = ", field);
	write_text(writer->buf, text);
	buf_add_text(writer->buf, ",\n");
}

static void write_texts(const struct writer *writer, const char *field,
    const char *const *texts, size_t n)
{
	if (!n)
		return;
	buf_printf(writer->buf, ".n%s = %zu, .%s = (const char *const[]){\n",
	    field, n, field);
	for (size_t i = 0; i < n; i++) {
		write_text(writer->buf, texts[i]);
		buf_add_text(writer->buf, ",\n");
	}
	buf_add_text(writer->buf, "},\n");
}

static void write_kind(
    const struct writer *writer, const struct diag_kind *kind)
{
	buf_add_text(writer->buf, ".kind = {\n");
	write_field(writer, ".id", kind->id);
	write_field(writer, ".code", kind->code);
	write_field(writer, ".name", kind->name);
	write_field(writer, ".title", kind->title);
	write_texts(writer, "aliases", kind->aliases, kind->naliases);
	write_texts(
	    writer, "suppressed_by", kind->suppressed_by, kind->nsuppressed_by);
	write_field(writer, ".group", kind->group);
	write_field(writer, ".yields_to", kind->yields_to);
	write_field(writer, ".invariant", kind->invariant);
	write_field(writer, ".message", kind->message);
	write_texts(writer, "cases", kind->cases, kind->ncases);
	write_field(writer, ".why", kind->why);
	write_field(writer, ".fix", kind->fix);
	write_texts(writer, "see", kind->see, kind->nsee);
	write_field(writer, ".edits", kind->edits);
	write_field(writer, ".params", kind->params);
	write_field(writer, ".bad", kind->bad);
	write_field(writer, ".good", kind->good);
	buf_printf(writer->buf,
	    ".severity = %d, .strikes = %d, .locked = %d},\n", kind->severity,
	    kind->strikes, kind->locked);
}

/* Without params, which are added to it together with their values. */
static void write_scope(const struct writer *writer, const struct scope *scope)
{
	size_t n = scope->cel.nvars;

	if (n && scope->kinds[n - 1] == (enum entity_kind)OF_PARAMS)
		n--;
	buf_printf(writer->buf, ".scope = {.visits = %d, .on = %d, .kinds = {",
	    scope->visits, scope->on);
	for (size_t i = 0; i < n; i++)
		buf_printf(writer->buf, "%d, ", scope->kinds[i]);
	buf_printf(writer->buf, "}, .cel = {.nvars = %zu}},\n", n);
}

static void write_expression(const struct writer *writer, const char *field,
    const struct expression *expression)
{
	if (!expression->program)
		return;
	buf_printf(writer->buf, "%s = {.program = ", field);
	write_program(writer->buf, expression->program);
	buf_add_text(writer->buf, "},\n");
}

static void write_raises(const struct writer *writer, const struct rule *rule)
{
	for (int i = 0; i < SEVERITY_MAX; i++) {
		struct buf field = {0};

		buf_printf(&field, ".raises[%d]", i);
		write_expression(writer, buf_text(&field), &rule->raises[i]);
		buf_release(&field);
	}
}

static void write_message(const struct writer *writer, const char *field,
    const struct message *message)
{
	if (!message->n)
		return;
	buf_printf(writer->buf,
	    "%s = {.n = %zu, .parts = (const struct message_part[]){\n", field,
	    message->n);
	for (size_t i = 0; i < message->n; i++) {
		const struct message_part *part = &message->parts[i];

		buf_add_text(writer->buf, "{.literal = ");
		write_slice(writer->buf, part->literal);
		buf_add_text(writer->buf, ", .placeholder = ");
		write_program(writer->buf, part->placeholder);
		buf_printf(writer->buf, ", .is_case = %d},\n", part->is_case);
	}
	buf_add_text(writer->buf, "}},\n");
}

static void write_notes(
    const struct writer *writer, const struct rule_notes *notes)
{
	if (!notes->n)
		return;
	buf_printf(writer->buf,
	    ".notes = {.n = %zu, .items = (const struct rule_note[]){\n",
	    notes->n);
	for (size_t i = 0; i < notes->n; i++) {
		buf_add_text(writer->buf, "{\n");
		write_expression(writer, ".when", &notes->items[i].when);
		write_expression(writer, ".at", &notes->items[i].at);
		write_message(writer, ".message", &notes->items[i].message);
		buf_add_text(writer->buf, "},\n");
	}
	buf_add_text(writer->buf, "}},\n");
}

static void write_case(
    const struct writer *writer, const struct rule_case *rule_case)
{
	buf_add_text(writer->buf, "{\n");
	write_expression(writer, ".when", &rule_case->when);
	write_expression(writer, ".at", &rule_case->at);
	write_message(writer, ".says", &rule_case->says);
	write_field(writer, ".text", rule_case->text);
	if (rule_case->has_severity)
		buf_printf(writer->buf,
		    ".has_severity = true, .severity = %d,\n",
		    rule_case->severity);
	write_notes(writer, &rule_case->notes);
	buf_add_text(writer->buf, "},\n");
}

static void write_cases(const struct writer *writer, const struct rule *rule)
{
	if (!rule->ncases)
		return;
	buf_printf(writer->buf,
	    ".ncases = %zu, .cases = (const struct rule_case[]){\n",
	    rule->ncases);
	for (size_t i = 0; i < rule->ncases; i++)
		write_case(writer, &rule->cases[i]);
	buf_add_text(writer->buf, "},\n");
}

static void write_fixit_text(
    const struct writer *writer, const struct fixit_text *text)
{
	buf_add_text(writer->buf, "{.key = ");
	write_slice(writer->buf, text->key);
	buf_printf(writer->buf,
	    ", .n = %zu, .pieces = (const struct fixit_piece[]){\n", text->n);
	for (size_t i = 0; i < text->n; i++) {
		const struct fixit_piece *piece = &text->pieces[i];

		buf_add_text(writer->buf, "{.yaml = ");
		write_slice(writer->buf, piece->yaml);
		buf_add_text(writer->buf, ", .json = ");
		write_slice(writer->buf, piece->json);
		buf_add_text(writer->buf, ", .value = ");
		write_program(writer->buf, piece->value);
		buf_add_text(writer->buf, "},\n");
	}
	buf_add_text(writer->buf, "}},\n");
}

static void write_fixit(const struct writer *writer, const struct fixit *fixit)
{
	buf_add_text(writer->buf, "{\n");
	write_expression(writer, ".when", &fixit->when);
	write_expression(writer, ".at", &fixit->at);
	buf_printf(writer->buf,
	    ".kind = %d, .ntexts = %zu, .texts = (const struct "
	    "fixit_text[]){\n",
	    fixit->kind, fixit->ntexts);
	for (size_t i = 0; i < fixit->ntexts; i++)
		write_fixit_text(writer, &fixit->texts[i]);
	buf_add_text(writer->buf, "}},\n");
}

static void write_fixits(const struct writer *writer, const struct rule *rule)
{
	if (!rule->nfixits)
		return;
	buf_printf(writer->buf,
	    ".nfixits = %zu, .fixits = (const struct fixit[]){\n",
	    rule->nfixits);
	for (size_t i = 0; i < rule->nfixits; i++)
		write_fixit(writer, &rule->fixits[i]);
	buf_add_text(writer->buf, "},\n");
}

static void write_param(const struct writer *writer, const struct param *param)
{
	buf_add_text(writer->buf, "{\n");
	write_field(writer, ".name", param->name);
	write_field(writer, ".meaning", param->meaning);
	if (param->sets)
		buf_printf(writer->buf, ".sets = &setting_rows[%td],\n",
		    param->sets - setting_rows);
	buf_printf(writer->buf, ".shows = %d,\n.value = ", param->shows);
	write_value(writer->buf, writer->origin, &param->value);
	buf_add_text(writer->buf, ",\n.place = ");
	write_place(writer->buf, writer->origin, param->place);
	buf_add_text(writer->buf, "},\n");
}

static void write_params(
    const struct writer *writer, const struct params *params)
{
	if (!params->n)
		return;
	buf_printf(writer->buf,
	    ".nparams = %zu, .params = (const struct param[]){\n", params->n);
	for (size_t i = 0; i < params->n; i++)
		write_param(writer, &params->items[i]);
	buf_add_text(writer->buf, "},\n");
}

static void write_clause(const struct writer *writer, const struct rule *rule)
{
	if (!rule->clause.len)
		return;
	buf_add_text(writer->buf, ".clause = ");
	write_slice(writer->buf, rule->clause);
	buf_printf(writer->buf, ", .guards = %d,\n", rule->guards);
}

static void write_rule(const struct writer *writer, const struct rule *rule)
{
	buf_printf(writer->buf, "\t{.rule = {.on = %d, .origin = &%s,\n",
	    rule->on, writer->origin);
	write_kind(writer, &rule->kind);
	write_scope(writer, &rule->scope);
	write_expression(writer, ".when", &rule->when);
	write_expression(writer, ".at", &rule->at);
	write_expression(writer, ".about", &rule->about);
	write_expression(writer, ".require", &rule->require);
	write_raises(writer, rule);
	write_clause(writer, rule);
	write_message(writer, ".message", &rule->message);
	write_cases(writer, rule);
	write_notes(writer, &rule->notes);
	write_fixits(writer, rule);
	buf_add_text(writer->buf, "},\n");
	write_params(writer, &rule->params);
	buf_add_text(writer->buf, "},\n");
}

static void write_origins(struct buf *buf, const struct ruleset *ruleset)
{
	for (size_t i = 0; i < ruleset->n; i++) {
		const struct origin *origin = ruleset->rules[i]->origin;

		buf_printf(buf,
		    "static const struct origin origin_%zu = {\n"
		    ".role = %d, .name = ",
		    i, origin->role);
		write_text(buf, origin->name);
		buf_add_text(buf, "};\n");
	}
}

void write_rules(struct buf *buf, const struct ruleset *ruleset)
{
	buf_add_text(buf,
	    "/* Made by compile_rules from the rules; changes here are lost. "
	    "*/\n"
	    "#include \"rule/builtin.h\"\n\n"
	    "#include \"cel/code.h\"\n"
	    "#include \"fact/settings.h\"\n\n");
	write_origins(buf, ruleset);
	buf_add_text(buf, "\nconst struct builtin_rule builtin_rules[] = {\n");
	for (size_t i = 0; i < ruleset->n; i++) {
		struct buf origin = {0};
		struct writer writer = {.buf = buf};

		buf_printf(&origin, "origin_%zu", i);
		writer.origin = buf_text(&origin);
		write_rule(&writer, ruleset->rules[i]);
		buf_release(&origin);
	}
	/* The empty last row is there because C knows no empty array. */
	buf_printf(buf,
	    "\t{.nparams = 0},\n};\n\n"
	    "const size_t nbuiltin_rules = %zu;\n",
	    ruleset->n);
}
