/*
 * A loaded program as sentences about its sources, and about what is other than
 * it would be without them.
 */
#include "cmd/print_config.h"

#include "cel/cel.h"
#include "cmd/outcome.h"
#include "rule/packed.h"

#include <inttypes.h>
#include <string.h>

static void print_contract(const struct program *program, struct buf *buf)
{
	const struct options *options = &program->options;
	const struct profile *profile = program->profile;

	if (!options->contract) {
		buf_add_text(buf, "contract: built in\n");
		return;
	}
	buf_printf(buf, "contract: %s (--contract)\n", options->contract);
	buf_printf(buf, "profile: %s, %s%s", profile->id.text,
	    options->profile ? "by --profile" : "the only one",
	    profile_is_prod_like(profile)  ? ", like production"
	    : profile_is_dev_like(profile) ? ", for development"
					   : "");
	if (profile->extends.text)
		buf_printf(buf, "; extends %s", profile->extends.text);
	buf_add_char(buf, '\n');
	for (size_t i = 0; i < profile->ndemands; i++) {
		const struct demand *demand = &profile->demands[i];

		if (demand->asks)
			buf_printf(buf, "  asks %s: %s (%s:%u:%u)\n",
			    demand->field, demand->value,
			    demand->place.origin->name, demand->place.span.line,
			    demand->place.span.col);
	}
}

static void print_source_of_config(
    const struct program *program, struct buf *buf)
{
	const struct options *options = &program->options;

	if (!program->config)
		buf_printf(buf, "configuration: none (%s)\n",
		    options->no_config ? "--no-config"
				       : "no .rolloutlint.yaml in the working "
					 "directory or its parents");
	else
		buf_printf(buf, "configuration: %s (%s)\n", program->config,
		    options->config
			? "--config"
			: "the nearest from the working directory upward");
}

static void print_paths(struct buf *buf, const char *what,
    const char *const *paths, size_t n, const char *option)
{
	for (size_t i = 0; i < n; i++)
		buf_printf(buf, "%s: %s (%s)\n", what, paths[i], option);
}

static void print_path(struct buf *buf, const char *path, const char *what)
{
	if (path)
		buf_printf(buf, "%s: %s (--%s)\n", what, path, what);
}

static void print_values(const struct program *program, struct buf *buf)
{
	const struct options *options = &program->options;

	if (program->profile_values)
		buf_printf(buf, "values: %s (values_file of the profile)\n",
		    program->profile_values);
	print_paths(
	    buf, "values", options->values, options->nvalues, "--values");
	print_paths(buf, "values", options->sets, options->nsets, "--set");
	print_paths(buf, "values", options->set_strings, options->nset_strings,
	    "--set-string");
}

static void print_sources(const struct program *program, struct buf *buf)
{
	const struct options *options = &program->options;

	print_contract(program, buf);
	print_source_of_config(program, buf);
	buf_printf(buf,
	    "rules: %zu in all, %zu of them built in, beside %d checks of the "
	    "input\n",
	    program->ruleset.n, builtin_rules.n, KIND_MAX);
	print_paths(buf, "rules", options->rules, options->nrules, "--rules");
	print_paths(buf, "chart", options->charts, options->ncharts, "--chart");
	print_values(program, buf);
	print_path(buf, options->matrix, "matrix");
	print_path(buf, options->scenarios, "scenarios");
	print_paths(buf, "evidence", options->evidence, options->nevidence,
	    "--evidence");
	print_path(buf, options->baseline, "baseline");
}

/* What a finding of the kind would be in the end. */
static enum severity level_of(
    const struct program *program, const struct diag_kind *kind)
{
	struct finding finding = {
	    .kind = kind, .severity = kind->severity, .text = ""};
	struct finding_list list = {.items = &finding, .n = 1};

	levels_apply(&program->levels, &list);
	return list.n ? finding.severity : SEVERITY_OFF;
}

static void print_levels(const struct program *program, struct buf *buf)
{
	for (size_t i = 0; i < program->nkinds; i++) {
		const struct diag_kind *kind = program->kinds[i];
		enum severity level = level_of(program, kind);

		if (level != kind->severity)
			buf_printf(buf, "rule %s: %s instead of %s\n", kind->id,
			    severity_name(level),
			    severity_name(kind->severity));
	}
}

static void print_params(const struct program *program, struct buf *buf)
{
	for (size_t i = 0; i < program->ruleset.n; i++) {
		const struct rule *rule = program->ruleset.rules[i];

		for (size_t j = 0; j < rule->params.n; j++) {
			const struct param *param = &rule->params.items[j];

			if (param->place.origin == rule->origin)
				continue;
			buf_printf(
			    buf, "rule %s: %s = ", rule->kind.id, param->name);
			cel_print(param->value, buf);
			buf_printf(buf, " (%s:%u:%u)\n",
			    param->place.origin->name, param->place.span.line,
			    param->place.span.col);
		}
	}
}

static void print_settings(const struct program *program, struct buf *buf)
{
	const struct settings *settings = &program->settings;

	for (size_t i = 0; i < nsetting_rows; i++) {
		const struct setting *setting = &setting_rows[i];

		if (!settings_is_given(settings, setting))
			continue;
		if (setting->nwords)
			buf_printf(
			    buf, "setting %s: other words\n", setting->name);
		else
			buf_printf(buf,
			    "setting %s: %" PRId64 " instead of %" PRId64 "\n",
			    setting->name, settings_int(settings, setting),
			    setting->number);
	}
	for (size_t i = 0; i < settings->nclasses; i++)
		buf_printf(
		    buf, "resource class %s\n", settings->classes[i].name);
}

static void print_forms(const struct program *program, struct buf *buf)
{
	for (size_t i = 0; i < program->team_forms.n; i++) {
		const struct team_form *form = &program->team_forms.items[i];

		buf_printf(buf, "form of evidence %s: %s (%s:%u:%u)\n",
		    form->name, form->pointers[TEAM_WHEN],
		    form->place.origin->name, form->place.span.line,
		    form->place.span.col);
	}
}

static void print_suppressions(const struct program *program, struct buf *buf)
{
	const struct suppression_list *list = &program->suppressions;

	for (size_t i = 0; i < list->n; i++) {
		const struct suppression *item = &list->items[i];

		buf_printf(buf, "suppression of %s (%s:%u:%u)\n", item->rule,
		    item->place.origin->name, item->place.span.line,
		    item->place.span.col);
	}
}

void describe_config(const struct program *program, struct buf *buf)
{
	print_sources(program, buf);
	print_levels(program, buf);
	print_params(program, buf);
	print_settings(program, buf);
	print_forms(program, buf);
	print_suppressions(program, buf);
}

int print_config(struct program *program)
{
	struct buf text = {0};

	describe_config(program, &text);
	return print_lines(program, &text, STATUS_CLEAN);
}
