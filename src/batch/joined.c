/* Parts of outputs, in files without a name -> the outputs: see joined.h. */
#include "batch/joined.h"

#include "base/map.h"
#include "base/placeholder.h"
#include "batch/profile_files.h"
#include "cmd/outcome.h"
#include "merge/merge_sarif.h"
#include "run/has_read.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct joined_parts {
	FILE **files; /* of text one for all runs, else one for each */
	size_t n;
};

/* Whether a name has {profile}; profile NULL: only looked for. */
static bool fill_name(struct buf *buf, const char *name, const char *profile)
{
	struct slice rest = slice_of(name);
	struct placeholder_piece piece;
	bool has = false;

	while (placeholder_next(&rest, &piece)) {
		if (!piece.is_placeholder) {
			buf_add_slice(buf, piece.text);
		} else if (slice_is(piece.text, "profile")) {
			if (profile)
				profile_file_add(buf, profile);
			has = true;
		} else {
			buf_printf(buf, "{%.*s}", SLICE_ARGS(piece.text));
		}
	}
	return has;
}

static bool is_for_each(const char *name)
{
	struct buf unused = {0};
	bool has = name && fill_name(&unused, name, NULL);

	buf_release(&unused);
	return has;
}

/* Text goes to standard output at once. */
static bool has_parts(const struct output *output)
{
	if (is_for_each(output->file))
		return false;
	return output->file || output->sink->several == SEVERAL_MERGED;
}

static int check_output(const struct output *output, struct fault *fault)
{
	const char *name = output->sink->name;

	if (output->sink->several != SEVERAL_FILES || is_for_each(output->file))
		return 0;
	return fault_set(fault,
	    "--format %s: several profiles do not go into one file; write "
	    "--format '%s=NAME-{profile}'",
	    name, name);
}

/* What each run would read, or overwrite, in the others' place. */
static int check_baselines(const struct options *options, struct fault *fault)
{
	const char *names[] = {options->baseline, options->update_baseline};

	for (size_t i = 0; i < COUNT_OF(names); i++) {
		if (names[i] && !is_for_each(names[i]))
			return fault_set(fault,
			    "--%sbaseline: each profile has a baseline of its "
			    "own; write --%sbaseline 'NAME-{profile}'",
			    i ? "update-" : "", i ? "update-" : "");
	}
	if (options->previous && !is_for_each(options->previous))
		return fault_set(fault,
		    "--previous: each profile has a release of its own; write "
		    "--previous 'NAME-{profile}'");
	return 0;
}

bool joined_names_profiles(const struct options *options)
{
	for (size_t i = 0; i < options->noutputs; i++) {
		if (is_for_each(options->outputs[i].file))
			return true;
	}
	return is_for_each(options->baseline) ||
	       is_for_each(options->update_baseline) ||
	       is_for_each(options->previous);
}

static const char *named_for(
    const char *name, const char *profile, struct arena *arena)
{
	struct buf filled = {0};

	if (!name)
		return NULL;
	fill_name(&filled, name, profile);
	name = slice_copy(arena, buf_slice(&filled)).ptr;
	buf_release(&filled);
	return name;
}

/* Each name is written once. */
static int add_written(struct joined *joined, struct map *written,
    const char *name, const char *profile, struct fault *fault)
{
	void **slot;

	name = named_for(name, profile, &joined->arena);
	slot = map_slot(written, slice_of(name));
	if (*slot)
		return fault_set(
		    fault, "two reports cannot share the file '%s'", name);
	*slot = joined;
	return 0;
}

/* A name with {profile} may be what another one comes to. */
static int check_written(struct joined *joined, const struct profile *profiles,
    size_t n, struct fault *fault)
{
	const struct options *options = joined->options;
	struct map written = {0};
	int result = 0;

	for (size_t i = 0; i <= options->noutputs && !result; i++) {
		const char *name = i < options->noutputs
				       ? options->outputs[i].file
				       : options->update_baseline;

		for (size_t k = 0; name && k < n && !result; k++) {
			if (!k || is_for_each(name))
				result = add_written(joined, &written, name,
				    profiles[k].id.text, fault);
		}
	}
	map_release(&written);
	return result;
}

int joined_init(struct joined *joined, const struct options *options,
    const struct profile *profiles, size_t n, struct fault *fault)
{
	*joined = (struct joined){.options = options, .nmost = n};
	joined->parts = arena_array(
	    &joined->arena, options->noutputs, sizeof(*joined->parts));
	for (size_t i = 0; i < options->noutputs; i++) {
		joined->parts[i].files =
		    arena_array(&joined->arena, n, sizeof(FILE *));
		if (check_output(&options->outputs[i], fault))
			return -1;
	}
	if (check_baselines(options, fault))
		return -1;
	return check_written(joined, profiles, n, fault);
}

