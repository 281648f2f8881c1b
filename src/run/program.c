/*
 * What the command line names, read and checked: the contract, the rules, the
 * configuration.
 */
#include "run/program.h"

#include "rule/config.h"
#include "rule/params.h"
#include "run/inputs.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Telling about rules has nothing to do with any contract. */
static bool needs_contract(enum action action)
{
	return action == ACTION_LINT || action == ACTION_EVAL ||
	       action == ACTION_PRINT_CONFIG || action == ACTION_MAP_LINES ||
	       action == ACTION_CHECK_CONTRACT;
}

/* Lines are mapped without values, too: then a chart's own, which may not be
 * what they should be, are not read. */
static bool needs_evidence(const struct options *options)
{
	switch (options->action) {
	case ACTION_LINT:
	case ACTION_PRINT_CONFIG:
	case ACTION_EVAL: return true;
	case ACTION_MAP_LINES:
		return options->contract || options->nvalues ||
		       options->nsets || options->nset_strings;
	/* That of a check is loaded for each profile by itself. */
	case ACTION_CHECK_CONTRACT:
	case ACTION_HELP:
	case ACTION_VERSION:
	case ACTION_LIST_FACTS:
	case ACTION_LIST_RULES:
	case ACTION_EXPLAIN:
	case ACTION_INIT:
	case ACTION_MERGE_SARIF:
	case ACTION_PRINT_SCHEMA:
	case ACTION_PRINT_DOCS:
	case ACTION_PRINT_HTML:
	case ACTION_COMPLETION:
	case ACTION_TEST_RULES: break;
	}
	return false;
}

static int load_contract(struct program *program)
{
	const struct options *options = &program->options;
	const struct origin *origin = NULL;

	if (options->contract && needs_contract(options->action)) {
		origin =
		    program_origin(program, options->contract, ORIGIN_CONTRACT);
		if (contract_load(&program->contract, origin, &program->fault))
			return -1;
	} else {
		contract_builtin(&program->contract);
	}
	/* All of them, one after the other. */
	if (options->action == ACTION_CHECK_CONTRACT && !options->profile)
		program->profile = program->contract.profiles;
	else
		program->profile = contract_profile(&program->contract, origin,
		    options->profile, &program->fault);
	return program->profile ? 0 : -1;
}

static int by_code(const void *left, const void *right)
{
	const struct diag_kind *const *a = left, *const *b = right;

	return strcmp((*a)->code, (*b)->code);
}

/* All kinds of finding there are: SARIF's catalogue, --list-rules, -W. */
static void list_kinds(struct program *program)
{
	const struct ruleset *ruleset = &program->ruleset;
	size_t n = 0;

	program->kinds = arena_array(
	    &program->arena, ruleset->n + KIND_MAX, sizeof(*program->kinds));
	for (int i = 0; i < KIND_MAX; i++)
		program->kinds[n++] = own_kind((enum own_kind)i);
	for (size_t i = 0; i < ruleset->n; i++)
		program->kinds[n++] = &ruleset->rules[i]->kind;
	qsort(program->kinds, n, sizeof(*program->kinds), by_code);
	program->nkinds = n;
}

/* The nearest .rolloutlint.yaml from the working directory upward, as a path
 * relative to it, in buf; false when there is none. */
static bool find_config(struct buf *buf)
{
	char *here = xmade(getcwd(NULL, 0));
	bool found = false;

	for (char *slash = here; slash && !found;) {
		buf_add_text(buf, ".rolloutlint.yaml");
		found = !access(buf_text(buf), F_OK);
		slash = strrchr(here, '/');
		if (found || !slash)
			break;
		*slash = '\0';
		buf->len -= strlen(".rolloutlint.yaml");
		buf_add_text(buf, "../");
	}
	free(here);
	return found;
}

