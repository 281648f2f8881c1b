/*
 * Each argument becomes the files that it stands for.  With --separate it is a
 * release, or, when it is the only one and a folder, what is in it are.
 */
#include "run/inputs.h"

#include "input/manifest_files.h"

#include <stdint.h>
#include <string.h>

static void add_stdin(struct program *program)
{
	const char *name = program->options.stdin_filename;

	program_origin(program, name ? name : "<stdin>", ORIGIN_MANIFEST)
	    ->is_stdin = true;
}

/* What else the program reads or writes is no manifest. */
static void leave_out(
    struct manifest_files *files, const struct options *options)
{
	const char *const names[] = {options->contract, options->config,
	    options->matrix, options->previous, options->baseline,
	    options->update_baseline};

	for (size_t i = 0; i < COUNT_OF(names); i++)
		manifest_files_leave_out(files, names[i]);
	for (size_t i = 0; i < options->nvalues; i++)
		manifest_files_leave_out(files, options->values[i]);
	for (size_t i = 0; i < options->nevidence; i++)
		manifest_files_leave_out(files, options->evidence[i]);
	for (size_t i = 0; i < options->nrules; i++)
		manifest_files_leave_out(files, options->rules[i]);
	for (size_t i = 0; i < options->noutputs; i++)
		manifest_files_leave_out(files, options->outputs[i].file);
}

static void add_file(
    struct program *program, struct manifest_files *files, const char *name)
{
	if (manifest_files_take(files, name))
		program_origin(program, name, ORIGIN_MANIFEST);
}

/* One that users have named must hold something; of what is in it, one that
 * does not is left out. */
static int refuse_empty(struct program *program,
    const struct manifest_files *files, const char *folder)
{
	if (program->options.allow_empty)
		return 0;
	if (files->base) {
		buf_printf(&program->remarks,
		    "rolloutlint: the folder '%s' is left out: it contains no "
		    ".yaml, .yml or .json file to check\n",
		    folder);
		return 0;
	}
	return fault_set(&program->fault,
	    "the folder '%s' contains no .yaml, .yml or .json file to "
	    "check (use --allow-empty if that is expected)",
	    folder);
}

static int add_folder(struct program *program, struct manifest_files *files,
    const char *folder, enum origin_role role)
{
	size_t before = files->n, nknown = files->nknown;
	bool is_named = !files->base;
	int result;

	if (is_named)
		files->base = folder;
	result = manifest_files_find(files, folder, &program->fault);
	if (is_named)
		files->base = NULL;
	if (result || (files->n == before && files->nknown == nknown &&
			  refuse_empty(program, files, folder)))
		return -1;
	for (size_t i = before; i < files->n; i++)
		program_origin(program, files->names[i], role);
	return 0;
}

/* After the inputs, as if it were one more. */
static int add_previous(struct program *program)
{
	struct manifest_files files = {.arena = &program->arena};
	const char *name = program->options.previous;
	size_t before = program->norigins;
	struct origin *origin;
	int result = 0;

	if (!name)
		return 0;
	if (!strcmp(name, "-")) {
		add_stdin(program);
		origin = (struct origin *)(uintptr_t)program->origins[before];
		origin->role = ORIGIN_PREVIOUS;
	} else if (path_is_folder(name)) {
		result = add_folder(program, &files, name, ORIGIN_PREVIOUS);
	} else {
		program_origin(program, name, ORIGIN_PREVIOUS);
	}
	manifest_files_release(&files);
	program->nprevious = program->norigins - before;
	program->previous =
	    arena_copy(&program->arena, program->origins + before,
		program->nprevious * sizeof(*program->previous));
	return result;
}

/* Its files are a release of their own. */
static int add_argument(
    struct program *program, struct manifest_files *files, const char *name)
{
	size_t before = program->norigins;