/* The file that the next run writes its part to, or NULL. */
static FILE *next_part(struct joined_parts *parts, const struct sink *sink)
{
	FILE *file;

	if (parts->n && sink->several == SEVERAL_APPENDED)
		return parts->files[0];
	file = tmpfile();
	if (file)
		parts->files[parts->n++] = file;
	return file;
}

int joined_outputs(struct joined *joined, const char *profile,
    struct arena *arena, struct options *options, struct fault *fault)
{
	const struct options *given = joined->options;

	options->outputs =
	    arena_array(arena, given->noutputs, sizeof(*options->outputs));
	options->baseline = named_for(given->baseline, profile, arena);
	options->update_baseline =
	    named_for(given->update_baseline, profile, arena);
	options->previous = named_for(given->previous, profile, arena);
	for (size_t i = 0; i < given->noutputs; i++) {
		struct output *output = &options->outputs[i];

		*output = given->outputs[i];
		output->file = named_for(output->file, profile, arena);
		if (!has_parts(&given->outputs[i]))
			continue;
		output->part = next_part(&joined->parts[i], output->sink);
		if (!output->part)
			return fault_set(fault,
			    "cannot make a temporary file: %s",
			    strerror(errno));
	}
	return 0;
}

void joined_heading(struct joined *joined, const char *profile)
{
	for (size_t i = 0; i < joined->options->noutputs; i++) {
		const struct output *output = &joined->options->outputs[i];

		if (output->sink->is_machine || is_for_each(output->file))
			continue;
		write_heading(
		    output->file ? joined->parts[i].files[0] : NULL, profile);
	}
}

/* What is written into an output, and what came of it. */
struct joining {
	const struct joined_parts *parts;
	enum several several;
	struct fault *fault;
	size_t nruns; /* of SARIF */
	int result;
};

static void append(FILE *out, FILE *part)
{
	char block[BUFSIZ];
	size_t n;

	rewind(part);
	while ((n = fread(block, 1, sizeof(block), part)))
		fwrite(block, 1, n, out);
}

/* A profile that could not be judged has written nothing to its part. */
static size_t list_written(const struct joined_parts *parts, FILE **ret_files)
{
	size_t n = 0;

	for (size_t i = 0; i < parts->n; i++) {
		if (!fseek(parts->files[i], 0, SEEK_END) &&
		    ftell(parts->files[i]) > 0)
			ret_files[n++] = parts->files[i];
	}
	return n;
}

static void merge_parts(FILE *out, struct joining *joining)
{
	const struct joined_parts *parts = joining->parts;
	FILE **files = xcalloc(parts->n + 1, sizeof(FILE *));

	joining->nruns = list_written(parts, files);
	joining->result =
	    merge_sarif_files(out, files, joining->nruns, joining->fault);
	free(files);
}

static void write_whole(FILE *out, const void *context)
{
	/* Ours, for the result. */
	struct joining *joining = (struct joining *)(uintptr_t)context;
	const struct joined_parts *parts = joining->parts;

	if (joining->several == SEVERAL_MERGED) {
		merge_parts(out, joining);
		return;
	}
	for (size_t i = 0; i < parts->n; i++)
		append(out, parts->files[i]);
}

/* What a service leaves out is seen there, not here. */
static void tell_runs(
    const struct joined *joined, const struct joining *joining)
{
	struct buf text = {0};

	if (joining->nruns <= GITHUB_RUNS || joined->options->quiet)
		return;
	buf_printf(&text,
	    "SARIF of %zu profiles has a run for each, and GitHub takes no "
	    "more than %d of a file: write --format 'sarif=NAME-{profile}'",
	    joining->nruns, GITHUB_RUNS);
	remark(buf_text(&text));
	buf_release(&text);
}

static int check_input(const struct output *output,
    const struct program *programs, size_t n, struct fault *fault)
{
	for (size_t i = 0; output->file && i < n; i++) {
		if (program_has_read(&programs[i], output->file))
			return fault_set(fault,
			    "'%s' was not overwritten because it is part of "
			    "the input",
			    output->file);
	}
	return 0;
}

int joined_finish(struct joined *joined, const struct program *programs,
    size_t n, struct fault *fault)
{
	for (size_t i = 0; i < joined->options->noutputs; i++) {
		const struct output *output = &joined->options->outputs[i];
		struct joining joining = {
		    .parts = &joined->parts[i],
		    .several = output->sink->several,
		    .fault = fault,
		};

		if (!has_parts(output))
			continue;
		if (check_input(output, programs, n, fault) ||
		    output_write(output->file, write_whole, &joining, fault) ||
		    joining.result)
			return -1;
		tell_runs(joined, &joining);
	}
	return 0;
}

void joined_release(struct joined *joined)
{
	for (size_t i = 0; joined->parts && i < joined->options->noutputs;
	     i++) {
		for (size_t j = 0; j < joined->parts[i].n; j++)
			fclose(joined->parts[i].files[j]);
	}
	arena_release(&joined->arena);
}