static int load_config(struct program *program)
{
	const struct options *options = &program->options;
	struct buf found = {0};
	const char *path = options->config;
	const struct configured configured = {
	    .ruleset = &program->ruleset,
	    .settings = &program->settings,
	    .remarks = &program->remarks,
	    .levels = &program->levels,
	    .suppressions = &program->suppressions,
	    .forms = &program->team_forms,
	    .kinds = program->kinds,
	    .nkinds = program->nkinds,
	    .contract = place_known(program->profile->place)
			    ? &program->contract
			    : NULL,
	};
	int result = 0;

	/* What is the same for every configuration. */
	if (options->action == ACTION_LIST_RULES ||
	    options->action == ACTION_MAP_LINES ||
	    options->action == ACTION_PRINT_SCHEMA ||
	    options->action == ACTION_PRINT_DOCS ||
	    options->action == ACTION_COMPLETION)
		return 0;
	if (!path && !options->no_config && find_config(&found))
		path = buf_text(&found);
	if (path) {
		path = arena_printf(&program->arena, "%s", path);
		program->config = path;
		result = config_apply(
		    program_origin(program, path, ORIGIN_CONTRACT),
		    program->profile->id.text, &configured, &program->fault);
	}
	buf_release(&found);
	return result;
}

/* All that can be read; -1 with the fault set when not all can. */
static int read_rules(struct program *program, struct fault *fault)
{
	const struct options *options = &program->options;
	int result = 0;

	ruleset_add_builtin(&program->ruleset);
	for (size_t i = 0; i < options->nrules; i++) {
		if (!result || fault->is_placed)
			result |= ruleset_add_path(
			    &program->ruleset, options->rules[i], fault);
	}
	list_kinds(program);
	return result;
}

void program_know_rules(struct program *program)
{
	struct fault unused = {0};

	if (!program->nkinds)
		(void)!read_rules(program, &unused);
	fault_release(&unused);
}

static int load_rules(struct program *program)
{
	const struct options *options = &program->options;

	if (read_rules(program, &program->fault))
		return -1;
	settings_set_defaults(&program->settings);
	program->settings.kube_least = options->kube_least;
	program->settings.kube_most = options->kube_most;
	program->settings.applied_by = options->applied_by;
	program->settings.keeps_raw = ruleset_reads_raw(&program->ruleset);
	program->settings.compares = options->previous != NULL;
	if (ruleset_settings(
		&program->ruleset, &program->settings, &program->fault))
		return -1;
	/* What rules set is not what users do. */
	program->settings.given = 0;
	if (load_config(program))
		return -1;
	ruleset_show_settings(&program->ruleset, &program->settings);
	if (options->strict)
		levels_set(&program->levels, own_kind(KIND_CLAUSE_UNVERIFIED),
		    SEVERITY_ERROR);
	for (size_t i = 0; i < options->nwarnings; i++) {
		if (levels_add(&program->levels, options->warnings[i],
			program->kinds, program->nkinds, &program->fault))
			return -1;
	}
	return 0;
}

static int load_baseline(struct program *program)
{
	const struct options *options = &program->options;

	if (!options->baseline || (options->action != ACTION_LINT &&
				      options->action != ACTION_CHECK_CONTRACT))
		return 0;
	return baseline_read(
	    &program->baseline, options->baseline, &program->fault);
}

int program_load(struct program *program)
{
	program->here = xmade(getcwd(NULL, 0));
	if (program_add_inputs(program) || load_contract(program) ||
	    load_rules(program) || load_baseline(program))
		return -1;
	return needs_evidence(&program->options)
		   ? program_load_evidence(program)
		   : 0;
}

void program_release(struct program *program)
{
	levels_release(&program->levels);
	suppression_list_release(&program->suppressions);
	baseline_release(&program->baseline);
	settings_release(&program->settings);
	buf_release(&program->remarks);
	ruleset_release(&program->ruleset);
	contract_release(&program->contract);
	values_release(&program->values);
	matrix_release(&program->matrix);
	scenarios_release(&program->scenarios);
	dossier_release(&program->dossier);
	for (size_t i = 0; i < program->customs.n; i++)
		custom_release(program->customs.kinds[i]);
	custom_set_release(&program->customs);
	map_release(&program->install_only);
	arena_release(&program->options.arena);
	arena_release(&program->arena);
	fault_release(&program->fault);
	free(program->origins);
	free(program->here);
}
