/*
 * A contract's profiles, one after the other: a program of its own for each,
 * with the same command line and its own input, values and outputs.
 */
#include "batch/profiles.h"

#include "base/map.h"
#include "batch/joined.h"
#include "batch/profile_files.h"
#include "batch/profile_table.h"
#include "batch/render.h"
#include "cmd/lint.h"
#include "cmd/outcome.h"
#include "helm/chart_folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct profiles {
	struct program *program; /* with the contract, and the user's options */
	struct render render;	 /* of --render */
	const char *release;	 /* what it is called there, or NULL */
	struct joined joined;
	const struct profile *all; /* the contract's */
	struct program *programs;  /* one for each ... */
	struct profile_row *rows;  /* ... of which these tell */
	size_t n;
	struct buf remarks; /* what was said of the configuration already */
	struct map told;    /* what was said of profiles already */
};

/* The first line of what kept the profile from being judged, without its place:
 * no line of the table should look like one to an editor. */
static void keep_reason(struct program *one, struct profile_row *row)
{
	const char *text = fault_text(&one->fault);
	const char *behind =
	    one->fault.is_placed ? strstr(text, ": error: ") : NULL;

	if (behind)
		text = behind + strlen(": error: ");
	buf_clear(&row->remark);
	buf_add(&row->remark, text, strcspn(text, "\n"));
}

/* Beside its row the sentence must say which profile it is about. */
static int refuse_profile(struct program *one, struct profile_row *row)
{
	struct buf text = {0};

	keep_reason(one, row);

	buf_add_text(&text, fault_text(&one->fault));
	fault_set(&one->fault, "profile '%s': %s", row->id, buf_text(&text));
	buf_release(&text);
	return -1;
}

static bool is_extended(const struct profiles *profiles, const char *id)
{
	for (size_t i = 0; i < profiles->n; i++) {
		const char *extends = profiles->all[i].extends.text;

		if (extends && !strcmp(extends, id))
			return true;
	}
	return false;
}

static bool has_render(const struct profiles *profiles, const char *id)
{
	struct program *program = profiles->program;
	const char *path;
	struct fault unused = {0};

	(void)!profile_render_find(
	    &program->arena, program->options.renders, id, &path, &unused);
	fault_release(&unused);
	return path;
}

/* What others build on and nothing is installed by. */
static bool is_only_a_base(
    struct profiles *profiles, const struct profile *profile)
{
	if (profile->values_file.text ||
	    !is_extended(profiles, profile->id.text))
		return false;
	return profiles->program->options.renders
		   ? !has_render(profiles, profile->id.text)
		   : profiles->render.needs_values_file;
}

static struct render_values render_values_of(
    const struct profiles *profiles, const struct program *one)
{
	const struct options *options = &one->options;

	return (struct render_values){
	    .release = profiles->release,
	    .chart = options->ncharts ? options->charts[0] : NULL,
	    .profile = options->profile,
	    .values_file = one->profile_values,
	    .namespace = options->namespace,
	};
}

/* What the command prints becomes standard input. */
static int render_input(struct profiles *profiles, struct program *one)
{
	const struct render_values values = render_values_of(profiles, one);
	FILE *output = tmpfile();
	int result = -1;

	if (!output)
		return fault_set(&one->fault,
		    "cannot make a temporary file: %s", strerror(errno));
	if (!render_run(
		&profiles->render, &values, fileno(output), &one->fault)) {
		result = lseek(fileno(output), 0, SEEK_SET) < 0 ||
				 dup2(fileno(output), STDIN_FILENO) < 0
			     ? fault_set(&one->fault,
				   "cannot read what --render printed: %s",
				   strerror(errno))
			     : 0;
	}
	fclose(output);
	return result;
}

/* The one input of a profile. */
static int name_input(struct program *one, const char *id)
{
	struct options *options = &one->options;
	const char **file;

	if (!options->renders) {
		options->stdin_filename = arena_printf(&one->arena, "<%s>", id);
		return 0;
	}
	file = arena_array(&one->arena, 1, sizeof(*file));
	options->files = file;
	options->nfiles = 1;
	return profile_render_find(
	    &one->arena, options->renders, id, file, &one->fault);
}

static void name_category(struct program *one, const char *id)
{
	const char *given = one->options.sarif_category;

	one->options.sarif_category =
	    given ? arena_printf(&one->arena, "%s/%s", given, id) : id;
}

static int load(
    struct profiles *profiles, struct program *one, struct profile_row *row)
{
	const struct program *program = profiles->program;
	const char *id = row->id;

	one->options = program->options;
	one->options.arena = (struct arena){0};
	one->options.profile = id;
	one->stdin_closed = program->stdin_closed;
	memcpy(one->today, program->today, sizeof(one->today));
	name_category(one, id);
	if (joined_outputs(&profiles->joined, id, &one->arena, &one->options,
		&one->fault) ||
	    name_input(one, id))
		return refuse_profile(one, row);
	if (program_load(one)) {
		keep_reason(one, row);
		return -1;
	}
	if (one->options.render && render_input(profiles, one))
		return refuse_profile(one, row);
	return 0;
}

/* Most profiles are told the same about the configuration. */
static void tell_remarks(struct profiles *profiles, struct program *one)
{
	if (one->options.quiet ||
	    slice_eq(buf_slice(&profiles->remarks), buf_slice(&one->remarks)))
		return;
	buf_clear(&profiles->remarks);
	buf_add_slice(&profiles->remarks, buf_slice(&one->remarks));
	complain_lines(buf_text(&one->remarks));
}

