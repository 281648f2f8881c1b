/*
 * What the command line gives beside the manifests, read: values in the order
 * Helm takes them, the install matrix, the folder of scenarios.
 */
#include "run/program.h"

#include "evidence/demands.h"
#include "helm/install_only.h"
#include "input/manifest_files.h"
#include "run/load_definitions.h"
#include "run/report_path.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool exists(const char *path)
{
	return !access(path, F_OK);
}

/* The folder of a path, as an absolute name that the caller frees; NULL when
 * there is none. */
static char *folder_of(const char *path)
{
	char *whole = xmade(realpath(path, NULL));
	char *slash = whole ? strrchr(whole, '/') : NULL;

	if (slash)
		slash[slash == whole] = '\0';
	return whole;
}

/* An absolute name as people would write it from the working directory: below
 * it, or above with "..". */
static const char *relative_to(
    struct program *program, const char *folder, const char *name)
{
	const char *here = program->here ? program->here : "/";
	size_t len = strlen(folder);
	struct buf up = {0};
	const char *kept;

	if (!strcmp(folder, here))
		return name;
	if (!strncmp(folder, here, strlen(here)) && folder[strlen(here)] == '/')
		return arena_printf(
		    &program->arena, "%s/%s", folder + strlen(here) + 1, name);
	if (strncmp(here, folder, len) != 0 || here[len] != '/')
		return arena_printf(&program->arena, "%s/%s", folder, name);
	for (const char *p = here + len; *p; p++)
		buf_add_text(&up, *p == '/' ? "../" : "");
	kept = arena_printf(&program->arena, "%s%s", buf_text(&up), name);
	buf_release(&up);
	return kept;
}

/* The profile's values file: below --root, else below the repository of the
 * contract, else below the working directory. */
static const char *profile_file(struct program *program)
{
	const char *name = program->profile->values_file.text;
	const char *root = program->options.root;
	struct slice repository = {0};
	char *folder;

	if (root)
		return !strcmp(root, ".")
			   ? name
			   : arena_printf(&program->arena, "%s%s%s", root,
				 slice_ends(slice_of(root), SLICE("/")) ? ""
									: "/",
				 name);
	folder = folder_of(program->options.contract);
	if (folder)
		repository = repository_of(&program->arena, slice_of(folder));
	if (repository.len)
		name = relative_to(program,
		    arena_printf(
			&program->arena, "%.*s", SLICE_ARGS(repository)),
		    name);
	free(folder);
	return name;
}

static int refuse_missing(struct program *program, const char *path)
{
	const struct clause_text *clause = &program->profile->values_file;

	return fault_at(&program->fault, clause->place.origin->name,
	    clause->place.span.line, clause->place.span.col,
	    "values_file of profile '%s': %s does not exist below --root",
	    program->profile->id.text, path);
}

/* *ret_found: whether there is such a file, which was added. */
static int add_profile_file(struct program *program, bool *ret_found)
{
	const char *path;

	*ret_found = false;
	if (!program->profile->values_file.text || !program->options.contract)
		return 0;
	path = profile_file(program);
	if (!exists(path))
		return program->options.root ? refuse_missing(program, path)
					     : 0;
	*ret_found = true;
	program->profile_values = path;
	return values_add_file(&program->values,
	    program_make_origin(program, path, NULL), &program->fault);
}

/* Whether the first lines are those of a Kubernetes object. */
static bool holds_manifests(const char *name)
{
	char bytes[4096];
	FILE *in = xmade(fopen(name, "r"));
	struct slice text = {
	    bytes, in ? fread(bytes, 1, sizeof(bytes), in) : 0};

	if (in)
		fclose(in);
	return (slice_starts(text, SLICE("apiVersion: ")) ||
		   slice_find(text, SLICE("\napiVersion: "), 0) >= 0) &&
	       (slice_starts(text, SLICE("kind: ")) ||
		   slice_find(text, SLICE("\nkind: "), 0) >= 0);
}

/* For kubectl -f names manifests. */
static int refuse_values(struct program *program, const char *name)
{
	if (program->fault.is_placed && holds_manifests(name))
		buf_printf(&program->fault.text,
		    "\nrolloutlint: error: -f names values, as for helm; "
		    "manifests are named without an option: rolloutlint %s",
		    name);
	return -1;
}

/* As for Helm, one -f may name several files with "," between them. */
static int add_listed(struct program *program, const char *list)
{
	for (;;) {
		size_t len = strcspn(list, ",");
		const char *name =
		    arena_printf(&program->arena, "%.*s", (int)len, list);

		if (values_add_file(&program->values,
			program_make_origin(program, name, NULL),
			&program->fault))
			return refuse_values(program, name);
		if (!list[len])
			return 0;
		list += len + 1;
	}
}