	if (!strcmp(name, "-"))
		add_stdin(program);
	else if (manifest_files_ignores(files, name))
		return 0;
	else if (!path_is_folder(name))
		add_file(program, files, name);
	else if (add_folder(program, files, name, ORIGIN_MANIFEST))
		return -1;
	if (!strcmp(name, "-"))
		name = program->origins[before]->name;
	if (program->norigins > before)
		program->releases[program->nreleases++] = (struct run_inputs){
		    name, before, program->norigins - before};
	return 0;
}

/* What one release has read is read again for another that has it, too. */
static void begin_release(
    struct program *program, struct manifest_files *files)
{
	if (!program->options.separate)
		return;
	manifest_files_forget(files);
	leave_out(files, &program->options);
	manifest_files_leave_out(files, files->base);
}

static int add_arguments(struct program *program, struct manifest_files *files)
{
	const struct options *options = &program->options;
	const char *const *names = options->files;
	size_t n = options->nfiles;

	if (options->separate && n == 1 && path_is_folder(names[0])) {
		files->base = names[0];
		if (folder_entries(
			&program->arena, names[0], &names, &n, &program->fault))
			return -1;
	}
	program->releases =
	    arena_array(&program->arena, n + 1, sizeof(*program->releases));
	for (size_t i = 0; i < n; i++) {
		begin_release(program, files);
		if (add_argument(program, files, names[i]))
			return -1;
	}
	files->base = NULL;
	if (!options->nfiles && options->action != ACTION_CHECK_CONTRACT)
		add_stdin(program);
	else if (options->nfiles && !program->norigins && !options->allow_empty)
		return fault_set(&program->fault,
		    "no file is left to check%s (use --allow-empty if that is "
		    "expected)",
		    options->nignore_patterns
			? ": --ignore-filename-pattern leaves all of them out"
			: "");
	return 0;
}

/* The patterns of --ignore-filename-pattern, which the caller frees. */
static int compile_patterns(
    struct program *program, struct regex **patterns, size_t *ret_n)
{
	const struct options *options = &program->options;
	struct fault fault = {0};
	size_t offset;

	for (*ret_n = 0; *ret_n < options->nignore_patterns; ++*ret_n) {
		const char *text = options->ignore_patterns[*ret_n];

		patterns[*ret_n] = regex_new(slice_of(text), &offset, &fault);
		if (patterns[*ret_n])
			continue;
		fault_set(&program->fault,
		    "--ignore-filename-pattern: %s", fault_text(&fault));
		fault_release(&fault);
		return -1;
	}
	return 0;
}

/* A file that is part of two releases would be changed for each of them. */
static int refuse_shared(struct program *program)
{
	const struct options *options = &program->options;
	struct manifest_files files = {.arena = &program->arena};
	int result = 0;

	if (!options->separate || (!options->fix && !options->diff))
		return 0;
	for (size_t i = 0; i < program->ninputs && !result; i++) {
		if (!program->inputs[i]->is_stdin &&
		    !manifest_files_take(&files, program->inputs[i]->name))
			result = fault_set(&program->fault,
			    "'%s' is part of two releases, which may want "
			    "different fixes; name one of them, or leave "
			    "--separate out",
			    program->inputs[i]->name);
	}
	manifest_files_release(&files);
	return result;
}

int program_add_inputs(struct program *program)
{
	struct regex **patterns = arena_array(&program->arena,
	    program->options.nignore_patterns, sizeof(struct regex *));
	struct manifest_files files = {
	    .arena = &program->arena, .ignored = patterns};
	int result = compile_patterns(program, patterns, &files.nignored);

	leave_out(&files, &program->options);
	if (!result)
		result = add_arguments(program, &files);
	for (size_t i = 0; i < files.nignored; i++)
		regex_free(patterns[i]);
	manifest_files_release(&files);
	if (result)
		return -1;
	program->ninputs = program->norigins;
	program->inputs = arena_array(
	    &program->arena, program->ninputs, sizeof(*program->inputs));
	for (size_t i = 0; i < program->ninputs; i++)
		program->inputs[i] = program->origins[i];
	if (refuse_shared(program))
		return -1;
	return add_previous(program);
}