/* What is wrong for every profile is told once; reports tell it of each. */
static int report_failure(struct profiles *profiles, struct program *one)
{
	struct arena *arena = &profiles->program->arena;
	const char *sentence = fault_text(&one->fault);
	void **told =
	    map_slot(&profiles->told, slice_copy(arena, slice_of(sentence)));

	if (!*told)
		trouble(one);
	*told = one;
	return report_unjudged(one);
}

static int lint_profile(struct profiles *profiles, size_t i)
{
	const struct profile *profile = &profiles->all[i];
	struct program *one = &profiles->programs[i];
	struct profile_row *row = &profiles->rows[i];
	int status;

	row->id = profile->id.text;
	if (is_only_a_base(profiles, profile)) {
		row->verdict = PROFILE_LEFT_OUT;
		buf_add_text(&row->remark,
		    "others extend it, and it has no values_file");
		return STATUS_CLEAN;
	}
	if (load(profiles, one, row)) {
		row->verdict = PROFILE_NOT_JUDGED;
		return report_failure(profiles, one);
	}
	tell_remarks(profiles, one);
	joined_heading(&profiles->joined, row->id);
	status = lint(one, &row->remark);
	row->verdict = status == STATUS_CLEAN	   ? PROFILE_PASSES
		       : status == STATUS_FINDINGS ? PROFILE_FAILS
						   : PROFILE_NOT_JUDGED;
	return status;
}

/* As the user says, or as the chart is called. */
static const char *name_release(struct program *program)
{
	const struct options *options = &program->options;
	struct origin_maker maker = {program_make_origin, program};
	struct chart_files files;
	struct slice name;

	if (options->release || !options->ncharts)
		return options->release;
	chart_files_init(&files, options->charts[0], &program->arena);
	name = chart_folder_read(&files, &maker)->name;
	return name.len ? slice_copy(&program->arena, name).ptr : NULL;
}

/* What is the same for all profiles, before anything is done for one. */
static int check_command(struct profiles *profiles)
{
	struct program *program = profiles->program;
	struct render_values values;

	if (!program->options.render)
		return 0;
	if (render_read(&profiles->render, program->options.render,
		&program->arena, &program->fault))
		return -1;
	if (!profiles->render.tells_apart && program->contract.nprofiles > 1)
		return fault_set(&program->fault,
		    "--render: all profiles would be rendered the same; the "
		    "command needs {values_file} or {profile}");
	profiles->release = name_release(program);
	values = render_values_of(profiles, program);
	return render_check(&profiles->render, &values, &program->fault);
}

static int check_names(const struct profiles *profiles)
{
	struct program *program = profiles->program;

	if (!program->options.renders &&
	    !joined_names_profiles(&program->options))
		return 0;
	return profile_files_check(profiles->all, profiles->n, &program->fault);
}

static int prepare(struct profiles *profiles)
{
	struct program *program = profiles->program;
	const struct options *options = &program->options;
	const struct origin *origin =
	    program_origin(program, options->contract, ORIGIN_CONTRACT);
	struct arena *arena = &program->arena;
	size_t n;

	if (contract_load(&program->contract, origin, &program->fault) ||
	    check_command(profiles))
		return -1;
	if (options->renders && access(options->renders, F_OK))
		return fault_set(&program->fault,
		    "--renders: there is no folder '%s'", options->renders);
	n = program->contract.nprofiles;
	profiles->programs = arena_array(arena, n, sizeof(*profiles->programs));
	profiles->rows = arena_array(arena, n, sizeof(*profiles->rows));
	profiles->all = program->contract.profiles;
	profiles->n = n;
	if (check_names(profiles))
		return -1;
	return joined_init(
	    &profiles->joined, options, profiles->all, n, &program->fault);
}

static int write_table(struct profiles *profiles, int status)
{
	struct program *program = profiles->program;
	FILE *out = summary_stream(&program->options);

	if (!out)
		return status;
	profile_table_write(out, profiles->rows, profiles->n);
	return finish_stdout(program, status);
}

static int lint_all(struct profiles *profiles)
{
	struct program *program = profiles->program;
	int status = STATUS_CLEAN, one;
	size_t nlinted = 0;

	for (size_t i = 0; i < profiles->n; i++) {
		one = lint_profile(profiles, i);
		status = one > status ? one : status;
		nlinted += profiles->rows[i].verdict != PROFILE_LEFT_OUT;
	}
	if (!nlinted) {
		fault_set(&program->fault,
		    "no profile of '%s' has a values_file to render it with",
		    program->options.contract);
		status = trouble(program);
	}
	if (joined_finish(&profiles->joined, profiles->programs, profiles->n,
		&program->fault))
		status = trouble(program);
	return write_table(profiles, status);
}

static void release(struct profiles *profiles)
{
	joined_release(&profiles->joined);
	for (size_t i = 0; i < profiles->n; i++) {
		buf_release(&profiles->rows[i].remark);
		program_release(&profiles->programs[i]);
	}
	buf_release(&profiles->remarks);
	map_release(&profiles->told);
}

int lint_profiles(struct program *program)
{
	struct profiles profiles = {.program = program};
	int status =
	    prepare(&profiles) ? trouble(program) : lint_all(&profiles);

	release(&profiles);
	return status;
}