static int add_files(struct program *program)
{
	const struct options *options = &program->options;

	for (size_t i = 0; i < options->nvalues; i++) {
		if (add_listed(program, options->values[i]))
			return -1;
	}
	return 0;
}

static int add_sets(struct program *program)
{
	const struct options *options = &program->options;

	for (size_t i = 0; i < options->nsets; i++) {
		if (values_add_set(&program->values, "--set", options->sets[i],
			false, &program->fault))
			return -1;
	}
	for (size_t i = 0; i < options->nset_strings; i++) {
		if (values_add_set(&program->values, "--set-string",
			options->set_strings[i], true, &program->fault))
			return -1;
	}
	return 0;
}

static int add_chart(struct program *program)
{
	struct origin_maker maker = {program_make_origin, program};

	if (program->options.ncharts)
		return values_add_chart(&program->values,
		    program->options.charts[0], &maker, &program->fault);
	values_without_chart(&program->values);
	return 0;
}

/* A chart alone does not tell what a profile makes of it: values count as
 * given when the profile's own are there, or others on purpose. */
static int load_values(struct program *program)
{
	const struct options *options = &program->options;
	bool found;

	if (options->root && !path_is_folder(options->root))
		return fault_set(&program->fault,
		    "--root: there is no folder '%s'", options->root);
	if (add_profile_file(program, &found) || add_files(program) ||
	    add_sets(program) || add_chart(program))
		return -1;
	if (found || options->nvalues || options->nsets ||
	    options->nset_strings)
		program->evidence.values = &program->values;
	return 0;
}

static int load_matrix(struct program *program)
{
	const char *path = program->options.matrix;

	if (!path)
		return 0;
	program->evidence.matrix = &program->matrix;
	return matrix_load(&program->matrix,
	    program_make_origin(program, path, NULL), &program->fault);
}

static int load_scenarios(struct program *program)
{
	struct origin_maker maker = {program_make_origin, program};
	const char *dir = program->options.scenarios;

	if (!dir)
		return 0;
	program->evidence.scenarios = &program->scenarios;
	return scenarios_load(
	    &program->scenarios, dir, &maker, &program->fault);
}

/* The files of --evidence, and what the profile then demands of them. */
static int load_dossier(struct program *program)
{
	struct origin_maker maker = {program_make_origin, program};
	const struct options *options = &program->options;
	struct dossier *dossier = &program->dossier;

	program->settings.seals = options->write_evidence;
	if (!options->nevidence || options->action != ACTION_LINT)
		return 0;
	dossier->forms = &program->team_forms;
	dossier->now = program->now;
	dossier->max_age = options->evidence_max_age;
	for (size_t i = 0; i < options->nevidence; i++) {
		if (dossier_add_path(
			dossier, options->evidence[i], &maker, &program->fault))
			return -1;
	}
	dossier_close(dossier);
	program->evidence.dossier = dossier;
	program->profile_backed = *program->profile;
	profile_add_evidence(&program->arena, &program->profile_backed,
	    program->evidence.matrix, dossier);
	program->profile = &program->profile_backed;
	program->settings.seals = true;
	return 0;
}

/* A chart that cannot be read is reported where lines are mapped. */
static void find_templates(struct program *program)
{
	const struct options *options = &program->options;

	for (size_t i = 0; i < options->ncharts; i++)
		find_install_only(options->charts[i], program->evidence.values,
		    &program->arena, &program->install_only);
	program->evidence.install_only = &program->install_only;
}

/* What is given on purpose counts more than what a chart brings along. */
static int load_definitions(struct program *program)
{
	const struct options *options = &program->options;
	struct origin_maker maker = {program_make_origin, program};

	for (size_t i = 0; i < options->ncharts; i++)
		definitions_load_chart(&program->customs, options->charts[i],
		    &maker, &program->arena);
	for (size_t i = 0; i < options->ncrds; i++) {
		if (definitions_load(&program->customs, options->crds[i],
			&maker, &program->arena, &program->fault))
			return -1;
	}
	if (program->customs.n)
		program->settings.customs = &program->customs;
	return 0;
}

int program_load_evidence(struct program *program)
{
	if (load_values(program) || load_matrix(program) ||
	    load_scenarios(program) || load_dossier(program) ||
	    load_definitions(program))
		return -1;
	find_templates(program);
	return 0;
}
